from __future__ import annotations

import io
import os
import unicodedata
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import UsageProblem
from pipeline.intake import read_inbox
from pipeline.model.document import Format, SourceFile
from pipeline.model.package import Inbox, PackageFiles
from pipeline.notices.profile import load_profile
from tests.pipeline.intake.archives import docx, raw_zip, zipped
from tests.pipeline.rendering.pages import TEXT, jpeg, pdf
from tests.pipeline.rendering.test_pdf import locked_pdf

PROFILE = load_profile()
PDF = pdf(TEXT)


def lay(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def taken(tmp_path: Path, files: dict[str, bytes]) -> Inbox:
    return read_inbox(lay(tmp_path / "inbox", files), tmp_path / "unpacked", PROFILE)


def packages(inbox: Inbox) -> dict[str, PackageFiles]:
    return {package.identity: package for delivery in inbox.deliveries for package in delivery.packages}


def listed(files: tuple[SourceFile, ...]) -> dict[str, str]:
    return {file.path: file.problem for file in files}


def test_deliveries_packages_and_own_files(tmp_path: Path) -> None:
    inbox = taken(
        tmp_path,
        {
            "成都市/推荐表.pdf": PDF,
            "成都市/甲公司/申报表.pdf": PDF,
            "成都市/甲公司/附件/证书.jpg": jpeg(60, 80),
            "成都市/甲公司/申报表.docx": docx(),
            "成都市/甲公司/~$申报表.docx": b"lock",
            "成都市/甲公司/.DS_Store": b"x",
            "成都市/Thumbs.db": b"x",
            "绵阳市/乙公司/说明.txt": "说明".encode(),
        },
    )
    assert [delivery.name for delivery in inbox.deliveries] == ["成都市", "绵阳市"]
    assert listed(inbox.deliveries[0].files) == {"推荐表.pdf": ""}
    first = packages(inbox)["成都市/甲公司"]
    assert [(file.path, file.format) for file in first.files] == [
        ("申报表.docx", Format.WORD),
        ("申报表.pdf", Format.PDF),
        ("附件/证书.jpg", Format.IMAGE),
    ]
    assert first.files[1].media and not first.files[0].media and len(first.files[0].sha256) == 64
    assert packages(inbox)["绵阳市/乙公司"].files[0].format is Format.TEXT


def test_loose_application_files_are_a_package_of_their_own(tmp_path: Path) -> None:
    inbox = taken(tmp_path, {"成都市/推荐表.jpg": jpeg(60, 80), "成都市/扫描件01.pdf": PDF, "成都市/备注.txt": b"ok"})
    assert listed(packages(inbox)["成都市/散件"].files) == {"扫描件01.pdf": ""}
    assert listed(inbox.deliveries[0].files) == {"备注.txt": "", "推荐表.jpg": ""}


def test_the_tables_editable_copy_and_the_log_are_no_scan_of_it(tmp_path: Path) -> None:
    files = {
        "成都市/推荐.png": jpeg(60, 80),
        "成都市/推荐表.xlsx": b"PK",
        "成都市/收件登记.csv": b"",
        "成都市/甲/a.pdf": PDF,
    }
    inbox = taken(tmp_path, files)
    assert list(packages(inbox)) == ["成都市/甲"]
    assert "推荐.png" in listed(inbox.deliveries[0].files)


def test_a_loose_scan_without_a_telling_name_is_the_table_where_no_other_is(tmp_path: Path) -> None:
    inbox = taken(tmp_path, {"成都市/扫描件01.pdf": PDF, "成都市/甲/a.pdf": PDF})
    assert list(packages(inbox)) == ["成都市/甲"] and listed(inbox.deliveries[0].files) == {"扫描件01.pdf": ""}


def test_a_package_as_folder_and_as_archive_is_numbered(tmp_path: Path) -> None:
    inbox = taken(tmp_path, {"成都市/甲公司/a.pdf": PDF, "成都市/甲公司.zip": zipped({"b.pdf": PDF, "内/c.pdf": PDF})})
    assert listed(packages(inbox)["成都市/甲公司"].files) == {"a.pdf": ""}
    assert listed(packages(inbox)["成都市/甲公司#2"].files) == {"b.pdf": "", "内/c.pdf": ""}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_delivery_as_an_archive_with_its_own_folder_inside(tmp_path: Path, encoding: str) -> None:
    content = zipped(
        {"成都市/推荐表.pdf": PDF, "成都市/甲公司/申报表.pdf": PDF, "成都市/乙.zip": zipped({"x.pdf": PDF})}, encoding
    )
    inbox = taken(tmp_path, {"成都市.zip": content})
    assert listed(packages(inbox)["成都市/甲公司"].files) == {"申报表.pdf": ""}
    assert listed(packages(inbox)["成都市/乙"].files) == {"x.pdf": ""}
    assert listed(inbox.deliveries[0].files) == {"推荐表.pdf": ""}


def test_a_package_archive_that_holds_its_own_folder(tmp_path: Path) -> None:
    own, other = zipped({"甲/a.pdf": PDF, "甲/内/b.pdf": PDF}), zipped({"材料/a.pdf": PDF})
    found = packages(taken(tmp_path, {"成都市/甲.zip": own, "成都市/乙.zip": other}))
    assert listed(found["成都市/甲"].files) == {"a.pdf": "", "内/b.pdf": ""}
    assert listed(found["成都市/乙"].files) == {"材料/a.pdf": ""}


def test_a_nested_archive_s_name_is_a_step_of_the_path(tmp_path: Path) -> None:
    inbox = taken(tmp_path, {"成都市/甲/附件.zip": zipped({"证书/a.jpg": jpeg(50, 50)}, "gb18030")})
    assert listed(packages(inbox)["成都市/甲"].files) == {"附件.zip/证书/a.jpg": ""}


def test_names_are_nfc_and_equal_ones_numbered(tmp_path: Path) -> None:
    name = "Café公司"
    inbox = taken(tmp_path, {f"成都市/{unicodedata.normalize('NFD', name)}/a.pdf": PDF, f"成都市/{name}/b.pdf": PDF})
    assert sorted(packages(inbox)) == [f"成都市/{name}", f"成都市/{name}#2"]


def test_names_that_are_no_utf8_are_read_as_gb18030(tmp_path: Path) -> None:
    folder = lay(tmp_path / "inbox", {"成都市/甲/a.pdf": PDF}) / "成都市" / "甲"
    Path(os.fsdecode(os.fsencode(folder) + "/申报表.pdf".encode("gb18030"))).write_bytes(PDF)
    inbox = read_inbox(tmp_path / "inbox", tmp_path / "unpacked", PROFILE)
    found = {file.path: file for file in packages(inbox)["成都市/甲"].files}["申报表.pdf"]
    assert Path(found.location).read_bytes() == PDF and inbox.model_dump_json()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.pdf", b"", "空"),
        ("a.pdf", PDF[:-10], "不完整"),
        ("a.pdf", b"%PDF-1.4 nothing", "损坏"),
        ("a.pdf", b"\x01\x02\x00rubbish" * 20, "不是有效的 PDF"),
        ("a.pdf", locked_pdf(), "加密"),
        ("a.docx", docx()[:60], "损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "加密"),
        ("a.ofd", zipped({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b""}), "OFD"),
        ("a.jpg", jpeg(50, 50)[:30], "损坏"),
        ("a.zip", zipped({"x.pdf": PDF})[:100], "损坏"),
        ("a.zip", raw_zip([(b"x.pdf", PDF)], flags=1), "加密"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "压缩包"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00rubbish", "压缩包"),
        ("a.zip", zipped({}), "空"),
    ],
)
def test_what_can_t_be_read_is_listed_with_one_sentence(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    inbox = taken(tmp_path, {f"成都市/甲/{name}": content})
    problems = listed(packages(inbox)["成都市/甲"].files)
    assert list(problems) == [name] and word in problems[name] and "\n" not in problems[name]


def test_a_pdf_that_is_a_jpeg_is_a_picture(tmp_path: Path) -> None:
    file = packages(taken(tmp_path, {"成都市/甲/a.pdf": jpeg(50, 50)}))["成都市/甲"].files[0]
    assert file.format is Format.IMAGE and file.media and not file.problem


def test_unknown_kinds_are_listed_without_blame(tmp_path: Path) -> None:
    file = packages(taken(tmp_path, {"成都市/甲/a.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 99}))["成都市/甲"].files[0]
    assert file.format is Format.UNKNOWN and not file.problem


def test_a_damaged_package_archive_and_a_damaged_delivery_archive(tmp_path: Path) -> None:
    inbox = taken(tmp_path, {"成都市/甲.zip": b"PK\x03\x04rubbish", "绵阳市.rar": b"Rar!\x1a\x07\0rubbish"})
    assert "压缩包" in listed(packages(inbox)["成都市/甲"].files)["甲.zip"]
    assert inbox.deliveries[1].name == "绵阳市" and "压缩包" in listed(inbox.deliveries[1].files)["绵阳市.rar"]


@pytest.mark.parametrize("name", [b"../../evil.txt", b"/etc/evil.txt", b"a\\..\\..\\evil.txt", b"C:\\evil.txt"])
def test_nothing_is_written_outside(tmp_path: Path, name: bytes) -> None:
    inbox = taken(tmp_path, {"成都市/甲.zip": raw_zip([(name, b"evil"), (b"good.txt", b"good")])})
    problems = listed(packages(inbox)["成都市/甲"].files)
    assert "之外" in problems.pop("甲.zip") and problems == {"good.txt": ""}
    assert not [path for path in tmp_path.rglob("*") if "evil" in path.name]


def test_links_are_told_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    root = lay(tmp_path / "inbox", {"成都市/甲/a.pdf": PDF})
    (root / "成都市/甲/b.pdf").symlink_to(tmp_path / "secret.pdf")
    (root / "成都市/甲/loop").symlink_to(root)
    problems = listed(packages(read_inbox(root, tmp_path / "unpacked", PROFILE))["成都市/甲"].files)
    assert problems["a.pdf"] == "" and "链接" in problems["b.pdf"] and "链接" in problems["loop"]


def test_links_in_an_archive(tmp_path: Path) -> None:
    content = raw_zip([(b"link", b"/etc/passwd")], mode=0o120777)
    problems = listed(packages(taken(tmp_path, {"成都市/甲.zip": content}))["成都市/甲"].files)
    assert list(problems) == ["甲.zip"] and "链接" in problems["甲.zip"]


def test_a_bomb_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.intake.archives.RATIO_FROM", 1_000_000)
    inbox = taken(tmp_path, {"成都市/甲/a.zip": zipped({"bomb.bin": b"\0" * 20_000_000})})
    assert "压缩炸弹" in listed(packages(inbox)["成都市/甲"].files)["a.zip"]
    assert sum(path.stat().st_size for path in (tmp_path / "unpacked").rglob("*") if path.is_file()) == 0


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    content = PDF
    for _ in range(8):
        content = zipped({"in.zip": content})
    problems = listed(packages(taken(tmp_path, {"成都市/甲/a.zip": content}))["成都市/甲"].files)
    assert len(problems) == 1 and "嵌套" in next(iter(problems.values()))


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.intake.archives.MOST_ENTRIES", 5)
    content = zipped({f"{number}.txt": b"x" for number in range(9)})
    assert "超过5个" in listed(packages(taken(tmp_path, {"成都市/甲/a.zip": content}))["成都市/甲"].files)["a.zip"]


@pytest.mark.parametrize(("ending", "kind", "filters"), [("7z", "7zip", ()), ("tar.gz", "gnutar", ("gzip",))])
def test_7z_and_tar(tmp_path: Path, ending: str, kind: str, filters: tuple[str, ...]) -> None:
    import libarchive

    folder = tmp_path / "inbox" / "成都市"
    folder.mkdir(parents=True)
    with libarchive.file_writer(str(folder / f"甲公司.{ending}"), kind, *filters) as archive:
        archive.add_file_from_memory("申报/申报表.pdf", len(PDF), PDF)
    inbox = read_inbox(tmp_path / "inbox", tmp_path / "unpacked", PROFILE)
    assert listed(packages(inbox)["成都市/甲公司"].files) == {"申报/申报表.pdf": ""}


def test_a_second_run_finds_the_same_and_unpacks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"成都市/甲.zip": zipped({"a.pdf": PDF})}
    first = taken(tmp_path, files)

    def refused(*_: object) -> None:
        raise AssertionError("unpacked again")

    monkeypatch.setattr("pipeline.intake.archives._unpack_anew", refused)
    assert taken(tmp_path, files) == first


def test_half_unpacked_is_unpacked_again(tmp_path: Path) -> None:
    files = {"成都市/甲.zip": zipped({"a.pdf": PDF})}
    first = taken(tmp_path, files)
    Path(packages(first)["成都市/甲"].files[0].location).unlink()
    assert taken(tmp_path, files) == first
    assert Path(packages(first)["成都市/甲"].files[0].location).read_bytes() == PDF


def test_the_inbox_is_never_written_to(tmp_path: Path) -> None:
    root = lay(tmp_path / "inbox", {"成都市/甲.zip": zipped({"a.pdf": PDF}), "成都市/推荐表.pdf": PDF})
    before = sorted((str(path), path.stat().st_mtime_ns) for path in root.rglob("*"))
    read_inbox(root, tmp_path / "unpacked", PROFILE)
    assert sorted((str(path), path.stat().st_mtime_ns) for path in root.rglob("*")) == before


def test_files_beside_the_deliveries_are_told(tmp_path: Path) -> None:
    inbox = taken(tmp_path, {"readme.txt": b"hello", "成都市/甲/a.pdf": PDF})
    assert [(fault.subject, "未核验" in fault.message) for fault in inbox.problems] == [("readme.txt", True)]


def test_an_empty_package_is_a_package(tmp_path: Path) -> None:
    (tmp_path / "inbox/成都市/甲").mkdir(parents=True)
    assert packages(taken(tmp_path, {}))["成都市/甲"].files == ()


def test_no_inbox(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        read_inbox(tmp_path / "nothing", tmp_path / "unpacked", PROFILE)


def test_the_clerk_s_log(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2021年揭榜挂帅收件登记"])
    sheet.append(["申报主体", "揭榜产品名称", "收到时间", "纸质份数", "收件环节"])
    sheet.append(["甲公司", "芯片", datetime(2021, 11, 18, 16, 20), 4, None])
    sheet.append(["乙公司", "", "2021/11/19 17:00", "5份", "市（州）经信局"])
    sheet.append(["丙公司", "", 44518.5, None, None])
    sheet.append(["丁公司", "", "不详", None, None])
    sheet.append(["合计", "", "", 9, None])
    out = io.BytesIO()
    book.save(out)
    inbox = taken(tmp_path, {"成都市/收件登记.xlsx": out.getvalue(), "成都市/甲/a.pdf": PDF})
    rows = inbox.deliveries[0].receipts
    assert [row.applicant for row in rows] == ["甲公司", "乙公司", "丙公司", "丁公司"]
    assert rows[0].received_at == datetime(2021, 11, 18, 16, 20) and rows[0].copies == 4
    assert rows[1].received_at == datetime(2021, 11, 19, 17, 0) and rows[1].copies == 5
    assert rows[2].received_at == datetime(2021, 11, 18, 12, 0) and rows[3].received_at is None
    assert [row.stage for row in rows] == ["省厅", "市州", "省厅", "省厅"]
    assert rows[0].cell is not None and (rows[0].cell.file, rows[0].cell.cell) == ("收件登记.xlsx", "C3")
    assert listed(inbox.deliveries[0].files) == {"收件登记.xlsx": ""}
