"""Versions follow the code: what a result rests on is found by following imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from flows.steps import sources, versions
from flows.steps.sources import sources_of
from pipeline.settings import CHECKOUT


def _names(*modules: str) -> set[str]:
    return {path.relative_to(CHECKOUT).as_posix() for path in sources_of(*modules)}


def test_reading_rests_on_reader_and_renderer_but_not_on_rules() -> None:
    names = _names(*versions.READING)
    assert {"extractors/readers/paddle.py", "pipeline/rendering/pdf.py", "extractors/imaging/deskew.py"} <= names
    assert not any(name.startswith(("checks/", "pipeline/reports/", "pipeline/intake/")) for name in names)


def test_judging_rests_on_every_rule() -> None:
    rules = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "checks" / "rules").glob("*.py")}
    assert rules <= _names(versions.JUDGING)
    assert "extractors/second_look.py" in _names(versions.JUDGING)


def test_what_is_written_of_a_judgement_rests_on_no_rule() -> None:
    names = _names(versions.WRITING)
    assert {"flows/steps/judged.py", "checks/judgement.py", "pipeline/reports/result_json.py"} <= names
    assert not any(name.startswith(("checks/rules/", "checks/engine", "extractors/")) for name in names)


def test_assembling_and_judging_rest_on_answers_and_claims() -> None:
    wanted = {"extractors/references/assigning.py", "extractors/claims/pairing.py", "extractors/texts/language.py",
              "pipeline/notices/vocabulary.py"}  # fmt: skip
    assert wanted <= _names(versions.ASSEMBLING) & _names(versions.JUDGING)


def test_a_command_imports_no_engine_before_it_has_something_to_do() -> None:
    script = (
        "import sys, flows.cli.main, flows.cli.run, flows.steps.batch\n"
        "print(*{'spacy', 'jieba', 'cv2', 'pint', 'paddleocr'} & sys.modules.keys())"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []


@pytest.mark.parametrize("module", [*versions.READING, versions.ASSEMBLING, versions.JUDGING, versions.WRITING])
def test_no_module_that_is_really_loaded_is_missed(module: str) -> None:
    script = (
        f"import sys, {module}\nprint(*filter(None, (getattr(m, '__file__', '') for m in [*sys.modules.values()])))"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    loaded = {Path(name) for name in answer.stdout.split()}
    own = {path for path in loaded if path.is_relative_to(CHECKOUT) and ".venv" not in path.parts}
    assert own <= set(sources_of(module))


def test_imports_are_found_as_the_language_has_them() -> None:
    for path in (path for own in sources.OWN for path in (CHECKOUT / own).rglob("*.py")):
        named: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        rules = {name for name in sources._imported(path) if name.startswith("checks.rules.") and path.stem == "rule"}
        assert set(sources._imported(path)) - rules == named, path


def test_a_changed_source_changes_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "checks"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text("from checks.two import thing\n")
    (package / "two.py").write_text("thing = 1\n")
    monkeypatch.setattr(sources, "CHECKOUT", tmp_path)
    monkeypatch.setattr(versions, "CHECKOUT", tmp_path)

    def version() -> str:
        for cached in (sources.sources_of, sources._files, sources._imported, versions.code_version):
            cached.cache_clear()
        return versions.code_version("checks.one")

    before = version()
    (package / "two.py").write_text("thing = 2\n")
    after = version()
    assert before != after
    (package / "two.py").write_text("thing = 1\n")
    assert version() == before
    for cached in (sources.sources_of, sources._files, sources._imported, versions.code_version):
        cached.cache_clear()


def test_fingerprints_do_not_depend_on_the_order_of_keys() -> None:
    assert versions.fingerprint({"a": 1, "b": 2}) == versions.fingerprint({"b": 2, "a": 1})
    assert versions.fingerprint("一") != versions.fingerprint("二")
