"""The form's fields out of its tables: every box by its label's wording, beside it, beneath it or in its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.forms.cells import FormCell, FormTable, right_of
from extractors.forms.choices import bracketed_behind, choice_reading, directions_reading
from extractors.forms.flow import Flow
from extractors.forms.labels import Label, heading_of, inner_labels, label_of
from extractors.forms.lookalikes import told_by_context
from pipeline.model.evidence import Reading
from pipeline.model.text import CheckBox
from pipeline.notices.profile import FieldSpec, Profile
from pipeline.values import normalise, normalise_directions

RUNNING = ("text", "directions", "choice")
"""Kinds of boxes that a page's end may cut: running text, and lists of options."""

LEAST_HEADED = 4
"""Labels of a table from which on it shows where its values stand."""


@dataclass(frozen=True, slots=True)
class Box:
    """What was found for a key: the flow of its box and the tick boxes in it."""

    key: str
    flow: Flow
    boxes: tuple[CheckBox, ...] = ()
    continued: bool = False
    """Whether it has no label of its own: the rest of a box that the page's end broke."""


def form_fields(tables: Sequence[FormTable], profile: Profile) -> Mapping[str, Reading]:
    """Readings by key over all tables of the form in order; a box broken by a page's end is put together."""
    found: dict[str, Box] = {}
    group: str | None = None
    open_key: str | None = None
    for table in tables:
        for box, holds in tuple(_table_boxes(table, profile, group, open_key)):
            group = holds
            known = found.get(box.key)
            if known is None or not (known.flow.text or known.boxes):
                found[box.key] = box
            elif box.continued or profile_kind(profile, box.key) in ("text", "directions"):
                found[box.key] = Box(box.key, known.flow + box.flow, (*known.boxes, *box.boxes))
            open_key = box.key
    return {key: _reading(box, profile) for key, box in found.items()}


def profile_kind(profile: Profile, key: str) -> str:
    """The kind of a key's box."""
    return _spec_of(key, profile).kind


def _table_boxes(
    table: FormTable, profile: Profile, group: str | None, open_key: str | None
) -> Iterator[tuple[Box, str | None]]:
    """Boxes of one table in reading order, each with the group that holds from there on."""
    taken: set[int] = set()
    labels = _labels(table, profile)
    headed = _is_headed(table, labels)
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        label = labels[id(cell)]
        if id(cell) in taken:
            continue
        if label is None:
            inner = tuple(_inner_boxes(cell, profile, _group_of(cell, table, labels, profile) or group))
            if inner:
                yield from ((box, group) for box in inner)
            elif open_key is not None and _runs_on(cell, open_key, profile) and not _labelled(cell, table, labels):
                yield Box(open_key, cell.flow, cell.boxes, continued=True), group
            continue
        if label.group is not None:
            group = label.group
            yield from ((box, group) for box in _inner_boxes(cell, profile, group))
            continue
        spec = _spec(label, _group_of(cell, table, labels, profile) or group, profile)
        if spec is None:
            continue
        group = spec.group or group
        if label.end < len(cell.flow.text):
            yield from ((box, group) for box in _own_boxes(cell, label, spec, profile, group))
            continue
        beneath = _cells_beneath(cell, table) if _heads_columns(cell, table, labels) else ()
        values = list(beneath or _value_cells(cell, table, labels))
        if not values and not (headed and right_of(cell, table.cells) is None):
            continue  # no box of its own: nothing says that it is blank
        if not values:
            yield Box(spec.key, cell.flow[label.end : len(cell.flow.text)]), group
            continue
        taken.update(id(value) for value in values)
        flow, boxes = _together(values)
        yield Box(spec.key, flow, boxes), group


def _labels(table: FormTable, profile: Profile) -> Mapping[int, Label | None]:
    """The label of each cell; a cell may hold its value beneath it, if no other cell beside it can be its value."""
    whole = {id(cell): label_of(cell.flow.text, profile) for cell in table.cells}
    above = {id(cell): heading_of(cell.flow.text, profile) for cell in table.cells}

    def chosen(cell: FormCell) -> Label | None:
        beside = right_of(cell, table.cells)
        taken = beside is not None and whole[id(beside)] is None and above[id(beside)] is None
        return whole[id(cell)] if taken or above[id(cell)] is None else above[id(cell)]

    return {id(cell): chosen(cell) for cell in table.cells}


def _is_headed(table: FormTable, labels: Mapping[int, Label | None]) -> bool:
    """Whether a table's values stand beneath their labels in the labels' own cells, as most of them do or none."""
    known = [(label, cell) for cell in table.cells if (label := labels[id(cell)]) is not None and label.group is None]
    above = sum(0 < label.end < len(cell.flow.text) and "\n" in cell.flow.text[: label.end] for label, cell in known)
    return len(known) >= LEAST_HEADED and above > len(known) / 2


def _runs_on(cell: FormCell, open_key: str, profile: Profile) -> bool:
    """Whether a page's first row may be the rest of the box the page before ended in; short answers don't run on."""
    return cell.row == 0 and bool(cell.flow.text) and profile_kind(profile, open_key) in RUNNING


def _labelled(cell: FormCell, table: FormTable, labels: Mapping[int, Label | None]) -> bool:
    """Whether a label stands left of the cell in its row."""
    return any(
        labels[id(other)] is not None and other.beside(cell) and other.column < cell.column for other in table.cells
    )


