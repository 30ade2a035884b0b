"""`heyan inspect`: what is on the pages of PDFs and pictures, as words, as JSON, as marked pictures."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flows.steps.pool import WorkerLost, WorkerPool, WorkFailed
from flows.steps.reading import read_picture, unread_page
from pipeline.errors import UnreadableInput, UsageProblem
from pipeline.model.document import PageReading
from pipeline.model.geometry import BBox
from pipeline.model.seal import SealMark
from pipeline.model.text import Table
from pipeline.notices.profile import load_profile
from pipeline.rendering import open_media
from pipeline.settings import default_workers, settings

CONTRACT = 1
MARKED = "marked"
"""Whether a page bears a secrecy mark: taken out again before anything is told."""
STOPPED = "疑有密级标志，内容未予列出；请勿复制、转发，交{}处置"


def inspect_files(files: Sequence[Path], as_json: bool, out: Path | None) -> int:
    """Read files and tell what is on their pages; a file or page that can't be read is named, the others are told.

    Raises:
        UsageProblem: A file is not there.
    """
    for file in files:
        if not file.is_file():
            raise UsageProblem(f"文件不存在：{file}")
    workers = default_workers()
    with (
        TemporaryDirectory() as scratch,
        WorkerPool(workers, Path(scratch) / "log", settings().worker_bytes) as pool,
        ThreadPoolExecutor(workers) as threads,
    ):
        told = [_inspect_file(file, out, pool, threads) for file in files]
    if as_json:
        json.dump({"contract": CONTRACT, "files": told}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in _in_words(told):
            print(line)
    return 0


def _inspect_file(file: Path, out: Path | None, pool: WorkerPool, threads: ThreadPoolExecutor) -> dict[str, Any]:
    try:
        pages = pool.call(_count, file, seconds=settings().page_seconds)
    except (WorkerLost, WorkFailed) as problem:
        return {"file": str(file), "pages": [], "problem": f"文件打不开：{problem}"}
    if isinstance(pages, str):
        return {"file": str(file), "pages": [], "problem": pages}
    told = list(threads.map(partial(_inspect_page, file, out, pool), range(1, pages + 1)))
    if any(page.pop(MARKED) for page in told):
        _forget_drawn(file, out, pages)
        return {"file": str(file), "pages": [], "problem": STOPPED.format(load_profile().care.officer)}
    return {"file": str(file), "pages": told}


def _count(file: Path) -> int | str:
    """In a worker: a file's pages, or the sentence why it has none."""
    try:
        with open_media(file) as media:
            return media.page_count
    except UnreadableInput as problem:
        return str(problem)


def _inspect_page(file: Path, out: Path | None, pool: WorkerPool, number: int) -> dict[str, Any]:
    from extractors.secrecy import secrecy_mark

    try:
        reading = pool.call(_read, file, out, number, seconds=settings().page_seconds)
    except (WorkerLost, WorkFailed) as problem:
        return page_document(unread_page(number, str(problem))) | {"problem": str(problem), MARKED: False}
    return page_document(reading) | {MARKED: secrecy_mark(reading, load_profile().care.marks) is not None}


def _read(file: Path, out: Path | None, number: int) -> PageReading:
    """In a worker: a page read, and drawn if asked for."""
    try:
        with open_media(file) as media:
            picture = media.page(number, dpi=settings().dpi)
    except UnreadableInput as problem:
        return unread_page(number, str(problem))
    reading = read_picture(picture, number, load_profile())
    if out is not None:
        _draw(file, picture.image, reading, out)
    return reading


