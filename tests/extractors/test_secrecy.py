from __future__ import annotations

import pytest

from extractors.secrecy import mark_of_line, mark_of_texts, secrecy_mark
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape
from pipeline.notices.profile import load_profile
from tests.extractors.records import line, page

WORDS = load_profile().care.marks


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("机密★10年", "机密"),
        ("机 密 ★ 十 年", "机密"),
        ("秘密★", "秘密"),
        ("★绝密", "绝密"),
        ("绝密★启用前", "绝密"),
        ("绝密★长期", "绝密"),
        ("机密女10年", "机密"),
        ("秘密10年", "秘密"),
        ("秘密*6个月", "秘密"),
        ("密级：机密", "机密"),
        ("（秘密）★5年", "秘密"),
    ],
)
def test_a_mark_anywhere_on_the_page(text: str, word: str) -> None:
    assert mark_of_line(text, WORDS, bare=False) == word


@pytest.mark.parametrize(
    "text",
    [
        "机密",
        "不得泄露国家秘密。",
        "商业秘密",
        "商业秘密★3年",
        "保密协议",
        "涉密信息系统集成资质",
        "机密性、完整性和可用性",
        "秘密级信息系统10年运维",
        "机密计算平台",
        "密级：内部",
    ],
)
def test_words_of_the_text_are_no_marks(text: str) -> None:
    assert mark_of_line(text, WORDS, bare=False) is None


def test_a_bare_word_is_a_mark_in_the_margins_alone() -> None:
    assert secrecy_mark(page([line("机密", 0.7, 0.05)]).reading, WORDS) == "机密"
    assert secrecy_mark(page([line("机密", 0.7, 0.95)]).reading, WORDS) == "机密"
    assert secrecy_mark(page([line("机密", 0.1, 0.5)]).reading, WORDS) is None
    assert secrecy_mark(page([line("商业秘密", 0.1, 0.05)]).reading, WORDS) is None


def test_a_stamp() -> None:
    stamp = SealMark(
        bbox=BBox(0.1, 0.4, 0.3, 0.5), shape=Shape.RECTANGLE, diameter_mm=30, colour=Ink.RED, confidence=1, text="秘密"
    )
    assert secrecy_mark(page((), seals=(stamp,)).reading, WORDS) == "秘密"
    other = stamp.model_copy(update={"text": "四川某某保密技术有限公司"})
    assert secrecy_mark(page((), seals=(other,)).reading, WORDS) is None


def test_a_document_without_pages() -> None:
    assert mark_of_texts(["机密", "申报书"], WORDS) == "机密"
    assert mark_of_texts(["申报书", "秘密★5年"], WORDS) == "秘密"
    assert mark_of_texts(["申报书", "机密"], WORDS) is None
