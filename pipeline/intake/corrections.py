"""What a person found on the paper: readings above every other, and marks of secrecy that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from pipeline.errors import UnreadableInput, UsageProblem
from pipeline.intake.headed import alias_index, find_head, headed_rows
from pipeline.intake.spreadsheet import decoded, read_sheets
from pipeline.model.care import ReleasedMark
from pipeline.model.record import Record
from pipeline.values import parse_moment
from pipeline.values.dates import excel_moment

COLUMNS = {
    "package": ("package", "包", "申报包", "材料包"),
    "key": ("key", "字段", "字段名", "键"),
    "value": ("value", "值", "更正值", "正确值", "纸质值", "内容"),
    "who": ("who", "核对人", "更正人", "人员", "经办人"),
    "when": ("when", "核对时间", "更正时间", "时间", "日期"),
    "why": ("why", "说明", "原因", "备注", "理由"),
}
_INDEX = alias_index(COLUMNS)
RELEASE_KEYS = frozenset({"Z101", "密级标志"})
"""A row of such a key corrects no box: its value names the page whose mark is none."""
_PAGE = re.compile(r"(?P<file>.*?)\s*(?:第\s*(?P<page>\d+)\s*页|#(?P<number>\d+))", re.DOTALL)


class Correction(Record):
    """A person's reading of a key of a package; `when` is None where not said."""

    package: str
    key: str
    value: str
    who: str = ""
    when: datetime | None = None
    why: str = ""


class Release(Record):
    """A person's word that a page of a package's (or delivery's) file bears no secrecy mark."""

    package: str
    mark: ReleasedMark


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a file in .json, .xlsx, .xls or .csv; the last one of a package and key counts.

    Raises:
        UsageProblem: It can't be read, or lacks one of package, key, value.
    """
    made = [each for each in _rows(path) if each.key not in RELEASE_KEYS]
    return tuple({(each.package, each.key): each for each in made}.values())


def read_releases(path: Path) -> tuple[Release, ...]:
    """The releases from a secrecy mark in a file of corrections; the last one of a page counts.

    Raises:
        UsageProblem: It can't be read, or one does not say which file, who says so, or why.
    """
    made = [_release(each, path) for each in _rows(path) if each.key in RELEASE_KEYS]
    return tuple({(each.package, each.mark.file, each.mark.page): each for each in made}.values())


def _release(row: Correction, path: Path) -> Release:
    named = _PAGE.fullmatch(row.value.strip())
    file = normalize("NFC", named["file"] if named else row.value.strip())
    page = int(named["page"] or named["number"]) if named else None
    if not file or not row.who or not row.why:
        raise UsageProblem(f"更正表中解除密级标志的一行须写明文件和页、核对人、理由：{path.name}（{row.package}）")
    return Release(
        package=row.package, mark=ReleasedMark(file=file, page=page, who=row.who, why=row.why, when=row.when)
    )


def _rows(path: Path) -> tuple[Correction, ...]:
    try:
        rows = _json_rows(path) if path.suffix.lower() == ".json" else _table_rows(path)
    except (UnreadableInput, OSError, RecursionError) as error:
        raise UsageProblem(f"更正表无法读取：{path.name}（{error}）") from error
    return tuple(_correction(row, path) for row in rows)


def _table_rows(path: Path) -> list[Mapping[str, str]]:
    rows: list[Mapping[str, str]] = []
    headed = False
    for sheet in read_sheets(path):
        head = find_head(sheet.rows, _INDEX, least=3)
        if head and {"package", "key", "value"} <= set(head.columns):
            headed = True
            rows += [row.texts for row in headed_rows(sheet.rows, head, path.name, sheet.name)]
    if not headed:
        raise UsageProblem(f"更正表缺少“package、key、value”列：{path.name}")
    return rows


def _json_rows(path: Path) -> list[Mapping[str, str]]:
    try:
        content = json.loads(decoded(path.read_bytes()))
    except json.JSONDecodeError as error:
        raise UsageProblem(f"更正表不是有效的 JSON：{path.name}") from error
    listed = content.get("corrections") if isinstance(content, dict) else content
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise UsageProblem(f"更正表应为列表：{path.name}")
    return [{key: _plain(value) for key, value in row.items()} for row in listed]


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    return "" if value is None else str(value)


def _correction(row: Mapping[str, str], path: Path) -> Correction:
    package, key = normalize("NFC", row.get("package", "").strip()), row.get("key", "").strip()
    if not package or not key or "value" not in row:
        raise UsageProblem(f"更正表有一行缺少包名、字段或值：{path.name}")
    moment = row.get("when", "")
    return Correction(
        package=package,
        key=key,
        value=row["value"],
        who=row.get("who", "").strip(),
        when=parse_moment(moment) or excel_moment(moment),
        why=row.get("why", "").strip(),
    )
