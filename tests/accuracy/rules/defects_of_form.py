"""Defects of the form, the cover, the commitment and the task book by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.model.application import Mention, TaskBook
from pipeline.model.document import Section
from pipeline.model.evidence import Reading
from pipeline.model.indicator import RowKind
from samples.applicants import plain
from samples.codes import organisation_code
from samples.defects import altered
from samples.filing import Filing, Row
from samples.indicators import indicator_rows
from samples.submission import Submission
from tests.accuracy.rules.defects_of_package import from_samples
from tests.accuracy.rules.night import Night
from tests.accuracy.rules.plot import Planted, Plot, planting, reread
from tests.accuracy.rules.witnesses import mention, numeral, row_on_paper, seen, seen_directions

TICKED = ("choice", "yesno", "directions")
WORDS_FOR_NUMBERS = ("若干", "见附表", "详见审计报告", "不便透露")
AMOUNTS = ("registered_capital", "revenue", "rd_spend", "ai_revenue")
PROMISES = ("commitment_product", "commitment_contact", "commitment_phone")
FOUR_ZEROS = 10_000

for _code in ("F102", "F103", "F104", "F105", "F143"):
    planting(_code)(from_samples(_code))


def blanked(plot: Plot, key: str, raw: str = "") -> Planted:
    """A box with nothing, or nothing of the applicant's own, in it; on paper alone."""
    night = reread(plot.night.with_reading(key, plot.reading(key, raw)), plot.profile)
    return Planted(night, key)


@planting("F101")
def box_left_blank(plot: Plot) -> Planted:
    keys = [spec.key for spec in plot.profile.fields if spec.required and spec.kind not in TICKED]
    return blanked(plot, plot.rng.choice(keys))


@planting("F101")
def prompt_alone(plot: Plot) -> Planted:
    key = plot.rng.choice([key for key in plot.profile.prompts if key != "ownership"])
    return blanked(plot, key, plot.profile.prompts[key][0])


@planting("F101")
def none_where_a_name_is_due(plot: Plot) -> Planted:
    names = ("leader_name", "contact_name", "legal_representative", "address", "product")
    keys = [spec.key for spec in plot.profile.fields if spec.key in names and not spec.none_allowed]
    return blanked(plot, plot.rng.choice(keys), plot.rng.choice(("无", "/", "——")))


@planting("F101")
def line_of_the_cover_blank(plot: Plot) -> Planted:
    key = plot.rng.choice(("applicant", "directions", "recommender"))
    if key == "recommender":
        return Planted(plot.night.with_reading(key, plot.reading(key, "")).with_package(recommender=""), key)
    blank = seen_directions((), "", 1) if key == "directions" else plot.reading(key, "")
    return Planted(with_mention(plot.night, key, Section.COVER, blank), key)


def with_mention(night: Night, key: str, section: Section, reading: Reading) -> Night:
    """The night with what a section says of a key put in place of what it said."""
    paper = night.subject.package.paper
    kept = [each for each in paper.mentions if (each.key, each.section) != (key, section)] if paper else []
    return night.with_paper(mentions=(*kept, Mention(key=key, section=section, reading=reading)))


@planting("F102")
def organisation_code_wrong(plot: Plot) -> Planted:
    right = organisation_code(1 + plot.rng.randrange(99999))
    wrong = right[:-1] + plot.rng.choice([char for char in "0123456789X" if char != right[-1]])
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value("uscc", wrong))), "uscc")


@planting("F103")
def mobile_of_another_length(plot: Plot) -> Planted:
    key, rng = plot.rng.choice(("leader_mobile", "contact_mobile")), plot.rng
    value = plot.filing.values[key]
    wrong = rng.choice((value[:-1], value + "3", value[:-2], "2" + value[1:]))
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value(key, wrong))), key)


@planting("F103")
def fax_that_is_none(plot: Plot) -> Planted:
    wrong = plot.rng.choice(("028-861", "12345", "028-861200001234", "见名片"))
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value("contact_fax", wrong))), "contact_fax")


@planting("F104")
def mail_address_malformed(plot: Plot) -> Planted:
    key = plot.rng.choice(("leader_email", "contact_email"))
    local, _, domain = plot.filing.values[key].partition("@")
    wrong = plot.rng.choice(
        (f"{local}@@{domain}", f"{local}@{domain.split('.')[0]}", f"{local}.{domain}", f"@{domain}")
    )
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value(key, wrong))), key)


