"""What each witness of an application says, as a record: paper read surely, the editable copy, the online filing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from extractors.claims import with_claims
from extractors.references import with_answers
from pipeline.intake.filing import Filed, application, indicator_row
from pipeline.model.application import Application, Field, Mention, TaskBook, TaskBookSection
from pipeline.model.document import Section
from pipeline.model.evidence import Cell, Char, Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.model.indicator import Indicator, IndicatorHead
from pipeline.notices.profile import Profile
from pipeline.values import normalise, word_count
from samples.filing import Filing, Row
from samples.online import ONLINE_KEYS, record
from samples.printing.layout import Layout

SCAN = "盖章件.pdf"
SURE = 0.999
TICKED = ("choice", "yesno", "directions")
"""Kinds whose readings have no characters: a tick was seen."""
OTHER_KINDS = {
    "recommender": "name", "filing_date": "date", "commitment_date": "date", "commitment_product": "product",
    "commitment_contact": "person", "commitment_phone": "mobile",
}  # fmt: skip
COMMITMENT = ("commitment_product", "commitment_contact", "commitment_phone", "commitment_date")
HAN = "〇一二三四五六七八九"

Pages = Mapping[Section, int]
"""The first page of each section."""


def kind_of(key: str, profile: Profile) -> str:
    """The kind of value that a key holds."""
    spec = profile.field(key)
    return spec.kind if spec else OTHER_KINDS.get(key, "text")


def on_page(number: int, y: float = 0.5) -> Place:
    """A line's place on a page of the scan."""
    return Place(file=SCAN, page=number, bbox=BBox(0.2, y, 0.8, y + 0.02))


@cache
def sure_char(char: str) -> Char:
    """A character that was surely read."""
    return Char(text=char, confidence=SURE)


def seen(raw: str, kind: str, profile: Profile, key: str = "", page: int = 1) -> Reading:
    """What a reader made of a place on paper after its second look, surely."""
    spec = profile.field(key)
    value: str | tuple[int, ...] = normalise(kind, raw, spec.options if spec else ())
    written = kind not in TICKED
    return Reading(
        value=value,
        raw=raw,
        confidence=SURE,
        source=Source.PAPER,
        places=(on_page(page),),
        chars=tuple(map(sure_char, raw)) if written else (),
        looks=2,
        certain=(True,) * len(raw) if written else (),
    )


def seen_directions(numbers: tuple[int, ...], raw: str, page: int) -> Reading:
    """Directions as ticked or named on paper."""
    return Reading(value=numbers, raw=raw, confidence=SURE, source=Source.PAPER, places=(on_page(page),), looks=2)


def paper_of(filing: Filing, layout: Layout, pages: Pages, profile: Profile) -> Application:
    """The stamped copy as read; what stands in sections that are not in `pages` was not found."""
    paper = Application(
        source=Source.PAPER,
        fields=tuple(_paper_fields(filing, layout, pages, profile)),
        mentions=tuple(_mentions(filing, layout, pages, profile)),
        indicators=_rows(filing, pages[Section.INDICATORS], profile) if Section.INDICATORS in pages else (),
        indicator_head=IndicatorHead(columns=tuple(profile.indicator_columns)) if Section.INDICATORS in pages else None,
        taskbooks=(_book(filing, profile, pages[Section.TASKBOOK]),) if Section.TASKBOOK in pages else (),
    )
    return with_claims(with_answers(paper, profile), profile)


def _paper_fields(filing: Filing, layout: Layout, pages: Pages, profile: Profile) -> Iterator[Field]:
    if Section.FORM in pages:
        page = pages[Section.FORM]
        for spec in profile.fields:
            if spec.key == "directions":
                yield Field(key=spec.key, reading=seen_directions(filing.directions, "", page))
            else:
                yield Field(key=spec.key, reading=seen(filing.show(spec.key), spec.kind, profile, spec.key, page))
    if Section.COVER in pages:
        page, day = pages[Section.COVER], filing.filed_on
        yield Field(key="recommender", reading=seen(filing.recommender, "name", profile, page=page))
        written = f"{day.year}年{day.month}月{day.day}日" if filing.values["filing_date"] else "年月日"
        yield Field(key="filing_date", reading=_dated(written, page, profile))
    if Section.COMMITMENT in pages:
        page = pages[Section.COMMITMENT]
        for key in COMMITMENT[:-1]:
            yield Field(key=key, reading=seen(filing.show(key), OTHER_KINDS[key], profile, page=page))
        written = _signed_on(filing, layout) if filing.values["commitment_date"] else "二〇二一年月日"
        yield Field(key="commitment_date", reading=_dated(written, page, profile))


def _dated(raw: str, page: int, profile: Profile) -> Reading:
    reading = seen(raw, "date", profile, page=page)
    blank = not any(char.isdigit() for char in raw) and raw.endswith("年月日")
    return reading.model_copy(update={"value": ""}) if blank else reading


