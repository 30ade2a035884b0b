"""Comparing two readings of the same thing by what kind of value it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from checks.alignment import Aligned, align
from checks.certainty import Ground, Span, whole
from checks.significance import in_a_word, is_grave, told_apart_by_a_hair
from pipeline.model.evidence import Reading

WORDED = ("cell", "name", "product", "title")
"""Kinds of values in which a figure between letters may be a letter: T0PS is TOPS, in an address it need not be."""
HYPHEN = "-"
LONGEST_SHOWN = 40
"""Characters of a stretch put in or left out that a message quotes; of a longer one its two ends."""
CONTEXT = 6
"""Characters shown on either side of a difference in running text."""
SHOWN = 3
"""Differences of a running text spelt out in a message; the others are counted."""
JOIN_WITHIN = 1
"""In running text, differences with this many equal characters between them are one: chance agreements."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two values part: the key characters on either side, and the ground it rests on.

    `grave`: in running text, whether it may be an error at all (contract section 6); elsewhere always.
    """

    left: str
    right: str
    left_shown: str
    right_shown: str
    ground: Ground
    grave: bool
    by_a_hair: bool = False
    """Nothing but letters (in running text and inside words figures too) that some faces print alike."""
    at_lines_end: bool = False
    """Nothing but an address's hyphen where its line ends on paper: readers pass over one that stands there."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of comparing two readings; equal if there are no differences."""

    differences: tuple[Difference, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether both say the same."""
        return not self.differences

    @property
    def grave(self) -> tuple[Difference, ...]:
        """The differences that may be errors."""
        return tuple(each for each in self.differences if each.grave)

    @property
    def slight(self) -> tuple[Difference, ...]:
        """The differences that are doubt at most."""
        return tuple(each for each in self.differences if not each.grave)


def compare(
    left: Reading,
    right: Reading,
    kind: str,
    *,
    prompts: Sequence[str] = (),
    options: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Comparison:
    """Compare two readings as values of `kind` (FieldSpec.kind, or `cell` for a cell of the indicator table).

    Args:
        left: One witness's reading; the paper, where paper is one of the two.
        right: The other's.
        kind: What kind of value the box wants.
        prompts: The template's own words in the box, which do not count.
        options: The choices of a box of choices.
        names: Names (of units, persons, products) that make a difference in running text grave.
    """
    if isinstance(left.value, tuple) and isinstance(right.value, tuple):
        return _compare_sets(left, right)
    first, second = align(left, kind, prompts, options), align(right, kind, prompts, options)
    if first.key == second.key:
        return Comparison()
    text = kind == "text"
    pieces = _pieces(first.key, second.key, JOIN_WITHIN if text else 0)
    return Comparison(tuple(_difference(first, second, piece, kind, names) for piece in pieces))


def excerpts(differences: Sequence[Difference]) -> tuple[str, str]:
    """What stands on either side, in words short enough for a message."""
    shown = differences[:SHOWN]
    tail = f"等{len(differences)}处" if len(differences) > SHOWN else ""
    return "；".join(each.left_shown for each in shown) + tail, "；".join(each.right_shown for each in shown) + tail


Piece = tuple[int, int, int, int]
"""Start and end on the left, start and end on the right."""


def _compare_sets(left: Reading, right: Reading) -> Comparison:
    if set(left.value) == set(right.value):
        return Comparison()
    ground = Ground(whole(left).spans + whole(right).spans)
    return Comparison((Difference(left.text, right.text, left.text, right.text, ground, grave=True),))


def _pieces(left: str, right: str, join_within: int) -> list[Piece]:
    """The stretches in which two keys differ, those that touch (or nearly) joined."""
    pieces: list[Piece] = []
    for operation in Levenshtein.opcodes(left, right):
        if operation.tag == "equal":
            continue
        piece = (operation.src_start, operation.src_end, operation.dest_start, operation.dest_end)
        if pieces and piece[0] - pieces[-1][1] <= join_within:
            piece = (pieces[-1][0], piece[1], pieces[-1][2], piece[3])
            pieces.pop()
        pieces.append(piece)
    return pieces


def _difference(first: Aligned, second: Aligned, piece: Piece, kind: str, names: Sequence[str]) -> Difference:
    text = kind == "text"
    start, end, other_start, other_end = piece
    left, right = first.key[start:end], second.key[other_start:other_end]
    ground = Ground((_ground(first, start, end, left, right), _ground(second, other_start, other_end, right, left)))
    grave = not text or is_grave(first.key, second.key, piece, names)
    return Difference(
        left,
        right,
        _shown(first.key, start, end),
        _shown(second.key, other_start, other_end),
        ground,
        grave,
        by_a_hair=told_apart_by_a_hair(left, right, figures=text or (kind in WORDED and in_a_word(first.key, piece))),
        at_lines_end=kind == "email" and not left and right == HYPHEN and _ends_a_line(first, start),
    )


def _ends_a_line(paper: Aligned, place: int) -> bool:
    """Whether the line ends between the characters before and at a place of the key."""
    here, _ = paper.span(place, place)
    return paper.reading.from_pixels and "\n" in paper.reading.raw[max(0, here - 1) : here + 1]


def _ground(side: Aligned, start: int, end: int, own: str, other: str) -> Span:
    """The raw characters a difference rests on: those in it, and its neighbours where something is put in or left out.

    Where it stands among equal characters (`5000` beside `50000`), all of them are its neighbours.
    """
    if len(own) != len(other):
        start, end = _widen(side.key, start, end, set(own or other))
        return Span(side.reading, *side.span(start, end))
    return Span(side.reading, *side.span(start, end), against=other)


def _widen(key: str, start: int, end: int, repeated: set[str]) -> tuple[int, int]:
    """The stretch with its neighbours, and with the whole run of like characters on either side."""
    start, end = max(0, start - 1), min(len(key), end + 1)
    while start > 0 and key[start] in repeated:
        start -= 1
    while end < len(key) and key[end - 1] in repeated:
        end += 1
    return start, end


def _shown(key: str, start: int, end: int) -> str:
    before, after = max(0, start - CONTEXT), min(len(key), end + CONTEXT)
    inside = key[start:end]
    if len(inside) > LONGEST_SHOWN:
        inside = f"{inside[: LONGEST_SHOWN // 2]}…（共{len(inside)}字）…{inside[-LONGEST_SHOWN // 2 :]}"
    text = key[before:start] + inside + key[end:after]
    return ("…" if before else "") + text + ("…" if after < len(key) else "")