@planting("F105")
def words_for_a_number(plot: Plot) -> Planted:
    key, words = plot.rng.choice((*AMOUNTS, "staff", "rd_staff")), plot.rng.choice(WORDS_FOR_NUMBERS)
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value(key, words))), key)


@planting("F111")
def no_direction_ticked(plot: Plot) -> Planted:
    return Planted(plot.night.with_reading("directions", seen_directions((), "", 3)), "directions")


@planting("F112")
def two_directions_in_one_task_book(plot: Plot) -> Planted:
    """Both directions' indicators are there; a second task book is not."""
    filing, profile = plot.filing, plot.profile
    first = filing.directions[0]
    other = plot.rng.choice([each for each in profile.directions if each.number != first])
    group = next((each.id for each in other.groups if each.applies != "always"), "")
    more = indicator_rows(other, group, plot.rng, rephrase=False)[:-1]
    numbers = tuple(sorted((first, other.number)))
    night = plot.built(plot.everywhere(lambda each: replace(each, directions=numbers, rows=(*filing.rows, *more))))
    paper = night.subject.package.paper
    assert paper is not None
    rows = tuple(
        row.model_copy(update={"direction": first if index < len(filing.rows) else other.number})
        for index, row in enumerate(paper.indicators)
    )
    return Planted(reread(night.with_paper(indicators=rows), profile), "directions")


def another_direction(plot: Plot) -> int:
    """A direction that is not ticked."""
    return plot.rng.choice(
        [each.number for each in plot.profile.directions if each.number not in plot.filing.directions]
    )


@planting("F113")
def cover_names_another_direction(plot: Plot) -> Planted:
    number = another_direction(plot)
    name = next(each.name for each in plot.profile.directions if each.number == number)
    return Planted(
        with_mention(plot.night, "directions", Section.COVER, seen_directions((number,), name, 1)), "directions"
    )


@planting("F113")
def table_names_another_direction(plot: Plot) -> Planted:
    number = another_direction(plot)
    name = next(each.name for each in plot.profile.directions if each.number == number)
    paper = plot.night.subject.package.paper
    assert paper is not None
    rows = tuple(row.model_copy(update={"direction": number}) for row in paper.indicators)
    night = with_mention(plot.night, "directions", Section.INDICATORS, seen_directions((number,), name, 4))
    return Planted(reread(night.with_paper(indicators=rows), plot.profile), "directions")


@planting("F114")
def kind_of_unit_not_ticked_once(plot: Plot) -> Planted:
    raw = plot.rng.choice(
        ("□国有企业 □民营企业 □外资企业 □事业单位", "☑国有企业 ☑民营企业 □外资企业 □事业单位", "其他（请注明）")
    )
    return Planted(plot.night.with_reading("ownership", ticked(plot, "ownership", raw)), "ownership")


@planting("F115")
def listed_not_ticked_once(plot: Plot) -> Planted:
    raw = plot.rng.choice(("□是 □否", "☑是 ☑否"))
    return Planted(plot.night.with_reading("listed", ticked(plot, "listed", raw)), "listed")


def ticked(plot: Plot, key: str, raw: str) -> Reading:
    """A box of ticks as read."""
    return plot.reading(key, raw).model_copy(update={"chars": (), "certain": ()})


def lengthened(text: str, least: int) -> str:
    """A text that goes on until it has so many characters."""
    return (text * (1 + least // len(text)))[: least + 1]


@planting("F121")
def profile_too_long(plot: Plot) -> Planted:
    return too_long(plot, "unit_profile", 500 + plot.rng.randint(20, 300))


@planting("F122")
def summary_too_long(plot: Plot) -> Planted:
    return too_long(plot, "product_summary", 1000 + plot.rng.randint(20, 500))


def too_long(plot: Plot, key: str, words: int) -> Planted:
    """A running text of more than so many words by either way of counting: Latin words and numbers count once."""
    text = "".join(char for char in plot.filing.values[key] if not char.isascii())
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value(key, lengthened(text, words)))), key)


@planting("F123")
def task_book_too_long(plot: Plot) -> Planted:
    def longer(each: Filing) -> Filing:
        tasks = "".join(char for char in each.taskbook["plan.tasks"] if not char.isascii())
        return replace(each, taskbook={**each.taskbook, "plan.tasks": lengthened(tasks, 6000)})

    return Planted(plot.built(plot.everywhere(longer)), "taskbook")


