"""Boxes of a form's page on which no ruled table was found: labels by their wording, values by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise

from extractors.forms.cells import FormCell, FormTable
from extractors.forms.flow import Flow, flow_of_lines, join
from extractors.forms.labels import Label, is_wording, label_of
from extractors.texts.order import in_reading_order
from pipeline.model.document import Page
from pipeline.model.geometry import BBox, union
from pipeline.model.text import CheckBox, Line
from pipeline.notices.profile import Profile

MOST_LABEL_LINES = 3
"""Lines of a label in a narrow column."""
SAME_EDGE = 1.0
"""Line heights by which the lines of one label may begin apart,"""
SAME_LABEL = 1.0
"""and the white between them is high at most."""
SAME_ROW = 0.5
"""Share of the lower one's height by which two labels overlap that stand in one row."""
BLANK_COST = 1.5
"""Line heights that a value may lie off its label rather than leave that without a value."""
STRAY_COST = 2.0
"""The same for each line that stands at no label of its row, and for each line height of white within a value,"""
CLOSE = 1.0
"""beyond so many line heights between two of its lines."""
ELSEWHERE_COST = 0.6
"""What is asked once for all that stands above the first label or below the last one: a title, the rest of a box,
a page's number."""
INDENT = 3.0
"""Line heights by which a paragraph's first line begins further right at most."""
OFF = 1.0
"""Line heights by which a value's middle lies off its label's at most, or its top off the label's."""
ACROSS_COST = 3.0
"""The same for each ruling across the page between a value's line and the labels of its row."""
CLEAR = 0.25
"""Line heights that another parting of two rows' values must cost more, or which is right is not known."""
LEAST_LABELS = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of a page with the box in which it stands as if the page lay straight."""

    flow: Flow
    box: BBox
    lines: tuple[Line, ...]
    label: Label | None = None


Row = tuple[_Piece, ...]


def tables_by_labels(page: Page, profile: Profile) -> tuple[FormTable, ...]:
    """The page as one table, if it has no ruled one and some labels: a row for each row of labels, values beside them.

    Values are parted where it suits the labels best: each lies level with its label's middle, or with its top. One
    that does so with none is left out, so that it is not read rather than read wrongly; so are the
    values of two rows that may be parted otherwise nearly as well.
    """
    if page.reading.tables:
        return ()
    labels, values = _parted(page, profile)
    rows, levels = _rows(labels), page.reading.levels
    if sum(piece.label is not None and piece.label.group is None for piece in labels) < LEAST_LABELS:
        return ()
    shares = _shared(rows, sorted(values, key=lambda piece: piece.box.center[1]), levels)
    unclear = _unclear(rows, shares, levels)
    told = not unclear and _fits(rows, shares[1:-1])
    cells = [cell for number, (row, own) in enumerate(zip(rows, shares[1:-1], strict=True), 1)
             for cell in _cells(number, row, own, page, told, clear=number not in unclear)]  # fmt: skip
    rest = _rest(shares[0], [piece.box.x0 for row, own in zip(rows, shares[1:-1], strict=True)
                             for label in row for piece in _beside(label, row, own)])  # fmt: skip
    above = [_value(rest, 0, 0, page)] if rest else []
    return (FormTable((*above, *cells), max(cell.next_column for cell in cells)),)


def _rest(above: Sequence[_Piece], edges: Sequence[float]) -> list[_Piece]:
    """Lines close above each other over the first label, from where values begin on: not a page's running head."""
    rest: list[_Piece] = []
    for row in reversed(_rows(above)):
        first, height = row[0].box, _height(row[0])
        begins = any(-SAME_EDGE * height <= first.x0 - edge <= INDENT * height for edge in edges)
        if not begins or (rest and rest[0].box.y0 - first.y1 > (1 + CLOSE) * height):
            break
        rest = [*row, *rest]
    return rest


def _fits(rows: Sequence[Row], shares: Sequence[Sequence[_Piece]]) -> bool:
    """Whether all values lie level with their labels: else one that is missing may be any of those left over."""
    for row, own in zip(rows, shares, strict=True):
        beside = [_beside(label, row, own) for label in row]
        if sum(map(len, beside)) < len(own):
            return False
        if any(values and _off(label, values) > OFF for label, values in zip(row, beside, strict=True)):
            return False
    return True


