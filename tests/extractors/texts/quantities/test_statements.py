"""Statements by tables that a person of the field can read (phrases.yaml)."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from extractors.texts.quantities import read_heading, read_statement
from pipeline.model.quantity import Statement, Undecided
from tests.extractors.texts.quantities.notation import conditions_of, judge, said_by

TABLE: dict[str, list[list[str]]] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))
NAMES, SPANS = TABLE.pop("names"), TABLE.pop("spans")
HELD_OUT = yaml.safe_load(Path(__file__).with_name("held_out.yaml").read_text("utf-8"))
PHRASES = [(group, row[0], row[1:]) for group, rows in TABLE.items() for row in rows]
LEAST_RIGHT = 0.99


@pytest.mark.parametrize(("group", "text", "expected"), PHRASES, ids=lambda value: str(value)[:40])
def test_nothing_is_wrong_in_silence(group: str, text: str, expected: list[str]) -> None:
    assert judge(said_by(read_statement(text)), expected) != "wrong"


def test_nearly_all_is_right() -> None:
    right = sum(said_by(read_statement(text)) == expected for _, text, expected in PHRASES)
    assert right >= LEAST_RIGHT * len(PHRASES)


def test_the_table_judges() -> None:
    assert judge(["> 5 %"], [">= 5 %"]) == "wrong"
    assert judge(["?"], [">= 5 %"]) == "undecided"
    assert judge([">= 5 %"], ["?"]) == "wrong"


@pytest.mark.parametrize("row", [*HELD_OUT["answers"], *HELD_OUT["later"]], ids=lambda row: row[0])
def test_nothing_of_the_second_list_is_wrong_in_silence(row: list[str]) -> None:
    assert judge(said_by(read_statement(row[0])), row[1:]) != "wrong"


@pytest.mark.parametrize(("text", "expected", "piece"), SPANS, ids=lambda value: str(value)[:40])
def test_part_tells_where_it_stands(text: str, expected: str, piece: str) -> None:
    statement = read_statement(text)
    assert said_by(statement) == [expected]
    assert text[statement.parts[0].start : statement.parts[0].end] == piece


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row[0])
def test_heading(row: list[str]) -> None:
    heading = read_heading(row[0])
    assert [heading.unit, *conditions_of(heading)] == row[1:]


def test_parts_keep_to_the_text_and_its_order() -> None:
    for _, text, _ in PHRASES:
        numbers = [part for part in read_statement(text).parts if part.kind in ("measure", "undecided")]
        assert all(0 <= part.start < part.end <= len(text) for part in numbers), text
        assert all(one.end <= other.start for one, other in pairwise(numbers)), text


def test_every_figure_of_a_doubtful_text_is_kept() -> None:
    statement = read_statement("约3xyz")
    assert isinstance(statement.parts[0], Undecided)
    assert statement.parts[0].reason
    assert not statement.is_decided


def test_prose_is_no_list() -> None:
    assert said_by(read_statement("支持语音、图像" * 100)) == [":yes"]


def test_statements_are_written_and_read_back() -> None:
    for _, text, _ in PHRASES:
        statement = read_statement(text)
        assert Statement.model_validate_json(statement.model_dump_json()) == statement


def test_reading_text_does_not_load_pint() -> None:
    code = "import sys; from extractors.texts.quantities import read_statement; read_statement('20TOPS')"
    code = f"{code}; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
