"""The lines of a page: boxes read in the ink layers that matter, as records in fractions of the upright page."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.crops import cut_quad
from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import LineReader, Picture, Quad, RecognisedChar, RecognisedLine
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.text import Layer, Line

Mask = NDArray[np.uint8]

UNDER_SEAL = 0.02
"""Share of coloured ink in a line's box from which both layers are read: less is a speck of JPEG colour."""
PRINT_UNDER_STAMP = 0.75
"""Inside a stamp only print that reads this well with the ink out is text; the stamp's own letters are not."""
VERTICAL = 2.2
"""Height over width from which a box holds a column of characters (a label down the side of its rows)."""
DARK, LEAST_INK = 60, 0.04
"""Ink is this much darker than the paper (of 255), and covers at least this share of a box of text."""
MARGIN, ENLARGED = 0.15, 2.4
"""What is cut off above and below a box that read as nothing, in its heights, and how much larger it is read again."""
FULLER = 0.8
"""Taking off a black seal takes print along: a reading so sure of the same characters and more is the better one."""
LEAST_DOUBLE, DOUBLE = 2, 0.5
"""Characters of a line found twice, and how much of its box lies in the other's, in its width and in height."""
LEAST_CONFIDENCE = 0.5
"""A line read worse than this, and no longer than two characters, is a stain."""


def read_lines(
    quads: Sequence[Quad],
    full: Picture,
    filtered: Picture,
    coloured: Mask,
    stamps: Sequence[BBox],
    frame: PageFrame,
    reader: LineReader,
    cleared: Layer = Layer.WITHOUT_RED,
) -> tuple[Line, ...]:
    """Read each box with coloured ink out; where colour lies over it, as it is as well, and keep both.

    Args:
        quads: Boxes in the working picture.
        full: The working picture.
        filtered: The same with red and blue ink out.
        coloured: Where red or blue ink is.
        stamps: Boxes of seals and slices on the stored page.
        frame: The way back to the stored page.
        reader: Whoever reads crops.
        cleared: What `filtered` is called.
    """
    crops = [_upright(cut_quad(filtered, quad)) for quad in quads]
    stamped = [index for index, quad in enumerate(quads) if _share(coloured, quad) >= UNDER_SEAL]
    read = reader.read_crops([*crops, *(_upright(cut_quad(full, quads[index])) for index in stamped)])
    under = dict(zip(stamped, read[len(quads) :], strict=True))
    clear = _silent_again(read[: len(quads)], crops, quads, filtered, reader)
    lines = []
    for index, quad in enumerate(quads):
        line = _line(clear[index], quad, frame, cleared if index in under else Layer.FULL)
        in_stamp = any(stamp.contains(*line.bbox.center) for stamp in stamps)
        if index in under and (not in_stamp or cleared is Layer.WITHOUT_SEAL):
            line = _with_other(line, _line(under[index], quad, frame, Layer.FULL))
        if in_stamp and line.confidence < PRINT_UNDER_STAMP:
            continue
        if _says_something(line):
            lines.append(line)
    return _without_doubles(lines)


