from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from flows.steps import assembling
from flows.steps.assembling import Assembled, brief_key
from flows.steps.batch import Batch, assemble_all, is_settled, judge_together, unassembled
from flows.steps.inputs import Call, Material
from flows.steps.parting import cover_folders, part
from flows.steps.progress import Silent
from flows.steps.reading import PageCount, count_key, page_key
from pipeline.model.document import Format, Page, PageSource, Section, SourceFile
from pipeline.model.package import Delivery, DeliveryFiles, Inbox, PackageFiles
from pipeline.notices.profile import load_profile
from pipeline.store import Store
from tests.extractors.records import page, stacked, table

PROFILE = load_profile()


def source(path: str, kind: Format = Format.PDF, problem: str = "") -> SourceFile:
    media = kind in (Format.PDF, Format.IMAGE) and not problem
    sha256 = f"{abs(hash(path)):064x}"
    return SourceFile(path=path, sha256=sha256, size=1, format=kind, location="/nowhere", problem=problem, media=media)


def package(*files: SourceFile) -> PackageFiles:
    return PackageFiles(identity="成都市/材料", delivery="成都市", files=files)


def application(path: str, unit: str, product: str = "", origin: PageSource = PageSource.OCR) -> tuple[Page, ...]:
    texts = (
        "揭榜单位申报材料",
        "揭榜方向：方向10：智能机器人",
        f"揭榜单位：{unit}",
        "推荐单位：成都市经信局",
        "申报日期：2021年11月10日",
    )
    cover = page(stacked(*texts, step=0.06), file=path, section=Section.COVER, source=origin)
    if not product:
        return (cover,)
    rows = [["单位名称", unit], ["法定代表人", "王小明"], ["注册资本", "500"], ["揭榜产品名称", product]]
    return (cover, page(stacked("揭榜单位申报表", y=0.02), table(rows), file=path, number=2, source=origin))


FIRST = application("甲/扫描.pdf", "成都甲甲科技有限公司", "巡检机器人")
SECOND = application("乙.zip/申报/扫描.pdf", "绵阳乙乙电子股份公司", "语音平台")


def test_covers_of_several_applications_are_told_by_their_folders() -> None:
    assert cover_folders((*FIRST, *SECOND), PROFILE) == ("乙.zip", "甲")
    wrapped = [each.model_copy(update={"file": f"全部材料/{each.file}"}) for each in (*FIRST, *SECOND)]
    assert cover_folders(wrapped, PROFILE) == ("全部材料/乙.zip", "全部材料/甲")


def test_one_application_stays_whole() -> None:
    copy = [each.model_copy(update={"file": "副本/扫描.pdf"}) for each in FIRST]
    lone = application("封面/1.jpg", "成都甲甲科技有限公司")
    loose = application("扫描.pdf", "绵阳乙乙电子股份公司", "语音平台")
    printed = application("电子版/导出.pdf", "绵阳乙乙电子股份公司", "语音平台", origin=PageSource.TEXT)
    for other in (copy, lone, loose, printed, ()):
        assert cover_folders((*FIRST, *other), PROFILE) == ()


def test_two_products_of_one_unit_are_two_applications() -> None:
    other = application("二/扫描.pdf", "成都甲甲科技有限公司", "语音平台")
    assert cover_folders((*FIRST, *other), PROFILE) == ("二", "甲")


def test_parts_take_their_files_and_paths() -> None:
    whole = package(source("乙.zip/申报/扫描.pdf"), source("甲/扫描.pdf"), source("甲/申报书.docx", Format.WORD))
    found = part(whole, ("乙.zip", "甲"))
    assert [(each.identity, [file.path for file in each.files]) for each in found] == [
        ("成都市/材料/乙", ["申报/扫描.pdf"]),
        ("成都市/材料/甲", ["扫描.pdf", "申报书.docx"]),
    ]
    assert {each.delivery for each in found} == {"成都市"}
    assert part(whole, ()) == (whole,)


def test_names_are_composed_and_never_double() -> None:
    found = part(package(source("e\u0301/a.pdf"), source("A.zip/a.pdf"), source("A/a.pdf")), ("e\u0301", "A", "A.zip"))
    assert [each.identity for each in found] == ["成都市/材料/\u00e9", "成都市/材料/A", "成都市/材料/A#2"]


