"""The systemd units that the documents give: every key is known, and their commands serve and stop as they stand."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from pipeline.settings import CHECKOUT
from tests.flows.ports import free_port
from tests.flows.processes import wait_for
from tests.flows.units import INSTALLED, Machine, blocks, command_of, other_user, running, unit_of, units


def test_the_documents_give_units() -> None:
    kinds = [Path(name).suffix for name, _ in units()]
    assert (kinds.count(".service"), kinds.count(".timer")) == (5, 1)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    for name, text in units():
        (tmp_path / name).write_text(text.replace(INSTALLED, str(CHECKOUT)) + "\n", encoding="utf-8")
    for name, _ in units():
        command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (answer.returncode, answer.stdout + answer.stderr) == (0, ""), name


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=10) as answer:
            return answer.status == 200  # type: ignore[no-any-return]
    except (URLError, OSError):
        return False


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


@pytest.mark.prefect
def test_the_nights_service_serves_and_stops(machine: Machine) -> None:
    srv = machine.at("/srv/heyan")
    (srv / "收件夹" / "成都市" / "甲公司").mkdir(parents=True)
    (srv / "网上申报.xlsx").write_bytes(b"")
    machine.give_away()
    with running(machine, unit_of(".*heyan serve ")) as service:
        wait_for(lambda: "运行情况页面：" in service.said(), during=service.process)
        address = service.said().partition("运行情况页面：")[2].split()[0]
        assert answers(f"{address}/api/health")
    assert list(machine.at("/var/lib/heyan").rglob("prefect.db"))


def test_the_mornings_question_is_answered(machine: Machine) -> None:
    machine.give_away()
    unit = machine.told(unit_of(".*doctor --last-run"))
    answer = subprocess.run(
        [*other_user(), *command_of(unit)], cwd="/", env=machine.environment(unit), capture_output=True, text=True
    )
    assert answer.returncode == 1 and "没有核验记录" in answer.stdout, answer.stderr


@pytest.fixture
def scheduler() -> Iterator[str]:
    port = free_port()
    words = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"tcp://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_a_reading_machines_service_works_for_the_scheduler_and_stops(machine: Machine, scheduler: str) -> None:
    from distributed import Client

    machine.instead["tcp://10.0.0.5:8786"] = scheduler
    machine.give_away()
    with running(machine, unit_of(".*heyan worker ")), Client(scheduler, timeout=120, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=120)
        assert client.submit(pow, 2, 10).result(timeout=60) == 1024


@pytest.mark.prefect
def test_the_server_and_its_worker_find_each_other_and_stop(machine: Machine) -> None:
    port = str(free_port())
    machine.instead["127.0.0.1:4200"] = f"127.0.0.1:{port}"
    settings = next(text for text in blocks("nightly.md") if text.startswith("PREFECT_API_URL"))
    machine.at("/etc/heyan/prefect.env").write_text(machine.told(settings), encoding="utf-8")
    machine.give_away()
    api = f"http://127.0.0.1:{port}/api"
    with running(machine, unit_of(".*prefect server start"), {"PREFECT_SERVER_API_PORT": port}) as server:
        wait_for(lambda: answers(f"{api}/health"), during=server.process)
        with running(machine, unit_of(".*prefect worker start")) as worker:

            def there() -> bool:
                asked = Request(f"{api}/work_pools/heyan/workers/filter", b"{}", {"content-type": "application/json"})
                try:
                    with urlopen(asked, timeout=30) as answer:
                        return any(each["status"] == "ONLINE" for each in json.load(answer))
                except URLError:
                    return False

            wait_for(there, during=worker.process)
            wait_for(lambda: "started!" in worker.log.read_text(encoding="utf-8"), during=worker.process)
