"""The night for real: `heyan serve` on a schedule of minutes, its server, its runs, its messages; killed, and again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.request import Request, urlopen

import psutil
import pytest

from flows.steps.homes import home_of
from pipeline.errors import UsageProblem
from pipeline.settings import CHECKOUT
from pipeline.store import Store
from tests.flows.commands import HEYAN, heyan, heyan_here
from tests.flows.processes import LIMIT, SPAWNED, assert_all_end, children, wait_for
from tests.flows.tiny import DAMAGED, UNIT, make_tiny
from tests.flows.webhook import Receiver, receiving
from tests.s3 import storage

pytestmark = [pytest.mark.drill, pytest.mark.prefect, pytest.mark.reader]
SMALL = 20 * 1024 * 1024
"""Bytes that the server's database may have at most."""


@dataclass
class Served:
    """A service under way: its process, its server's address, its folder, and who hears of its runs."""

    process: subprocess.Popen[str]
    root: Path
    address: str
    receiver: Receiver

    def titles(self) -> list[str]:
        return [each["title"] for each in self.receiver.arrived]

    def asked(self, what: str) -> list[dict[str, Any]]:
        request = Request(f"{self.address}/api/{what}/filter", b"{}", {"content-type": "application/json"})
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)  # type: ignore[no-any-return]

    def flow_processes(self) -> list[psutil.Process]:
        """The processes of flows under way that have readers of their own."""
        return [each for each in children(self.process.pid, SPAWNED) if children(each.pid, SPAWNED)]


