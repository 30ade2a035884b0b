"""The systemd units that the documents give are units: every key is known, every command is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.settings import CHECKOUT

DOCUMENTS = ("nightly.md", "scale.md")
INSTALLED = "/opt/heyan"
"""Where the documents' units look for the checkout."""
BLOCK = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)
SECTIONS = ("[Unit]", "[Service]", "[Timer]", "[Install]")


def units() -> list[tuple[str, str]]:
    """Each unit's name, as made up here, and text; a timer that follows its service in one block is its own file."""
    found = []
    for document in DOCUMENTS:
        for number, block in enumerate(BLOCK.findall((CHECKOUT / "docs" / document).read_text(encoding="utf-8"))):
            text = re.sub(r"^    ", "", block, flags=re.MULTILINE).strip()
            if not text.startswith(SECTIONS):
                continue
            service, timer, rest = text.partition("[Timer]")
            name = f"{Path(document).stem}-{number}"
            found.append((f"{name}.service", service))
            if timer:
                found.append((f"{name}.timer", timer + rest))
    return found


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
