"""1 and l told by the page's own specimens: the ones of its numbers, the l's inside its words.

A face prints the two alike enough to mislead a reader that knows every face a little; within one face they differ, and
a form always shows both: telephone numbers, and the words of addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import Picture
from pipeline.model.text import Line

Glyph = NDArray[np.float32]
"""The ink of one character, 0-1, SIZE pixels high in the middle of a square."""

TWINS = "1lI"
FIGURE, LETTER = "1", "l"
SURE = 0.995
"""A twin read surer than this is not asked about."""
SIZE = 32
MARGIN = 3
"""Pixels by which two glyphs are moved against each other."""
FIGURES = 3
"""A run of figures with so many others in it is a number."""
LEAST_SPECIMENS, MOST_SPECIMENS = 2, 12
"""Of each kind on the page: fewer say nothing, more nothing new."""
APART = 0.04
"""By so much specimens must be liker to their own kind than to the other, and a glyph liker to one kind."""
NEAR = 0.3
"""Line heights from where the reader saw a character to its ink at most."""
LEAST_TALL, MOST_WIDE = 0.35, 0.5
"""Height of a twin's ink at least, and its width at most, in line heights."""
LEAST_PIXELS = 4


def told_by_specimens(lines: Sequence[Line], picture: Picture, frame: PageFrame) -> tuple[Line, ...]:
    """The lines, their unsure 1, l and I read as the one of 1 and l whose specimens on the page they look like.

    Args:
        lines: Of one page, their characters with boxes.
        picture: The working picture without coloured ink.
        frame: From the page to it.
    """
    wanted = [(index, place) for index, line in enumerate(lines) for place in _in_question(line)]
    if not wanted:
        return tuple(lines)
    known = {kind: _specimens(lines, kind, picture, frame) for kind in (FIGURE, LETTER)}
    if not _differ(known[FIGURE], known[LETTER]):
        return tuple(lines)
    told = list(lines)
    for index, place in wanted:
        glyph = _glyph(lines[index], place, picture, frame)
        kind = _kind(glyph, known) if glyph is not None else ""
        if kind:
            told[index] = _with_char(told[index], place, kind)
    return tuple(told)


def _in_question(line: Line) -> Iterator[int]:
    """Places of unsure twins among small letters."""
    for place, char in enumerate(line.chars):
        if char.text in TWINS and char.confidence < SURE and not _must_be(line, place) and _among_letters(line, place):
            yield place


def _must_be(line: Line, place: int) -> str:
    """FIGURE inside a number, LETTER between small letters, "" elsewhere."""
    start, end = _run(line, place, lambda text: text.isdigit() or text in TWINS)
    figures = sum(char.text.isdigit() and char.text not in TWINS for char in line.chars[start:end])
    before, after = _text(line, start - 1), _text(line, end)
    if figures >= FIGURES and not (_is_letter(before) or _is_letter(after)):
        return FIGURE
    return LETTER if _is_small(_text(line, place - 1)) and _is_small(_text(line, place + 1)) else ""


def _among_letters(line: Line, place: int) -> bool:
    """Whether its word is written in small letters: no AI, no II."""
    start, end = _run(line, place, lambda text: text.isascii() and not text.isspace())
    word = [char.text for char in line.chars[start:end]]
    return any(_is_small(text) for text in word) and not any(text.isupper() and text not in TWINS for text in word)


def _run(line: Line, place: int, belongs: Callable[[str], bool]) -> tuple[int, int]:
    start, end = place, place + 1
    while start > 0 and belongs(line.chars[start - 1].text):
        start -= 1
    while end < len(line.chars) and belongs(line.chars[end].text):
        end += 1
    return start, end


def _text(line: Line, place: int) -> str:
    return line.chars[place].text if 0 <= place < len(line.chars) else ""