def page_document(reading: PageReading) -> dict[str, Any]:
    """A page as the contract's JSON tells it."""
    return {
        "page": reading.page,
        "rotation": reading.rotation,
        "width": reading.width,
        "height": reading.height,
        "lines": [
            {"text": line.text, "confidence": round(line.confidence, 4), "bbox": _box(line.bbox)}
            for line in reading.lines
        ],
        "tables": [{"bbox": _box(table.bbox), "rows": table_rows(table)} for table in _tables(reading)],
        "seals": [_seal(reading.page, seal) for seal in reading.seals],
        "seam_slices": [{"side": str(mark.side), "bbox": _box(mark.bbox)} for mark in reading.slices],
        "signatures": [{"bbox": _box(mark.bbox)} for mark in reading.signatures],
    }


def _tables(reading: PageReading) -> tuple[Table, ...]:
    """The tables of a page from the top down, those without a full grid among them."""
    return tuple(sorted((*reading.tables, *reading.open_tables), key=lambda table: table.bbox.y0))


def table_rows(table: Table) -> list[list[str | None]]:
    """The grid of a table: a merged cell's text in its first place, null in the others."""
    grid: list[list[str | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def _seal(page: int, seal: SealMark) -> dict[str, Any]:
    return {
        "page": page,
        "bbox": _box(seal.bbox),
        "shape": str(seal.shape),
        "diameter_mm": seal.diameter_mm,
        "purpose": str(seal.purpose),
        "inner": seal.inner,
        "colour": str(seal.colour),
        "text": seal.text,
        "serial": seal.serial,
        "place": None,
        "confidence": round(seal.certainty, 4),
    }


def _box(box: BBox) -> list[float]:
    return list(box.rounded())


def _draw(file: Path, image: Any, reading: PageReading, out: Path) -> None:
    """One marked picture a page: lines grey, tables blue, seals red, slices orange, signatures green."""
    import numpy as np
    from PIL import Image, ImageDraw

    from flows.steps.pictures import painted_over

    upright = np.rot90(image, k=-(reading.rotation // 90))
    picture = painted_over(Image.fromarray(np.ascontiguousarray(upright[:, :, ::-1])), reading.personal)
    pen = ImageDraw.Draw(picture)
    marks: list[tuple[str, int, Sequence[BBox]]] = [
        ("#9aa5b1", 1, [line.bbox for line in reading.lines]),
        ("#2563eb", 3, [table.bbox for table in _tables(reading)]),
        ("#dc2626", 5, [seal.bbox for seal in reading.seals]),
        ("#ea580c", 5, [mark.bbox for mark in reading.slices]),
        ("#16a34a", 5, [mark.bbox for mark in reading.signatures]),
    ]
    for colour, width, boxes in marks:
        for box in boxes:
            corners = (box.x0 * picture.width, box.y0 * picture.height, box.x1 * picture.width, box.y1 * picture.height)
            pen.rectangle(corners, outline=colour, width=width)
    out.mkdir(parents=True, exist_ok=True)
    picture.save(_drawn(file, out, reading.page), quality=80)


def _drawn(file: Path, out: Path, page: int) -> Path:
    return out / f"{file.stem}-{page:03d}.jpg"


def _forget_drawn(file: Path, out: Path | None, pages: int) -> None:
    """Take the marked pictures of a file away again."""
    if out is not None:
        for page in range(1, pages + 1):
            _drawn(file, out, page).unlink(missing_ok=True)


def _in_words(told: Sequence[dict[str, Any]]) -> Iterator[str]:
    for file in told:
        yield f"{file['file']}：{len(file['pages'])} 页" + (f"，{file['problem']}" if file.get("problem") else "")
        for page in file["pages"]:
            yield (
                f"  第{page['page']}页　旋转 {page['rotation']}°　文字 {len(page['lines'])} 行　"
                f"表格 {len(page['tables'])}　印章 {len(page['seals'])}　骑缝切片 {len(page['seam_slices'])}　"
                f"签字 {len(page['signatures'])}"
            )
            for seal in page["seals"]:
                owner = seal["text"] or "（未能读出）"
                yield f"    印章：{owner}　{seal['inner'] or ''}　{seal['diameter_mm'] or '?'} mm"
