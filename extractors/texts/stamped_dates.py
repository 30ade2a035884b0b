"""Dates that a black seal lies on: told among all days that can be written there.

On a colourless copy the rim, the letters and the star of a seal lie across the date that it was put on, and free
reading makes of it what no date is, or loses its ends. A person reads it all the same, knowing that a date it must be:
so does this. Every day of some years, in figures and in Chinese, is held against the place; days and months left blank
are among them, so that no date is made of a line to be filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.imaging.cutter import PageCutter
from extractors.readers.protocol import ChoosingReader, Picture
from extractors.texts.covered import with_covered
from extractors.texts.order import in_reading_order
from pipeline.model.document import PageReading, PageSource
from pipeline.model.evidence import Char, Place
from pipeline.model.geometry import BBox, union
from pipeline.model.seal import Ink
from pipeline.model.text import Layer, Line
from pipeline.notices.profile import Profile
from pipeline.values import fold, parse_date

ZERO = "〇○零0OoＯ"
"""What readers make of the nought of 二〇二一年."""
FIGURES = "0123456789"
HAN = "一二三四五六七八九十"
FIGURE_BY_FIGURE = str.maketrans(FIGURES, "〇一二三四五六七八九")
IN_ORDER = str.maketrans("〇一二三四五六七八九", FIGURES)
TENS = ("", "十", "二十", "三十")
IN_FIGURES = ("", *(str(number) for number in range(1, 32)))
OF_TWO_FIGURES = ("", *(f"{number:02}" for number in range(1, 32)))
IN_CHINESE = tuple(TENS[number // 10] + ("", *HAN)[number % 10] for number in range(32))
"""Days and months; "" where left blank."""
DATE_LETTERS = frozenset(FIGURES + HAN + ZERO + "年月日")
LEAST_LETTERS, LEAST_SHARE = 3, 0.5
"""Letters of a date, and their share of a text, from which it may be one."""
SOUND = 0.7
"""Each character of a day that is surer than this was read; one in figures and Chinese by turns was not."""
MIXED = re.compile(r"月\s*[0-9]+\s*日")
HAN_MONTH = re.compile(rf"年\s*[{HAN}]+\s*月")
OTHER_YEARS = range(1980, 2060)
"""Of documents whose dates are not the form's: where one of them is likelier, no date of it is told."""
BETWEEN = (("年", "月"), ("月", "日"))
"""Where the figures of month and day stand."""
SAME_ROW = 0.5
"""Of the lower one's height that two pieces of a row share."""
BESIDE = (0.9, 0.5)
"""How far left and right of a seal a date on it may reach, in the seal's widths."""
LOOKED_FOR_AT = (640, 960)
"""Longest sides, in pixels, at which its place is looked for."""
FLATTEST = 3.0
"""Least width of a date through its height."""
WIDENED = (0.4, 1.0, 2.0)
"""Heights that a row is cut wider by at both ends: its first or last character may have been lost to the rim."""
SLACK = 0.1
AS_GOOD = 2.0
"""What a wider cut must win in likelihood (its logarithm), or the narrower one is where the date stands."""
UNLIKELY = -4.0
"""What speaks against another year than the form's, and against a writing that needs other room: the logarithm of one
in fifty-five."""
LOST = 3.0
"""What speaks for a figure twice in a row, which the network often reads once; hardly ever does it read one twice."""
TWICE = re.compile(r"11|22")
TOLD, LIKE = 0.5, 0.6
"""Least probability of a day, and likeness of its writing to what was read, from which it is told."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which pages bear a date under a seal (one of `labels` stands there), and the year that their form prints."""

    labels: tuple[str, ...]
    year: int

    @property
    def years(self) -> tuple[int, ...]:
        """Those that may be written there: a slip is told as such."""
        return self.year - 1, self.year, self.year + 1


def sought_by(profile: Profile) -> Sought | None:
    """A notice's pages that are signed, sealed and dated; None where its forms print no year."""
    century = next((blank.century for blank in profile.commitment if blank.century), "")
    labels = tuple(required.label for required in profile.required_signatures)
    return Sought(labels, int(century.removesuffix("年").translate(IN_ORDER))) if century else None


