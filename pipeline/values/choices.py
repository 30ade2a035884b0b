"""Tick boxes written as text, options, direction numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from pipeline.values.characters import clean, fold, half_width, join_lines

TICKED = "☑☒■✓✔√◼⬛●"
UNTICKED = "□☐○◻⬜"
OTHER = "其他"
NEAR_NAME = 85.0
"""Of 100: a direction's name with a word changed still names it; the two names most alike score 71."""
BEGUN = 6
"""So many characters of a name cut off by a page's end name a direction, if no other begins alike."""

_MARK = re.compile(f"[{TICKED}{UNTICKED}]")
_TICKED_BRACKETS = re.compile(rf"[\[【〔(（]\s*([{TICKED}])\s*[\]】〕)）]")
_EMPTY_BRACKETS = re.compile(r"[\[【〔(（]\s*[\]】〕)）]")
_OTHER_LINE = r"其[他它](?:\(请注明\))?[:：]?[\s_—-]*"
"""The form's last option with nothing written on its line."""
_UNBOXED_OTHER = re.compile(rf"(?<=[^\s{TICKED}{UNTICKED}])\s*{_OTHER_LINE}$")
_NUMBERED = re.compile(r"方向\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")
_HAN_DIGITS = "一二三四五六七八九"
_HAN_NUMBERS = {
    **{word: number for number, word in enumerate(_HAN_DIGITS, 1)},
    "十": 10,
    **{f"十{word}": 10 + number for number, word in enumerate(_HAN_DIGITS, 1)},
}


def ticked_parts(text: str, options: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The texts behind (or, where marks come last, before) ticked marks; None where the text has no marks.

    Marks are boxes, ticks and brackets with or without a tick. They come last where nothing stands behind the last one,
    or where the first stands behind one of the options.
    """
    text = _with_signs(text)
    marks = list(_MARK.finditer(text))
    if not marks:
        return None
    before, after = text[: marks[0].start()].strip(), text[marks[-1].end() :].strip()
    if before and (not after or any(fold(before).endswith(fold(option)) for option in options)):
        starts = [0, *(mark.end() for mark in marks)]
        pieces = [(mark.group(), text[start : mark.start()]) for mark, start in zip(marks, starts, strict=False)]
    else:
        bounds = [mark.start() for mark in marks] + [len(text)]
        pieces = [(mark.group(), text[mark.end() : end]) for mark, end in zip(marks, bounds[1:], strict=True)]
    return tuple(piece.strip() for mark, piece in pieces if mark in TICKED)


def _with_signs(text: str) -> str:
    """Brackets with a tick as ☑; empty ones as □ where other marks stand beside them (`其他（ ）` alone has no box)."""
    signed = _TICKED_BRACKETS.sub("☑", text)
    boxes = len(_MARK.findall(signed)) + len(_EMPTY_BRACKETS.findall(signed))
    return _EMPTY_BRACKETS.sub("□", signed) if boxes > 1 else signed


def normal_choice(text: str, options: Sequence[str]) -> str:
    """The one option that the text names or ticks (`其他：…` with its words); as it stands where it is not one."""
    plain = join_lines(half_width(clean(text)))
    ticked = ticked_parts(plain, options)
    if ticked is not None and len(ticked) != 1:
        return plain if ticked else ""
    said = _last_option(ticked[0], options) if ticked else plain
    return _option(said, options) or (_option(_UNBOXED_OTHER.sub("", said), options) if ticked else None) or said


def _last_option(text: str, options: Sequence[str]) -> str:
    """The option that a text ends with, if it names others before it: where marks come last, the mark is its own."""
    folded = fold(text)
    named = [option for option in options if fold(option) in folded]
    return next((option for option in named if len(named) > 1 and folded.endswith(fold(option))), text)


def _option(text: str, options: Sequence[str]) -> str | None:
    folded = fold(text).rstrip(".,;")
    for option in options:
        if folded == fold(option):
            return option
    if OTHER in options and (match := re.match(r"其[他它](?:\(请注明\))?[:：]?\s*(.*)", text)):
        words = match.group(1).strip(" _;；。")
        words = words[1:-1] if words.startswith("(") and words.endswith(")") else words
        return f"{OTHER}：{words}" if words and fold(words) not in ("请注明", "(请注明)") else OTHER
    begun = [option for option in options if len(folded) >= 2 and fold(option).startswith(folded)]
    return begun[0] if len(begun) == 1 else None


def normalise_directions(raw: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """The direction numbers that the text names or ticks, ascending; a number counts before the words behind it.

    `names` maps each number to its name as the form prints it, without 方向N.
    """
    plain = join_lines(half_width(clean(raw)))
    ticked = _ticked_lines(half_width(raw)) or ticked_parts(plain)
    parts = [plain] if ticked is None else list(ticked)
    found = {number for part in parts for piece in _pieces(part) for number in _directions_of(piece, names)}
    return tuple(sorted(found))


def _ticked_lines(text: str) -> tuple[str, ...] | None:
    """The direction beside each tick, where all marks are ticks that end their lines, or all that begin theirs.

    None elsewhere: of empty boxes each says itself whose it is, and a tick with none would have all up to the next.
    """
    lines = [line.strip() for line in text.split("\n")]
    marked = [line for line in lines if _MARK.search(line)]
    if len(lines) < 2 or any(len(_MARK.findall(line)) > 1 for line in marked):
        return None
    if all(line[-1] in TICKED for line in marked):
        return tuple(piece for line in marked for piece in _pieces(line[:-1])[-1:]) or None
    if all(line[0] in TICKED for line in marked):
        return tuple(piece for line in marked for piece in _pieces(line[1:])[:1]) or None
    return None


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[;；]|(?=方向\s*[\d一二三四五六七八九十])", text) if piece.strip()]


def _directions_of(text: str, names: Mapping[int, str]) -> set[int]:
    if numbered := _NUMBERED.search(text):
        written = numbered.group(1)
        return {int(written) if written.isdigit() else _HAN_NUMBERS.get(written, 0)} - {0}
    if re.fullmatch(r"[\d、,，/\s]+", text):
        return {int(number) for number in re.findall(r"\d+", text)} & set(names)
    return _named(fold(text), names)


def _begun(folded: str, names: Mapping[int, str]) -> set[int]:
    """The one direction whose long name the text begins and a page's end cut off."""
    started = {number for number, name in names.items() if len(folded) >= BEGUN and fold(name).startswith(folded)}
    return started if len(started) == 1 else set()


def _named(folded: str, names: Mapping[int, str]) -> set[int]:
    found = set()
    for number, name in sorted(names.items(), key=lambda item: -len(item[1])):
        if (said := fold(name)) in folded:  # longest first, so that a name inside another's is not taken for itself
            found.add(number)
            folded = folded.replace(said, "\n")
    if found or not folded:
        return found
    if begun := _begun(folded, names):
        return begun
    near = process.extractOne(folded, {number: fold(name) for number, name in names.items()}, scorer=fuzz.ratio,
                              score_cutoff=NEAR_NAME)  # fmt: skip
    return {near[2]} if near else set()
