"""The indicator table: filled in, and alike on paper, in the filing and in the editable copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checks.case import Case
from checks.certainty import whole
from checks.comparison import Comparison, compare
from checks.pairing import pair_rows
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from checks.weighing import weigh
from pipeline.model.application import Application
from pipeline.model.document import Section
from pipeline.model.evidence import Place, Reading
from pipeline.model.indicator import COLUMNS, Indicator, RowKind
from pipeline.values import fold, is_blank_word

FIELD = "indicators"
EXAMPLES = ("示例", "其他指标...", "其他指标…")
"""What the template prints in the table (notice, annex 2)."""


@rule("I106")
def columns_are_there(case: Case) -> Iterator[Ruling]:
    """The table's head names all six columns of the template."""
    head = case.paper.indicator_head if case.paper else None
    if head is None:
        if case.pages_of(Section.INDICATORS):
            yield undecided("I106", FIELD, f"{case.medium.name}重点指标表的表头未能识别")
        else:
            yield not_applicable("I106", FIELD, "没有重点指标表")
        return
    where = (head.place,) if head.place else ()
    for column in case.profile.indicator_columns:
        name = case.profile.indicator_columns[column][0]
        if column in head.columns:
            yield passed("I106", column, places=where)
        elif head.lacks(column) and not _stands_alone(case, case.profile.indicator_columns[column]):
            yield failed("I106", column, detail=name, places=where)
        else:
            yield undecided("I106", column, f"表头中未能确认有无“{name}”一列", places=where)


def _stands_alone(case: Case, wordings: Sequence[str]) -> bool:
    """Whether a line of the table's pages is a column's head after all."""
    lines = {fold(line.text) for page in case.pages_of(Section.INDICATORS) for line in page.reading.lines}
    return any(fold(word) in lines for word in wordings)


def _lacks(case: Case, column: str) -> bool:
    """Whether the paper's table has no such column; I106 says so."""
    head = case.paper.indicator_head if case.paper else None
    return head is not None and head.lacks(column)


@rule("I104")
def levels_are_filled(case: Case) -> Iterator[Ruling]:
    """Every indicator has its current level and its goal."""
    for number, row in enumerate(_rows(case.paper), start=1):
        if row.kind is not RowKind.DATA:  # the template's own row: F131 names it
            continue
        for column in ("current", "target"):
            reading: Reading | None = getattr(row, column)
            subject = f"{column}@{number}"
            name, where = f"“{row.name.text}”", _places(row)
            if reading is None and _lacks(case, column):
                yield not_applicable("I104", subject, "指标表没有此列，另行提出", field=FIELD)
            elif reading is None:
                yield undecided("I104", subject, f"指标{name}此格未能识别", field=FIELD, places=where)
            elif reading.text.strip():
                yield passed("I104", subject, field=FIELD, places=where)
            else:
                yield failed("I104", subject, field=FIELD, found=row.name.text, places=where, recheck=(reading,))


@rule("F131")
def examples_are_taken_out(case: Case) -> Iterator[Ruling]:
    """No example row of the template is left in the indicator table."""
    marked = False
    for number, row in enumerate(_rows(case.paper), start=1):
        # rows under one 示例 are named once
        left, goes_on = _left_in(row), row.example_mark and marked
        marked = row.example_mark
        if left and not (goes_on and row.kind is not RowKind.PLACEHOLDER):
            yield failed("F131", f"indicators#{number}", field=FIELD, found=row.name.text, places=_places(row),
                         grounds=(whole(row.name),))  # fmt: skip


def _left_in(row: Indicator) -> bool:
    """Whether something of the template stands in the row."""
    names = any(fold(row.name.text).startswith(fold(word)) for word in EXAMPLES)
    return names or row.example_mark or row.kind is not RowKind.DATA


@rule("X102")
def indicators_agree_with_filing(case: Case) -> Iterator[Ruling]:
    """Every row and cell of the table says on paper what was filed online."""
    yield from _tables(case, "X102", case.online, "没有对应的网上填报数据")


@rule("X202")
def indicators_agree_with_editable_copy(case: Case) -> Iterator[Ruling]:
    """Every cell says in the editable copy what it says on paper; where the filing differs too, X102 says so."""
    filed = _differing(case, case.online)
    for ruling in _tables(case, "X202", case.editable, "没有可编辑版"):
        if ruling.outcome != "passed" and ruling.subject in filed:
            yield not_applicable(
                "X202", ruling.subject, f"{case.medium.name}与网上填报也不一致，合并在X102中提出", field=FIELD
            )
        else:
            yield ruling


