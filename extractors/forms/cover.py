"""The lines of the cover: a label, a colon or a line to write on, the value, which may run on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.forms.days import the_day
from extractors.forms.flow import Flow, flow_of_lines, join
from extractors.forms.labels import COLONS
from extractors.texts.order import in_reading_order, rows
from pipeline.model.document import Page
from pipeline.model.evidence import Reading
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Line
from pipeline.notices.profile import CoverLine, Profile
from pipeline.values import fold, normalise, normalise_directions

BELOW = 6.0
"""A value that runs on begins again below its beginning, in line heights; what stands further right is a stamp's."""
SEAL_HERE = re.compile(
    r"[(（\[【]?\s*加\s*盖[^()（）]{0,5}章\s*[)）\]】]?|[(（\[【]?\s*(?:请?加?盖?\s*)?(?:加盖)?单?位?公\s*章\s*[)）\]】]|[(（]\s*盖\s*章\s*[)）]"
    r"|[(（\[【]\s*加(?:\s*盖[^()（）]{0,6})?[_＿\s]*$"  # its end lies under the seal
    r"|[加如力咖]?盖[单位公章]{1,4}[_＿\s]*$"  # its brackets do too; no unit's name ends so
    r"|加盖单位[^()（）]{1,2}[)）\]】][_＿\s]*$"  # or one of them, and a letter of it
)
LAST_BRACKET = re.compile(r"[(（\[【]([^()（）]{1,9})[)）\]】]?\s*$")
NOTE_WORDS = frozenset("加盖单位公章力")
"""What such a note is made of: of one that a seal lies across some characters are left, among others misread
(加 as 力)."""
NOTE_SHARE = 0.6
WHOLE_NAME = re.compile(r"(?:公司|集团|厂|社|局|厅|院|所|校|大学|中心|协会|委员会|委|办公室)$")
"""How units' names end: one that does not may go on behind the note."""
MOST_REST = 2
"""Letters of a seal behind a name's end, at most, that lie there in place of the note it covers."""
COVERED_NOTE = re.compile(r"[(（\[【][^()（）]{0,9}[)）\]】]?[^()（）]{0,2}$|[加盖章]{1,2}$")
"""What is left of it where a black seal covers all of it."""
MARK_HERE = r"(?:[(（][^()（）:：]{0,8}[字名章]\s*[)）])?"
"""（盖章）, （签字） between a label and its colon."""
STROKES = "一丨1Il|/\\-—~、.,"
"""What a reader makes of a piece of a rim."""
ABOVE = 0.8
"""Line heights of white between a value and the row below it whose label is its."""
LARGER = 1.25
"""Line heights of the row: what stands above it in larger print is a title."""
RUN_ON = 1.6
"""A value runs on in the next row when that row is not further away than this many line heights."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row of the cover that opens with a label: its key, the value's flow so far, where the value begins."""

    key: str
    flow: Flow
    value_from: float
    bottom: float
    height: float


def cover_fields(page: Page, profile: Profile) -> dict[str, Reading]:
    """Readings by key of the cover's lines."""
    found = {
        line.key: _read(line.key, line.flow, profile) for line in labelled_rows(page.reading.lines, profile.cover, page)
    }
    cells = {key: (_read(key, flow, profile), parted) for key, flow, parted in _beside_cells(page, profile.cover)}
    own = {key: each for key, (each, parted) in cells.items() if parted or key not in found or not found[key].raw}
    return own | {key: reading for key, reading in found.items() if key not in own}


def _beside_cells(page: Page, wanted: Sequence[CoverLine]) -> Iterator[tuple[str, Flow, bool]]:
    """Keys and values of ruled tables: a cell that is a label, its note aside, and what stands right of it.

    That is all up to the label of another column; the last of the three is whether there is one.
    """
    keys = {fold(label): line.key for line in reversed(wanted) for label in line.labels}
    for table in page.reading.tables:
        told = [(keys.get(without_note(fold(cell.text)).strip(COLONS)), cell.bbox) for cell in table.cells]
        labels = [(key, box) for key, box in told if key is not None]
        for key, box in labels:
            end = min((other.x0 for _, other in labels if _level_with(other, box)), default=None)
            level = [line for line in page.reading.lines if _level_with(line.bbox, box)]
            beside = [line for line in level if end is None or line.bbox.center[0] < end]
            if beside or end is not None:
                place = replace(box, x0=box.x1, x1=1.0 if end is None else end)
                flow = flow_of_lines(in_reading_order(beside), page.file, page.page, None if beside else place)
                yield key, flow.stripped("_＿"), end is not None


