"""Word files of old (.doc, .wps, .rtf, .odt) made into .docx by LibreOffice, the only module that starts it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import UnreadableInput
from pipeline.intake.formats import OLE_HEAD

SECONDS = 90.0
"""LibreOffice takes 3 s to start and 1 s a file on slow machines; one that takes this long hangs."""
PROGRAMS = ("soffice", "libreoffice")
MISSING = "旧版 Word/WPS 文档需要 LibreOffice 才能读取，请安装系统软件包 libreoffice-writer，或另存为 .docx"


def to_docx(path: Path, target: Path) -> None:
    """Converts a document into the .docx file `target`; macros and links are not run.

    Raises:
        UnreadableInput: LibreOffice is missing, fails, or takes too long.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableInput(MISSING)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".office-", dir=target.parent) as work:
        source = Path(work) / f"in{path.suffix.lower() if path.suffix.isascii() else ''}"
        shutil.copyfile(path, source)
        _run([program, *_options(Path(work), source), str(source)])
        made = Path(work) / "out" / "in.docx"
        if not made.is_file() or made.stat().st_size == 0:
            raise UnreadableInput("旧版文档无法转换，可能已损坏或加密，请另存为 .docx")
        made.replace(target)


def _options(work: Path, source: Path) -> list[str]:
    """A profile of its own, so that no other LibreOffice that runs is disturbed or waited for."""
    return [
        f"-env:UserInstallation={(work / 'profile').resolve().as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        f"--infilter={_import_filter(source)}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / "out"),
    ]  # fmt: skip


def _import_filter(source: Path) -> str:
    """The filter for the file's bytes; named, because LibreOffice else takes a damaged document for plain text."""
    with source.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(OLE_HEAD):
        return "MS Word 97"
    return "Rich Text Format" if head.startswith(b"{\\rtf") else "writer8"


def _run(command: list[str]) -> None:
    """Runs it in a process group of its own, which is ended as a whole when the time is up."""
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableInput("旧版文档转换超时，请另存为 .docx") from error
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
