from __future__ import annotations

import pytesseract
import pytest

from extractors.readers.tesseract import TesseractReader
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

    monkeypatch.setattr(pytesseract, "image_to_string", fail)
    (line,) = TesseractReader().read_crops([blank(100, 30)])
    assert (line.text, line.confidence, line.chars) == ("", 0.0, ())
