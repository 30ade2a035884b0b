"""Writes scans as PDF, the way a scanner does: a picture a page, no text. Byte for byte the same every time."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from samples.wear.levels import Scan, encoded

POINTS_PER_INCH = 72


def scan_pdf(scans: Sequence[Scan], dpi: int) -> bytes:
    """A PDF with one picture a page, at its physical size."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for scan in scans:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        image = np.rot90(scan.image) if scan.sideways else scan.image
        height, width = image.shape[:2]
        turned = " /Rotate 90" if scan.sideways else ""
        wide, tall = (side * POINTS_PER_INCH / dpi for side in (width, height))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.2f} {tall:.2f}]{turned} "
            f"/Resources << /XObject << /I {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>".encode()
        )
        content = f"q {wide:.2f} 0 0 {tall:.2f} 0 0 cm /I Do Q".encode()
        objects.append(_stream(b"", content))
        objects.append(_picture(scan, width, height))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _assembled(objects)


def _picture(scan: Scan, width: int, height: int) -> bytes:
    size = f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
    if scan.bilevel:
        data = zlib.compress(
            np.packbits((np.rot90(scan.image) if scan.sideways else scan.image) > 127, axis=1).tobytes(), 6
        )
        return _stream(f"{size} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode".encode(), data)
    space = "DeviceGray" if scan.image.ndim == 2 else "DeviceRGB"
    return _stream(
        f"{size} /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode".encode(), encoded(scan, exif=False)
    )


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<< " + head + f" /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