@dataclass(frozen=True, slots=True)
class _Writing:
    """A day as it may be written: its text, year, month and day (0 where left blank), and how long each is written."""

    text: str
    numbers: tuple[int, int, int]
    lengths: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a date may stand, what was read there, and the lines that said it."""

    box: BBox
    text: str
    lines: tuple[Line, ...] = ()


def with_stamped_dates(
    reading: PageReading, stored: Picture, reader: ChoosingReader, sought: Sought | None
) -> PageReading:
    """The page's reading, with the dates told on which its black seals lie and which could not be read.

    Args:
        reading: Of the page.
        stored: Its picture as rendered, not turned.
        reader: Says how likely a text is.
        sought: Where dates are told, and of which years; None: nowhere.
    """
    black = [seal.bbox for seal in reading.seals if seal.colour is Ink.BLACK]
    if sought is None or not black or reading.source is not PageSource.OCR or reading.pixels_per_mm is None:
        return reading
    if not _says_one(reading.lines, sought.labels):
        return reading
    cutter, lines = None, reading.lines
    for seal in black:
        if any(_is_sound(row, sought) for row in _rows(lines, seal)):
            continue
        cutter = cutter or PageCutter(stored, reading)
        told = _told_at(seal, lines, cutter, reader, sought)
        if told is None:
            torn = [line for row in _rows(lines, seal) if not _is_whole(row) for line in row.lines]
            lines = tuple(_in_doubt(line) if line in torn else line for line in lines)
        else:
            row, line = told
            kept = [each for each in lines if each not in row.lines]
            lines = in_reading_order([*kept, *with_covered([line], black)])
    return reading.model_copy(update={"lines": lines})


def _in_doubt(line: Line) -> Line:
    chars = (char.model_copy(update={"confidence": min(char.confidence, TOLD)}) for char in line.chars)
    return line.model_copy(update={"chars": tuple(chars), "confidence": min(line.confidence, TOLD)})


def _says_one(lines: Sequence[Line], words: Sequence[str]) -> bool:
    text = fold("".join(line.text for line in lines))
    return any(fold(word) in text for word in words)


def _told_at(
    seal: BBox, lines: Sequence[Line], cutter: PageCutter, reader: ChoosingReader, sought: Sought
) -> tuple[_Row, Line] | None:
    """The likeliest date at a seal, and the row that it is told in."""
    rows = [row for row in _rows(lines, seal) if _resembles(row.text)] or _each_once(_found_anew(seal, cutter, reader))
    told = [(row, line) for row in rows if (line := _told(row, cutter, reader, sought)) is not None]
    return max(told, key=lambda pair: pair[1].confidence, default=None)


def _rows(lines: Sequence[Line], seal: BBox) -> list[_Row]:
    """Rows of pieces of dates that a seal reaches."""
    pieces = [line for line in lines if line.bbox.intersection(seal).area > 0 and _is_piece(line.text)]
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: line.bbox.x0):
        row = next((row for row in rows if _in_one_row(row[0].bbox, piece.bbox)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_Row(union(line.bbox for line in row), "".join(line.text for line in row), tuple(row)) for row in rows]


def _found_anew(seal: BBox, cutter: PageCutter, reader: ChoosingReader) -> Iterator[_Row]:
    """Rows that are found in the seal's neighbourhood alone, with its strokes lifted or as it is."""
    around = BBox(
        max(0.0, seal.x0 - BESIDE[0] * seal.width), seal.y0, min(1.0, seal.x1 + BESIDE[1] * seal.width), seal.y1
    )
    for lifted in (True, False):
        picture = cutter.cut(_place(around), 0.0, 1.0, lifted=lifted)
        height, width = picture.shape[:2]
        for side in LOOKED_FOR_AT:
            for quad in reader.find_lines(picture, side):
                (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
                if x1 - x0 < FLATTEST * (y1 - y0):
                    continue
                box = BBox(
                    around.x0 + float(x0) / width * around.width,
                    around.y0 + float(y0) / height * around.height,
                    around.x0 + float(x1) / width * around.width,
                    around.y0 + float(y1) / height * around.height,
                )
                (read,) = reader.read_crops([cutter.cut(_place(box), SLACK, 1.0, lifted=lifted)])
                if _is_piece(read.text) and _resembles(read.text):
                    yield _Row(box, read.text)


def _each_once(rows: Iterable[_Row]) -> list[_Row]:
    """Of what was found several times in one place, that which most was read of."""
    kept: list[_Row] = []
    for row in sorted(rows, key=lambda row: -len(row.text)):
        if not any(_in_one_row(row.box, other.box) for other in kept):
            kept.append(row)
    return kept


def _told(row: _Row, cutter: PageCutter, reader: ChoosingReader, sought: Sought) -> Line | None:
    """The row as the likeliest day; None where none is likely, or it was left blank."""
    high = row.box.height * cutter.aspect
    crops = [
        cutter.cut(_place(_wider(row.box, by * high)), SLACK, 1.0, lifted=lifted)
        for by in WIDENED
        for lifted in (True, False)
    ]
    writings, expected = _writings(sought)
    likelihoods = reader.likelihoods(crops, (ZERO,))
    seen = likelihoods([writing.text for writing in writings])
    found = seen.mean(axis=0) + expected + _room(row, writings)
    likely = np.exp(found - np.logaddexp.reduce(found))
    best = int(likely.argmax())
    shares = [_share(writings, likely, writings[best], part) for part in range(3)]
    if _is_blank(writings[best]) or min(shares) < TOLD or _likeness(writings[best].text, row.text) < LIKE:
        return None
    rivals = likelihoods(_of_other_years(writings[best], sought)).mean(axis=0)
    if rivals.max() + UNLIKELY > seen[:, best].mean():
        return None
    fitting = int((seen[:, best] >= seen[:, best].max() - AS_GOOD).argmax())
    return _line(writings[best], shares, _wider(row.box, WIDENED[fitting // 2] * high))


def _of_other_years(writing: _Writing, sought: Sought) -> list[str]:
    """The same day of all years that documents are of, and the form's is not."""
    figures = writing.text[0] in FIGURES
    written = [str(year) if figures else str(year).translate(FIGURE_BY_FIGURE) for year in OTHER_YEARS]
    rest = writing.text[writing.lengths[0] :]
    return [year + rest for year, number in zip(written, OTHER_YEARS, strict=True) if number not in sought.years]


def _line(writing: _Writing, shares: Sequence[float], box: BBox) -> Line:
    pitch = box.width / len(writing.text)
    sure = [share for length, share in zip(writing.lengths, shares, strict=True) for _ in range(length + 1)]
    chars = tuple(
        Char(
            text=letter,
            confidence=round(float(share), 4),
            bbox=BBox(box.x0 + at * pitch, box.y0, box.x0 + (at + 1) * pitch, box.y1),
        )
        for at, (letter, share) in enumerate(zip(writing.text, sure, strict=True))
    )
    return Line(
        text=writing.text, confidence=round(float(min(shares)), 4), bbox=box, layer=Layer.WITHOUT_SEAL, chars=chars
    )


def _share(writings: Sequence[_Writing], likely: NDArray[np.float64], best: _Writing, part: int) -> float:
    """How likely the best one's year (0), month (1) or day (2) is, whatever the rest."""
    alike = np.array([writing.numbers[part] == best.numbers[part] for writing in writings])
    return float(likely[alike].sum())


@cache
def _writings(sought: Sought) -> tuple[tuple[_Writing, ...], NDArray[np.float64]]:
    """Every day in figures, in Chinese, and in figures behind a year in Chinese; blanks among them.

    And what speaks against each before it is looked at.
    """
    each_once = {
        f"{written}年{numbers[month]}月{numbers[day]}日": (
            (year, month, day),
            (len(written), len(numbers[month]), len(numbers[day])),
        )
        for year in sought.years
        for written, numbers in _styles(year)
        for month in range(13)
        for day in range(32)
    }
    writings = tuple(_Writing(text, *told) for text, told in each_once.items())
    expected = [
        (0.0 if each.numbers[0] == sought.year else UNLIKELY) + LOST * len(TWICE.findall(each.text))
        for each in writings
    ]
    return writings, np.array(expected)


def _styles(year: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How a year is written, and the months and days behind it."""
    in_chinese = str(year).translate(FIGURE_BY_FIGURE)
    yield in_chinese, IN_CHINESE
    for written in (str(year), in_chinese):
        for numbers in (IN_FIGURES, OF_TWO_FIGURES):
            yield written, numbers


def _room(row: _Row, writings: Sequence[_Writing]) -> NDArray[np.float64]:
    """What speaks against each writing for the room that it needs between 年, 月 and 日 as they were read."""
    if not row.lines:
        return np.zeros(len(writings))
    rooms = [_room_between(row.lines, *between) for between in BETWEEN]
    return np.array(
        [
            sum(
                UNLIKELY
                for room, length in zip(rooms, writing.lengths[1:], strict=True)
                if room is not None and _is_han(writing) and length and length != room
            )
            for writing in writings
        ],
        dtype=np.float64,
    )


def _is_han(writing: _Writing) -> bool:
    return not any(figure in writing.text for figure in FIGURES)


def _room_between(lines: Sequence[Line], first: str, last: str) -> int | None:
    """How many characters of a row's pitch have room between two of it; None where that can't be told."""
    chars = [(char.text, char.bbox.center[0]) for line in lines for char in line.chars if char.bbox is not None]
    text = "".join(char for char, _ in chars)
    if text.count(first) != 1 or text.count(last) != 1 or text.index(first) > text.index(last) or len(chars) < 5:
        return None
    pitch = float(np.median(np.diff([x for _, x in chars])))
    return round((chars[text.index(last)][1] - chars[text.index(first)][1]) / pitch) - 1 if pitch > 0 else None


def _is_blank(writing: _Writing) -> bool:
    return not all(writing.numbers)


def _is_sound(row: _Row, sought: Sought) -> bool:
    """Whether a row was read as a day of those years, in one kind of figures, no character of it in great doubt."""
    day = parse_date(row.text)
    if day is None or day.year not in sought.years:
        return False
    if "年" in row.text and not row.text.rstrip().endswith(("日", "号")):
        return False
    if HAN_MONTH.search(row.text) and not _is_whole(row):
        return False
    mixed = bool(HAN_MONTH.search(row.text) and MIXED.search(row.text))
    sure = all(char.confidence >= SOUND for line in row.lines for char in line.chars)
    return sure and not mixed


def _is_whole(row: _Row) -> bool:
    """Whether as many Chinese figures stand between a row's 年, 月 and 日 as have room there."""
    parts = ((_room_between(row.lines, *between), between) for between in BETWEEN)
    return all(
        room is None or room == row.text.index(last) - row.text.index(first) - 1 for room, (first, last) in parts
    )


def _is_piece(text: str) -> bool:
    letters = sum(char in DATE_LETTERS for char in text)
    return letters >= max(1.0, LEAST_SHARE * len(text))


def _resembles(text: str) -> bool:
    return sum(char in DATE_LETTERS for char in text) >= LEAST_LETTERS and any(char in "年月日" for char in text)


def _likeness(text: str, other: str) -> float:
    plain = str.maketrans(dict.fromkeys(ZERO, "0"))
    return SequenceMatcher(None, text.translate(plain), other.translate(plain), autojunk=False).ratio()


def _in_one_row(box: BBox, other: BBox) -> bool:
    shared = min(box.y1, other.y1) - max(box.y0, other.y0)
    return shared >= SAME_ROW * min(box.height, other.height)


def _wider(box: BBox, by: float) -> BBox:
    return BBox(max(0.0, box.x0 - by), box.y0, min(1.0, box.x1 + by), box.y1)


def _place(box: BBox) -> Place:
    return Place(file="", page=1, bbox=box)
