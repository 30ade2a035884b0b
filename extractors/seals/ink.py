"""The inks on a page: how red, how blue, how dark each pixel is, whatever the paper and the light."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture
from pipeline.model.seal import Ink

Map = NDArray[np.uint8]
"""Strength of an ink at every pixel, 0 none - 255 full."""

PAPER_PERCENTILE = 90
"""Of the pixels in the light half, this share is no brighter than paper: above it lies only glare."""
SHADE_CELLS = 48
"""Cells of the shading map along the longer side: wider than a seal's strokes, finer than a shadow's edge."""
FAINTEST = 16
"""Ink weaker than this (of 255) drowns in the noise of a JPEG of quality 60."""
NOISE_FACTOR = 4.0
"""Ink begins at so many median deviations of the page's own colour noise."""
PLAIN = 60
"""Ink stronger than this is ink on any page."""
NO_COLOUR = 8e-6
"""Share of coloured pixels below which a page has none: a sliver of seam stamp 0.3 mm wide covers ten times as much."""
LITTLE_COLOUR = 2e-3
"""Share below which no coloured seal can be on the page (its rim and letters cover 0.4 % of A4): what is there may be
the colour fringes of a scanned black copy."""
CHROMA = 40
"""A pixel this far from grey has colour, whatever a scanner's fringes do."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Maps of one picture, all of its height and width. `shade` is the paper's light, for pictures of the same page."""

    red: Map
    blue: Map
    dark: Map

    def of(self, ink: Ink) -> Map:
        """The map of an ink."""
        return {Ink.RED: self.red, Ink.BLUE: self.blue, Ink.BLACK: self.dark}[ink]


@dataclass(frozen=True, slots=True)
class Paper:
    """The page's paper: colour cast (BGR, 0-255) and shading (coarse map of brightness, 0-1 of the brightest)."""

    cast: tuple[float, float, float]
    shading: NDArray[np.float32]


def paper_of(image: Picture) -> Paper:
    """Colour and light of the paper, from a BGR picture of a whole page (any scale; best about 100 dpi)."""
    longer = max(image.shape[:2])
    small = cv2.resize(image, None, fx=(k := min(1.0, 400 / longer)), fy=k, interpolation=cv2.INTER_AREA)
    blue, green, red = cv2.split(small)
    value = np.asarray(cv2.max(cv2.max(blue, green), red), dtype=np.uint8)
    sample = small[::2, ::2].reshape(-1, 3)
    brightness = value[::2, ::2].ravel()
    light = sample[brightness >= np.median(brightness)].astype(np.float32)
    neutral = light[np.ptp(light, axis=1) <= CHROMA + 20]
    chosen = neutral if len(neutral) > 0.2 * len(light) else light
    cast = np.maximum(np.percentile(chosen, PAPER_PERCENTILE, axis=0), 60)
    return Paper((float(cast[0]), float(cast[1]), float(cast[2])), _shading(value))


def _shading(value: NDArray[np.uint8]) -> NDArray[np.float32]:
    scale = SHADE_CELLS / max(value.shape)
    size = max(2, round(value.shape[1] * scale)), max(2, round(value.shape[0] * scale))
    brightest = cv2.dilate(value, np.ones((9, 9), np.uint8))
    coarse = cv2.medianBlur(cv2.resize(brightest, size, interpolation=cv2.INTER_AREA), 5).astype(np.float32)
    return np.clip(coarse / max(1.0, float(np.percentile(coarse, 95))), 0.35, 1.0).astype(np.float32)


def inks_of(
    image: Picture, paper: Paper, box: tuple[int, int, int, int] | None = None, whole: tuple[int, int] | None = None
) -> Inks:
    """Ink maps of a BGR picture, or of a crop: `box` is then its place in the page, of size `whole` (height, width)."""
    balanced = _balanced(image, paper, box, whole)
    blue, green, red = cv2.split(balanced)
    redness = cv2.subtract(red, green)
    redness[cv2.subtract(blue, red) > 25] = 0  # violet counts as red, blue doesn't
    blueness = cv2.subtract(blue, cv2.max(red, green))
    dark = cv2.subtract(np.full_like(red, 255), cv2.max(cv2.max(red, green), blue))
    return Inks(*(np.asarray(strength, dtype=np.uint8) for strength in (redness, blueness, dark)))


def violet_of(image: Picture, paper: Paper, box: tuple[int, int, int, int], whole: tuple[int, int]) -> Map:
    """How much bluer than green each pixel of a crop is; `box` and `whole` as for `inks_of`."""
    balanced = _balanced(image, paper, box, whole)
    return np.asarray(cv2.subtract(balanced[..., 0], balanced[..., 1]), dtype=np.uint8)


def _balanced(
    image: Picture, paper: Paper, box: tuple[int, int, int, int] | None, whole: tuple[int, int] | None
) -> Picture:
    gains = np.array([255.0 / channel for channel in paper.cast], dtype=np.float32)
    shading = paper.shading
    if float(shading.min()) > 0.93:
        table = np.clip(np.arange(256)[:, None] * gains[None, :], 0, 255).astype(np.uint8)
        return np.asarray(cv2.LUT(image, table.reshape(256, 1, 3).transpose(1, 0, 2)), dtype=np.uint8)
    light = _light(shading, image.shape[:2], box, whole)
    return np.clip(image.astype(np.float32) / light[..., None] * gains, 0, 255).astype(np.uint8)


def _light(
    shading: NDArray[np.float32],
    size: tuple[int, ...],
    box: tuple[int, int, int, int] | None,
    whole: tuple[int, int] | None,
) -> NDArray[np.float32]:
    if box is None or whole is None:
        return np.asarray(cv2.resize(shading, (size[1], size[0]), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    fy, fx = shading.shape[0] / whole[0], shading.shape[1] / whole[1]
    y = (np.arange(box[1], box[1] + size[0], dtype=np.float32) + 0.5) * fy - 0.5
    x = (np.arange(box[0], box[0] + size[1], dtype=np.float32) + 0.5) * fx - 0.5
    columns, rows = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
    return np.asarray(cv2.remap(shading, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def inked(strength: Map) -> NDArray[np.uint8]:
    """Where there is ink (255) and where none (0), by the map's own noise."""
    sample = strength[::4, ::4].astype(np.int16)
    middle = float(np.median(sample))
    noise = float(np.median(np.abs(sample - middle)))
    threshold = min(max(FAINTEST, middle + NOISE_FACTOR * noise), PLAIN)
    return np.where(strength > threshold, np.uint8(255), np.uint8(0))