def _differing(case: Case, witness: Application | None) -> frozenset[str]:
    """Subjects in which paper and a witness differ or can't be judged."""
    made = _tables(case, "X102", witness, "")
    return frozenset(ruling.subject for ruling in made if ruling.outcome in ("failed", "undecided"))


def _tables(case: Case, code: str, witness: Application | None, without: str) -> Iterator[Ruling]:
    paper, other = _rows(case.paper), _rows(witness)
    if witness is None or not other:
        yield not_applicable(code, FIELD, without if witness is None else f"{without[2:]}中没有指标", field=FIELD)
    elif Section.INDICATORS not in case.sections and not case.may_hide_pages:
        yield not_applicable(code, FIELD, "所在部分缺失", field=FIELD)
    elif not paper:
        seen = Section.INDICATORS in case.sections
        yield undecided(code, FIELD, f"{case.medium.name}重点指标表未能识别出内容", field=FIELD, doubt=seen)
    else:
        yield from _compared(case, code, paper, other)


def _compared(case: Case, code: str, paper: Sequence[Indicator], other: Sequence[Indicator]) -> Iterator[Ruling]:
    pairs = pair_rows(paper, other)
    for number, row in enumerate(paper):
        if number in pairs:
            yield from _cells(case, code, number, row, other[pairs[number]])
        else:
            yield failed(code, f"row@{number + 1}", field=FIELD, found=row.name.text, places=_places(row),
                         detail="（对方没有此行）", grounds=(whole(row.name),))  # fmt: skip
    yield from _lost(case, code, other, pairs)


def _cells(case: Case, code: str, number: int, row: Indicator, other: Indicator) -> Iterator[Ruling]:
    for column in COLUMNS:
        mine: Reading | None = getattr(row, column)
        theirs: Reading | None = getattr(other, column)
        subject = f"{column}@{number + 1}"
        if theirs is None:
            continue
        if mine is None and _lacks(case, column):
            yield not_applicable(code, subject, "指标表没有此列，另行提出", field=FIELD)
            continue
        if mine is None:
            if theirs.text and column != "note":
                yield undecided(
                    code, subject, f"{case.medium.name}此格未能识别", field=FIELD, places=_places(row), doubt=True
                )
            continue
        if not mine.text and column in ("current", "target"):
            yield not_applicable(code, subject, f"{case.medium.name}此格空白，另行提出", field=FIELD)
            continue
        comparison = _compare(case, column, mine, theirs)
        yield weigh(code, subject, comparison, found=mine, expected=theirs, field=FIELD,
                    places=mine.places or _places(row), detail=f"（{row.name.text}）")  # fmt: skip


def _compare(case: Case, column: str, mine: Reading, theirs: Reading) -> Comparison:
    blank = all(not each.text or is_blank_word(each.text, case.profile.blank_words) for each in (mine, theirs))
    if blank:
        return Comparison()
    return compare(mine, theirs, "text" if column == "note" else "cell", names=case.names)


def _lost(case: Case, code: str, other: Sequence[Indicator], pairs: Mapping[int, int]) -> Iterator[Ruling]:
    """Rows that the paper's table does not have; undecided where the name stands on one of its pages after all."""
    text = fold("".join(line.text for page in case.pages_of(Section.INDICATORS) for line in page.reading.lines))
    for number, row in enumerate(other):
        if number in pairs.values():
            continue
        subject, name = f"lost@{number + 1}", fold(row.name.text)
        if case.unread_pages or (name and name in text):
            message = f"{case.medium.name}重点指标表中未能识别出“{row.name.text}”一行"
            yield undecided(code, subject, message, field=FIELD, doubt=True)
        else:
            yield failed(
                code,
                subject,
                field=FIELD,
                expected=row.name.text,
                detail=f"（{case.medium.name}缺“{row.name.text}”一行）",
            )


def _rows(witness: Application | None) -> tuple[Indicator, ...]:
    return witness.indicators if witness else ()


def _places(row: Indicator) -> tuple[Place, ...]:
    return (row.place,) if row.place else row.name.places