def _without_doubles(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without those that are another one, or a piece of it, found twice."""
    return tuple(
        line
        for index, line in enumerate(lines)
        if not any(
            _is_double(line, other) and (len(line.text) < len(other.text) or place < index)
            for place, other in enumerate(lines)
            if place != index
        )
    )


def _is_double(line: Line, other: Line) -> bool:
    """Whether a line says what another says, or a part of it, in the same place."""
    if len(line.text) < LEAST_DOUBLE or line.text not in other.text:
        return False
    shared = line.row.intersection(other.row)
    if shared.width <= 0 or shared.height <= 0:
        return False
    return shared.width >= DOUBLE * line.row.width and shared.height >= DOUBLE * min(line.row.height, other.row.height)


def _silent_again(
    read: Sequence[RecognisedLine],
    crops: Sequence[Picture],
    quads: Sequence[Quad],
    picture: Picture,
    reader: LineReader,
) -> list[RecognisedLine]:
    """The lines, those that read as nothing or as a stain though ink is there read once more, tighter and larger.

    A lone letter that a narrow cell breaks off its line has that line's feet in its box.
    """
    lines = list(read)
    silent = [index for index, line in enumerate(lines) if not _says_something(line) and _inked(crops[index])]
    again = reader.read_crops([_tight(picture, quads[index]) for index in silent]) if silent else ()
    for index, line in zip(silent, again, strict=True):
        lines[index] = max(lines[index], line, key=lambda each: (bool(each.text), each.confidence))
    return lines


def _says_something(line: RecognisedLine | Line) -> bool:
    """Whether what was read of a box is no stain."""
    return bool(line.text) and (line.confidence >= LEAST_CONFIDENCE or len(line.text) > 2)


def _inked(crop: Picture) -> bool:
    """Whether a crop that reads as nothing holds more than dust."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    return float((grey < np.percentile(grey, 90) - DARK).mean()) >= LEAST_INK


def _tight(picture: Picture, quad: Quad) -> Picture:
    """A box without its upper and lower margin, enlarged: a pen's tick makes the box of a short line too high."""
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2 * MARGIN
    return cut_quad(picture, np.asarray(quad + np.array([down, down, -down, -down]), np.float32), ENLARGED)


def _upright(crop: Picture) -> Picture:
    """A column of characters one below the other laid out side by side; any other crop as it is."""
    height, width = crop.shape[:2]
    count = round(height / width)
    if count < 2 or height < VERTICAL * width:
        return crop
    step = height / count
    pieces = [crop[round(step * index) : round(step * (index + 1))] for index in range(count)]
    lowest = min(piece.shape[0] for piece in pieces)
    return np.asarray(cv2.hconcat([piece[:lowest] for piece in pieces]), np.uint8)


def _with_other(line: Line, other: Line) -> Line:
    """The surer of two layers' readings, the other kept beside it where it differs."""
    if other.text == line.text:
        return line
    if line.layer is Layer.WITHOUT_SEAL and other.confidence >= FULLER and _is_part(line.text, other.text):
        return other.model_copy(update={"others": (line,)} if line.text else {})
    if not line.text or other.confidence > line.confidence + 0.05:
        line, other = other, line
    return line.model_copy(update={"others": (other,)} if other.text else {})


def _is_part(text: str, whole: str) -> bool:
    """Whether a text is another with characters left out."""
    rest = iter(whole)
    return all(char in rest for char in text)


def _char_box(quad: Quad, char: RecognisedChar) -> tuple[float, float, float, float]:
    """A character's box in a line that may run askew: as high as the line where the character stands."""
    start, end = quad[0] + (quad[1] - quad[0]) * char.x0, quad[0] + (quad[1] - quad[0]) * char.x1
    middle = (char.x0 + char.x1) / 2
    top, bottom = quad[0] + (quad[1] - quad[0]) * middle, quad[3] + (quad[2] - quad[3]) * middle
    return float(start[0]), float(top[1]), float(end[0]), float(bottom[1])


def _share(mask: Mask, quad: Quad) -> float:
    x0, y0 = np.floor(quad.min(axis=0)).astype(int).clip(0)
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
    area = mask[y0:y1, x0:x1]
    return cv2.countNonZero(area) / area.size if area.size else 0.0


def _straight(edges: Quad, frame: PageFrame) -> BBox:
    """Where a line stands in fractions of the working picture, as high as it is in its middle."""
    width, height = frame.working_size
    top, bottom = (edges[0][1] + edges[1][1]) / 2, (edges[2][1] + edges[3][1]) / 2
    left, right = float(edges[:, 0].min()), float(edges[:, 0].max())
    return BBox(left / width, float(top) / height, right / width, float(bottom) / height)


def _line(read: RecognisedLine, quad: Quad, frame: PageFrame, layer: Layer) -> Line:
    x0, y0 = (float(value) for value in quad.min(axis=0))
    x1, y1 = (float(value) for value in quad.max(axis=0))
    width = x1 - x0
    edges = quad if width >= y1 - y0 else np.asarray([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
    chars = tuple(
        Char(
            text=char.text,
            confidence=round(char.confidence, 4),
            runner_up=char.runner_up,
            runner_up_confidence=round(char.runner_up_confidence, 4),
            bbox=frame.to_page(_char_box(edges, char)),
            candidates=char.candidates,
        )
        for char in read.chars
    )
    return Line(
        text=read.text,
        confidence=round(read.confidence, 4),
        bbox=frame.to_page((x0, y0, x1, y1)),
        straight=_straight(edges, frame),
        layer=layer,
        chars=chars,
    )
