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

from flows.steps.sources import sources_of
from pipeline.notices.layers import folders_of
from pipeline.settings import CHECKOUT, settings

READING = (
    "extractors.reading", "extractors.readers.paddle", "extractors.signatures.signatures", "extractors.personal",
    "extractors.secrecy",
)  # fmt: skip
ASSEMBLING, JUDGING, WRITING = "flows.steps.assembling", "flows.steps.judging", "flows.steps.writing"
TEMPLATES = CHECKOUT / "pipeline" / "reports"
TEMPLATE_SUFFIXES = (".yaml", ".j2", ".css", ".js", ".html", ".json")
ENGINES = ("paddleocr", "onnxruntime-openvino", "opencv-contrib-python", "pypdfium2", "pdfplumber", "numpy", "pillow")
SHORT = 16
"""Hexadecimal digits of a fingerprint: 64 bits, far from any chance of two alike."""


def fingerprint(*parts: Any) -> str:
    """A short hash of anything JSON can write; equal content gives an equal hash on every machine."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


@cache
def code_version(*modules: str) -> str:
    """The fingerprint of modules' source and of all that they import of this program."""
    return _hash_of(sources_of(*modules))


def _hash_of(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(CHECKOUT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:SHORT]


@cache
def folder_version(folder: Path, without: tuple[str, ...] = ()) -> str:
    """The fingerprint of a notice's folder, and of those that it builds on; files of some names don't count."""
    return fingerprint(
        [
            (file.relative_to(each).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest())
            for each in folders_of(folder)
            for file in sorted(each.rglob("*"))
            if file.is_file() and file.name not in without and "__pycache__" not in file.parts
        ]
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
    return fingerprint(code_version(*READING), dict(engines()), digests, settings().dpi)


@cache
def assembling_version() -> str:
    """What an assembled package rests on besides its pages."""
    return fingerprint(reading_version(), code_version(ASSEMBLING))


@cache
def judging_version() -> str:
    """What a verdict rests on besides what was read and filed."""
    return fingerprint(reading_version(), code_version(JUDGING))


@cache
def writing_version() -> str:
    """What the written files rest on besides the results."""
    templates = sorted(file for file in TEMPLATES.rglob("*") if file.suffix in TEMPLATE_SUFFIXES)
    return fingerprint(code_version(WRITING), _hash_of(templates))


def run_versions(profile_folder: Path) -> tuple[tuple[str, str], ...]:
    """The versions a run is told with, by name."""
    return (
        ("heyan", _release("heyan")),
        ("reading", reading_version()),
        ("rules", judging_version()),
        ("notice", folder_version(profile_folder)),
        *engines().items(),
    )