def _group_of(cell: FormCell, table: FormTable, labels: Mapping[int, Label | None], profile: Profile) -> str | None:
    """The group whose label stands left of the cell, else the one that a label of its own rows belongs to alone.

    职务职称 stands only with 揭榜负责人, 传真 only with 申报联系人; they tell where the group's own label is not read.
    """
    left = [
        (other.column, label.group)
        for other in table.cells
        if (label := labels[id(other)]) is not None
        and label.group
        and other.beside(cell)
        and other.column < cell.column
    ]
    return max(left)[1] if left else _group_of_rows(cell, table, labels, profile)


def _group_of_rows(
    cell: FormCell, table: FormTable, labels: Mapping[int, Label | None], profile: Profile
) -> str | None:
    """The group of the labels that stand beside the cell's rows, a merged cell left of them taken in."""
    spanning = [
        other for other in table.cells if other.beside(cell) and other.column < cell.column and other.row_span > 1
    ]
    block = max(spanning, key=lambda other: other.column, default=cell)
    groups = {
        spec.group
        for other in table.cells
        if other.beside(block) and (label := labels[id(other)]) is not None and len(label.keys) == 1
        if (spec := profile.field(label.keys[0])) is not None and spec.group
    }
    return groups.pop() if len(groups) == 1 else None


def _spec(label: Label, group: str | None, profile: Profile) -> FieldSpec | None:
    specs = [spec for key in label.keys if (spec := profile.field(key)) is not None]
    if len(specs) == 1:
        return specs[0]
    return next((spec for spec in specs if spec.group == group), None)


def _value_cells(cell: FormCell, table: FormTable, labels: Mapping[int, Label | None]) -> Iterator[FormCell]:
    """The cells right of a label up to the next label; the first one at least, even where it is empty."""
    current = right_of(cell, table.cells)
    while current is not None and (labels[id(current)] is None or _only_named_so(current, labels[id(current)])):
        yield current
        below = [
            other
            for other in table.cells
            if other.column == current.column and cell.row < other.row <= cell.last_row and labels[id(other)] is None
        ]
        yield from below
        current = right_of(current, table.cells)
        if current is None or labels[id(current)] is not None:
            return


def _heads_columns(cell: FormCell, table: FormTable, labels: Mapping[int, Label | None]) -> bool:
    """Whether a label stands in a row of labels, each with its value in the row beneath.

    A blank beside a label is its answer, so no cell of such a row is blank; one label in it may be misread.
    """
    row = [other for other in table.cells if other.row <= cell.row <= other.last_row]
    named = [labels[id(other)] for other in row if other.last_row == cell.last_row]
    heads = sum(label is not None and label.group is None for label in named)
    strangers = sum(label is None for label in named)
    beneath = [other for other in table.cells if other.row == cell.last_row + 1]
    return (
        heads > strangers
        and all(other.flow.text for other in row)
        and bool(beneath)
        and all(labels[id(other)] is None for other in beneath)
    )


def _cells_beneath(cell: FormCell, table: FormTable) -> tuple[FormCell, ...]:
    """The cells of the next row that stand within a cell's columns, left to right."""
    beneath = [
        other
        for other in table.cells
        if other.row == cell.last_row + 1 and cell.column <= other.column and other.next_column <= cell.next_column
    ]
    return tuple(sorted(beneath, key=lambda other: other.column))


def _only_named_so(cell: FormCell, label: Label | None) -> bool:
    """Whether a cell behind a label says no more than what a person is (项目负责人): a group's label spans rows."""
    return label is not None and label.group is not None and cell.row_span == 1


def _together(values: Sequence[FormCell]) -> tuple[Flow, tuple[CheckBox, ...]]:
    flow = values[0].flow
    for value in values[1:]:
        flow = flow + value.flow
    return flow, tuple(box for value in values for box in value.boxes)


def _own_boxes(cell: FormCell, label: Label, spec: FieldSpec, profile: Profile, group: str | None) -> Iterator[Box]:
    """The box of a label that is followed by its value in the same cell; more labels may follow there."""
    several = tuple(_inner_boxes(cell, profile, spec.group or group))
    if len(several) > 1:
        yield from several
    else:
        yield Box(spec.key, cell.flow[label.end : len(cell.flow.text)].stripped(), cell.boxes)


def _inner_boxes(cell: FormCell, profile: Profile, group: str | None) -> Iterator[Box]:
    specs = [spec for spec in profile.fields if spec.group in (None, group)]
    labels = inner_labels(cell.flow.text, specs)
    for index, label in enumerate(labels):
        end = labels[index + 1].start if index + 1 < len(labels) else len(cell.flow.text)
        yield Box(label.keys[0], cell.flow[label.end : end].stripped(), cell.boxes)


def _spec_of(key: str, profile: Profile) -> FieldSpec:
    return next(spec for spec in profile.fields if spec.key == key)


def _reading(box: Box, profile: Profile) -> Reading:
    spec = _spec_of(box.key, profile)
    if spec.kind in ("choice", "yesno") and (
        box.boxes or (spec.kind == "yesno" and not box.flow.chars) or bracketed_behind(box.flow.text, spec) is not None
    ):
        return choice_reading(spec, box.flow, box.boxes)
    if spec.kind == "directions":
        if box.boxes:
            return directions_reading(box.flow, box.boxes)
        names = {direction.number: direction.name for direction in profile.directions}
        return box.flow.reading(normalise_directions(box.flow.text, names))
    flow = told_by_context(box.flow) if spec.kind == "email" else box.flow
    return flow.reading(normalise(spec.kind, flow.unbroken, spec.options))
