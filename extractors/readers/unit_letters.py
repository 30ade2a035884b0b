"""O where a reader saw a nought inside the name of a unit: T0PS, TFL0PS."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.readers.protocol import RecognisedLine

NOUGHT = re.compile(r"(?:(?<=[KMGTPE])|(?<=[KMGTPE]FL))0(?=PS(?![A-Za-z0-9]))")
"""Operations a second with their prefixes; no code or name of a model ends so."""


def with_unit_letters(line: RecognisedLine) -> RecognisedLine:
    """The line with such noughts made letters; what was read stays the runner-up."""
    chars = list(line.chars)
    for match in NOUGHT.finditer(line.text):
        nought = chars[match.start()]
        chars[match.start()] = replace(nought, text="O", runner_up="0", candidates="")
    text = "".join(char.text for char in chars)
    return line if text == line.text else RecognisedLine(text, line.confidence, tuple(chars))