def test_nothing_outside_the_folders_is_lost() -> None:
    inside = (source("乙/a.pdf"), source("甲/a.pdf"), source("甲乙/旧.pdf"), source("乙/说明.txt", Format.TEXT))
    note, broken = source("说明.txt", Format.TEXT), source("坏.pdf", problem="文件已损坏")
    rest = part(package(*inside, note, broken), ("乙", "甲"))[-1]
    assert (rest.identity, [file.path for file in rest.files]) == ("成都市/材料", ["甲乙/旧.pdf", "说明.txt", "坏.pdf"])
    listed = part(package(inside[0], inside[1], inside[3], note, broken), ("乙", "甲"))
    assert [sorted(file.path for file in each.files) for each in listed] == [
        sorted(["a.pdf", "坏.pdf", "说明.txt", "说明.txt#2"]),
        ["a.pdf"],
    ]


class HerePool:
    """Does the work in this process."""

    workers = 1

    def call(self, work: Callable[..., Any], *arguments: Any, seconds: float, told: Any = None) -> Any:
        del seconds
        return work(*arguments)


def through(stage: str, work: Callable[[str], Any], subjects: Sequence[str]) -> Sequence[Any]:
    del stage
    return [work(subject) for subject in subjects]


def batch_of(files: PackageFiles, root: Path) -> Batch:
    inbox = Inbox(root="收件", deliveries=(DeliveryFiles(name="成都市", packages=(files,)),))
    call = Call(inbox=root, online=root, out=root)
    return Batch(Material(call, PROFILE, inbox, ()), Store(root), HerePool(), Silent())  # type: ignore[arg-type]


def test_a_run_takes_apart_and_a_second_one_finds_it_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembling, "_with_marks", lambda package, *_: package)
    files = (source("乙.zip/申报/扫描.pdf"), source("甲/扫描.pdf"))
    batch = batch_of(package(*files), tmp_path)
    for file, pages in zip(files, (SECOND, FIRST), strict=True):
        batch.store.put(count_key(file.sha256), PageCount(pages=len(pages)))
        for each in pages:
            batch.store.put(page_key(file.sha256, each.page, PROFILE), each.reading)
    assemble_all(batch, through)
    assert list(batch.packages) == ["成都市/材料/乙", "成都市/材料/甲"] and not batch.errors
    assert [each.identity for each in batch.deliveries["成都市"].packages] == list(batch.packages)
    paper = batch.paper("成都市/材料/甲")
    assert paper is not None and paper.text("product") == "巡检机器人"
    again = batch_of(package(*files), tmp_path)
    read = []
    monkeypatch.setattr(again.store, "get", lambda key, kind: read.append(key) or batch.store.get(key, kind))
    is_settled(again)
    assert again.packages == batch.packages and unassembled(again) == ()
    known = [key for key in read if key.startswith("briefs/")]
    papers = len(again.packages)
    assert len(known) == len(set(known)) + papers  # each once, and the papers of packages once more, to be matched


def test_deliveries_are_judged_side_by_side_and_once(tmp_path: Path) -> None:
    batch = batch_of(package(source("甲/扫描.pdf")), tmp_path)
    names = ("成都市", "绵阳市")
    batch.take(Inbox(root="收件", deliveries=tuple(DeliveryFiles(name=name) for name in names)))
    for name in names:
        batch.store.put(batch.assembly(name), Delivery(name=name))
        batch.store.put(brief_key(batch.assembly(name)), Assembled(content=name))
    asked: list[tuple[str, tuple[str, ...]]] = []

    def noted(stage: str, work: Callable[[str], Any], subjects: Sequence[str]) -> Sequence[Any]:
        asked.append((stage, tuple(subjects)))
        return through(stage, work, subjects)

    together = judge_together(batch, {}, noted)
    assert asked == [("推荐表", names)] and not batch.errors
    assert tuple(together.deliveries) == names and all(batch.store.has(key) for key in together.delivered)
    again = Batch(batch.material, batch.store, batch.pool, batch.progress)
    assert judge_together(again, {}, noted).delivered == together.delivered and len(asked) == 1
