"""Lines inside a seal: their ink is seen whether they can be read or not, whichever way they slope."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.readers.protocol import Picture, RecognisedLine
from extractors.seals import find_seals
from extractors.seals.inner import below_star, cut_level, ink_line, may_hold_line
from extractors.seals.legend import Overprint, joined, read_ring
from extractors.seals.outline import Ellipse
from extractors.seals.strips import FRAME, levelled
from extractors.seals.unroll import Band, Map, upright_inside
from pipeline.model.seal import Purpose
from samples.stamping import SealSpec, draw_seal
from samples.stamping.impression import turned
from tests.extractors.pages import DPI, NAME, PER_MM, FixedReader, sealed

OFFICIAL = SealSpec(NAME, serial="5101000123456")
CONTRACT = SealSpec(NAME, inner="合同专用章")
CENTRED = SealSpec(NAME, inner="财务专用章", star=False)
UPRIGHT = Band(0.64, 0.9, -math.pi / 2 - 2.2, -math.pi / 2 + 2.2)


def stamped(spec: SealSpec, slope: float = 0.0, seed: int = 1) -> tuple[Map, Ellipse]:
    """The ink of a seal stamped askew by `slope` degrees, and its ring."""
    impression = turned(draw_seal(spec, DPI, np.random.default_rng(seed)), slope)
    ink = np.ascontiguousarray(impression[..., 3])
    radius = spec.diameter_mm / 2 * PER_MM
    return ink, Ellipse(ink.shape[1] / 2, ink.shape[0] / 2, radius, radius, 0.0)


def inside(ink: Map, ring: Ellipse) -> Map:
    return upright_inside(levelled(ink), ring, UPRIGHT)


@pytest.mark.parametrize("slope", [-25, 0, 12, 80, 170])
@pytest.mark.parametrize("spec", [CONTRACT, CENTRED], ids=["below a star", "without a star"])
def test_a_line_is_seen_whichever_way_it_slopes(spec: SealSpec, slope: int) -> None:
    ink, ring = stamped(spec, slope)
    line = ink_line(inside(ink, ring), UPRIGHT)
    assert line is not None and line.length > 2.5 * line.height
    assert abs(math.sin(line.turn - math.radians(slope))) < 0.1


@pytest.mark.parametrize("seed", range(4))
def test_star_and_serial_are_no_line(seed: int) -> None:
    ink, ring = stamped(OFFICIAL, 20.0 * seed, seed)
    assert ink_line(inside(ink, ring), UPRIGHT) is None


def test_what_print_leaves_on_an_official_seal_is_no_line() -> None:
    ink, ring = stamped(OFFICIAL)
    low = round(ring.y + 0.45 * ring.b)
    ink[low : low + 2, round(ring.x) - 12 : round(ring.x) - 4] = 200
    ink[low + 8 : low + 18, round(ring.x) + 20 : round(ring.x) + 22] = 200
    assert ink_line(inside(ink, ring), UPRIGHT) is None


def test_a_sloping_line_is_cut_out_level_and_the_right_way_up() -> None:
    straight, sloping = (
        cut_level(levelled(ink), ring, UPRIGHT, line)
        for ink, ring in (stamped(CONTRACT), stamped(CONTRACT, 14))
        if (line := ink_line(inside(ink, ring), UPRIGHT))
    )
    assert abs(straight.shape[0] - sloping.shape[0]) <= 8
    letters = straight[10:-10, 40:-40]
    assert agreement(sloping, letters) > 0.6 > 0.5 > agreement(np.rot90(sloping, 2), letters)


def agreement(picture: Map, part: Map) -> float:
    """How well a part is found in a picture, 0-1."""
    return float(cv2.matchTemplate(np.ascontiguousarray(np.pad(picture, 10)), part, cv2.TM_CCOEFF_NORMED).max())


@pytest.mark.parametrize(
    ("spec", "text", "confidence", "unsure"),
    [
        (OFFICIAL, "", 0.0, False),
        (CONTRACT, "", 0.0, True),
        (CONTRACT, "合同专用章", 0.99, False),
        (CONTRACT, "台问专用意", 0.8, True),
        (CONTRACT, "同专31", 0.99, True),
        (CONTRACT, "I", 0.99, True),
    ],
    ids=["no line", "not read", "read", "not surely", "in part", "as a stroke"],
)
def test_a_line_that_no_sure_reading_explains_is_unsure(
    spec: SealSpec, text: str, confidence: float, unsure: bool
) -> None:
    ink, ring = stamped(spec)
    assert read_ring(ink, ring, FixedReader(text, confidence)).inner_unsure is unsure


def black(spec: SealSpec, print_: tuple[int, int] | None = None) -> tuple[Map, Ellipse, Overprint]:
    """A black seal's ink without a line of print between two rows, its ring, the print.

    Rows are hundredths of its radius from the middle.
    """
    ink, ring = stamped(spec)
    taken = np.zeros_like(ink)
    if print_:
        taken[round(ring.y + print_[0] / 100 * ring.b) : round(ring.y + print_[1] / 100 * ring.b)] = 255
    overprint = Overprint(ink, taken, by_tone=False, maybe=np.zeros_like(ink))
    return np.where(taken > 0, np.uint8(0), ink), ring, overprint


def test_on_a_copy_without_colour_a_line_that_was_not_read_is_unsure_too() -> None:
    nobody = FixedReader("", 0.0)
    assert read_ring(*black(CONTRACT)[:2], nobody, black(CONTRACT)[2]).inner_unsure
    assert not read_ring(*black(OFFICIAL)[:2], nobody, black(OFFICIAL)[2]).inner_unsure


@pytest.mark.parametrize("rows", [(-20, 20), (15, 42)], ids=["above the line", "over half of it"])
def test_a_line_is_seen_beside_print_that_was_taken_out(rows: tuple[int, int]) -> None:
    for spec, unsure in ((CONTRACT, True), (OFFICIAL, False)):
        ink, ring, overprint = black(spec, rows)
        assert read_ring(ink, ring, FixedReader("", 0.0), overprint).inner_unsure is unsure


def test_where_print_covers_the_line_its_ink_tells_how_much_stands_there() -> None:
    for share, crowded in ((0.25, False), (0.5, True)):
        inked = np.where(np.random.default_rng(1).random((220, 220)) < share, np.uint8(255), np.uint8(0))
        nothing, covered = np.zeros_like(inked), np.full_like(inked, 255)
        assert may_hold_line(nothing, inked, covered, UPRIGHT, whole_lines=True) is crowded
        assert not may_hold_line(nothing, inked, covered, UPRIGHT, whole_lines=False)


@pytest.mark.parametrize(("text", "inner"), [("合同专用意", ("合同专用意",)), ("司企章", ())])
def test_a_line_that_may_be_print_is_heard_where_it_names_a_use(text: str, inner: tuple[str, ...]) -> None:
    ink, ring, overprint = black(CONTRACT)
    legend = read_ring(ink, ring, LevelledReader((text, 0.7), (text, 0.7)), overprint)
    assert (legend.inner, legend.inner_unsure) == (inner, True)


@pytest.mark.parametrize("text", ["加盖公章", "差单章", "位公章"])
def test_a_seal_does_not_ask_for_a_seal(text: str) -> None:
    _, ring, overprint = black(OFFICIAL)
    line_of_print = np.ascontiguousarray(black(CONTRACT)[0])
    legend = read_ring(line_of_print, ring, LevelledReader((text, 0.99), (text, 0.99)), overprint)
    assert legend.inner == ()


class LevelledReader:
    """Reads the ring as a name; a line inside as `first`, and what is shown after that as `again`."""

    name = "levelled"

    def __init__(self, first: tuple[str, float], again: tuple[str, float]) -> None:
        self._said = iter((first, again))

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        ring = [crop.shape[1] > 400 for crop in crops]
        return tuple(
            FixedReader(*((NAME, 0.99) if each else next(self._said, ("", 0.0)))).read_crops([crops[0]])[0]
            for each in ring
        )


@pytest.mark.parametrize(
    ("first", "again", "inner", "unsure"),
    [
        (("台同寺用", 0.7), ("合同专用章", 0.95), "合同专用章", False),
        (("会同专用意", 0.7), ("AR中A", 0.8), "会同专用意", True),
        (("台同寺", 0.7), ("合同专用", 0.7), "合同专用", True),
        (("", 0.0), ("AR中A", 0.5), None, True),
    ],
    ids=["surely", "only at first", "then unsurely", "never"],
)
def test_a_line_is_read_again_when_the_first_look_does_not_explain_it(
    first: tuple[str, float], again: tuple[str, float], inner: str | None, unsure: bool
) -> None:
    ink, ring = stamped(CONTRACT)
    legend = read_ring(ink, ring, LevelledReader(first, again))
    assert (legend.owner, joined(legend.inner), legend.inner_unsure) == (NAME, inner, unsure)


@pytest.mark.parametrize(("spec", "unsure"), [(CONTRACT, True), (replace(OFFICIAL, serial=""), False)])
def test_a_seal_on_a_page_tells_of_a_line_that_was_not_read(spec: SealSpec, unsure: bool) -> None:
    page, _ = sealed(spec, 900, 2130, 7)
    (found,) = find_seals(page, PER_MM, LevelledReader(("", 0.0), ("", 0.0)))
    assert (found.purpose, found.inner_unsure) == (Purpose.OFFICIAL, unsure)


class BelowReader(LevelledReader):
    """Reads nothing of lines inside but what is shown with the print that lies there."""

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        whole = below_star(np.zeros((220, 220), np.uint8)).shape[1] + 2 * FRAME
        said = [(NAME, 0.99) if crop.shape[1] > 400 else self._below(crop.shape[1] == whole) for crop in crops]
        return tuple(FixedReader(*each).read_crops([crops[0]])[0] for each in said)

    def _below(self, whole: bool) -> tuple[str, float]:
        return next(self._said, ("", 0.0)) if whole else ("", 0.0)


@pytest.mark.parametrize(("text", "inner"), [("合同专用章", ("合同专用章",)), ("二〇二一年", ())])
def test_print_is_left_where_a_line_is_looked_for_once_more(text: str, inner: tuple[str, ...]) -> None:
    ink, ring, overprint = black(CONTRACT, (30, 70))
    crowded = Overprint(np.maximum(ink, overprint.taken), overprint.taken, by_tone=False, maybe=overprint.maybe)
    legend = read_ring(ink, ring, BelowReader((text, 0.8), ("", 0.0)), crowded)
    assert (legend.inner, legend.inner_unsure) == (inner, True)
