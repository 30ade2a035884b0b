"""Files with a secrecy mark: what was read of them goes from the store; a small record of each stays.

The record holds the file's hash, the page and the word of the mark, and no version: a later run knows of the mark
without reading a page again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.intake.listing import file_hash
from pipeline.model.care import SecrecyMark, WithheldFile
from pipeline.model.document import SourceFile
from pipeline.store import Store

RESTS_ON_ONE_FILE = ("crops", "looks")
"""Kinds of what is kept under a single file's hash."""
RESTS_ON_FILES = ("assembled", "looked")
"""Records that hold the hashes of all files they were made of."""
BESIDE = {"assembled": ("briefs",), "looked": ("judged", "summaries")}
"""What is kept beside them under the same name."""
DELIVERIES = "judged-deliveries"
"""Judgements that may quote any package of a delivery: soon made anew, so all of them go."""
JOINED = re.compile(rb"joined/[0-9a-f]{32}\.png")


def mark_key(sha256: str) -> str:
    """Where the record of a marked file is kept."""
    return f"secrecy/{sha256}"


def withheld_files(files: Sequence[SourceFile], store: Store) -> tuple[WithheldFile, ...]:
    """The files of a package or delivery that carry a secrecy mark, as far as known."""
    marks = ((file, store.get(mark_key(file.sha256), SecrecyMark)) for file in files)
    return tuple(WithheldFile(file=file.path, page=mark.page) for file, mark in marks if mark is not None)


def is_withheld(files: Sequence[SourceFile], store: Store) -> bool:
    """Whether one of the files is known to carry a secrecy mark."""
    return any(store.has(mark_key(file.sha256)) for file in files)


def forget_readings(files: Sequence[SourceFile], store: Store, *, stopped: bool = False) -> None:
    """Take all that was read of marked files from the store: pages, crops, and what was put together of them.

    Records of packages that were stopped for these files hold nothing of them and stay, unless `stopped` go, too.
    """
    for sha256 in {file.sha256 for file in files if store.has(mark_key(file.sha256))}:
        for version in {key.split("/")[1] for key in store.keys("pages")}:
            store.drop(f"pages/{version}/{sha256}")
        for kind in RESTS_ON_ONE_FILE:
            store.drop(f"{kind}/{sha256}")
        for kind in RESTS_ON_FILES:
            for key in tuple(store.keys(kind)):
                _forget_whole(key, sha256, store, stopped)
        store.drop(DELIVERIES)


def _forget_whole(key: str, sha256: str, store: Store, stopped: bool) -> None:
    """Drop a package put together of a marked file, with the seam pictures made for it."""
    content = store.get_bytes(f"{key}.json") or b""
    if sha256.encode() not in content or (not stopped and _is_stopped(content, sha256)):
        return
    for picture in set(JOINED.findall(content)):
        store.drop(picture.decode())
    kind, _, name = key.partition("/")
    for other in (*BESIDE[kind], kind):  # the record by which the others are found goes last
        store.drop(f"{other}/{name}")


def _is_stopped(content: bytes, sha256: str) -> bool:
    """Whether a record is of a package or delivery that was stopped for this very file."""
    try:
        record = json.loads(content)
    except ValueError:
        return False
    paths = {file["source"]["path"] for file in record.get("files", ()) if file["source"]["sha256"] == sha256}
    return bool(paths) and paths <= {withheld["file"] for withheld in record.get("withheld", ())}


def forget_copies(files: Sequence[SourceFile], store: Store) -> None:
    """Take the unpacked copies of marked files from the workspace, and of archives in archives that hold them."""
    root = store.root.resolve()
    for file in files:
        location = Path(file.location)
        if file.location and store.has(mark_key(file.sha256)) and location.resolve().is_relative_to(root):
            _forget_copy(location, root)


def _forget_copy(location: Path, root: Path) -> None:
    location.unlink(missing_ok=True)
    archive = location.parent.name
    for other in root.glob("unpacked/*/*"):
        if other.is_file() and other.parent.name != archive and file_hash(other) == archive:
            _forget_copy(other, root)
