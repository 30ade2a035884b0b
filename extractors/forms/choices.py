"""Which options of a box are ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from extractors.forms.flow import Flow
from extractors.forms.options import TICK_GLYPHS
from pipeline.model.evidence import Char, Place, Reading, Source
from pipeline.model.geometry import BBox, union
from pipeline.model.text import CheckBox
from pipeline.notices.profile import FieldSpec
from pipeline.values import fold, normalise

CLEARLY_MORE = 0.06
"""Ink above the other boxes' middle value that makes a box ticked where its own ink does not decide."""
FAR_MORE = 2.5
"""Ink of a ticked box, over that of one in doubt, beside which the latter is empty."""
BOXLESS = "其他"
"""The notice's template prints no box before it."""
UNSURE = 0.5
NOTE = re.compile(r"其他\s*[(（]\s*请\s*注\s*明\s*[)）]\s*[:：]?(?P<text>[^□☐☑☒■√✓]*)")
BRACKETED = re.compile(r"[\[【(（]\s*[√✓✔]\s*[\]】)）]")
"""A tick in brackets beside an option: the ink before the option's word does not show it."""
OWN_BRACKETS = r"[(（\[【](?P<inside>[^()（）\[\]【】]{0,3})[)）\]】]"
WORD = re.compile(r"[\u3400-\u9fff]\s*[\u3400-\u9fff]")
"""Two Chinese letters in brackets say something; a tick is read as one at most."""
BRACKET = re.compile(r"[()（）\[\]【】]")
"""One before the first option, were it half of a pair of which the rest was lost: marks stand before their options."""
DIRECTION_NAMED = r"方\s*向\s*[0-9]{1,2}\s*[:：][^()（）]{2,40}?(?=\s*[(（\[【]|\s*方\s*向|$)"
DIRECTION_WHOLE = r"方\s*向\s*[0-9]{1,2}\s*[:：](?:(?!方\s*向\s*[0-9])[^()（）\n]){2,40}"
TICKS = "√✓✔"
BEHIND = 1.5
"""The step from a mark to the next word, over that to the word before it, from which on it is that word's."""
NUMBER = re.compile(r"[0-9]{1,2}")
BLANK_LINE = re.compile(r"[_＿\s—\-一ー]*")
"""The line to write on, as readers see it."""


def ticked(boxes: Sequence[CheckBox]) -> tuple[tuple[CheckBox, ...], bool]:
    """The ticked ones among the boxes of one question, and whether every box could be decided.

    Where none is ticked, nobody can be sure of that if one lacks the empty box that others have: a sign set in its
    place, or a pen, hides it. A lone one is given. An empty printed box without ink beside it is not ticked, however it
    looks, where another answers the question.
    """
    if any(box.ticked and box.fill > 0 for box in boxes):
        boxes = [box.model_copy(update={"ticked": False}) if _is_empty(box) else box for box in boxes]
    decided = [(box, box.ticked if box.ticked is not None else _against_others(box, boxes)) for box in boxes]
    marked = tuple(box for box, state in decided if state)
    unboxed = tuple(box for box in boxes if not box.boxed and (box.option != BOXLESS or box.fill))
    if not marked and unboxed and any(box.boxed for box in boxes):
        return unboxed if len(unboxed) == 1 else (), False
    return marked, all(state is not None for _, state in decided)


def _is_empty(box: CheckBox) -> bool:
    return box.boxed and box.fill == 0.0


def _against_others(box: CheckBox, boxes: Sequence[CheckBox]) -> bool | None:
    others = [other.fill for other in boxes if other is not box]
    if not others:
        return None
    if max(others) >= FAR_MORE * box.fill and any(other.ticked for other in boxes):
        return False
    above = box.fill - median(others)
    if above >= CLEARLY_MORE:
        return None if any(other.ticked for other in boxes) else True
    return False if above <= CLEARLY_MORE / 2 else None


def choice_reading(spec: FieldSpec, flow: Flow, boxes: Sequence[CheckBox]) -> Reading:
    """The option(s) of a box that asks for one: several ticks are all given, as they stand."""
    own = [box for box in boxes if box.option in spec.options]
    behind = bracketed_behind(flow.text, spec)
    if behind is not None:
        return _reading("、".join(behind), flow, (), bool(behind))
    alone = _set_behind(flow, "|".join(re.escape(option) for option in spec.options))
    if alone is not None:
        return _reading(alone, flow, (), True)
    marked, sure = ticked(own)
    words = [box.option for box in marked]
    if not words and BRACKETED.search(flow.text):
        return flow.reading(normalise(spec.kind, flow.text, spec.options))
    note = _note(flow.text)
    if note:
        words = [word for word in words if word != "其他"] + [f"其他:{note}"]
    if not words and not any(glyph in flow.text for glyph in TICK_GLYPHS) and not any(box.fill for box in own):
        words = _plain_words(spec, flow.text)
    if not words and own and not {BOXLESS, *(box.option for box in own)}.issuperset(spec.options):
        sure = False  # another answer stands where nothing was read: a pen may have gone through it
    words = ["其他：" + word.partition(":")[2] if word.startswith("其他:") else word for word in words]
    return _reading("、".join(words), flow, marked, sure)


