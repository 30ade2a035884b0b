"""What was read off a page on which nothing stands but what a test says."""

from __future__ import annotations

from pipeline.model.document import PageReading, PageSource

A4 = (1654, 2339)
"""Width and height of the upright page in pixels, at 200 dpi."""
STRAIGHT = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
"""The homography of a page that is stored as it was read."""


def bare_page(number: int = 1, size: tuple[int, int] = A4, dpi: float | None = 200.0, **told: object) -> PageReading:
    """A page of width and height `size`; `told` are further fields of its reading."""
    plain = {"page": number, "rotation": 0, "width": size[0], "height": size[1], "dpi": dpi, "source": PageSource.OCR}
    return PageReading.model_validate(plain | told)


def straight_page(
    number: int = 1, size: tuple[int, int] = A4, dpi: float | None = 200.0, **told: object
) -> PageReading:
    """The same, cut from the picture it was read from."""
    return bare_page(number, size, dpi, frame=STRAIGHT, working_size=size, **told)
