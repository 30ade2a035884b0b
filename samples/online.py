"""The online filing's export: workbook, folder of CSV, or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import openpyxl

from pipeline.notices.profile import Profile
from samples.filing import Filing
from samples.printing.word import fixed_times

ONLINE_KEYS = (
    ("no", "申报编号"), ("submitted_at", "提交时间"), ("status", "状态"), ("recommender", "推荐单位"),
    ("directions", "重点产品方向"), ("applicant", "单位名称"), ("leader_name", "揭榜负责人姓名"),
    ("leader_title", "揭榜负责人职务职称"), ("leader_email", "揭榜负责人邮箱"), ("leader_mobile", "揭榜负责人手机"),
    ("contact_name", "申报联系人姓名"), ("contact_mobile", "申报联系人手机"), ("contact_email", "申报联系人邮箱"),
    ("contact_fax", "申报联系人传真"), ("legal_representative", "法定代表人"), ("registered_capital", "注册资本(万元)"),
    ("address", "单位地址"), ("uscc", "组织机构代码/三证合一码"), ("ownership", "单位性质"), ("listed", "是否上市公司"),
    ("revenue", "整体业务收入(万元)"), ("rd_spend", "研发投入(万元)"),
    ("ai_revenue", "其中与人工智能业相关的业务收入(万元)"),
    ("staff", "单位人数"), ("rd_staff", "研发人员人数"), ("unit_profile", "揭榜单位简介"), ("partners", "参与单位"),
    ("product", "揭榜产品名称"), ("product_summary", "揭榜产品概述"), ("taskbook", "揭榜任务书"),
)  # fmt: skip
"""The contract's keys and headings, in order."""
INDICATOR_HEADS = ("申报编号", "揭榜产品名称", "参考指标", "本单位当前水平", "本单位2023年目标", "补充说明")
NUMBERS = ("registered_capital", "revenue", "rd_spend", "ai_revenue", "staff", "rd_staff")
Form = Literal["xlsx", "csv", "gbk", "json"]
SHEETS = ("申报项目", "重点指标")
FIXED_TIME = datetime(2021, 11, 16, 9, 0, 0)


def write_online(filings: Sequence[Filing], profile: Profile, out: Path, form: Form) -> Path:
    """Write the export beside the inbox and return its path; `csv` is UTF-8 with a mark, `gbk` GB18030."""
    if form == "json":
        path = out / "online.json"
        path.write_text(json.dumps(_document(filings, profile), ensure_ascii=False, indent=1), encoding="utf-8")
        return path
    if form in ("csv", "gbk"):
        folder = out / "online"
        folder.mkdir(exist_ok=True)
        encoding = "utf-8-sig" if form == "csv" else "gb18030"
        for name, rows in zip(SHEETS, _sheets(filings, profile), strict=True):
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            (folder / f"{name}.csv").write_bytes(text.getvalue().encode(encoding))
        return folder
    path = out / "online.xlsx"
    path.write_bytes(workbook_bytes(dict(zip(SHEETS, _sheets(filings, profile), strict=True))))
    return path


def workbook_bytes(sheets: dict[str, list[list[Any]]]) -> bytes:
    """A workbook of the given sheets, the same bytes every time."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.properties.created = book.properties.modified = FIXED_TIME
    out = io.BytesIO()
    book.save(out)
    return fixed_times(out.getvalue())


def record(filing: Filing, profile: Profile) -> dict[str, Any]:
    """One application under the contract's keys."""
    labels = {direction.number: direction.form_label.replace("方向 ", "方向") for direction in profile.directions}
    return {
        **{key: filing.values.get(key, "") for key, _ in ONLINE_KEYS},
        "no": filing.number,
        "submitted_at": filing.submitted_at.strftime("%Y-%m-%d %H:%M:%S"),
        "status": filing.status,
        "recommender": filing.recommender,
        "directions": "；".join(labels[number] for number in filing.directions),
        "taskbook": taskbook_text(filing, profile),
    }


def taskbook_text(filing: Filing, profile: Profile) -> str:
    """The task book as one text, headings and all."""
    lines = []
    for part in profile.taskbook_sections:
        if part.container or part.id in filing.taskbook:
            lines.append(part.heading)
            lines.append(filing.taskbook.get(part.id, ""))
    return "\n".join(line for line in lines if line)


def _sheets(filings: Sequence[Filing], profile: Profile) -> tuple[list[list[Any]], list[list[Any]]]:
    records: list[list[Any]] = [[heading for _, heading in ONLINE_KEYS]]
    for filing in filings:
        values = record(filing, profile)
        records.append([_number(values[key]) if key in NUMBERS else values[key] for key, _ in ONLINE_KEYS])
    rows: list[list[Any]] = [list(INDICATOR_HEADS)]
    rows += [
        [filing.number, filing.values["product"], row.name, row.current, row.target, row.note]
        for filing in filings
        for row in filing.rows
    ]
    return records, rows


def _number(text: str) -> Any:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError:
        return text


def _document(filings: Sequence[Filing], profile: Profile) -> dict[str, Any]:
    applications = []
    for filing in filings:
        indicators = [
            {"name": row.name, "current": row.current, "target": row.target, "note": row.note} for row in filing.rows
        ]
        applications.append(
            {**record(filing, profile), "directions": list(filing.directions), "indicators": indicators}
        )
    return {"applications": applications}
