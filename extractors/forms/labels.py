"""Labels of the form in all their wordings, found at the start of a cell or inside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from pipeline.notices.profile import FieldSpec, Profile
from pipeline.values import fold

COLONS = ":：﹕︰"
ALIKE = 83
"""Similarity (0-100) from which a text is a misread or reworded label: one character of six may differ."""
LEAST_CUT, LEAST_CUT_MISREAD = 3, 6
"""Characters of a label cut short by which it is known, and from which on one of them may be misread."""
REACHED = ("email", "mobile", "fax")
"""Kinds of boxes that a person is reached by."""
LOOSE = {"l": "[l1I|]", "i": "[i1lI|]", "-": "[-—–－‐]?", "/": "[/／]", "(": "[(（]", ")": "[)）]"}
"""Signs of labels that readers take for others."""
END_OF_UNIT = re.compile(r"[()万元]+$")
"""What is left of （万元） where its brackets and signs were read out of order."""
ONE_AS_L = str.maketrans("1|0", "llo")
"""Emai1 is a label; no label holds a figure."""
UNITS = re.compile(
    r"[(（]\s*(?:单\s*位\s*[:：]?\s*)?(?:人\s*民\s*币\s*[,，、]?\s*)?(?:万\s*元|人)\s*(?:人\s*民\s*币\s*)?[)）]"
)
"""（万元）, （单位：万元）, （人民币万元）, （人）."""
MOST_LABEL_LINES = 2
"""Lines of a label above its value: such labels have a cell's whole width."""
IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]?")
REMARK = re.compile(r"[(（][^()（）]{1,20}[)）]\s*$")
"""What may be added to a label: （全称）, （500字以内）."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label met in a text: the boxes it may stand for, and the characters it takes (colon included)."""

    keys: tuple[str, ...]
    start: int
    end: int
    group: str | None = None
    """Set when it is the label of a group of boxes."""


def label_of(text: str, profile: Profile) -> Label | None:
    """The label a whole cell consists of, or that opens it before a colon; None when it holds none."""
    table = _table(profile.fields, tuple(profile.groups.items()))
    whole = _fold_label(text)
    for wording in (whole, _fold_label(REMARK.sub("", text))):
        if wording in table:
            return Label(table[wording].keys, 0, len(text), table[wording].group)
    head = _before_colon(text)
    opening = _fold_label(text[:head]) if head is not None else ""
    if head is not None and opening in table:
        return Label(table[opening].keys, 0, head + 1, table[opening].group)
    if not LEAST_CUT <= len(whole) <= 24:
        return None
    cut = _cut_off(whole, table)
    if cut is not None:
        return Label(cut.keys, 0, len(text), cut.group)
    if len(whole) < 4:
        return None
    best = max(table, key=lambda known: (fuzz.ratio(whole, known), known))
    if len(best) < 4 or fuzz.ratio(whole, best) < ALIKE:
        return None
    return Label(table[best].keys, 0, len(text), table[best].group)


def is_wording(text: str, profile: Profile) -> bool:
    """Whether a text is a label to the letter, units aside."""
    return _fold_label(text) in _table(profile.fields, tuple(profile.groups.items()))


def heading_of(text: str, profile: Profile) -> Label | None:
    """The label that the first lines of a cell consist of, its value beneath it in the same cell; None where none is.

    What stands beneath is no value where it only ends the label's wording, or is a remark in brackets.
    """
    table = _table(profile.fields, tuple(profile.groups.items()))
    lines = text.split("\n")
    if _fold_label(text) in table:
        return None
    for count in range(min(MOST_LABEL_LINES, len(lines) - 1), 0, -1):
        head, rest = "\n".join(lines[:count]), "".join(lines[count:]).strip()
        known = table.get(_fold_label(head))
        if known is not None and known.group is None and rest and not IN_BRACKETS.fullmatch(rest):
            return Label(known.keys, 0, len(head) + 1)
    return None


def _cut_off(whole: str, table: Mapping[str, Label]) -> Label | None:
    """The one label whose beginning the text is: its end was lost, or stands on the next page."""
    if len(whole) < LEAST_CUT_MISREAD:
        begun = [label for known, label in table.items() if known.startswith(whole)]
    else:
        begun = [
            label
            for known, label in table.items()
            if len(known) > len(whole) and fuzz.ratio(whole, known[: len(whole)]) >= ALIKE
        ]
    return begun[0] if begun and all(label.keys == begun[0].keys for label in begun) else None


def inner_labels(text: str, specs: Sequence[FieldSpec]) -> tuple[Label, ...]:
    """Labels followed by a colon anywhere in a text that holds several (`姓名：… 手机：…`), left to right.

    At the start of a line a label of a number or address is known without its colon where one follows.
    """
    found: list[Label] = []
    for spec in specs:
        for label in sorted(spec.labels, key=len, reverse=True):
            match = _inner_pattern(label, spec.kind in REACHED).search(text)
            if match and not any(other.start < match.end() and match.start() < other.end for other in found):
                found.append(Label((spec.key,), match.start(), match.end()))
                break
    return tuple(sorted(found, key=lambda label: label.start))


@cache
def _inner_pattern(label: str, bare: bool) -> re.Pattern[str]:
    """A label as readers may give it: blanks anywhere, l as 1, a hyphen of any length or none; `bare` without colon."""
    spelt = r"\s*".join(LOOSE.get(char.lower(), re.escape(char)) for char in label)
    without_colon = rf"|(?m:^){spelt}(?=\s*[0-9A-Za-z])" if bare else ""
    return re.compile(rf"{spelt}\s*[{COLONS}]{without_colon}", re.IGNORECASE)


def _fold_label(text: str) -> str:
    """A label as it is compared: without its unit, however its lines were put together, its l told from no 1."""
    return END_OF_UNIT.sub("", fold(UNITS.sub("", text)).strip(COLONS + "*_")).translate(ONE_AS_L)


def _before_colon(text: str) -> int | None:
    outside = UNITS.sub(lambda unit: " " * len(unit.group()), text)
    positions = [outside.find(colon) for colon in COLONS if colon in outside]
    return min(positions) if positions else None


@cache
def _table(fields: tuple[FieldSpec, ...], groups: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, Label]:
    """Every folded wording with the boxes or the group it may stand for."""
    table: dict[str, Label] = {}
    for name, wordings in groups:
        for wording in wordings:
            table[_fold_label(wording)] = Label((), 0, 0, name)
    for spec in fields:
        for wording in (spec.heading, *spec.labels):
            folded = _fold_label(wording)
            known = table.get(folded, Label((), 0, 0))
            if known.group is None:
                table[folded] = Label((*dict.fromkeys((*known.keys, spec.key)),), 0, 0)
    return table
