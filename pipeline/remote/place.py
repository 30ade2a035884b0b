"""A folder, or a single file, in storage that fsspec reaches; nothing else here knows fsspec."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.remote.address import full_address, shown_address
from pipeline.remote.problems import WAITS, RemoteAbsent, asked

TAGS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")
TIMES = ("LastModified", "last_modified", "mtime", "modified", "updated", "created")
"""Where drivers tell of a file's content and of its last change."""
WITH_FOLDERS = {"file", "local", "memory", "sftp", "ssh", "smb", "ftp", "hdfs", "webhdfs", "webdav"}
"""Storage in which a folder must be made before a file lies in it. Of a bucket that would make the bucket."""
SIDE_BY_SIDE = 8
"""Files under way at once, where the driver takes calls of several threads."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file by its path below the place ("" for the place itself), its size in bytes, and what tells its version."""

    path: str
    size: int
    version: str
    link: bool = False


class RemotePlace:
    """What lies at an address. Each call is tried again with growing waits where that may help.

    Every method raises RemoteRefused where the storage will not, RemoteAway where it can't be reached.
    """

    def __init__(self, address: str, waits: Sequence[float] = WAITS) -> None:
        self.address = full_address(address)
        self.shown = shown_address(address)
        self._waits = waits

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        """The driver, with no listing or keys of an earlier one that may be stale, and the place's path in it."""
        return asked(self.shown, self._open, self._waits)

    def _open(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        driver, root = url_to_fs(self.address, use_listings_cache=False, skip_instance_cache=True)
        return driver, str(root).rstrip("/")

    @property
    def at_once(self) -> int:
        """How many files may be under way side by side."""
        return SIDE_BY_SIDE if self._opened[0].async_impl else 1

    def files(self) -> tuple[RemoteFile, ...]:
        """All files at the place, by path; marks of empty folders are none. Empty where there is nothing."""
        driver, root = self._opened

        def listed() -> Mapping[str, Mapping[str, Any]]:
            driver.invalidate_cache()
            return driver.find(root, withdirs=False, detail=True)  # type: ignore[no-any-return]

        found = asked(self.shown, listed, self._waits)
        told = (_file(_below(root, name), info) for name, info in found.items() if not name.endswith("/"))
        return tuple(sorted(told, key=lambda file: file.path))

    def take(self, file: RemoteFile, target: Path) -> None:
        """Copy a file to a path of this machine, in a folder that is there."""
        driver, root = self._opened
        asked(self.shown, lambda: driver.get_file(_at(root, file.path), str(target)), self._waits)

    def put(self, source: Path, path: str) -> None:
        """Copy a file of this machine to a path below the place; one that lies there is replaced."""
        driver, root = self._opened

        def put() -> None:
            if self._makes_folders:
                driver.makedirs(_at(root, path).rpartition("/")[0], exist_ok=True)
            driver.put_file(str(source), _at(root, path))

        asked(self.shown, put, self._waits)

    def remove(self, path: str) -> None:
        """Take a file away; none there is well, too."""
        driver, root = self._opened
        try:
            asked(self.shown, lambda: driver.rm_file(_at(root, path)), self._waits)
        except RemoteAbsent:
            return

    @property
    def _makes_folders(self) -> bool:
        protocols = self._opened[0].protocol
        return not WITH_FOLDERS.isdisjoint({protocols} if isinstance(protocols, str) else protocols)


def _at(root: str, path: str) -> str:
    return f"{root}/{path}" if path else root


def _below(root: str, name: str) -> str:
    return "" if name == root else name.removeprefix(f"{root}/")


def _file(path: str, info: Mapping[str, Any]) -> RemoteFile:
    told = [str(next((info[key] for key in keys if info.get(key) is not None), "")) for keys in (TAGS, TIMES)]
    return RemoteFile(path, int(info.get("size") or 0), " ".join(told), bool(info.get("islink")))