@contextmanager
def serving(
    root: Path, cron: str = "* * * * *", places: Sequence[str] = (), settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Served]:
    """A service over the folders below `root`, or over inbox, filings and output folder as they are named."""
    inbox, online, out = places or [str(root / name) for name in ("inbox", "online.json", "out")]
    with receiving() as receiver:
        environment = os.environ | {
            "HEYAN_NOTIFY": receiver.address,
            "HEYAN_QUIET_SECONDS": "1",
            "HEYAN_RETRY_SECONDS": "[1, 1]",
            **settings,
        }
        environment.pop("PREFECT_API_URL", None)
        process = subprocess.Popen(
            [
                *HEYAN, "serve", inbox, "--online", online, "--out", out,
                "--workers", "1", "--cron", cron, "--metrics", str(root / "heyan.prom"),
            ],
            cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            told = [process.stdout.readline() for _ in range(2)]
            assert told[0].startswith("已就绪")
            yield Served(process, root, told[1].strip().partition("：")[2], receiver)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("night")
    make_tiny(root)
    return root


@pytest.fixture(scope="module")
def nights(root: Path) -> Iterator[Served]:
    with serving(root) as served:
        wait_for(lambda: len(served.titles()) >= 2)
        yield served


def test_nights_start_by_themselves_and_the_second_finds_nothing(nights: Served) -> None:
    assert nights.titles()[:2] == ["核验完成", "核验完成"]
    assert "2 个申报包，2 页" in nights.receiver.arrived[0]["message"]
    told = json.loads((nights.root / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["stages"]["x_cache_hits"] == told["pages"] == 2 and told["seconds"] < 5
    assert "heyan_last_success_timestamp_seconds" in (nights.root / "heyan.prom").read_text()


def test_the_page_shows_packages_progress_and_findings_without_values(nights: Served) -> None:
    tasks = {each["name"] for each in nights.asked("task_runs")}
    assert {f"识别 成都市/{UNIT}", f"核验 成都市/{UNIT}", f"输出 成都市/{UNIT}"} <= tasks
    shown = {each["key"]: each for each in nights.asked("artifacts")}
    assert shown["progress"]["data"] == 100
    packages, findings = json.loads(shown["packages"]["data"]), json.loads(shown["findings"]["data"])
    assert {row["包"] for row in packages} == {f"成都市/{UNIT}", f"成都市/{DAMAGED}"}
    assert ("X101", "rd_staff") in {(row["代码"], row["字段"]) for row in findings}
    assert {key for row in findings for key in row} == {"包", "代码", "级别", "字段", "条数"}


def test_last_night_is_asked_from_outside(nights: Served) -> None:
    answer = heyan("doctor", "--last-run", str(nights.root / "out"))
    assert answer.returncode == 0 and "完成" in answer.stdout


def test_a_share_that_vanished_is_tried_again_and_then_told(nights: Served) -> None:
    before = len(nights.titles())
    away = (nights.root / "inbox").rename(nights.root / "away")
    try:
        wait_for(lambda: "核验没有完成" in nights.titles()[before:])
    finally:
        away.rename(nights.root / "inbox")
    assert "无法访问" in next(each["message"] for each in nights.receiver.arrived if each["title"] == "核验没有完成")
    awaited = [each for each in nights.asked("task_runs") if each["name"].startswith("等候材料")]
    assert max(each["run_count"] for each in awaited) == 3


def test_a_night_whose_process_is_killed_is_told_and_the_next_one_ends(nights: Served) -> None:
    package = nights.root / "inbox" / "成都市" / "丙公司"
    shutil.copytree(nights.root / "inbox" / "成都市" / UNIT, package)
    with (package / "扫描件.pdf").open("ab") as stream:
        stream.write(b"\n%another\n")
    before = len(nights.titles())
    wait_for(lambda: bool(nights.flow_processes()))
    nights.flow_processes()[0].kill()
    wait_for(lambda: len(nights.titles()) > before)
    assert "意外中断" in nights.receiver.arrived[before]["message"]
    wait_for(lambda: len(nights.titles()) > before + 1)
    assert nights.titles()[before:][:2] == ["核验没有完成", "核验完成"]
    assert (nights.root / "out" / "results" / "成都市" / "丙公司" / "result.json").is_file()


def test_the_work_pool_deployments_are_accepted_by_the_server(nights: Served) -> None:
    prefect = Path(sys.executable).parent / "prefect"
    environment = os.environ | {"PREFECT_API_URL": f"{nights.address}/api", "PREFECT_HOME": str(nights.root / "client")}
    for command in (["work-pool", "create", "heyan", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
        subprocess.run(
            [prefect, *command], cwd=CHECKOUT, env=environment, capture_output=True, timeout=LIMIT, check=True
        )
    found = {each["name"]: each for each in nights.asked("deployments") if each["work_pool_name"] == "heyan"}
    assert set(found) == {"nightly", "package"}
    (planned,) = found["nightly"]["schedules"]
    assert (planned["schedule"]["cron"], planned["schedule"]["timezone"]) == ("0 1 * * *", "Asia/Shanghai")
    assert found["nightly"]["global_concurrency_limit"]["limit"] == 1


def test_the_servers_database_stays_small(nights: Served) -> None:
    files = home_of("nights", nights.root / "out").rglob("prefect.db*")
    assert 0 < sum(file.stat().st_size for file in files) < SMALL


def test_a_night_goes_from_bucket_to_bucket(root: Path, tmp_path: Path) -> None:
    with storage() as s3:
        s3.make_bucket("nights")  # servers of one process share what they hold
        s3.put("nights", "online.json", (root / "online.json").read_bytes())
        for path in (root / "inbox" / "成都市" / DAMAGED).iterdir():
            s3.put("nights", f"收件夹/成都市/{DAMAGED}/{path.name}", path.read_bytes())
        places = [f"s3://nights/{name}" for name in ("收件夹", "online.json", "核验结果")]
        with serving(tmp_path, places=places, settings=s3.environment) as served:
            wait_for(lambda: served.titles())
            found = s3.objects("nights")
        assert served.titles()[0] == "核验完成", served.receiver.arrived
        assert json.loads(found["核验结果/run.json"])["packages"] == 1
        assert f"核验结果/results/成都市/{DAMAGED}/report.html" in found
        assert "s3://nights/核验结果/核验汇总.xlsx" in served.receiver.arrived[0]["message"]


def test_killed_it_leaves_no_process(root: Path, nights: Served) -> None:
    del nights  # after it, in the same folder
    with serving(root, "0 1 1 1 *") as served:
        server = psutil.Process(served.process.pid).children()
        assert any("flows.orchestration.server_process" in each.cmdline() for each in server)
        served.process.kill()
        assert_all_end(server, 10)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--cron", "every night"], "时间表写法有误"),
        (["--cron", "0 25 * * *"], "时间表写法有误"),
        (["--timezone", "Mars/Base"], "没有这个时区"),
    ],
)
def test_a_schedule_that_cannot_be_understood_is_refused(root: Path, more: list[str], sentence: str) -> None:
    places = [str(root / "inbox"), "--online", str(root / "online.json"), "--out", str(root / "out")]
    answer = heyan_here("serve", *places, *more, HEYAN_DATA=str(root / "data"))
    assert answer.returncode == 2 and sentence in answer.stderr and "Traceback" not in answer.stderr


def test_one_package_is_read_ahead(root: Path, tmp_path: Path) -> None:
    from flows.orchestration.nightly import package
    from flows.steps.batch import Batch
    from flows.steps.inputs import Call, read_filed, take_in
    from flows.steps.pool import WorkerPool
    from flows.steps.progress import Silent

    places = (str(root / "inbox"), str(root / "online.json"), str(tmp_path / "out"))
    with pytest.raises(UsageProblem, match="没有这个申报包"):
        package.fn("成都市/没有的公司", *places, workers=1)
    told = package.fn(f"成都市/{UNIT}", *places, workers=1)
    assert told.message == f"成都市/{UNIT} 已识别"
    assert package.fn(f"成都市/{UNIT}", *places, workers=1).message == f"成都市/{UNIT} 此前已识别"
    call = Call(*(Path(place) for place in places))
    with WorkerPool(1, tmp_path / "log") as pool:
        batch = Batch(take_in(call, read_filed(call)), Store(call.workspace), pool, Silent())
        brief = batch.brief(f"成都市/{UNIT}")
        assert brief is not None and brief.pages == 2
        assert batch.brief(f"成都市/{DAMAGED}") is None
