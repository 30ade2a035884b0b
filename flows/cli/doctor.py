"""`heyan doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from rich.console import Console

from flows.steps.away import local_place
from flows.steps.homes import homes
from flows.steps.inputs import WORKSPACE
from flows.steps.last_night import last_night
from flows.steps.versions import engines
from pipeline.errors import UsageProblem
from pipeline.settings import default_workers, settings
from pipeline.store.pruning import size_of

PROBE_SECONDS = 10
GIGABYTE = 1024**3
NEEDED_DISK = 5 * GIGABYTE


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for: whether it is there, whether heyan can do without, and what to do."""

    name: str
    present: bool
    detail: str
    needed: bool = True
    remedy: str = ""


def examine(out: str | None = None) -> int:
    """Print what was found, also of an output folder's store; the exit status is 1 when something needed is missing."""
    console = Console(highlight=False, soft_wrap=True)
    findings = (*look_around(), *_kept(out))
    for finding in findings:
        mark = "[green]✓[/green]" if finding.present else ("[red]✗[/red]" if finding.needed else "[yellow]–[/yellow]")
        console.print(f"{mark} {finding.name}：{finding.detail}")
    missing = [finding for finding in findings if not finding.present]
    for finding in missing:
        console.print(f"  → {finding.name}：{finding.remedy}")
    needed = [finding for finding in missing if finding.needed]
    console.print("可以使用。" if not needed else f"缺少 {len(needed)} 项必需内容。")
    return 1 if needed else 0


def examine_last_run(out: str | None, hours: float) -> int:
    """Print in a sentence whether a run in the output folder finished within some hours; if not, the status is 1.

    Raises:
        UsageProblem: No output folder was named.
    """
    if out is None:
        raise UsageProblem("请写明输出文件夹：heyan doctor --last-run 输出文件夹")
    found = last_night(local_place(out), datetime.now().astimezone(), timedelta(hours=hours))
    print(found.sentence)
    return 0 if found.ended else 1


def look_around() -> Iterator[Finding]:
    """Everything heyan rests on, needed things first."""
    yield _models()
    for name, release in engines().items():
        yield Finding(name, release != "-", release if release != "-" else "未安装", remedy="make setup")
    yield _tesseract()
    archive = ctypes.util.find_library("archive")
    yield Finding("libarchive（解压）", bool(archive), archive or "未安装", remedy=_apt("libarchive13"))
    yield _program("soffice", "LibreOffice（读 .doc、.wps、.rtf）", "libreoffice-writer-nogui")
    yield _program("chromium", "Chromium（只用于造样本）", "chromium")
    workers = default_workers()
    free = psutil.virtual_memory().available / GIGABYTE
    yield Finding("处理器与内存", True, f"{os.cpu_count()} 核，可用内存 {free:.1f} GB，默认同时识别 {workers} 页")
    disk = psutil.disk_usage(str(Path.cwd())).free
    yield Finding("磁盘", disk > NEEDED_DISK, f"当前位置剩余 {disk / GIGABYTE:.0f} GB", False, "请留出 5 GB 以上空间")


def _kept(out: str | None) -> Iterator[Finding]:
    """What runs left on this machine's disks."""
    found = tuple(homes())
    gone = sum(home.gone for home in found)
    size = sum(home.size for home in found) / GIGABYTE
    told = f"{len(found)} 处，{size:.2f} GB" + (f"，其中 {gone} 处的输出文件夹已不在，下次核验时清理" if gone else "")
    yield Finding("运行情况记录", True, f"{told}（{settings().data}）")
    with suppress(RuntimeError):  # a user without a home has no copies there
        remote = settings().remote_folder
        if copied := size_of(remote):
            yield Finding("远程存储的本机副本", True, f"{copied / GIGABYTE:.2f} GB（{remote}）")
    if out is not None:
        size, limit = size_of(local_place(out) / WORKSPACE) / GIGABYTE, settings().store_bytes / GIGABYTE
        yield Finding("识别结果占用", True, f"{size:.2f} GB，上限 {limit:.2f} GB（HEYAN_STORE_BYTES）")


def _models() -> Finding:
    folder = settings().models
    found = sorted(path.parent.name for path in folder.glob("*/inference.onnx"))
    return Finding("识别模型", len(found) >= 2, "、".join(found) or f"{folder} 里没有", remedy="make setup")


def _tesseract() -> Finding:
    try:
        answer = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=PROBE_SECONDS, check=False
        )
        languages = set((answer.stdout + answer.stderr).split())
    except (OSError, subprocess.TimeoutExpired):
        languages = set()
    missing = [language for language in ("chi_sim", "osd") if language not in languages]
    detail = "chi_sim、osd 齐全" if not missing else f"缺少 {'、'.join(missing)}"
    return Finding(
        "Tesseract（方向与复核）",
        not missing,
        detail,
        remedy=_apt("tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-osd"),
    )


def _program(command: str, name: str, package: str) -> Finding:
    path = shutil.which(command)
    return Finding(name, path is not None, path or "未安装", False, _apt(package))


def _apt(packages: str) -> str:
    return f"sudo apt-get install -y --no-install-recommends {packages}"
