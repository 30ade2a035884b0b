"""Builds cases out of the tables in `tests/checks/tables`: what each witness says, and how surely paper was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.case import WHOLE_PAGE, Case, place_of
from extractors.levels import with_levels
from extractors.references import with_answers
from pipeline.model.application import Application, Field, Mention, TaskBook, TaskBookSection
from pipeline.model.care import ReleasedMark, WithheldFile
from pipeline.model.claim import Claim
from pipeline.model.document import FileKind, Format, Page, Section, SourceFile
from pipeline.model.evidence import Char, Reading, Source
from pipeline.model.indicator import COLUMNS, Indicator, IndicatorHead
from pipeline.model.package import Delivery, EvidenceItem, FileRecord, Package
from pipeline.model.recommendation import Receipt, RecommendationRow
from pipeline.model.text import Layer, Line
from pipeline.notices.profile import Profile, load_profile
from pipeline.values import normalise, word_count
from tests.bare_pages import bare_page

ALL_SECTIONS = ("cover", "form", "indicators", "taskbook", "commitment")
SCAN = "盖章件.pdf"
EXTRA_KINDS = {
    "recommender": "name", "filing_date": "date", "commitment_date": "date", "commitment_product": "product",
    "commitment_contact": "person", "commitment_phone": "mobile", "taskbook": "text",
}  # fmt: skip


def profile() -> Profile:
    return load_profile()


def build(table: Mapping[str, Any]) -> Case:
    """A package case from a table's entry."""
    paper = table.get("paper")
    package = Package(
        identity="成都市/成都某某科技有限公司",
        delivery="成都市",
        files=_files(table),
        withheld=tuple(WithheldFile(file=file, page=page) for file, page in table.get("withheld", {}).items()),
        released=tuple(
            ReleasedMark(file=file, page=page, who="王五", why="是制度名称")
            for file, page in table.get("released", {}).items()
        ),
        pages=(*_pages(table), *_document_pages(table)),
        paper=None if paper is None else _told(application(table, Source.PAPER, paper)),
        editable=(application(table, Source.EDITABLE, table["docx"]),) if "docx" in table else (),
        evidence=tuple(_document(number, said) for number, said in enumerate(table.get("evidence", ()), 1)),
        declared=tuple((item, reading("", "无", Source.PAPER)) for item in table.get("declared", ())),
    )
    online = application(table, Source.ONLINE, table["online"]) if "online" in table else None
    return Case(
        package,
        profile(),
        online=online,
        delivery=delivery(table["delivery"]) if "delivery" in table else None,
        holder=table.get("holder", ""),
    )


def _told(paper: Application) -> Application:
    """The paper with what its rows answer and say, as it is judged."""
    return with_levels(with_answers(paper, profile()), profile())


def application(table: Mapping[str, Any], source: Source, said: Mapping[str, Any]) -> Application:
    paper = source is Source.PAPER
    return Application(
        source=source,
        fields=tuple(
            Field(key=key, reading=reading(key, value, source)) for key, value in said.items() if key not in SPECIAL
        ),
        mentions=tuple(
            Mention(key=key, section=Section(section), reading=reading(key, value, source))
            for section, keys in (table.get("mentions", {}) if paper else {}).items()
            for key, value in keys.items()
        ),
        indicators=tuple(_indicator(row, source) for row in said.get("indicators", ())),
        indicator_head=_head(said) if paper else None,
        taskbooks=tuple(_taskbook(book, source) for book in said.get("taskbooks", ())),
        claims=_claims(said, table.get("claims", ())) if paper else (),
        number=said.get("number", "SC0001") if source is Source.ONLINE else None,
        submitted_at=said.get("submitted_at"),
        status=said.get("status", ""),
    )


SPECIAL = frozenset({"indicators", "head", "taskbooks", "number", "submitted_at", "status"})


def reading(key: str, said: Any, source: Source, kind: str | None = None) -> Reading:
    """A reading from `text`, or from {text, looks, unsure: [character numbers], layer: text, who: human}."""
    told = said if isinstance(said, dict) else {"text": said}
    text = told["text"]
    if isinstance(text, list):
        value: str | tuple[int, ...] = tuple(text)
        raw = "、".join(str(number) for number in text)
    else:
        raw = str(text)
        spec = profile().field(key)
        value = normalise(
            kind or (spec.kind if spec else EXTRA_KINDS.get(key, "text")), raw, spec.options if spec else ()
        )
    scanned = source is Source.PAPER and told.get("layer") != "text"
    looks = told.get("looks", 2)
    unsure = set(told.get("unsure", ()))
    return Reading(
        value=value,
        raw=raw,
        confidence=told.get("confidence", 1.0),
        source=Source.HUMAN if told.get("who") == "human" else source,
        places=(place_of(_page(1, Section.FORM)),) if source is Source.PAPER else (),
        chars=tuple(Char(text=char, confidence=0.99) for char in raw) if scanned else (),
        looks=looks,
        certain=tuple(index not in unsure for index in range(len(raw))) if scanned and looks > 1 else (),
    )


def delivery(said: Mapping[str, Any]) -> Delivery:
    rows = tuple(
        RecommendationRow(cells=tuple((key, reading(key, value, Source.PAPER, "text")) for key, value in row.items()))
        for row in said.get("rows", ())
    )
    return Delivery(
        name=said.get("name", "成都市"),
        recommender=said.get("recommender", ""),
        rows=rows,
        receipts=tuple(Receipt(**line) for line in said.get("receipts", ())),
        pages=tuple(_page(1, Section.RECOMMENDATION) for _ in range(said.get("pages", 1 if rows else 0))),
    )


