from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.intake import read_online
from pipeline.model.evidence import Source
from pipeline.notices.profile import load_profile

PROFILE = load_profile()
RECORD: dict[str, Any] = {
    "申报编号": "SC2021-001",
    "提交时间": "2021-11-12 16:20:05",
    "状态": "已提交",
    "推荐单位": "成都市经济和信息化局",
    "重点产品方向": "方向1: 高性能云端人工智能芯片；方向3: 智能传感器",
    "单位名称": "成都某某科技（集团）有限公司",
    "揭榜负责人姓名": "张 三",
    "揭榜负责人手机": 13800000000,
    "申报联系人手机": "+86 139-0000-0000",
    "注册资本(万元)": 5000.0,
    "组织机构代码/三证合一码": "91510100pdy00001x3",
    "单位性质": "民营企业",
    "是否上市公司": "否",
    "整体业务收入(万元)": "23,456.780",
    "参与单位": None,
    "揭榜产品名称": "云端芯片",
}
INDICATOR = {
    "申报编号": "SC2021-001",
    "揭榜产品名称": "云端芯片",
    "参考指标": "单芯片INT8算力",
    "本单位当前水平": "100TOPS",
    "本单位2023年目标": "320TOPS",
    "补充说明": "",
}
KEYS = {spec.heading: spec.key for spec in PROFILE.fields} | {
    "申报编号": "no", "提交时间": "submitted_at", "状态": "status", "推荐单位": "recommender",
    "参考指标": "name", "本单位当前水平": "current", "本单位2023年目标": "target", "补充说明": "note",
}  # fmt: skip


def as_xlsx(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "申报项目"
    sheet.append(["网上申报导出表"])
    sheet.append([heading.replace("(", "（ ").replace(")", "）") for heading in RECORD])
    sheet.append(list(RECORD.values()))
    sheet.append(["合计", None, None, None, None, "1家"])
    other = book.create_sheet("重点指标")
    other.append(list(INDICATOR))
    other.append(list(INDICATOR.values()))
    book.create_sheet("说明").append(["导出说明"])
    book.save(folder / "online.xlsx")
    return folder / "online.xlsx"


def as_csv(folder: Path) -> Path:
    for name, row, encoding in (("申报项目", RECORD, "gb18030"), ("重点指标", INDICATOR, "utf-8-sig")):
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream).writerows([row.keys(), row.values()])
    return folder


def as_json(folder: Path) -> Path:
    record = {KEYS[heading]: value for heading, value in RECORD.items()} | {"directions": [1, 3]}
    indicators = [{KEYS[heading]: value for heading, value in INDICATOR.items() if heading != "申报编号"}]
    path = folder / "online.json"
    path.write_text(json.dumps({"applications": [{**record, "indicators": indicators}]}, ensure_ascii=False))
    return path


