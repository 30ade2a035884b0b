from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.errors import UsageProblem
from pipeline.notices.directions import Guide, read_guide
from pipeline.notices.profile import load_profile
from pipeline.values import without_blanks

PROFILE = load_profile()
SOURCE = PROFILE.folder / "directions.yaml"
ALL = [(direction, indicator) for direction in PROFILE.directions for indicator in direction.references]


def changed(folder: Path, before: str, after: str) -> Path:
    text = SOURCE.read_text(encoding="utf-8")
    assert before in text
    path = folder / "directions.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def said(path: Path) -> str:
    with pytest.raises(UsageProblem) as problem:
        read_guide(path)
    return str(problem.value)


def test_all_directions_and_indicators_are_there_once() -> None:
    assert [direction.number for direction in PROFILE.directions] == list(range(1, 19))
    assert len(ALL) == len({indicator.id for _, indicator in ALL}) == 164
    assert all(indicator.id.startswith(f"D{direction.number:02}-") for direction, indicator in ALL)


def test_every_quote_stands_in_the_notice() -> None:
    notice = without_blanks((PROFILE.folder / "notice.txt").read_text(encoding="utf-8"))
    quotes = [indicator.quote for _, indicator in ALL]
    quotes += [text for each in PROFILE.directions for text in (each.task_quote, each.target_quote, each.logic.quote)
               if text]  # fmt: skip
    quotes += [each.form_label for each in PROFILE.directions] + [PROFILE.guide.table_rule]
    assert [quote for quote in quotes if without_blanks(quote) not in notice] == []


def test_example_rows_stand_in_the_notice() -> None:
    notice = without_blanks((PROFILE.folder / "notice.txt").read_text(encoding="utf-8"))
    (first,) = [direction for direction in PROFILE.directions if direction.form_example_rows]
    assert first.number == 1 and all(without_blanks(row) in notice for row in first.form_example_rows)


def test_alternatives_by_kind_of_product_are_known_groups() -> None:
    drone = PROFILE.direction(11)
    assert drone is not None and drone.logic.groups == ("all", "emergency")
    chip = PROFILE.direction(1)
    assert chip is not None
    assert [group.variant for group in chip.groups] == ["", "云端训练芯片", "云端推断芯片", ""]


def test_a_number_in_a_quote_is_the_reference_value() -> None:
    """Where the notice prints the value in digits, the record holds the same."""
    printed = [
        (indicator.id, indicator.number) for _, indicator in ALL
        if indicator.number is not None and re.search(rf"(?<![\d.]){indicator.number}(?![\d.])", indicator.quote)
    ]  # fmt: skip
    words = {"D01-C02", "D02-C02", "D07-K01", "D11-05", "D15-A01", "D15-B01", "D15-D01", "D16-02"}
    numbers = {indicator.id for _, indicator in ALL if indicator.number is not None}
    assert numbers - {name for name, _ in printed} == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("id: D01-C02", "id: D01-C01", "D01-C01"),
        ("    - common\n    - at_least_one_of:", "    - commons\n    - at_least_one_of:", "commons"),
        ("      op: '>='", "      op: '=>'", "op"),
        ("value: 400", "value: viel", "value"),
        ("applies: 'product_variant: 云端训练芯片'", "applies: sometimes", "sometimes"),
        ("kind: count", "kind: set", "kind"),
        ("      required: true", "      required: maybe", "required"),
        ("better: higher", "beter: higher", "beter"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path, before: str, after: str, words: str) -> None:
    path = changed(tmp_path, before, after)
    message = said(path)
    told = re.search(r"directions\.yaml 第(\d+)行", message)
    assert told and words in message
    old, new = (file.read_text(encoding="utf-8").splitlines() for file in (SOURCE, path))
    first = 1 + next(number for number, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])
    assert int(told[1]) <= first


def test_the_line_is_the_very_one_where_a_value_is_wrong(tmp_path: Path) -> None:
    path = changed(tmp_path, "      required: true", "      required: maybe")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert f"第{1 + next(n for n, line in enumerate(lines) if 'maybe' in line)}行" in said(path)


def test_what_is_no_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    assert re.search(r"directions\.yaml 第\d+行", said(changed(tmp_path, "directions:\n", "directions: [\n")))


def test_a_wrong_profile_is_told_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(PROFILE.folder, tmp_path / "notice")
    path = tmp_path / "notice" / "profile.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("max_projects: 3", "max_projects: drei"), encoding="utf-8")
    line = 1 + next(n for n, each in enumerate(text.splitlines()) if each.startswith("max_projects"))
    with pytest.raises(UsageProblem, match=f"profile.yaml 第{line}行（max_projects）"):
        load_profile(str(tmp_path / "notice"))


def test_the_guide_is_frozen() -> None:
    assert isinstance(PROFILE.guide, Guide)
    with pytest.raises(ValueError, match="frozen"):
        PROFILE.guide.table_rule = ""  # type: ignore[misc]
