"""Black-and-white copies: print across a seal told by where lines lie, letters under it counted as hidden."""

from __future__ import annotations

import cv2
import numpy as np

from checks.owners import Match, match
from extractors.readers.protocol import Quad
from extractors.seals.outline import Ellipse
from extractors.seals.print_across import print_across, print_going_on
from extractors.seals.slots import with_missing_letters
from extractors.seals.unroll import find_band
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape
from tests.extractors.seals.test_slots import WHOLE, LetterReader, read_without, strip

RING = Ellipse(200, 200, 160, 160, 0.0)
SIZE = (400, 400)


def line(x0: float, y0: float, x1: float, y1: float, lean: float = 0.0) -> Quad:
    return np.array([[x0, y0], [x1, y0 + lean], [x1, y1 + lean], [x0, y1]], dtype=np.float32)


def test_a_line_across_the_rim_is_covered_whole() -> None:
    covered = print_across([line(-100, 240, 300, 280)], RING, SIZE)
    assert covered[260, 5] and covered[260, 150] and not covered[200, 150]


def test_a_line_inside_is_covered_where_the_rings_letters_are() -> None:
    covered = print_across([line(70, 190, 330, 220)], RING, SIZE)
    assert covered[205, 80] and covered[205, 320] and not covered[205, 200]


def test_the_rings_own_letters_are_no_line_of_print() -> None:
    arc, letter, askew = line(110, 50, 290, 130), line(60, 180, 90, 215), line(60, 240, 300, 270, lean=60)
    assert not print_across([arc, letter, askew], RING, SIZE).any()


def test_a_line_that_ends_at_the_rim_may_go_on_under_the_seal() -> None:
    going_on = print_going_on([line(-200, 180, 60, 215)], RING, SIZE)
    assert going_on[200, 300] and not going_on[240, 300]
    assert not print_going_on([line(-200, 180, -60, 215), line(120, 180, 280, 215)], RING, SIZE).any()


def test_a_gap_in_the_letters_is_none_where_print_was_taken_out() -> None:
    ink, hidden = np.zeros(SIZE, np.uint8), np.zeros(SIZE, np.uint8)
    for turn in np.radians(np.arange(130, 411, 20)):
        x, y = 200 + 125 * np.cos(turn), 200 + 125 * np.sin(turn)
        cv2.circle(ink, (round(x), round(y)), 14, (255,), 5)
    cv2.circle(ink, (200, 200), 156, (255,), 8)
    hidden[:110, :] = 255
    ink[:110, :] = 0
    band = find_band(ink, RING, hidden)
    assert abs(np.sin(band.top) + 1) < 0.1


def test_the_arc_reaches_under_print_that_borders_on_it() -> None:
    ink, hidden = np.zeros(SIZE, np.uint8), np.zeros(SIZE, np.uint8)
    for turn in np.radians(np.arange(190, 351, 20)):
        x, y = 200 + 125 * np.cos(turn), 200 + 125 * np.sin(turn)
        cv2.circle(ink, (round(x), round(y)), 14, (255,), 5)
    cv2.circle(ink, (200, 200), 156, (255,), 8)
    hidden[205:260, :] = 255
    seen, under = find_band(ink, RING), find_band(ink, RING, hidden)
    assert under.start < seen.start - 0.2 and under.end > seen.end + 0.2
    far = np.zeros(SIZE, np.uint8)
    far[320:360, 150:250] = 255
    assert find_band(ink, RING, far) == find_band(ink, RING)


def test_letters_under_print_that_cannot_be_read_are_counted() -> None:
    hidden = np.zeros((56, 560), np.uint8)
    hidden[:, : 2 * 56] = 255
    name = with_missing_letters(read_without(0, 1, 5), [strip()], LetterReader("51"), hidden)
    assert (name.hidden, name.lost) == (2, True)


def seal(text: str, hidden: int) -> SealMark:
    chars = tuple(Char(text=letter, confidence=0.99) for letter in text)
    box = BBox(0.1, 0.1, 0.3, 0.3)
    return SealMark(
        bbox=box, shape=Shape.ROUND, diameter_mm=40.0, colour=Ink.BLACK, confidence=0.9, text=text,
        text_confidence=0.3, chars=chars, lost=True, hidden=hidden,
    )  # fmt: skip


def test_a_name_is_the_units_for_letters_that_print_hides_up_to_a_third_of_it() -> None:
    assert match(seal(WHOLE[2:], 2), [WHOLE]) is Match.ALIKE
    assert match(seal(WHOLE[2:], 0), [WHOLE]) is Match.DOUBTFUL
    assert match(seal(WHOLE[4:], 4), [WHOLE]) is Match.DOUBTFUL


def test_a_piece_of_its_own_name_is_nobody_elses() -> None:
    assert match(seal(WHOLE[6:], 0), [WHOLE]) is Match.DOUBTFUL
    assert match(seal("成都市经信局", 0), [WHOLE]) is Match.OTHER