def _signed_on(filing: Filing, layout: Layout) -> str:
    day = filing.committed_on
    if layout.date_style == "chinese":
        return f"二〇二一年{numeral(day.month)}月{numeral(day.day)}日"
    return f"二〇二一年{day.month}月{day.day}日" if layout.date_style == "mixed" else f"{day:%Y年%m月%d日}"


def numeral(number: int) -> str:
    """1 to 31 as Chinese dates write it."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{HAN[tens]}十")
    return head + (HAN[ones] if ones else "")


def _mentions(filing: Filing, layout: Layout, pages: Pages, profile: Profile) -> Iterator[Mention]:
    names = {direction.number: direction.name for direction in profile.directions}
    told = "、".join(names[number] for number in filing.directions)
    if Section.COVER in pages:
        page = pages[Section.COVER]
        yield mention("applicant", Section.COVER, filing.show("applicant"), page, profile)
        yield Mention(key="directions", section=Section.COVER, reading=seen_directions(filing.directions, told, page))
    if Section.INDICATORS in pages:
        page = pages[Section.INDICATORS]
        yield mention("product", Section.INDICATORS, filing.show("product"), page, profile)
        yield Mention(
            key="directions", section=Section.INDICATORS, reading=seen_directions(filing.directions, told, page)
        )
    if Section.COMMITMENT in pages and layout.named_commitment:
        yield mention("applicant", Section.COMMITMENT, filing.show("applicant"), pages[Section.COMMITMENT], profile)


def mention(key: str, section: Section, raw: str, page: int, profile: Profile) -> Mention:
    """Another place on paper where a key stands."""
    return Mention(key=key, section=section, reading=seen(raw, kind_of(key, profile), profile, key, page))


def _rows(filing: Filing, page: int, profile: Profile) -> tuple[Indicator, ...]:
    return tuple(
        row_on_paper(row, filing.directions[0], filing.values["product"], page, profile) for row in filing.rows
    )


def row_on_paper(row: Row, direction: int, product: str, page: int, profile: Profile) -> Indicator:
    """A row of the table as read."""
    cells = {key: seen(getattr(row, key), "text", profile, page=page) for key in ("name", "current", "target", "note")}
    return Indicator(direction=direction, product=product, place=on_page(page), **cells)


def _book(filing: Filing, profile: Profile, page: int | None) -> TaskBook:
    """The task book; of the editable copy, which has no pages, without readings of its parts."""
    sections = tuple(
        book_section(part.heading, filing.taskbook[part.id], page, profile)
        for part in profile.taskbook_sections
        if part.id in filing.taskbook
    )
    return book_of(sections)


def book_section(heading: str, text: str, page: int | None, profile: Profile) -> TaskBookSection:
    """A headed part of a task book."""
    reading = seen(text, "text", profile, page=page) if page is not None else None
    return TaskBookSection(
        heading=heading,
        text=normalise("text", text),
        words=word_count(text)[0],
        places=(on_page(page),) if page is not None else (),
        reading=reading,
    )


def book_of(sections: tuple[TaskBookSection, ...]) -> TaskBook:
    """A task book of these parts, its words counted."""
    words, characters = word_count("".join(section.text for section in sections))
    return TaskBook(words=words, characters=characters, sections=sections)


def copy_of(filing: Filing, profile: Profile) -> Application:
    """The editable copy as it is read."""
    fields = [
        Field(
            key=spec.key,
            reading=Reading(
                value=filing.directions
                if spec.key == "directions"
                else normalise(spec.kind, filing.show(spec.key), spec.options),
                raw=filing.show(spec.key),
                source=Source.EDITABLE,
            ),
        )
        for spec in profile.fields
    ]
    rows = tuple(
        Indicator(
            direction=filing.directions[0],
            product=filing.values["product"],
            **{
                key: Reading(value=normalise("text", getattr(row, key)), raw=getattr(row, key), source=Source.EDITABLE)
                for key in ("name", "current", "target", "note")
            },
        )
        for row in filing.rows
    )
    copy = Application(
        source=Source.EDITABLE, fields=tuple(fields), indicators=rows, taskbooks=(_book(filing, profile, None),)
    )
    return with_answers(copy, profile)


def filed(filing: Filing, profile: Profile) -> Application:
    """The online filing, as intake makes it of the export's cells."""
    heads = dict(ONLINE_KEYS)
    told = record(filing, profile)
    values = {key: Filed(str(told[key]), _cell(key), heads[key]) for key in heads}
    rows = []
    for number, row in enumerate(filing.rows):
        cells = {key: getattr(row, key) for key in ("name", "current", "target", "note")}
        texts = {"no": filing.number, "product": filing.values["product"], **cells}
        made = indicator_row({key: Filed(text, _cell(f"{key}{number}")) for key, text in texts.items()}, profile)
        if made is not None:
            rows.append(made.indicator)
    return with_answers(application(values, tuple(rows), "online.xlsx", profile), profile)


def _cell(name: str) -> Cell:
    return Cell(file="online.xlsx", sheet="申报项目", cell=name)
