"""Opening a file that has pages."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UnreadableInput
from pipeline.rendering.pdf import PdfMedia
from pipeline.rendering.photo import PhotoMedia

PDF_HEAD = 1024
"""Bytes within which %PDF- may stand (ISO 32000-1, annex H)."""

Media = PdfMedia | PhotoMedia


def open_media(path: Path) -> Media:
    """Opens a PDF or picture, told apart by its bytes; use it as a context manager, one page at a time.

    Raises:
        UnreadableInput: It is empty, locked, damaged, or of a format without pages; one Chinese sentence.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(PDF_HEAD)
    except OSError as error:
        raise UnreadableInput("文件无法读取") from error
    if not head.strip(b"\0 \r\n\t"):
        raise UnreadableInput("文件是空的")
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableInput("OFD 等版式文件暂不支持，请另存为 PDF")
    return PdfMedia(path) if b"%PDF-" in head else PhotoMedia(path)
