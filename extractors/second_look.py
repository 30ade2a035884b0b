"""The second look: disputed places read again, by more than one engine, larger, and with coloured ink out.

No reader is shown what any other witness says. Each look gives characters; a character of the page reading is certain
when the looks agree on it. Where they outvote the page reading, theirs becomes the reading, unless all they do is leave
out one of several like figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from extractors.imaging.cutter import PageCutter
from extractors.imaging.ink import find_inks, without_blue, without_red
from extractors.looks import Look, in_their_places, outvoting, with_its_at
from extractors.per_mille import per_mille_signs
from extractors.readers.protocol import LineReader, Picture, RecognisedLine
from pipeline.doubt import BELIEVED
from pipeline.model.evidence import Char, Place, Reading, Variant
from pipeline.model.geometry import BBox
from pipeline.values import fold

SCALES = (1.0, 1.6, 2.4)
"""Enlargements of the crop for the first reader: each gives the network other pixels of the same ink."""
SLACK = (0.10, 0.22, 0.04)
"""Margins around the line, in line heights, one a scale: a cut stroke shows as a disagreement."""
UNSURE = 0.6
"""A look that reads a character otherwise, but less sure than this, is outvoted,"""
OUTVOTING = 3
"""by so many that agree surely, the page reading among them: now and then a look drops one of several like figures."""
HEEDED = 0.6
"""Similarity of the second engine's line, below which it could not read it and has no say."""
SHORT = 4
THOUGHT_OF = 0.01
"""Probability from which a runner-up is an alternative,"""
THOUGHT_OF_WITHOUT_COLOUR = 0.0003
"""and on a copy without colour, where thin strokes go and no look sees any other: 睿 was read as 書 at 0.999."""
LAST_COMMON_ROW = 0xD7
"""GB 2312 orders its first level, rows B0-D7, by sound; the rarer characters of the second follow."""
CONFUSABLE = (
    "1lIi|!", "0OoQD", "5Ss", "8B", "2Zz", "cC", "vV", "wW", "xX", "kK", "pP",
    "己已巳", "未末", "土士", "日曰", "人入", "大太犬", "干千于", "戊戌戍", "王玉", "天夭", "田由甲申", "ー一-",
)  # fmt: skip
"""Characters told apart by a hair: one engine's word is not enough for them."""
HARDLY_SEEN = {"%": "‰"}
"""What both engines surely take for something else: of printed ‰ half are read as %, and seldom the other way round."""


_Looked = tuple[tuple[Char, ...], tuple[float, ...], tuple[Variant, ...]]
"""Characters, the probability that the looks agree on for each, and the looks that differed."""


def look_again(
    reading: Reading,
    cutter_of: Callable[[Place], PageCutter],
    reader: LineReader,
    second: LineReader,
    normal: Callable[[str], str],
    spans: Sequence[tuple[int, int]] = (),
) -> Reading:
    """The reading after a second look: its characters with `certain`, its value anew where it was outvoted.

    Args:
        reading: A paper reading from pixels; each line of `raw` stands at the place of the same index.
        cutter_of: Gives the cutter of a place's page.
        reader: The engine of the page reading.
        second: Another engine.
        normal: Raw text to normalised value.
        spans: Characters of `raw` (start, end) in question; only their lines are looked at, all where none are given.
    """
    lines = _split_lines(reading)
    if len(lines) != len(reading.places):
        return reading.model_copy(update={"looks": 2, "certain": (False,) * len(reading.raw)})
    looked = [
        _looked(chars, place, cutter_of(place), reader, second) if asked else _unlooked(chars)
        for chars, place, asked in zip(lines, reading.places, _asked(lines, spans), strict=True)
    ]
    chars: list[Char] = []
    agreed: list[float] = []
    for index, (line, sure, _) in enumerate(looked):
        if index:
            chars.append(Char(text="\n", confidence=1.0))
            agreed.append(1.0)
        chars.extend(line)
        agreed.extend(sure)
    raw = "".join(char.text for char in chars)
    return reading.model_copy(
        update={
            "raw": raw,
            "value": normal(raw) if raw != reading.raw else reading.value,
            "chars": tuple(chars),
            "certain": _certain(agreed),
            "agreed": tuple(agreed),
            "looks": 2,
            "confidence": min((char.confidence for char in chars if not char.text.isspace()), default=1.0),
            "variants": (*reading.variants, *(variant for _, _, variants in looked for variant in variants)),
        }
    )


def _looked(
    chars: tuple[Char, ...], place: Place, cutter: PageCutter, reader: LineReader, second: LineReader
) -> _Looked:
    """A line looked at again in its place."""
    looked = _look_at_line(chars, _looks(cutter, place, chars, reader, second), colourless=cutter.colourless)
    return _with_per_mille(looked, per_mille_signs(looked[0], place, cutter))


