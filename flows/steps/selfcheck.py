"""An applicant's own look before printing: the document, and the filing beside it, judged by the same rules."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from checks.case import Case
from checks.pairing import pair_rows
from checks.paperless import judge_document
from flows.steps.inputs import read_filings
from pipeline.errors import UnreadableInput, UsageProblem
from pipeline.intake import match_packages
from pipeline.intake.formats import identify
from pipeline.intake.legacy import to_docx
from pipeline.model.application import Application
from pipeline.model.document import Format
from pipeline.model.evidence import Cell, Reading
from pipeline.model.finding import Outcome, Severity, Verdict
from pipeline.model.indicator import COLUMNS, Indicator
from pipeline.model.package import Package
from pipeline.model.record import Record
from pipeline.notices.profile import Profile
from pipeline.reports.catalogue_words import catalogue_words

SECRET = "文件“{name}”带有“{word}”标志：请停止处理，交{officer}处置，不要上传、复制或转发"
ROWS, LOST = "indicators", "lost"
"""The field of verdicts on rows of the indicator table; how the subject begins of a row that only the filing has."""
ROW = re.compile(r"([a-z_]+)[@#](\d+)")
"""How a verdict's subject names a row."""


class Remark(Record):
    """Something to mend or to look at; `severity` None = could not be told. `document`, `filing`: where it stands."""

    code: str
    severity: Severity | None
    message: str
    document: tuple[Cell, ...] = ()
    filing: tuple[Cell, ...] = ()


class SelfCheck(Record):
    """What was found; `filing` is the matched filing's number, None where none was given or none matched."""

    applicant: str
    product: str
    filing: str | None
    remarks: tuple[Remark, ...]


def self_check(path: Path, online: Path | None, profile: Profile) -> SelfCheck:
    """Hold a document against the notice, and against the filing where one is given.

    Raises:
        UsageProblem: The document can't be opened, is no application or bears a secrecy mark; or filings are unusable.
    """
    filings = _filings(online, profile) if online else ()
    document = _document(path, profile)
    filed = match_packages({path.name: document}, filings)[path.name]
    case = Case(Package(identity=path.name, delivery="", paper=document), profile, online=filed)
    judgement = judge_document(case, filings_given=online is not None)
    if judgement.faults:
        raise RuntimeError(judgement.faults[0].message)
    severities = {finding.id: finding.severity for finding in judgement.findings}
    standing = _once(each for each in judgement.verdicts if each.outcome in (Outcome.FAILED, Outcome.UNDECIDED))
    remarks = (_remark(_named(each, profile), severities.get(each.id), document, filed) for each in standing)
    return SelfCheck(
        applicant=document.text("applicant"),
        product=document.text("product"),
        filing=filed.number if filed else None,
        remarks=tuple(sorted(remarks, key=_rank)),
    )


def _filings(path: Path, profile: Profile) -> tuple[Application, ...]:
    if not path.exists():
        raise UsageProblem(f"网上申报数据不存在：{path}")
    filings, _ = read_filings(path, profile)
    return filings


def _document(path: Path, profile: Profile) -> Application:
    """The document's Application with what its rows answer and say, as paper is judged."""
    if not path.is_file():
        raise UsageProblem(f"文件不存在：{path}")
    try:
        with tempfile.TemporaryDirectory(prefix="heyan-") as work:
            document = _read(_as_docx(path, Path(work)), path.name, profile)
    except (UnreadableInput, OSError) as problem:
        raise UsageProblem(f"{path.name}：{problem}") from problem
    if document is None:
        raise UsageProblem(f"{path.name} 里没有找到申报表，不是申报书")
    return document


def _as_docx(path: Path, work: Path) -> Path:
    """The file itself, or made into a .docx by LibreOffice in `work`.

    Raises:
        UnreadableInput: It is no Word document, or can't be converted.
    """
    kind, problem = identify(path)
    if problem or kind not in (Format.WORD, Format.LEGACY_WORD):
        raise UnreadableInput(problem or "不是 Word 或 WPS 文档")
    if kind is Format.WORD:
        return path
    to_docx(path, work / "申报书.docx")
    return work / "申报书.docx"


