"""Office files with all times in them fixed, so that equal content gives equal bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

MOMENT = "2021-01-01T00:00:00Z"
"""Written as the time of making."""
ZIP_MOMENT = (2021, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"


def with_fixed_times(content: bytes) -> bytes:
    """The same .xlsx or .docx file with the times of its parts and of its making fixed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == PROPERTIES:
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", MOMENT.encode(), data)
            fixed = zipfile.ZipInfo(entry.filename, ZIP_MOMENT)
            fixed.compress_type, fixed.external_attr, fixed.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(fixed, data)
    return stream.getvalue()