def _parted(page: Page, profile: Profile) -> tuple[list[_Piece], list[_Piece]]:
    """Labels, those over several lines as one, and all other lines, in reading order."""
    pieces = [piece for line in page.reading.lines for piece in _pieces(line, page, profile)]
    left = sorted(pieces, key=lambda piece: (piece.box.y0, piece.box.x0))
    labels: list[_Piece] = []
    values: list[_Piece] = []
    while left:
        first = left.pop(0)
        stack = _stacked(first, left, profile)
        known = [_joined(stack[:count], profile) for count in range(len(stack), 0, -1)]
        label = next((piece for piece in known if piece.label is not None), None)
        if label is None:
            values.append(first)
            continue
        labels.append(label)
        left = [piece for piece in left if not any(piece is other for other in stack[: _count(label)])]
    return labels, values


def _count(piece: _Piece) -> int:
    return len(piece.lines)


def _pieces(line: Line, page: Page, profile: Profile) -> Iterator[_Piece]:
    """A line; one of nothing but labels with white between them as these: 揭榜负责人　姓名."""
    flow = flow_of_lines([line], page.file, page.page)
    ends = [index for index, char in enumerate(flow.text) if char.isspace()]
    cuts = list(pairwise((-1, *ends, len(flow.text))))
    parts = [flow[start + 1 : end] for start, end in cuts if flow.text[start + 1 : end].strip()]
    if len(parts) < 2 or any(_label(part.text, profile) is None for part in parts):
        yield _Piece(flow, line.row, (line,))
        return
    for part in parts:
        boxes = [char.bbox for char in part.chars if char.bbox is not None]
        x0, x1 = (min(box.x0 for box in boxes), max(box.x1 for box in boxes)) if boxes else (line.row.x0, line.row.x1)
        yield _Piece(part, BBox(x0, line.row.y0, x1, line.row.y1), (line,))


def _label(text: str, profile: Profile) -> Label | None:
    """The label that a text is as a whole."""
    label = label_of(text, profile)
    return label if label is not None and label.end == len(text) else None


def _stacked(first: _Piece, others: Sequence[_Piece], profile: Profile) -> list[_Piece]:
    """The lines below each other that a label's may be, the first among them; not another label below a whole one."""
    stack, height = [first], first.box.height
    whole = is_wording(first.flow.text, profile)
    while len(stack) < MOST_LABEL_LINES:
        last = stack[-1].box
        below = [
            piece
            for piece in others
            if abs(piece.box.x0 - first.box.x0) <= SAME_EDGE * height
            and -0.5 * height <= piece.box.y0 - last.y1 <= SAME_LABEL * height
            and piece.box.center[1] > last.center[1] + 0.5 * height
        ]
        following = min(below, key=lambda piece: piece.box.y0, default=None)
        if following is None or (whole and _label(following.flow.text, profile) is not None):
            break
        joined = "".join(piece.flow.text for piece in (*stack, following))
        if is_wording(following.flow.text, profile) and not is_wording(joined, profile):
            break
        stack.append(following)
    return stack


def _joined(stack: Sequence[_Piece], profile: Profile) -> _Piece:
    flow = join(piece.flow for piece in stack)
    lines = tuple(line for piece in stack for line in piece.lines)
    return _Piece(flow, union(piece.box for piece in stack), lines, _label(flow.text, profile))


def _rows(labels: Sequence[_Piece]) -> list[Row]:
    """Labels that stand beside each other, from the top of the page down."""
    rows: list[list[_Piece]] = []
    for piece in sorted(labels, key=lambda piece: piece.box.center[1]):
        if rows and any(_level(piece.box, other.box) for other in rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda piece: piece.box.x0)) for row in rows]


def _level(one: BBox, other: BBox) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap >= SAME_ROW * min(one.height, other.height)


def _shared(rows: Sequence[Row], values: Sequence[_Piece], levels: Sequence[float]) -> list[Sequence[_Piece]]:
    """What belongs to each row of labels, before the first and after the last of them: the cheapest parting."""
    count = len(values)

    @cache
    def best(row: int, start: int) -> tuple[float, int]:
        """The cost of all from a row on, and where its own values end; the last row is what stands below all labels."""
        if row == len(rows) + 1:
            torn = 0 < start < count and _follows(values[start - 1], values[start])
            return (ELSEWHERE_COST if start < count else 0.0) + (STRAY_COST if torn else 0.0), count
        costs = (
            (_cost(rows, row, values[start:end], levels) + best(row + 1, end)[0], end)
            for end in range(start, count + 1)
        )
        return min(costs)

    for row in range(len(rows) + 1, -1, -1):
        for start in range(count + 1):
            best(row, start)
    ends = list(accumulate(range(len(rows) + 2), lambda start, row: best(row, start)[1], initial=0))
    return [values[start:end] for start, end in pairwise(ends)]