@planting("F131")
def prompt_beside_an_answer(plot: Plot) -> Planted:
    key = plot.rng.choice([key for key in plot.profile.prompts if key != "ownership"])
    prompt, answer = plot.profile.prompts[key][0], plot.filing.show(key)
    raw = plot.rng.choice((f"{prompt}{answer}", f"{answer}\n{prompt}"))
    return Planted(reread(plot.night.with_reading(key, plot.reading(key, raw)), plot.profile), key)


@planting("F131")
def example_row_left(plot: Plot) -> Planted:
    paper = plot.night.subject.package.paper
    assert paper is not None
    row = Row("其他指标...", "", "", "")
    left = row_on_paper(row, plot.filing.directions[0], plot.filing.values["product"], 4, plot.profile)
    left = left.model_copy(update={"kind": RowKind.PLACEHOLDER})
    night = plot.night.with_paper(indicators=(*paper.indicators, left))
    return Planted(reread(night, plot.profile), "indicators", frozenset({"X102", "X202"}))


@planting("F131")
def prompt_in_the_task_book(plot: Plot) -> Planted:
    prompts = {part.heading: part.prompt for part in plot.profile.taskbook_sections if part.prompt}
    chosen = plot.rng.choice(sorted(prompts))

    def left(book: TaskBook) -> TaskBook:
        return book.model_copy(
            update={
                "sections": tuple(
                    each.model_copy(
                        update={"reading": seen(f"{prompts[chosen]}\n{each.text}", "text", plot.profile, page=5)}
                    )
                    if each.heading == chosen
                    else each
                    for each in book.sections
                )
            }
        )

    paper = plot.night.subject.package.paper
    assert paper is not None
    return Planted(plot.night.with_paper(taskbooks=tuple(left(book) for book in paper.taskbooks)), "taskbook")


@planting("F132")
def promise_left_out(plot: Plot) -> Planted:
    return commitment_changed(plot, {plot.rng.choice(plot.profile.commitment_text[2:]): ""})


@planting("F132")
def promise_softened(plot: Plot) -> Planted:
    changes = {"承担全部法律责任": "在合理范围内酌情承担相应的法律责任", "真实性负责": "真实性在一般注意义务范围内负责"}
    old = plot.rng.choice(sorted(changes))
    return commitment_changed(plot, {old: changes[old]})


def commitment_changed(plot: Plot, changes: Mapping[str, str]) -> Planted:
    """The commitment's page with words put in place of others, which may run over its lines."""
    pages = []
    for page in plot.night.subject.package.pages:
        if page.section is Section.COMMITMENT:
            lines = page.reading.lines
            text = "\n".join(line.text for line in lines)
            for old, new in changes.items():
                text = replaced_over_lines(text, old, new)
            told = tuple(
                line.model_copy(update={"text": part}) for line, part in zip(lines, text.split("\n"), strict=False)
            )
            page = page.model_copy(update={"reading": page.reading.model_copy(update={"lines": told})})
        pages.append(page)
    return Planted(plot.night.with_package(pages=tuple(pages)))


