"""What a real run read of a few packages, kept below bench/ for runs that are given it instead of reading.

The packages are of the tuning family, each in one PDF, with so many documents of evidence that they come to about
thirty pages.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

from pipeline.settings import CHECKOUT
from samples import inbox
from samples.printing.evidence import EvidenceDocument
from tests.flows.commands import HEYAN

SETS = 3
"""How often a package has documents of every item of evidence."""

EvidenceMaker = Callable[..., tuple[EvidenceDocument, ...]]


def record(folder: Path, packages: int, seed: int, sets: int = SETS) -> None:
    """Make FOLDER/inbox and FOLDER/online.json and read them for real into FOLDER/out; once, then it is kept.

    The packages hold so many sets of evidence.
    """
    if not (folder / "truth.json").is_file():
        make_long_packages(folder, packages, seed, sets)
    if not (folder / "out" / "run.json").is_file():
        words = [*HEYAN, "run", folder / "inbox", "--online", folder / "online.json", "--out", folder / "out"]
        subprocess.run(words, cwd=CHECKOUT, env=os.environ | {"HEYAN_PREFECT": "false"}, check=True)


def make_long_packages(folder: Path, packages: int, seed: int, sets: int) -> None:
    """An inbox of packages that hold so many sets of evidence."""
    usual = inbox.evidence_documents
    inbox.evidence_documents = _repeated(usual, sets)
    try:
        inbox.make_inbox(
            folder, packages, "office", "tuning", seed, workers=1, packing="plain", online="json", deliveries=1
        )
    finally:
        inbox.evidence_documents = usual


def _repeated(make: EvidenceMaker, sets: int) -> EvidenceMaker:
    """Documents of several sets, those of an item together, no two alike."""

    def made(filing: object, rng: Random, *rest: object) -> tuple[EvidenceDocument, ...]:
        more = [Random(rng.random()) for _ in range(sets - 1)]
        documents = [document for each in (rng, *more) for document in make(filing, each, *rest)]
        return tuple(sorted(documents, key=lambda document: document.item))

    return made
