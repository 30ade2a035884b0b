"""Task books: their headed parts, with Word's count of each; headings and the template's prompts left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.forms.flow import Flow, join
from pipeline.model.application import TaskBook, TaskBookSection
from pipeline.notices.profile import Profile, TaskBookPart
from pipeline.values import fold, normalise, word_count

NUMBERING = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）]?[、,.．]?")
PAGE_NUMBER = re.compile(r"^[\s\-—–第]*\d{1,3}[\s\-—–页/共\d]*$")
HEADING_SLACK = 4
NOTE_LINE = 6
"""Characters from which a line can be told to be of the template's note."""
NOTE_ALIKE = 88
"""Similarity (0-100) of a line to a stretch of the note, misread characters allowed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a task book met in the text: what the profile says of it, and its own text."""

    spec: TaskBookPart
    flow: Flow


def read_taskbooks(
    lines: Sequence[Flow], profile: Profile, product: str, direction: int | None
) -> tuple[TaskBook, ...]:
    """Task books of a run of lines (a Flow each); a second 一、 or a second title opens another book."""
    books: list[list[Flow]] = [[]]
    title = fold(profile.sections["taskbook"].titles[0])
    first = profile.taskbook_sections[0]
    for line in lines:
        opens = _heading(line.text, profile) is first or fold(line.text).strip("《》") == title
        if opens and any(_heading(other.text, profile) for other in books[-1]):
            books.append([])
        books[-1].append(line)
    return tuple(_book(book, profile, product, direction) for book in books if book)


def _book(lines: Sequence[Flow], profile: Profile, product: str, direction: int | None) -> TaskBook:
    sections = tuple(_section(part) for part in _parts(lines, profile))
    return TaskBook(
        direction=direction,
        product=product,
        words=sum(section.words for section in sections),
        characters=sum(word_count(section.text)[1] for section in sections),
        places=tuple(place for line in lines for place in line.places),
        sections=sections,
    )


def _parts(lines: Sequence[Flow], profile: Profile) -> list[Part]:
    parts: list[tuple[TaskBookPart, list[Flow]]] = []
    for line in lines:
        heading = _heading(line.text, profile)
        if heading is not None and not any(spec is heading for spec, _ in parts):
            parts.append((heading, [line]))
        elif parts and not PAGE_NUMBER.match(line.text) and not _is_note(line.text, profile):
            parts[-1][1].append(line)
    return [Part(spec, join(own)) for spec, own in parts]


def _is_note(text: str, profile: Profile) -> bool:
    """Whether a line belongs to the note that the template prints below the task book."""
    folded = fold(text)
    return len(folded) >= NOTE_LINE and any(
        fuzz.partial_ratio(folded, fold(note)) >= NOTE_ALIKE for note in profile.notes["taskbook"]
    )


def _heading(text: str, profile: Profile) -> TaskBookPart | None:
    """The part a line opens: its heading with whatever numbering, alone on the line."""
    plain = NUMBERING.sub("", fold(text))
    for spec in profile.taskbook_sections:
        wanted = NUMBERING.sub("", fold(spec.heading))
        if plain.startswith(wanted) and len(plain) <= len(wanted) + HEADING_SLACK:
            return spec
    return None


def _section(part: Part) -> TaskBookSection:
    heading, _, body = part.flow.text.partition("\n")
    flow = part.flow[len(heading) + 1 : len(part.flow.text)] if body else part.flow[len(heading) : len(heading)]
    text = _without_prompt(normalise("text", flow.text), part.spec.prompt)
    return TaskBookSection(
        heading=part.spec.heading,
        text=text,
        words=word_count(text)[0],
        places=part.flow.places,
        reading=flow.reading(text) if flow.text else None,
    )


def _without_prompt(text: str, prompt: str) -> str:
    return text.replace(prompt, "").strip() if prompt else text
