"""The units that the documents give, read, and started as systemd would start them, on folders of a test's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from pipeline.settings import CHECKOUT
from tests.flows.processes import assert_all_end

DOCUMENTS = ("nightly.md", "scale.md")
INSTALLED = "/opt/heyan"
"""Where the documents' units look for the checkout."""
BLOCK = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)
SECTIONS = ("[Unit]", "[Service]", "[Timer]", "[Install]")
PLACES = ("/srv/heyan", "/var/lib/heyan", "/etc/heyan")
BARE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "HOME": "/nonexistent", "USER": "heyan"}
"""All that a service finds in its environment; a system user's home is seldom there."""
NOBODY = 65534
CLEAN = {0, -15, 143}
"""Exit statuses that systemd takes for a service that ended when told to."""
STOP_SECONDS = 60


def blocks(document: str) -> list[str]:
    """The indented blocks of a document, without their indent."""
    text = (CHECKOUT / "docs" / document).read_text(encoding="utf-8")
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip() for block in BLOCK.findall(text)]


def units() -> list[tuple[str, str]]:
    """Each unit's name, as made up here, and text; a timer that follows its service in one block is its own file."""
    found = []
    for document in DOCUMENTS:
        for number, text in enumerate(blocks(document)):
            if not text.startswith(SECTIONS):
                continue
            service, timer, rest = text.partition("[Timer]")
            name = f"{Path(document).stem}-{number}"
            found.append((f"{name}.service", service))
            if timer:
                found.append((f"{name}.timer", timer + rest))
    return found


def unit_of(words: str) -> str:
    """The text of the one service whose command holds these words."""
    (text,) = (text for _, text in units() if re.search(rf"^ExecStart=.*{words}", text, re.MULTILINE))
    return text


@dataclass
class Machine:
    """Folders in place of the machine's own, and what else stands in the units in place of what they name."""

    root: Path
    instead: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.instead |= {INSTALLED: str(CHECKOUT)} | {place: str(self.at(place)) for place in PLACES}
        for place in PLACES:
            self.at(place).mkdir(parents=True)

    def at(self, place: str) -> Path:
        """A path of the machine, here."""
        return self.root / place.removeprefix("/")

    def told(self, text: str) -> str:
        """A unit's or file's text with the paths and addresses of here."""
        for named, here in self.instead.items():
            text = text.replace(named, here)
        return text

    def give_away(self) -> None:
        """Make all folders the service's user's, where there is one."""
        if other_user():
            for path in (self.root, *self.root.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

    def environment(self, unit: str) -> dict[str, str]:
        """What the unit's process finds in its environment."""
        found = dict(BARE)
        for file in re.findall(r"^EnvironmentFile=(.*)$", unit, re.MULTILINE):
            lines = Path(file).read_text(encoding="utf-8").splitlines()
            found |= dict(line.split("=", 1) for line in lines if "=" in line)
        found |= dict(told.split("=", 1) for told in re.findall(r"^Environment=(.*)$", unit, re.MULTILINE))
        return found | {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}


def other_user() -> list[str]:
    """The words that start a command as a user who owns nothing; none where this process may not.

    The user may read what root may, as the interpreter of a test may lie in root's home; it may not write there.
    """
    if os.getuid() != 0 or shutil.which("setpriv") is None:
        return []
    read = "+dac_read_search"
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return ["setpriv", *ids, f"--inh-caps={read}", f"--ambient-caps={read}"]


@dataclass
class Service:
    """A service under way."""

    process: subprocess.Popen[str]
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def command_of(unit: str) -> list[str]:
    """The words of a unit's ExecStart, its continued lines joined."""
    line = re.search(r"^ExecStart=((?:.*\\\n)*.*)$", unit, re.MULTILINE)
    assert line is not None
    return shlex.split(line[1].replace("\\\n", " "))


def _heeds_interrupts() -> None:
    """As under systemd: tests in a shell's background ignore SIGINT, by which Prefect's worker stops itself."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(machine: Machine, text: str, more: Mapping[str, str] | None = None) -> Iterator[Service]:
    """A unit's command under way, as another user where that can be; at the end told to stop, and nothing is left."""
    unit = machine.told(text)
    folder = re.search(r"^WorkingDirectory=(.*)$", unit, re.MULTILINE)
    log = machine.root / f"{abs(hash(text)):x}.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [*other_user(), *command_of(unit)], cwd=folder[1] if folder else "/", stdin=subprocess.DEVNULL,
            env=machine.environment(unit) | (more or {}), stdout=stream, stderr=stream, text=True,
            preexec_fn=_heeds_interrupts,
        )  # fmt: skip
    try:
        yield Service(process, log)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        if other_user():
            assert psutil.Process(process.pid).uids().effective == NOBODY
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        process.terminate()
        assert process.wait(STOP_SECONDS) in CLEAN, log.read_text(encoding="utf-8")
        assert_all_end(family, STOP_SECONDS)
    finally:
        process.kill()
        process.wait()
