"""Everything a run leaves in its folder: a call for each kind of product."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.package import DeliveryResult, Result
from pipeline.model.run import RunRecord
from pipeline.reports.files import json_bytes, result_folder, write_whole
from pipeline.reports.result_json import delivery_document, result_document, run_document


def write_result(out: Path, result: Result) -> None:
    """Writes result.json of a package."""
    path = result_folder(out, result.package.identity) / "result.json"
    write_whole(path, json_bytes(result_document(result)))


def write_delivery(out: Path, result: DeliveryResult) -> None:
    """Writes delivery.json of a delivery."""
    path = result_folder(out, result.delivery.name) / "delivery.json"
    write_whole(path, json_bytes(delivery_document(result)))


def write_run(out: Path, run: RunRecord) -> None:
    """Writes run.json."""
    write_whole(out / "run.json", json_bytes(run_document(run)))
