"""The clerk's log of what was received and when (收件登记)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import UnreadableInput
from pipeline.intake.headed import HeadedRow, alias_index, find_head, headed_rows
from pipeline.intake.spreadsheet import read_sheets
from pipeline.model.document import Format, SourceFile
from pipeline.model.recommendation import Receipt
from pipeline.notices.profile import Hop
from pipeline.values import parse_moment
from pipeline.values.dates import excel_moment

COLUMNS = {
    "applicant": ("申报主体", "单位名称", "申报单位", "揭榜单位", "申报主体名称", "申报单位名称", "企业名称"),
    "product": ("揭榜产品名称", "产品名称", "揭榜产品", "申报产品"),
    "received_at": ("收到时间", "收件时间", "接收时间", "收到日期", "收件日期", "送达时间", "签收时间"),
    "copies": ("纸质份数", "份数", "纸质材料份数", "材料份数", "纸质件份数"),
    "stage": ("收件环节", "环节", "收件单位"),
}
_INDEX = alias_index(COLUMNS)


def read_receipts(files: Sequence[SourceFile], hops: Sequence[Hop]) -> tuple[tuple[Receipt, ...], dict[str, str]]:
    """The rows of every log among a delivery's own files, and, by path, why a spreadsheet can't be read.

    `hops` are the notice's; a line that names none is of the last.
    """
    receipts: list[Receipt] = []
    problems: dict[str, str] = {}
    for file in files:
        is_table = file.format is Format.SPREADSHEET or (file.format is Format.TEXT and file.path.endswith(".csv"))
        if file.problem or not is_table:
            continue
        try:
            receipts += _log(Path(file.location), file.path, hops)
        except UnreadableInput as problem:
            problems[file.path] = str(problem)
    return tuple(receipts), problems


def _log(path: Path, name: str, hops: Sequence[Hop]) -> list[Receipt]:
    found = []
    for sheet in read_sheets(path):
        head = find_head(sheet.rows, _INDEX, least=2)
        if head and "applicant" in head.columns and ("received_at" in head.columns or "copies" in head.columns):
            found += [_receipt(row, hops) for row in headed_rows(sheet.rows, head, name, sheet.name)]
    return found


def _receipt(row: HeadedRow, hops: Sequence[Hop]) -> Receipt:
    copies = re.search(r"\d+", row.get("copies"))
    moment = row.get("received_at")
    return Receipt(
        applicant=row.get("applicant"),
        product=row.get("product"),
        received_at=parse_moment(moment) or excel_moment(moment),
        copies=int(copies.group()) if copies else None,
        stage=_stage(row.get("stage"), hops),
        cell=row.cells.get("received_at") or row.cells["applicant"],
    )


def _stage(text: str, hops: Sequence[Hop]) -> str:
    """The first hop that the log's word names; the last where it names none."""
    return next((hop.name for hop in hops if any(word in text for word in hop.words)), hops[-1].name)
