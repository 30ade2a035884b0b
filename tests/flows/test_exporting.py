"""Corrections made into accuracy cases: the box's picture and its value leave, and nothing else does."""

from __future__ import annotations

import errno
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from flows.cli.corrections import export
from flows.steps.assembling import assembly_key
from flows.steps.exporting import INDEX, NO_PACKAGE, NO_PLACE, PERSONAL, WITHHELD, export_corrections
from flows.steps.inputs import CALLED, Called
from flows.steps.withholding import mark_key
from pipeline.errors import UsageProblem
from pipeline.intake import read_inbox
from pipeline.model.application import Application, Field
from pipeline.model.care import SecrecyMark
from pipeline.model.document import Page
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.model.package import Package
from pipeline.notices.profile import load_profile
from pipeline.store import Store
from tests.bare_pages import straight_page
from tests.flows.commands import heyan_here
from tests.flows.tiny import ROWS, UNIT, make_tiny

PROFILE = load_profile()
SCAN = "扫描件.pdf"
PIXELS = (1250, 1768)
"""Of a tiny page, drawn at 120 dpi, as it is rendered: not below 150."""
PACKAGE = f"成都市/{UNIT}"
NUMBER = "11010519491231002X"
KEYS = ("applicant", "legal_representative", "registered_capital", "address", "uscc", "staff", "rd_staff", "product")


def place(row: int) -> Place:
    top = 200 + 100 * row + 30
    return Place(file=SCAN, page=2, bbox=BBox(0.435, top / 1414, 0.9, (top + 40) / 1414))


def page(number: int, sha256: str, personal: tuple[BBox, ...] = ()) -> Page:
    return Page(file=SCAN, sha256=sha256, reading=straight_page(number, PIXELS, 150.0, personal=personal))