def _asked(lines: Sequence[Sequence[Char]], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Which lines hold characters in question, or stand right beside them."""
    asked, start = [], 0
    for line in lines:
        end = start + len(line)
        asked.append(not spans or any(first <= end and start <= last for first, last in spans))
        start = end + 1
    return asked


def _certain(agreed: Sequence[float]) -> tuple[bool, ...]:
    """What may be believed of characters, by the probability with which the looks agree on each."""
    return tuple(probability >= BELIEVED for probability in agreed)


def _unlooked(chars: tuple[Char, ...]) -> _Looked:
    """A line that nobody asked about: nothing is agreed of it, and what its characters may be was not looked into."""
    return tuple(char.model_copy(update={"candidates": ""}) for char in chars), (0.0,) * len(chars), ()


def _split_lines(reading: Reading) -> list[tuple[Char, ...]]:
    lines: list[list[Char]] = [[]]
    for char in reading.chars:
        if char.text == "\n":
            lines.append([])
        else:
            lines[-1].append(char)
    return [tuple(line) for line in lines if line]


def _looks(
    cutter: PageCutter, place: Place, chars: Sequence[Char], reader: LineReader, second: LineReader
) -> tuple[Look, ...]:
    boxes = [char.bbox for char in chars if char.bbox is not None]
    crops = _sizes("full", cutter, place, boxes)
    if cutter.is_under_black_seal(place):
        crops = [crops[1], *_sizes("without_seal", cutter, place, boxes)]
    inks = find_inks(crops[1][1])
    if not inks.colourless:
        crops.append(("without_red", without_blue(without_red(crops[1][1], inks.red), inks.blue)))
    read = reader.read_crops([crop for _, crop in crops])
    looks = [_as_look(reader.name, layer, line) for (layer, _), line in zip(crops, read, strict=True)]
    checked = second.read_crops([crops[-1][1]])
    looks.extend(_as_look(second.name, crops[-1][0], line) for line in checked)
    return tuple(look for look in looks if look.text)


def _sizes(layer: str, cutter: PageCutter, place: Place, boxes: Sequence[BBox]) -> list[tuple[str, Picture]]:
    """The looks at a place; `without_seal` with a black seal lifted off: its strokes and print's are of one colour."""
    lifted, sizes = layer == "without_seal", zip(SCALES, SLACK, strict=True)
    return [(layer, cutter.cut(place, slack, scale, boxes, lifted=lifted)) for scale, slack in sizes]


def _as_look(reader: str, layer: str, line: RecognisedLine) -> Look:
    chars = tuple(
        Char(
            text=char.text,
            confidence=round(char.confidence, 4),
            runner_up=char.runner_up,
            runner_up_confidence=round(char.runner_up_confidence, 4),
            candidates=char.candidates,
        )
        for char in line.chars
    )
    return Look(reader, layer, line.text, chars)


def _look_at_line(chars: tuple[Char, ...], looks: Sequence[Look], *, colourless: bool) -> _Looked:
    """Characters, the probability that the looks agree on for each, and the looks that differed.

    `colourless`: on a copy without colour.
    """
    text = "".join(char.text for char in chars)
    looks = [with_its_at(_trimmed(look, text), text) for look in looks]
    main = [look for look in looks if look.reader == "paddle"]
    winner = outvoting(text, main)
    if winner is not None:
        chars = in_their_places(winner.chars, chars)
        text = winner.text
    agreed = _agreement(text, chars, looks)
    chars = _with_candidates(text, chars, _certain(agreed), looks, colourless=colourless)
    variants = tuple(
        Variant(
            reader=look.reader,
            layer=look.layer,
            text=look.text,
            confidence=min((char.confidence for char in look.chars), default=0.0),
        )
        for look in looks
        if fold(look.text) != fold(text)
    )
    return chars, agreed, variants


def _with_candidates(
    text: str, chars: Sequence[Char], certain: Sequence[bool], looks: Sequence[Look], *, colourless: bool
) -> tuple[Char, ...]:
    """The characters with what else they may be.

    In doubt it is all that any look took them for or thought of; else what a look held for likely after all, and of
    those told apart by a hair each other, however sure the first engine is, unless the second one agrees. On a copy
    without colour it is all that a look thought of, and that was likely at all.
    """
    seen = [(look, _alignment(text, look.text)) for look in looks]
    made = []
    for index, char in enumerate(chars):
        others = [(look, look.chars[matched[index]]) for look, matched in seen if index in matched]
        if certain[index]:
            may_be = "".join(_lost_strokes(other) if colourless else _runner_up(other) for _, other in others)
            if not any(look.reader != "paddle" and other.text == char.text for look, other in others):
                may_be += "".join(group for group in CONFUSABLE if char.text in group)
            may_be += HARDLY_SEEN.get(char.text, "")
        else:
            may_be = "".join(other.text + _alternatives(other) for _, other in others)
        made.append(char.model_copy(update={"candidates": _once(may_be.replace(char.text, ""))}))
    return tuple(made)


def _with_per_mille(looked: _Looked, signs: frozenset[int]) -> _Looked:
    """The line with ‰ for the % that are seen to be one: readers hardly see it. Against a filed % it is doubt."""
    chars, agreed, variants = looked
    chars = tuple(
        char.model_copy(update={"text": "‰", "candidates": "%"}) if index in signs else char
        for index, char in enumerate(chars)
    )
    return chars, tuple(1.0 if index in signs else each for index, each in enumerate(agreed)), variants


def _runner_up(char: Char) -> str:
    """The second likeliest character of a look, where it is an alternative at all."""
    return char.runner_up if char.runner_up_confidence >= THOUGHT_OF else ""


def _lost_strokes(char: Char) -> str:
    """What a look thought of besides, or just may have, where strokes may be lost."""
    likely = char.runner_up_confidence >= THOUGHT_OF_WITHOUT_COLOUR
    return char.candidates + (char.runner_up if likely else "")


def _alternatives(char: Char) -> str:
    """What a look thought of besides: nothing, where it was sure."""
    return char.candidates or _runner_up(char)


def _once(text: str) -> str:
    return "".join(dict.fromkeys(text))


def _trimmed(look: Look, text: str) -> Look:
    """Without what the margin let in from the neighbours: characters beyond either end of the text."""
    ops = Levenshtein.opcodes(text, look.text)
    start = ops[0].dest_end if ops and ops[0].tag == "insert" else 0
    end = ops[-1].dest_start if len(ops) > 1 and ops[-1].tag == "insert" else len(look.text)
    return Look(look.reader, look.layer, look.text[start:end], look.chars[start:end])


def _agreement(text: str, chars: Sequence[Char], looks: Sequence[Look]) -> tuple[float, ...]:
    """The probability with which every look of the first engine read a character alike; 0 where they did not.

    One look of several that is itself unsure of what it reads otherwise, or that left the character out, is outvoted.
    The second engine, whose Chinese is much weaker, raises a doubt where it names the runner-up; of the few characters
    that are told apart by a hair see `_with_candidates`.
    """
    main = [look for look in looks if look.reader == "paddle"]
    seen = [(look, _alignment(text, look.text)) for look in main]
    doubted = {
        index
        for look in looks
        if look.reader != "paddle" and _heeded(text, look.text)
        for index, other in _alignment(text, look.text).items()
        if _alive(chars[index], look.text[other])
    }
    agreed = tuple(
        1.0 if char.isspace() else 0.0 if index in doubted else _alike(char, index, chars[index].confidence, seen)
        for index, char in enumerate(text)
    )
    return _doubting_runs(text, agreed, [matched for _, matched in seen])


def _doubting_runs(text: str, agreed: Sequence[float], seen: Sequence[dict[int, int]]) -> tuple[float, ...]:
    """The probabilities, 0 for all of a run of like figures of which one was left out: nobody can say which one."""
    made: list[float] = []
    for _, group in groupby(enumerate(text), key=lambda each: each[1]):
        run = [index for index, _ in group]
        lost = text[run[0]].isdigit() and any(
            agreed[index] == 0.0 and any(index not in matched for matched in seen) for index in run
        )
        made.extend(0.0 if lost else agreed[index] for index in run)
    return tuple(made)


def _heeded(text: str, other: str) -> bool:
    """Whether the second engine could read the line at all; of a few characters one alone may be all that differs."""
    return len(text) < SHORT or Levenshtein.normalized_similarity(text, other) >= HEEDED


def _alike(char: str, index: int, own: float, seen: Sequence[tuple[Look, dict[int, int]]]) -> float:
    """The probability with which the looks agree on a character: the surest's, or of those that outvote one the least.

    0 where they do not agree.
    """
    answers = [look.chars[matched[index]] if index in matched else None for look, matched in seen]
    alike = [each.confidence for each in answers if each is not None and fold(each.text) == fold(char)]
    others = [each for each in answers if each is None or fold(each.text) != fold(char)]
    if not alike or any(each is not None and each.confidence >= UNSURE for each in others):
        return 0.0
    ranked = sorted((own, *alike), reverse=True)
    if not others:
        return ranked[0]
    outvoted = len(others) == 1 and len(ranked) >= OUTVOTING
    return min(ranked[OUTVOTING - 1], *alike) if outvoted else 0.0


def _alive(char: Char, other: str) -> bool:
    """Whether another engine's character is an alternative worth a doubt.

    An engine that has read much text sees common characters in rare ones: 或 for 彧 says nothing, 彧 for 或 much.
    """
    if fold(char.text) == fold(other):
        return False
    if not (char.text.isalnum() and other.isalnum()) or char.text.isascii() != other.isascii():
        return False
    return other == char.runner_up and _is_common(other) <= _is_common(char.text)


def _is_common(char: str) -> bool:
    """Whether a character is among the 3755 of GB 2312's first level, letters and digits included."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 1 or code[0] <= LAST_COMMON_ROW


def _alignment(text: str, other: str) -> dict[int, int]:
    """Index in `text` -> index in `other` of the characters that stand at the same place, equal or replaced."""
    matched: dict[int, int] = {}
    for op in Levenshtein.opcodes(text, other):
        if op.tag in ("equal", "replace"):
            for offset in range(min(op.src_end - op.src_start, op.dest_end - op.dest_start)):
                matched[op.src_start + offset] = op.dest_start + offset
    return matched
