"""Printed pages: which section each belongs to, where its anchors stand, and its picture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

Image = NDArray[np.uint8]
ANCHOR = re.compile(r"@@([^@]+)@@")
SECTION = re.compile(r"S(\d+)\.(\w+)\.(\d*)$")
POINTS_PER_INCH = 72
DRAWN_DPI = 200
"""What the canvas draws at."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page: `anchors` by name in fractions of the page."""

    pdf: Path
    index: int
    document: int
    section: str
    evidence: int | None
    anchors: tuple[tuple[str, float, float], ...]

    def anchor(self, name: str) -> tuple[float, float] | None:
        """Where an anchor stands; None where it is not on this page."""
        return next(((x, y) for key, x, y in self.anchors if key == name), None)

    def picture(self, dpi: int) -> Image:
        """The page as BGR pixels."""
        if self.pdf.suffix == ".png":
            drawn = np.asarray(cv2.imread(str(self.pdf)), dtype=np.uint8)
            return drawn if dpi == DRAWN_DPI else np.asarray(_resized(drawn, dpi / DRAWN_DPI), dtype=np.uint8)
        document = pdfium.PdfDocument(self.pdf)
        try:
            rendered = document[self.index].render(scale=dpi / POINTS_PER_INCH).to_numpy()
            return np.ascontiguousarray(
                cv2.cvtColor(rendered, cv2.COLOR_BGRA2BGR) if rendered.shape[2] == 4 else rendered
            )
        finally:
            document.close()


def read_sheets(pdfs: Sequence[Path]) -> dict[int, tuple[Sheet, ...]]:
    """The sheets of printed PDFs, by the number of their document."""
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    opened: tuple[int, str, int | None] | None = None
    for pdf in pdfs:
        for index, anchors in enumerate(_pages_anchors(pdf)):
            for name, _, _ in anchors:
                if found := SECTION.match(name):
                    opened = int(found[1]), found[2], int(found[3]) if found[3] else None
            if opened is None:
                continue
            plain = tuple(anchor for anchor in anchors if not SECTION.match(anchor[0]))
            sheets[opened[0]].append(Sheet(pdf, index, *opened, plain))
    return {number: tuple(pages) for number, pages in sheets.items()}


def _resized(image: Image, factor: float) -> Image:
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _pages_anchors(file: Path) -> list[list[tuple[str, float, float]]]:
    """The anchors of every page of a PDF, or of one drawn picture (they stand beside it in a .tsv)."""
    if file.suffix == ".png":
        lines = file.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
        parts = [line.split("\t") for line in lines]
        return [[(name, float(x), float(y)) for name, x, y in parts]]
    document = pdfium.PdfDocument(file)
    try:
        return [_anchors(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _anchors(page: pdfium.PdfPage) -> list[tuple[str, float, float]]:
    width, height = page.get_size()
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    found = []
    for match in ANCHOR.finditer(text.replace("\r\n", "  ")):
        left, bottom, _, top = text_page.get_charbox(match.start())
        found.append((match[1], left / width, 1 - (bottom + top) / 2 / height))
    return found
