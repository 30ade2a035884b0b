"""A tiny inbox, drawn here so that a run over it takes seconds: two packages, one of them with a damaged file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from docx import Document
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
SIZE = (1000, 1414)
UNIT = "成都试样智能科技有限公司"
DAMAGED = "打不开的公司"
ROWS = (
    ("单位名称", UNIT),
    ("法定代表人", "王小明"),
    ("注册资本（万元）", "5000"),
    ("单位地址", "成都市高新区天府大道1号"),
    ("组织机构代码/三证合一码", "91510100PDY00001XJ"),
    ("单位人数", "120"),
    ("研发人员人数", "45"),
    ("揭榜产品名称", "试样语音识别平台"),
)
FILING = {
    "no": "SB001",
    "submitted_at": "2021-11-12 16:20:05",
    "status": "已提交",
    "recommender": "成都市经济和信息化局",
    "directions": [1],
    "applicant": UNIT,
    "legal_representative": "王小明",
    "registered_capital": "5000",
    "staff": "120",
    "rd_staff": "46",
    "product": "试样语音识别平台",
    "indicators": [],
}


def make_tiny(root: Path) -> None:
    """Write root/inbox and root/online.json."""
    package = root / "inbox" / "成都市" / UNIT
    package.mkdir(parents=True)
    _cover().save(package / "扫描件.pdf", save_all=True, append_images=[_form()], resolution=120)
    _document(package / "申报书.docx")
    other = root / "inbox" / "成都市" / DAMAGED
    other.mkdir()
    (other / "盖章件.pdf").write_bytes((package / "扫描件.pdf").read_bytes()[:3000])
    (root / "online.json").write_text(json.dumps({"applications": [FILING]}, ensure_ascii=False), encoding="utf-8")


def make_pageless(root: Path) -> None:
    """Write the same without its readable package: a run over it has work, and no page to read."""
    make_tiny(root)
    shutil.rmtree(root / "inbox" / "成都市" / UNIT)


def make_more(root: Path, packages: int) -> None:
    """Add packages of one page to root/inbox, no two pages alike."""
    for number in range(packages):
        package = root / "inbox" / "成都市" / f"成都第{number}家科技有限公司"
        package.mkdir(parents=True)
        page, pen = _page()
        pen.text((330, 90), "揭榜单位申报表", font=ImageFont.truetype(FONT, 46), fill="black")
        pen.text((100, 300), f"单位名称：{package.name}", font=ImageFont.truetype(FONT, 34), fill="black")
        page.save(package / "扫描件.pdf", resolution=120)


def _page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", SIZE, "white")
    return page, ImageDraw.Draw(page)


def _cover() -> Image.Image:
    page, pen = _page()
    pen.text((220, 260), "揭榜单位申报材料", font=ImageFont.truetype(FONT, 68), fill="black")
    lines = ("揭榜方向：1", f"揭榜单位：{UNIT}", "推荐单位：成都市经济和信息化局", "申报日期：2021年11月10日")
    for number, line in enumerate(lines):
        pen.text((150, 700 + 110 * number), line, font=ImageFont.truetype(FONT, 34), fill="black")
    return page


def _form() -> Image.Image:
    page, pen = _page()
    pen.text((330, 90), "揭榜单位申报表", font=ImageFont.truetype(FONT, 46), fill="black")
    for number, (label, value) in enumerate(ROWS):
        top = 200 + 100 * number
        pen.rectangle((80, top, 420, top + 100), outline="black", width=3)
        pen.rectangle((420, top, 920, top + 100), outline="black", width=3)
        pen.text((100, top + 34), label, font=ImageFont.truetype(FONT, 26), fill="black")
        pen.text((440, top + 34), value, font=ImageFont.truetype(FONT, 28), fill="black")
    return page


def _document(path: Path) -> None:
    document = Document()
    table = document.add_table(rows=len(ROWS), cols=2)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
