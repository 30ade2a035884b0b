from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from flows.steps.cutters import page_cutters
from pipeline.errors import UnreadableInput
from pipeline.intake.listing import file_hash
from pipeline.model.document import Format, Page, SourceFile
from tests.bare_pages import straight_page


def test_a_file_that_is_another_by_now_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "页.png"
    Image.new("RGB", (40, 60), "white").save(path)
    file = SourceFile(path="页.png", sha256=file_hash(path), size=1, format=Format.IMAGE, location=str(path))
    pages = (Page(file="页.png", sha256=file.sha256, reading=straight_page(size=(40, 60), dpi=None)),)
    assert page_cutters((file,), pages)("页.png", 1)
    Image.new("RGB", (40, 60), "black").save(path)
    with pytest.raises(UnreadableInput):
        page_cutters((file,), pages)("页.png", 1)
