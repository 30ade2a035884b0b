"""What a run is called with, taken in and refused in one sentence where it is unusable."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import UsageProblem
from pipeline.intake import (
    Correction,
    Release,
    Winner,
    read_corrections,
    read_inbox,
    read_online,
    read_releases,
    read_winners,
)
from pipeline.model.application import Application
from pipeline.model.document import SourceFile
from pipeline.model.finding import Fault
from pipeline.model.package import DeliveryFiles, Inbox, PackageFiles
from pipeline.model.record import Record
from pipeline.notices.profile import DEFAULT_NOTICE, Profile, is_own_notice, load_profile
from pipeline.remote.address import shown_address
from pipeline.settings import settings
from pipeline.store import Store

WORKSPACE = ".heyan"
OUT = "out"
MEGABYTE = 1 << 20
LEAST_FREE = 200 * MEGABYTE
"""Bytes free without which no run is begun: a package's pages, pictures and report take some ten megabytes."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of `heyan run`."""

    inbox: Path
    online: Path
    out: Path
    profile: str = DEFAULT_NOTICE
    prior_winners: Path | None = None
    corrections: Path | None = None
    workers: int = 1
    metrics: Path | None = None
    dask: str = ""
    """A Dask scheduler's address, or `local:N`; empty: this machine's own readers."""
    away: Mapping[str, str] = field(default_factory=dict)
    """The addresses of parts in remote storage; their paths here are stand-ins (`flows.steps.away`)."""

    def shown(self, part: str) -> str:
        """A part as it may be told to people: its address without a password, or its path."""
        return shown_address(self.away[part]) if part in self.away else str(getattr(self, part))

    def absolute(self) -> Call:
        """The same call, understood alike by processes that stand in other folders."""
        return replace(
            self,
            inbox=self.inbox.resolve(),
            online=self.online.resolve(),
            out=self.out.resolve(),
            profile=self.profile if is_own_notice(self.profile) else str(Path(self.profile).resolve()),
            prior_winners=_resolved(self.prior_winners),
            corrections=_resolved(self.corrections),
            metrics=_resolved(self.metrics),
        )

    @property
    def workspace(self) -> Path:
        """Where readings and judgements are kept between runs."""
        return self.out / WORKSPACE


def _resolved(path: Path | None) -> Path | None:
    return path.resolve() if path else None


class Called(Record):
    """What the last whole run was called with, for commands that come back to it; no result rests on it."""

    inbox: str
    profile: str


CALLED = "called"


def note_call(store: Store, call: Call) -> None:
    """Note a run's call, once the run is whole."""
    found = call.absolute()
    store.put(CALLED, Called(inbox=str(found.inbox), profile=found.profile))


@dataclass(frozen=True, slots=True)
class Material:
    """All inputs of a run, read."""

    call: Call
    profile: Profile
    inbox: Inbox
    filings: tuple[Application, ...]
    winners: tuple[Winner, ...] | None = None
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    problems: tuple[Fault, ...] = ()

    @property
    def packages(self) -> tuple[PackageFiles, ...]:
        """All packages, by identity."""
        return tuple(
            sorted(
                (package for delivery in self.inbox.deliveries for package in delivery.packages),
                key=lambda package: package.identity,
            )
        )

    @property
    def deliveries(self) -> tuple[DeliveryFiles, ...]:
        """All deliveries, by name."""
        return tuple(sorted(self.inbox.deliveries, key=lambda delivery: delivery.name))

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """All files of packages and deliveries."""
        of_packages = (file for package in self.packages for file in package.files)
        return (*of_packages, *(file for delivery in self.deliveries for file in delivery.files))


@dataclass(frozen=True, slots=True)
class Filed:
    """What was filed and noted, apart from the received papers."""

    profile: Profile
    filings: tuple[Application, ...]
    problems: tuple[Fault, ...]
    winners: tuple[Winner, ...] | None
    corrections: tuple[Correction, ...]
    releases: tuple[Release, ...] = ()


def read_filed(call: Call) -> Filed:
    """Read all inputs but the inbox; nothing is written.

    Raises:
        UsageProblem: The call or an input is unusable.
    """
    refuse_unusable(call)
    profile = load_profile(call.profile)
    filings, problems = read_filings(call.online, profile)
    return Filed(
        profile=profile,
        filings=filings,
        problems=tuple(Fault(stage="网上数据", subject=call.online.name, message=problem) for problem in problems),
        winners=read_winners(call.prior_winners) if call.prior_winners else None,
        corrections=read_corrections(call.corrections) if call.corrections else (),
        releases=read_releases(call.corrections) if call.corrections else (),
    )


def read_filings(online: Path, profile: Profile) -> tuple[tuple[Application, ...], tuple[str, ...]]:
    """What was filed, and a sentence for whatever of it can't be used.

    Raises:
        UsageProblem: There is not one filing.
    """
    filings, problems = read_online(online, profile)
    if not filings:
        raise UsageProblem(f"网上申报数据无法使用：{problems[0] if problems else '里面没有申报记录'}")
    return filings, problems


def take_in(call: Call, filed: Filed) -> Material:
    """The inbox, with archives unpacked into the workspace, and what was filed."""
    inbox = read_inbox(call.inbox, call.workspace / "unpacked", filed.profile)
    return Material(
        call=call,
        profile=filed.profile,
        inbox=inbox,
        filings=filed.filings,
        winners=filed.winners,
        corrections=_by_package(filed.corrections),
        releases=filed.releases,
        problems=(*inbox.problems, *filed.problems),
    )


def refuse_unusable(call: Call, unfetched: Collection[str] = ()) -> None:
    """Refuse a call, or an environment, that can't be served, before anything is written.

    Parts that are `unfetched` lie in remote storage, and are not here to be looked at.

    Raises:
        UsageProblem: Saying what is wrong.
    """
    settings()
    if "inbox" not in unfetched:
        _refuse_inbox(call)
    if "online" not in unfetched and not call.online.exists():
        raise UsageProblem(f"网上申报数据不存在：{call.shown('online')}")
    for part, name in (("prior_winners", "往届揭榜单位名单"), ("corrections", "更正表")):
        path = getattr(call, part)
        if path is not None and part not in unfetched and not path.is_file():
            raise UsageProblem(f"{name}不存在：{call.shown(part)}")
    inbox, out = call.inbox.resolve(), call.out.resolve()
    if out == inbox or inbox in out.parents:
        raise UsageProblem("输出文件夹不能放在收件夹里面：收件夹只读不写")
    if call.out.exists() and not call.out.is_dir():
        raise UsageProblem(f"输出位置不是文件夹：{call.out}")
    standing = next(folder for folder in (out, *out.parents) if folder.exists())
    if shutil.disk_usage(standing).free < LEAST_FREE:
        raise UsageProblem(f"输出文件夹所在磁盘剩余空间不足 {LEAST_FREE // MEGABYTE} MB，请先腾出空间：{call.out}")


def _refuse_inbox(call: Call) -> None:
    if not call.inbox.is_dir():
        raise UsageProblem(f"收件夹不存在或不是文件夹：{call.shown('inbox')}")
    if not any(not entry.name.startswith(".") for entry in call.inbox.iterdir()):
        raise UsageProblem(f"收件夹是空的：{call.shown('inbox')}")


def _by_package(corrections: Sequence[Correction]) -> dict[str, tuple[Correction, ...]]:
    packages = dict.fromkeys(correction.package for correction in corrections)
    return {name: tuple(each for each in corrections if each.package == name) for name in packages}
