"""Signatures on the commitment: handwriting behind the label; not print, not a stray stroke, not a seal."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extractors.readers.protocol import Picture
from extractors.signatures import decide_signatures, find_signatures
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Purpose, SealMark, Shape
from pipeline.model.text import Line
from pipeline.notices.profile import load_profile
from samples.stamping import SealSpec, draw_seal, draw_signature, stamp
from tests.bare_pages import bare_page
from tests.extractors.pages import PER_MM, worn

LABEL = "法定代表人"
LINES = (
    Line(text="联系电话：13800000000", confidence=0.99, bbox=BBox(0.11, 0.45, 0.31, 0.465)),
    Line(text="法定代表人：", confidence=0.99, bbox=BBox(0.11, 0.50, 0.22, 0.515)),
    Line(text="(签字)", confidence=0.99, bbox=BBox(0.40, 0.50, 0.45, 0.515)),
)


def commitment() -> Picture:
    page = np.full((2339, 1654, 3), 252, dtype=np.uint8)
    for line in LINES:
        box = line.bbox
        cv2.putText(page, "H" * max(3, round(box.width * 40)), (round(box.x0 * 1654), round(box.y1 * 2339)), 0, 0.9,
                    (25, 25, 25), 2)  # fmt: skip
    return page


def decided(page: Picture, seals: tuple[SealMark, ...] = (), lines: Sequence[Line] = LINES) -> bool | None:
    marks = find_signatures(page, lines, PER_MM, [LABEL])
    reading = bare_page(lines=tuple(lines), seals=seals, signatures=marks)
    (signature,) = decide_signatures(
        [Page(file="a.pdf", sha256="", reading=reading, section=Section.COMMITMENT)], load_profile()
    )
    return signature.present


@pytest.mark.parametrize("style", ["script", "freehand"])
@pytest.mark.parametrize("seed", range(4))
def test_a_signature_is_seen(style: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    ink = draw_signature("王建国", 200, rng, style=style)  # type: ignore[arg-type]
    page, _ = stamp(commitment(), ink, 520, 0.505 * 2339, 3, 1.0, rng)
    assert decided(worn(page)) is True


def test_a_name_read_with_the_end_of_its_label_is_a_signature() -> None:
    rng = np.random.default_rng(1)
    page, _ = stamp(commitment(), draw_signature("王建国", 200, rng, style="script"), 520, 0.505 * 2339, 3, 1.0, rng)
    chars = [Char(text=each, confidence=0.95, bbox=BBox(x, 0.5, x + 0.01, 0.515))
             for each, x in zip("人：王建国（", (0.19, 0.21, 0.26, 0.31, 0.34, 0.38), strict=True)]  # fmt: skip
    parted = (
        Line(text="法定代表", confidence=1.0, bbox=BBox(0.11, 0.50, 0.19, 0.515)),
        Line(text="人：王建国（", confidence=0.95, bbox=BBox(0.185, 0.48, 0.40, 0.52), chars=tuple(chars)),
    )
    assert decided(worn(page), lines=(LINES[0], *parted, LINES[2])) is True


def test_an_empty_place_is_unsigned() -> None:
    assert decided(worn(commitment())) is False


def test_a_stray_stroke_a_smudge_and_a_seal_are_no_signature() -> None:
    page = commitment()
    cv2.line(page, (500, 1170), (560, 1185), (30, 30, 30), 3)
    cv2.circle(page, (640, 1180), 14, (60, 60, 60), -1)
    rng = np.random.default_rng(1)
    page, _ = stamp(page, draw_seal(SealSpec("成都某某智能科技有限公司"), 200, rng), 640, 1220, 4, 0.9, rng)
    assert decided(worn(page)) is False


def test_a_name_chop_alone_is_for_a_person_to_decide() -> None:
    chop = SealMark(bbox=BBox(0.28, 0.49, 0.36, 0.54), shape=Shape.RECTANGLE, diameter_mm=20, colour=Ink.RED,
                    confidence=1, text="王建国印", purpose=Purpose.PERSONAL)  # fmt: skip
    assert decided(commitment(), (chop,)) is None


@pytest.mark.parametrize(("seed", "strength"), [(13, 0.45), (16, 0.45), (20, 0.6), (22, 0.6)])
def test_a_thin_pale_pen_signs_as_well(seed: int, strength: float) -> None:
    rng = np.random.default_rng(seed)
    ink = draw_signature("何嘉宁", 200, rng, style="script")
    page, _ = stamp(commitment(), ink, 520, 0.505 * 2339, 3, strength, rng)
    assert decided(worn(page)) is True


def test_a_name_of_few_strokes_is_a_signature() -> None:
    """Of six one hangs together in one short piece: that is left to a person, and never called unsigned."""
    said = []
    for seed in range(6):
        rng = np.random.default_rng(100 + seed)
        ink = draw_signature("于人", 200, rng, style="script")
        page, _ = stamp(commitment(), ink, 520, 0.505 * 2339, 3, 0.9, rng)
        said.append(decided(worn(page)))
    assert said.count(True) == 5 and said.count(None) == 1


def test_a_tick_in_the_place_is_for_a_person_to_decide() -> None:
    page = commitment()
    cv2.polylines(page, [np.array([[480, 1180], [510, 1210], [590, 1150]])], False, (30, 30, 30), 4)
    assert decided(worn(page)) is None
