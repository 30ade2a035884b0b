"""What an engine gives, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""A picture: height x width x 3, BGR, 0-255."""
Quad = NDArray[np.float32]
"""Four corners (4 x 2, pixels, x then y), clockwise from the text's top left."""


@dataclass(frozen=True, slots=True)
class RecognisedChar:
    """A character, its probability, the runner-up's, and where it stands across the crop (fractions of its width).

    `candidates` are the other characters it may be, likeliest first; "" where the engine was sure.
    """

    text: str
    confidence: float
    runner_up: str
    runner_up_confidence: float
    x0: float
    x1: float
    candidates: str = ""


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A crop read; `confidence` is the mean over its characters, 0 when nothing was read."""

    text: str
    confidence: float
    chars: tuple[RecognisedChar, ...]


class LineReader(Protocol):
    """Reads crops that hold one upright line of text each."""

    name: str

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        """The lines, in the order of the crops."""
        ...


class PageReader(LineReader, Protocol):
    """Also finds where the lines of a page are."""

    def find_lines(self, picture: Picture, longest_side: int) -> tuple[Quad, ...]:
        """Quads of text lines in pixels of `picture`, looked for with its longest side scaled to `longest_side`."""
        ...


Likelihoods = Callable[[Sequence[str]], NDArray[np.float64]]
"""Takes texts; gives the logarithm of the probability that a crop (rows) says a text (columns)."""


class ChoosingReader(PageReader, Protocol):
    """Also says which of some texts a crop shows."""

    def likelihoods(self, crops: Sequence[Picture], alike: Sequence[str] = ()) -> Likelihoods:
        """Looks at the crops once, and weighs texts against them as often as it is asked.

        `alike` are groups of characters that count as one another.
        """
        ...
