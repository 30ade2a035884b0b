"""Small PDFs and pictures for the renderer's tests, made with the libraries that are there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image


def pdf(*contents: bytes, media_box: str = "0 0 595 842", extra: str = "", image: bytes = b"") -> bytes:
    """A PDF with a page for each content stream; /Im0 is a JPEG if given, /F1 Helvetica."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(contents)))
    objects.append(f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(_jpeg_object(image) if image else b"null")
    for index, content in enumerate(contents):
        resources = "<< /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Resources {resources} "
            f"/Contents {6 + 2 * index} 0 R {extra} >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _assembled(objects)


def _jpeg_object(image: bytes) -> bytes:
    width, height = Image.open(BytesIO(image)).size
    head = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
    return (
        f"{head}/BitsPerComponent 8 /Filter /DCTDecode /Length {len(image)} >>\nstream\n".encode()
        + image
        + b"\nendstream"
    )


def _assembled(objects: list[bytes]) -> bytes:
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def jpeg(width: int, height: int, **options: object) -> bytes:
    """A JPEG whose upper left quarter is red and whose rest is white."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[: height // 2, : width // 2] = (255, 0, 0)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", **options)
    return out.getvalue()


def write(folder: Path, name: str, content: bytes) -> Path:
    """Writes a file and says where."""
    path = folder / name
    path.write_bytes(content)
    return path


TEXT = b"BT /F1 24 Tf 72 700 Td (Hello world) Tj ET"
HIDDEN = b"BT 3 Tr /F1 24 Tf 72 700 Td (Hello world) Tj ET"
FULL_PICTURE = b"q 595 0 0 842 0 0 cm /Im0 Do Q "
SMALL_PICTURE = b"q 100 0 0 100 50 50 cm /Im0 Do Q "
