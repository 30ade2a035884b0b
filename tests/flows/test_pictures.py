"""Pictures of pages never show what is masked in their text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from flows.steps.pictures import PackagePictures
from pipeline.model.document import Format, Page, PageReading, PageSource, SourceFile
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox
from pipeline.store import Store

HIDDEN = BBox(0.4, 0.4, 0.6, 0.6)


def shown(tmp_path: Path, personal: tuple[BBox, ...]) -> tuple[Image.Image, Image.Image]:
    Image.new("RGB", (400, 600), "white").save(tmp_path / "页.png")
    file = SourceFile(path="页.png", sha256="a" * 64, size=1, format=Format.IMAGE, location=str(tmp_path / "页.png"))
    reading = PageReading(page=1, rotation=0, width=400, height=600, dpi=None, source=PageSource.OCR, personal=personal)
    pictures = PackagePictures((file,), (Page(file="页.png", sha256="a" * 64, reading=reading),), Store(tmp_path))
    crop = pictures.crop(Place(file="页.png", page=1, bbox=HIDDEN), 200)
    return Image.open(BytesIO(pictures.page("页.png", 1, 400))), Image.open(BytesIO(crop))


def test_numbers_are_painted_over_in_pages_and_crops(tmp_path: Path) -> None:
    whole, crop = shown(tmp_path, (HIDDEN,))
    assert max(whole.getpixel((200, 300))) < 100 and min(whole.getpixel((50, 50))) > 200  # type: ignore[type-var,arg-type]
    assert max(crop.getpixel((crop.width // 2, crop.height // 2))) < 100  # type: ignore[type-var,arg-type]


def test_a_crop_kept_from_before_is_not_shown(tmp_path: Path) -> None:
    assert min(shown(tmp_path, ())[1].getpixel((50, 50))) > 200  # type: ignore[type-var,arg-type]
    crop = shown(tmp_path, (HIDDEN,))[1]
    assert max(crop.getpixel((crop.width // 2, crop.height // 2))) < 100  # type: ignore[type-var,arg-type]
