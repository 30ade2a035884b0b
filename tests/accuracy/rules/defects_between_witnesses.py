"""Defects that show when paper, filing and editable copy are held against each other; indicators and evidence."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.indicator import Indicator
from samples.applicants import halved
from samples.defects import altered
from samples.filing import Filing, Row
from samples.submission import Submission
from tests.accuracy.rules.defects_of_package import from_samples
from tests.accuracy.rules.night import Night
from tests.accuracy.rules.plot import Planted, Plot, planting, reread

CELLS = ("name", "current", "target", "note")
OTHER_NOTE = "由第三方机构在2022年前测试"
PUT_IN = ("并已完成验收", "尚未开展测试", "由合作单位承担")
"""Words that change what a task book says; four characters or more."""
CLAIMS = {
    "software": "公司已取得软件著作权{n}项。",
    "standard": "公司主持制定国家标准{n}项。",
    "prize": "公司荣获四川省科学技术进步奖二等奖。",
}  # fmt: skip
NO_NUMBER = ("达到行业领先水平", "满足实际应用需求", "显著优于同类产品")

for _code in ("X101", "X102", "X201", "X202", "I101", "I102", "I103", "E101", "E102", "E104", "E105", "E111"):
    planting(_code)(from_samples(_code))


def another_choice(plot: Plot, key: str) -> Filing:
    """The filing with another tick."""
    filing = plot.filing
    if key == "directions":
        other = plot.rng.choice(
            [each.number for each in plot.profile.directions if each.number not in filing.directions]
        )
        return replace(filing, directions=(other,))
    spec = plot.profile.field(key)
    assert spec is not None
    options = [each for each in spec.options if each != filing.values[key] and each != "其他"]
    return filing.with_value(key, plot.rng.choice(options))


@planting("X101")
def ticks_filed_otherwise(plot: Plot) -> Planted:
    key = plot.rng.choice(("directions", "ownership", "listed"))
    return Planted(plot.built(replace(plot.submission, online=another_choice(plot, key))), key)


@planting("X201")
def ticks_otherwise_in_the_copy(plot: Plot) -> Planted:
    key = plot.rng.choice(("directions", "ownership", "listed"))
    return Planted(plot.built(replace(plot.submission, editable=another_choice(plot, key))), key)


def with_rows_changed(plot: Plot, witness: str) -> Planted:
    """A row put in, left out, or a cell said otherwise, in one witness's table."""
    rng, filing = plot.rng, plot.filing
    index = rng.randrange(len(filing.rows))
    way = rng.choice(("left out", "put in", "name", "current", "note"))
    if way == "left out":
        changed = replace(filing, rows=(*filing.rows[:index], *filing.rows[index + 1 :]))
    elif way == "put in":
        changed = replace(filing, rows=(*filing.rows, Row("其他指标：年服务企业数", "12家", "80家", "")))
    else:
        row = filing.rows[index]
        said = OTHER_NOTE if way == "note" else altered(getattr(row, way), way, rng)
        changed = filing.with_row(index, replace(row, **{way: said}))
    return Planted(plot.built(submission_with(plot, witness, changed)), "indicators")


def submission_with(plot: Plot, witness: str, filing: Filing) -> Submission:
    """The submission in which one witness says something else."""
    clean = plot.submission
    return replace(clean, online=filing) if witness == "online" else replace(clean, editable=filing)


@planting("X102")
def rows_filed_otherwise(plot: Plot) -> Planted:
    return with_rows_changed(plot, "online")


@planting("X202")
def rows_otherwise_in_the_copy(plot: Plot) -> Planted:
    return with_rows_changed(plot, "editable")


def with_task_book_changed(plot: Plot, witness: str) -> Planted:
    """Digits changed, or words put in, in a part of one witness's task book."""
    filing, rng = plot.filing, plot.rng
    part = rng.choice(sorted(part for part, text in filing.taskbook.items() if len(text) > 20))
    text = filing.taskbook[part]
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    if digits and rng.random() < 0.5:
        at = rng.choice(digits)
        said = text[:at] + str((int(text[at]) + rng.randint(1, 8)) % 10) + text[at + 1 :]
    else:
        at = rng.randint(8, len(text) - 4)
        said = text[:at] + rng.choice(PUT_IN) + text[at:]
    changed = replace(filing, taskbook={**filing.taskbook, part: said})
    return Planted(plot.built(submission_with(plot, witness, changed)), "taskbook")