def replaced_over_lines(text: str, old: str, new: str) -> str:
    """The text with `old` replaced wherever lines break in it."""
    flat = text.replace("\n", "")
    start = flat.index(old)
    whole = flat[:start] + new + flat[start + len(old) :]
    lines = text.count("\n") + 1
    size = -(-len(whole) // lines)
    return "\n".join(whole[at : at + size] for at in range(0, len(whole), size))


def parts(plot: Plot) -> list[str]:
    """Ids of the task book's parts that must be there and filled."""
    return [part.id for part in plot.profile.taskbook_sections if not part.container]


@planting("F133")
def part_of_the_task_book_missing(plot: Plot) -> Planted:
    gone = plot.rng.choice(parts(plot))

    def without(each: Filing) -> Filing:
        return replace(each, taskbook={part: text for part, text in each.taskbook.items() if part != gone})

    return Planted(plot.built(plot.everywhere(without)), "taskbook")


@planting("F134")
def part_of_the_task_book_empty(plot: Plot) -> Planted:
    empty = plot.rng.choice(parts(plot))
    made = plot.everywhere(lambda each: replace(each, taskbook={**each.taskbook, empty: ""}))
    return Planted(plot.built(made), "taskbook")


@planting("F141")
def date_left_blank(plot: Plot) -> Planted:
    key = plot.rng.choice(("filing_date", "commitment_date"))
    paper = plot.filing.with_value(key, "")
    return Planted(plot.built(replace(plot.submission, paper=paper)))


@planting("F142")
def another_unit_named(plot: Plot) -> Planted:
    section = plot.rng.choice((Section.COVER, Section.TASKBOOK, Section.COMMITMENT))
    other = altered(plot.filing.values["applicant"], "applicant", plot.rng)
    said = mention("applicant", section, other, 1, plot.profile)
    return Planted(with_mention(plot.night, "applicant", section, said.reading), "applicant")


@planting("F143")
def another_product_named(plot: Plot) -> Planted:
    section = plot.rng.choice((Section.INDICATORS, Section.TASKBOOK))
    other = altered(plot.filing.values["product"], "product", plot.rng)
    said = mention("product", section, other, 4, plot.profile)
    return Planted(with_mention(plot.night, "product", section, said.reading), "product")


@planting("F144")
def day_that_is_none(plot: Plot) -> Planted:
    return dated(plot, f"2021年{plot.rng.choice(('2月30', '11月31', '13月5', '9月31'))}日")


@planting("F144")
def day_long_past(plot: Plot) -> Planted:
    month, day = plot.rng.randint(1, 12), plot.rng.randint(1, 28)
    written = plot.rng.choice((f"2020年{month}月{day}日", f"二〇二〇年{numeral(month)}月{numeral(day)}日"))
    return dated(plot, written)


@planting("F144")
def day_yet_to_come(plot: Plot) -> Planted:
    return dated(plot, f"2021年12月{plot.rng.randint(1, 31)}日")


def dated(plot: Plot, raw: str) -> Planted:
    """A date of the cover or the commitment as written."""
    key = plot.rng.choice(("filing_date", "commitment_date"))
    return Planted(plot.night.with_reading(key, plot.reading(key, raw)), follows=frozenset({"E111"}))


@planting("F145")
def another_representative_named(plot: Plot) -> Planted:
    key = "legal_representative"
    section = plot.rng.choice((Section.COMMITMENT, Section.TASKBOOK, Section.COVER))
    said = mention(key, section, altered(plot.filing.values[key], key, plot.rng), 1, plot.profile)
    return Planted(with_mention(plot.night, key, section, said.reading), key)


@planting("F146")
def task_book_promises_other_goals(plot: Plot) -> Planted | None:
    """One digit of a goal that the task book states under the indicator's name is another one."""
    goals = plot.filing.taskbook["plan.goal"]
    told = [f"{row.name}：{row.target}" for row in plot.filing.rows[:2] if single_number(row.target)]
    told = [each for each in told if each in goals]
    if not told:
        return None
    old = plot.rng.choice(told)
    at = next(index for index in range(old.index("：") + 1, len(old)) if old[index].isdigit())
    new = old[:at] + plot.rng.choice([digit for digit in "123456789" if digit != old[at]]) + old[at + 1 :]
    text = {**plot.filing.taskbook, "plan.goal": goals.replace(old, new)}
    return Planted(plot.built(plot.everywhere(lambda each: replace(each, taskbook=text))))


def single_number(text: str) -> bool:
    """Whether a goal is one number, and not a word like 支持."""
    digits = [char.isdigit() or char == "." for char in text]
    return sum(now and not before for before, now in zip([False, *digits], digits, strict=False)) == 1


@planting("F147")
def commitment_left_blank(plot: Plot) -> Planted:
    key = plot.rng.choice(PROMISES)
    return Planted(plot.night.with_reading(key, plot.reading(key, plot.rng.choice(("", "", "无", "/")))), key)


@planting("F151")
def part_larger_than_the_whole(plot: Plot) -> Planted:
    part, whole = plot.rng.choice(sorted(plot.profile.parts.items()))
    larger = plain(float(int(float(plot.filing.values[whole])) + plot.rng.randint(1, 900)))
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value(part, larger))), part)


@planting("F152")
def amount_in_yuan(plot: Plot) -> Planted:
    key = plot.rng.choice(AMOUNTS)
    yuan = plain(float(Decimal(plot.filing.values[key]) * FOUR_ZEROS))
    made: Submission = plot.everywhere(lambda each: each.with_value(key, yuan))
    follows = frozenset({"F151"}) if key == "ai_revenue" else frozenset[str]()
    if key in ("registered_capital", "ai_revenue") and Decimal(yuan) <= 10**7:
        return Planted(plot.built(plot.everywhere(lambda each: each.with_value(key, "23456789"))), key, follows)
    return Planted(plot.built(made), key, follows)
