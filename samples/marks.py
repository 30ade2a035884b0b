"""Seals, seam slices, signatures and hand-made ticks put on printed pages, each kept as a mark with its outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.filing import Filing
from samples.printing.sheets import Image, Sheet
from samples.stamping import (
    SealSpec,
    draw_pen_mark,
    draw_seal,
    draw_signature,
    draw_tick,
    seam_slices,
    stamp,
    stamp_slice,
)  # fmt: skip
from samples.stamping.ink import Impression
from samples.submission import SealChange, Submission

Points = NDArray[np.float64]
SheetSide = Literal["left", "right"]
MM_PER_INCH = 25.4
OFFSETS_MM = {
    "cover.applicant": ((-20, -4), (-8, 0)), "cover.recommender": ((16, 34), (3, 9)),
    "commitment": ((-30, -8), (-4, 8)),
    "evidence": ((-26, -6), (-4, 8)), "issuer": ((-16, -4), (0, 8)), "recommendation": ((0, 14), (-2, 6)),
}  # fmt: skip
"""Where a seal's centre lies from its anchor: ranges to the right and down."""
MARGIN_MM = 4.0
ASTRAY_MM = 130.0
"""How far above its label a seal stands that is not where it belongs."""
SMEAR_MM = 1.1
"""Deviation of a smear that leaves a seal's ring and no letter of its name."""
STRANGE_BUREAU = "绵竹市商务和经济信息化局"
"""Whose seal stands in a recommender's place where it is somebody else's."""
RECOMMENDERS = ("cover.recommender", "recommendation")
REPLACED_MM = (14.0, 22.0)
"""How far up or down a replaced sheet's slice lies from its neighbours: it was stamped on another occasion."""
LONGEST_SEAM = 14
"""More sheets than this under one impression would leave slices under 3 mm; then they are stamped in groups."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Ink put on a page: its outline in pixels of the page, and whose it is."""

    kind: str
    points: Points
    place: str | None = None
    spec: SealSpec | None = None


@dataclass(frozen=True, slots=True)
class Stamped:
    """A page with what was put on it."""

    image: Image
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SeamPlan:
    """One impression over some faces (indices of pages), those of them left out, those with another's slice."""

    spec: SealSpec
    faces: tuple[int, ...]
    missing: tuple[int, ...]
    side: SheetSide
    height: float
    replaced: tuple[int, ...] = ()


def applicant_seal(filing: Filing, rng: Random) -> SealSpec:
    """The unit's official seal: round with a star; of foreign-invested units often oval."""
    owner = filing.show("applicant")
    serial = f"{filing.values['uscc'][2:4]}{rng.randint(10**10, 10**11 - 1)}" if rng.random() < 0.6 else ""
    if filing.values["ownership"] == "外资企业" and rng.random() < 0.5:
        ink: Literal["red", "blue"] = "blue" if rng.random() < 0.3 else "red"
        return SealSpec(owner, "oval", 45, colour=ink, ratio=30 / 45, star=False, letter_mm=4.0)
    size = 42.0 if "股份" in owner or "研究院" in owner else rng.choice([40.0, 40.0, 38.0])
    return SealSpec(owner=owner, diameter_mm=size, serial=serial, style=rng.choice(["song", "bold", "light", "kai"]))


def bureau_seal(owner: str) -> SealSpec:
    """A bureau's seal: round, 42 mm, with a star."""
    return SealSpec(owner=owner, diameter_mm=42.0, style="bold")


def seal_at(place: str, submission: Submission, own: SealSpec, evidence_item: int | None) -> SealSpec | None:
    """The seal that stands at a place of this package; None where it was not stamped."""
    change = change_at(place, submission, evidence_item)
    recommends = place in RECOMMENDERS
    right = bureau_seal(submission.paper.recommender) if recommends else own
    if change == "missing":
        return None
    if change == "stranger":
        return replace(right, owner=STRANGE_BUREAU if recommends else submission.stranger, serial="")
    if change == "contract":
        return replace(
            right, shape="round", diameter_mm=40.0, inner="合同专用章", purpose="contract", star=True, serial=""
        )
    return right


def change_at(place: str, submission: Submission, evidence_item: int | None) -> SealChange | None:
    """What happened at a place instead of the right seal in its place; None where nothing did."""
    return submission.seals.get(f"evidence.{evidence_item}" if place == "evidence" else place)


