"""How a package's files are named, split and packed: one PDF, a PDF a section, a picture a page; folder or archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

import libarchive

from samples.scanfile import scan_pdf
from samples.wear.levels import Scan, encoded

Split = Literal["whole", "sections", "pictures"]
Container = Literal["folder", "zip", "gbk_zip", "7z", "nested"]
ZIP_TIME = (2021, 11, 12, 16, 0, 0)
WHOLE_NAMES = (
    "盖章扫描件.pdf",
    "{unit}申报材料（盖章）.pdf",
    "扫描全能王 2021-11-12 09.31.pdf",
    "最终版.pdf",
    "揭榜申报材料-盖章版.pdf",
)
SECTION_NAMES = {
    "cover": ("01封面.pdf", "封面.pdf"), "instructions": ("02填报须知.pdf", "须知.pdf"),
    "form": ("03申报表.pdf", "申报表（盖章）.pdf"),
    "indicators": ("04重点指标填报表.pdf", "指标表.pdf"), "taskbook": ("05揭榜任务书.pdf", "任务书定稿2.pdf"),
    "evidence": ("06证明材料.pdf", "附件材料.pdf"), "commitment": ("07承诺书.pdf", "揭榜任务承诺书(1).pdf"),
}  # fmt: skip
PICTURE_NAMES = ("{number:03d}.jpg", "IMG_202111121{number:04d}.jpg", "微信图片_20211112{number:03d}.jpg")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page to be stored: its scan and the section that decides which file it goes to."""

    scan: Scan
    section: str


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a package: `path` inside it, and which pages (indices) it holds in order."""

    path: str
    data: bytes
    pages: tuple[int, ...] = ()


def scan_files(pages: Sequence[ScannedPage], split: Split, unit: str, dpi: int, rng: Random) -> tuple[PackedFile, ...]:
    """The scans as files."""
    if split == "pictures":
        pattern = rng.choice(PICTURE_NAMES)
        folder = rng.choice(("", "扫描/"))
        return tuple(
            PackedFile(folder + pattern.format(number=index + 1), encoded(page.scan), (index,))
            for index, page in enumerate(pages)
        )
    if split == "whole":
        name = rng.choice(WHOLE_NAMES).format(unit=unit)
        return (PackedFile(name, scan_pdf([page.scan for page in pages], dpi), tuple(range(len(pages)))),)
    return _section_files(pages, dpi, rng)


def _section_files(pages: Sequence[ScannedPage], dpi: int, rng: Random) -> tuple[PackedFile, ...]:
    variant = rng.randrange(2)
    groups: dict[str, list[int]] = {}
    current = ""
    for index, page in enumerate(pages):
        current = page.section if page.section != "blank" else current
        groups.setdefault(current, []).append(index)
    return tuple(
        PackedFile(SECTION_NAMES[section][variant], scan_pdf([pages[index].scan for index in group], dpi), tuple(group))
        for section, group in groups.items()
    )


def nested(files: Sequence[PackedFile], rng: Random) -> tuple[PackedFile, ...]:
    """The files with those that are no docx put into an inner archive, `附件.zip/…` in their path."""
    name = rng.choice(("附件.zip", "电子版.zip"))
    return tuple(
        file if file.path.endswith(".docx") else PackedFile(f"{name}/{file.path}", file.data, file.pages)
        for file in files
    )


def write_package(files: Sequence[PackedFile], folder: Path, name: str, container: Container) -> None:
    """Write a package below its delivery's folder, as a folder or an archive."""
    folder.mkdir(parents=True, exist_ok=True)
    if container in ("folder", "nested"):
        _write_folder(files, folder / name)
        return
    if container == "7z":
        with libarchive.file_writer(str(folder / f"{name}.7z"), "7zip") as archive:
            for file in files:
                archive.add_file_from_memory(f"{name}/{file.path}", len(file.data), file.data)
        return
    (folder / f"{name}.zip").write_bytes(
        zipped([(f"{name}/{file.path}", file.data) for file in files], container == "gbk_zip")
    )


def _write_folder(files: Sequence[PackedFile], folder: Path) -> None:
    inner: dict[str, list[tuple[str, bytes]]] = {}
    for file in files:
        head, _, rest = file.path.partition(".zip/")
        if rest:
            inner.setdefault(f"{head}.zip", []).append((rest, file.data))
            continue
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    for name, entries in inner.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(zipped(entries, gbk=False))


def zipped(entries: Sequence[tuple[str, bytes]], gbk: bool) -> bytes:
    """A zip archive; with `gbk` its names are stored the way Chinese Windows does, without the UTF-8 flag."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries:
            info = (_GbkInfo if gbk else zipfile.ZipInfo)(name, ZIP_TIME)
            archive.writestr(info, data)
    return out.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    """An entry whose name is stored in GBK."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800
