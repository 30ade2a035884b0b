from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from extractors.references import with_answers
from extractors.references.answers import answers_of
from extractors.references.assigning import Answer
from extractors.references.lexicon import lexicon
from pipeline.model.application import Application, Field
from pipeline.model.evidence import Char, Reading, Source
from pipeline.model.indicator import Indicator, RowKind, Standing
from pipeline.notices.profile import load_profile
from samples.indicators import indicator_rows

PROFILE = load_profile()
TABLES = yaml.safe_load((Path(__file__).parent / "rows.yaml").read_text(encoding="utf-8"))
LEAST_RIGHT = 0.94
"""Of all rows; the others are undecided."""
KNOWN_WRONG = {"首字响应时延", "人脸识别准确率"}
"""Taken for the notice's 平均响应时间 and 识别准确率: narrower quantities in its own words."""


@dataclass(frozen=True)
class Told:
    name: str
    wanted: str
    answer: Answer

    @property
    def right(self) -> bool:
        if self.wanted in ("own", "undecided"):
            return self.answer.standing == self.wanted
        return self.answer.standing is Standing.ANSWERS and self.ids == set(self.wanted.removeprefix("any: ").split())

    @property
    def ids(self) -> set[str]:
        return {match.reference for match in self.answer.matches}


def said(text: object) -> Reading:
    return Reading(value=str(text), raw=str(text), source=Source.EDITABLE)


def row(name: str, target: object = "", **more: Any) -> Indicator:
    return Indicator(name=said(name), target=said(target), **more)


def told(table: dict[str, Any]) -> Iterator[Told]:
    rows = [row(name, target) for name, target, _ in table["rows"]]
    direction = PROFILE.direction(table["direction"])
    assert direction is not None
    answers = answers_of(rows, direction, table["product"], lexicon(PROFILE))
    for (name, _, wanted), answer in zip(table["rows"], answers, strict=True):
        yield Told(name, wanted, answer)


@cache
def all_told() -> tuple[Told, ...]:
    return tuple(each for table in TABLES for each in told(table))


def one(direction: int, product: str, *rows: tuple[str, str]) -> list[set[str]]:
    wanted = [[name, target, ""] for name, target in rows]
    return [each.ids for each in told({"direction": direction, "product": product, "rows": wanted})]


def test_no_row_is_silently_wrong() -> None:
    wrong = {each.name for each in all_told() if not each.right and each.answer.standing is not Standing.UNDECIDED}
    assert wrong <= KNOWN_WRONG


def test_nearly_all_rows_are_told() -> None:
    assert sum(each.right for each in all_told()) >= LEAST_RIGHT * len(all_told())
    assert len(all_told()) >= 250


def test_the_table_covers_all_directions_and_means_known_indicators() -> None:
    assert {table["direction"] for table in TABLES} == set(range(1, 19))
    known = {indicator.id for direction in PROFILE.directions for indicator in direction.references}
    named = {name for each in all_told() for name in each.wanted.removeprefix("any: ").split()}
    assert named - {"own", "undecided"} <= known


@pytest.mark.parametrize(
    ("direction", "one_row", "other_row"),
    [
        (1, "训练芯片INT8算力", "推理芯片INT8算力"),
        (1, "云端训练芯片FP16算力", "云端训练芯片INT8算力"),
        (14, "误检率", "漏检率"),
        (8, "误唤醒率", "多设备协同唤醒率"),
        (7, "误识率", "拒识率"),
        (3, "水平视场角", "垂直视场角"),
        (11, "图传延时", "远程控制延时"),
        (17, "数字世界黑盒对抗攻击算法", "物理世界黑盒对抗攻击算法"),
        (15, "图片标注准确率", "语音标注准确率"),
    ],
)
def test_siblings_are_told_apart(direction: int, one_row: str, other_row: str) -> None:
    one_ids, other_ids = one(direction, "", (one_row, ""), (other_row, ""))
    assert one_ids and other_ids and not one_ids & other_ids


def test_precisions_in_one_cell_answer_their_own_indicators_alone() -> None:
    assert one(1, "云端训练芯片", ("算力", "40TFLOPS@FP32、600TOPS@INT8")) == [{"D01-T02", "D01-T06"}]


def test_a_tie_is_undecided_and_says_between_what() -> None:
    (answer,) = told({"direction": 1, "product": "云端训练芯片", "rows": [["算力", "大幅提升", ""]]})
    assert answer.answer.standing is Standing.UNDECIDED
    assert {"D01-T02", "D01-T06"} <= answer.ids


