"""Which reference indicators a direction asks of a table, alternatives chosen by what the table answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.indicator import Indicator
from pipeline.notices.directions import Direction, IndicatorGroup, Logic, ReferenceIndicator

OTHER_KINDS = "其他"
"""The variant for products of no kind named: it counts where the table answers none of the others."""

References = tuple[ReferenceIndicator, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A direction's table: ids of the reference indicators that its rows answer and may answer, and its product.

    `scenes`: by id of an indicator asked for in its scene alone, words of a product's name that say so.
    """

    direction: Direction
    sure: frozenset[str]
    possible: frozenset[str]
    product: str
    scenes: Mapping[str, tuple[str, ...]]

    @property
    def told(self) -> frozenset[str]:
        """All that its rows answer or may answer."""
        return self.sure | self.possible

    def group(self, name: str) -> IndicatorGroup:
        """A group of the direction's indicators."""
        return next(group for group in self.direction.groups if group.id == name)


def table_of(
    direction: Direction, rows: Iterable[Indicator], product: str, scenes: Mapping[str, tuple[str, ...]]
) -> Table:
    """The table that rows of one direction make."""
    listed = tuple(rows)
    sure = frozenset(match.reference for row in listed for match in row.answers)
    possible = frozenset(match.reference for row in listed for match in row.possible)
    return Table(direction, sure, possible - sure, product, scenes)


def demanded(table: Table) -> References:
    """What the table must answer; of alternatives the one that it answers, or answers most of."""
    return () if table.direction.logic.free else _of_logic(table.direction.logic, table)


def alternatives(table: Table, logic: Logic | None = None) -> Iterator[str]:
    """What the alternatives of a direction are for, in words."""
    logic = logic or table.direction.logic
    for part in logic.at_least_one_of:
        if isinstance(part, str):
            group = table.group(part)
            yield group.variant or group.title
    for part in (*logic.all_of, *logic.at_least_one_of):
        if isinstance(part, Logic):
            yield from alternatives(table, part)


def _of_logic(logic: Logic, table: Table) -> References:
    found = [indicator for part in logic.all_of for indicator in _of_part(part, table)]
    found += [each for part in logic.if_applicable for each in _of_part(part, table) if _in_scene(each, table)]
    if logic.at_least_one_of:
        options: list[References] = [_of_part(part, table) for part in _named_kinds_first(logic.at_least_one_of, table)]
        merits = [_merit(option, table) for option in options]
        found += options[merits.index(max(merits))]
    return tuple(found)


def _of_part(part: str | Logic, table: Table) -> References:
    if isinstance(part, Logic):
        return _of_logic(part, table)
    return tuple(each for each in table.group(part).indicators if _applies(each, table))


def _applies(indicator: ReferenceIndicator, table: Table) -> bool:
    asked = indicator.required == "if_applicable"
    return indicator.required == "true" or (asked and _in_scene(indicator, table))


def _in_scene(indicator: ReferenceIndicator, table: Table) -> bool:
    return any(word in table.product for word in table.scenes.get(indicator.id, ()))


def _named_kinds_first(parts: Sequence[str | Logic], table: Table) -> tuple[str | Logic, ...]:
    """The alternatives without that for other kinds of product, where the table answers any of a kind named."""
    named = tuple(part for part in parts if not (isinstance(part, str) and table.group(part).variant == OTHER_KINDS))
    answers = any(indicator.id in table.told for part in named for indicator in _of_part(part, table))
    return named if answers else tuple(parts)


def _merit(option: References, table: Table) -> tuple[bool, bool, int, int]:
    """Complete before perhaps complete before most answered before fewest missing."""
    ids = {indicator.id for indicator in option}
    sure = len(ids & table.sure)
    return bool(ids) and ids <= table.sure, bool(ids) and ids <= table.told, sure, sure - len(ids)
