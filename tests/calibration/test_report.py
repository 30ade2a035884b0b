"""The document says what was measured, and the program uses the figure that the document gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.doubt import BELIEVED
from tests.calibration.answers import Answer, Kind
from tests.calibration.measuring import Answers
from tests.calibration.plot import along, plot
from tests.calibration.report import BEGIN, END, measured, with_measured, write_report

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "calibration.md"
USED = re.compile(r"The doubt threshold is \*\*(\d\.\d+)\*\*")
FOLLOWS = re.compile(r"Follows from the curve: \*\*(\d\.\d+)\*\*")


def test_the_document_and_the_program_have_one_threshold() -> None:
    found = USED.search(DOCUMENT.read_text(encoding="utf-8"))
    assert found is not None and float(found.group(1)) == BELIEVED


def test_the_program_believes_no_less_sure_character_than_the_curve_allows() -> None:
    found = FOLLOWS.search(DOCUMENT.read_text(encoding="utf-8"))
    assert found is not None and float(found.group(1)) <= BELIEVED


def answers(level: str, sure: int, wrong: int) -> Answers:
    """So many very sure right characters, and so many unsure ones, the last `wrong` of them wrong."""
    made = [Answer(kind=Kind.AGREED_CHARACTER, confidence=0.99, right=True) for _ in range(sure)]
    made += [Answer(kind=Kind.AGREED_CHARACTER, confidence=0.6, right=number >= wrong) for number in range(20)]
    made.append(Answer(kind=Kind.AGREED_VALUE, confidence=0.99, right=True))
    return Answers(level=level, answers=tuple(made))


def test_figures_of_a_small_measurement() -> None:
    text = measured([answers("office", 3000, 5), answers("phone", 3000, 10)])
    assert "1 packages office, 1 packages phone" in text
    assert "| 0.5 | 6040 | 15 |" in text and "| 0.7 | 6000 | 0 |" in text
    found = FOLLOWS.search(text)
    assert found is not None and 0.6 < float(found.group(1)) <= 0.99


def test_only_what_was_measured_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "calibration.md").write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", encoding="utf-8")
    write_report([answers("office", 300, 5)], tmp_path)
    text = (tmp_path / "calibration.md").read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n") and text.endswith(f"{END}\nafter\n") and "stale" not in text
    assert "<svg" in (tmp_path / "calibration.svg").read_text(encoding="utf-8")


def test_a_document_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="marks"):
        with_measured("no marks", "figures")


def test_the_axis_runs_from_the_finest_to_one() -> None:
    assert [along(share) for share in (0.0, 1e-4, 1e-2, 1.0)] == pytest.approx([0.0, 0.0, 0.5, 1.0])


def test_the_plot_shows_every_bin_and_the_threshold() -> None:
    drawn = plot({"a < b": [(0.4, False), (0.55, True), (0.97, True)], "other": []}, 0.005, 0.9, ["a < b"])
    assert drawn.count("<circle") == 3 and drawn.count(">0.90<") == 1 and "a &lt; b (3)" in drawn
