"""A delivery's rows: the scan's before the editable copy's."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from flows.steps import assembling
from flows.steps.assembling import delivery_of, package_of
from flows.steps.reading import PageCount, count_key, page_key
from flows.steps.withholding import forget_readings, mark_key
from pipeline.model.care import SecrecyMark, WithheldFile
from pipeline.model.document import FileKind, Format, SourceFile
from pipeline.model.evidence import Source
from pipeline.model.package import Delivery, DeliveryFiles, PackageFiles
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
    store.put(page_key(scan.sha256, 1, PROFILE), scanned.reading)
    found = delivered(store, monkeypatch, scan, copy)
    assert [(reading.text, reading.source) for row in found.rows if (reading := row.get("product"))] == [
        ("雷达", Source.PAPER)
    ]


def test_a_document_with_a_secrecy_mark_in_its_header_stops_the_package(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "秘密★5年"
    document.add_paragraph("揭榜任务书")
    document.save(str(tmp_path / "申报书.docx"))
    store, scan = Store(tmp_path / "store"), file(tmp_path / "扫描件.pdf", Format.PDF)
    marked = file(tmp_path / "申报书.docx", Format.WORD).model_copy(update={"sha256": "b" * 64})
    store.put(count_key(scan.sha256), PageCount(pages=1))
    store.put(page_key(scan.sha256, 1, PROFILE), page(stacked("揭榜单位申报表")).reading)
    files = PackageFiles(identity="成都市/甲", delivery="成都市", files=(scan, marked))
    package = package_of(files, (), store, PROFILE)
    assert package.withheld == (WithheldFile(file="申报书.docx", page=None),)
    assert package.pages == () and package.editable == () and package.paper is None
    assert [record.source.path for record in package.files] == ["扫描件.pdf", "申报书.docx"]


def test_what_was_read_of_a_file_goes_once_it_is_marked(tmp_path: Path) -> None:
    store, scan = Store(tmp_path / "store"), file(tmp_path / "扫描件.pdf", Format.PDF)
    other = scan.model_copy(update={"sha256": "b" * 64, "path": "另一份.pdf"})
    for each in (scan, other):
        store.put(page_key(each.sha256, 1, PROFILE), page(stacked("揭榜单位申报表")).reading)
        store.put_bytes(f"crops/{each.sha256}/1-0.jpg", b"jpeg")
        store.put(f"assembled/{each.sha256[:4]}", each)
        store.put(f"briefs/{each.sha256[:4]}", each)
    store.put(mark_key(scan.sha256), SecrecyMark(sha256=scan.sha256, page=1, word="机密"))
    forget_readings((scan, other), store)
    left = set(store.keys())
    assert {key for key in left if scan.sha256[:4] in key} == {mark_key(scan.sha256)}
    assert {f"assembled/{other.sha256[:4]}", f"briefs/{other.sha256[:4]}", page_key(other.sha256, 1, PROFILE)} <= left
