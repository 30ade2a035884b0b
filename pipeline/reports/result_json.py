"""Results as the documents of the contract: every key there, empty where nothing was filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.model.application import Application, TaskBook
from pipeline.model.document import Page
from pipeline.model.evidence import Place, Reading
from pipeline.model.finding import Conclusion, Fault, Finding, Outcome, Severity, Verdict
from pipeline.model.indicator import COLUMNS, Indicator
from pipeline.model.package import DeliveryResult, EvidenceItem, FileRecord, Result
from pipeline.model.recommendation import COLUMNS as ROW_COLUMNS
from pipeline.model.recommendation import Receipt, RecommendationRow
from pipeline.model.run import RunRecord
from pipeline.model.seal import PageRef, Seal, Seam, Signature

CONTRACT = 1
CONFIDENCE_DECIMALS = 4
MILLIMETRE_DECIMALS = 1

Document = dict[str, Any]

_SEVERITIES = tuple(Severity)
_OUTCOMES = tuple(Outcome)


def result_document(result: Result) -> Document:
    """result.json of a package."""
    package = result.package
    paper = package.paper
    failed = result.conclusion == Conclusion.FAILED
    return {
        "contract": CONTRACT,
        "package": package.identity,
        "status": "failed" if failed else "ok",
        "error": result.error,
        "verdict": result.conclusion,
        "recommender": package.recommender,
        "online_no": result.online.number if result.online else None,
        "files": [_file(file) for file in sorted(package.files, key=lambda file: file.source.path)],
        "pages": [_page(page) for page in package.pages],
        "fields": _fields(paper),
        "mentions": [
            {"key": mention.key, "section": mention.section.value, **_mentioned(mention.reading)}
            for mention in (paper.mentions if paper else ())
        ],
        "witnesses": {
            "online": _witness(result.online, filed=True),
            "editable": _witness(next(iter(package.editable), None)),
        },
        "indicators": [_indicator(row) for row in (paper.indicators if paper else ())],
        "taskbooks": [_taskbook(book) for book in (paper.taskbooks if paper else ())],
        "seals": [_seal(seal) for seal in package.seals],
        "seams": [_seam(seam) for seam in package.seams],
        "signatures": [_signature(signature) for signature in package.signatures],
        "evidence": [_evidence_item(item) for item in package.evidence],
        **_judged(result.verdicts, result.findings),
        "faults": _faults(result.faults),
    }


def delivery_document(result: DeliveryResult) -> Document:
    """delivery.json of a delivery."""
    delivery = result.delivery
    return {
        "contract": CONTRACT,
        "delivery": delivery.name,
        "recommender": delivery.recommender,
        "files": [_file(file) for file in sorted(delivery.files, key=lambda file: file.source.path)],
        "rows": [_row(row) for row in delivery.rows],
        "receipts": [_receipt(receipt) for receipt in delivery.receipts],
        "pages": [_page(page) for page in delivery.pages],
        "seals": [_seal(seal) for seal in delivery.seals],
        **_judged(result.verdicts, result.findings),
        "faults": _faults(result.faults),
    }


def run_document(run: RunRecord) -> Document:
    """run.json; all but `seconds` and `stages` is the same for the same input."""
    return {
        "contract": CONTRACT,
        "seconds": round(run.seconds, 2),
        "pages": run.pages,
        "packages": run.packages,
        "failed": run.failed,
        "stages": {**{stage: round(seconds, 2) for stage, seconds in run.stages}, "x_cache_hits": run.cache_hits},
        "versions": dict(sorted(run.versions)),
        **_judged(run.verdicts, run.findings),
        "faults": _faults(run.faults),
    }


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as they are shown: worst first, then by code, field and subject."""
    return sorted(
        findings,
        key=lambda found: (
            _SEVERITIES.index(found.severity), found.code, found.field or "", found.subject, found.id,
        ),
    )  # fmt: skip