def as_two_row_head(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    upper, lower = [], []
    for heading in RECORD:
        group = next((name for name in ("揭榜负责人", "申报联系人") if heading.startswith(name)), "")
        upper.append(group or heading)
        lower.append(heading.removeprefix(group) if group else None)
    sheet.append(upper)
    sheet.append(lower)
    for column, (above, below) in enumerate(zip(upper, lower, strict=True), 1):
        if below is None:
            sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
        assert above
    sheet.append(list(RECORD.values()))
    other = book.create_sheet("重点指标")
    other.append(list(INDICATOR))
    other.append(list(INDICATOR.values()))
    book.save(folder / "online.xlsx")
    return folder / "online.xlsx"


@pytest.mark.parametrize("make", [as_xlsx, as_csv, as_json, as_two_row_head])
def test_every_shape_gives_the_same_record(tmp_path: Path, make: Any) -> None:
    applications, problems = read_online(make(tmp_path), PROFILE)
    assert problems == () and len(applications) == 1
    filing = applications[0]
    assert filing.source is Source.ONLINE and filing.number == "SC2021-001" and filing.status == "已提交"
    assert filing.submitted_at == datetime(2021, 11, 12, 16, 20, 5)
    values = {field.key: field.reading.value for field in filing.fields}
    assert values == {
        "recommender": "成都市经济和信息化局",
        "directions": (1, 3),
        "applicant": "成都某某科技(集团)有限公司",
        "leader_name": "张三",
        "leader_mobile": "13800000000",
        "contact_mobile": "13900000000",
        "registered_capital": "5000",
        "uscc": "91510100PDY00001X3",
        "ownership": "民营企业",
        "listed": "否",
        "revenue": "23456.78",
        "partners": "",
        "product": "云端芯片",
    }
    (indicator,) = filing.indicators
    assert (indicator.name.text, indicator.product) == ("单芯片INT8算力", "云端芯片")
    assert indicator.target is not None and indicator.target.text == "320TOPS" and indicator.target.cells
    assert indicator.note is not None and indicator.note.value == ""


def test_where_a_value_stands(tmp_path: Path) -> None:
    (filing,), _ = read_online(as_xlsx(tmp_path), PROFILE)
    reading = filing.get("applicant")
    assert reading is not None
    cell = reading.cells[0]
    assert (cell.file, cell.sheet, cell.cell) == ("online.xlsx", "申报项目", "F3")


def rows_file(folder: Path, rows: list[list[str]], name: str = "申报项目.csv") -> Path:
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return folder / name


def test_a_heading_in_yuan(tmp_path: Path) -> None:
    rows = [["单位名称", "揭榜产品名称", "注册资本（元）"], ["甲公司", "芯片", "50000000"]]
    (filing,), _ = read_online(rows_file(tmp_path, rows), PROFILE)
    assert filing.text("registered_capital") == "5000"


def test_indicators_without_an_owner_and_doubled_numbers_are_told(tmp_path: Path) -> None:
    rows_file(tmp_path, [["申报编号", "单位名称", "揭榜产品名称"], ["1", "甲", "芯片"], ["1", "乙", "机器人"]])
    rows_file(tmp_path, [["申报编号", "参考指标", "本单位当前水平"], ["9", "算力", "1"]], "重点指标.csv")
    applications, problems = read_online(tmp_path, PROFILE)
    assert len(applications) == 2 and not any(filing.indicators for filing in applications)
    assert any("“9”的1行找不到" in problem for problem in problems) and any(
        "出现2次" in problem for problem in problems
    )


def test_indicators_of_one_unit_s_two_products_go_by_product(tmp_path: Path) -> None:
    rows_file(tmp_path, [["单位名称", "揭榜产品名称", "注册资本"], ["甲", "芯片", "1"], ["甲", "机器人", "1"]])
    table = [["单位名称", "揭榜产品名称", "参考指标", "本单位当前水平"], ["甲", "机器人", "载重", "5kg"]]
    rows_file(tmp_path, table, "重点指标.csv")
    applications, problems = read_online(tmp_path, PROFILE)
    assert [len(filing.indicators) for filing in applications] == [0, 1] and problems == ()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsx", b"PK\3\4rubbish", "损坏"),
        ("a.json", b"{", "JSON"),
        ("a.json", b'{"projects": []}', "applications"),
        ("a.json", b"[" * 100_000, "读取"),
        ("a.csv", b"", "申报项目"),
        ("a.csv", "一,二,三\n1,2,3".encode(), "申报项目"),
        ("a.csv", b"\xff\xff\xff", "编码"),
    ],
)
def test_unusable_files_get_a_sentence(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(content)
    applications, problems = read_online(tmp_path / name, PROFILE)
    assert applications == () and word in problems[0] and "\n" not in problems[0]


def test_a_bad_file_does_not_hide_the_good_one(tmp_path: Path) -> None:
    as_json(tmp_path)
    (tmp_path / "bad.xlsx").write_bytes(b"PK\3\4")
    applications, problems = read_online(tmp_path, PROFILE)
    assert len(applications) == 1 and len(problems) == 1
