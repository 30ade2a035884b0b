"""One name out of several looks at the same arc of a ring, letter by letter where each stands.

Print that lies over a ring hides letters from one look and adds its own to another; what stands in a place is what the
looks are together surest of there. Letters of one name stand evenly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import RecognisedChar, RecognisedLine
from extractors.seals.names import CHINESE, FEW, LETTER_GAP, STRAY, WEAK, Name, name_in, outvote, spelt, usual_step
from pipeline.model.evidence import Char

STRETCH = np.linspace(0.88, 1.12, 25)
"""Steps tried from letter to letter, in usual steps of the looks,"""
PHASES = 24
"""and how many places of the first letter within one."""
NEAR = 0.18
"""How far off its place, in steps, a letter is usually said to stand."""
SEEN = 0.5
"""At either end a place counts where so many of the looks have a letter there,"""
AT_ENDS = 0.3
"""and are together so sure of the likeliest one."""
IN_NAMES = re.compile(r"[\u3400-\u9fff()（）]")
"""A Chinese name begins and ends with these: Latin letters there are the rim, or the serial upside down."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Evenly spaced places: the middle of place k is `first + k * step`, in widths of the strip."""

    first: float
    step: float

    def of(self, middle: float) -> int:
        return round((middle - self.first) / self.step)


def name_by_place(lines: Sequence[RecognisedLine]) -> Name:
    """The owner's name in looks at one arc, all unrolled from the same start to the same end.

    A ring whose letters are not Chinese, which stand less evenly, is read as a whole.
    """
    looks = [_letters(line) for line in lines]
    if max(sum(CHINESE.match(char.text) is not None for char in look) for look in looks) < FEW:
        return outvote([name_in(line) for line in lines])
    rows = _rows(looks)
    votes = [_votes(look, rows) for look in looks]
    kept = _kept({place for look in votes for place in look}, votes)
    if not kept:
        return outvote([name_in(line) for line in lines])
    chars = tuple(_likeliest(place, votes) for place in kept)
    middles = tuple(rows.first + place * rows.step for place in kept)
    return Name(
        text="".join(char.text for char in chars),
        confidence=float(np.mean([char.confidence for char in chars])),
        x0=max(0.0, middles[0] - rows.step / 2),
        x1=min(1.0, middles[-1] + rows.step / 2),
        chars=chars,
        lost=_room_left(kept, middles, rows.step),
        middles=middles,
    )


def _letters(line: RecognisedLine) -> list[RecognisedChar]:
    """What may be letters of a name: no stray signs, no figures of the serial, nothing next to unread."""
    return [
        char
        for char in line.chars
        if not STRAY.match(char.text) and not char.text.isdigit() and char.confidence >= WEAK
    ]


def _middle(char: RecognisedChar) -> float:
    return (char.x0 + char.x1) / 2


def _rows(looks: Sequence[Sequence[RecognisedChar]]) -> _Rows:
    """The even places that all letters of all looks stand nearest to, surer ones counting for more."""
    steps = [usual_step([_middle(char) for char in look]) for look in looks if len(look) >= FEW]
    usual = float(np.median(steps))
    middles = np.array([_middle(char) for look in looks for char in look])
    weights = np.array([char.confidence for look in looks for char in look])
    tried = [
        (_nearness(middles, weights, usual * stretch * phase / PHASES, usual * stretch), stretch, phase)
        for stretch in STRETCH
        for phase in range(PHASES)
    ]
    _, stretch, phase = max(tried)
    step = usual * float(stretch)
    return _Rows(step * phase / PHASES, step)


def _nearness(middles: NDArray[np.float64], weights: NDArray[np.float64], first: float, step: float) -> float:
    off = (middles - first) / step
    off -= np.rint(off)
    return float((weights * np.exp(-((off / NEAR) ** 2))).sum())


def _votes(look: Sequence[RecognisedChar], rows: _Rows) -> dict[int, RecognisedChar]:
    """Of each place the surest letter that stands there."""
    said: dict[int, RecognisedChar] = {}
    for char in look:
        place = rows.of(_middle(char))
        if place not in said or char.confidence > said[place].confidence:
            said[place] = char
    return said


def _kept(places: set[int], votes: Sequence[dict[int, RecognisedChar]]) -> list[int]:
    """The places from the first to the last that enough looks are sure enough of."""

    def counts(place: int) -> bool:
        seen = [look[place] for look in votes if place in look]
        return len(seen) >= SEEN * len(votes) and _likeliest(place, votes).confidence >= AT_ENDS

    counting = [place for place in sorted(places) if counts(place)]
    while counting and not IN_NAMES.match(_likeliest(counting[0], votes).text):
        counting.pop(0)
    while counting and not IN_NAMES.match(_likeliest(counting[-1], votes).text):
        counting.pop()
    return [place for place in sorted(places) if counting and counting[0] <= place <= counting[-1]]


def _likeliest(place: int, votes: Sequence[dict[int, RecognisedChar]]) -> Char:
    """The letter of a place; its probability is the mean over all looks, of which some may see none there."""
    seen = [spelt(look[place]) for look in votes if place in look]
    weights: defaultdict[str, float] = defaultdict(float)
    for char in seen:
        weights[char.text] += char.confidence
        if char.runner_up:
            weights[char.runner_up] += char.runner_up_confidence
    ranked = sorted(weights, key=lambda text: -weights[text])
    others = dict.fromkeys(other for char in seen for other in (char.text, char.runner_up, *char.candidates))
    return Char(
        text=ranked[0],
        confidence=round(weights[ranked[0]] / len(votes), 4),
        runner_up=ranked[1] if len(ranked) > 1 else "",
        runner_up_confidence=round(weights[ranked[1]] / len(votes), 4) if len(ranked) > 1 else 0.0,
        candidates="".join(other for other in others if other and other != ranked[0]),
    )


def _room_left(kept: Sequence[int], middles: Sequence[float], step: float) -> bool:
    """Whether a place between, before or after the letters is empty that has room for one."""
    gaps = any(after - before > 1 for before, after in pairwise(kept))
    return gaps or middles[0] > LETTER_GAP * step or 1 - middles[-1] > LETTER_GAP * step
