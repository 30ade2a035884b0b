"""The pictures of one page of the report, fetched page by page and kept small."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from pipeline.model.evidence import Place
from pipeline.reports.pictures import Pictures

CROP_WIDTHS = ((40, 560), (90, 420), (160, 320))
"""(crops up to, width of each in pixels); 560 is about 9 cm on a screen, enough to read a line of a form."""
MOST_CROPS = 160
MOST_THUMBNAILS = 120
"""More say nothing, and each costs the rendering of a page."""
THUMBNAIL_WIDTH = 150
PAGE_WIDTHS = ((10, 1000), (20, 760), (40, 560))
"""(evidence pages up to, width of each): keeps a report of many evidence pages below about 6 MB."""
MOST_PAGES = 40
"""Evidence pages shown large; the rest stay thumbnails."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class PageKey:
    """A page of a file."""

    file: str
    page: int


@dataclass(frozen=True, slots=True)
class Gallery:
    """Data URLs by what they show; absent = no picture was to be had."""

    crops: dict[Place, str]
    pages: dict[PageKey, str]
    thumbnails: dict[PageKey, str]
    artefacts: dict[str, str]


def gather(
    pictures: Pictures,
    places: Iterable[Place],
    marked: Iterable[PageKey],
    every: Iterable[PageKey],
    keys: Iterable[str],
) -> Gallery:
    """Fetches every picture once, in page order, so that a page is rendered once and then let go."""
    crops: dict[Place, str] = {}
    pages: dict[PageKey, str] = {}
    thumbnails: dict[PageKey, str] = {}
    large = list(dict.fromkeys(marked))[:MOST_PAGES]
    width = next(width for most, width in PAGE_WIDTHS if len(large) <= most)
    small = [key for key in dict.fromkeys(every) if key not in large][:MOST_THUMBNAILS]
    wanted = list(dict.fromkeys(places))[:MOST_CROPS]
    crop_width = next(width for most, width in CROP_WIDTHS if len(wanted) <= most)
    by_page: dict[PageKey, list[Place]] = {key: [] for key in (*large, *small)}
    for place in wanted:
        by_page.setdefault(PageKey(place.file, place.page), []).append(place)
    for key in sorted(by_page, key=lambda key: (key.file, key.page)):
        for place in by_page[key]:
            _keep(crops, place, pictures.crop(place, crop_width))
        if key in large:
            _keep(pages, key, pictures.page(key.file, key.page, width))
        elif key in small:
            _keep(thumbnails, key, pictures.page(key.file, key.page, THUMBNAIL_WIDTH))
    artefacts: dict[str, str] = {}
    for name in dict.fromkeys(keys):
        _keep(artefacts, name, pictures.artefact(name))
    return Gallery(crops, pages, thumbnails, artefacts)


def _keep(kept: dict[Key, str], key: Key, picture: bytes) -> None:
    if picture:
        kept[key] = data_url(picture)


def data_url(picture: bytes) -> str:
    """A JPEG or PNG as it stands inside a page."""
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