@planting("X103")
def task_book_filed_otherwise(plot: Plot) -> Planted:
    return with_task_book_changed(plot, "online")


@planting("X203")
def task_book_otherwise_in_the_copy(plot: Plot) -> Planted:
    return with_task_book_changed(plot, "editable")


@planting("X301")
def box_not_found_on_paper(plot: Plot) -> Planted:
    keys = ("leader_title", "contact_email", "address", "registered_capital", "staff", "contact_mobile", "partners")
    key = plot.rng.choice(keys)
    copy = plot.filing.with_value(key, altered(plot.filing.values[key], key, plot.rng))
    night = plot.built(replace(plot.submission, editable=copy))
    paper = night.subject.package.paper
    fields = paper.fields if paper else ()
    return Planted(night.with_paper(fields=tuple(each for each in fields if each.key != key)), key)


@planting("I104")
def level_left_blank(plot: Plot) -> Planted:
    index, column = plot.rng.randrange(len(plot.filing.rows)), plot.rng.choice(("current", "target"))
    row = replace(plot.filing.rows[index], **{column: ""})
    return Planted(plot.built(plot.everywhere(lambda each: each.with_row(index, row))), "indicators")


@planting("I104")
def level_blank_on_paper(plot: Plot) -> Planted:
    index, column = plot.rng.randrange(len(plot.filing.rows)), plot.rng.choice(("current", "target"))
    paper = plot.filing.with_row(index, replace(plot.filing.rows[index], **{column: ""}))
    return Planted(plot.built(replace(plot.submission, paper=paper)), "indicators")


@planting("I105")
def goal_without_a_number(plot: Plot) -> Planted | None:
    """The goal of a row that answers a reference with a number is words."""
    paper = plot.night.subject.package.paper
    assert paper is not None
    references = {each.id: each for direction in plot.profile.directions for each in direction.references}
    numeric = [
        index
        for index, row in enumerate(paper.indicators)
        if any(references[match.reference].kind == "numeric" for match in row.answers)
    ]
    if not numeric:
        return None
    index = plot.rng.choice(numeric)
    row = plot.filing.rows[index]
    said = replace(row, target=plot.rng.choice(NO_NUMBER))

    def worded(each: Filing) -> Filing:
        texts = {part: text.replace(f"：{row.target}", f"：{said.target}") for part, text in each.taskbook.items()}
        return replace(each.with_row(index, said), taskbook=texts)

    return Planted(plot.built(plot.everywhere(worded)))


@planting("I106")
def column_missing(plot: Plot) -> Planted:
    column = plot.rng.choice(("current", "target", "note"))
    paper = plot.night.subject.package.paper
    assert paper is not None and paper.indicator_head is not None
    head = paper.indicator_head
    kept = tuple(each for each in head.columns if each != column)
    rows: tuple[Indicator, ...] = tuple(row.model_copy(update={column: None}) for row in paper.indicators)
    name = plot.profile.indicator_columns[column][0]
    night = plot.night.with_paper(indicator_head=head.model_copy(update={"columns": kept}), indicators=rows)
    return Planted(reread(without_line(night, name), plot.profile))


def without_line(night: Night, text: str) -> Night:
    """The night without the lines of a page that say just this, or a piece of it."""
    pages = []
    for page in night.subject.package.pages:
        lines = tuple(line for line in page.reading.lines if not (line.text and line.text in text))
        pages.append(page.model_copy(update={"reading": page.reading.model_copy(update={"lines": lines})}))
    return night.with_package(pages=tuple(pages))


@planting("E103")
def claim_without_a_certificate(plot: Plot) -> Planted | None:
    kind = plot.rng.choice(sorted(CLAIMS))
    claim = CLAIMS[kind].format(n=plot.rng.randint(2, 30))

    def claiming(each: Filing) -> Filing:
        return each.with_value("unit_profile", halved(each.values["unit_profile"][:400] + claim))

    night = plot.built(plot.everywhere(claiming))
    kinds = {each.kind for each in plot.profile.evidence_kinds if kind in each.claims}
    kept = tuple(each for each in night.subject.package.evidence if each.kind not in kinds)
    if {each.item for each in kept} != {each.item for each in night.subject.package.evidence}:
        return None
    return Planted(night.with_package(evidence=kept), "unit_profile")
