"""The reference indicators of the direction applied for: each has a row in the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.case import Case, place_of
from checks.certainty import whole
from checks.demanded import Table, alternatives, demanded, table_of
from checks.likely import may_be
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.document import Section
from pipeline.model.evidence import Place, Reading
from pipeline.model.indicator import Indicator, RowKind, Standing
from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.vocabulary import load_vocabulary
from pipeline.values import fold

CODE = "I101"
TOGETHER = "参考指标"
PERHAPS = "表中有一行可能与它对应"
SHORTEST = 4
"""Characters from which an indicator's name that stands on the table's pages, in no row, may be a row not seen."""


@rule("I101")
def reference_indicators_are_there(case: Case) -> Iterator[Ruling]:
    """Every reference indicator of each direction applied for is answered by a row of the table."""
    ticked, rows = case.read("directions"), _rows(case)
    if ticked is None:
        yield undecided(CODE, "directions", "申报表的重点产品方向未能识别，参考指标未核对")
    elif not isinstance(ticked.value, tuple) or not ticked.value:
        yield not_applicable(CODE, "directions", "没有勾选重点产品方向，另行提出")
    elif not rows:
        yield _without_rows(case)
    else:
        for number in ticked.value:
            yield from _of_direction(case, number, ticked, rows)


def _without_rows(case: Case) -> Ruling:
    if Section.INDICATORS not in case.sections and not case.may_hide_pages:
        return not_applicable(CODE, "indicators", "重点指标表缺失，另行提出")
    return undecided(CODE, "indicators", f"{case.medium.name}重点指标表未能识别出内容，参考指标未核对")


def _of_direction(case: Case, number: int, ticked: Reading, rows: Sequence[Indicator]) -> Iterator[Ruling]:
    direction = case.profile.direction(number)
    named = {row.direction for row in rows if row.direction is not None}
    if direction is None or direction.logic.free:
        yield not_applicable(CODE, f"方向{number}", "该方向没有参考指标")
    elif named and number not in named and not named <= set(ticked.value):
        yield not_applicable(CODE, f"方向{number}", "指标表所写方向与申报表不一致，另行提出")
    else:
        only = len(ticked.value) == 1
        own = [row for row in rows if row.direction == number or (row.direction is None and only)]
        product = case.paper.text("product") if case.paper else ""
        scenes = load_vocabulary(case.profile.folder).scenes
        yield from _judged(case, table_of(direction, own, product, scenes), ticked, "" if only else f"（方向{number}）")


def _judged(case: Case, table: Table, ticked: Reading, suffix: str) -> Iterator[Ruling]:
    wanted = demanded(table)
    if not any(indicator.id in table.told for indicator in wanted):
        every = tuple(each for each in table.direction.references if each.required == "true")
        if any(each.id in table.told for each in every):
            yield _not_told(case, TOGETHER + suffix, [(_all_of_it(table), PERHAPS)])
            return
        yield _missing(case, table.direction.name + suffix, _all_of_it(table), every, ticked)
        return
    doubtful: list[tuple[str, str]] = []
    for indicator in wanted:
        if indicator.id in table.sure:
            yield passed(CODE, indicator.title + suffix)
        elif doubt := _row_perhaps(indicator, table) or _doubt(case, (indicator,)):
            doubtful.append((indicator.name, doubt))
        else:
            yield _missing(case, indicator.title + suffix, indicator.name, (indicator,), ticked)
    if doubtful:
        yield _not_told(case, TOGETHER + suffix, doubtful)


def _row_perhaps(indicator: ReferenceIndicator, table: Table) -> str:
    return PERHAPS if indicator.id in table.possible else ""


def _not_told(case: Case, subject: str, doubtful: Sequence[tuple[str, str]]) -> Ruling:
    """One question for all reference indicators that could not be told in the table: it is one look at one page."""
    names = "；".join(f"“{name}”（{doubt}）" for name, doubt in doubtful)
    message = case.medium.asking("以下参考指标在重点指标表中有无对应的一行未能确认") + f"：{names}"
    return undecided(CODE, subject, message, places=_places(case), recheck=_names(case))


def _all_of_it(table: Table) -> str:
    """What is missing where no row answers any: the alternatives, or all names."""
    kinds = tuple(alternatives(table))
    names = "、".join(indicator.name for indicator in demanded(table))
    return f"{'、'.join(kinds)}之一的参考指标" if kinds else names


def _missing(case: Case, subject: str, detail: str, wanted: Sequence[ReferenceIndicator], ticked: Reading) -> Ruling:
    """No row answers it: an error, unless a row may be hidden or could not be held against the direction."""
    doubt = _doubt(case, wanted)
    if doubt:
        message = f"未能确认重点指标表中有无参考指标“{detail}”：{doubt}"
        return undecided(CODE, subject, message, places=_places(case), recheck=_names(case))
    quote = "；".join(dict.fromkeys(indicator.quote for indicator in wanted))
    return failed(CODE, subject, detail=detail, expected=quote, places=_places(case), grounds=(whole(ticked),),
                  recheck=_names(case))  # fmt: skip


def _doubt(case: Case, wanted: Sequence[ReferenceIndicator]) -> str:
    rows = _rows(case)
    if case.may_hide_pages:
        return "有页面或文件未能读出"
    if any(row.standing is None for row in rows):
        return "表中有一行的揭榜方向未能识别"
    if not all(row.name.text.strip() for row in rows):
        return "表中有一行的指标名称未能识别"
    if any(_stands_outside_rows(case, fold(indicator.name)) for indicator in wanted):
        return "该指标名称见于表页，但未能识别成行"
    words = load_vocabulary(case.profile.folder)
    if named := next((row for row in rows if any(may_be(row, indicator, words) for indicator in wanted)), None):
        return f"“{named.name.text}”一行可能是它的另一种说法"
    return ""


def _stands_outside_rows(case: Case, name: str) -> bool:
    """Whether a name stands on the table's pages and in none of its rows."""
    pages = fold("".join(line.text for page in case.pages_of(Section.INDICATORS) for line in page.reading.lines))
    rows = case.paper.indicators if case.paper else ()
    readings = (each for row in rows for each in (row.name, row.current, row.target, row.note) if each)
    written = fold("".join(reading.text for reading in readings))
    in_product = any(name in fold(row.product) for row in rows)
    return len(name) >= SHORTEST and not in_product and pages.count(name) > written.count(name)


def _rows(case: Case) -> tuple[Indicator, ...]:
    """The rows that an applicant filled in."""
    return tuple(row for row in (case.paper.indicators if case.paper else ()) if row.kind is RowKind.DATA)


def _names(case: Case) -> tuple[Reading, ...]:
    """Names of rows that answer nothing: one of them may be a name misread."""
    return tuple(row.name for row in _rows(case) if row.standing is not Standing.ANSWERS)


def _places(case: Case) -> tuple[Place, ...]:
    return tuple(place_of(page) for page in case.pages_of(Section.INDICATORS))