class World:
    """A tiny inbox and the output folder of a run over it, as far as an export looks at it."""

    def __init__(self, root: Path) -> None:
        make_tiny(root)
        self.root, self.out, self.inbox = root, root / "out", root / "inbox"
        self.store = Store(self.out / ".heyan")
        self.store.put(CALLED, Called(inbox=str(self.inbox), profile="jiebang-2021"))
        taken = read_inbox(self.inbox, self.store.root / "unpacked", PROFILE)
        self.files = next(each for each in taken.deliveries[0].packages if each.identity == PACKAGE)
        self.sha256 = next(file.sha256 for file in self.files.files if file.path == SCAN)
        self.keep()

    def keep(self, personal: tuple[BBox, ...] = ()) -> None:
        values = dict(zip(KEYS, (value for _, value in ROWS), strict=True)) | {"rd_staff": "46"}
        fields = tuple(
            Field(key=key, reading=Reading(value=value, raw=value, confidence=0.77, source=Source.PAPER,
                                           places=(place(row),)))
            for row, (key, value) in enumerate(values.items())
        )  # fmt: skip
        package = Package(
            identity=PACKAGE, delivery="成都市", pages=(page(1, self.sha256), page(2, self.sha256, personal)),
            paper=Application(source=Source.PAPER, fields=fields),
        )  # fmt: skip
        self.store.put(assembly_key(self.files, PROFILE), package)

    def export(self, *rows: tuple[str, str], package: str = PACKAGE, to: str = "cases"):
        listed = [
            {"package": package, "key": key, "value": value, "who": "核对员甲", "why": "纸上看得清"}
            for key, value in rows
        ]
        (self.root / "更正.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
        return export_corrections(self.out, self.root / "更正.json", self.root / to, None)

    def cases(self, to: str = "cases") -> list[dict]:
        return [json.loads(line) for line in (self.root / to / INDEX).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_correction_is_a_case_with_the_picture_of_its_box(world):
    assert world.export(("rd_staff", "４５")).cases == 1
    (case,) = world.cases()
    (crop,) = case.pop("crops")
    assert case == {"key": "rd_staff", "kind": "count", "value": "45", "read": "46", "confidence": 0.77}
    picture = np.asarray(Image.open(world.root / "cases" / crop).convert("L"))
    height, width = picture.shape
    assert crop.endswith(".png") and 50 < height < 70 and 580 < width < 600
    ink = np.argwhere(picture < 100)
    assert len(ink) and ink[:, 1].max() < width / 4  # the two figures, no label and no neighbour


def test_nothing_else_leaves(world):
    world.export(("rd_staff", "45"), ("staff", "120"))
    written = [path for path in (world.root / "cases").rglob("*") if path.is_file()]
    text = (world.root / "cases" / INDEX).read_text(encoding="utf-8")
    for kept_back in (UNIT, "成都市", SCAN, "核对员甲", "纸上看得清", world.sha256, str(world.root)):
        assert kept_back not in text and not any(kept_back in path.name for path in written)
    assert len(written) == 3
    assert {key for case in world.cases() for key in case} == {"key", "kind", "value", "read", "confidence", "crops"}


def test_identity_numbers_never_leave(world):
    told = world.export(("address", f"身份证号{NUMBER}"), ("legal_representative", NUMBER), ("staff", "120"))
    assert told.cases == 1 and told.left_out == ((PERSONAL, 2),)
    assert NUMBER[3:-2] not in (world.root / "cases" / INDEX).read_text(encoding="utf-8")


def test_a_box_beside_an_identity_number_stays(world):
    at = place(KEYS.index("address")).bbox
    world.keep(personal=(BBox(at.x0, at.y1 + at.height / 2, at.x1, at.y1 + at.height),))
    told = world.export(("address", "成都市高新区"), ("staff", "120"))
    assert told.cases == 1 and told.left_out == ((PERSONAL, 1),)
    assert [case["key"] for case in world.cases()] == ["staff"]


def test_packages_with_a_secrecy_mark_never_leave(world):
    world.store.put(mark_key(world.sha256), SecrecyMark(sha256=world.sha256, page=1, word="机密"))
    told = world.export(("rd_staff", "45"), ("staff", "120"))
    assert told.cases == 0 and told.left_out == ((WITHHELD, 2),)
    assert world.cases() == [] and not (world.root / "cases" / "crops").exists()


def test_what_has_no_place_or_no_package_is_counted(world):
    assert world.export(("contact_fax", "028-1234567")).left_out == ((NO_PLACE, 1),)
    assert world.export(("staff", "120"), package="成都市/没有这家", to="b").left_out == ((NO_PACKAGE, 1),)
    (world.inbox / "成都市" / UNIT / "又一份.txt").write_text("后来放进来的", encoding="utf-8")
    assert world.export(("staff", "120"), to="c").left_out == ((NO_PACKAGE, 1),)


def test_the_same_corrections_give_the_same_bytes(world):
    rows = (("staff", "120"), ("rd_staff", "45"), ("address", "成都市"))
    world.export(*rows, to="a")
    world.export(*rows[::-1], to="b")
    one, other = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
                  for folder in (world.root / "a", world.root / "b"))  # fmt: skip
    assert one == other


def test_unusable_calls_write_nothing(world, tmp_path):
    world.export(("staff", "120"))
    with pytest.raises(UsageProblem, match="空文件夹"):
        world.export(("staff", "120"))
    with pytest.raises(UsageProblem, match="只读不写"):
        world.export(("staff", "120"), to="inbox/cases")
    world.store.drop("called")
    with pytest.raises(UsageProblem, match="没有做完的核验"):
        world.export(("staff", "120"), to="other")
    assert not (tmp_path / "other").exists() and not (world.inbox / "cases").exists()


def test_the_command_finds_the_inbox_by_itself_or_is_told(world):
    (world.root / "更正.csv").write_text(f"package,key,value\n{PACKAGE},rd_staff,45\n", encoding="utf-8")
    corrections = str(world.root / "更正.csv")

    def called(out: Path, to: str, *more: str) -> subprocess.CompletedProcess[str]:
        to = str(world.root / to)
        return heyan_here("corrections", "export", str(out), "--corrections", corrections, "--to", to, *more)

    answer = called(world.out, "a")
    assert answer.returncode == 0 and "已导出 1 条" in answer.stdout, answer.stderr
    moved = world.inbox.rename(world.root / "moved")
    answer = called(world.out, "b")
    assert answer.returncode == 2 and "--inbox" in answer.stderr
    assert called(world.out, "b", "--inbox", str(moved)).returncode == 0
    assert world.cases("a") == world.cases("b")
    assert called(moved, "c").returncode == 2 and not (moved / ".heyan").exists()


@pytest.mark.parametrize(("number", "sentence"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有写入权限")])
def test_a_disk_that_takes_no_more_is_said_in_a_sentence(world, monkeypatch, number, sentence):
    listed = world.root / "corrections.csv"
    listed.write_text(f"package,key,value\n{PACKAGE},staff,120\n", encoding="utf-8")

    def full(*_):
        raise OSError(number, "no room")

    monkeypatch.setattr("flows.steps.exporting.write_whole", full)
    with pytest.raises(UsageProblem, match=f"{sentence}，导出未完成.*另选一个空文件夹"):
        export(str(world.out), listed, world.root / "cases", None)
