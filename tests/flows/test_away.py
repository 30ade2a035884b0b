"""Inbox, filings and results in remote storage: a real S3 server, and heyan called as people call it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.orchestration import nightly
from flows.orchestration.serving import parameters
from flows.steps.aftermath import conclude
from flows.steps.arrival import ARRIVED, Arrived, await_inputs, note_arrived
from flows.steps.away import call_of, fetch, put_results, words_of
from flows.steps.closing import LAST_RUN
from flows.steps.progress import Silent
from pipeline.errors import UsageProblem
from pipeline.remote import RemoteAway, RemotePlace
from pipeline.settings import settings
from pipeline.store import Store
from tests.flows.commands import heyan, heyan_here, products
from tests.flows.examples import finished
from tests.flows.tiny import UNIT
from tests.s3 import Storage, storage


@pytest.fixture(scope="module")
def s3() -> Iterator[Storage]:
    with storage() as running:
        yield running


@dataclass(frozen=True)
class Office:
    """A bucket with an inbox and filings, the words of a run over them, and where this machine keeps what is of it."""

    s3: Storage
    bucket: str
    home: Path

    @property
    def words(self) -> tuple[str, ...]:
        top = f"s3://{self.bucket}"
        return (f"{top}/收件夹", "--online", f"{top}/online.json", "--out", f"{top}/核验结果", "--workers", "1")

    def heyan(self, *words: str, **settings: str):  # type: ignore[no-untyped-def]
        return heyan(*words, **self.settings | settings)

    def here(self, *words: str):  # type: ignore[no-untyped-def]
        return heyan_here(*words, **self.settings)

    @property
    def settings(self) -> dict[str, str]:
        return {**self.s3.environment, "HEYAN_REMOTE": str(self.home), "HEYAN_PREFECT": "false"}

    def results(self) -> dict[str, bytes]:
        found = self.s3.objects(self.bucket)
        return {key.partition("/")[2]: body for key, body in found.items() if key.startswith("核验结果/")}


@pytest.fixture(scope="module")
def office(s3: Storage, inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    s3.make_bucket("office")
    for path in (inbox / "inbox").rglob("*"):
        if path.is_file():
            s3.put("office", f"收件夹/{path.relative_to(inbox / 'inbox').as_posix()}", path.read_bytes())
    s3.put("office", "online.json", (inbox / "online.json").read_bytes())
    return Office(s3, "office", tmp_path_factory.mktemp("remote"))


@pytest.mark.drill
@pytest.mark.reader
def test_a_run_from_bucket_to_bucket_is_the_run_of_folders(office: Office, undisturbed: Path, tmp_path: Path) -> None:
    answer = office.heyan("run", *office.words)
    assert answer.returncode == 0, answer.stderr
    assert "取件" in answer.stdout and "放回" in answer.stdout and "s3://office/核验结果/核验汇总.xlsx" in answer.stdout
    for path, body in office.results().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    assert products(tmp_path) == products(undisturbed)
    assert {path for path in office.results() if "/" not in path} == {"run.json", "核验汇总.xlsx"}
    before = office.results()
    assert office.heyan("run", *office.words).returncode == 0
    told, after = json.loads(office.results()["run.json"]), office.results()
    assert told["stages"]["x_cache_hits"] == told["pages"] == 2
    assert {path for path in after if after[path] != before.get(path)} <= {"run.json", "核验汇总.xlsx"}
    assert office.heyan("doctor", "--last-run", office.words[4]).returncode == 0


def test_the_inbox_is_looked_over_where_it_lies(office: Office) -> None:
    answer = office.heyan("check", *office.words[:3])
    assert answer.returncode == 0 and UNIT in answer.stdout


@pytest.mark.drill
@pytest.mark.reader
def test_workers_of_dask_read_what_was_mirrored(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = [f"file://{inbox / 'inbox'}", "--online", f"file://{inbox / 'online.json'}", "--out", f"file://{out}"]
    told = {"HEYAN_REMOTE": str(tmp_path / "shared"), "HEYAN_PREFECT": "false"}
    answer = heyan("run", *words, "--dask", "local:1", **told)
    assert answer.returncode == 0, answer.stderr
    assert products(out) == products(undisturbed)
    assert not (out / ".heyan").exists() and list((tmp_path / "shared").glob("*/out/.heyan/log/workers-*"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("s3://nobody/in", "--online", "s3://office/online.json", "--out", "s3://office/x"), "s3://nobody/in 不存在"),
        (("s3://office/none", "--online", "s3://office/online.json", "--out", "s3://office/x"), "是空的或不存在"),
        (
            ("s3://office/收件夹", "--online", "s3://office/online.json", "--out", "s3://nobody/x"),
            "s3://nobody/x 不存在",
        ),
        (("s3://office/收件夹", "--online", "s3://office/online.json", "--out", "s3://office/收件夹/x"), "收件夹里面"),
        (
            ("s3://office/收件夹", "--online", "s3://office/online.json", "--out", "s3a://office/a/../收件夹/x"),
            "收件夹里面",
        ),
        (("file:///srv/in", "--online", "s3://office/online.json", "--out", "/srv/in/out"), "收件夹里面"),
        (("sftp://me:secret@host/in", "--online", "s3://office/online.json", "--out", "out"), "sftp://me@host/in"),
        (
            (
                "s3://office/收件夹",
                "--online",
                "s3://office/online.json",
                "--out",
                "s3://office/x",
                "--corrections",
                "no.csv",
            ),
            "更正表不存在：no.csv",
        ),
        (("nonsense://a/b", "--online", "s3://office/online.json", "--out", "s3://office/x"), "地址写法"),
    ],
)
@pytest.mark.parametrize("command", ["run", "serve"])
def test_what_cannot_be_used_is_one_sentence(
    office: Office, command: str, words: tuple[str, ...], sentence: str
) -> None:
    if command == "serve" and "是空的" in sentence:
        pytest.skip("an inbox may fill until the night")
    before = office.results()
    answer = office.here(command, *words)
    assert answer.returncode == 2 and sentence in answer.stderr and len(answer.stderr.splitlines()) == 1
    assert office.results() == before


@pytest.fixture
def here(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office as this process sees it."""
    for name, value in office.s3.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HEYAN_REMOTE", str(office.home))
    settings.cache_clear()
    yield office
    settings.cache_clear()


