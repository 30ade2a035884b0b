"""The file a worker is at: the very file that was taken in, or nothing is read from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path

from pipeline.intake.listing import file_hash
from pipeline.rendering import Media, open_media

CHANGED = "文件在核验期间有变动（可能还在复制），请放好后再次运行"
"""What is told of a page of such a file."""
Standing = tuple[int, int, int]
"""A file's node, size in bytes and time of change in nanoseconds."""
KNOWN_FILES = 64
"""Files whose hash is remembered: a package has a dozen."""


class FileChanged(Exception):
    """The bytes of a file are not those it was taken in with."""


@contextmanager
def same_media(location: Path, sha256: str) -> Iterator[Media]:
    """The pages of the file of that hash, for a moment; what was done with them is void where the file changed.

    Raises:
        FileChanged: It has other bytes, or got them meanwhile.
        UnreadableInput: It can't be opened.
    """
    standing = _standing(location)
    if not _is_of(location, standing, sha256):
        raise FileChanged(location.name)
    with open_media(location) as media:
        yield media
    if _standing(location) != standing:
        raise FileChanged(location.name)


class Desk:
    """Keeps one file open from page to page, since opening a large PDF costs as much as a page."""

    def __init__(self) -> None:
        self._file: tuple[Path, str] | None = None
        self._standing: Standing = (0, 0, 0)
        self._media: Media | None = None
        self._stack = ExitStack()

    @contextmanager
    def media(self, location: Path, sha256: str) -> Iterator[Media]:
        """The pages of the file of that hash; what was done with them is void where the file changed meanwhile.

        Raises:
            FileChanged: It has other bytes, or got them meanwhile.
            UnreadableInput: It can't be opened.
        """
        if self._media is None or self._file != (location, sha256) or self._standing != _standing(location):
            self._put_away()
            self._take(location, sha256)
        assert self._media is not None
        yield self._media
        if _standing(location) != self._standing:
            self._put_away()
            raise FileChanged(location.name)

    def _take(self, location: Path, sha256: str) -> None:
        standing = _standing(location)
        if not _is_of(location, standing, sha256):
            raise FileChanged(location.name)
        media = open_media(location)
        self._stack.callback(media.close)
        self._file, self._standing, self._media = (location, sha256), standing, media

    def _put_away(self) -> None:
        self._stack.close()
        self._file, self._media = None, None


def _standing(location: Path) -> Standing:
    try:
        told = location.stat()
    except OSError as problem:
        raise FileChanged(location.name) from problem
    return told.st_ino, told.st_size, told.st_mtime_ns


@lru_cache(maxsize=KNOWN_FILES)
def _is_of(location: Path, standing: Standing, sha256: str) -> bool:
    """Whether the file, as it stands, has that hash; a file is hashed once, not page by page."""
    del standing
    try:
        return file_hash(location) == sha256
    except OSError as problem:
        raise FileChanged(location.name) from problem
