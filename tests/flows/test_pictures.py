"""Pictures of pages never show what is masked in their text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from flows.steps.pictures import PackagePictures
from pipeline.intake.listing import file_hash
from pipeline.model.document import Format, Page, SourceFile
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox
from pipeline.store import Store
from tests.bare_pages import bare_page

HIDDEN = BBox(0.4, 0.4, 0.6, 0.6)


def drawn(tmp_path: Path, colour: str) -> SourceFile:
    path = tmp_path / "页.png"
    Image.new("RGB", (400, 600), colour).save(path)
    return SourceFile(path="页.png", sha256=file_hash(path), size=1, format=Format.IMAGE, location=str(path))


def of(file: SourceFile, store: Store, personal: tuple[BBox, ...] = ()) -> PackagePictures:
    reading = bare_page(size=(400, 600), dpi=None, personal=personal)
    return PackagePictures((file,), (Page(file="页.png", sha256=file.sha256, reading=reading),), store)


def shown(tmp_path: Path, personal: tuple[BBox, ...]) -> tuple[Image.Image, Image.Image]:
    pictures = of(drawn(tmp_path, "white"), Store(tmp_path), personal)
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


def test_another_file_in_the_same_place_is_neither_shown_nor_kept_as_the_one_before(tmp_path: Path) -> None:
    store, before = Store(tmp_path / "store"), drawn(tmp_path, "white")
    after = drawn(tmp_path, "black")
    assert of(before, store).page("页.png", 1, 400) == b"" and list(store.keys()) == []
    page = Image.open(BytesIO(of(after, store).page("页.png", 1, 400)))
    assert max(page.getpixel((50, 50))) < 50  # type: ignore[type-var,arg-type]
    again = drawn(tmp_path, "white")
    page = Image.open(BytesIO(of(again, store).page("页.png", 1, 400)))
    assert min(page.getpixel((50, 50))) > 200  # type: ignore[type-var,arg-type]


def test_what_a_readers_box_cut_off_a_number_is_painted_over_too(tmp_path: Path) -> None:
    line = BBox(0.4, 0.5, 0.6, 0.52)  # 80 by 12 pixels: a figure of the number reaches half its height beyond
    whole = Image.open(BytesIO(of(drawn(tmp_path, "white"), Store(tmp_path), (line,)).page("页.png", 1, 400)))
    for x in (154, 246):
        assert max(whole.getpixel((x, 306))) < 100  # type: ignore[type-var,arg-type]
    assert min(whole.getpixel((120, 306))) > 200  # type: ignore[type-var,arg-type]
