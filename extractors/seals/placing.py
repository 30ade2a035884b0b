"""Which required place each seal of a package answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.imaging.frame import Cut
from extractors.seals.impressions import with_impressions_told
from extractors.seals.same_pictures import with_pictures_told
from pipeline.model.document import Page, Section
from pipeline.model.geometry import BBox
from pipeline.model.seal import Purpose, Seal, SealMark
from pipeline.notices.profile import Profile, RequiredSeal
from pipeline.values import fold

ALSO_RIGHT = 60.0
"""A seal may stand this far right of its label's end before it counts as away from it, mm."""
PAGE_MM = 297.0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A required place on a page, and the middle of its label's line (None: the label was not read)."""

    place: str
    label: BBox | None


def place_seals(pages: Sequence[Page], profile: Profile, cut: Cut | None = None) -> tuple[Seal, ...]:
    """Every seal of the pages with the required place it answers, and one fingerprint for seals that are one picture.

    `cut` cuts pages anew, for seals that are no repetition to the pixel and may yet be one picture, photographed.

    On a page with several places each seal answers the place whose label line is nearest to its middle, and of
    several seals at one place the official one, else the nearest, is the answer; the others answer none.
    """
    placed = [seal for page in pages for seal in _placed(page, profile)]
    told = with_pictures_told(placed, pages, cut)
    return with_impressions_told(told, pages, cut) if cut is not None else told


def _placed(page: Page, profile: Profile) -> list[Seal]:
    spots = [_Spot(required.place, _label_box(page, required)) for required in profile.required_seals
             if required.section == page.section.value]  # fmt: skip
    seals = page.reading.seals
    nearest = {index: _nearest(seal, spots, page) for index, seal in enumerate(seals)}
    answers = {spot.place: _answer(spot, [index for index, place in nearest.items() if place == spot.place], page)
               for spot in spots}  # fmt: skip
    several = page.section in (Section.EVIDENCE, Section.RECOMMENDATION)
    return [
        Seal(mark=seal, file=page.file, page=page.page,
             place=place if place and (several or answers[place] == index) else None)
        for index, seal in enumerate(seals)
        for place in [nearest[index]]
    ]  # fmt: skip


def _label_box(page: Page, required: RequiredSeal) -> BBox | None:
    wanted = fold(required.label)
    if not wanted:
        return None
    hits = [line.bbox for line in page.reading.lines if fold(line.text).startswith(wanted)]
    loose = hits or [line.bbox for line in page.reading.lines if wanted[:4] in fold(line.text) and len(line.text) < 40]
    return max(loose, key=lambda box: box.y0, default=None)


def _nearest(seal: SealMark, spots: Sequence[_Spot], page: Page) -> str | None:
    """The place whose label line runs nearest to the seal's middle, above all by height."""
    if not spots:
        return None
    labelled = [spot for spot in spots if spot.label is not None]
    if not labelled:
        return spots[0].place if len(spots) == 1 else _by_height(seal, spots)
    return min(labelled, key=lambda spot: away_mm(seal.bbox, spot.label, page)).place if labelled else None


def _by_height(seal: SealMark, spots: Sequence[_Spot]) -> str:
    """With no label read, the places share the page from top to bottom in the profile's order."""
    return spots[min(len(spots) - 1, int(seal.bbox.center[1] * len(spots)))].place


def away_mm(seal: BBox, label: BBox | None, page: Page) -> float:
    """How far a seal's middle is from its label's line in mm: up and down, and sideways beyond where one may stamp."""
    if label is None:
        return 0.0
    reading = page.reading
    per_mm = reading.dpi / 25.4 if reading.dpi else max(reading.width, reading.height) / PAGE_MM
    x, y = seal.center
    down = abs(y - label.center[1]) * reading.height / per_mm
    left = max(0.0, label.x0 - x) * reading.width / per_mm
    right = max(0.0, (x - label.x1) * reading.width / per_mm - ALSO_RIGHT)
    return float(down + left + right)


def _answer(spot: _Spot, indices: Sequence[int], page: Page) -> int | None:
    seals = page.reading.seals
    return min(
        indices,
        key=lambda index: (
            seals[index].purpose is Purpose.PERSONAL,
            seals[index].purpose is not Purpose.OFFICIAL,
            away_mm(seals[index].bbox, spot.label, page),
        ),
        default=None,
    )