def directions_reading(flow: Flow, boxes: Sequence[CheckBox]) -> Reading:
    """The numbers of the ticked directions."""
    behind = _behind(flow.text, [DIRECTION_NAMED])
    if behind is not None:
        chosen = tuple(sorted({int(number) for word in behind for number in NUMBER.findall(word)[:1]}))
        reading = _reading("、".join(map(str, chosen)), flow, (), bool(chosen))
        return reading.model_copy(update={"value": chosen})
    alone = _set_behind(flow, DIRECTION_WHOLE)
    if alone is not None:
        number = int(NUMBER.findall(alone)[0])
        return _reading(str(number), flow, (), True).model_copy(update={"value": (number,)})
    numbered = [box for box in boxes if box.option.startswith("方向")]
    marked, sure = ticked(numbered)
    numbers = tuple(sorted({int(box.option.removeprefix("方向")) for box in marked}))
    sure = sure and (bool(numbers) or not BRACKETED.search(flow.text))
    reading = _reading("、".join(str(number) for number in numbers), flow, marked, sure)
    return reading.model_copy(update={"value": numbers})


def bracketed_behind(text: str, spec: FieldSpec) -> tuple[str, ...] | None:
    """The options of a box that asks for one with a mark in the brackets behind them; None where marks aren't there."""
    return _behind(text, [re.escape(option) for option in spec.options if option != BOXLESS])


def _behind(text: str, words: Sequence[str]) -> tuple[str, ...] | None:
    """The options with something in the brackets behind them; None where most options have no brackets there.

    What stands between an option and its brackets' end is no mark of the next option, and whatever a reader makes of a
    tick fills them. Nothing is ticked where more than one is: a bracket's own strokes may have been read as a sign.
    Where the last option has none behind it, they stand before the options, whatever became of the first pair; but
    where white stands behind the brackets alone, a page's end cut the last option off from its own.
    """
    matches = list(re.finditer(rf"(?P<word>{'|'.join(words)})(?:\s*{OWN_BRACKETS})?", text))
    found = [(match.group("word"), match.group("inside")) for match in matches]
    if not matches or BRACKET.search(text[: matches[0].start()]):
        return None
    if found[-1][1] is None and not _parted_behind(text, matches):
        return None
    behind = [(word, inside) for word, inside in found if inside is not None and not WORD.search(inside)]
    if len(behind) < max(2, 0.5 * len(found)):
        return None
    marked = tuple(word for word, inside in behind if inside.strip())
    return marked if len(marked) <= 1 else ()


def _parted_behind(text: str, matches: Sequence[re.Match[str]]) -> bool:
    """Whether blanks part options behind their brackets, in several places, and in none before them."""
    bracketed = [match for match in matches if match.group("inside") is not None]
    before = any(text[match.end("word")] == " " for match in bracketed)
    behind = sum(text[match.end() : match.end() + 1] == " " for match in bracketed)
    return behind > 1 and not before


def _set_behind(flow: Flow, words: str) -> str | None:
    """The option that the only mark of a box stands behind, much nearer to it than to what follows; None elsewhere.

    Its ink lies before the next option's word, too; what tells is on which side the wider white is.
    """
    marks = [index for index, char in enumerate(flow.text) if char in TICK_GLYPHS and not char.isalnum()]
    if len(marks) != 1 or flow.text[marks[0]] not in TICKS:
        return None
    word = re.search(rf"(?:{words})$", flow.text[: marks[0]])
    if word is None:
        return None
    rest = flow.text[marks[0] + 1 :]
    if not rest.strip(" ") or rest.lstrip(" ").startswith("\n"):
        return word.group()
    following = marks[0] + 1 + len(rest) - len(rest.lstrip(" "))
    before, mark, after = (flow.chars[index].bbox for index in (marks[0] - 1, marks[0], following))
    if before is None or mark is None or after is None:
        return None
    nearer = mark.center[0] - before.center[0]
    return word.group() if after.center[0] - mark.center[0] >= BEHIND * nearer > 0 else None


def _note(text: str) -> str:
    match = NOTE.search(text.replace("\n", ""))
    if match is None:
        return ""
    note = match.group("text").strip(" ：:_＿。")
    return "" if BLANK_LINE.fullmatch(note) else note


def _plain_words(spec: FieldSpec, text: str) -> list[str]:
    bare = "".join(text.split())
    words = [option for option in spec.options if option in bare]
    return words if len(words) == 1 else []


def _reading(value: str, flow: Flow, marked: Sequence[CheckBox], sure: bool) -> Reading:
    holder = flow.places
    sheets = [_sheet(box, flow) for box in marked]
    places = tuple(
        sheet.model_copy(update={"bbox": _mark_box(box)}) for box, sheet in zip(marked, sheets, strict=True) if sheet
    )
    confidence = 0.98 if sure else UNSURE
    return Reading(
        value=value,
        raw=value,
        confidence=confidence,
        source=flow.source,
        places=places or holder,
        cells=flow.cells,
        chars=tuple(Char(text=char, confidence=confidence) for char in value) if flow.source is Source.PAPER else (),
        looks=2,
        certain=(sure,) * len(value),
    )


def _sheet(box: CheckBox, flow: Flow) -> Place | None:
    """A place on the page where an option stands, whose box a page's end may part; None of what has no pages."""
    own = [mark for mark, _ in groupby(flow.marks) if mark is not None and mark.place.bbox.contains(*box.label.center)]
    named = [mark for mark in own if box.option in fold(mark.line.text)]
    return next((mark.place for mark in (*named, *own)), next(iter(flow.places), None))


def _mark_box(box: CheckBox) -> BBox:
    return union((box.bbox, box.label))
