"""Where several letters of a seal can't be told, none of the others is certain."""

from __future__ import annotations

from checks.owners import Match, match
from extractors.seals.names import UNCERTAIN, Name
from extractors.seals.worn import with_bad_impression_doubted
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape


def name(text: str, *confidences: float) -> Name:
    chars = tuple(Char(text=each, confidence=sure) for each, sure in zip(text, confidences, strict=True))
    return Name(text, 0.9, chars=chars, middles=tuple((at + 0.5) / len(text) for at in range(len(text))))


def test_one_letter_that_cant_be_told_leaves_the_others_as_they_are() -> None:
    read = name("成都甲公司", 1.0, 0.3, 0.98, 1.0, 1.0)
    assert with_bad_impression_doubted(read) == read


def test_two_leave_none_certain() -> None:
    read = with_bad_impression_doubted(name("成都甲公司", 1.0, 0.3, 0.4, 0.7, 1.0))
    assert [char.confidence for char in read.chars] == [UNCERTAIN, 0.3, 0.4, 0.7, UNCERTAIN]
    assert read.text == "成都甲公司" and read.confidence < 0.7


def test_a_worn_seal_of_the_units_own_is_not_told_as_someone_elses() -> None:
    """Read off a drawn one that its pad had left patchy: 信 as 气, surely, and two letters besides."""
    text = "宜市思源气息技术有里责佳公司"
    read = with_bad_impression_doubted(
        name(text, 0.81, 0.94, 0.98, 0.35, 1.0, 0.94, 0.87, 0.9, 0.96, 0.21, 0.89, 0.22, 1.0, 0.96)
    )
    mark = SealMark(bbox=BBox(0, 0, 0.2, 0.2), shape=Shape.ROUND, diameter_mm=40, colour=Ink.RED, confidence=0.8,
                    text=text, text_confidence=0.21, chars=read.chars, lost=True)  # fmt: skip
    assert match(mark, ["宜宾市思源信息技术有限责任公司"]) is not Match.OTHER
