"""A delivery's rows: the scan's before the editable copy's."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from flows.steps import assembling
from flows.steps.assembling import delivery_of
from flows.steps.reading import PageCount, count_key, page_key
from pipeline.model.document import FileKind, Format, SourceFile
from pipeline.model.evidence import Source
from pipeline.model.package import Delivery, DeliveryFiles
from pipeline.notices.profile import load_profile
from pipeline.store import Store
from tests.extractors.records import page, stacked, table

PROFILE = load_profile()
HEAD = ["序号", "单位名称", "所属方向", "揭榜产品", "推荐理由", "联系人", "手机"]
ROW = ["1", "成都某某科技有限公司", "智能机器人", "机器人", "技术领先", "赵二", "13800000002"]


@pytest.fixture
def copy(tmp_path: Path) -> SourceFile:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEAD, ROW):
        book.active.append(row)
    book.save(tmp_path / "推荐表.xlsx")
    return file(tmp_path / "推荐表.xlsx", Format.SPREADSHEET)


def file(path: Path, kind: Format) -> SourceFile:
    return SourceFile(
        path=path.name, sha256="a" * 64, size=1, format=kind, location=str(path), media=kind is Format.PDF
    )


def delivered(store: Store, monkeypatch: pytest.MonkeyPatch, *files: SourceFile) -> Delivery:
    monkeypatch.setattr(assembling, "_with_marks", lambda package, *_: package)
    return delivery_of(DeliveryFiles(name="成都市", files=files), (), store, PROFILE)


def test_an_editable_table_gives_the_rows(tmp_path: Path, copy: SourceFile, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = file(tmp_path / "另一份.docx", Format.WORD)
    Path(broken.location).write_bytes(b"PK\x03\x04 nothing")
    found = delivered(Store(tmp_path / "store"), monkeypatch, broken, copy)
    assert [(reading.text, reading.source) for row in found.rows if (reading := row.get("applicant"))] == [
        ("成都某某科技有限公司", Source.EDITABLE)
    ]
    assert [each.kind for each in found.files] == [FileKind.UNREADABLE, FileKind.EDITABLE]
    assert found.files[0].source.problem


def test_a_scan_goes_before_its_copy(tmp_path: Path, copy: SourceFile, monkeypatch: pytest.MonkeyPatch) -> None:
    store, scan = Store(tmp_path / "store"), file(tmp_path / "推荐表.pdf", Format.PDF)
    scanned = page(stacked("揭榜单位推荐表", y=0.02), table([HEAD, [*ROW[:3], "雷达", *ROW[4:]]]))
    store.put(count_key(scan.sha256), PageCount(pages=1))
    store.put(page_key(scan.sha256, 1), scanned.reading)
    found = delivered(store, monkeypatch, scan, copy)
    assert [(reading.text, reading.source) for row in found.rows if (reading := row.get("product"))] == [
        ("雷达", Source.PAPER)
    ]
