"""Seals, seam stamps and signatures of a package: placing what the pages' readings found, with pictures cut anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from flows.steps.cutters import page_cutters
from pipeline.model.document import FileKind, Page, SourceFile
from pipeline.model.package import Package
from pipeline.model.seal import Seam
from pipeline.notices.profile import Profile
from pipeline.settings import settings
from pipeline.store import Store

if TYPE_CHECKING:
    from extractors.imaging.frame import Box, Cut

Pixels = NDArray[np.uint8]
STAMPED = (FileKind.STAMPED, FileKind.EVIDENCE)


def place_marks(package: Package, files: Sequence[SourceFile], store: Store, profile: Profile) -> Package:
    """The package with its seals in their places, its seams joined and its signatures decided."""
    from extractors.seals.digital import read_digital_signatures
    from extractors.seals.placing import place_seals
    from extractors.signatures.signatures import decide_signatures

    sound = [file for file in files if file.media and not file.problem]
    cutter = page_cutters(files, package.pages)

    def cut(page: Page, box: Box, size: tuple[int, int]) -> Pixels:
        return cutter(page.file, page.page).straight(box, size)

    return package.model_copy(
        update={
            "seals": place_seals(package.pages, profile, cut),
            "seams": _seams(package.pages, cut, store),
            "signatures": decide_signatures(package.pages, profile),
            "digital": tuple(
                each for file in sound for each in read_digital_signatures(Path(file.location), file.path)
            ),
        }
    )


def _seams(pages: Sequence[Page], cut: Cut, store: Store) -> tuple[Seam, ...]:
    """The seam stamps of the stamped copy; the joined pictures go to the store by their content."""
    from extractors.paper import file_kind
    from extractors.readers.paddle import paddle_reader
    from extractors.seams import join_seams

    paths = dict.fromkeys(page.file for page in pages)
    stamped = {path for path in paths if file_kind([page for page in pages if page.file == path]) in STAMPED}
    copy = [page for page in pages if page.file in stamped]
    if not copy:
        return ()
    seams, pictures = join_seams(copy, cut, paddle_reader(settings().models))
    keys = _keep(pictures, store)
    return tuple(seam.model_copy(update={"picture": keys.get(seam.picture or "")}) for seam in seams)


def _keep(pictures: Mapping[str, Pixels], store: Store) -> dict[str, str]:
    """Store pictures as PNG; gives their keys in the store."""
    keys: dict[str, str] = {}
    for name, picture in pictures.items():
        buffer = BytesIO()
        Image.fromarray(np.ascontiguousarray(picture[..., ::-1])).save(buffer, "PNG")
        content = buffer.getvalue()
        keys[name] = f"joined/{hashlib.sha256(content).hexdigest()[:32]}.png"
        store.put_bytes(keys[name], content)
    return keys