def stamp_seal(
    page: Stamped,
    spec: SealSpec,
    place: str,
    anchor: tuple[float, float],
    dpi: int,
    rng: np.random.Generator,
    change: SealChange | None = None,
) -> Stamped:
    """The page with one more seal beside its anchor (fractions of the page), wholly on the page."""
    height, width = page.image.shape[:2]
    scale = dpi / MM_PER_INCH
    (left, right), (up, down) = OFFSETS_MM[place]
    reach = (spec.diameter_mm / 2 + MARGIN_MM) * scale
    x = float(np.clip(anchor[0] * width + rng.uniform(left, right) * scale, reach, width - reach))
    y = float(np.clip(anchor[1] * height + rng.uniform(up, down) * scale, reach, height - reach))
    if change == "astray":
        y = max(reach, y - ASTRAY_MM * scale)
    if change == "pasted":
        return _pasted(page, spec, place, (x, y), dpi)
    impression = draw_seal(spec, dpi, rng, wear=float(rng.uniform(0.3, 1.0)))
    if change == "smeared":
        impression = _smeared(impression, SMEAR_MM * scale)
    angle = float(rng.normal(0, 9))
    image, box = stamp(page.image, impression, x, y, angle, float(rng.uniform(0.75, 1.0)), rng)
    outline = _corners(box) if spec.shape == "rectangle" else _ellipse(spec, x, y, angle, scale)
    required = None if place == "issuer" else place
    return Stamped(image, (*page.marks, Mark("seal", outline, required, spec)))


def _pasted(page: Stamped, spec: SealSpec, place: str, centre: tuple[float, float], dpi: int) -> Stamped:
    """The page with the picture of a seal laid over it, white ground and all: the same picture every time."""
    rng = np.random.default_rng(sum(map(ord, spec.owner)))
    impression = draw_seal(spec, dpi, rng)
    height, width = impression.shape[:2]
    top, left = round(centre[1] - height / 2), round(centre[0] - width / 2)
    image = page.image.copy()
    image[max(0, top) : top + height, max(0, left) : left + width] = 255
    image, box = stamp(image, impression, left + width / 2, top + height / 2, 0.0, 1.0, rng)
    outline = _ellipse(spec, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 0.0, dpi / MM_PER_INCH)
    return Stamped(image, (*page.marks, Mark("seal", outline, place, spec)))


def _smeared(impression: Impression, sigma: float) -> Impression:
    """An impression whose ink ran: the ring is there, its letters are not."""
    made = impression.copy()
    spread = cv2.GaussianBlur(impression[..., 3].astype(np.float32), (0, 0), sigma)
    made[..., 3] = np.clip(spread * 1.2, 0, 255).astype(np.uint8)
    return made


def sign(page: Stamped, name: str, anchor: tuple[float, float], dpi: int, rng: np.random.Generator) -> Stamped:
    """The page signed to the right of the anchor."""
    height, width = page.image.shape[:2]
    ink = draw_signature(name, dpi, rng, height_mm=float(rng.uniform(8, 11)))
    x = anchor[0] * width + ink.shape[1] / 2 + rng.uniform(0, 3) * dpi / MM_PER_INCH
    image, box = stamp(page.image, ink, x, anchor[1] * height + rng.normal(0, 8), float(rng.normal(0, 3)), 1.0, rng)
    return Stamped(image, (*page.marks, Mark("signature", _corners(box), "legal_representative")))


def tick_box(page: Stamped, anchor: tuple[float, float], pen: str, dpi: int, rng: np.random.Generator) -> Stamped:
    """The page with a hand-made tick over the box that stands left of the anchor; `pen` says what mark it is."""
    height, width = page.image.shape[:2]
    scale = dpi / MM_PER_INCH
    ink = draw_tick(rng, dpi, size_mm=4.2) if pen == "check" else draw_pen_mark(pen, rng, dpi)
    x, y = (
        anchor[0] * width - 1.9 * scale + rng.normal(0, 0.3 * scale),
        anchor[1] * height + rng.normal(-0.4, 0.3) * scale,
    )
    image, box = stamp(page.image, ink, x, y, 0, 1.0, rng)
    return Stamped(image, (*page.marks, Mark("tick", _corners(box))))


