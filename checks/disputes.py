"""Disputed readings: which readings of a package or a delivery are to be looked at again, and putting them back.

A path names a reading inside its record: `fields/uscc`, `mentions/3`, `indicators/2/target`,
`taskbooks/0/sections/4`, `evidence/1/owner`, `pages/2/printed`, `rows/0/applicant`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model.application import Application, TaskBook
from pipeline.model.evidence import Place, Reading
from pipeline.model.indicator import COLUMNS, Indicator
from pipeline.model.package import Delivery, EvidenceItem, Package
from pipeline.model.recommendation import RecommendationRow
from pipeline.model.record import Record

WORDS = ("title", "owner", "number", "valid_until")
"""What an evidence document tells in words, beside the readings of it."""


class Dispute(Record):
    """A reading that a would-be finding rests on; `spans` are the characters of its `raw` in question."""

    path: str
    reading: Reading
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Where to look again."""
        return self.reading.places


def readings_of(record: Package | Delivery) -> Iterator[tuple[str, Reading]]:
    """Every reading of a package's paper and evidence, or of a delivery's rows, with its path."""
    if isinstance(record, Delivery):
        for number, row in enumerate(record.rows):
            yield from ((f"rows/{number}/{key}", reading) for key, reading in row.cells)
        if record.recommender_reading is not None:
            yield "recommender", record.recommender_reading
        return
    if record.paper is not None:
        yield from _of_application(record.paper)
    for number, page in enumerate(record.pages):
        if page.printed is not None:
            yield f"pages/{number}/printed", page.printed
    for number, item in enumerate(record.evidence):
        yield from ((f"evidence/{number}/{key}", reading) for key, reading in item.places)


def _of_application(paper: Application) -> Iterator[tuple[str, Reading]]:
    yield from ((f"fields/{field.key}", field.reading) for field in paper.fields)
    yield from ((f"mentions/{number}", mention.reading) for number, mention in enumerate(paper.mentions))
    for number, row in enumerate(paper.indicators):
        for column in COLUMNS:
            reading = getattr(row, column)
            if reading is not None:
                yield f"indicators/{number}/{column}", reading
    for number, book in enumerate(paper.taskbooks):
        for place, section in enumerate(book.sections):
            if section.reading is not None:
                yield f"taskbooks/{number}/sections/{place}", section.reading


def replace_in_package(package: Package, looked: Mapping[str, Reading]) -> Package:
    """The package with readings replaced by path; unknown paths are ignored."""
    paper = package.paper and _replace_in_application(package.paper, looked)
    evidence = tuple(_evidence(item, f"evidence/{number}", looked) for number, item in enumerate(package.evidence))
    pages = tuple(
        page.model_copy(update={"printed": looked[key]}) if (key := f"pages/{number}/printed") in looked else page
        for number, page in enumerate(package.pages)
    )
    return package.model_copy(update={"paper": paper, "evidence": evidence, "pages": pages})


def replace_in_delivery(delivery: Delivery, looked: Mapping[str, Reading]) -> Delivery:
    """The delivery with readings of its rows replaced by path."""
    rows = tuple(
        RecommendationRow(cells=tuple((key, looked.get(f"rows/{number}/{key}", reading)) for key, reading in row.cells))
        for number, row in enumerate(delivery.rows)
    )
    named = looked.get("recommender", delivery.recommender_reading)
    recommender = named.text if "recommender" in looked and named is not None else delivery.recommender
    return delivery.model_copy(update={"rows": rows, "recommender_reading": named, "recommender": recommender})


def _replace_in_application(paper: Application, looked: Mapping[str, Reading]) -> Application:
    return paper.model_copy(
        update={
            "fields": tuple(
                field.model_copy(update={"reading": looked.get(f"fields/{field.key}", field.reading)})
                for field in paper.fields
            ),
            "mentions": tuple(
                mention.model_copy(update={"reading": looked.get(f"mentions/{number}", mention.reading)})
                for number, mention in enumerate(paper.mentions)
            ),
            "indicators": tuple(_row(row, f"indicators/{n}", looked) for n, row in enumerate(paper.indicators)),
            "taskbooks": tuple(_book(book, f"taskbooks/{n}", looked) for n, book in enumerate(paper.taskbooks)),
        }
    )


def _row(row: Indicator, path: str, looked: Mapping[str, Reading]) -> Indicator:
    return row.model_copy(update={column: looked.get(f"{path}/{column}", getattr(row, column)) for column in COLUMNS})


def _book(book: TaskBook, path: str, looked: Mapping[str, Reading]) -> TaskBook:
    sections = tuple(
        section.model_copy(update={"reading": looked[key], "text": looked[key].text})
        if (key := f"{path}/sections/{number}") in looked
        else section
        for number, section in enumerate(book.sections)
    )
    return book.model_copy(update={"sections": sections})


def _evidence(item: EvidenceItem, path: str, looked: Mapping[str, Reading]) -> EvidenceItem:
    fresh = {key: looked[name] for key, _ in item.places if (name := f"{path}/{key}") in looked}
    if not fresh:
        return item
    told: dict[str, object] = {key: reading.text for key, reading in fresh.items() if key in WORDS}
    if "year" in fresh:
        told["year"] = int(fresh["year"].text) if fresh["year"].text.isdigit() else None
    amounts = tuple((key, fresh[key].text if key in fresh else amount) for key, amount in item.amounts)
    places = tuple((key, fresh.get(key, reading)) for key, reading in item.places)
    return item.model_copy(update={**told, "amounts": amounts, "places": places})
