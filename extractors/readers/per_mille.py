"""‰ where a reader saw % and a nought behind it."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.readers.protocol import RecognisedLine

BROKEN = re.compile(r"(?<=\d)%[0oO](?![0-9A-Za-z.])")
"""No figure stands right behind a per cent sign, and no lone letter."""


def with_per_mille(line: RecognisedLine) -> RecognisedLine:
    """The line with % and a nought behind a number made one ‰, as sure as the less sure of the two."""
    chars = list(line.chars)
    for match in reversed(list(BROKEN.finditer(line.text))):
        sign, nought = chars[match.start()], chars[match.start() + 1]
        joined = replace(
            sign, text="‰", confidence=min(sign.confidence, nought.confidence), runner_up="%",
            runner_up_confidence=sign.runner_up_confidence, x1=nought.x1, candidates="",
        )  # fmt: skip
        chars[match.start() : match.end()] = [joined]
    text = "".join(char.text for char in chars)
    return line if text == line.text else RecognisedLine(text, line.confidence, tuple(chars))
