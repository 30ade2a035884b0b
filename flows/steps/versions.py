"""What a stored result rests on besides its inputs: the code that made it, its models, its engines' releases.

Versions are derived, never declared: a source file that changed gives another fingerprint, so nothing stale is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.settings import CHECKOUT, settings

READING_CODE = ("extractors", "pipeline/rendering", "pipeline/model", "pipeline/values")
JUDGING_CODE = ("checks", "pipeline/intake", "flows/steps/assembling.py", "flows/steps/second_look.py")
WRITING_CODE = ("pipeline/reports", "flows/steps/writing.py", "flows/steps/pictures.py")
CODE_SUFFIXES = (".py", ".yaml", ".j2", ".css", ".js", ".html", ".json")
ENGINES = ("paddleocr", "onnxruntime-openvino", "opencv-contrib-python", "pypdfium2", "pdfplumber", "numpy", "pillow")
SHORT = 16
"""Hexadecimal digits of a fingerprint: 64 bits, far from any chance of two alike."""


def fingerprint(*parts: Any) -> str:
    """A short hash of anything JSON can write; equal content gives an equal hash on every machine."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


def _source_files(places: Iterable[str]) -> Iterable[Path]:
    for place in places:
        path = CHECKOUT / place
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (file for file in files if file.suffix in CODE_SUFFIXES and file.is_file())


@cache
def code_version(places: tuple[str, ...]) -> str:
    """The fingerprint of the source files under some folders of the checkout."""
    digest = hashlib.sha256()
    for file in _source_files(places):
        digest.update(file.relative_to(CHECKOUT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:SHORT]


@cache
def folder_version(folder: Path) -> str:
    """The fingerprint of a notice's folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return fingerprint(
        [(file.relative_to(folder).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
    )


def _release(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


@cache
def engines() -> Mapping[str, str]:
    """The releases of the packages that see pixels."""
    return {package: _release(package) for package in ENGINES}


@cache
def reading_version() -> str:
    """What a page's reading rests on besides the page: reader, renderer, models, settings."""
    models = sorted(settings().models.rglob("inference.*"))
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in models]
    return fingerprint(code_version(READING_CODE), dict(engines()), digests, settings().dpi)


@cache
def judging_version() -> str:
    """What a verdict rests on besides what was read and filed."""
    return fingerprint(reading_version(), code_version(JUDGING_CODE))


@cache
def writing_version() -> str:
    """What the written files rest on besides the results."""
    return code_version(WRITING_CODE)


def run_versions(profile_folder: Path) -> tuple[tuple[str, str], ...]:
    """The versions a run is told with, by name."""
    return (
        ("heyan", _release("heyan")),
        ("reading", reading_version()),
        ("rules", judging_version()),
        ("notice", folder_version(profile_folder)),
        *engines().items(),
    )