def _head(said: Mapping[str, Any]) -> IndicatorHead | None:
    """The table's head from `head` {columns, others}; where rows are told without one, all columns."""
    if "head" not in said and not said.get("indicators"):
        return None
    told = said.get("head", {})
    return IndicatorHead(columns=told.get("columns", tuple(profile().indicator_columns)), others=told.get("others", ()))


def _indicator(row: Mapping[str, Any], source: Source) -> Indicator:
    cells = {column: reading(column, row[column], source, "cell") for column in COLUMNS if column in row}
    told = {key: row[key] for key in ("kind", "example_mark") if key in row}
    return Indicator(direction=row.get("direction"), product=row.get("product", ""), **cells, **told)


def _taskbook(book: Mapping[str, str], source: Source) -> TaskBook:
    sections = tuple(
        TaskBookSection(
            heading=heading, text=str(text["text"] if isinstance(text, dict) else text),
            words=word_count(str(text["text"] if isinstance(text, dict) else text))[0],
            reading=reading("taskbook", text, source, "text"),
        )
        for heading, text in book.items()
    )  # fmt: skip
    words = word_count("".join(section.text for section in sections))
    return TaskBook(words=words[0], characters=words[1], sections=sections)


def _document(number: int, said: Mapping[str, Any]) -> EvidenceItem:
    """A document from {item, kind, title, owner, year, valid_until, amounts, text}; each on a page of its own."""
    amounts = {key: _stated(value) for key, value in said.get("amounts", {}).items()}
    told = {key: _stated(said[key]) for key in ("owner", "year", "valid_until") if key in said}
    title = reading("", said.get("title", said.get("kind", "")), Source.PAPER)
    texts = {key: told[key].text for key in ("owner", "valid_until") if key in told}
    return EvidenceItem(
        item=said.get("item"), kind=said.get("kind", "其他"), file=SCAN, pages=(100 + number,), title=title.text,
        year=int(told["year"].text) if "year" in told else None, **texts,
        amounts=tuple((key, each.text) for key, each in amounts.items()),
        places=(("title", title), *told.items(), *amounts.items()),
    )  # fmt: skip


def _document_pages(table: Mapping[str, Any]) -> Iterator[Page]:
    """The pages of the documents whose text matters."""
    for number, said in enumerate(table.get("evidence", ()), 1):
        if "text" in said:
            yield _page(100 + number, Section.EVIDENCE, text=said["text"])


def _stated(said: Any) -> Reading:
    """A reading of a document from its value, or from {text, raw, looks, unsure}."""
    told = said if isinstance(said, dict) else {"text": said}
    made = reading("", {**told, "text": told.get("raw", told["text"])}, Source.PAPER, "text")
    return made.model_copy(update={"value": str(told["text"])})


def _claims(said: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> tuple[Claim, ...]:
    """Claims of the unit's profile from {kind, text, count, state, doubtful}."""
    told: Any = said.get("unit_profile", "")
    whole = told["text"] if isinstance(told, dict) else told
    made = []
    for claim in claims:
        start = whole.index(claim["text"])
        made.append(Claim(**{"field": "unit_profile", "start": start, "end": start + len(claim["text"]), **claim}))
    return tuple(made)


def _files(table: Mapping[str, Any]) -> tuple[FileRecord, ...]:
    told = table.get("files")
    if told is None:
        told = [{"path": SCAN}] if table.get("paper") is not None else []
    return tuple(_file(**entry) for entry in told)


def _file(path: str, problem: str = "", kind: str = "", form: str = "", lost: bool = False) -> FileRecord:
    suffix = {"docx": Format.WORD, "zip": Format.ARCHIVE, "doc": Format.LEGACY_WORD}.get(
        path.rsplit(".", 1)[-1], Format.PDF
    )
    source = SourceFile(path=path, sha256="0" * 64, size=1, format=suffix, location="", problem=problem)
    default = FileKind.UNREADABLE if problem else FileKind.EDITABLE if suffix is Format.WORD else FileKind.STAMPED
    return FileRecord(source=source, kind=kind or default, pages=1, lost=lost)


def _pages(table: Mapping[str, Any]) -> tuple[Page, ...]:
    sections = table.get("sections", ALL_SECTIONS if table.get("paper") is not None else ())
    printed, texts = table.get("numbers", {}), table.get("page_texts", {})
    read = tuple(
        _page(
            number,
            Section(section),
            printed=printed.get(number),
            text=texts.get(number, ""),
            personal=number in table.get("personal", ()),
        )
        for number, section in enumerate(sections, start=1)
    )
    unread = tuple(
        _page(len(read) + number, Section.OTHER, "页面图像损坏")
        for number in range(1, table.get("unread_pages", 0) + 1)
    )
    return read + unread


def _page(number: int, section: Section, unreadable: str = "", printed: Any = None, text: str = "",
          personal: bool = False) -> Page:  # fmt: skip
    lines = (Line(text=text, confidence=1.0, bbox=WHOLE_PAGE, layer=Layer.FULL),) if text else ()
    page = bare_page(number, unreadable=unreadable, lines=lines, personal=(WHOLE_PAGE,) if personal else ())
    number_read = None if printed is None else reading("page", printed, Source.PAPER, "text")
    return Page(file=SCAN, sha256="0" * 64, reading=page, section=section, printed=number_read)
