"""What lies in remote storage: a call's inputs are mirrored before a run, its results put back after it.

The run itself knows local folders alone. They lie below HEYAN_REMOTE, one a place, and stay there from run to run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from flows.steps.inputs import OUT, Call
from flows.steps.progress import Progress
from flows.steps.versions import fingerprint
from pipeline.errors import UsageProblem
from pipeline.model.finding import Fault
from pipeline.remote import (
    RemoteAway,
    RemotePlace,
    RemoteRefused,
    has_password,
    is_remote,
    mirror,
    name_of,
    put_back,
    refuse_unwritable,
    shown_address,
    standing_of,
    whereabouts,
)
from pipeline.settings import settings
from pipeline.store import Store, safe_step

BESIDES = ("prior_winners", "corrections")
"""Inputs that need not be there."""
FETCHING, PUTTING = "取件", "放回"
ARRIVING = "收件"
LAST = "run.json"
"""What is put back after all else: who finds it finds the results that it is of."""
KEPT = "结果已完整写在本机 {folder}，再次运行同样的命令会接着放回"


def local_place(told: str) -> Path:
    """The path that was told, or the folder of this machine that stands for an address."""
    if not is_remote(told):
        return Path(told)
    return settings().remote_folder.resolve() / fingerprint(shown_address(told)) / safe_step(name_of(told))


def shown_place(told: str) -> str:
    """What was told as people may read it: an address without its password."""
    return shown_address(told) if is_remote(told) else told


def call_of(inbox: str, online: str, out: str, **others: Any) -> Call:
    """A call in the words of people: each of its inputs and its output folder a path or an address.

    Raises:
        UsageProblem: The output lies in the inbox, or an address holds a password.
    """
    told = {"inbox": inbox, "online": online, OUT: out} | {name: others.pop(name, None) for name in BESIDES}
    away = {name: value for name, value in told.items() if value is not None and is_remote(str(value))}
    for address in away.values():
        if has_password(address):
            raise UsageProblem(f"地址里不能写密码：{shown_address(address)}；请写在环境变量或该存储自己的配置文件里")
    _refuse_inside(inbox, out)
    local = {name: None if value is None else local_place(str(value)) for name, value in told.items()}
    return Call(**local, **others, away=away)  # type: ignore[arg-type]


def _refuse_inside(inbox: str, out: str) -> None:
    if f"{whereabouts(out)}/".startswith(f"{whereabouts(inbox)}/"):
        raise UsageProblem("输出文件夹不能放在收件夹里面：收件夹只读不写")


def words_of(call: Call) -> Mapping[str, Any]:
    """The call again as it was told, paths as they hold anywhere: `call_of` makes the same call of it."""
    local = call.absolute()
    told = {each.name: getattr(local, each.name) for each in fields(Call) if each.name != "away"}
    return {name: str(value) if isinstance(value, Path) else value for name, value in told.items()} | {**call.away}


def away_standing(call: Call) -> Mapping[str, tuple[int, int]]:
    """How every file of a call's remote inputs stands now, by its path here.

    Raises:
        RemoteRefused: A storage will not tell.
        RemoteAway: One can't be reached.
    """
    inputs = {name: address for name, address in call.away.items() if name != OUT}
    return {
        path: stand
        for name, address in inputs.items()
        for path, stand in standing_of(RemotePlace(address), getattr(call, name)).items()
    }


def fetch(call: Call, progress: Progress) -> tuple[Fault, ...]:
    """Mirror a call's remote inputs, and see that its output can be written; a fault a file that was left out.

    Raises:
        RemoteRefused: An address, its bucket or the credentials are no good, or there is nothing there.
        RemoteAway: A storage can't be reached.
        UsageProblem: The disk has no room.
    """
    if not call.away:
        return ()
    if OUT in call.away:
        refuse_unwritable(RemotePlace(call.away[OUT]))
    problems: list[tuple[str, str]] = []
    for name, address in call.away.items():
        if name != OUT:
            place = RemotePlace(address)
            found = mirror(place, getattr(call, name), _beginning(progress, FETCHING), _advancing(progress, FETCHING))
            problems += [(subject or place.shown, message) for subject, message in found.problems]
    return tuple(Fault(stage=ARRIVING, subject=subject, message=message) for subject, message in problems)


def put_results(call: Call, progress: Progress) -> None:
    """Put a whole run's results back to where its output folder is remote.

    Raises:
        RemoteRefused: The storage will not take them; the sentence says where they are.
        RemoteAway: It can't be reached, the same.
    """
    if OUT not in call.away:
        return
    place, store = RemotePlace(call.away[OUT]), Store(call.workspace)
    try:
        put_back(call.out, place, store, LAST, _beginning(progress, PUTTING), _advancing(progress, PUTTING))
    except (RemoteAway, RemoteRefused) as problem:
        raise type(problem)(f"{problem}；{KEPT.format(folder=call.out)}") from problem


def put_record(call: Call) -> None:
    """Put the run's record anew to where its output folder is remote, its results being there.

    Raises:
        RemoteRefused: The storage will not take it.
        RemoteAway: It can't be reached.
    """
    if OUT in call.away:
        RemotePlace(call.away[OUT]).put(call.out / LAST, LAST)


def _beginning(progress: Progress, stage: str) -> Callable[[int], None]:
    return lambda files: progress.begin(stage, files)


def _advancing(progress: Progress, stage: str) -> Callable[[str], None]:
    return lambda path: progress.advance(stage, path)
