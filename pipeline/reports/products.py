"""Everything a run leaves in its folder: a call for each kind of product."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.package import DeliveryResult, Result
from pipeline.model.run import RunRecord
from pipeline.notices.profile import Profile
from pipeline.reports.files import json_bytes, result_folder, write_whole
from pipeline.reports.pictures import Pictures
from pipeline.reports.report_html import report_html
from pipeline.reports.result_json import delivery_document, result_document, run_document


def write_package(out: Path, result: Result, pictures: Pictures, profile: Profile) -> None:
    """Writes report.html and then result.json of a package: where the second stands, the first does too."""
    folder = result_folder(out, result.package.identity)
    write_whole(folder / "report.html", report_html(result, pictures, profile))
    write_whole(folder / "result.json", json_bytes(result_document(result)))


def write_delivery(out: Path, result: DeliveryResult) -> None:
    """Writes delivery.json of a delivery."""
    path = result_folder(out, result.delivery.name) / "delivery.json"
    write_whole(path, json_bytes(delivery_document(result)))


def write_run(out: Path, run: RunRecord) -> None:
    """Writes run.json."""
    write_whole(out / "run.json", json_bytes(run_document(run)))
