"""Task books: their headed parts, with Word's count of each; headings and the template's prompts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.forms.flow import Flow, join
from extractors.forms.headings import Opening, opening, opening_of_two
from pipeline.model.application import TaskBook, TaskBookSection
from pipeline.notices.profile import Profile, TaskBookPart
from pipeline.values import fold, normalise, normalise_directions, parse_page_number, word_count

TITLE_TAIL = re.compile(r"\(.{1,40}\)|[:-].{1,40}|(?:之)?[一二三四五六七八九十\d]{1,2}|")
"""What may stand behind a task book's title: which of several it is."""
VALUE_END = re.compile(r"[,.;，。；、]")
NOTE_LINE = 6
"""Characters from which a line can be told to be of the template's note."""
NOTE_ALIKE = 88
"""Similarity (0-100) of a line to a stretch of the note, misread characters allowed."""
PROMPT_ALIKE = 90
"""Similarity (0-100) of a stretch of text to the template's prompt, misread characters allowed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a task book, or a stretch of one: a title, a part's heading, or text."""

    flow: Flow
    spec: TaskBookPart | None = None
    title: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a task book met in the text: what the profile says of it, its heading and its own text."""

    spec: TaskBookPart
    heading: Flow
    flow: Flow


def read_taskbooks(
    lines: Sequence[Flow], profile: Profile, product: str, direction: int | None
) -> tuple[TaskBook, ...]:
    """Task books of a run of lines (a Flow each); a second 一、 or a second title opens another book.

    `product` and `direction` are the form's: they hold for a book that says nothing of its own.
    """
    first = profile.taskbook_sections[0]
    books: list[list[Piece]] = [[]]
    for piece in _pieces(lines, profile):
        opens = piece.title or piece.spec is first
        if opens and any(other.spec for other in books[-1]):
            books.append([])
        books[-1].append(piece)
    return tuple(_book(book, profile, product, direction) for book in books if book)


def _pieces(lines: Sequence[Flow], profile: Profile) -> Iterator[Piece]:
    """Titles, headings and text in order; a heading and text on one line come apart."""
    parts = profile.taskbook_sections
    skipped = False
    for index, line in enumerate(lines):
        if skipped:
            skipped = False
            continue
        if _title_tail(line.text, profile) is not None:
            yield Piece(line, title=True)
            continue
        after = lines[index + 1] if index + 1 < len(lines) else None
        broken = opening_of_two(line.text, after.text, parts) if after else None
        if after is not None and broken is not None:
            skipped = True
            yield from _opened(line + after, Opening(broken.spec, len(line.text) + 1 + broken.end), parts)
        else:
            yield from _opened(line, opening(line.text, parts), parts)


def _opened(line: Flow, opened: Opening | None, parts: Sequence[TaskBookPart]) -> Iterator[Piece]:
    if opened is None:
        yield Piece(line)
        return
    yield Piece(line[: opened.end], opened.spec)
    rest = line[opened.end : len(line.text)].stripped()
    if rest.text:
        yield from _opened(rest, opening(rest.text, parts), parts)


def _title_tail(text: str, profile: Profile) -> str | None:
    """What stands behind the title of a task book; None where the line is no title."""
    folded = fold(text).strip("《》<>[]")
    for title in profile.sections["taskbook"].titles:
        head, found, tail = folded.partition(fold(title))
        if found and not head and TITLE_TAIL.fullmatch(tail.lstrip("》>]")):
            return tail.lstrip("》>]")
    return None


def _book(pieces: Sequence[Piece], profile: Profile, product: str, direction: int | None) -> TaskBook:
    sections = tuple(_section(part) for part in _parts(pieces, profile))
    own_product, own_direction = _named(pieces, profile, product)
    return TaskBook(
        direction=own_direction if own_direction is not None else direction,
        product=own_product or product,
        words=sum(section.words for section in sections),
        characters=sum(word_count(section.text)[1] for section in sections),
        places=tuple(place for piece in pieces for place in piece.flow.places),
        sections=sections,
    )


def _named(pieces: Sequence[Piece], profile: Profile, product: str) -> tuple[str, int | None]:
    """The product and direction that a book names itself: in its title, above its first part, or as that part begins.

    A product in the title's brackets is known by the form's naming it too.
    """
    head = _head(pieces, profile.taskbook_sections[0])
    tails = [tail.strip("()：:-") for piece in head if piece.title and (tail := _title_tail(piece.flow.text, profile))]
    texts = [piece.flow.text for piece in head if not piece.title]
    labelled = [value for text in (*tails, *texts) if (value := _behind(text, profile.taskbook_labels["product"]))]
    bracketed = [tail for tail in tails if len(tail) > 2 and tail in fold(product)]
    directions = [behind for text in texts if (behind := _behind(text, profile.taskbook_labels["directions"]))]
    names = {each.number: each.name for each in profile.directions}
    numbers = {
        number for text in (*(tail for tail in tails if not tail.isdigit()), *directions)
        for number in normalise_directions(text, names)
    }  # fmt: skip
    named = labelled[0] if labelled else product if bracketed and product else ""
    return normalise("product", named), numbers.pop() if len(numbers) == 1 else None


def _head(pieces: Sequence[Piece], first: TaskBookPart) -> list[Piece]:
    """The lines above the first part, and the first line of that part."""
    head: list[Piece] = []
    opened = False
    for piece in pieces:
        if piece.spec is not None and (opened or piece.spec is not first):
            break
        head.append(piece)
        if opened:
            break
        opened = piece.spec is first
    return head


def _behind(text: str, labels: Sequence[str]) -> str:
    """What stands behind one of the labels and a colon at a line's beginning, up to the next sign."""
    label, colon, value = text.replace("：", ":").partition(":")
    if not colon or fold(label).strip("()") not in {fold(each) for each in labels}:
        return ""
    return VALUE_END.split(value.strip(), maxsplit=1)[0].strip()


