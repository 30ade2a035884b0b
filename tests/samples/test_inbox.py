"""A whole inbox: its files are there, its truth stands on its pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import openpyxl
import pypdfium2 as pdfium
import pytest

from samples.defects import DefectSpec
from samples.inbox import make_inbox
from samples.online import ONLINE_KEYS
from samples.truth import InboxTruth, PageTruth, SealTruth, load_truth

RED_SHARE = 0.02
"""A seal's ink covers far more of its box; print and noise cover none of it in red."""
DEFECTS = (DefectSpec("X101", "revenue"), DefectSpec("S111"), DefectSpec("S122"), DefectSpec("P124"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples")
    make_inbox(out, 1, "office", "reserve", 11, [DEFECTS], workers=1, size="short", packing="plain")
    return out


@pytest.fixture(scope="module")
def truth(made: Path) -> InboxTruth:
    return load_truth(made)


def page_picture(made: Path, identity: str, page: PageTruth) -> np.ndarray:
    document = pdfium.PdfDocument(made / "inbox" / identity / page.file)
    return np.rot90(document[page.page - 1].render(scale=1).to_numpy()[..., :3], -page.rotation // 90)


def red_share(image: np.ndarray, seal: SealTruth) -> float:
    height, width = image.shape[:2]
    x0, y0, x1, y1 = seal.bbox
    cut = image[int(y0 * height) : int(y1 * height), int(x0 * width) : int(x1 * width)].astype(int)
    return float((cut[..., 2] - cut[..., 1] > 40).mean())


def test_every_file_and_page_of_the_truth_exists(made: Path, truth: InboxTruth) -> None:
    package = truth.packages[0]
    folder = made / "inbox" / package.identity
    document = pdfium.PdfDocument(folder / package.pages[0].file)
    assert len(document) == len(package.pages)
    assert [page.page for page in package.pages] == list(range(1, len(package.pages) + 1))
    assert list(folder.glob("*.docx"))
    assert (made / "inbox" / package.delivery / "收件登记.xlsx").is_file()


def test_sections_stand_in_order(truth: InboxTruth) -> None:
    sections = [page.section for page in truth.packages[0].pages if page.section != "blank"]
    assert sections[0] == "cover"
    assert {"form", "indicators", "taskbook", "evidence", "commitment"} <= set(sections)


def test_seals_are_where_the_truth_says(made: Path, truth: InboxTruth) -> None:
    package = truth.packages[0]
    pages = {page.page: page for page in package.pages}
    red = [seal for seal in package.seals if seal.colour == "red"]
    assert red
    for seal in red:
        assert red_share(page_picture(made, package.identity, pages[seal.page]), seal) > RED_SHARE


def test_planted_defects_are_in_truth_and_files(made: Path, truth: InboxTruth) -> None:
    package = truth.packages[0]
    assert not package.clean
    assert [planted.code for planted in package.planted] == [spec.code for spec in DEFECTS]
    assert not [seal for seal in package.seals if seal.place == "commitment"]
    assert [seam.state for seam in package.seams].count("broken") == 1
    assert sorted(document.item for document in package.evidence) == [1, 2, 3, 5]
    sheet = openpyxl.load_workbook(made / "online.xlsx")["申报项目"]
    heads, values = (list(row) for row in sheet.iter_rows(values_only=True))
    assert heads == [heading for _, heading in ONLINE_KEYS]
    revenue = float(str(values[heads.index("整体业务收入(万元)")]))
    planted = package.planted[0]
    assert planted.found != planted.expected
    assert float(str(package.fields["revenue"])) == float(planted.found)
    assert revenue == float(planted.expected)


def test_the_recommendation_table_lists_the_application(truth: InboxTruth) -> None:
    delivery, package = truth.deliveries[0], truth.packages[0]
    assert [row.applicant for row in delivery.rows] == [package.fields["applicant"]]
    assert [seal.place for seal in delivery.seals] == ["recommendation"]


def test_the_same_call_makes_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make_inbox(tmp_path, 1, "office", "reserve", 11, [DEFECTS], workers=1, size="short", packing="plain")
    assert digests(tmp_path) == digests(made)


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_unknown_families_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="judging"):
        make_inbox(tmp_path, 1, family="guessing")
