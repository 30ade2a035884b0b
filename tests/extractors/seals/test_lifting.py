"""Black seals taken off the print under them: by tone on grey copies, along the rim on black-and-white ones."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.readers.protocol import Picture
from extractors.seals.lifting import lift_seals
from tests.extractors.pages import PER_MM

RING = (300, 300), 150
BOX = (146.0, 146.0, 454.0, 454.0)


def under(seal: int) -> tuple[Picture, Picture]:
    """A page with a line of black print, and the same under a ring of the given grey with a word in it."""
    page = np.full((900, 700, 3), 250, np.uint8)
    cv2.putText(page, "PRINT UNDER IT", (60, 330), 0, 1.6, (15, 15, 15), 4)
    ink = np.full_like(page, 255)
    cv2.circle(ink, *RING, (seal,) * 3, 8)
    cv2.putText(ink, "NAME", (220, 250), 0, 1.6, (seal,) * 3, 5)
    return page, np.asarray(cv2.GaussianBlur(np.minimum(page, ink), (0, 0), 0.7), dtype=np.uint8)


def test_a_lighter_seal_goes_whole_and_leaves_the_print() -> None:
    page, stamped = under(130)
    lifted, where = lift_seals(stamped, [BOX], PER_MM)
    assert (lifted.min(axis=2) < 100)[where == 0].sum() > 0.85 * (page.min(axis=2) < 100).sum()
    assert (lifted[200:260, 215:370].min(axis=2) < 200).mean() < 0.01  # its word
    assert (lifted[145:155, 280:320].min(axis=2) < 200).mean() < 0.02  # its rim
    assert np.array_equal(lifted[600:], stamped[600:]) and not where[600:].any()


def test_of_a_seal_as_black_as_print_the_rim_goes() -> None:
    _, stamped = under(15)
    lifted, where = lift_seals(stamped, [BOX], PER_MM)
    assert (lifted[145:155, 280:320].min(axis=2) < 200).mean() < 0.02
    assert np.array_equal(lifted[200:260, 215:370], stamped[200:260, 215:370])
    assert not where[320:340, 200:400].any()


def test_a_box_that_holds_nothing_is_left_alone() -> None:
    page, _ = under(15)
    lifted, where = lift_seals(page, [(500.0, 600.0, 660.0, 760.0), (10.0, 10.0, 14.0, 14.0)], PER_MM)
    assert np.array_equal(lifted, page) and not where.any()


def test_strokes_that_cross_a_black_rim_stay() -> None:
    page = np.full((900, 700, 3), 250, np.uint8)
    for y in (290, 310):
        cv2.line(page, (60, y), (260, y), (15, 15, 15), 4)  # across the rim's left side, level as print is
    stamped = page.copy()
    cv2.circle(stamped, *RING, (15,) * 3, 8)
    lifted, _ = lift_seals(stamped, [BOX], PER_MM)
    dark = lifted.min(axis=2) < 100
    assert dark[286:295, 140:165].any(axis=0).all() and dark[306:315, 140:165].any(axis=0).all()
    assert dark[200:280, 100:260].mean() < 0.002 and dark[330:420, 100:260].mean() < 0.002


def test_no_more_is_taken_than_the_rim() -> None:
    page = np.full((900, 700, 3), 250, np.uint8)
    cv2.circle(page, *RING, (15,) * 3, 8)
    cv2.line(page, (164, 270), (164, 330), (15, 15, 15), 4)  # beside the rim, inside
    lifted, _ = lift_seals(page, [BOX], PER_MM)
    assert (lifted[275:325, 163:166].min(axis=2) < 100).all()