def _unclear(rows: Sequence[Row], shares: Sequence[Sequence[_Piece]], levels: Sequence[float]) -> frozenset[int]:
    """The numbers (from 1) of rows whose values and the next row's may be parted otherwise at hardly more cost."""
    found: set[int] = set()
    for row in range(1, len(rows)):
        own, both = len(shares[row]), (*shares[row], *shares[row + 1])
        costs = [
            _cost(rows, row, both[:end], levels) + _cost(rows, row + 1, both[end:], levels)
            for end in range(len(both) + 1)
        ]
        if any(cost < costs[own] + CLEAR for end, cost in enumerate(costs) if end != own):
            found |= {row, row + 1}
    return frozenset(found)


def _follows(above: _Piece, below: _Piece) -> bool:
    """Whether a line goes on with the text above it: close below, and from the same edge."""
    height = _height(above)
    close = below.box.y0 - above.box.y1 <= CLOSE * height
    return close and abs(below.box.x0 - above.box.x0) <= SAME_EDGE * height


def _cost(rows: Sequence[Row], row: int, own: Sequence[_Piece], levels: Sequence[float]) -> float:
    """Line heights by which values lie off the labels of a row; row 0 stands above all labels.

    `levels` are the heights of rulings across the page.
    """
    if row == 0:
        return ELSEWHERE_COST if own else 0.0
    labels = rows[row - 1]
    beside = [_beside(label, labels, own) for label in labels]
    strays = len(own) - sum(map(len, beside))
    between = sum(_parts(level, labels[0], piece) for piece in own for level in levels)
    return (
        ACROSS_COST * between
        + STRAY_COST * strays
        + sum(_misfit(label, values) for label, values in zip(labels, beside, strict=True))
    )


def _parts(level: float, label: _Piece, value: _Piece) -> bool:
    """Whether a height lies between the middles of a label and of a line of a value."""
    return (level - label.box.center[1]) * (level - value.box.center[1]) < 0


def _misfit(label: _Piece, own: Sequence[_Piece]) -> float:
    """What a value costs at its label: a group's label has none, and a value's lines follow each other closely."""
    grouped = label.label is not None and label.label.group is not None
    if grouped or not own:
        return STRAY_COST * len(own) if grouped else BLANK_COST
    ordered = sorted(own, key=lambda piece: piece.box.y0)
    height = _height(label)
    apart = (max(0.0, (below.box.y0 - above.box.y1) / height - CLOSE) for above, below in pairwise(ordered))
    return _off(label, own) + STRAY_COST * sum(apart)


def _height(label: _Piece) -> float:
    return float(min(line.row.height for line in label.lines))


def _off(label: _Piece, own: Sequence[_Piece]) -> float:
    """Line heights by which a value's middle lies off its label's, or its top, if that is less."""
    box = union(piece.box for piece in own)
    middle, top = abs(box.center[1] - label.box.center[1]), abs(box.y0 - label.box.y0)
    return min(middle, top) / _height(label)


def _beside(label: _Piece, row: Row, own: Sequence[_Piece]) -> list[_Piece]:
    """What stands right of a label, as far as the next one."""
    beyond = [other.box.x0 for other in row if other.box.x0 > label.box.x0]
    right = min(beyond, default=2.0)
    return [piece for piece in own if label.box.center[0] < piece.box.center[0] < right]


def _cells(number: int, row: Row, own: Sequence[_Piece], page: Page, told: bool, clear: bool) -> Iterator[FormCell]:
    """A row's labels and, where they are `clear`, its values; a blank one only where it is `told` by the others."""
    for column, label in enumerate(row):
        yield FormCell(number, 2 * column, 1, 1, label.flow)
        beside = _beside(label, row, own)
        if beside and not clear:
            continue
        if beside and _off(label, beside) <= OFF:
            yield _value(beside, number, 2 * column + 1, page)
        elif told and not beside and label.label is not None and label.label.group is None:
            right = min((other.box.x0 for other in row if other.box.x0 > label.box.x0), default=1.0)
            flow = flow_of_lines([], page.file, page.page, replace(label.lines[0].bbox, x0=label.box.x1, x1=right))
            yield FormCell(number, 2 * column + 1, 1, 1, flow)


def _value(pieces: Sequence[_Piece], row: int, column: int, page: Page) -> FormCell:
    lines = in_reading_order([line for piece in pieces for line in piece.lines])
    box = union(line.bbox for line in lines)
    flow = flow_of_lines(lines, page.file, page.page, box)
    return FormCell(row, column, 1, 1, flow, tuple(box for box in page.reading.boxes if _stands_in(box, lines)))


def _stands_in(box: CheckBox, lines: Sequence[Line]) -> bool:
    return any(line.bbox.contains(*box.label.center) for line in lines)
