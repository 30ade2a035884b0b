"""Where products stand, and documents as bytes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

LONGEST_STEP = 200
"""Bytes of a path step; file systems stop at 255, and temporary names need some room."""

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")


def json_bytes(document: dict[str, Any]) -> bytes:
    """A document as it is written: UTF-8, Chinese as it is, one blank of indent, a newline at the end.

    Half a surrogate pair (a file name in no known encoding) is written as its JSON escape.
    """
    try:
        return to_json(document, indent=1) + b"\n"
    except PydanticSerializationError:
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def result_folder(out: Path, identity: str) -> Path:
    """Where the results of a package or a delivery stand; always below `out/results`."""
    return out.joinpath("results", *result_steps(identity))


def result_steps(identity: str) -> tuple[str, ...]:
    """The steps of an identity as folder names that every file system takes and that lead nowhere else."""
    steps = tuple(_safe(step) for step in identity.split("/") if step)
    return steps or ("_",)


def _safe(step: str) -> str:
    cleaned = _UNSAFE.sub("_", step)
    if cleaned.strip(". ") == "":
        cleaned = "_" * max(1, len(cleaned))
    if len(cleaned.encode()) > LONGEST_STEP:
        mark = hashlib.sha256(step.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        cleaned = cleaned.encode("utf-8", "ignore")[: LONGEST_STEP - 9].decode("utf-8", "ignore") + "~" + mark
    return cleaned
