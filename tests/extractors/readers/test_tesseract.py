from __future__ import annotations

import pytesseract
import pytest

from extractors.readers import tesseract
from extractors.readers.tesseract import TesseractReader
from extractors.readers.tesseract_library import tesseract_library
from tests.extractors.pictures import blank, write


def test_a_line_of_print() -> None:
    crop = write(blank(330, 44), "1380000 人工智能", 6, 4, 32)
    (line,) = TesseractReader().read_crops([crop])
    assert line.text.startswith("1380000") and " " not in line.text
    assert "".join(char.text for char in line.chars) == line.text
    assert line.chars[0].x0 == 0.0 and line.chars[-1].x1 == pytest.approx(1.0)


def test_a_failing_engine_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(tesseract, "tesseract_library", lambda _: None)
    monkeypatch.setattr(pytesseract, "image_to_string", fail)
    (line,) = TesseractReader().read_crops([blank(100, 30)])
    assert (line.text, line.confidence, line.chars) == ("", 0.0, ())


def test_the_library_says_what_the_program_says(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("四川试样智能科技有限公司", "13365810170", "2021年11月12日", "")
    crops = [write(blank(420, 44), text, 6, 4, 32) for text in texts]
    within = TesseractReader().read_crops(crops)
    assert tesseract_library("chi_sim+eng") is not None
    monkeypatch.setattr(tesseract, "tesseract_library", lambda _: None)
    assert TesseractReader().read_crops(crops) == within
    assert within[1].text == "13365810170" and within[3].text == ""


def test_a_language_without_a_model_has_no_library() -> None:
    assert tesseract_library("xxx") is None
