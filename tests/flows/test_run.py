"""Whole runs over a tiny inbox: what comes out, cut off from the network, killed at any moment, and run again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checks.case import RunCase
from flows.cli.run import run_inbox
from flows.steps.homes import home_of
from flows.steps.inputs import Call
from flows.steps.judging import judge_run
from pipeline.errors import UsageProblem
from pipeline.reports.products import WORKBOOK
from pipeline.settings import CHECKOUT
from pipeline.store import Store
from tests.flows.commands import HEYAN, command, heyan_here, products, run
from tests.flows.processes import LIMIT, wait_for
from tests.flows.tiny import UNIT, make_pageless
from tests.processor_time import processor_seconds

pytestmark = pytest.mark.reader
RECORD = "运行记录"


def sheets(book: Path) -> dict[str, list[tuple[object, ...]]]:
    """The workbook's cells by sheet, 运行记录 aside."""
    workbook = load_workbook(book)
    return {
        sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets if sheet.title != RECORD
    }


def result(out: Path, name: str) -> dict[str, object]:
    return json.loads((out / "results" / "成都市" / name / "result.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_package_has_its_files(undisturbed: Path) -> None:
    made = products(undisturbed)
    assert {f"results/成都市/{UNIT}/result.json", f"results/成都市/{UNIT}/report.html"} <= made.keys()
    assert "results/成都市/打不开的公司/result.json" in made and "results/成都市/delivery.json" in made
    assert (undisturbed / WORKBOOK).is_file()


def test_a_planted_difference_is_found(undisturbed: Path) -> None:
    findings = result(undisturbed, UNIT)["findings"]
    assert isinstance(findings, list)
    found = {(finding["code"], finding["field"]): finding for finding in findings}
    assert ("X101", "rd_staff") in found
    assert {found["X101", "rd_staff"]["expected"], found["X101", "rd_staff"]["found"]} == {"45", "46"}
    assert ("X101", "applicant") not in found and ("X101", "staff") not in found


def test_a_damaged_file_is_a_finding_and_no_failure(undisturbed: Path) -> None:
    told = result(undisturbed, "打不开的公司")
    assert told["status"] == "ok"
    assert "P001" in {finding["code"] for finding in told["findings"]}  # type: ignore[attr-defined]


def test_a_second_run_reads_nothing_and_changes_nothing(inbox: Path, undisturbed: Path) -> None:
    before = products(undisturbed)
    pages = {path: path.stat().st_mtime_ns for path in (undisturbed / ".heyan").rglob("*.json")}
    answers = []
    assert processor_seconds(lambda: answers.append(run(inbox, undisturbed, prefect=True))) < 15
    assert answers[0].returncode == 0, answers[0].stderr
    assert products(undisturbed) == before
    touched = {path.parent.name for path, at in pages.items() if path.stat().st_mtime_ns != at}
    assert touched <= {".heyan"}  # the mark of the last run alone
    assert not home_of("runs", undisturbed).exists()


def test_a_run_with_nothing_to_do_judges_together_once(
    inbox: Path, undisturbed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[RunCase] = []
    monkeypatch.setattr("flows.steps.batch.judge_run", lambda case: judged.append(case) or judge_run(case))
    assert run_inbox(Call(inbox / "inbox", inbox / "online.json", undisturbed)) == 0
    assert len(judged) == 1


def test_inbox_and_results_moved_elsewhere_are_judged_no_second_time(
    inbox: Path, undisturbed: Path, tmp_path: Path
) -> None:
    shutil.copytree(inbox, tmp_path / "moved")
    shutil.copytree(undisturbed, tmp_path / "out")
    kept = {path.relative_to(tmp_path) for path in (tmp_path / "out" / ".heyan").rglob("*.json")}
    answer = run(tmp_path / "moved", tmp_path / "out")
    assert answer.returncode == 0, answer.stderr
    assert {path.relative_to(tmp_path) for path in (tmp_path / "out" / ".heyan").rglob("*.json")} == kept
    assert products(tmp_path / "out") == products(undisturbed)


@pytest.fixture(scope="module")
def pageless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox and its filings without a page to read, and the results of a run over it in `out`."""
    root = tmp_path_factory.mktemp("pageless")
    make_pageless(root)
    assert run(root, root / "out").returncode == 0
    return root


def test_a_data_folder_that_takes_nothing_is_gone_without(pageless: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    environment = os.environ | {"HEYAN_PREFECT": "true", "HEYAN_DATA": str(tmp_path / "data")}
    words = command(pageless, tmp_path / "out")
    done = subprocess.run(words, cwd=CHECKOUT, env=environment, capture_output=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr
    assert products(tmp_path / "out") == products(pageless / "out")
    assert "without Prefect" in (tmp_path / "out" / ".heyan" / "log" / "prefect.log").read_text(encoding="utf-8")


def test_a_server_that_does_not_come_up_is_gone_without(pageless: Path, tmp_path: Path) -> None:
    hurried = "import flows.orchestration.environment as e; e.STARTUP_SECONDS = 0; import flows.cli.main as m; m.main()"
    arguments = command(pageless, tmp_path / "out")[len(HEYAN) :]
    environment = os.environ | {"HEYAN_PREFECT": "true"}
    done = subprocess.run(
        [sys.executable, "-c", hurried, *arguments], cwd=CHECKOUT, env=environment, timeout=LIMIT, check=False
    )
    assert done.returncode == 0
    assert products(tmp_path / "out") == products(pageless / "out")
    log = tmp_path / "out" / ".heyan" / "log" / "prefect.log"
    assert "did not come up" in log.read_text(encoding="utf-8")


def test_without_a_network(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    cut = ("unshare", "--map-root-user", "--net")
    if subprocess.run([*cut, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not permit unshare, so the network can't be cut off here")
    answer = run(inbox, tmp_path / "out", *cut, prefect=True)
    assert answer.returncode == 0, answer.stderr
    assert products(tmp_path / "out") == products(undisturbed)


def _appears(out: Path, pattern: str) -> bool:
    return any(out.rglob(pattern)) if out.exists() else False


@pytest.fixture(scope="module")
def killed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An output folder whose runs were killed four times, each a step further on, and then run to the end."""
    out = tmp_path_factory.mktemp("killed") / "out"
    for pattern in ("lock", "0001.json", "looked", "report.html"):
        environment = os.environ | {"HEYAN_PREFECT": "false"}
        process = subprocess.Popen(
            command(inbox, out), cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(partial(_appears, out, pattern), during=process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    yield out


def test_killed_at_any_moment_and_started_again(inbox: Path, undisturbed: Path, killed: Path) -> None:
    assert not (killed / ".heyan" / "last-run.json").exists()
    answer = run(inbox, killed)
    assert answer.returncode == 0, answer.stderr
    assert products(killed) == products(undisturbed)


def test_the_workbook_of_a_killed_and_resumed_run_is_the_same(inbox: Path, killed: Path, first_workbook: Path) -> None:
    resumed = killed.parent / "resumed"
    shutil.copytree(killed, resumed)
    (resumed / ".heyan" / "last-run.json").unlink(missing_ok=True)
    assert run(inbox, resumed).returncode == 0
    made = sheets(resumed / WORKBOOK)
    assert made == sheets(first_workbook)
    assert len(made) == 8


def test_interrupted_by_the_clerk(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(inbox, out),
        cwd=CHECKOUT,
        env=os.environ | {"HEYAN_PREFECT": "false"},
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: _appears(out, "workers.log"), during=process)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "接着做" in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "/nowhere", "--online", "/nowhere.xlsx", "--out", "OUT"], "收件夹不存在"),
        (["run", "INBOX", "--online", "/nowhere.xlsx", "--out", "OUT"], "网上申报数据不存在"),
        (["run", "INBOX", "--online", "ONLINE", "--out", "INBOX/out"], "只读不写"),
        (["run", "INBOX", "--online", "ONLINE", "--out", "/proc/out"], "剩余空间不足"),
        (["run", "INBOX", "--online", "ONLINE", "--out", "OUT", "--profile", "no-such-notice"], "找不到通知配置"),
        (["check", "/nowhere", "--online", "ONLINE"], "收件夹不存在"),
        (["explain", "Q999"], "没有代码"),
        (["inspect", "/nowhere.pdf"], "文件不存在"),
    ],
)
def test_unusable_calls_write_nothing(inbox: Path, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    places = {"INBOX": str(inbox / "inbox"), "ONLINE": str(inbox / "online.json"), "OUT": str(tmp_path / "out")}
    for word, place in places.items():
        arguments = [argument.replace(word, place) for argument in arguments]
    answer = heyan_here(*arguments)
    assert answer.returncode == 2
    assert sentence in answer.stderr and "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists() and not (inbox / "inbox" / "out").exists()


@pytest.mark.parametrize(("number", "sentence"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读")])
def test_a_disk_that_takes_no_more_is_said_in_a_sentence(
    inbox: Path, tmp_path: Path, number: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Store, "put", full)
    call = Call(inbox / "inbox", inbox / "online.json", tmp_path / "out")
    monkeypatch.setattr("flows.cli.run.take_in", lambda call, _: Store(call.workspace).put("a", call))
    with pytest.raises(UsageProblem, match=sentence):
        run_inbox(call)
