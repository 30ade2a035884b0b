"""Which way up a page is: by what can be read, and by Tesseract's OSD where reading does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np
import pytesseract

from extractors.imaging.crops import cut_quad
from extractors.readers.protocol import LineReader, Picture, Quad, RecognisedLine

SAMPLE = 4
"""Lines read to tell up from down."""
SHORT, LONG = 3.0, 9.0
"""Length over height of the lines sampled: enough characters to judge by, few enough to be cheap."""
SURE = 0.88
"""Mean probability of the sample's characters from which a page is read the right way up; upside down it is < 0.7."""
FEWEST_READ = 0.5
"""Characters that a line reads as at least, through its length in heights: Chinese ones stand 1.4 heights apart."""
OSD_SIDE = 1700
"""Longest side of the picture OSD sees: it needs characters of about 20 pixels, not more."""


def find_rotation(picture: Picture, quads: Sequence[Quad], reader: LineReader) -> int:
    """Degrees clockwise (0, 90, 180, 270) that turn the picture upright."""
    if not quads:
        return 0
    sideways = lies_sideways(quads)
    sample = _sample(quads, sideways)
    first, second = (90, 270) if sideways else (0, 180)
    score = _legibility(picture, sample, first, reader)
    if not sideways and score >= SURE:
        return first
    other = _legibility(picture, sample, second, reader)
    if max(score, other) >= SURE and abs(score - other) > 0.08:
        return first if score > other else second
    return _by_osd(picture, quads, reader, {first: score, second: other})


def _by_osd(picture: Picture, quads: Sequence[Quad], reader: LineReader, scores: dict[int, float]) -> int:
    """OSD's word where it is confirmed by reading, else the most legible of all four."""
    guess = _osd(picture)
    if guess is not None and guess in scores and scores[guess] >= max(scores.values()) - 0.1:
        return guess
    sideways = lies_sideways(quads)
    others = (0, 180) if sideways else (90, 270)
    sample = _sample(quads, not sideways)
    scores = scores | {turn: _legibility(picture, sample, turn, reader) for turn in others}
    if guess is not None:
        scores[guess] += 0.1
    return max(scores, key=lambda turn: scores[turn])


def sample_crops(picture: Picture, quads: Sequence[Quad]) -> tuple[Picture, ...]:
    """A few lines of a straight page that tell whether it is upright, cut out as they will be read."""
    return tuple(cut_quad(picture, quad) for quad in _sample(quads, sideways=False))


def reads_upright(crops: Sequence[Picture], lines: Sequence[RecognisedLine]) -> bool:
    """Whether the crops' lines were read too well to stand on their heads."""
    return _legible(crops, lines) >= SURE


def lies_sideways(quads: Sequence[Quad]) -> bool:
    """Whether most of the text (by length) runs up or down."""
    upright = sideways = 0.0
    for quad in quads:
        width, height = float(np.ptp(quad[:, 0])), float(np.ptp(quad[:, 1]))
        if max(width, height) < 1.5 * min(width, height):
            continue
        if width > height:
            upright += width
        else:
            sideways += height
    return sideways > upright


def _sample(quads: Sequence[Quad], sideways: bool) -> tuple[Quad, ...]:
    """Lines of middling length, spread over the page; the shortest of the longer ones where there are none."""
    axis = 1 if sideways else 0
    ratios = [
        (float(np.ptp(quad[:, axis])) / max(1.0, float(np.ptp(quad[:, 1 - axis]))), index)
        for index, quad in enumerate(quads)
    ]
    middling = [index for ratio, index in ratios if SHORT <= ratio <= LONG]
    if len(middling) < 2:
        middling = [index for ratio, index in sorted(ratios) if ratio >= SHORT] or [index for _, index in ratios]
        return tuple(quads[index] for index in middling[:SAMPLE])
    step = max(1, len(middling) // SAMPLE)
    return tuple(quads[index] for index in middling[step // 2 :: step][:SAMPLE])


def _legibility(picture: Picture, quads: Sequence[Quad], turn: int, reader: LineReader) -> float:
    """How well lines read when the page is turned (see `_legible`)."""
    crops = [crop for quad in quads if (crop := _turn_crop(_hull_crop(picture, quad), turn)).size]
    return _legible(crops, reader.read_crops(crops))


def _legible(crops: Sequence[Picture], lines: Sequence[RecognisedLine]) -> float:
    """Mean probability of the characters that should stand on the lines; 0 without lines.

    A line as long as several characters that reads as none or one counts as characters not read: upside down, most
    lines read as nothing and now and then one as a sure word (品品).
    """
    due = sum(
        max(len(line.chars), FEWEST_READ * max(crop.shape[:2]) / min(crop.shape[:2]))
        for crop, line in zip(crops, lines, strict=True)
    )
    return sum(char.confidence for line in lines for char in line.chars) / due if due else 0.0


def _hull_crop(picture: Picture, quad: Quad) -> Picture:
    x0, y0, x1, y1 = quad[:, 0].min(), quad[:, 1].min(), quad[:, 0].max(), quad[:, 1].max()
    return cut_quad(picture, np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32))


def _turn_crop(crop: Picture, turn: int) -> Picture:
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return crop if turn == 0 else np.asarray(cv2.rotate(crop, codes[turn]), np.uint8)


def _osd(picture: Picture) -> int | None:
    """Tesseract's answer; None when it has none."""
    scale = min(1.0, OSD_SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    try:
        answer = pytesseract.image_to_osd(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), config="--dpi 150", timeout=20)
    except (pytesseract.TesseractError, RuntimeError):
        return None
    found = re.search(r"Rotate: (\d+)", answer)
    return int(found.group(1)) % 360 if found else None
