"""A package with a secrecy mark is stopped and nothing of the marked file is kept; identity numbers are masked."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from PIL import Image, ImageDraw, ImageFont

from pipeline.model.care import SecrecyMark
from pipeline.store import Store
from tests.flows.commands import heyan, heyan_here
from tests.flows.tiny import FILING, FONT, SIZE

pytestmark = pytest.mark.reader
NUMBER = "11010519491231002X"
SECRET = "绝不外传的研制计划"
"""Stands on the page before the marked one: it was read first."""
STOPPED, OTHER = "停下的公司", "另一家公司"


def drawn(*lines: tuple[int, int, str]) -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    for x, y, text in lines:
        pen.text((x, y), text, font=ImageFont.truetype(FONT, 34), fill="black")
    return page


def make(root: Path) -> None:
    delivery = root / "inbox" / "成都市"
    (delivery / OTHER).mkdir(parents=True)
    first = drawn((220, 260, "揭榜单位申报材料"), (150, 500, f"本件记载{SECRET}及其进度安排"))
    marked = drawn((720, 60, "机密★10年"), (150, 500, "平台研制进度与经费安排情况说明"))
    first.save(root / "扫描件.pdf", save_all=True, append_images=[marked], resolution=120)
    with zipfile.ZipFile(delivery / f"{STOPPED}.zip", "w") as archive:
        archive.write(root / "扫描件.pdf", "扫描件.pdf")
    (root / "扫描件.pdf").unlink()
    lines = ("揭榜方向：1", f"揭榜单位：{OTHER}", "推荐单位：成都市经济和信息化局", f"法定代表人身份证号：{NUMBER}")
    cover = drawn((220, 260, "揭榜单位申报材料"), *((150, 500 + 110 * n, text) for n, text in enumerate(lines)))
    cover.save(delivery / OTHER / "扫描件.pdf", resolution=120)
    (root / "online.json").write_text(json.dumps({"applications": [FILING]}, ensure_ascii=False), encoding="utf-8")


def run(root: Path, *more: str) -> None:
    places = (str(root / "inbox"), "--online", str(root / "online.json"), "--out", str(root / "out"))
    heyan("run", *places, "--workers", "1", *more, HEYAN_PREFECT="false").check_returncode()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("care")
    make(made)
    run(made)
    return made


def result(root: Path, name: str) -> dict[str, Any]:
    path = root / "out" / "results" / "成都市" / name / "result.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def checklist(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "".join((*cells, *(paragraph.text for paragraph in document.paragraphs)))


def holders(root: Path, text: str) -> list[str]:
    """The files of OUT that hold a text: plain ones by their bytes, the workbook by its cells, checklists unpacked."""
    found = [path for path in (root / "out").rglob("*") if path.is_file() and text.encode() in path.read_bytes()]
    found += [path for path in (root / "out").rglob("核验单.docx") if text in checklist(path)]
    book = load_workbook(root / "out" / "核验汇总.xlsx")
    cells = (str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return [path.name for path in found] + (["核验汇总.xlsx"] if any(text in cell for cell in cells) else [])


def test_a_secrecy_mark_stops_the_package(root: Path) -> None:
    told = result(root, STOPPED)
    assert told["verdict"] == "look"
    assert [finding["code"] for finding in told["findings"]] == ["Z101"]
    (finding,) = told["findings"]
    assert "保密工作机构" in finding["message"] and [place["page"] for place in finding["evidence"]] == [2]
    assert {outcome for code, outcome in told["checks"].items() if code != "Z101"} == {"undecided"}
    assert told["pages"] == [] and told["fields"] == {} and told["seals"] == []


def test_nothing_of_the_marked_file_is_kept(root: Path) -> None:
    assert holders(root, SECRET) == [] and holders(root, "研制进度") == []
    report = (root / "out" / "results" / "成都市" / STOPPED / "report.html").read_text(encoding="utf-8")
    assert "<img" not in report and "保密工作机构" in report
    printed = checklist(root / "out" / "results" / "成都市" / STOPPED / "核验单.docx")
    assert "保密工作机构" in printed and "盖章扫描件" not in printed and "推荐单位" not in printed
    store = Store(root / "out" / ".heyan")
    (key,) = store.keys("secrecy")
    mark = store.get(key, SecrecyMark)
    assert mark == SecrecyMark(sha256=key.removeprefix("secrecy/"), page=2, word="机密")
    assert not any(mark.sha256 in name for name in (*store.keys("pages"), *store.keys("crops")))
    assert list((root / "out" / ".heyan").rglob("*.pdf")) == []


def test_a_later_run_knows_without_reading(root: Path) -> None:
    before, pages = result(root, STOPPED), set(Store(root / "out" / ".heyan").keys("pages"))
    run(root)
    assert result(root, STOPPED) == before
    assert set(Store(root / "out" / ".heyan").keys("pages")) == pages
    assert holders(root, SECRET) == [] and list((root / "out" / ".heyan").rglob("*.pdf")) == []


def test_a_filing_that_may_be_the_stopped_packages_is_not_said_to_lack_one(root: Path) -> None:
    told = json.loads((root / "out" / "run.json").read_text(encoding="utf-8"))
    assert [each["outcome"] for each in told["verdicts"] if each["code"] == "P132"] == ["undecided"]


def test_an_identity_number_is_masked_everywhere(root: Path) -> None:
    told = result(root, OTHER)
    (finding,) = [each for each in told["findings"] if each["code"] == "Z102"]
    assert finding["severity"] == "info" and finding["evidence"][0]["page"] == 1
    assert holders(root, NUMBER) == [] and holders(root, NUMBER[3:-2]) == []


def inspected(file: Path) -> str:
    out = str(file.parent / "drawn")
    answer = heyan_here("inspect", str(file), "--json", "--out", out)
    answer.check_returncode()
    return answer.stdout


def test_inspect_tells_neither(tmp_path: Path) -> None:
    drawn((720, 60, "机密★10年"), (150, 500, SECRET)).save(tmp_path / "密.png")
    told = json.loads(inspected(tmp_path / "密.png"))
    assert SECRET not in json.dumps(told, ensure_ascii=False) and "保密工作机构" in told["files"][0]["problem"]
    assert list((tmp_path / "drawn").glob("*")) == []
    drawn((150, 300, f"身份证号{NUMBER}"), (150, 500, "申报单位基本情况")).save(tmp_path / "号.png")
    shown = inspected(tmp_path / "号.png")
    assert NUMBER not in shown and "110*************2X" in shown and "申报单位基本情况" in shown


def test_a_person_may_release_a_mark_and_take_it_back(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    released = tmp_path / "corrections.csv"
    row = f"成都市/{STOPPED},Z101,扫描件.pdf 第2页,保密员王五,2021-11-20 09:30,系文件标题"
    released.write_text(f"package,key,value,who,when,why\n{row}\n", encoding="utf-8")
    run(tmp_path, "--corrections", str(released))
    told = result(tmp_path, STOPPED)
    assert [page["page"] for page in told["pages"]] == [1, 2] and told["checks"]["Z101"] == "passed"
    assert told["checks"]["P101"] != "undecided"
    (noted,) = [row for row in run_sheet(tmp_path) if row[0] == "密级标志解除"]
    assert noted[1] == f"成都市/{STOPPED}" and all(word in noted[2] for word in ("第2页", "王五", "系文件标题"))
    run(tmp_path)
    assert [finding["code"] for finding in result(tmp_path, STOPPED)["findings"]] == ["Z101"]
    assert holders(tmp_path, SECRET) == [] and result(tmp_path, STOPPED)["pages"] == []


def run_sheet(root: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(root / "out" / "核验汇总.xlsx")
    return list(book["运行记录"].iter_rows(min_row=2, values_only=True))
