"""What is written on a round or oval seal: owner, inner lines, serial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader, RecognisedLine
from extractors.seals.inner import InkLine, cut_level, ink_line, inner_lines
from extractors.seals.names import CHINESE, Name, kept_text, name_in, outvote
from extractors.seals.outline import Ellipse
from extractors.seals.purpose import purpose_of
from extractors.seals.slots import with_missing_letters
from extractors.seals.strips import FRAME, as_print, levelled
from extractors.seals.unroll import Band, digits, find_band, letters, upright_inside
from pipeline.model.evidence import Char
from pipeline.model.seal import Purpose, Shape

Map = NDArray[np.uint8]

SURE = 0.97
"""A name with a letter less sure than this is looked at again: on 150 worn seals three looks voting, letter by letter,
read 8 more names whole than the first alone."""
FEW = 4
"""A shorter name is looked at again: a gap in the ink may have cut it."""
PRESSED = 0.85
"""The second look's strip is this much shorter,"""
WIDER = 0.02
"""the third's reaches this much farther in and out, in radii."""
LINE = 0.6
"""Mean confidence below which an inner line was not read."""
SURE_LINE = 0.9
"""Mean confidence below which it may say something else."""
SERIAL = re.compile(r"\d{6,20}")
NAME = 0.45
"""Mean confidence below which what was read off a ring is no name."""
FOREIGN_NAME = 0.9
"""The same for a ring without Chinese: a blotch reads as letters too."""


@dataclass(frozen=True, slots=True)
class Legend:
    """The text of a seal. `confidence` is the owner's name's."""

    owner: str
    confidence: float
    inner: tuple[str, ...] = ()
    serial: str | None = None
    chars: tuple[Char, ...] = ()
    lost: bool = False
    """Whether a letter stands in the ring that could not be read."""
    hidden: int = 0
    """How many of the letters not read stand under print."""
    inner_unsure: bool = False
    """Whether ink stands inside the ring as a line does, and no line that was surely read explains it."""


def read_ring(
    ink: Map, ring: Ellipse, reader: LineReader, uncleared: Map | None = None, hidden: Map | None = None
) -> Legend:
    """Read a round or oval seal from the map of its ink (a crop; `ring` in its pixels).

    `uncleared` is the map before print was taken out of it, if it was: a letter that went with the print is there.
    `hidden` says (255) where lines of print were taken out with all that they cover.

    The ring is read first; where its letters stand then says which way is up, and where the inner lines have room.
    """
    level = levelled(ink)
    band = find_band(level, ring, hidden)
    strip = letters(level, ring, band)
    owner = _name(strip, level, ring, band, reader)
    if owner.lost:
        looks = [strip] if uncleared is None else [strip, letters(levelled(uncleared), ring, band)]
        under = None if hidden is None else letters(hidden, ring, band)
        owner = with_missing_letters(owner, looks, reader, under)
    if owner.text:
        band = _narrowed(band, owner, strip.shape[1])
    inner, serial, unsure = _inside(level, ring, band, reader, coloured=uncleared is None)
    least = NAME if len(CHINESE.findall(owner.text)) >= 2 else FOREIGN_NAME
    if owner.confidence < least:
        return Legend("", owner.confidence, inner, serial, inner_unsure=unsure)
    return Legend(owner.text, owner.confidence, inner, serial, owner.chars, owner.lost, owner.hidden, unsure)


def _name(strip: Map, level: Map, ring: Ellipse, band: Band, reader: LineReader) -> Name:
    """The strip's name; unless every letter is sure, the ring is unrolled otherwise too and the looks are made one."""
    first = name_in(reader.read_crops([as_print(strip)])[0])
    if len(first.text) >= FEW and min(char.confidence for char in first.chars) >= SURE and not first.lost:
        return first
    pressed = letters(level, ring, band, stretch=PRESSED)
    wider = letters(level, ring, band.wider(WIDER))
    looks = reader.read_crops([as_print(pressed), as_print(wider)])
    return outvote([first, *(name_in(look) for look in looks)])


def _narrowed(band: Band, name: Name, width: int) -> Band:
    """The band with the arc that the name's letters cover (`width` of the strip before it was framed)."""

    def turn(x: float) -> float:
        return band.start + (band.end - band.start) * ((x * (width + 2 * FRAME) - FRAME) / width)

    return Band(band.inner, band.outer, max(turn(name.x0), band.start), min(turn(name.x1), band.end))


def _inside(
    level: Map, ring: Ellipse, band: Band, reader: LineReader, *, coloured: bool
) -> tuple[tuple[str, ...], str | None, bool]:
    """Inner lines and serial, read in one go, and whether there is a line that was not surely read.

    Without colour what print leaves behind looks like a line: nothing is made of ink that was not read.
    """
    inside = upright_inside(level, ring, band)
    lines = inner_lines(inside)
    serial = digits(level, ring, band)
    if serial is not None and not 0.03 < float((serial > 110).mean()) < 0.6:
        serial = None
    crops = [as_print(line) for line in lines] + ([as_print(serial)] if serial is not None else [])
    read = reader.read_crops(crops) if crops else ()
    looks, unsure = read[: len(lines)], False
    if coloured:
        looks, unsure = _settled(looks, ink_line(inside, band), level, ring, band, reader)
    texts = [text for line in looks if (text := kept_text(line, LINE))]
    inner = tuple(text for text in texts if len(CHINESE.findall(text)) >= 2)
    number = _serial(read[-1]) if serial is not None else None
    return inner, number or next((text for text in texts if SERIAL.fullmatch(text)), None), unsure


def _settled(
    looks: tuple[RecognisedLine, ...], found: InkLine | None, level: Map, ring: Ellipse, band: Band, reader: LineReader
) -> tuple[tuple[RecognisedLine, ...], bool]:
    """The inner lines, and whether one stays unsure: a line of ink that they don't explain is read again, level."""
    if found is None or any(_explains(line, found) for line in looks):
        return looks, False
    again = reader.read_crops([as_print(cut_level(level, ring, band, found))])[0]
    if _explains(again, found):
        return (again,), False
    return next((said for said in (looks, (again,)) if any(_names_a_use(line) for line in said)), looks), True


def _names_a_use(line: RecognisedLine) -> bool:
    return purpose_of("", kept_text(line, LINE), Shape.ROUND) is not Purpose.OFFICIAL


def _explains(line: RecognisedLine, ink: InkLine) -> bool:
    """Whether what was read is sure and accounts for a line of ink; between Chinese letters others are dirt."""
    text = kept_text(line, SURE_LINE)
    return ink.filled_by("".join(CHINESE.findall(text)) or text)


def _serial(line: RecognisedLine) -> str | None:
    found = SERIAL.search(line.text.replace("O", "0").replace("o", "0").replace("l", "1"))
    return found.group() if found and line.confidence > 0.6 else None


def joined(parts: Sequence[str]) -> str | None:
    """Inner lines as one string; None where there are none."""
    return "".join(parts) or None
