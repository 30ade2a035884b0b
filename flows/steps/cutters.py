"""Pages' pictures cut the way the page reading saw them, rendered anew on demand, the last few kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.steps.desk import CHANGED, FileChanged, same_media
from pipeline.errors import UnreadableInput
from pipeline.model.document import Page, SourceFile
from pipeline.settings import settings

if TYPE_CHECKING:
    from extractors.imaging.cutter import PageCutter

KEPT_PAGES = 4
"""Page pictures kept: places come page by page; 12 MB each."""


def page_cutters(files: Sequence[SourceFile], pages: Sequence[Page]) -> Callable[[str, int], PageCutter]:
    """Gives the cutter of a page by its file and number.

    Raises (the function given):
        UnreadableInput: The page can't be rendered any more, or its file is another by now.
    """
    taken = {file.path: file for file in files}
    readings = {(page.file, page.page): page.reading for page in pages}

    @lru_cache(maxsize=KEPT_PAGES)
    def cutter(file: str, number: int) -> PageCutter:
        from extractors.imaging.cutter import PageCutter

        try:
            with same_media(Path(taken[file].location), taken[file].sha256) as media:
                return PageCutter(media.page(number, dpi=settings().dpi).image, readings[file, number])
        except FileChanged as problem:
            raise UnreadableInput(CHANGED) from problem

    return cutter
