from __future__ import annotations

import pytest

from extractors.forms.labels import Label, inner_labels, label_of
from pipeline.notices.profile import load_profile

PROFILE = load_profile()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("单位名称", ("applicant",)),
        ("单\n位 名称：", ("applicant",)),
        ("姓名", ("leader_name", "contact_name")),
        ("注册资本(万元)", ("registered_capital",)),
        ("注册资本", ("registered_capital",)),
        ("整体业务收人（万元）", ("revenue",)),
        ("*单位人数", ("staff",)),
        ("E-mail", ("leader_email", "contact_email")),
        ("Emai\n1:", ("leader_email", "contact_email")),
        ("研发经\n费元)万", ("rd_spend",)),
    ],
)
def test_wordings(text: str, keys: tuple[str, ...]) -> None:
    label = label_of(text, PROFILE)
    assert label is not None
    assert label.keys == keys and label.end == len(text)


@pytest.mark.parametrize("unit", ["（万元）", "（单位：\n万元）：", "(人民币万元)", "（万元人民币）"])
def test_units_are_no_part_of_a_label_however_they_are_put(unit: str) -> None:
    label = label_of(f"注册资\n本{unit}", PROFILE)
    assert label is not None and label.keys == ("registered_capital",)
    assert label_of("注册资本（单位：万元）：5000", PROFILE) == Label(("registered_capital",), 0, 12)


@pytest.mark.parametrize("text", ["", "无", "5000", "成都某某科技有限公司", "13800000000", "本单位名称已变更", "李一"])
def test_values_are_no_labels(text: str) -> None:
    assert label_of(text, PROFILE) is None


def test_a_label_before_its_value() -> None:
    label = label_of("单位名称：成都某某", PROFILE)
    assert label is not None and (label.keys, label.end) == (("applicant",), 5)


def test_groups() -> None:
    label = label_of("揭榜\n负责人", PROFILE)
    assert label is not None and label.group == "leader" and label.keys == ()
    other = label_of("联系人", PROFILE)
    assert other is not None and other.group == "contact"


def test_labels_inside_a_text() -> None:
    specs = [spec for spec in PROFILE.fields if spec.group == "contact"]
    found = inner_labels("手 机：138 姓名：赵二 邮箱", specs)
    assert [(label.keys, label.start) for label in found] == [(("contact_mobile",), 0), (("contact_name",), 8)]


def test_labels_in_a_cell_however_they_were_read() -> None:
    specs = [spec for spec in PROFILE.fields if spec.group in (None, "leader")]
    found = inner_labels("E-mai1：wang@example.org\n移动电话13800000001", specs)
    assert [label.keys for label in found] == [("leader_email",), ("leader_mobile",)]
    assert inner_labels("研发投入1200万元，占比30%", specs) == ()
