"""Drawn pages for the tests of seals, seams and signatures; and a reader that reads nothing of its own."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.readers.protocol import Picture, RecognisedChar, RecognisedLine
from samples.stamping import SealSpec, draw_seal, seam_slices, stamp, stamp_slice

DPI = 200
PER_MM = DPI / 25.4
NAME = "成都某某智能科技有限公司"


class FixedReader:
    """Reads every crop as the same line."""

    name = "fixed"

    def __init__(self, text: str = NAME, confidence: float = 0.99) -> None:
        step = 1.0 / len(text) if text else 1.0
        chars = tuple(
            RecognisedChar(char, confidence, "", 0.0, at * step, (at + 1) * step) for at, char in enumerate(text)
        )
        self._line = RecognisedLine(text, confidence if text else 0.0, chars)
        self.read = 0

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        self.read += len(crops)
        return tuple(self._line for _ in crops)


def sheet(lines: int = 30, landscape: bool = False) -> Picture:
    """A printed A4 page."""
    page = np.full((1654, 2339, 3) if landscape else (2339, 1654, 3), 252, dtype=np.uint8)
    for row in range(lines):
        cv2.putText(page, "The quick brown fox jumps over lazy dogs", (150, 160 + row * 55), 0, 1.0, (25, 25, 25), 2)
    return page


def worn(page: Picture, seed: int = 0, quality: int = 70) -> Picture:
    """Scanner noise and JPEG."""
    noisy = 3 * np.random.default_rng(seed).standard_normal(page.shape, np.float32) + page
    noisy = np.clip(noisy, 0, 255, out=noisy).astype(np.uint8)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", noisy, [1, quality])[1], 1), dtype=np.uint8)


def sealed(spec: SealSpec, x: float, y: float, angle: float, seed: int = 1) -> tuple[Picture, tuple[int, ...]]:
    """A worn page with one seal, and the seal's box."""
    rng = np.random.default_rng(seed)
    page, box = stamp(sheet(), draw_seal(spec, DPI, rng), x, y, angle, 0.8, rng)
    return worn(page, seed), box


def copy_with_seam(groups: Sequence[int], missing: Sequence[int] = (), duplex: bool = False, side: str = "right",
                   seed: int = 1) -> list[Picture]:  # fmt: skip
    """Pages of a copy, one seam impression a group of sheets; `missing` counts sheets from 0."""
    rng = np.random.default_rng(seed)
    pages: list[Picture] = []
    number = 0
    for size in groups:
        height = float(rng.uniform(700, 1500))
        for piece in seam_slices(SealSpec(NAME), size, DPI, rng, side=side):  # type: ignore[arg-type]
            page = sheet(12)
            if number not in missing:
                page, _ = stamp_slice(page, piece, side, height, rng)  # type: ignore[arg-type]
            pages += [page, sheet(10)] if duplex else [page]
            number += 1
    return pages
