"""The table of key indicators: a row an indicator, direction and product written once over several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms.cells import FormCell, FormTable
from extractors.forms.columns import Head, HeadedRow, body_rows, find_head, headed_tables
from extractors.forms.flow import Flow
from pipeline.model.evidence import Char, Place, Reading, Source
from pipeline.model.geometry import union
from pipeline.model.indicator import Indicator, IndicatorHead, RowKind
from pipeline.notices.profile import Profile
from pipeline.values import fold, normalise, normalise_directions, without_blanks

LEAST_COLUMNS = 3
EXAMPLE = re.compile(r"^\s*示\s*例\s*(?:[:：]|$)")
"""How the template opens the direction of its example rows."""
PLACEHOLDER = re.compile(r"其[他它]指标[.。…·]*")
"""The template's last row, where an applicant's own indicators go."""
_UNFILLED = re.compile(r"[\s_　]+")


def read_indicators(tables: Sequence[FormTable], profile: Profile, named: str = "") -> tuple[Indicator, ...]:
    """Rows over all tables in order; a table without a head goes on with the one before of as many columns.

    `named` is the product as the form spells it: it tells how a name is spelled that a narrow column breaks.
    """
    found: list[Indicator] = []
    for table, head in headed_tables(tables, profile.indicator_columns, LEAST_COLUMNS):
        for row in body_rows(table, head):
            indicator = _indicator(row, found[-1] if found else None, profile, named)
            if indicator is None:
                continue
            if found and row.opens and _continues(row, repeated=head.row >= 0):
                found[-1] = _merged(found[-1], indicator)
            else:
                found.append(indicator)
    return tuple(found)


def read_head(tables: Sequence[FormTable], profile: Profile) -> IndicatorHead | None:
    """The head that names most columns of all tables; None where no table has one."""
    found = [
        _head(table, head)
        for table in tables
        if (head := find_head(table, profile.indicator_columns, LEAST_COLUMNS)) is not None
    ]
    return max(found, key=lambda head: len(head.columns), default=None)


def _head(table: FormTable, head: Head) -> IndicatorHead:
    cells = [cell for cell in table.cells if cell.row == head.row]
    others = [cell.flow.text for cell in cells if cell.column not in head.columns]
    places = [cell.flow.place for cell in cells if cell.flow.place is not None]
    place = (
        Place(file=places[0].file, page=places[0].page, bbox=union(each.bbox for each in places)) if places else None
    )
    return IndicatorHead(columns=tuple(head.columns.values()), others=tuple(others), place=place)


def _indicator(row: HeadedRow, before: Indicator | None, profile: Profile, named: str) -> Indicator | None:
    readings = {key: _reading(row.cells.get(key)) for key in ("name", "current", "target", "note")}
    if not any(reading and reading.text for reading in readings.values()):
        return None
    direction, product = _direction(row.cells.get("direction"), profile), _product(row.cells.get("product"), named)
    marked = _example_mark(row, before)
    return Indicator(
        direction=direction if direction is not None else before.direction if before else None,
        product=product or (before.product if before else ""),
        name=readings["name"] or Reading(value="", source=_source(row)),
        current=readings["current"],
        target=readings["target"],
        note=readings["note"],
        place=_place(row),
        cell=next((cell.flow.cells[0] for cell in row.cells.values() if cell.flow.cells), None),
        kind=_kind(row, marked),
        example_mark=marked,
    )


def _example_mark(row: HeadedRow, before: Indicator | None) -> bool:
    """Whether the template's 示例 stands at the row: in its name, its direction, or the direction it goes on with."""
    name, direction = row.cells.get("name"), row.cells.get("direction")
    if any(cell is not None and EXAMPLE.match(cell.flow.text) for cell in (name, direction)):
        return True
    goes_on = direction is None or not direction.flow.text.strip()
    return goes_on and before is not None and before.example_mark and not EXAMPLE.match(before.name.raw)