def _is_letter(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _is_small(text: str) -> bool:
    return _is_letter(text) and text.islower() and text not in TWINS


def _specimens(lines: Sequence[Line], kind: str, picture: Picture, frame: PageFrame) -> list[Glyph]:
    found = (
        _glyph(line, place, picture, frame)
        for line in lines
        for place, char in enumerate(line.chars)
        if char.text in TWINS and _must_be(line, place) == kind
    )
    return list(islice((glyph for glyph in found if glyph is not None), MOST_SPECIMENS))


def _differ(figures: Sequence[Glyph], letters: Sequence[Glyph]) -> bool:
    """Whether there are enough of both, and each is liker to its own kind."""
    if min(len(figures), len(letters)) < LEAST_SPECIMENS:
        return False
    own = [
        _likeness(glyph, kind[:index] + kind[index + 1 :])
        for kind in (list(figures), list(letters))
        for index, glyph in enumerate(kind)
    ]
    other = [_likeness(glyph, letters) for glyph in figures] + [_likeness(glyph, figures) for glyph in letters]
    return float(np.mean(own) - np.mean(other)) >= APART


def _kind(glyph: Glyph, known: Mapping[str, Sequence[Glyph]]) -> str:
    """The kind it is liker to; "" where that can't be told."""
    figure, letter = _likeness(glyph, known[FIGURE]), _likeness(glyph, known[LETTER])
    if abs(figure - letter) < APART:
        return ""
    return FIGURE if figure > letter else LETTER


def _likeness(glyph: Glyph, specimens: Sequence[Glyph]) -> float:
    """How like a glyph is to those of a kind, in the middle; 1 = the same."""
    padded = cv2.copyMakeBorder(glyph, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT)
    return float(np.median([cv2.matchTemplate(padded, other, cv2.TM_CCOEFF_NORMED).max() for other in specimens]))


def _glyph(line: Line, place: int, picture: Picture, frame: PageFrame) -> Glyph | None:
    """The ink where a character was seen; None where it hangs on its neighbours or is not to be found."""
    bbox = line.chars[place].bbox
    if bbox is None:
        return None
    x0, y0, x1, y1 = frame.to_working(bbox)
    tall, middle = y1 - y0, (x0 + x1) / 2
    left, right = max(0, round(middle - tall)), round(middle + tall)
    window = picture[max(0, round(y0)) : round(y1), left:right]
    if min(window.shape[:2], default=0) < LEAST_PIXELS:
        return None
    dark = 255 - cv2.cvtColor(window, cv2.COLOR_BGR2GRAY)
    _, ink = cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    count, labels, stats, centers = cv2.connectedComponentsWithStats(ink, connectivity=8)
    near = [
        index
        for index in range(1, count)
        if stats[index, cv2.CC_STAT_HEIGHT] >= LEAST_TALL * tall
        and abs(centers[index][0] - (middle - left)) <= NEAR * tall
    ]
    if not near:
        return None
    index = min(near, key=lambda each: abs(centers[each][0] - (middle - left)))
    x, y, width, high, _ = (int(value) for value in stats[index])
    if width > MOST_WIDE * tall:
        return None
    own = np.where(labels == index, dark, 0)[y : y + high, x : x + width] / 255
    return _squared(np.asarray(own, np.float32))


def _squared(ink: NDArray[np.float32]) -> Glyph:
    scale = SIZE / ink.shape[0]
    width = min(SIZE, max(1, round(ink.shape[1] * scale)))
    square = np.zeros((SIZE, SIZE), np.float32)
    left = (SIZE - width) // 2
    square[:, left : left + width] = cv2.resize(ink, (width, SIZE), interpolation=cv2.INTER_AREA)
    return square


def _with_char(line: Line, place: int, text: str) -> Line:
    """The line with another character in a place, what was read there as its runner-up."""
    char = line.chars[place]
    if char.text == text:
        return line
    chars = (*line.chars[:place], char.taken_for(text), *line.chars[place + 1 :])
    return line.model_copy(update={"text": "".join(each.text for each in chars), "chars": chars})
