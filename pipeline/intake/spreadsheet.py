"""Sheets of xlsx, xls, csv, and web pages that call themselves xls, as texts by row and column."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import xlrd
from openpyxl.utils import get_column_letter, range_boundaries
from xlrd.compdoc import CompDoc

from pipeline.errors import UnreadableInput
from pipeline.intake.formats import OLE_HEAD
from pipeline.intake.webtable import web_tables

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_XML_BYTES = 400 * 1024**2
"""Of a workbook's parts, unpacked."""
MOST_MERGED_CELLS = 100_000
"""Of one merged range: openpyxl makes an object for each cell, and a whole sheet's range has 17 thousand million."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+\d+(?::[A-Z]+\d+)?)"')

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's texts: numbers in plain digits, dates as `2021-11-12 16:20:05`, a merged range's value in all of it."""

    name: str
    rows: Rows


def address(row: int, column: int) -> str:
    """The cell's name, from row and column counted from 0: (1, 0) is A2."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def read_sheets(path: Path, name: str | None = None) -> tuple[Sheet, ...]:
    """The sheets of a spreadsheet file, told by its bytes; `name` names a csv's only sheet (default: the file's).

    Raises:
        UnreadableInput: It is damaged, encrypted, or not a spreadsheet.
    """
    sheet_name = name or path.stem
    try:
        head = path.read_bytes()[:4096]
        if head.startswith(b"PK"):
            return tuple(_xlsx(path))
        if head.startswith(OLE_HEAD):
            return tuple(_xls(path))
        if b"<html" in head.lower() or b"<table" in head.lower():
            return tuple(Sheet(f"{sheet_name}{number or ''}", rows)
                         for number, rows in enumerate(web_tables(decoded(path.read_bytes()))))  # fmt: skip
        return (Sheet(sheet_name, _csv(decoded(path.read_bytes()))),)
    except OSError as error:
        raise UnreadableInput("表格文件无法读取") from error


def decoded(content: bytes) -> str:
    """Text in UTF-8 or UTF-16 with or without mark, or GB18030.

    Raises:
        UnreadableInput: It is none of them.
    """
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableInput("文件编码无法识别，请存为 UTF-8 或 GB18030")


def _xlsx(path: Path) -> Iterator[Sheet]:
    try:
        _refuse_bombs(path)
        book = openpyxl.load_workbook(path, data_only=True)
    except UnreadableInput:
        raise
    except Exception as error:  # openpyxl raises whatever its XML parsers and descriptors meet
        raise UnreadableInput("Excel 文件已损坏，无法打开") from error
    try:
        for sheet in book.worksheets:
            yield Sheet(sheet.title, _xlsx_rows(sheet))
    finally:
        book.close()


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_XML_BYTES:
            raise UnreadableInput("Excel 文件解压后过大，未读取")
        for part in parts:
            if part.filename.startswith("xl/worksheets/"):
                for match in _MERGED.finditer(archive.read(part)):
                    left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(match.group(1).decode()))
                    if (right - left + 1) * (bottom - top + 1) > MOST_MERGED_CELLS:
                        raise UnreadableInput("Excel 文件中有异常大的合并单元格，未读取")


def _xlsx_rows(sheet: Any) -> Rows:
    rows = [
        [_text(cell.value, cell.number_format) for cell in row]
        for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS))
    ]
    merged = ((area.min_row - 1, area.max_row, area.min_col - 1, area.max_col) for area in sheet.merged_cells.ranges)
    return _filled(rows, merged)


def _xls(path: Path) -> Iterator[Sheet]:
    try:
        _refuse_rings(path)
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
        sheets = [(sheet.name, _xls_rows(book, sheet)) for sheet in book.sheets()]
    except Exception as error:  # xlrd's errors on odd files are of every kind
        locked = "ncrypt" in str(error) or "assword" in str(error)
        raise UnreadableInput(
            "Excel 文件已加密，需要密码才能打开" if locked else "Excel 文件已损坏，无法打开"
        ) from error
    for name, rows in sheets:
        yield Sheet(name, rows)


def _refuse_rings(path: Path) -> None:
    """Refuses a damaged file whose short sectors follow each other in a ring: xlrd would follow them for ever."""
    following = CompDoc(path.read_bytes(), logfile=io.StringIO()).SSAT
    done: set[int] = set()
    for start in range(len(following)):
        chain: set[int] = set()
        sector = start
        while 0 <= sector < len(following) and sector not in done:
            if sector in chain:
                raise UnreadableInput("Excel 文件已损坏，无法打开")
            chain.add(sector)
            sector = following[sector]
        done |= chain


def _xls_rows(book: Any, sheet: Any) -> Rows:
    rows = [
        [_xls_text(book, sheet.cell(row, column)) for column in range(min(sheet.row_len(row), MOST_COLUMNS))]
        for row in range(min(sheet.nrows, MOST_ROWS))
    ]
    return _filled(rows, sheet.merged_cells)


def _xls_text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _text(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):
            return _text(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    shape = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
    return _text(cell.value, shape.format_str if shape else "")


def _csv(text: str) -> Rows:
    csv.field_size_limit(16 * 1024 * 1024)
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return tuple(
            tuple(_unwrapped(cell) for cell in row[:MOST_COLUMNS])
            for row, _ in zip(reader, range(MOST_ROWS), strict=False)
        )
    except csv.Error as error:
        raise UnreadableInput("CSV 文件格式有误，无法读取") from error


def _unwrapped(cell: str) -> str:
    """`="0123"` and `'0123`, by which exports keep Excel from taking a code for a number."""
    match = re.fullmatch(r'="(.*)"|\'(\d.*)', cell.strip(), re.DOTALL)
    return (match.group(1) or match.group(2) or "") if match else cell.strip("\t\ufeff ")


def _text(value: object, number_format: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        moment = value.replace(microsecond=0)
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return _unwrapped(str(value)) if str(value).startswith("=") else str(value)


def _number(value: int | float, number_format: str) -> str:
    """Plain digits, as many as Excel keeps (15); a percentage as it is shown."""
    if isinstance(value, float) and value != value:
        return ""
    plain = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not plain.is_finite():
        return str(value)
    percent = "%" in number_format
    written = format(plain * 100 if percent else plain, "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return f"{written}%" if percent else written


def _filled(rows: Sequence[list[str]], merged: Iterable[tuple[int, int, int, int]]) -> Rows:
    """The rows with each merged range's value in all of its cells; ranges are half open, rows first."""
    for top, bottom, left, right in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top:bottom]:
            for column in range(left, min(right, len(row))):
                row[column] = value
    return tuple(tuple(row) for row in rows)
