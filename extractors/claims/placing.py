"""Where a claim stands on the page: the lines of its text."""

from __future__ import annotations

from pipeline.model.claim import Claim
from pipeline.model.evidence import Place, Reading


def places_of(claim: Claim, text: str, reading: Reading) -> tuple[Place, ...]:
    """The places of the lines that hold a claim's characters; all of the text's, where lines can't be told."""
    lines = [line for line in reading.raw.split("\n") if line.strip()]
    if len(lines) != len(reading.places) or len(_plain(text)) != len(_plain(reading.raw)):
        return reading.places
    first = len(_plain(text[: claim.start]))
    last = first + max(1, len(_plain(text[claim.start : claim.end])))
    found, at = [], 0
    for line, place in zip(lines, reading.places, strict=True):
        end = at + len(_plain(line))
        if at < last and first < end:
            found.append(place)
        at = end
    return tuple(found)


def _plain(text: str) -> str:
    return "".join(text.split())
