"""Everything a run leaves in its folder: a call for each kind of product."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.model.package import DeliveryResult, Result
from pipeline.model.run import KnownFinding, RunRecord
from pipeline.notices.profile import Profile
from pipeline.reports.checklist import Checklist
from pipeline.reports.checklist_docx import checklist_bytes
from pipeline.reports.files import json_bytes, result_folder
from pipeline.reports.pictures import Pictures
from pipeline.reports.report_html import report_html
from pipeline.reports.result_json import delivery_document, result_document, run_document
from pipeline.reports.summary import PackageLines, PicturesOf, summary_sheets
from pipeline.reports.workbook import workbook_bytes
from pipeline.store import write_whole

WORKBOOK = "核验汇总.xlsx"
CHECKLIST = "核验单.docx"


def write_report(out: Path, result: Result, pictures: Pictures, profile: Profile) -> None:
    """Writes report.html of a package."""
    write_whole(result_folder(out, result.package.identity) / "report.html", report_html(result, pictures, profile))


def write_checklist(out: Path, identity: str, checklist: Checklist) -> None:
    """Writes 核验单.docx of a package."""
    write_whole(result_folder(out, identity) / CHECKLIST, checklist_bytes(checklist))


def write_result(out: Path, result: Result) -> bytes:
    """Writes result.json of a package, after its other products: where it stands, they do too. Gives its content."""
    content = json_bytes(result_document(result))
    write_whole(result_folder(out, result.package.identity) / "result.json", content)
    return content


def write_delivery(out: Path, result: DeliveryResult) -> None:
    """Writes delivery.json of a delivery."""
    path = result_folder(out, result.delivery.name) / "delivery.json"
    write_whole(path, json_bytes(delivery_document(result)))


def write_run(out: Path, run: RunRecord) -> None:
    """Writes run.json."""
    write_whole(out / "run.json", json_bytes(run_document(run)))


def write_workbook(
    out: Path,
    packages: Iterable[PackageLines],
    deliveries: Iterable[DeliveryResult],
    run: RunRecord,
    previous: Iterable[KnownFinding],
    pictures: PicturesOf,
    profile: Profile,
) -> tuple[KnownFinding, ...]:
    """Writes 核验汇总.xlsx; `packages` are gone through once.

    Returns:
        The findings of this run; the next finished run wants them as `previous` to tell 新增, 未变 and 消失 apart.
    """
    sheets, known = summary_sheets(packages, deliveries, run, previous, pictures, profile)
    write_whole(out / WORKBOOK, workbook_bytes(sheets))
    return known
