"""The online filings: Excel, CSV, JSON, or a folder of them (contract, section 3)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UnreadableInput
from pipeline.intake.filing import Filed, IndicatorRow, application, indicator_row
from pipeline.intake.headed import Head, HeadedRow, find_head, headed_rows
from pipeline.intake.headings import application_index, indicator_index
from pipeline.intake.listing import files_below
from pipeline.intake.spreadsheet import Sheet, decoded, read_sheets
from pipeline.model.application import Application
from pipeline.model.evidence import Cell
from pipeline.model.indicator import Indicator
from pipeline.notices.profile import Profile
from pipeline.values import fold

TABLES = (".xlsx", ".xls", ".xlsm", ".csv", ".et")
LEAST_HEADINGS = 3
"""Known headings by which a sheet is one of applications or of indicators; sheets with fewer are notes."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file gave: applications (values by key, own indicators), loose indicator rows, problems."""

    filings: tuple[tuple[dict[str, Filed], tuple[Indicator, ...]], ...] = ()
    rows: tuple[IndicatorRow, ...] = ()
    problems: tuple[str, ...] = ()


def read_online(path: Path, profile: Profile) -> tuple[tuple[Application, ...], tuple[str, ...]]:
    """All filings, and one sentence for each thing that could not be used; a bad file never hides the good ones."""
    read: list[_Read] = []
    for file, name in _files(path):
        try:
            read.append(_read(file, name, profile))
        except UnreadableInput as problem:
            read.append(_Read(problems=(f"{name}：{problem}",)))
        except (OSError, RecursionError):
            read.append(_Read(problems=(f"{name}：文件无法读取",)))
    filings = [filing for part in read for filing in part.filings]
    rows = [row for part in read for row in part.rows]
    problems = [problem for part in read for problem in part.problems]
    if not filings:
        problems.append(f"没有找到申报项目（需要“{profile.online.sheet}”表）")
    owned, orphans = _owned(filings, rows)
    applications = tuple(
        application(values, (*own, *owned.get(index, ())), _origin(values), profile)
        for index, (values, own) in enumerate(filings)
    )
    return applications, (*problems, *orphans, *_doubled(applications))


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, path.name
        return
    for found in files_below(path):
        if found.location.suffix.lower() in (*TABLES, ".json"):
            yield found.location, "/".join(found.steps)


def _read(path: Path, name: str, profile: Profile) -> _Read:
    if path.suffix.lower() == ".json":
        return _read_json(path, name, profile)
    parts = [_read_sheet(sheet, name, profile) for sheet in read_sheets(path)]
    return _Read(
        tuple(filing for part in parts for filing in part.filings), tuple(row for part in parts for row in part.rows)
    )


def _read_sheet(sheet: Sheet, file: str, profile: Profile) -> _Read:
    records = find_head(sheet.rows, application_index(profile), LEAST_HEADINGS)
    indicators = find_head(sheet.rows, indicator_index(profile), LEAST_HEADINGS)
    if indicators and "name" in indicators.columns and not (records and len(records.columns) > len(indicators.columns)):
        rows = headed_rows(sheet.rows, indicators, file, sheet.name)
        made = (indicator_row(_filed(row, indicators), profile) for row in rows)
        return _Read(rows=tuple(row for row in made if row))
    if records and {"applicant", "product", "uscc"} & set(records.columns):
        rows = headed_rows(sheet.rows, records, file, sheet.name)
        kept = (row for row in rows if any(row.get(key) for key in ("no", "applicant", "product", "uscc")))
        return _Read(filings=tuple((_filed(row, records), ()) for row in kept))
    return _Read()


def _filed(row: HeadedRow, head: Head) -> dict[str, Filed]:
    return {key: Filed(text, row.cells[key], head.columns[key].heading) for key, text in row.texts.items()}


def _read_json(path: Path, name: str, profile: Profile) -> _Read:
    try:
        content = json.loads(decoded(path.read_bytes()))
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"不是有效的 JSON（第{error.lineno}行）") from error
    listed = content.get("applications") if isinstance(content, dict) else content
    if not isinstance(listed, list):
        raise UnreadableInput("JSON 中没有 applications 列表")
    filings, problems = [], []
    for number, record in enumerate(listed):
        if not isinstance(record, dict):
            problems.append(f"{name}：第{number + 1}条申报不是对象，已跳过")
            continue
        place = f"applications[{number}]"
        values = _keyed(record, name, place, application_index(profile))
        filings.append((values, _json_indicators(record.get("indicators"), name, place, profile)))
    return _Read(tuple(filings), (), tuple(problems))


def _json_indicators(listed: object, file: str, place: str, profile: Profile) -> tuple[Indicator, ...]:
    index = indicator_index(profile)
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    made = [
        indicator_row(_keyed(row, file, f"{place}.indicators[{number}]", index), profile)
        for number, row in enumerate(rows)
    ]
    return tuple(row.indicator for row in made if row)


def _keyed(record: Mapping[str, Any], file: str, place: str, index: Mapping[str, str]) -> dict[str, Filed]:
    values: dict[str, Filed] = {}
    for heading, value in record.items():
        key = index.get(fold(str(heading)))
        if key and key not in values and not isinstance(value, dict):
            values[key] = Filed(_plain(value), Cell(file=file, sheet=place, cell=str(heading)), str(heading))
    return values


def _plain(value: object) -> str:
    """A JSON value as a clerk would have typed it; direction numbers joined by 、."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}" if "e" not in f"{value:.15g}" else f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return ("、" if all(isinstance(each, int) for each in value) else "；").join(_plain(each) for each in value)
    return str(value)


def _owned(
    filings: Sequence[tuple[Mapping[str, Filed], tuple[Indicator, ...]]], rows: Sequence[IndicatorRow]
) -> tuple[dict[int, list[Indicator]], list[str]]:
    """Which filing each indicator row belongs to: by number, else by product, else by unit, if only one has it."""
    keyed = {key: _positions(filings, key) for key in ("no", "product", "applicant")}
    owned: dict[int, list[Indicator]] = {}
    orphans: Counter[str] = Counter()
    for row in rows:
        wanted = (("no", fold(row.number)), ("product", fold(row.indicator.product)), ("applicant", row.applicant))
        found = next((keyed[key][text] for key, text in wanted if text and len(keyed[key].get(text, ())) == 1), None)
        if found is None:
            orphans[row.number or row.indicator.product or "（未填编号）"] += 1
        else:
            owned.setdefault(found[0], []).append(row.indicator)
    return owned, [f"重点指标表中“{label}”的{count}行找不到对应的申报项目" for label, count in orphans.items()]


def _positions(filings: Sequence[tuple[Mapping[str, Filed], Any]], key: str) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for index, (values, _) in enumerate(filings):
        if key in values:
            positions.setdefault(fold(values[key].text), []).append(index)
    return positions


def _origin(values: Mapping[str, Filed]) -> str:
    return next((filed.cell.file for filed in values.values()), "")


def _doubled(applications: Sequence[Application]) -> list[str]:
    counts = Counter(record.number for record in applications if record.number)
    return [f"申报编号“{number}”出现{count}次" for number, count in counts.items() if count > 1]