def _read(path: Path, name: str, profile: Profile) -> Application | None:
    from extractors.editable import paragraphs_of, read_editable
    from extractors.levels import with_levels
    from extractors.references import with_answers
    from extractors.secrecy import mark_of_texts

    word = mark_of_texts(paragraphs_of(path), profile.care.marks)
    if word is not None:
        raise UsageProblem(SECRET.format(name=name, word=word, officer=profile.care.officer))
    document = read_editable(path, name, profile)
    return None if document is None else with_levels(with_answers(document, profile), profile)


def _once(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """The verdicts; of what could not be told of a box, what was said first."""
    open_boxes: set[str] = set()
    for verdict in verdicts:
        if verdict.outcome is Outcome.UNDECIDED and verdict.field == verdict.subject:
            if verdict.field in open_boxes:
                continue
            open_boxes.add(verdict.subject)
        yield verdict


def _named(verdict: Verdict, profile: Profile) -> Verdict:
    """A verdict that could not be told, with the name of what it is about in its message."""
    name = catalogue_words(profile).subject(verdict.subject)
    if verdict.outcome is Outcome.FAILED or name in verdict.message:
        return verdict
    return verdict.model_copy(update={"message": f"{name}：{verdict.message}"})


def _rank(remark: Remark) -> tuple[int, str, str]:
    severities = list(Severity)
    return (severities.index(remark.severity) if remark.severity else len(severities)), remark.code, remark.message


def _remark(verdict: Verdict, severity: Severity | None, document: Application, filed: Application | None) -> Remark:
    other = filed if verdict.code.startswith("X") else None
    return Remark(
        code=verdict.code,
        severity=severity if verdict.outcome is Outcome.FAILED else None,
        message=verdict.message,
        document=_cells(verdict, document, _row(verdict, document)),
        filing=_cells(verdict, other, _filed_row(verdict, document, other)) if other else (),
    )


def _row(verdict: Verdict, document: Application) -> Indicator | None:
    """The document's row that a verdict is about (`current@2`, `row@2`, `indicators#2`)."""
    column, number = _numbered(verdict)
    there = column != LOST and 0 < number <= len(document.indicators)
    return document.indicators[number - 1] if there else None


def _filed_row(verdict: Verdict, document: Application, filed: Application) -> Indicator | None:
    """The filing's row: the one of the same name, or, where the document has none (`lost@2`), by its own number."""
    column, number = _numbered(verdict)
    place = number - 1 if column == LOST else pair_rows(document.indicators, filed.indicators).get(number - 1, -1)
    return filed.indicators[place] if 0 <= place < len(filed.indicators) else None


def _numbered(verdict: Verdict) -> tuple[str, int]:
    """Column and number of a row in a verdict's subject; 0 where it names none."""
    found = ROW.fullmatch(verdict.subject) if verdict.field == ROWS else None
    return (found[1], int(found[2])) if found else ("", 0)


def _cells(verdict: Verdict, witness: Application, row: Indicator | None) -> tuple[Cell, ...]:
    """Where a witness has what a verdict is about: the row's cell or name, the section, or the box."""
    readings = (*_of_row(verdict, row), *_of_section(verdict, witness), *_of_box(verdict, witness))
    return next((reading.cells for reading in readings if reading.cells), ())


def _of_row(verdict: Verdict, row: Indicator | None) -> Iterator[Reading]:
    if row is not None:
        column, _ = _numbered(verdict)
        cell = getattr(row, column) if column in COLUMNS else None
        yield from (each for each in (cell, row.name) if each is not None)


def _of_section(verdict: Verdict, witness: Application) -> Iterator[Reading]:
    """A task book's section."""
    if verdict.field == "taskbook":
        sections = (section for book in witness.taskbooks for section in book.sections)
        yield from (each.reading for each in sections if each.reading and each.heading in verdict.message)


def _of_box(verdict: Verdict, witness: Application) -> Iterator[Reading]:
    reading = witness.get(verdict.field or verdict.subject)
    if reading is not None:
        yield reading
