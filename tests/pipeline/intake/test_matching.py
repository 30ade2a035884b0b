from __future__ import annotations

import random

from pipeline.intake import holders_of, match_packages
from pipeline.model.application import Application, Field
from pipeline.model.evidence import Reading, Source


def filed(name: str, code: str, product: str, number: str = "", source: Source = Source.ONLINE) -> Application:
    values = {"applicant": name, "uscc": code, "product": product}
    fields = tuple(
        Field(key=key, reading=Reading(value=value, source=source)) for key, value in values.items() if value
    )
    return Application(source=source, fields=fields, number=number)


def numbers(papers: dict[str, Application], online: list[Application]) -> dict[str, str | None]:
    return {name: record.number if record else None for name, record in match_packages(papers, online).items()}


def test_each_to_its_own_whatever_the_order() -> None:
    online = [filed(f"成都第{n}科技有限公司", f"9151010000000000{n:02d}", f"产品{n}", str(n)) for n in range(12)]
    papers = {f"成都市/{n}": online[n] for n in range(12)}
    for seed in range(3):
        shuffled = random.Random(seed).sample(online, len(online))
        assert numbers(papers, shuffled) == {f"成都市/{n}": str(n) for n in range(12)}


def test_one_unit_s_projects_are_told_apart_by_product() -> None:
    online = [
        filed("成都甲科技有限公司", "91510100PDY00001X3", product, product) for product in ("芯片", "机器人", "无人机")
    ]
    papers = {
        product: filed("成都甲科技有限公司", "91510100PDY00001X3", product) for product in ("无人机", "芯片", "机器人")
    }
    assert numbers(papers, online) == {"无人机": "无人机", "机器人": "机器人", "芯片": "芯片"}


def test_what_differs_is_matched_as_long_as_one_of_three_agrees() -> None:
    online = [filed("成都甲科技有限公司", "91510100PDY00001X3", "云端芯片", "1")]
    assert numbers({"p": filed("成都乙丙科技公司", "91510100PDY00001X3", "别的产品")}, online) == {"p": "1"}
    assert numbers({"p": filed("成都甲科技有限公司", "", "")}, online) == {"p": "1"}
    assert numbers({"p": filed("绵阳丁戊机器人有限公司", "91510700PDY0000282", "服务机器人")}, online) == {"p": None}
    assert numbers({"p": filed("", "", "")}, online) == {"p": None}


def test_sister_companies_are_two() -> None:
    online = [filed("成都智云图科技有限公司", "91510100PDY00001X3", "芯片甲型号", "1")]
    papers = {"a": filed("成都慧海图科技有限公司", "91510100PDY0002040", "传感器乙型号")}
    assert numbers(papers, online) == {"a": None}


def test_a_record_is_used_once_and_equals_are_settled_alike() -> None:
    online = [filed("成都甲科技有限公司", "91510100PDY00001X3", "芯片", "1")]
    papers = dict.fromkeys(("甲#2", "甲"), online[0])
    assert numbers(papers, online) == {"甲": "1", "甲#2": None}


def test_a_reader_s_slip_does_not_part_them() -> None:
    online = [filed("成都甲乙丙科技有限公司", "91510100PDY00001X3", "高性能云端芯片", "1")]
    paper = filed("成都甲己丙科技有限公司", "9151O1O0PDY00001X3", "高性能云端芯版")
    assert numbers({"p": paper}, online) == {"p": "1"}


def test_nothing_to_match() -> None:
    assert match_packages({}, []) == {} and match_packages({"a": filed("甲", "", "")}, []) == {"a": None}


def test_a_copy_s_filing_is_held_by_the_package_that_got_it_and_another_product_s_by_none() -> None:
    code = "91510100PDY00001X3"
    filing = filed("成都甲科技有限公司", code, "云端芯片", "1")
    papers = {
        "a": filing, "b": filed("成都乙公司", code, "云端芯片"), "c": filed("成都甲科技有限公司", code, "机器人"),
        "d": filed("成都甲科技有限公司", "", "云端芯片"),
    }  # fmt: skip
    matched = match_packages(papers, [filing])
    assert [name for name, record in matched.items() if record is not None] == ["a"]
    assert holders_of(papers, matched) == {"b": "a"}
