"""Tables that were worded by somebody who had not seen the matcher's words, and look-alikes that answer nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.references.lexicon import lexicon
from pipeline.model.indicator import Standing
from tests.extractors.references.test_rows import PROFILE, Told, told

FOLDER = Path(__file__).parent
LEAST_RIGHT = 0.97
"""Of all rows; the others are undecided."""
LOOKALIKES = [
    pytest.param({**table, "rows": [[*row, "own"]]}, id=f"{table['direction']}-{row[0]}")
    for table in yaml.safe_load((FOLDER / "lookalikes.yaml").read_text(encoding="utf-8"))
    for row in table["rows"]
]


def reworded() -> list[Told]:
    tables = yaml.safe_load((FOLDER / "rewordings.yaml").read_text(encoding="utf-8"))
    return [each for table in tables for each in told(table)]


def alone(direction: int, product: str, name: str, target: str) -> Told:
    (row,) = told({"direction": direction, "product": product, "rows": [[name, target, ""]]})
    return row


def test_reworded_indicators_are_told_and_none_wrongly() -> None:
    rows = reworded()
    wrong = [each.name for each in rows if not each.right and each.answer.standing is not Standing.UNDECIDED]
    assert wrong == []
    assert sum(each.right for each in rows) >= LEAST_RIGHT * len(rows)


def test_no_name_of_an_indicator_is_put_out_by_its_own_words() -> None:
    words = lexicon(PROFILE).vocabulary
    for direction in PROFILE.directions:
        for indicator in direction.references:
            for name in (indicator.name, *indicator.aliases, *words.aliases.get(indicator.id, ())):
                assert indicator.id in alone(direction.number, "", name, "").ids, name


@pytest.mark.parametrize("table", LOOKALIKES)
def test_a_lookalike_answers_nothing(table: dict[str, Any]) -> None:
    (row,) = told(table)
    assert row.answer.standing is not Standing.ANSWERS


def test_a_list_of_all_members_answers_whatever_it_is_called() -> None:
    members = "5G、短距离通信、高精度卫星定位"
    assert alone(12, "导盲仪", "核心手段", members).ids == {"D12-01"}
    assert alone(12, "导盲仪", "核心手段", members).answer.standing is Standing.ANSWERS
    assert alone(12, "导盲仪", "核心手段", f"{members}各2套").answer.standing is not Standing.ANSWERS


def test_a_share_and_a_count_are_no_measures_of_each_other() -> None:
    assert alone(15, "语音资源库", "标注准确", "98%").ids
    assert not alone(15, "语音资源库", "标注类别", "200类").ids
    assert not alone(17, "预警平台", "预警准确率", "95%").ids


def test_a_name_that_lists_two_things_is_not_put_out_by_what_only_one_of_them_says() -> None:
    assert alone(1, "云端训练芯片", "体积", "2cm").answer.standing is Standing.OWN
    assert "D01-T07" in alone(1, "云端训练芯片", "体积与典型功耗", "2cm，350W").ids


def test_latin_words_are_told_apart_at_their_blanks() -> None:
    assert alone(8, "语音系统", "TTS MOS值", "4.4").ids == {"D08-03"}
    assert alone(1, "云端推断芯片", "TF32 Peak Performance", "130TFLOPS").ids == {"D01-I03"}


def test_what_row_and_another_indicator_both_say_goes_before_an_indicator_silent_on_it() -> None:
    row = alone(3, "车载摄像头", "前后视最远探测", "260m")
    assert next(iter(row.answer.matches)).reference == "D03-C01"


def test_abbreviations_are_read_as_what_they_stand_for() -> None:
    assert alone(8, "语音系统", "中文ASR准确率", "98.3%").ids == {"D08-01"}
    assert alone(8, "语音系统", "中文ASR准确率", "98.3%").answer.standing is Standing.ANSWERS
