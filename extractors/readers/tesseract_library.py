"""Tesseract inside this process, by its C interface: models are loaded once, a line costs a tenth of a program's call.

The words are those of the program `tesseract` with the same settings: both are the same library.
"""

from __future__ import annotations

import atexit
import ctypes
import ctypes.util
from functools import cache

import numpy as np
from numpy.typing import NDArray

LSTM_ONLY = 1
SINGLE_LINE = 7
SONAME = "libtesseract.so.5"
"""Asked for by name where the system's list of libraries does not tell."""


class TesseractLibrary:
    """One engine of this process, for single lines; not safe for parallel use.

    Raises:
        OSError: The library or a language's model is not there.
    """

    def __init__(self, languages: str) -> None:
        self._library = _declared(ctypes.CDLL(ctypes.util.find_library("tesseract") or SONAME))
        self._engine = self._library.TessBaseAPICreate()
        if self._library.TessBaseAPIInit2(self._engine, None, languages.encode(), LSTM_ONLY) != 0:
            self._library.TessBaseAPIDelete(self._engine)
            raise OSError(f"no Tesseract model for {languages}")
        self._library.TessBaseAPISetPageSegMode(self._engine, SINGLE_LINE)
        atexit.register(self._library.TessBaseAPIDelete, self._engine)

    def read(self, grey: NDArray[np.uint8]) -> str:
        """The text of a line, height x width, dark on light; "" where there is none."""
        height, width = grey.shape
        pixels = np.ascontiguousarray(grey).tobytes()
        self._library.TessBaseAPISetImage(self._engine, pixels, width, height, 1, width)
        text = self._library.TessBaseAPIGetUTF8Text(self._engine)
        try:
            return ctypes.string_at(text).decode("utf-8", "replace") if text else ""
        finally:
            self._library.TessDeleteText(text)
            self._library.TessBaseAPIClear(self._engine)


@cache
def tesseract_library(languages: str) -> TesseractLibrary | None:
    """The one engine of this process for these languages; None where the library can't be used."""
    try:
        return TesseractLibrary(languages)
    except (OSError, AttributeError):
        return None


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    """The library with the types of the functions used."""
    handle, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("TessBaseAPICreate", handle, ()),
        ("TessBaseAPIInit2", number, (handle, text, text, number)),
        ("TessBaseAPISetPageSegMode", None, (handle, number)),
        ("TessBaseAPISetImage", None, (handle, text, number, number, number, number)),
        ("TessBaseAPIGetUTF8Text", handle, (handle,)),
        ("TessDeleteText", None, (handle,)),
        ("TessBaseAPIClear", None, (handle,)),
        ("TessBaseAPIDelete", None, (handle,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
