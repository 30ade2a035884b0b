"""A whole run under a second notice that is YAML alone: its clean papers, its defects, and the first one's eyes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows.cli.run import run_inbox
from flows.steps.inputs import Call
from pipeline.settings import CHECKOUT
from samples.inbox import make_inbox

pytestmark = pytest.mark.reader
SECOND = str(CHECKOUT / "tests" / "data" / "notices" / "hubei-2021")
SEED = 3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One clean package of the second notice, with its recommendation table and log."""
    root = tmp_path_factory.mktemp("second")
    make_inbox(root, 1, "office", "tuning", SEED, size="short", packing="plain", online="json", notice=SECOND)
    return root


@pytest.fixture(scope="module")
def read(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run under its own notice: the only one that reads a page."""
    out = tmp_path_factory.mktemp("run") / "out"
    judge(made, out, SECOND)
    return out


def judge(root: Path, out: Path, notice: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HEYAN_PREFECT", "false")
        assert run_inbox(Call(root / "inbox", root / "online.json", out, notice, workers=1)) == 0


def again(read: Path, root: Path, tmp_path: Path, notice: str) -> dict[str, str]:
    """Judged once more, nothing read: severity and code of every finding on the package, with its message."""
    shutil.copytree(read, tmp_path / "out")
    judge(root, tmp_path / "out", notice)
    assert pages(tmp_path / "out") == pages(read)
    return findings(tmp_path / "out")


def pages(out: Path) -> dict[str, int]:
    """When each page was read."""
    kept = out / ".heyan" / "pages"
    return {path.relative_to(kept).as_posix(): path.stat().st_mtime_ns for path in kept.rglob("*.json")}


def findings(out: Path) -> dict[str, str]:
    return {f"{each['severity']} {each['code']}": each["message"] for each in result(out)["findings"]}


def result(out: Path) -> dict[str, Any]:
    (path,) = (out / "results").rglob("result.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def delivery(out: Path) -> dict[str, Any]:
    (path,) = (out / "results").rglob("delivery.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def late(made: Path, tmp_path: Path) -> Path:
    """The same papers, too few, logged and filed at moments that are too late under the second notice."""
    root = tmp_path / "late"
    shutil.copytree(made, root)
    (log,) = (root / "inbox").rglob("收件登记.xlsx")
    book = openpyxl.load_workbook(log)
    sheet = book.active
    assert sheet is not None
    sheet["C2"], sheet["D2"] = "2021-11-20 12:00:00", 2
    book.save(log)
    told = json.loads((root / "online.json").read_text(encoding="utf-8"))
    told["applications"][0]["submitted_at"] = "2021-11-16 12:00:01"
    (root / "online.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return root


def test_its_clean_papers_are_clean_but_for_a_reader_s_doubt(read: Path) -> None:
    assert set(findings(read)) <= {"warning Q102"}
    checks = result(read)["checks"]
    assert {checks["S101"], checks["S111"], checks["S113"], checks["R106"], checks["P151"]} == {"passed"}
    assert {checks["S102"], checks["S121"], checks["P125"]} == {"not_applicable"}


def test_its_own_table_is_read_and_sealed(made: Path, read: Path) -> None:
    truth = json.loads((made / "truth.json").read_text(encoding="utf-8"))["deliveries"][0]
    told = delivery(read)
    assert [(row["applicant"], row["product"], row["mobile"]) for row in told["rows"]] == [
        (row["applicant"], row["product"], row["mobile"]) for row in truth["rows"]
    ]
    assert told["findings"] == [] and told["checks"]["S141"] == "passed" and told["checks"]["R205"] == "passed"


def test_what_breaks_its_own_rules_is_found(made: Path, read: Path, tmp_path: Path) -> None:
    found = again(read, late(made, tmp_path), tmp_path, SECOND)
    assert {"error P151", "error R105", "error R106"} <= found.keys()
    assert "应交3份" in found["error P151"] and "逾期不予受理" in found["error R106"]


def test_under_the_first_notice_the_same_papers_are_judged_otherwise(made: Path, read: Path, tmp_path: Path) -> None:
    found = again(read, made, tmp_path, "jiebang-2021")
    assert {"error P151", "error P125", "error S102", "error S121", "warning R104"} <= found.keys()
    assert "应交4份" in found["error P151"]