def _level_with(line: BBox, label: BBox) -> bool:
    """Whether a line or cell stands right of a label's, within its height: of values the ruling between may be worn."""
    return line.center[0] > label.x1 and label.y0 <= line.center[1] <= label.y1


def labelled_rows(
    lines: Sequence[Line], wanted: Sequence[CoverLine], page: Page, run_on: bool = True
) -> tuple[Labelled, ...]:
    """Rows that open with one of the wanted labels, each (if it may) with the rows its value runs on over."""
    found: list[Labelled] = []
    above: Sequence[Line] = ()
    whole: list[Labelled] = []
    beside: Labelled | None = None
    for row in rows(lines):
        flow = join(flow_of_lines([line], page.file, page.page, line.bbox) for line in row)
        box, straight = union(line.bbox for line in row), union(line.row for line in row)
        opened = opened_by_label(flow, wanted)
        if opened is not None:
            key, end = opened
            value = flow[end : len(flow.text)].stripped("_＿")
            start = _value_from(flow, end, box.x0)
            holder = flow.places[0].model_copy(update={"bbox": box}) if flow.places else None
            noted = without_note(flow.text) != flow.text and not without_seal_note(value).text
            begins = row[0].row.x1 if len(row) > 1 else start
            if run_on and above and noted and _ends_above(above, whole[-1:], begins, straight):
                found = whole.copy()
                value = join(flow_of_lines([line], page.file, page.page) for line in above) + value
            value = Flow(value.text, value.chars, value.marks, place=holder)
            value, others = _parted(value, [line for line in wanted if line.key != key], straight)
            left = Labelled(key, value, box.x0 if others else start, straight.y1, straight.height)
            found.extend(each for each in (left, *others) if not any(other.key == each.key for other in found))
            beside = left if others and run_on else None
            whole = found.copy()
        elif beside is not None and _runs_on_in_column(beside, row[0]):
            own = flow_of_lines(row[:1], page.file, page.page)
            found = [replace(each, flow=each.flow + own) if each.key == beside.key else each for each in found]
            beside = None
        elif beside is None and run_on and found and _runs_on(found[-1], row):
            whole = found.copy()
            last = found[-1]
            found[-1] = Labelled(last.key, last.flow + flow.stripped("_＿"), last.value_from, straight.y1, last.height)
        above = () if opened is not None else row
    return tuple(found)


def _parted(value: Flow, others: Sequence[CoverLine], row: BBox) -> tuple[Flow, tuple[Labelled, ...]]:
    """A value cut where the label of another column begins in its row, and what stands in that column."""
    labels = {label: line.key for line in others for label in line.labels}
    if not labels:
        return value, ()
    words = "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
    match = re.search(rf"\s(?P<label>{words})\s*{MARK_HERE}\s*[{COLONS}]", value.text)
    if match is None:
        return value, ()
    key = labels["".join(match.group("label").split())]
    rest, after = _parted(value[match.end() : len(value.text)].stripped("_＿"), others, row)
    start = _value_from(value[match.start("label") : match.end()], match.end() - match.start("label"), row.x0)
    return value[: match.start()].stripped("_＿"), (Labelled(key, rest, start, row.y1, row.height), *after)


def _runs_on_in_column(beside: Labelled, line: Line) -> bool:
    """Whether a line goes on with the left of two columns: right below it, from where its label begins."""
    near = line.row.y0 - beside.bottom < RUN_ON * beside.height
    level = abs(line.bbox.x0 - beside.value_from) <= beside.height
    return near and level and not _is_note(line.text)


def _is_note(text: str) -> bool:
    """Whether a line is no more than the form's own （加盖单位公章）."""
    return not fold(without_note(text)).strip("_")


def _ends_above(above: Sequence[Line], before: Sequence[Labelled], value_from: float, row: BBox) -> bool:
    """Whether what stands right above a row is its value: the label stands at the foot of its cell, beside the note.

    It is no more than the end of the value `before` where it stands as near to that, and a title where it is larger.
    """
    box = union(line.row for line in above)
    white = row.y0 - box.y1
    near = -0.5 * row.height <= white <= ABOVE * row.height
    apart = all(box.y0 - last.bottom > 2 * max(0.0, white) + 0.5 * row.height for last in before)
    alike = max(line.row.height for line in above) <= LARGER * row.height
    return near and apart and alike and box.x0 >= value_from - 0.5 * row.height


def opened_by_label(flow: Flow, wanted: Sequence[CoverLine]) -> tuple[str, int] | None:
    """The key and where its value begins, when the row opens with a label."""
    for line in wanted:
        for label in sorted(line.labels, key=len, reverse=True):
            pattern = r"\s*" + r"\s*".join(map(re.escape, label)) + rf"\s*{MARK_HERE}\s*(?:[{COLONS}]|(?=[_＿\n])|$)"
            match = re.match(pattern, flow.text)
            if match:
                return line.key, match.end()
    return None


