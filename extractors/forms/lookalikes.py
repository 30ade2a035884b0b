"""Signs of an e-mail address that a face or a poor copy prints alike (1 and l, @ and o), told by what stands around."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.forms.flow import Flow

ALIKE = {"1": "l", "l": "1"}
AT, STOP = "@", "."
LATIN = re.compile(r"[A-Za-z0-9]")
LIKELY = 8
"""So far up among the signs that an unsure one may be, @ is looked for; farther down stands anything round."""
SURE = 0.95
"""A character read surer than this is what stands there; where faces differ the reader is."""


def told_by_context(flow: Flow) -> Flow:
    """The address with its @, its full stops, and the letters and figures that its unsure signs can only be.

    Unsure figures between letters are letters, unsure letters between figures are figures; a figure before @ or a full
    stop stays: names end in figures. What was read stays as the runner-up.
    """
    return _letters_and_figures(_with_at(_with_stops(_without_words(flow))))


def _without_words(flow: Flow) -> Flow:
    """Without whole lines of Chinese about the address: of the next row, where the ruling between was not found."""
    start, end = 0, len(flow.text)
    while (first := flow.text.find("\n", start, end)) >= 0 and not LATIN.search(flow.text[start:first]):
        start = first + 1
    while (last := flow.text.rfind("\n", start, end)) >= 0 and not LATIN.search(flow.text[last + 1 : end]):
        end = last
    return flow[start:end] if AT in flow.text[start:end] else flow


def _with_stops(flow: Flow) -> Flow:
    """A space that the reader may as well have called a full stop is one: addresses have no spaces."""
    gaps = [index for index, char in enumerate(flow.chars) if char.text.isspace() and char.candidates.startswith(STOP)]
    return _with(flow, gaps, STOP)


def _with_at(flow: Flow) -> Flow:
    """Where no @ was read, the one sign that may best be it, a name before it and a full stop behind it."""
    if AT in flow.text or "＠" in flow.text:
        return flow
    may_be = [
        (char.candidates.index(AT), index)
        for index, char in enumerate(flow.chars)
        if AT in char.candidates[:LIKELY] and flow.text[:index].strip() and STOP in flow.text[index + 1 :]
    ]
    best = min(may_be, default=None)
    if best is None or sum(rank == best[0] for rank, _ in may_be) > 1:
        return flow
    return _with(flow, [best[1]], AT)


def _with(flow: Flow, places: list[int], sign: str) -> Flow:
    text, chars = list(flow.text), list(flow.chars)
    for index in places:
        chars[index] = chars[index].taken_for(sign)
        text[index] = sign
    return replace(flow, text="".join(text), chars=tuple(chars))


def _letters_and_figures(flow: Flow) -> Flow:
    letters = [index for index, char in enumerate(flow.text) if not char.isspace()]
    text, chars = list(flow.text), list(flow.chars)
    for place, index in enumerate(letters):
        before = text[letters[place - 1]] if place else ""
        after = text[letters[place + 1]] if place + 1 < len(letters) else ""
        if text[index] in ALIKE and chars[index].confidence < SURE and _wrong(text[index], before, after):
            chars[index] = chars[index].taken_for(ALIKE[text[index]])
            text[index] = chars[index].text
    return replace(flow, text="".join(text), chars=tuple(chars))


def _wrong(char: str, before: str, after: str) -> bool:
    """Whether the character's look-alike fits better between its neighbours ("" where the address begins or ends)."""
    if char == "1":
        return _is_letter(after) and not before.isdigit()
    return before.isdigit() and after.isdigit()


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