def test_a_call_is_told_to_the_night_as_it_was_made(here: Office) -> None:
    call = call_of(here.words[0], here.words[2], here.words[4], corrections="file:/srv/更正表.xlsx", workers=2)
    assert call_of(**words_of(call)) == call.absolute()
    assert (
        parameters(call)["inbox"] == "s3://office/收件夹" and parameters(call)["corrections"] == "file:/srv/更正表.xlsx"
    )
    assert (call.inbox.name, call.out.name) == ("收件夹", "核验结果") and call.inbox.is_relative_to(here.home.resolve())


def test_what_grows_there_is_waited_for_and_taken_whole(here: Office) -> None:
    key = "growing/成都市/甲/a.pdf"
    here.s3.put(here.bucket, key, b"x")
    call = call_of(f"s3://{here.bucket}/growing", here.words[2], f"memory:{here.home.name}")
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) < 3:
            here.s3.put(here.bucket, key, b"x" * 100 * len(looks))

    arrival = await_inputs(call, 30, 300, sleep)
    assert looks == [30] * 3 and not arrival.moving and not arrival.problems
    assert (call.inbox / "成都市" / "甲" / "a.pdf").read_bytes() == b"x" * 200
    note_arrived(Store(call.workspace), arrival)
    await_inputs(call, 30, 300, sleep)
    assert len(looks) == 3 and Store(call.workspace).get(ARRIVED, Arrived) is not None
    here.s3.put(here.bucket, key, b"y" * 200)
    await_inputs(call, 30, 300, sleep)
    assert len(looks) == 4 and (call.inbox / "成都市" / "甲" / "a.pdf").read_bytes() == b"y" * 200


def test_a_name_that_leads_out_is_a_fault_of_the_run(here: Office) -> None:
    here.s3.put(here.bucket, "escape/../../x.pdf", b"x")
    here.s3.put(here.bucket, "escape/成都市/甲/a.pdf", b"x")
    call = call_of(f"s3://{here.bucket}/escape", here.words[2], here.words[4])
    (fault,) = fetch(call, Silent())
    assert fault.subject == "../../x.pdf" and "之外" in fault.message


def test_results_that_cannot_be_put_back_leave_the_run_unmarked(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    call = call_of(here.words[0], here.words[2], f"s3://{here.bucket}/broken")
    call.workspace.mkdir(parents=True)
    (call.out / "run.json").write_text("{}")
    put = RemotePlace.put

    def breaks(place: RemotePlace, source: Path, path: str) -> None:
        if path == "run.json":
            raise RemoteAway("连不上")
        put(place, source, path)

    monkeypatch.setattr(RemotePlace, "put", breaks)
    with pytest.raises(RemoteAway, match="结果已完整写在本机"):
        conclude(call, finished())
    assert not Store(call.workspace).has(LAST_RUN)
    monkeypatch.undo()
    for name, value in here.s3.environment.items():
        monkeypatch.setenv(name, value)
    put_results(call, Silent())
    assert here.s3.objects(here.bucket)["broken/run.json"] == b"{}"


def test_a_night_tries_again_where_that_may_help(monkeypatch: pytest.MonkeyPatch) -> None:
    class State:
        def __init__(self, problem: Exception) -> None:
            self.problem = problem

        def result(self) -> None:
            raise self.problem

    assert nightly._can_heal(None, None, State(RemoteAway("gone")))  # type: ignore[arg-type]
    assert not nightly._can_heal(None, None, State(UsageProblem("no")))  # type: ignore[arg-type]
