"""Pages in words as a clerk looks for them: page numbers in a file, names of pictures."""

from __future__ import annotations

import pytest

from pipeline.model.seal import PageRef
from pipeline.values.page_words import page_list


def refs(*told: tuple[str, int]) -> list[PageRef]:
    return [PageRef(file=file, page=page) for file, page in told]


@pytest.mark.parametrize(
    ("pages", "named", "words"),
    [
        ([("甲.pdf", 3), ("甲.pdf", 1), ("甲.pdf", 2), ("甲.pdf", 7)], False, "第1-3、7页"),
        ([("甲.pdf", 3)], True, "甲.pdf 第3页"),
        ([("甲.pdf", 3), ("乙.pdf", 1)], False, "甲.pdf 第3页；乙.pdf 第1页"),
        ([("扫描/003.jpg", 1), ("扫描/004.JPG", 1)], False, "扫描/003.jpg、004.JPG"),
        ([("003.jpg", 1), ("扫描/003.jpg", 1), ("甲.pdf", 2)], False, "甲.pdf 第2页；003.jpg；扫描/003.jpg"),
        ([("扫描/003.jpg", 1)], False, "第1页"),
        ([("扫描/003.jpg", 1)], True, "扫描/003.jpg"),
        ([("多页.tif", 2), ("多页.tif", 3)], True, "多页.tif 第2-3页"),
        ([], False, "—"),
    ],
)
def test_pages_in_words(pages, named, words):
    assert page_list(refs(*pages), named) == words
