"""Letters and figures of an e-mail address that a face prints alike (1, l), told by what stands around them."""

from __future__ import annotations

from dataclasses import replace

from extractors.forms.flow import Flow
from pipeline.model.evidence import Char

ALIKE = {"1": "l", "l": "1"}
SURE = 0.95
"""A character read surer than this is what stands there; where faces differ the reader is."""


def told_by_context(flow: Flow) -> Flow:
    """The address with unsure figures between letters as letters, and unsure letters between figures as figures.

    A figure before @ or a full stop stays: names end in figures. What was read stays as the runner-up.
    """
    letters = [index for index, char in enumerate(flow.text) if not char.isspace()]
    text, chars = list(flow.text), list(flow.chars)
    for place, index in enumerate(letters):
        before = text[letters[place - 1]] if place else ""
        after = text[letters[place + 1]] if place + 1 < len(letters) else ""
        if text[index] in ALIKE and chars[index].confidence < SURE and _wrong(text[index], before, after):
            chars[index] = _taken_for(chars[index], ALIKE[text[index]])
            text[index] = chars[index].text
    return replace(flow, text="".join(text), chars=tuple(chars))


def _wrong(char: str, before: str, after: str) -> bool:
    """Whether the character's look-alike fits better between its neighbours ("" where the address begins or ends)."""
    if char == "1":
        return _is_letter(after) and not before.isdigit()
    return before.isdigit() and after.isdigit()


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _taken_for(char: Char, other: str) -> Char:
    candidates = char.text + char.candidates.replace(other, "").replace(char.text, "")
    return char.model_copy(update={"text": other, "runner_up": char.text, "candidates": candidates})
