"""Which outcomes each code is seen to have: in the tables, on seals, and on records with and without defects, in doubt.

Nothing is listed by hand: tables are read (their own tests hold them to what they say), records are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from checks.case import RunCase
from checks.engine import judge
from pipeline.model.application import Application
from pipeline.model.document import Page
from pipeline.model.evidence import Reading
from pipeline.model.package import Delivery, Package
from pipeline.notices.profile import load_profile
from tests.accuracy.rules import outcomes
from tests.accuracy.rules.night import Night, Told, file_of, judged
from tests.accuracy.rules.plot import cases, clean_night

HERE = Path(__file__).parent
Seen = tuple[str, str]
"""A code and an outcome."""
NOTICES = ("于11月15日（星期一）前提交", "于11月31日（星期五）前提交")
"""One whose day of the week is right, one whose day does not exist."""


def in_tables() -> Iterator[Seen]:
    """What the tables of rules and of seals say that rules say."""
    files = (*sorted((HERE / "tables").glob("*.yaml")), HERE / "seals" / "cases.yaml")
    for file in files:
        yield from ((entry["rule"], entry["outcome"]) for entry in yaml.safe_load(file.read_text("utf-8")))


def on_records(codes: set[str]) -> Iterator[Seen]:
    """What rules say of these codes on a clean record, on one with each defect, and on these in every kind of doubt."""
    clean = clean_night(0)
    yield from _of(judged(clean))
    yield from _of(judged(replace(clean, winners=None)))
    for code, ways in outcomes.planters().items():
        for case in cases(code, ways, len(ways), seed=1) if code in codes else ():
            night = case.planted.night
            yield from _of(judged(night))
            for doubt in DOUBTS:
                yield from _of(judged(doubt(night)))


def of_notices(folder: Path) -> Iterator[Seen]:
    """What is said of notices that name days of the week."""
    for number, text in enumerate(NOTICES):
        own = folder / str(number)
        own.mkdir()
        (own / "profile.yaml").write_text("base: jiebang-2021\n", encoding="utf-8")
        (own / "notice.txt").write_text(text, encoding="utf-8")
        yield from ((each.code, each.outcome.value) for each in judge(RunCase(load_profile(str(own)))).verdicts)


def _of(told: Told) -> Iterator[Seen]:
    yield from ((each.code, each.outcome.value) for each in told.verdicts)
    yield from ((each.code, "failed") for each in told.findings)


def unsure(night: Night) -> Night:
    """Every character on paper left in doubt by the looks at it."""
    handed = replace(night.subject, package=_unsure_package(night.subject.package))
    return replace(night, handed=(handed, *night.handed[1:]), deliveries=tuple(map(_unsure_delivery, night.deliveries)))


def with_unread_page(night: Night) -> Night:
    """A page more, which shows nothing."""
    pages = night.subject.package.pages
    return night.with_package(pages=(*pages, _dark(pages[-1], len(pages) + 1))) if pages else night


def with_unread_file(night: Night) -> Night:
    """A file more, in package and delivery, which does not open."""
    package, delivery = night.subject.package, night.deliveries[0]
    made = night.with_package(files=(*package.files, file_of("附件.zip", "压缩包已损坏。")))
    return made.with_delivery(files=(*delivery.files, file_of("附件.zip", "压缩包已损坏。")))


def with_lost_file(night: Night) -> Night:
    """A file that the program did not get to."""
    lost = file_of("附件.pdf", "未能打开").model_copy(update={"lost": True})
    return night.with_package(files=(*night.subject.package.files, lost))


def with_page_in_doubt(night: Night) -> Night:
    """A page more of the delivery's table, which shows nothing."""
    pages = night.deliveries[0].pages
    return night.with_delivery(pages=(*pages, _dark(pages[-1], 2))) if pages else night


def not_found(night: Night) -> Night:
    """None of the boxes on paper, and none of the table's cells, was found."""
    made = night.with_paper(fields=(), indicators=(), indicator_head=None, mentions=())
    rows = tuple(row.model_copy(update={"cells": row.cells[1:2]}) for row in night.deliveries[0].rows)
    return made.with_delivery(rows=rows)


def nameless(night: Night) -> Night:
    """Another package whose unit was not read and that no filing was found for."""
    other = night.handed[1].package
    paper = other.paper.model_copy(update={"fields": ()}) if other.paper else None
    package = other.model_copy(update={"identity": f"{other.identity}（二）", "paper": paper, "files": ()})
    return replace(night, handed=(*night.handed, replace(night.handed[1], package=package, online=None)))


def in_one_folder(night: Night) -> Night:
    """All packages in the judged one's delivery."""
    name = night.subject.package.delivery
    moved = (replace(each, package=each.package.model_copy(update={"delivery": name})) for each in night.handed)
    return replace(night, handed=tuple(moved))


DOUBTS: tuple[Callable[[Night], Night], ...] = (
    unsure, with_unread_page, with_unread_file, with_lost_file, with_page_in_doubt, not_found, nameless,
    in_one_folder,
)  # fmt: skip


def _dark(page: Page, number: int) -> Page:
    shows = {"page": number, "unreadable": "图像过暗", "lines": ()}
    return page.model_copy(update={"reading": page.reading.model_copy(update=shows)})


def _unsure_package(package: Package) -> Package:
    evidence = tuple(
        item.model_copy(update={"places": tuple((key, _unsure(reading)) for key, reading in item.places)})
        for item in package.evidence
    )
    pages = tuple(
        page.model_copy(update={"printed": _unsure(page.printed)}) if page.printed else page for page in package.pages
    )
    paper = _unsure_paper(package.paper) if package.paper else None
    return package.model_copy(update={"paper": paper, "evidence": evidence, "pages": pages})


def _unsure_paper(paper: Application) -> Application:
    def again(each: Any) -> Any:
        return each.model_copy(update={"reading": _unsure(each.reading)}) if each.reading else each

    rows = tuple(
        row.model_copy(
            update={key: _unsure(cell) for key in ("name", "current", "target", "note") if (cell := getattr(row, key))}
        )
        for row in paper.indicators
    )
    books = tuple(
        book.model_copy(update={"sections": tuple(again(part) for part in book.sections)}) for book in paper.taskbooks
    )
    fields, mentions = tuple(map(again, paper.fields)), tuple(map(again, paper.mentions))
    return paper.model_copy(update={"fields": fields, "mentions": mentions, "indicators": rows, "taskbooks": books})


def _unsure_delivery(delivery: Delivery) -> Delivery:
    rows = tuple(
        row.model_copy(update={"cells": tuple((key, _unsure(reading)) for key, reading in row.cells)})
        for row in delivery.rows
    )
    return delivery.model_copy(update={"rows": rows})


def _unsure(reading: Reading) -> Reading:
    return reading.model_copy(update={"certain": (False,) * len(reading.raw), "confidence": 0.4})
