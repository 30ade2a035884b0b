"""What is written on seals: with the recogniser, on drawn ones and on a real scan."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.seals import find_seals
from extractors.seals.purpose import purpose_of, split_owner
from extractors.seals.tone import without_print
from pipeline.model.seal import Purpose, Shape
from samples.stamping import SealSpec
from tests.extractors.pages import NAME, PER_MM, sealed

INVOICE = SealSpec(NAME, shape="oval", inner="发票专用章", star=False, diameter_mm=45, ratio=0.67)
REAL = Path(__file__).parents[2] / "data" / "seals"


@pytest.fixture(scope="module")
def reader():  # type: ignore[no-untyped-def]
    from extractors.readers.paddle import paddle_reader
    from pipeline.settings import settings

    return paddle_reader(settings().models)


@pytest.mark.reader
@pytest.mark.parametrize(
    ("spec", "inner", "purpose"),
    [
        (SealSpec(NAME, serial="5101000123456"), None, Purpose.OFFICIAL),
        (SealSpec(NAME, inner="合同专用章", style="bold"), "合同专用章", Purpose.CONTRACT),
        (INVOICE, "发票专用章", Purpose.INVOICE),
    ],
    ids=["official", "contract", "invoice"],
)  # fmt: skip
def test_owner_inner_line_and_purpose(reader, spec: SealSpec, inner: str | None, purpose: Purpose) -> None:  # type: ignore[no-untyped-def]
    page, _ = sealed(spec, 900, 2130, 17, seed=5)
    (found,) = find_seals(page, PER_MM, reader)
    assert (found.text, found.inner, found.purpose) == (spec.owner, inner, purpose)
    assert found.serial == (spec.serial or None)
    assert "".join(char.text for char in found.chars) == found.text


@pytest.mark.reader
def test_a_real_scan_of_three_seals(reader) -> None:  # type: ignore[no-untyped-def]
    picture = np.asarray(cv2.imread(str(REAL / "ly.png")), dtype=np.uint8)
    found = find_seals(picture, None, reader)
    assert [mark.shape for mark in found] == [Shape.ROUND, Shape.ROUND, Shape.RECTANGLE]
    assert [mark.text for mark in found] == ["北京中导开源科技有限公司", "北京中导开源科技有限公司", "李庆国印"]


@pytest.mark.parametrize(
    ("owner", "inner", "shape", "purpose"),
    [
        ("成都甲公司", "", Shape.ROUND, Purpose.OFFICIAL),
        ("成都甲公司", "合同专用章(1)", Shape.ROUND, Purpose.CONTRACT),
        ("成都甲公司", "财务专用章", Shape.OVAL, Purpose.FINANCE),
        ("成都甲公司", "投标专用章", Shape.ROUND, Purpose.OTHER),
        ("成都甲公司", "人力资源部", Shape.ROUND, Purpose.DEPARTMENT),
        ("成都甲公司绵阳分公司", "", Shape.ROUND, Purpose.BRANCH),
        ("四川某某研究中心", "", Shape.ROUND, Purpose.OFFICIAL),
        ("张三丰印", "", Shape.RECTANGLE, Purpose.PERSONAL),
    ],
)
def test_purpose(owner: str, inner: str, shape: Shape, purpose: Purpose) -> None:
    assert purpose_of(owner, inner, shape) is purpose


def test_a_special_purpose_in_the_ring_is_no_part_of_the_owner() -> None:
    assert split_owner("成都甲公司合同专用章") == ("成都甲公司", "合同专用章")
    assert split_owner("成都甲公司") == ("成都甲公司", "")


def test_on_a_grey_copy_print_over_the_seal_is_taken_out() -> None:
    rim, seal, print_ = 120, 120, 230
    dark = np.zeros((200, 200), np.uint8)
    cv2.circle(dark, (100, 100), 80, (rim,), 6)
    cv2.rectangle(dark, (60, 90), (140, 110), (seal,), -1)
    cv2.line(dark, (0, 100), (199, 100), (print_,), 5)
    on_rim = np.zeros((200, 200), np.uint8)
    cv2.circle(on_rim, (100, 100), 80, (255,), 2)
    told = without_print(dark, on_rim > 0, PER_MM)
    assert told is not None
    cleared, printed = told
    assert printed[100, 100] and not printed[60, 100]
    assert cleared.max() < 150 and abs(int(cleared[100, 100]) - seal) < 15 and cleared[100, 8] < 40
    black = np.where(dark > 0, np.uint8(255), np.uint8(0))
    assert without_print(black, on_rim > 0, PER_MM) is None