def _parts(pieces: Sequence[Piece], profile: Profile) -> list[Part]:
    parts: list[tuple[TaskBookPart, Flow, list[Flow]]] = []
    for piece in pieces:
        if piece.spec is not None and not any(spec is piece.spec for spec, _, _ in parts):
            parts.append((piece.spec, piece.flow, []))
        elif parts and not piece.title and not _is_margin(piece.flow.text, profile):
            parts[-1][2].append(piece.flow)
    return [Part(spec, heading, join(own)) for spec, heading, own in parts]


def _is_margin(text: str, profile: Profile) -> bool:
    """Whether a line is a page's number, or of the note that the template prints below the task book."""
    folded = fold(text)
    return parse_page_number(text) is not None or (
        len(folded) >= NOTE_LINE
        and any(fuzz.partial_ratio(folded, fold(note)) >= NOTE_ALIKE for note in profile.notes["taskbook"])
    )


def _section(part: Part) -> TaskBookSection:
    text = _without_prompt(normalise("text", part.flow.text), part.spec.prompt)
    return TaskBookSection(
        heading=part.spec.heading,
        text=text,
        words=word_count(text)[0],
        places=(*part.heading.places, *part.flow.places),
        reading=part.flow.reading(text) if part.flow.text else None,
    )


def _without_prompt(text: str, prompt: str) -> str:
    """The text without the template's prompt, misread characters and brackets around it included."""
    if not prompt or len(text) < len(prompt) * PROMPT_ALIKE / 100:
        return text
    near = fuzz.partial_ratio_alignment(normalise("text", prompt), text, score_cutoff=PROMPT_ALIKE)
    if near is None:
        return text
    before, after = text[: near.dest_start].rstrip("(（["), text[near.dest_end :].lstrip(")）]。.")
    return f"{before}{after}".strip()
