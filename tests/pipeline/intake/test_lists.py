from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import UnreadableInput, UsageProblem
from pipeline.intake import Correction, Winner, check_inbox, read_corrections, read_releases, read_winners
from pipeline.intake.legacy import to_docx
from pipeline.notices.profile import load_profile
from tests.pipeline.intake.archives import raw_zip
from tests.pipeline.rendering.pages import TEXT, pdf


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def test_winners(tmp_path: Path) -> None:
    wanted = (Winner(unit="甲公司", product="芯片"), Winner(unit="乙公司", product=""))
    table = "往届名单,\n单位名称,揭榜产品名称\n甲公司,芯片\n乙公司,\n"
    assert read_winners(written(tmp_path, "a.csv", table, "gb18030")) == wanted
    assert read_winners(written(tmp_path, "a.txt", "单位名称\t产品\n甲公司\t芯片\n\n乙公司\n")) == wanted
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["单位名称", "揭榜产品名称"], ["甲公司", "芯片"], ["乙公司", None]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read_winners(tmp_path / "a.xlsx") == wanted
    with pytest.raises(UsageProblem, match="单位名称"):
        read_winners(written(tmp_path, "b.csv", "一,二\n1,2\n"))
    with pytest.raises(UsageProblem):
        read_winners(tmp_path / "nothing.xlsx")


def test_corrections(tmp_path: Path) -> None:
    wanted = (
        Correction(package="成都市/甲", key="uscc", value="91510100PDY00001X3", who="王五",
                   when=datetime(2021, 11, 20, 9, 30), why="复印件不清"),
    )  # fmt: skip
    lines = "成都市/甲,uscc,old,,,\n成都市/甲,uscc,91510100PDY00001X3,王五,2021-11-20 09:30,复印件不清\n"
    for name, head in (("a.csv", "package,key,value,who,when,why"), ("b.csv", "包,字段,更正值,核对人,核对时间,说明")):
        assert read_corrections(written(tmp_path, name, f"{head}\n{lines}")) == wanted
    rows = [{"package": "成都市/甲", "key": "uscc", "value": "91510100PDY00001X3", "who": "王五",
             "when": "2021-11-20T09:30:00", "why": "复印件不清"}]  # fmt: skip
    assert read_corrections(written(tmp_path, "a.json", json.dumps(rows))) == wanted
    numbers = [{"package": "成都市/甲", "key": "directions", "value": [1, 3]}]
    assert read_corrections(written(tmp_path, "c.json", json.dumps(numbers)))[0].value == "1、3"


RELEASES = "package,key,value,who,when,why\n成都市/甲,Z101,附件/制度.pdf {page},{who},2021-11-20 09:30,{why}\n"


@pytest.mark.parametrize(("page", "number"), [("第3页", 3), ("第 3 页", 3), ("#3", 3), ("", None)])
def test_releases_from_a_secrecy_mark_are_no_corrections(tmp_path: Path, page: str, number: int | None) -> None:
    path = written(tmp_path, "a.csv", RELEASES.format(page=page, who="王五", why="是制度名称"))
    (release,) = read_releases(path)
    assert (release.package, release.mark.file, release.mark.page) == ("成都市/甲", "附件/制度.pdf", number)
    assert (release.mark.who, release.mark.why) == ("王五", "是制度名称")
    assert read_corrections(path) == ()


@pytest.mark.parametrize(("who", "why"), [("", "是制度名称"), ("王五", "")])
def test_a_release_says_who_and_why(tmp_path: Path, who: str, why: str) -> None:
    with pytest.raises(UsageProblem, match="核对人、理由"):
        read_releases(written(tmp_path, "a.csv", RELEASES.format(page="第3页", who=who, why=why)))


@pytest.mark.parametrize("text", ["{", "[1]", '[{"package": "a"}]', '{"corrections": 3}'])
def test_unusable_corrections(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageProblem):
        read_corrections(written(tmp_path, "a.json", text))


def test_old_documents_without_libreoffice_say_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UnreadableInput, match="libreoffice-writer"):
        to_docx(written(tmp_path, "a.rtf", "{\\rtf1 hello}"), tmp_path / "out" / "a.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_old_documents_are_converted_and_damaged_ones_told(tmp_path: Path) -> None:
    source = written(tmp_path, "a.rtf", "{\\rtf1\\ansi hello}")
    to_docx(source, tmp_path / "out" / "a.docx")
    with zipfile.ZipFile(tmp_path / "out" / "a.docx") as made:
        assert b"hello" in made.read("word/document.xml")
    broken = tmp_path / "b.doc"
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le") + b"\0" * 3000)
    with pytest.raises(UnreadableInput, match="损坏"):
        to_docx(broken, tmp_path / "out" / "b.docx")


def test_a_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = written(tmp_path, "soffice", "#!/bin/sh\nsleep 30 &\nsleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _: str(program))
    monkeypatch.setattr("pipeline.intake.legacy.SECONDS", 0.3)
    with pytest.raises(UnreadableInput, match="超时"):
        to_docx(written(tmp_path, "a.rtf", "{\\rtf1 hello}"), tmp_path / "out" / "a.docx")
    assert list((tmp_path / "out").iterdir()) == []


def test_check_tells_what_a_run_would_stumble_on(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name, content in {
        "成都市/成都甲乙科技有限公司/a.pdf": pdf(TEXT),
        "成都市/丙公司/b.pdf": pdf(TEXT)[:-9],
        "成都市/丁.zip": raw_zip([(b"a.pdf", b"x")], flags=1),
        "readme.txt": b"x",
    }.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(content)
    table = "申报编号,单位名称,揭榜产品名称\n1,成都甲乙科技有限公司,芯片\n2,绵阳戊己有限公司,机器人\n"
    found = check_inbox(inbox, written(tmp_path, "申报项目.csv", table), load_profile())
    (delivery,) = found.deliveries
    problems = {package.identity: [fault.message for fault in package.problems] for package in delivery.packages}
    assert problems["成都市/成都甲乙科技有限公司"] == []
    assert "不完整" in problems["成都市/丙公司"][0] and "加密" in problems["成都市/丁"][0]
    assert (
        found.unmatched == ("2 绵阳戊己有限公司",) and found.problems[0].subject == "readme.txt" and found.filings == 2
    )