def worst_outcomes(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> dict[str, str]:
    """`checks{}`: each code's worst outcome; a finding without a verdict of its own (Q102) tells of doubt."""
    worst: dict[str, Outcome] = {}
    told = [(verdict.code, verdict.outcome) for verdict in verdicts]
    own = {verdict.code for verdict in verdicts}
    told += [(finding.code, Outcome.UNDECIDED) for finding in findings if finding.code not in own]
    for code, outcome in told:
        worst[code] = min(worst.get(code, outcome), outcome, key=_OUTCOMES.index)
    return {code: worst[code].value for code in sorted(worst)}


def _judged(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> Document:
    listed = sorted(verdicts, key=lambda verdict: (verdict.code, verdict.subject, verdict.id))
    return {
        "verdicts": [_verdict(verdict) for verdict in listed],
        "checks": worst_outcomes(verdicts, findings),
        "findings": [_finding(finding) for finding in in_order(findings)],
    }


def _verdict(verdict: Verdict) -> Document:
    return {
        "id": verdict.id,
        "code": verdict.code,
        "subject": verdict.subject,
        "outcome": verdict.outcome.value,
        "message": verdict.message,
        "expected": verdict.expected,
        "found": verdict.found,
        "places": _places(verdict.places),
    }


def _finding(finding: Finding) -> Document:
    return {
        "id": finding.id,
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "subject": finding.subject,
        "message": finding.message,
        "basis": finding.basis,
        "expected": finding.expected,
        "found": finding.found,
        "evidence": _places(finding.evidence),
    }


def _faults(faults: Iterable[Fault]) -> list[Document]:
    listed = sorted(faults, key=lambda fault: (fault.stage, fault.subject, fault.message))
    return [{"stage": fault.stage, "subject": fault.subject, "message": fault.message} for fault in listed]


def _file(file: FileRecord) -> Document:
    return {"path": file.source.path, "sha256": file.source.sha256, "pages": file.pages, "kind": str(file.kind)}


def _page(page: Page) -> Document:
    return {
        "file": page.file,
        "page": page.page,
        "section": page.section.value,
        "rotation": page.reading.rotation,
        "source": page.reading.source.value,
        "width": page.reading.width,
        "height": page.reading.height,
    }


def _place(place: Place) -> Document:
    return {"file": place.file, "page": place.page, "bbox": list(place.bbox.rounded())}


def _places(places: Iterable[Place]) -> list[Document]:
    return [_place(place) for place in places]


def _where(place: Place | None) -> Document:
    return _place(place) if place else {"file": None, "page": None, "bbox": None}


def _reference(page: PageRef) -> Document:
    return {"file": page.file, "page": page.page}


def _plain(reading: Reading) -> str | list[int]:
    return reading.value if isinstance(reading.value, str) else list(reading.value)


def _mentioned(reading: Reading) -> Document:
    return {
        "value": _plain(reading),
        "raw": reading.raw,
        "confidence": _confidence(reading),
        "places": _places(reading.places),
    }


def _field(reading: Reading) -> Document:
    return {
        "value": _plain(reading),
        "raw": reading.raw,
        "confidence": _confidence(reading),
        "source": reading.source.value,
        **_where(next(iter(reading.places), None)),
        "places": _places(reading.places),
        "readings": [
            {
                "reader": variant.reader,
                "layer": variant.layer,
                "text": variant.text,
                "confidence": round(variant.confidence, CONFIDENCE_DECIMALS),
            }
            for variant in reading.variants
        ],
    }


def _fields(paper: Application | None) -> Document:
    listed = sorted(paper.fields, key=lambda field: field.key) if paper else []
    return {field.key: _field(field.reading) for field in listed}


def _witness(application: Application | None, filed: bool = False) -> Document:
    if application is None:
        return {}
    submitted = application.submitted_at
    filing: Document = {
        "no": application.number,
        "submitted_at": submitted.isoformat(" ", "seconds") if submitted else None,
        "status": application.status,
    }
    values = {field.key: _plain(field.reading) for field in sorted(application.fields, key=lambda field: field.key)}
    if application.taskbooks and "taskbook" not in values:
        values["taskbook"] = "\n".join(_whole_text(book) for book in application.taskbooks)
    rows = [_indicator_values(row) for row in application.indicators]
    return {**(filing if filed else {}), **values, "indicators": rows}


def _whole_text(book: TaskBook) -> str:
    return "\n".join(f"{section.heading}\n{section.text}".strip() for section in book.sections)


def _indicator_values(row: Indicator) -> Document:
    cells = {column: _indicator_cell(row, column) for column in COLUMNS}
    return {
        "direction": row.direction,
        "product": row.product,
        **{column: cell.text if cell else None for column, cell in cells.items()},
    }


def _indicator_cell(row: Indicator, column: str) -> Reading | None:
    cell: Reading | None = getattr(row, column)
    return cell


def _indicator(row: Indicator) -> Document:
    cells = {column: _indicator_cell(row, column) for column in COLUMNS}
    return {
        **_indicator_values(row),
        **_where(row.place or next(iter(row.name.places), None)),
        "cells": {
            column: {"confidence": _confidence(cell), "bbox": _where(next(iter(cell.places), None))["bbox"]}
            for column, cell in cells.items()
            if cell is not None
        },
    }


def _taskbook(book: TaskBook) -> Document:
    return {
        "direction": book.direction,
        "product": book.product,
        "words": book.words,
        "characters": book.characters,
        "places": _places(book.places),
        "sections": [
            {"heading": section.heading, "words": section.words, "places": _places(section.places)}
            for section in book.sections
        ],
    }


def _seal(seal: Seal) -> Document:
    mark = seal.mark
    return {
        "file": seal.file,
        "page": seal.page,
        "bbox": list(mark.bbox.rounded()),
        "shape": mark.shape.value,
        "diameter_mm": None if mark.diameter_mm is None else round(mark.diameter_mm, MILLIMETRE_DECIMALS),
        "purpose": mark.purpose.value,
        "inner": mark.inner,
        "colour": mark.colour.value,
        "text": seal.name,
        "x_read": mark.text,
        "serial": mark.serial,
        "place": seal.place,
        "confidence": round(mark.certainty, CONFIDENCE_DECIMALS),
    }


def _seam(seam: Seam) -> Document:
    return {
        "state": seam.state.value,
        "pages": [_reference(page) for page in seam.pages],
        "missing": [_reference(page) for page in seam.missing],
        "slices": _places(seam.slices),
        "text": seam.text,
    }


def _signature(signature: Signature) -> Document:
    return {"role": signature.role, "present": signature.present, **_where(signature.place)}


def _evidence_item(item: EvidenceItem) -> Document:
    return {
        "item": item.item,
        "kind": item.kind,
        "file": item.file,
        "pages": list(item.pages),
        "title": item.title,
        "owner": item.owner,
        "year": item.year,
        "number": item.number,
        "valid_until": item.valid_until,
        "amounts": dict(sorted(item.amounts)),
        "sealed": item.sealed,
        "places": _places_by_key(item.places),
        **({"x_also": [_reference(page) for page in item.also]} if item.also else {}),
    }


def _places_by_key(readings: Iterable[tuple[str, Reading]]) -> Document:
    by_key: dict[str, list[Document]] = {}
    for key, reading in sorted(readings, key=lambda pair: pair[0]):
        by_key.setdefault(key, []).extend(_places(reading.places))
    return by_key


def _row(row: RecommendationRow) -> Document:
    return {
        **{column: cell.text if (cell := row.get(column)) else None for column in ROW_COLUMNS},
        "places": _places_by_key(row.cells),
    }


def _receipt(receipt: Receipt) -> Document:
    received = receipt.received_at
    return {
        "applicant": receipt.applicant,
        "product": receipt.product,
        "received_at": received.isoformat(" ", "seconds") if received else None,
        "copies": receipt.copies,
        "stage": receipt.stage,
    }


def _confidence(reading: Reading) -> float:
    return round(reading.confidence, CONFIDENCE_DECIMALS)
