"""Tesseract 5 (chi_sim): the second opinion of the second look."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from extractors.readers.protocol import Picture, RecognisedChar, RecognisedLine
from extractors.readers.tesseract_library import tesseract_library

LINE = "--psm 7 --oem 1"
TIMEOUT_SECONDS = 20
HEIGHT = 64
"""Pixels a crop is scaled to: Tesseract reads lines of about that height best."""


class TesseractReader:
    """Reads single lines; gives one probability for the whole line."""

    name = "tesseract"

    def __init__(self, languages: str = "chi_sim+eng") -> None:
        self._languages = languages

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        """The lines, in the order of the crops; nothing read where Tesseract fails."""
        return tuple(self._read(crop) for crop in crops)

    def _read(self, crop: Picture) -> RecognisedLine:
        scale = HEIGHT / max(1, crop.shape[0])
        large = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        framed = cv2.copyMakeBorder(large, 12, 12, 12, 12, cv2.BORDER_REPLICATE)
        text = self._text(np.asarray(cv2.cvtColor(framed, cv2.COLOR_BGR2GRAY), np.uint8))
        plain = "".join(text.split())
        step = 1 / max(1, len(plain))
        chars = tuple(
            RecognisedChar(char, 0.5, "", 0.0, index * step, (index + 1) * step) for index, char in enumerate(plain)
        )
        return RecognisedLine(plain, 0.5 if plain else 0.0, chars)

    def _text(self, grey: NDArray[np.uint8]) -> str:
        """What the library says, or the program where the library is not to be had."""
        library = tesseract_library(self._languages)
        if library is not None:
            return library.read(grey)
        try:
            return str(pytesseract.image_to_string(grey, lang=self._languages, config=LINE, timeout=TIMEOUT_SECONDS))
        except (pytesseract.TesseractError, RuntimeError):
            return ""
