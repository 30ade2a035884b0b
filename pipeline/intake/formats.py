"""What a file is, by its bytes; its name is only asked when the bytes say nothing."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path, PurePosixPath

from pipeline.model.document import Format

HEAD = 1024
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_OLE_BYTES = 64 * 1024 * 1024
"""Read to find a directory entry's name; an old Word file with pictures stays below."""
_KNOWN_ENDINGS = {
    "PDF": ".pdf",
    "OFD": ".ofd",
    "Word": ".doc .docx",
    "WPS": ".wps",
    "RTF": ".rtf",
    "ODT": ".odt",
    "Excel": ".xls .xlsx",
    "图片": ".jpg .jpeg .png .tif .tiff .bmp .heic .heif",
    "压缩包": ".zip .rar .7z .tar .gz .tgz",
}
CLAIMS = {ending: kind for kind, endings in _KNOWN_ENDINGS.items() for ending in endings.split()}
"""Endings whose bytes are known here: a file of that name and unknown bytes is damaged."""

_IMAGE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF87a", b"GIF89a")
_ARCHIVE_HEADS = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"(\xb5/\xfd")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def identify(path: Path) -> tuple[Format, str]:
    """The file's format, and one Chinese sentence where it is already known to be unusable, else "".

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        return Format.UNKNOWN, "文件是空的（0 字节）"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(path)
    if head.startswith(OLE_HEAD):
        return _compound(path)
    kind = _by_head(head)
    if kind is not Format.UNKNOWN:
        return kind, ""
    if _is_text(head):
        return (Format.SPREADSHEET, "") if _is_html_table(path, head) else (Format.TEXT, _claim(path, Format.TEXT))
    return Format.UNKNOWN, _claim(path, Format.UNKNOWN)


def _by_head(head: bytes) -> Format:
    if b"%PDF-" in head:
        return Format.PDF
    if head.startswith(_IMAGE_HEADS) or _is_bitmap(head) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return Format.IMAGE
    if head.startswith(b"{\\rtf"):
        return Format.LEGACY_WORD
    if head.startswith(_ARCHIVE_HEADS) or head[257:262] == b"ustar":
        return Format.ARCHIVE
    return Format.UNKNOWN


def _is_bitmap(head: bytes) -> bool:
    return (
        head[:2] == b"BM" and len(head) > 18 and struct.unpack("<I", head[14:18])[0] in (12, 40, 52, 56, 64, 108, 124)
    )


def _zipped(path: Path) -> tuple[Format, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            return _by_parts(archive, names), ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        claimed = CLAIMS.get(path.suffix.lower(), "压缩包")
        if claimed == "压缩包":
            return Format.ARCHIVE, ""  # another reader may still open it
        return Format.UNKNOWN, f"{claimed} 文件已损坏，无法打开"


def _by_parts(archive: zipfile.ZipFile, names: set[str]) -> Format:
    if any(name.lower() == "ofd.xml" for name in names):
        return Format.OFD
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", Format.WORD), ("xl/", Format.SPREADSHEET), ("ppt/", Format.UNKNOWN)):
            if any(name.startswith(folder) for name in names):
                return kind
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        text = b"application/vnd.oasis.opendocument.text"
        return Format.LEGACY_WORD if archive.read("mimetype").strip() == text else Format.UNKNOWN
    return Format.ARCHIVE


def _compound(path: Path) -> tuple[Format, str]:
    """An OLE file: Word, WPS or Excel of old, or a newer Office file under a password."""
    with path.open("rb") as stream:
        content = stream.read(MOST_OLE_BYTES)
    if _stream_name("EncryptedPackage") in content:
        return Format.UNKNOWN, "Office 文件已加密，需要密码才能打开"
    if _stream_name("WordDocument") in content:
        return Format.LEGACY_WORD, ""
    if _stream_name("Workbook") in content or _stream_name("Book") in content:
        return Format.SPREADSHEET, ""
    return Format.UNKNOWN, _claim(path, Format.UNKNOWN)


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if b"\0" in head or sum(byte < 9 or 13 < byte < 32 for byte in head) > 0:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut through
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _is_html_table(path: Path, head: bytes) -> bool:
    """A web page that calls itself .xls, as many systems export."""
    start = head.lower()
    return path.suffix.lower() in (".xls", ".et") and (b"<html" in start or b"<table" in start)


def _claim(path: Path, found: Format) -> str:
    claimed = CLAIMS.get(path.suffix.lower())
    if claimed is None or (
        found is Format.TEXT and claimed in ("Excel", "Word")
    ):  # csv or a web page under such a name
        return ""
    return f"文件内容不是有效的 {claimed} 文件，可能已损坏"


def suffix(name: str) -> str:
    """A name's ending in lower case, `.tar.gz` whole."""
    lowered = PurePosixPath(name.lower())
    before = PurePosixPath(lowered.stem).suffix
    return before + lowered.suffix if before == ".tar" else lowered.suffix


def stem(name: str) -> str:
    """A name without its ending."""
    ending = suffix(name)
    return name[: len(name) - len(ending)] if ending else name
