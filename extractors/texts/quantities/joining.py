"""Which number a condition belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.texts.quantities.conditions import SEVERAL, Found
from extractors.texts.quantities.masks import without_names
from extractors.texts.quantities.scanned import Scanned
from extractors.texts.quantities.written_units import BARE_TERA
from pipeline.model.quantity import DISTANCE, FIELD_OF_VIEW, PRECISION, SCENE, YEAR, Condition

_CLAUSE = re.compile(r"[，,;。、\n]")
_SENTENCE = re.compile(r"[;。\n]")
AMBIGUOUS = "条件不明"


@dataclass(frozen=True, slots=True)
class Joined:
    """A number with its conditions; `end` reaches over those right behind it."""

    scanned: Scanned
    conditions: tuple[Condition, ...] = ()
    end: int = 0


def join(masked: str, numbers: Sequence[Scanned], conditions: Sequence[Found]) -> tuple[tuple[Joined, ...], bool]:
    """Each number with its conditions, and whether a condition that is a figure found no number."""
    made = [Joined(each, (), each.end) for each in numbers]
    lost = False
    for found in conditions:
        owners = _owners(masked, made, found)
        lost = lost or (not owners and _is_figure(found))
        for index in owners:
            made[index] = _owning(masked, made[index], found)
    return tuple(_decided(each) for each in made), lost


def _is_figure(found: Found) -> bool:
    """Whether a condition that belongs to no number holds a figure of its own."""
    if found.condition.kind in (DISTANCE, FIELD_OF_VIEW):
        return True
    text = without_names(found.condition.text)
    return found.behind and found.condition.kind == SCENE and any(char.isdigit() for char in text)


def _owners(masked: str, numbers: Sequence[Joined], found: Found) -> list[int]:
    if found.behind and (own := _directly_before(masked, numbers, found)) is not None:
        return [own]
    after = [index for index, each in enumerate(numbers) if each.scanned.start >= found.start or _holds(each, found)]
    before = [index for index, each in enumerate(numbers) if each.scanned.end <= found.start]
    if found.condition.kind in (SCENE, YEAR) and not found.behind:
        near = [index for index in after if not _SENTENCE.search(masked, found.end, numbers[index].scanned.start)]
        near = [index for index in near if not _told(numbers[index], found)] or near
    else:
        near = [index for index in after if not _CLAUSE.search(masked, found.end, numbers[index].scanned.start)][:1]
    if near:
        return near
    divider = _SENTENCE if found.condition.kind in (SCENE, YEAR) or found.behind else _CLAUSE
    return [index for index in before if not divider.search(masked, numbers[index].end, found.start)][-1:]


def _told(number: Joined, found: Found) -> bool:
    return any(condition.kind == found.condition.kind for condition in number.conditions)


def _holds(number: Joined, found: Found) -> bool:
    return number.scanned.start <= found.start < number.scanned.end


def _directly_before(masked: str, numbers: Sequence[Joined], found: Found) -> int | None:
    start = found.start
    while start and masked[start - 1] in "\0 ":
        start -= 1
    ends = (start, found.end)
    return next((at for at, each in enumerate(numbers) if each.scanned.end in ends or _holds(each, found)), None)


def _owning(masked: str, number: Joined, found: Found) -> Joined:
    kind = found.condition.kind
    kept = tuple(each for each in number.conditions if kind not in (SCENE, YEAR) or each.kind != kind)
    replaced = len(kept) < len(number.conditions) and found.behind
    conditions = (*(number.conditions if replaced else kept), found.condition)
    touches = found.start >= number.scanned.end and not masked[number.scanned.end : found.start].strip("\0 ")
    return replace(number, conditions=conditions, end=max(number.end, found.end) if touches else number.end)


def _decided(number: Joined) -> Joined:
    """The number if its conditions are sure; a bare T is TOPS or TFLOPS by its precision."""
    scanned = number.scanned
    kinds = [condition.kind for condition in number.conditions]
    if SEVERAL in kinds or kinds.count(PRECISION) > 1:
        return replace(number, scanned=replace(scanned, reason=scanned.reason or AMBIGUOUS))
    if scanned.unit.split("/")[0] != BARE_TERA:
        return number
    precision = next((each.text for each in number.conditions if each.kind == PRECISION), "")
    if not precision:
        return replace(number, scanned=replace(scanned, reason=scanned.reason or AMBIGUOUS))
    name = "TOPS" if "INT" in precision else "TFLOPS"
    return replace(number, scanned=replace(scanned, unit=name + scanned.unit[len(BARE_TERA) :]))
