"""Names as they come from disks and archives."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

HIDDEN_NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "system volume information"}


def is_hidden(name: str) -> bool:
    """Whether a file or folder is the system's own or a lock (`.DS_Store`, `~$表.docx`, `Thumbs.db`)."""
    return name.startswith((".", "~$")) or name.lower() in HIDDEN_NAMES


def shown_name(name: str) -> str:
    """The name in NFC; bytes that are no UTF-8 are taken for GB18030, as old Windows disks have them."""
    if any("\ud800" <= char <= "\udfff" for char in name):
        name = name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    return unicodedata.normalize("NFC", "".join(char for char in name if char >= " " and char != "\x7f"))


def decode_names(raw: Sequence[bytes]) -> tuple[str, ...]:
    """An archive's names, all of them in one encoding: UTF-8 if every name is that, else GB18030 (Windows in China)."""
    try:
        return tuple(name.decode("utf-8") for name in raw)
    except UnicodeDecodeError:
        return tuple(name.decode("gb18030", "replace") for name in raw)


def inner_steps(name: str) -> tuple[str, ...] | None:
    """The steps of a path in an archive; None where it leads out of it."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".")]
    if steps and len(steps[0]) == 2 and steps[0][1] == ":":
        return None
    if name.startswith(("/", "\\")) or ".." in steps or "\0" in name:
        return None
    return tuple(shown_name(step) for step in steps)