def test_the_product_tells_which_kind_of_chip_is_meant() -> None:
    assert one(1, "云端推理芯片", ("典型功耗", "70W")) == [{"D01-I06"}]
    assert one(1, "云端训练芯片", ("典型功耗", "70W")) == [{"D01-T07"}]
    (either,) = told({"direction": 1, "product": "智能芯片", "rows": [["典型功耗", "70W", ""]]})
    assert either.ids == {"D01-I06", "D01-T07"} and all(match.any_variant for match in either.answer.matches)


def test_other_rows_tell_which_kind_of_data_is_meant() -> None:
    assert one(15, "资源库", ("图片数据量", "1600万张"), ("标注准确率", "98%"))[1] == {"D15-B02"}


def test_a_weak_row_is_no_doubt_where_another_answers_surely() -> None:
    alone = told({"direction": 8, "product": "音箱", "rows": [["唤醒率", "96%", ""]]})
    beside = told(
        {"direction": 8, "product": "音箱", "rows": [["唤醒率", "96%", ""], ["多设备协同唤醒准确率", "98%", ""]]}
    )
    assert [each.answer.standing for each in alone] == [Standing.UNDECIDED]
    assert [each.answer.standing for each in beside] == [Standing.OWN, Standing.ANSWERS]


@pytest.mark.parametrize(
    ("direction", "misread", "meant"),
    [
        (8, "多设备协同嗅醒准确率", "D08-06"),
        (8, "误唉醒", "D08-04"),
        (14, "漏捡率", "D14-01"),
        (14, "系统一致牲", "D14-05"),
        (11, "抗凤等级", "D11-05"),
        (16, "参敛量", "D16-02"),
    ],
)
def test_a_misread_name_is_no_addition_of_the_applicant(direction: int, misread: str, meant: str) -> None:
    known = PROFILE.direction(direction)
    assert known is not None
    chars = tuple(Char(text=char, confidence=0.9) for char in misread)
    scanned = Indicator(name=Reading(value=misread, raw=misread, source=Source.PAPER, chars=chars))
    (answer,) = answers_of([scanned], known, "", lexicon(PROFILE))
    assert meant in {match.reference for match in answer.matches}


def test_siblings_that_differ_in_a_character_are_no_misreading() -> None:
    known = PROFILE.direction(14)
    assert known is not None
    names = ("漏检率", "误检率")
    scanned = [Indicator(name=Reading(value=name, raw=name, source=Source.PAPER,
                                      chars=tuple(Char(text=char, confidence=0.9) for char in name)))
               for name in names]  # fmt: skip
    found = answers_of(scanned, known, "", lexicon(PROFILE))
    assert [[match.reference for match in answer.matches] for answer in found] == [["D14-01"], ["D14-02"]]


def test_the_rows_of_the_tuning_samples_are_all_told() -> None:
    for direction in PROFILE.directions:
        for group in direction.groups:
            rows = indicator_rows(direction, group.id, Random(direction.number), rephrase=False)
            answers = answers_of([row(each.name, each.target) for each in rows], direction, "", lexicon(PROFILE))
            assert answers[-1].standing is Standing.OWN, rows[-1].name
            wanted = {indicator.id for each in direction.groups if each.applies == "always" or each.id == group.id
                      for indicator in each.indicators if indicator.required == "true"}  # fmt: skip
            assert {match.reference for answer in answers for match in answer.matches} >= wanted


def test_rows_of_an_application_get_their_answers_and_examples_none() -> None:
    example = row("计算精度", direction=1, kind=RowKind.EXAMPLE, example_mark=True)
    application = Application(
        source=Source.ONLINE,
        fields=(Field(key="directions", reading=Reading(value=(14,), source=Source.ONLINE)),),
        indicators=(example, row("漏检率", "0.1%"), row("相机数量", "3台")),
    )
    found = with_answers(application, PROFILE).indicators
    assert [each.standing for each in found] == [None, Standing.ANSWERS, Standing.OWN]
    assert [match.reference for match in found[1].answers] == ["D14-01"] and found[1].answers[0].basis == "name"
    assert with_answers(with_answers(application, PROFILE), PROFILE).indicators == found


def test_rows_without_a_known_direction_are_held_against_nothing() -> None:
    application = Application(source=Source.ONLINE, indicators=(row("漏检率", "0.1%"),))
    assert with_answers(application, PROFILE).indicators[0].standing is None
