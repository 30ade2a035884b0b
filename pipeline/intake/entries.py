"""The entries of an archive, whatever its format: zip by Python, 7z, rar and tar by libarchive."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UnreadableInput
from pipeline.intake.names import decode_names

BLOCK = 1024 * 1024
UTF8_FLAG = 0x800
ENCRYPTED_FLAG = 0x1
UNICODE_PATH = 0x7075
"""Info-ZIP's extra field with a name in UTF-8 and the checksum of the name it stands for."""
UNIX = 3
SYMLINK_MODE = 0o120000
LOCKED = "文件已加密，需要密码才能打开"
LIBARCHIVE_MISSING = "缺少解压组件，请安装系统软件包 libarchive13"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: `name` as it stands there; `problem` why it is not read, else ""; `blocks` its content.

    `blocks` must be read before the next entry is asked for.
    """

    name: str
    problem: str
    blocks: Callable[[], Iterable[bytes]]


def zip_entries(path: Path) -> Iterator[Entry]:
    """The files of a zip, with names in GB18030 or UTF-8 told apart.

    Raises:
        UnreadableInput: It is damaged, or every file in it is under a password.
        NotImplementedError: It is packed in a way Python does not know.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, EOFError, struct.error) as error:
        raise UnreadableInput("压缩包已损坏，无法解压") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if infos and all(info.flag_bits & ENCRYPTED_FLAG for info in infos):
            raise UnreadableInput("压缩包已加密，需要密码才能解压")
        known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
        if any(info.compress_type not in known for info in infos):
            raise NotImplementedError("packed in a way zipfile does not know")
        for info, name in zip(infos, _zip_names(infos), strict=True):
            yield Entry(name, _zip_problem(info), _ZipBlocks(archive, info))


@dataclass(frozen=True, slots=True)
class _ZipBlocks:
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    def __call__(self) -> Iterator[bytes]:
        try:
            with self.archive.open(self.info) as stream:
                while block := stream.read(BLOCK):
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise UnreadableInput("压缩包已损坏，内容校验不符") from error


def _zip_problem(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & ENCRYPTED_FLAG:
        return LOCKED
    if info.create_system == UNIX and (info.external_attr >> 16) & 0o170000 == SYMLINK_MODE:
        return "是链接，已跳过"
    return ""


def _zip_names(infos: list[zipfile.ZipInfo]) -> tuple[str, ...]:
    flagged = [bool(info.flag_bits & UTF8_FLAG) for info in infos]
    # Python reads names without the flag as cp437, a one-to-one table: going back gives the bytes.
    raw = [info.orig_filename.encode("cp437") for info, utf8 in zip(infos, flagged, strict=True) if not utf8]
    decoded = iter(decode_names(raw))
    names = [info.orig_filename if utf8 else next(decoded) for info, utf8 in zip(infos, flagged, strict=True)]
    return tuple(_unicode_path(info) or name for info, name in zip(infos, names, strict=True))


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == UNICODE_PATH and len(body) > 5 and not info.flag_bits & UTF8_FLAG:
            checksum = struct.unpack("<I", body[1:5])[0]
            if checksum == zlib.crc32(info.orig_filename.encode("cp437")):
                return body[5:].decode("utf-8", "replace")
    return None


def libarchive_entries(path: Path) -> Iterator[Entry]:
    """The files of a 7z, rar, tar, or of a zip that Python can't read.

    Raises:
        UnreadableInput: It is damaged, under a password, or the system's libarchive is missing.
    """
    try:
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError) as error:
        raise UnreadableInput(LIBARCHIVE_MISSING) from error
    try:
        with libarchive.file_reader(str(path), header_codec="utf-8") as archive:
            for entry in archive:
                if not entry.isdir:
                    yield Entry(_entry_name(entry), _entry_problem(entry), _EntryBlocks(entry))
    except libarchive.exception.ArchiveError as error:
        raise UnreadableInput(_archive_sentence(str(error))) from error


@dataclass(frozen=True, slots=True)
class _EntryBlocks:
    entry: Any

    def __call__(self) -> Iterator[bytes]:
        from libarchive.exception import ArchiveError

        try:
            yield from self.entry.get_blocks()
        except ArchiveError as error:
            raise UnreadableInput(_archive_sentence(str(error))) from error


def _entry_name(entry: Any) -> str:
    """The name; libarchive gives bytes where it could not decode it."""
    name = entry.pathname
    if isinstance(name, bytes):
        return decode_names([name])[0]
    return str(name or "")


def _entry_problem(entry: Any) -> str:
    return "" if entry.isfile and not entry.islnk and not entry.issym else "是链接或特殊文件，已跳过"


def _archive_sentence(message: str) -> str:
    if "ncrypt" in message or "assphrase" in message or "assword" in message:
        return "压缩包已加密，需要密码才能解压"
    return "压缩包已损坏或格式不支持，无法解压"
