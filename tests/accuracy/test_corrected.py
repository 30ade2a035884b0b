"""Measuring on exported corrections: lines joined, values by kind, ticks left out, right and wrong told apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.readers.protocol import RecognisedLine
from pipeline.settings import settings
from tests.accuracy.corrected import load_cases, measure, table
from tests.flows.tiny import FONT


class Saying:
    """A reader that says for each crop what is written in its height."""

    name = "saying"

    def __init__(self, words: dict[int, str]) -> None:
        self.words = words

    def read_crops(self, crops):
        return tuple(RecognisedLine(self.words[crop.shape[0]], 1.0, ()) for crop in crops)


def exported(folder: Path, *cases: dict) -> Path:
    (folder / "crops").mkdir()
    lines = (json.dumps({"kind": "text", "confidence": 0.5, "read": "", **case}, ensure_ascii=False) for case in cases)
    (folder / "cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def crop(folder: Path, name: str, height: int) -> str:
    Image.fromarray(np.full((height, 80, 3), 255, np.uint8)).save(folder / "crops" / name)
    return f"crops/{name}"


def test_lines_are_joined_and_made_a_value_by_their_kind(tmp_path):
    exported(
        tmp_path,
        {"key": "revenue", "kind": "amount", "value": "23456.78", "read": "23456.73", "crops": ["crops/a.png"]},
        {"key": "address", "kind": "address", "value": "成都市高新区1号", "read": "成都市高新区1号",
         "crops": ["crops/b.png", "crops/c.png"]},
        {"key": "listed", "kind": "yesno", "value": "是", "crops": ["crops/a.png"]},
        {"key": "directions", "kind": "directions", "value": [5], "read": [6], "crops": ["crops/a.png"]},
    )  # fmt: skip
    for name, height in (("a.png", 20), ("b.png", 21), ("c.png", 22)):
        crop(tmp_path, name, height)
    assert len(load_cases(tmp_path)) == 4
    measured = list(measure(tmp_path, Saying({20: "23,456.78", 21: "成都市高新区", 22: "l号"})))
    assert [(each.case.key, each.was_right, each.is_right) for each in measured] == [
        ("revenue", False, True),
        ("address", True, False),
    ]
    last = table(measured).splitlines()[-1].split()
    assert last[:4] == ["all", "2", "50.0%", "50.0%"]


@pytest.mark.reader
def test_the_reader_itself_is_measured(tmp_path):
    from extractors.readers.paddle import paddle_reader

    exported(tmp_path, {"key": "staff", "kind": "count", "value": "1728", "read": "1128", "crops": ["crops/a.png"]})
    drawn = Image.new("RGB", (180, 60), "white")
    ImageDraw.Draw(drawn).text((16, 10), "1728", font=ImageFont.truetype(FONT, 36), fill="black")
    drawn.save(tmp_path / "crops" / "a.png")
    (measured,) = measure(tmp_path, paddle_reader(settings().models))
    assert measured.is_right and not measured.was_right
