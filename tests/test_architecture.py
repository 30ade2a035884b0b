"""The house keeps its walls: imports, sizes of files and functions, one OpenCV, quick start-up."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.processor_time import processor_seconds

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("pipeline", "extractors", "checks", "flows", "review", "samples", "scripts")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "tools"}


def test_imports_run_one_way() -> None:
    answer = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES_OF_A_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < MOST_LINES_OF_A_FUNCTION, f"{node.name} is too long"


def test_no_drawers() -> None:
    assert not [path for path in SOURCES if path.stem in DRAWERS]


def test_one_opencv_is_installed() -> None:
    found = {each.metadata["Name"] for each in distributions() if each.metadata["Name"].lower().startswith("opencv")}
    assert found == {"opencv-contrib-python"}


def test_pins_name_no_registry() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins and "index-url" not in pins
    assert pins.count("==") > 100 and "--hash=sha256:" in pins


def _loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_a_run_with_nothing_to_do_needs_neither_prefect_nor_a_reader() -> None:
    loaded = _loaded_by("import flows.cli.run")
    assert not loaded & {"prefect", "paddleocr", "paddlex", "onnxruntime", "pytesseract", "spacy"}


def test_a_dask_worker_that_has_its_reader_beside_it_loads_nothing_to_read_with() -> None:
    loaded = _loaded_by("import flows.orchestration.labourer")
    assert not loaded & {"prefect", "paddleocr", "onnxruntime", "spacy", "cv2", "scipy", "openpyxl", "pdfplumber"}


HELP = (
    "import sys\nfrom contextlib import suppress\nfrom flows.cli.main import main\nsys.argv[1:] = ['--help']\n"
    "with suppress(SystemExit):\n    main()"
)


def test_help_loads_nothing_heavy() -> None:
    heavy = {"prefect", "cv2", "paddleocr", "spacy", "jieba", "pint", "pydantic", "openpyxl", "docx", "distributed"}
    assert not _loaded_by(HELP) & heavy


def test_help_comes_at_once() -> None:
    assert processor_seconds(lambda: _loaded_by(HELP)) < 1.0
