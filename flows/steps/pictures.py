"""Pictures of a package's pages, cut on demand from its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from flows.steps.desk import FileChanged, same_media
from flows.steps.telling import tell
from pipeline.errors import UnreadableInput
from pipeline.model.document import Page, SourceFile
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox
from pipeline.settings import settings
from pipeline.store import Store

QUALITY = 72
"""JPEG quality of page pictures: print stays clear, a report of twelve pages stays below 3 MB."""
AROUND = 0.8
"""What is hidden around a number, in its own heights: a reader's box may cut its first and last figures."""
MARGIN = 0.012
"""What is shown around a place, as a fraction of the page."""


class PackagePictures:
    """The upright pages and places of one package (or delivery), as JPEG, kept for the next run."""

    def __init__(self, files: Sequence[SourceFile], pages: Sequence[Page], store: Store) -> None:
        self._locations = {file.path: file.location for file in files}
        self._hashes = {file.path: file.sha256 for file in files}
        self._rotations = {(page.file, page.page): page.reading.rotation for page in pages}
        self._hidden = {(page.file, page.page): page.reading.personal for page in pages if page.reading.personal}
        self._store = store
        self._made = 0

    def page(self, file: str, page: int, width: int) -> bytes:
        """The upright page as a JPEG, at most `width` pixels wide; nothing where it can't be had."""
        return self._kept(self._key(file, page, "page", width), lambda: self._drawn(file, page, width))

    def crop(self, place: Place, width: int) -> bytes:
        """The place with a little of what is around it, at most `width` pixels wide."""
        box = "-".join(str(round(value * 1e5)) for value in place.bbox.rounded())
        return self._kept(self._key(place.file, place.page, box, width), lambda: self._cut(place, width))

    def _kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """A picture as kept from a run before, else made and kept."""
        picture = self._store.get_bytes(key) if key else None
        if picture is None:
            self._made += 1
            tell(f"截图 第 {self._made} 幅")
            picture = make()
            if picture and key:
                self._store.put_bytes(key, picture)
        return picture

    def _key(self, file: str, page: int, what: str, width: int) -> str:
        sha256 = self._hashes.get(file, "")
        rotation = self._rotations.get((file, page), 0)
        hidden = "-masked" if (file, page) in self._hidden else ""
        return f"crops/{sha256}/{page}-{rotation}-{what}-{width}{hidden}.jpg" if sha256 else ""

    def _drawn(self, file: str, page: int, width: int) -> bytes:
        image = self._upright(file, page)
        return _jpeg(image, width) if image is not None else b""

    def _cut(self, place: Place, width: int) -> bytes:
        image = self._upright(place.file, place.page)
        if image is None:
            return b""
        box = place.bbox
        left, top = int(max(0.0, box.x0 - MARGIN) * image.width), int(max(0.0, box.y0 - MARGIN) * image.height)
        right = int(min(1.0, box.x1 + MARGIN) * image.width)
        bottom = int(min(1.0, box.y1 + MARGIN) * image.height)
        if right - left < 2 or bottom - top < 2:
            return b""
        return _jpeg(image.crop((left, top, right, bottom)), width)

    def artefact(self, key: str) -> bytes:
        """A made picture by its key in the store."""
        return self._store.get_bytes(key) or b""

    def named(self) -> PictureNames:
        """Stand-ins for these pictures that differ where the pictures would."""
        shown: dict[str, list[object]] = {file: [sha256] for file, sha256 in self._hashes.items()}
        for (file, page), rotation in self._rotations.items():
            shown.setdefault(file, []).append((page, rotation, self._hidden.get((file, page))))
        return PictureNames({file: repr(told) for file, told in shown.items()})

    def _upright(self, file: str, page: int) -> Image.Image | None:
        """The page, or None where its file can't be opened or is another by now."""
        location = self._locations.get(file)
        if not location:
            return None
        rotation, hidden = self._rotations.get((file, page), 0), self._hidden.get((file, page), ())
        try:
            return _upright(location, self._hashes[file], page, rotation, hidden)
        except (UnreadableInput, FileChanged):
            return None


class PictureNames:
    """In place of each picture what it is of: for telling, without rendering a page, whether a report would change."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def page(self, file: str, page: int, width: int) -> bytes:
        """The page's name."""
        return repr((self._files.get(file), page, width)).encode()

    def crop(self, place: Place, width: int) -> bytes:
        """The place's name."""
        return repr((self._files.get(place.file), place.page, place.bbox.rounded(), width)).encode()

    def artefact(self, key: str) -> bytes:
        """Its key, which is made of its content."""
        return key.encode()


@lru_cache(maxsize=2)
def _upright(location: str, sha256: str, page: int, rotation: int, hidden: tuple[BBox, ...]) -> Image.Image:
    """A page turned upright, `hidden` boxes painted over; the last two are kept, since crops come page by page.

    Raises:
        FileChanged: The file is not, or no longer, the one of that hash.
        UnreadableInput: It can't be opened.
    """
    with same_media(Path(location), sha256) as media:
        pixels: NDArray[np.uint8] = media.page(page, dpi=settings().dpi).image
    turned = np.rot90(pixels, k=-(rotation // 90))
    return painted_over(Image.fromarray(np.ascontiguousarray(turned[:, :, ::-1])), hidden)


def painted_over(image: Image.Image, hidden: Sequence[BBox]) -> Image.Image:
    """The picture with boxes (fractions of it) painted over."""
    pen = ImageDraw.Draw(image)
    for box in hidden:
        left, top, right, bottom = (
            box.x0 * image.width, box.y0 * image.height, box.x1 * image.width, box.y1 * image.height
        )  # fmt: skip
        around = AROUND * (bottom - top)
        pen.rectangle((left - around, top - around / 2, right + around, bottom + around / 2), fill="#404040")
    return image


def _jpeg(image: Image.Image, width: int) -> bytes:
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
