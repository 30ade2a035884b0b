"""The pages of the bench: scans of two packages of the judging family, with what was printed on them.

Made once and kept below bench/, named by seed. The first page of every section of either package is read; one package
is clean, in the other two values differ from the filing, so that the second look has its usual work.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from samples import inbox
from samples.defects import DefectSpec
from samples.printing.blocks import Document
from samples.printing.layout import Layout
from samples.printing.sheets import ANCHOR
from samples.truth import PackageTruth, load_truth

DPI = 200.0
SECTIONS = ("cover", "form", "indicators", "taskbook", "evidence", "commitment")
DEFECTS: tuple[tuple[DefectSpec, ...], ...] = ((), (DefectSpec("X101"), DefectSpec("X101")))


@dataclass(frozen=True, slots=True)
class BenchPage:
    """A scanned page and the lines printed on it (not what was stamped or written there)."""

    name: str
    file: Path
    page: int
    printed: tuple[str, ...]


def bench_pages(folder: Path, seed: int) -> tuple[BenchPage, ...]:
    """The pages, made if they are not there yet."""
    if not (folder / "truth.json").is_file():
        _make(folder, seed)
    packages = load_truth(folder).packages
    return tuple(page for package in packages for page in _chosen(folder, package))


def _make(folder: Path, seed: int) -> None:
    """Make the inbox, keeping its print, which is thrown away otherwise."""
    printer = inbox.PRINTERS["judging"]

    def keep_print(documents: Sequence[tuple[Document, Layout]], out: Path) -> tuple[Path, ...]:
        files = printer(documents, out)
        for (document, _), file in zip(documents, files, strict=True):
            kept = _print_of(folder, document.key)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, kept)
        return files

    folder.mkdir(parents=True, exist_ok=True)
    inbox.PRINTERS["judging"] = keep_print
    try:
        inbox.make_inbox(
            folder, len(DEFECTS), "office", "judging", seed, DEFECTS, workers=1, packing="plain", deliveries=1
        )
    finally:
        inbox.PRINTERS["judging"] = printer


def _print_of(folder: Path, identity: str) -> Path:
    return folder / "printed" / f"{identity}.pdf"


def _chosen(folder: Path, package: PackageTruth) -> Iterator[BenchPage]:
    """The first upright page of every section."""
    printed = _printed_lines(_print_of(folder, package.identity))
    seen: set[str] = set()
    for page in package.pages:
        if page.section == "blank":
            continue
        lines = next(printed)
        if page.section in SECTIONS and page.section not in seen and page.rotation == 0:
            seen.add(page.section)
            file = folder / "inbox" / package.identity / page.file
            yield BenchPage(f"{page.section} {page.page}", file, page.page, lines)


def _printed_lines(pdf: Path) -> Iterator[tuple[str, ...]]:
    """The text of every page of a print, line by line, without its hidden marks."""
    document = pdfium.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            yield _lines(document[index].get_textpage())
    finally:
        document.close()


def _lines(page: pdfium.PdfTextPage) -> tuple[str, ...]:
    """Characters in rows by where they stand: in the PDF, those from a substitute font come after their line."""
    text = page.get_text_range()
    hidden = {index for match in ANCHOR.finditer(text) for index in range(*match.span())}
    rows: list[tuple[float, float, list[tuple[float, str]]]] = []
    for index, char in enumerate(text):
        if char.isspace() or index in hidden:
            continue
        left, bottom, _, top = page.get_charbox(index, loose=True)
        row = next((row for row in rows if row[0] < (bottom + top) / 2 < row[1]), None)
        if row is None:
            row = (bottom, top, [])
            rows.append(row)
        row[2].append((left, char))
    return tuple("".join(char for _, char in sorted(row[2])) for row in rows)
