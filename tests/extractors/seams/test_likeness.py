"""A joined seam compared with whole seals of the same copy: its own stamp's, a sister's, a stranger's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from checks.rules.seams import COMPARABLE, LETTER_AGREES, LETTER_DIFFERS
from extractors.imaging.cutter import PageCutter
from extractors.readers.protocol import Picture
from extractors.seams import find_slices, join_seams
from pipeline.model.document import Page
from pipeline.model.geometry import BBox
from pipeline.model.seal import Alike, Ink, SealMark, SeamState, Shape
from samples.stamping import SealSpec, draw_seal, seam_slices, stamp, stamp_slice
from tests.bare_pages import straight_page
from tests.extractors.pages import DPI, PER_MM, FixedReader, sheet, worn

OWN = SealSpec("成都诺煜智能科技有限公司", serial="5101095566778")
SISTER = replace(OWN, owner="成都涪锦智能科技有限公司")
STRANGER = SealSpec("绵阳天河实业集团")
OVAL = SealSpec("成都诺煜智能科技有限公司", "oval", 45, ratio=30 / 45, star=False, letter_mm=4.0)
AT = 800, 1100


def copy(spec: SealSpec, own: SealSpec, sheets: int, missing: tuple[int, ...], seed: int) -> tuple[list[Picture], BBox]:
    """A first sheet with a whole seal of `spec`, and the seam of `own` over all sheets; where the whole seal stands.

    A round seam is turned at random, an oval one lies or stands.
    """
    rng = np.random.default_rng(seed)
    pages = [sheet(20) for _ in range(sheets)]
    pages[0], (x0, y0, x1, y1) = stamp(pages[0], draw_seal(spec, DPI, rng), *AT, float(rng.normal(0, 9)), 0.9, rng)
    turn = rng.uniform(0, 360) if own.shape == "round" else rng.choice([0, 90, 180, 270]) + rng.normal(0, 5)
    for number, piece in enumerate(seam_slices(own, sheets, DPI, rng, angle_deg=float(turn))):
        if number not in missing:
            pages[number], _ = stamp_slice(pages[number], piece, "right", 1500, rng)
    worn_pages = [worn(page, seed + number) for number, page in enumerate(pages)]
    return worn_pages, BBox(x0 / 1654, y0 / 2339, x1 / 1654, y1 / 2339)


def compared(
    spec: SealSpec, sheets: int = 8, missing: tuple[int, ...] = (), seed: int = 1, own: SealSpec = OWN
) -> tuple[SeamState, Alike]:
    pictures, box = copy(spec, own, sheets, missing, seed)
    mark = SealMark(bbox=box, shape=Shape(spec.shape), diameter_mm=spec.diameter_mm, colour=Ink.RED, confidence=1.0)
    pages = [
        Page(
            file="盖章件.pdf",
            sha256="",
            reading=straight_page(
                number,
                slices=find_slices(picture, PER_MM),
                seals=(mark,) if number == 1 else (),
                pixels_per_mm=PER_MM,
            ),
        )
        for number, picture in enumerate(pictures, start=1)
    ]

    def cut(page: Page, place: tuple[float, float, float, float], size: tuple[int, int]) -> Picture:
        return PageCutter(pictures[page.page - 1], page.reading).straight(place, size)

    ((seam,), _) = join_seams(pages, cut, FixedReader())
    (alike,) = seam.alike
    assert (alike.place.page, alike.place.bbox) == (1, box)
    return seam.state, alike


def worst(alike: Alike) -> float:
    return min(each for each in alike.pieces if each is not None)


@pytest.mark.parametrize("seed", range(3))
def test_a_seam_is_like_a_whole_seal_of_its_stamp_and_not_like_a_sister_s(seed: int) -> None:
    _, own = compared(OWN, seed=seed)
    _, sister = compared(SISTER, seed=seed)
    assert worst(own) >= LETTER_AGREES and own.unseen == 0
    assert worst(sister) < LETTER_DIFFERS - 0.1 and sister.mean >= COMPARABLE


@pytest.mark.parametrize("seed", range(2))
def test_one_letter_is_enough_to_tell_a_sister_s_seal(seed: int) -> None:
    _, sister = compared(replace(OWN, owner="成都诺涪智能科技有限公司"), seed=seed)
    differing = [at for at, each in enumerate(sister.pieces) if each is not None and each < LETTER_DIFFERS]
    assert differing and max(differing) - min(differing) <= 4 * 54 // len(sister.pieces)


@pytest.mark.parametrize("seed", range(2))
def test_an_oval_seam_is_like_an_oval_seal_of_its_stamp(seed: int) -> None:
    _, own = compared(OVAL, own=OVAL, seed=seed)
    _, sister = compared(replace(OVAL, owner=SISTER.owner), own=OVAL, seed=seed)
    assert worst(own) >= LETTER_AGREES and own.unseen == 0
    assert worst(sister) < LETTER_DIFFERS - 0.1


def test_a_stranger_s_seal_is_unlike_in_the_mean() -> None:
    _, stranger = compared(STRANGER)
    assert stranger.mean < COMPARABLE


def test_a_missing_sheet_s_letters_are_left_out() -> None:
    state, own = compared(OWN, sheets=9, missing=(3,))
    assert state is SeamState.BROKEN
    assert worst(own) >= LETTER_AGREES and own.unseen > 0
