"""Archives for the intake's tests, some of them byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile


def docx() -> bytes:
    """The least that is a Word file."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def zipped(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    """A zip; in another encoding than UTF-8 its names are as Windows writes them: bytes without a flag."""
    if encoding != "utf-8":
        return raw_zip([(name.encode(encoding), content) for name, content in files.items()])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def raw_zip(entries: list[tuple[bytes, bytes]], flags: int = 0, mode: int = 0) -> bytes:
    """A stored zip made on Unix, with names as given."""
    out, directory = io.BytesIO(), b""
    for name, content in entries:
        start, size = out.tell(), len(content)
        head = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 33, zipfile.crc32(content), size, size, len(name), 0)
        out.write(b"PK\3\4" + head + name + content)
        directory += b"PK\1\2" + struct.pack("<H", 0x0314) + head
        directory += struct.pack("<HHHII", 0, 0, 0, mode << 16, start) + name
    ends = len(entries), len(entries), len(directory), out.tell(), 0
    out.write(directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, *ends))
    return out.getvalue()