def _kind(row: HeadedRow, marked: bool) -> RowKind:
    """What a row is; only what nobody filled in can be the template's."""
    cells = [cell for key in ("current", "target", "note") if (cell := row.cells.get(key)) is not None]
    if not cells or any(_UNFILLED.sub("", cell.flow.text) for cell in cells):
        return RowKind.DATA
    name = row.cells.get("name")
    if name is not None and PLACEHOLDER.fullmatch(fold(name.flow.text)):
        return RowKind.PLACEHOLDER
    return RowKind.EXAMPLE if marked else RowKind.DATA


def _reading(cell: FormCell | None) -> Reading | None:
    return cell.flow.reading(normalise("text", cell.flow.unbroken)) if cell is not None else None


def _product(cell: FormCell | None, named: str) -> str:
    return as_named(normalise("product", cell.flow.unbroken), named) if cell is not None else ""


def as_named(product: str, named: str) -> str:
    """A product's name as the form spells it where they differ in blanks alone: lines break within words too."""
    return named if without_blanks(product) == without_blanks(named) else product


def _source(row: HeadedRow) -> Source:
    return next(iter(row.cells.values())).flow.source


def _direction(cell: FormCell | None, profile: Profile) -> int | None:
    if cell is None or not cell.flow.text.strip():
        return None
    names = {direction.number: direction.name for direction in profile.directions}
    numbers = normalise_directions(EXAMPLE.sub("", cell.flow.text), names)
    return numbers[0] if len(numbers) == 1 else None


def _place(row: HeadedRow) -> Place | None:
    """The row's box: the columns of the indicator itself."""
    holders = [
        cell.flow.place for key, cell in row.cells.items() if cell.flow.place and key not in ("direction", "product")
    ]
    if not holders:
        return None
    return Place(file=holders[0].file, page=holders[0].page, bbox=union(holder.bbox for holder in holders))


def _continues(row: HeadedRow, repeated: bool) -> bool:
    """Whether a page's first row has no name of its own: the rest of a row that the page's end broke.

    Below a head of its own it may be another product's, which is named there.
    """
    own = ("name", "direction", "product") if repeated else ("name",)
    return not any(key in row.cells and fold(row.cells[key].flow.text) for key in own)


def _merged(one: Indicator, other: Indicator) -> Indicator:
    return one.model_copy(
        update={key: _joined(getattr(one, key), getattr(other, key)) for key in ("current", "target", "note")}
    )


def _joined(one: Reading | None, other: Reading | None) -> Reading | None:
    if one is None or other is None or not other.raw:
        return one or other
    raw = f"{one.raw}\n{other.raw}" if one.raw else other.raw
    chars = (*one.chars, *((Char(text="\n", confidence=1.0),) if one.raw else ()), *other.chars)
    return one.model_copy(
        update={
            "raw": raw,
            "value": normalise("text", raw),
            "chars": chars,
            "places": (*one.places, *other.places),
            "confidence": min(one.confidence, other.confidence),
        }
    )


def products_and_directions(tables: Sequence[FormTable], profile: Profile) -> tuple[tuple[str, Flow], ...]:
    """(`product` | `directions`, flow) of every filled direction and product cell but the template's: mentions."""
    found: list[tuple[str, Flow]] = []
    for table in tables:
        head = find_head(table, profile.indicator_columns, LEAST_COLUMNS)
        if head is None:
            continue
        seen: set[int] = set()
        for row in body_rows(table, head):
            for column, key in (("product", "product"), ("direction", "directions")):
                cell = row.cells.get(column)
                if cell is not None and EXAMPLE.match(cell.flow.text) and _kind(row, marked=True) is not RowKind.DATA:
                    continue
                if cell is not None and cell.flow.text.strip() and id(cell) not in seen:
                    seen.add(id(cell))
                    found.append((key, cell.flow))
    return tuple(found)
