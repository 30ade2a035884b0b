"""The tuning and calibration families' printer: HTML and CSS through Debian's Chromium, many documents in one call."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from samples.printing.blocks import Block, Break, Cell, Document, Heading, Para, Space, Table, pieces, section_anchor
from samples.printing.layout import Layout

CHROMIUM = "/usr/bin/chromium"
TIME_LIMIT = 180
STYLE = """
@page { size: A4; margin: 24mm 22mm 20mm 24mm; }
* { box-sizing: border-box; }
body { margin: 0; }
.m { position: absolute; font: 1px/1px monospace; color: #fff; white-space: nowrap; }
.section { break-before: page; }
.title { text-align: center; font-weight: bold; font-size: 1.6em; margin: 1mm 0 2mm; }
.part { font-weight: bold; margin: 3mm 0 1mm; }
.item { margin: 2mm 0 1mm; }
p { margin: 0 0 1.5mm; line-height: 1.7; text-align: justify; overflow-wrap: anywhere; }
p.indent { text-indent: 2em; }
p.large { font-size: 1.35em; margin: 0; }
.right { text-align: right; padding-right: 8mm; }
.center { text-align: center; }
u { text-underline-offset: 3px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 2mm 0; }
td { border: solid #000; padding: 1mm 1.6mm; line-height: 1.45; overflow-wrap: anywhere; vertical-align: middle; }
td.c { text-align: center; }
"""


def print_documents(documents: Sequence[tuple[Document, Layout]], out: Path) -> tuple[Path, ...]:
    """Print all documents in one call of Chromium; the one PDF that holds them all.

    Raises:
        RuntimeError: Chromium did not make it.
    """
    body = "".join(_document(document, layout, number) for number, (document, layout) in enumerate(documents))
    page, made = out / "print.html", out / "print.pdf"
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{body}", encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=out) as home:
        call = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
            f"--user-data-dir={home}", f"--print-to-pdf={made}", page.resolve().as_uri(),
        ]  # fmt: skip
        done = subprocess.run(call, capture_output=True, timeout=TIME_LIMIT, check=False)
    if done.returncode or not made.is_file():
        raise RuntimeError(f"chromium printed nothing: {done.stderr.decode(errors='replace')[-500:]}")
    return (made,)


def _document(document: Document, layout: Layout, number: int) -> str:
    style = f"font-family: '{layout.latin}', '{layout.face}', serif; font-size: {layout.size_pt}pt"
    if layout.latin == layout.face:
        style = f"font-family: '{layout.face}', serif; font-size: {layout.size_pt}pt"
    sections = []
    for section in document.sections:
        blocks = "".join(_block(block, layout) for block in section.blocks)
        sections.append(f"<div class=section>{_anchor(section_anchor(section, number))}{blocks}</div>")
    return f'<div lang=zh-CN style="{style}">{"".join(sections)}</div>'


def _anchor(name: str) -> str:
    """A mark for the printed page; a tick's lies level with its box, not with the top of the line."""
    level = " style='margin-top:1.8mm'" if name.startswith("tick.") else ""
    return f"<span class=m{level}>@@{name}@@</span>"


def _inline(text: str) -> str:
    made = []
    for kind, piece in pieces(text):
        if kind == "anchor":
            made.append(_anchor(piece))
        else:
            escaped = html.escape(piece).replace("\n", "<br>").replace("  ", "&ensp;&ensp;")
            made.append(f"<u>{escaped}</u>" if kind == "underline" else escaped)
    return "".join(made)


def _block(block: Block, layout: Layout) -> str:
    if isinstance(block, Heading):
        return f"<div class={block.level}>{_inline(block.text)}</div>"
    if isinstance(block, Para):
        names = [block.align] + ["indent"] * block.indent + ["large"] * block.large
        return f"<p class='{' '.join(names)}'>{_inline(block.text)}</p>"
    if isinstance(block, Space):
        return f"<div style='height:{block.mm}mm'></div>"
    if isinstance(block, Break):
        return "<div style='break-after:page'></div>"
    return _table(block, layout)


def _table(table: Table, layout: Layout) -> str:
    total = sum(table.widths)
    columns = "".join(f"<col style='width:{100 * width / total:.2f}%'>" for width in table.widths)
    rows = "".join(
        f"<tr style='height:{table.row_mm}mm'>{''.join(_cell(cell, layout) for cell in row)}</tr>" for row in table.rows
    )
    return f"<table><colgroup>{columns}</colgroup>{rows}</table>"


def _cell(cell: Cell, layout: Layout) -> str:
    spans = f" colspan={cell.columns}" * (cell.columns > 1) + f" rowspan={cell.rows}" * (cell.rows > 1)
    centre = " class=c" if cell.align == "center" else ""
    style = f"border-width:{layout.rule_pt}pt; line-height:{layout.line_height}"
    style += "; word-break:break-all" if layout.break_anywhere else ""
    return f"<td{spans}{centre} style='{style}'>{_inline(cell.text)}</td>"
