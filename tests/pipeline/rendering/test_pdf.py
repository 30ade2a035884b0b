from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from pipeline.errors import UnreadableInput
from pipeline.rendering import PagePicture, open_media
from pipeline.rendering.picture import MOST_PIXELS
from tests.pipeline.rendering.pages import FULL_PICTURE, HIDDEN, SMALL_PICTURE, TEXT, jpeg, pdf, write


def first_page(path: Path, dpi: float | None = None) -> PagePicture:
    with open_media(path) as media:
        return media.page(1, dpi)


def test_a_born_digital_page_has_its_words_where_they_stand(tmp_path: Path) -> None:
    picture = first_page(write(tmp_path, "a.pdf", pdf(TEXT)))
    assert picture.born_digital and not picture.scanned and picture.dpi == pytest.approx(200, abs=0.5)
    assert picture.image.shape == (2339, 1653, 3)
    (hello, box), (world, _) = picture.words
    assert (hello, world) == ("Hello", "world")
    ink = (picture.image.min(axis=2) < 128).nonzero()
    height, width = picture.image.shape[:2]
    assert box.x0 * width - 3 <= ink[1].min() <= box.x0 * width + 12
    assert box.y0 * height <= ink[0].min() and ink[0].max() <= box.y1 * height


@pytest.mark.parametrize(
    ("rotate", "matrix", "shape"),
    [
        (0, "1 0 0 1 100 700", (556, 833)),
        (90, "0 1 -1 0 300 620", (833, 556)),
        (180, "-1 0 0 -1 320 700", (556, 833)),
        (270, "0 -1 1 0 100 790", (833, 556)),
    ],
)
def test_rotation_and_crop_are_applied_to_picture_and_words_alike(
    tmp_path: Path, rotate: int, matrix: str, shape: tuple[int, int]
) -> None:
    text = f"BT /F1 24 Tf {matrix} Tm (Hello world) Tj ET".encode()
    content = pdf(text, extra=f"/Rotate {rotate} /CropBox [50 600 350 800]")
    picture = first_page(write(tmp_path, "a.pdf", content))
    assert picture.image.shape[:2] == pytest.approx(shape, abs=2)
    assert [word for word, _ in picture.words] == ["Hello", "world"]
    rows, columns = (picture.image.min(axis=2) < 128).nonzero()
    height, width = picture.image.shape[:2]
    hello, world = (box for _, box in picture.words)
    assert columns.min() == pytest.approx(hello.x0 * width, abs=8)
    assert columns.max() == pytest.approx(world.x1 * width, abs=8)
    assert hello.y0 * height - 1 <= rows.min() and rows.max() <= hello.y1 * height + 1


def test_sideways_text_is_left_to_the_picture(tmp_path: Path) -> None:
    picture = first_page(write(tmp_path, "a.pdf", pdf(TEXT, extra="/Rotate 90")))
    assert picture.words == () and not picture.born_digital


@pytest.mark.parametrize("text", [TEXT, HIDDEN, b""])
def test_text_over_a_full_page_picture_is_not_trusted(tmp_path: Path, text: bytes) -> None:
    path = write(tmp_path, "a.pdf", pdf(FULL_PICTURE + text, image=jpeg(1240, 1754)))
    picture = first_page(path)
    assert picture.scanned and not picture.born_digital and picture.words == ()
    assert picture.dpi == pytest.approx(150, abs=0.5)


def test_strips_of_one_scan_count_together(tmp_path: Path) -> None:
    strips = b"".join(b"q 595 0 0 100 0 %d cm /Im0 Do Q " % (100 * number) for number in range(8))
    picture = first_page(write(tmp_path, "a.pdf", pdf(strips + HIDDEN, image=jpeg(600, 100))))
    assert picture.scanned and not picture.born_digital


def test_hidden_text_alone_is_not_text(tmp_path: Path) -> None:
    assert not first_page(write(tmp_path, "a.pdf", pdf(HIDDEN))).born_digital


def test_a_small_picture_leaves_the_page_born_digital(tmp_path: Path) -> None:
    picture = first_page(write(tmp_path, "a.pdf", pdf(SMALL_PICTURE + TEXT, image=jpeg(300, 300))))
    assert picture.born_digital and 0 < picture.picture_share < 0.1


@pytest.mark.parametrize(("pixels", "dpi"), [((2480, 3508), 300), ((4960, 7016), 300), ((800, 1131), 150)])
def test_a_scan_is_shown_at_its_own_resolution_within_bounds(
    tmp_path: Path, pixels: tuple[int, int], dpi: float
) -> None:
    picture = first_page(write(tmp_path, "a.pdf", pdf(FULL_PICTURE, image=jpeg(*pixels, quality=20))))
    assert picture.dpi == pytest.approx(dpi, abs=0.6)


def test_a_page_as_large_as_its_photo_has_no_scale(tmp_path: Path) -> None:
    content = pdf(b"q 3000 0 0 4000 0 0 cm /Im0 Do Q", media_box="0 0 3000 4000", image=jpeg(3000, 4000, quality=10))
    picture = first_page(write(tmp_path, "a.pdf", content))
    assert picture.image.shape == (4000, 3000, 3) and picture.dpi is None


def test_a_huge_page_stays_within_the_limit(tmp_path: Path) -> None:
    picture = first_page(write(tmp_path, "a.pdf", pdf(TEXT, media_box="0 0 14400 14400")), dpi=600)
    assert picture.image.shape[0] * picture.image.shape[1] <= MOST_PIXELS * 1.001


def test_a_tiny_page_is_at_least_a_pixel(tmp_path: Path) -> None:
    assert first_page(write(tmp_path, "a.pdf", pdf(b"", media_box="0 0 0.1 400"))).image.size > 0


def locked_pdf() -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf(TEXT))))
    writer.encrypt(owner_pass="owner", user_pass="user")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (b"\0" * 3000, "空"),
        (b"%PDF-1.4\nrubbish", "损坏"),
        (pdf(TEXT, TEXT)[:-8], "不完整"),
        (pdf(TEXT)[:300], "损坏"),
        (pdf(), "损坏"),
        (b"hello", "损坏"),
        (b"PK\x03\x04 ofd", "OFD"),
        (locked_pdf(), "加密"),
        (jpeg(100, 100)[:200], "损坏"),
        (b"II*\0\x08\0\0\0\xff\xff", "损坏"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff", "图片"),
    ],
)
def test_hostile_files_get_one_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    path = write(tmp_path, "a.pdf", content)
    with pytest.raises(UnreadableInput) as raised:
        first_page(path)
    assert word in str(raised.value) and "\n" not in str(raised.value)


def test_a_page_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.rendering.pdf.RENDER_SECONDS", -1.0)
    many = b"".join(b"%d %d m %d %d l S " % (n % 500, n % 700, n % 300, n % 800) for n in range(20_000))
    with pytest.raises(UnreadableInput, match="时限"):
        first_page(write(tmp_path, "a.pdf", pdf(many)))


def test_a_page_number_that_is_not_there(tmp_path: Path) -> None:
    with open_media(write(tmp_path, "a.pdf", pdf(TEXT))) as media, pytest.raises(UnreadableInput):
        media.page(2)
