"""A seam stamp: one impression over the fanned edges of several sheets, and its slices on their pages."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samples.stamping.impression import Box, multiplied, turned
from samples.stamping.ink import Impression
from samples.stamping.seal import MM_PER_INCH, SealSpec, draw_seal

Side = Literal["left", "right", "top", "bottom"]
NARROWEST_MM = 0.25
MARGIN_MM = 4.0
"""Empty height above and below the seal in a slice, so that drift has room."""


def seam_slices(
    spec: SealSpec,
    sheets: int,
    dpi: float,
    rng: np.random.Generator,
    *,
    drift_mm: float = 0.5,
    angle_deg: float = 0.0,
    wider_first: float = 1.0,
    wider_last: float = 1.0,
    uneven: float = 0.15,
    side: Literal["left", "right"] = "right",
) -> list[Impression]:
    """One impression cut into vertical slices, in the order of the sheets.

    On right edges the first sheet carries the left of the seal; on left edges its right. Sheets are fanned unevenly
    (`uneven` is the relative deviation of a slice's width) and slip up and down by `drift_mm` (deviation). All slices
    are of one height, the seal's middle at half of it before the drift.
    """
    seal = turned(draw_seal(spec, dpi, rng), angle_deg)
    seal = seal[:, np.flatnonzero((seal[..., 3] > 40).any(axis=0))]
    scale = dpi / MM_PER_INCH
    weights = np.clip(rng.normal(1, uneven, sheets), 0.4, 1.8)
    weights[0] *= wider_first
    weights[-1] *= wider_last
    cuts = np.round(np.concatenate(([0], np.cumsum(weights))) / weights.sum() * seal.shape[1]).astype(int)
    parts = [seal[:, start:end] for start, end in pairwise(cuts)]
    if side == "left":
        parts.reverse()
    return [_padded(part, round(rng.normal(0, drift_mm) * scale), round(MARGIN_MM * scale)) for part in parts]


def _padded(part: Impression, shift: int, margin: int) -> Impression:
    shift = int(np.clip(shift, -margin, margin))
    return np.pad(part, ((margin + shift, margin - shift), (0, 0), (0, 0)))


def stamp_slice(
    page: NDArray[np.uint8],
    piece: Impression,
    side: Side,
    along_px: float,
    rng: np.random.Generator,
    *,
    strength: float = 1.0,
    cropped_px: int = 0,
) -> tuple[NDArray[np.uint8], Box]:
    """Put a slice flush with an edge of a BGR page; the box is (0, 0, 0, 0) where nothing of it shows.

    Args:
        page: The page; not changed.
        piece: A slice of `seam_slices` (cut for left or right edges; turned here for top and bottom).
        side: The edge. `bottom` is the right edge of a portrait sheet shown turned clockwise, `top` counter-clockwise.
        along_px: The slice's middle along the edge, from the top (left and right) or the left (top and bottom).
        rng: Pressure of this sheet.
        strength: 1 as drawn.
        cropped_px: What the scanner lost of the edge.
    """
    turns = {"right": 0, "left": 0, "bottom": -1, "top": 1}[side]
    ink = np.rot90(piece, turns)
    height, width = page.shape[:2]
    alpha = ink[..., 3].astype(np.float32) / 255 * np.float32(strength * rng.uniform(0.85, 1.0))
    along = round(along_px)
    left, top = {
        "right": (width - ink.shape[1] + cropped_px, along - ink.shape[0] // 2),
        "left": (-cropped_px, along - ink.shape[0] // 2),
        "bottom": (along - ink.shape[1] // 2, height - ink.shape[0] + cropped_px),
        "top": (along - ink.shape[1] // 2, -cropped_px),
    }[side]
    return multiplied(page, ink[..., :3], alpha, left, top)
