"""Pictures for the tests, drawn on the spot: a page with ruled lines, its number, and a red ring."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from pipeline.model.evidence import Place

FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
SIZE = (1654, 2339)


class DrawnPictures:
    """Every page is drawn; `asked` keeps what was asked for, in order."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def page(self, file: str, page: int, width: int) -> bytes:
        self.asked.append((file, page))
        drawn = _drawn(page)
        return _jpeg(drawn.resize((width, round(drawn.height * width / drawn.width))))

    def crop(self, place: Place, width: int) -> bytes:
        self.asked.append((place.file, place.page))
        drawn, box = _drawn(place.page), place.bbox
        cut = drawn.crop(
            (int(box.x0 * SIZE[0]), int(box.y0 * SIZE[1]), int(box.x1 * SIZE[0]) + 1, int(box.y1 * SIZE[1]) + 1)
        )
        cut.thumbnail((width, width))
        return _jpeg(cut)

    def artefact(self, key: str) -> bytes:
        picture = Image.new("RGB", (300, 300), "white")
        ImageDraw.Draw(picture).ellipse((10, 10, 290, 290), outline=(200, 30, 30), width=9)
        return _jpeg(picture)


def _pixel(x: float, y: float) -> tuple[int, int]:
    return int(x * SIZE[0]), int(y * SIZE[1])


def _drawn(number: int) -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    try:
        font: ImageFont.FreeTypeFont | ImageFont.ImageFont = ImageFont.truetype(FONT, 34)
    except OSError:
        font = ImageFont.load_default()
    for line in range(40):
        y = 120 + line * 54
        pen.text(
            (160, y),
            f"第{number}页 第{line + 1}行 整体业务收入（万元）23456.78 成都示例智能科技有限公司",
            "black",
            font,
        )
        pen.line((150, y + 46, 1500, y + 46), "gray", 2)
    pen.ellipse((910, 1640, 1240, 1970), outline=(200, 30, 30), width=10)
    return page


def _jpeg(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=60)
    return stream.getvalue()