def plan_seams(submission: Submission, own: SealSpec, faces: Sequence[int], rng: Random) -> tuple[SeamPlan, ...]:
    """How the seam stamp runs over the faces that must carry a slice; none where it is absent."""
    if submission.seam == "absent" or len(faces) < 2:
        return ()
    spec = replace(own, owner=submission.stranger, serial="") if submission.seam == "stranger" else own
    spec = replace(spec, inner="")
    count = -(-len(faces) // LONGEST_SEAM)
    if count == 1 and len(faces) > 9 and rng.random() < 0.2:
        count = 2
    size = -(-len(faces) // count)
    groups = [tuple(faces[start : start + size]) for start in range(0, len(faces), size)]
    side: SheetSide = "left" if rng.random() < 0.12 else "right"
    broken = rng.randrange(len(groups))
    plans = []
    for number, group in enumerate(groups):
        inner = group[1:-1] or group
        chosen = (
            rng.sample(inner, min(len(inner), rng.randint(1, 2)))
            if submission.seam == "broken" and number == broken
            else []
        )
        height = rng.uniform(0.3, 0.68)
        swapped = (rng.choice(inner),) if submission.seam == "replaced" and number == broken else ()
        plans.append(SeamPlan(spec, group, tuple(sorted(chosen)), side, height, swapped))
    return tuple(plans)


def stamp_seam(pages: dict[int, Stamped], plan: SeamPlan, dpi: int, rng: np.random.Generator) -> dict[int, Stamped]:
    """The pages of a seam's group with their slices; sheets left out had been swapped, so their part is missing."""
    slices = seam_slices(plan.spec, len(plan.faces), dpi, rng, side=plan.side)
    slips = _slips(plan, dpi, rng)
    stamped = dict(pages)
    for face, piece in zip(plan.faces, slices, strict=True):
        if face in plan.missing:
            continue
        page = pages[face]
        along = plan.height * page.image.shape[0] + slips.get(face, 0.0)
        image, box = stamp_slice(page.image, piece, plan.side, along, rng)
        stamped[face] = Stamped(image, (*page.marks, Mark("slice", _corners(box))))
    return stamped


def _slips(plan: SeamPlan, dpi: int, rng: np.random.Generator) -> dict[int, float]:
    """How far the slices of replaced sheets lie from the others, in pixels along the edge."""
    far = {face: float(rng.uniform(*REPLACED_MM) * rng.choice((-1, 1))) for face in plan.replaced}
    return {face: mm * dpi / MM_PER_INCH for face, mm in far.items()}


def stamp_sheet(
    sheet: Sheet,
    submission: Submission,
    own: SealSpec,
    item: int | None,
    issuer: str,
    dpi: int,
    rng: np.random.Generator,
) -> Stamped:
    """A printed sheet with its seals, its signature and its hand-made ticks."""
    page = Stamped(sheet.picture(dpi), ())
    for name, x, y in sheet.anchors:
        if name.startswith("tick."):
            page = tick_box(page, (x, y), name.split(".")[1], dpi, rng)
        elif name == "sign" and submission.signed:
            page = sign(page, submission.paper.values["legal_representative"], (x, y), dpi, rng)
        elif name == "seal.issuer":
            page = stamp_seal(
                page,
                SealSpec(owner=issuer, diameter_mm=40, inner="检测专用章", purpose="other"),
                "issuer",
                (x, y),
                dpi,
                rng,
            )
        elif name.startswith("seal."):
            place = name.removeprefix("seal.")
            spec, change = seal_at(place, submission, own, item), change_at(place, submission, item)
            page = stamp_seal(page, spec, place, (x, y), dpi, rng, change) if spec else page
    return page


def _corners(box: tuple[int, int, int, int]) -> Points:
    x0, y0, x1, y1 = box
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64)


def _ellipse(spec: SealSpec, x: float, y: float, angle_deg: float, scale: float) -> Points:
    turn, tilt = np.linspace(0, 2 * np.pi, 73), np.radians(angle_deg)
    long = spec.diameter_mm / 2 * scale
    short = long * (spec.ratio if spec.shape == "oval" else 1.0)
    along, across = long * np.cos(turn), short * np.sin(turn)
    return np.column_stack([
        x + along * np.cos(tilt) - across * np.sin(tilt), y + along * np.sin(tilt) + across * np.cos(tilt),
    ])  # fmt: skip
