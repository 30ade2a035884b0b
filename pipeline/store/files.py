"""Artefacts as plain files by key, each written whole or not at all. No database, nothing to repair."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.model.record import Record

RecordType = TypeVar("RecordType", bound=Record)

LONGEST_STEP = 180
"""Bytes of one step of a key; file systems allow 255, and an ending and a temporary mark come on top."""
RECORD_ENDING = ".json"
_TEMPORARY = ".part-"
_PART = re.compile(re.escape(_TEMPORARY) + r"[0-9a-f]{12}$")


class Store:
    """Keeps records and bytes under `root`. Keys are relative paths with `/`; equal content makes equal files.

    Several processes may write side by side: the last whole file wins, and no reader ever sees half of one.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, key: str, record_type: type[RecordType]) -> RecordType | None:
        """The record kept under the key; None where there is none, or one that is damaged or of another shape."""
        try:
            content = self._record(key).read_bytes()
            with _uncollected():
                return record_type.model_validate_json(content)
        except (OSError, ValidationError, ValueError):
            return None

    def put(self, key: str, record: Record, without: Mapping[str, Any] | None = None) -> None:
        """Keeps a record; what stood under the key before is replaced whole.

        `without` names fields that are left out, as pydantic's `exclude` does; they come back with their defaults.
        """
        write_whole(self._record(key), record.model_dump_json(exclude=without).encode())

    def digest(self, key: str) -> str:
        """The SHA-256 of a record as it is kept, without reading what it says; "" where there is none."""
        try:
            return hashlib.sha256(self._record(key).read_bytes()).hexdigest()
        except OSError:
            return ""

    def standing(self, key: str) -> tuple[int, int, int] | None:
        """What tells a record from one put in its place: node, bytes, nanoseconds of change; None where none is."""
        try:
            told = self._record(key).stat()
        except OSError:
            return None
        return told.st_ino, told.st_size, told.st_mtime_ns

    def get_bytes(self, key: str) -> bytes | None:
        """The bytes kept under the key, or None."""
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def put_bytes(self, key: str, content: bytes) -> None:
        """Keeps bytes; the key carries their file name's ending."""
        write_whole(self._path(key), content)

    def has(self, key: str) -> bool:
        """Whether a record or bytes are kept under the key (a damaged record counts: `get` tells)."""
        return self._record(key).is_file() or self._path(key).is_file()

    def path(self, key: str) -> Path:
        """Where bytes of the key lie, for readers that want a file."""
        return self._path(key)

    def drop(self, key: str) -> None:
        """Forgets what is kept under the key, and everything under keys that begin with it and a `/`."""
        for path in (self._record(key), self._path(key)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys kept below a prefix, sorted; records without their `.json`. Shortened steps stay shortened."""
        top = self._path(prefix) if prefix else self.root
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            if path.is_file() and not _PART.search(path.name):
                yield path.relative_to(self.root).as_posix().removesuffix(RECORD_ENDING)

    def sweep(self) -> None:
        """Removes the parts that killed writers left; call it while nobody writes."""
        for path in self.root.rglob(f"*{_TEMPORARY}*") if self.root.is_dir() else ():
            if _PART.search(path.name) and path.is_file():
                path.unlink(missing_ok=True)

    def _record(self, key: str) -> Path:
        path = self._path(key)
        return path.with_name(path.name + RECORD_ENDING)

    def _path(self, key: str) -> Path:
        return self.root.joinpath(*(safe_step(step) for step in key.split("/")))


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: a record of ten thousand parts sets it going a dozen times, for nothing."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def safe_step(step: str) -> str:
    """One step of a path that stays inside its folder and fits a file system; a long one keeps a hash of the rest.

    Raises:
        ValueError: The step is empty, or leads out.
    """
    if step in ("", ".", "..") or "\0" in step or "/" in step:
        raise ValueError(f"not a step of a key: {step!r}")
    encoded = step.encode()
    if len(encoded) <= LONGEST_STEP:
        return step
    head = encoded[: LONGEST_STEP - 20].decode(errors="ignore")
    return f"{head}~{hashlib.sha256(encoded).hexdigest()[:16]}"


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, also after a kill or a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}{_TEMPORARY}{secrets.token_hex(6)}")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
