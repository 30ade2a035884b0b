"""What is written on a round or oval seal: owner, inner lines, serial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader, RecognisedLine
from extractors.seals.by_place import name_by_place
from extractors.seals.crossing import with_mixed_doubted
from extractors.seals.inner import InkLine, below_star, cut_level, ink_line, inner_lines, may_hold_line
from extractors.seals.names import CHINESE, Name, kept_text, name_in, outvote
from extractors.seals.outline import Ellipse
from extractors.seals.purpose import purpose_of, speaks_of_use
from extractors.seals.slots import with_covered_letters, with_missing_letters
from extractors.seals.strips import FRAME, as_print, levelled
from extractors.seals.unroll import Band, digits, find_band, letters, upright_inside
from extractors.seals.worn import with_bad_impression_doubted
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
PROMPT = "盖"
"""A line with this asks for a seal, and is printed: no seal says of itself that one is to be put."""
PROMPT_WORDS, PROMPT_SHARE = "加盖单位公章", 0.6
"""Of such a line that a black seal lies across a part may be read, some of it wrongly (差单章): so much is of these."""


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


@dataclass(frozen=True, slots=True)
class Overprint:
    """Print that was taken out of the map of a black seal: maps of the seal's crop.

    `uncleared` is the ink before, `taken` (255) where print was taken out: its strokes alone where tone tells them from
    the seal's (`by_tone`), else whole lines with all that they cover. `maybe` is where further print may lie (255).
    """

    uncleared: Map
    taken: Map
    by_tone: bool
    maybe: Map


def read_ring(
    ink: Map, ring: Ellipse, reader: LineReader, overprint: Overprint | None = None, crossing: Map | None = None
) -> Legend:
    """Read a round or oval seal from the map of its ink (a crop; `ring` in its pixels).

    `overprint` is what was taken out of the map, on a copy without colour; `crossing` is where other seals lie (255).

    The ring is read first; where its letters stand then says which way is up, and where the inner lines have room.
    """
    level = levelled(ink)
    covered = None if overprint is None or overprint.by_tone else overprint.taken
    band = find_band(level, ring, covered)
    strip = letters(level, ring, band)
    owner = with_bad_impression_doubted(_owner(strip, level, ring, band, reader, overprint))
    if crossing is not None:
        owner = with_mixed_doubted(owner, letters(crossing, ring, band))
    if owner.text:
        band = _narrowed(band, owner, strip.shape[1])
    inner, serial, unsure = _inside(level, ring, band, reader, overprint)
    least = NAME if len(CHINESE.findall(owner.text)) >= 2 else FOREIGN_NAME
    if owner.confidence < least:
        return Legend("", owner.confidence, inner, serial, inner_unsure=unsure)
    return Legend(owner.text, owner.confidence, inner, serial, owner.chars, owner.lost, owner.hidden, unsure)


def _owner(strip: Map, level: Map, ring: Ellipse, band: Band, reader: LineReader, overprint: Overprint | None) -> Name:
    """The name along the ring, its lost letters looked at one by one: those that went with the print are before it."""
    if overprint is None:
        name = _name(strip, level, ring, band, reader)
        return with_missing_letters(name, [strip], reader) if name.lost else name
    before = levelled(overprint.uncleared)
    if overprint.by_tone:
        name, under = _name(strip, level, ring, band, reader), None
    else:
        name, under = _name_among_print(strip, before, ring, band, reader), letters(overprint.taken, ring, band)
    if name.lost:
        name = with_missing_letters(name, [strip, letters(before, ring, band)], reader, under)
    return name if under is None else with_covered_letters(name, under)


def _name(strip: Map, level: Map, ring: Ellipse, band: Band, reader: LineReader) -> Name:
    """The strip's name; unless every letter is sure, the ring is unrolled otherwise too and the looks are made one."""
    first = name_in(reader.read_crops([as_print(strip)])[0])
    if len(first.text) >= FEW and min(char.confidence for char in first.chars) >= SURE and not first.lost:
        return first
    pressed = letters(level, ring, band, stretch=PRESSED)
    wider = letters(level, ring, band.wider(WIDER))
    looks = reader.read_crops([as_print(pressed), as_print(wider)])
    return outvote([first, *(name_in(look) for look in looks)])


def _name_among_print(strip: Map, uncleared: Map, ring: Ellipse, band: Band, reader: LineReader) -> Name:
    """The name on a copy where print is as black as the seal: with the print, and without all that it covers."""
    whole = [
        letters(uncleared, ring, band),
        letters(uncleared, ring, band, stretch=PRESSED),
        letters(uncleared, ring, band.wider(WIDER)),
        letters(uncleared, ring, band.wider(-WIDER)),
    ]
    return name_by_place(reader.read_crops([as_print(look) for look in (strip, *whole)]))


def _narrowed(band: Band, name: Name, width: int) -> Band:
    """The band with the arc that the name's letters cover (`width` of the strip before it was framed)."""

    def turn(x: float) -> float:
        return band.start + (band.end - band.start) * ((x * (width + 2 * FRAME) - FRAME) / width)

    return Band(band.inner, band.outer, max(turn(name.x0), band.start), min(turn(name.x1), band.end))


def _inside(
    level: Map, ring: Ellipse, band: Band, reader: LineReader, overprint: Overprint | None
) -> tuple[tuple[str, ...], str | None, bool]:
    """Inner lines and serial, read in one go, and whether there is a line that was not surely read."""
    inside = upright_inside(level, ring, band)
    lines = inner_lines(inside)
    serial = digits(level, ring, band)
    if serial is not None and not 0.03 < float((serial > 110).mean()) < 0.6:
        serial = None
    crops = [as_print(line) for line in lines] + ([as_print(serial)] if serial is not None else [])
    read = reader.read_crops(crops) if crops else ()
    taken = None if overprint is None else upright_inside(overprint.taken | overprint.maybe, ring, band)
    looks, unsure = _settled(read[: len(lines)], ink_line(inside, band, taken), level, ring, band, reader)
    if overprint is not None and taken is not None and not any(_is_whole(line) for line in looks):
        before = upright_inside(levelled(overprint.uncleared), ring, band)
        unsure = unsure or may_hold_line(inside, before, taken, band, whole_lines=not overprint.by_tone)
        looks = _with_print(looks, before, inside, reader) if unsure else looks
    texts = [text for line in looks if (text := kept_text(line, LINE))]
    if overprint is not None and unsure:
        texts = [text for text in texts if speaks_of_use(text)]  # others may be print
    inner = tuple(text for text in texts if len(CHINESE.findall(text)) >= 2 and not _is_prompt(text))
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


def _is_prompt(text: str) -> bool:
    """Whether a line is what is printed where a seal is to be put, or remains of it."""
    letters = CHINESE.findall(text)
    return PROMPT in text or sum(letter in PROMPT_WORDS for letter in letters) >= PROMPT_SHARE * len(letters)


def _with_print(
    looks: tuple[RecognisedLine, ...], before: Map, inside: Map, reader: LineReader
) -> tuple[RecognisedLine, ...]:
    """The looks, or, where none names a use, one at the place below the star as it is that does."""
    if any(speaks_of_use(line.text) for line in looks):
        return looks
    read = reader.read_crops([as_print(below_star(picture)) for picture in (before, inside)])
    return next(((line,) for line in read if speaks_of_use(kept_text(line, LINE))), looks)


def _is_whole(line: RecognisedLine) -> bool:
    """Whether a line was surely read as words: an inner line, or print that lies there."""
    return len(CHINESE.findall(kept_text(line, SURE_LINE))) >= FEW


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
