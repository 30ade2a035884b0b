"""The reserve family's printer: pages drawn with Pillow, their anchors kept beside them, no layout engine at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from samples.printing.blocks import Block, Break, Cell, Document, Heading, Para, Space, Table, pieces, section_anchor
from samples.printing.layout import Layout

DPI = 200
SCALE = DPI / 25.4
FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
WIDTH, HEIGHT = round(210 * SCALE), round(297 * SCALE)
MARGIN, TOP, BOTTOM = round(22 * SCALE), round(24 * SCALE), round(275 * SCALE)
PAD = round(1.4 * SCALE)
CLOSERS = "，。、；：！？）》”"
"""Signs that never begin a line."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character to set; an anchor has no character."""

    char: str
    underlined: bool = False
    anchor: str = ""


Lines = list[list[Glyph]]


@dataclass(slots=True)
class DrawnPage:
    """A page being drawn."""

    image: Image.Image
    section: str
    evidence: int | None
    anchors: list[tuple[str, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in the grid of its table."""

    row: int
    column: int
    cell: Cell


class Canvas:
    """Sets a document's blocks onto pages, top down."""

    def __init__(self, layout: Layout) -> None:
        self._size = round(layout.size_pt / 72 * DPI)
        self._rule = max(2, round(layout.rule_pt / 72 * DPI))
        self.pages: list[DrawnPage] = []
        self._y = float(TOP)

    def open_page(self, section: str, evidence: int | None) -> None:
        """Begin a new page."""
        self.pages.append(DrawnPage(Image.new("RGB", (WIDTH, HEIGHT), "white"), section, evidence))
        self._y = float(TOP)

    def put(self, block: Block) -> None:
        """Set one block."""
        if isinstance(block, Heading):
            factor = {"title": 1.6, "part": 1.1, "item": 1.0}[block.level]
            self._text(block.text, round(self._size * factor), "center" if block.level == "title" else "left", 0)
        elif isinstance(block, Para):
            size = round(self._size * (1.3 if block.large else 1.0))
            self._text(block.text, size, block.align, 2 if block.indent else 0)
        elif isinstance(block, Space):
            self._y += block.mm * SCALE
        elif isinstance(block, Break):
            self._next()
        else:
            self._table(block)

    def _next(self) -> None:
        last = self.pages[-1]
        self.open_page(last.section, last.evidence)

    def _text(self, text: str, size: int, align: str, indent: int) -> None:
        room = WIDTH - 2 * MARGIN
        for number, line in enumerate(_wrapped(_glyphs(text), size, room, indent * size)):
            if self._y + size * 1.7 > BOTTOM:
                self._next()
            shift = indent * size if number == 0 else 0
            self._line(line, MARGIN + shift, self._y, size, align, room - shift)
            self._y += size * 1.7

    def _line(self, line: Sequence[Glyph], x: float, y: float, size: int, align: str, room: float) -> None:
        page, font = self.pages[-1], _font(size)
        draw = ImageDraw.Draw(page.image)
        width = sum(_advance(glyph, size) for glyph in line)
        x += {"left": 0.0, "center": (room - width) / 2, "right": room - width - size}[align]
        for glyph in line:
            if glyph.anchor:
                page.anchors.append((glyph.anchor, x / WIDTH, (y + size / 2) / HEIGHT))
                continue
            draw.text((x, y), glyph.char, font=font, fill="black")
            if glyph.underlined:
                draw.line((x, y + size * 1.25, x + _advance(glyph, size), y + size * 1.25), fill="black", width=2)
            x += _advance(glyph, size)

    def _table(self, table: Table) -> None:
        room = WIDTH - 2 * MARGIN
        total = sum(table.widths)
        edges = [MARGIN + room * sum(table.widths[:count]) / total for count in range(len(table.widths) + 1)]
        placed = list(_grid(table))
        heights = self._heights(table, placed, edges)
        start = 0
        while start < len(heights):
            end = self._fitting(heights, start)
            if end == start and self._y > TOP + 1:
                self._next()
                continue
            end = max(end, start + 1)
            self._rows(placed, heights, edges, start, end)
            start = end
            if start < len(heights):
                self._next()
        self._y += 3 * SCALE

    def _fitting(self, heights: Sequence[float], start: int) -> int:
        y, end = self._y, start
        while end < len(heights) and y + heights[end] <= BOTTOM:
            y += heights[end]
            end += 1
        return end

    def _heights(self, table: Table, placed: Sequence[Placed], edges: Sequence[float]) -> list[float]:
        heights = [table.row_mm * SCALE] * len(table.rows)
        for one in sorted(placed, key=lambda item: item.cell.rows):
            needed = len(self._cell_lines(one, edges)) * self._size * 1.4 + 2 * PAD
            rows = range(one.row, min(one.row + one.cell.rows, len(heights)))
            short = needed - sum(heights[row] for row in rows)
            for row in rows:
                heights[row] += max(0.0, short) / len(rows)
        return heights

    def _cell_lines(self, one: Placed, edges: Sequence[float]) -> Lines:
        room = edges[one.column + one.cell.columns] - edges[one.column] - 2 * PAD
        return [
            line for part in one.cell.text.split("\n") for line in _wrapped(_glyphs(part), self._size, room, 0)
        ]  # fmt: skip

    def _rows(
        self, placed: Sequence[Placed], heights: Sequence[float], edges: Sequence[float], start: int, end: int
    ) -> None:
        draw = ImageDraw.Draw(self.pages[-1].image)
        tops = {start: self._y}
        for row in range(start, end):
            tops[row + 1] = tops[row] + heights[row]
        for one in placed:
            first, last = max(one.row, start), min(one.row + one.cell.rows, end)
            if first >= last:
                continue
            box = (edges[one.column], tops[first], edges[one.column + one.cell.columns], tops[last])
            draw.rectangle(box, outline="black", width=self._rule)
            if one.row >= start:
                self._fill(one, edges, box)
        self._y = tops[end]

    def _fill(self, one: Placed, edges: Sequence[float], box: tuple[float, float, float, float]) -> None:
        lines = self._cell_lines(one, edges)
        y = (box[1] + box[3] - len(lines) * self._size * 1.4) / 2
        for line in lines:
            self._line(line, box[0] + PAD, y, self._size, one.cell.align, box[2] - box[0] - 2 * PAD)
            y += self._size * 1.4


def print_documents(documents: Sequence[tuple[Document, Layout]], out: Path) -> tuple[Path, ...]:
    """Draw all documents; a folder of pictures each, with the anchors of every page (see `sheets.read_sheets`).

    Raises:
        OSError: The font is not installed.
    """
    made = []
    for number, (document, layout) in enumerate(documents):
        canvas = Canvas(layout)
        for section in document.sections:
            canvas.open_page(section.name, section.evidence)
            canvas.pages[-1].anchors.append((section_anchor(section, number), 0.0, 0.0))
            for block in section.blocks:
                canvas.put(block)
        for index, page in enumerate(canvas.pages):
            file = out / f"drawn{number:04d}-{index:03d}.png"
            page.image.save(file, compress_level=1)
            names = "\n".join(f"{name}\t{x:.6f}\t{y:.6f}" for name, x, y in page.anchors)
            file.with_suffix(".tsv").write_text(names, encoding="utf-8")
            made.append(file)
    return tuple(made)


def _grid(table: Table) -> Iterator[Placed]:
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield Placed(row, column, cell)
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}


def _glyphs(text: str) -> list[Glyph]:
    made: list[Glyph] = []
    for kind, piece in pieces(text):
        if kind == "anchor":
            made.append(Glyph("", anchor=piece))
        else:
            made += [Glyph(char, underlined=kind == "underline") for char in piece]
    return made


def _wrapped(glyphs: Sequence[Glyph], size: int, room: float, indent: float) -> Lines:
    lines: Lines = [[]]
    left = room - indent
    for glyph in glyphs:
        advance = _advance(glyph, size)
        if advance > left and glyph.char not in CLOSERS:
            lines.append([])
            left = room
        lines[-1].append(glyph)
        left -= advance
    return lines


def _advance(glyph: Glyph, size: int) -> float:
    return 0.0 if glyph.anchor else float(_font(size).getlength(glyph.char))


_FONTS: dict[int, ImageFont.FreeTypeFont] = {}


def _font(size: int) -> ImageFont.FreeTypeFont:
    if size not in _FONTS:
        _FONTS[size] = ImageFont.truetype(FONT, size)
    return _FONTS[size]