def _value_from(flow: Flow, end: int, start: float) -> float:
    """Where values begin on the page: right of the label."""
    boxes = [char.bbox for char in flow.chars[:end] if char.bbox is not None]
    return max((box.x1 for box in boxes), default=start)


def _runs_on(last: Labelled, row: Sequence[Line]) -> bool:
    first = row[0]
    if _is_a_rims_rest(row):
        return False
    near = first.row.y0 - last.bottom < RUN_ON * last.height
    begins = next((char.bbox.x0 for char in last.flow.chars if char.bbox is not None), last.value_from)
    below = last.value_from - 0.5 * last.height <= first.bbox.x0 <= begins + BELOW * last.height
    return near and bool(last.flow.text) and below


def _is_a_rims_rest(row: Sequence[Line]) -> bool:
    """Whether a row is nothing but strokes under a black seal: what is left of its rim reads as 一 or 1."""
    chars = [char for line in row for char in line.chars if char.text.strip()]
    return all(char.text in STROKES for char in chars) and any(char.covered for char in chars)


def _read(key: str, whole: Flow, profile: Profile) -> Reading:
    flow = without_seal_note(whole)
    if key == "directions":
        names = {direction.number: direction.name for direction in profile.directions}
        return flow.reading(normalise_directions(flow.text, names))
    if key == "filing_date":
        flow = the_day(flow)
        return flow.reading(normalise("date", flow.text))
    return flow.reading(normalise("name", flow.text))


def _worn_note(text: str) -> re.Match[str] | None:
    """The bracket that ends the text, if most of what is in it are a seal note's characters."""
    match = LAST_BRACKET.search(text)
    words = [char for char in match.group(1) if char.isalnum()] if match else []
    known = sum(char in NOTE_WORDS for char in words)
    return match if known >= 2 and known >= NOTE_SHARE * len(words) else None


def _covered_note(flow: Flow) -> re.Match[str] | None:
    """The end of the text, all of it under a black seal, that can be the note's remains."""
    match = COVERED_NOTE.search(flow.text)
    under = match is not None and all(
        char.covered or char.text in NOTE_WORDS
        for char in flow.chars[match.start() + 1 : match.end()]
        if char.text.strip()
    )
    noted = match is not None and bool(set(match.group()) & NOTE_WORDS)
    return match if under and noted and flow.chars[-1].covered else None


def _without_rest(flow: Flow) -> Flow:
    """Without what is read of a black seal behind a whole name, where it covers all of the note."""
    if WHOLE_NAME.search(flow.text):
        return flow
    ends = [
        end for end in range(max(1, len(flow.text) - MOST_REST), len(flow.text)) if WHOLE_NAME.search(flow.text[:end])
    ]
    if not ends or not all(char.covered and char.text.isalnum() for char in flow.chars[ends[-1] :]):
        return flow
    return _up_to(flow, ends[-1])


def _is_the_seals(after: Flow, before: Flow) -> bool:
    """Whether what stands behind the note are letters of the black seal that lies there, not the end of a name."""
    name_ends = WHOLE_NAME.search(fold(after.text)) and not WHOLE_NAME.search(fold(before.text))
    return not name_ends and all(char.covered for char in after.chars if char.text.strip())


def _up_to(flow: Flow, end: int) -> Flow:
    """A name up to the note behind it: where that begins under a black seal, the name may go on under it as well."""
    before = flow[:end].stripped("_＿")
    if not before.chars or not flow.chars[end].covered:
        return before
    last = before.chars[-1].model_copy(update={"covered": True})
    return replace(before, chars=(*before.chars[:-1], last))


def without_note(text: str) -> str:
    """A line's text without the form's own （加盖单位公章）, for one that was read again whole."""
    match = SEAL_HERE.search(text) or _worn_note(text)
    return text if match is None else text[: match.start()] + text[match.end() :]


def without_seal_note(flow: Flow) -> Flow:
    """Without the form's own （加盖单位公章）."""
    match = SEAL_HERE.search(flow.text) or _worn_note(flow.text) or _covered_note(flow)
    if match is None:
        return _without_rest(flow.stripped("_＿"))
    before = _up_to(flow, match.start())
    after = flow[match.end() : len(flow.text)]
    if not fold(after.text).strip("_") or _is_the_seals(after, before):
        return before
    return Flow(
        before.text + after.text, before.chars + after.chars, before.marks + after.marks, place=flow.place
    ).stripped("_＿")
