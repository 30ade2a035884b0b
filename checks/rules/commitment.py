"""The commitment's wording against the template's."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from checks.alignment import running
from checks.case import Case, place_of
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from checks.significance import PHRASE
from pipeline.model.document import Section

FOUND = 60.0
"""Percent of likeness at which a sentence of the template is taken to stand on the page at all."""
SHOWN = 20
"""Characters of a missing sentence that a message shows."""
BLANK = "____"
PARTS = (2, 3, 5)
"""Shares of a sentence by whose first and last part its place on the page is found."""


@rule("F132")
def wording_is_the_template(case: Case) -> Iterator[Ruling]:
    """No phrase of the template's promises is left out or put in; slips of the reader are shorter than a phrase."""
    pages = case.pages_of(Section.COMMITMENT)
    if not pages:
        yield not_applicable("F132", "commitment", "所在部分缺失")
        return
    places = tuple(place_of(page) for page in pages)
    text = running("".join(line.text for page in pages for line in page.reading.lines))
    changes = [change for sentence in _sentences(case) if (change := _change(running(sentence), text)) is not None]
    if not text or case.unread_pages:
        yield undecided("F132", "commitment", "承诺书所在页未能完整识别", places=places)
    elif changes:
        yield failed("F132", "commitment", detail="；".join(changes), places=places)
    else:
        yield passed("F132", "commitment", places=places)


def _sentences(case: Case) -> list[str]:
    """The template's sentences, cut at the blanks to be filled."""
    return [
        piece for line in case.profile.commitment_text for piece in line.split(BLANK) if len(running(piece)) > PHRASE
    ]


def _change(sentence: str, text: str) -> str | None:
    """What differs between a sentence and the page by a phrase or more; None if nothing does."""
    written = _written(sentence, text)
    if written is None:
        return f"缺“{sentence[:SHOWN]}{'…' if len(sentence) > SHOWN else ''}”"
    for step in Levenshtein.opcodes(sentence, written):
        lost, added = sentence[step.src_start : step.src_end], written[step.dest_start : step.dest_end]
        inside = step.src_start > 0 and step.src_end < len(sentence)
        if step.tag != "equal" and abs(len(lost) - len(added)) >= PHRASE and inside:
            return f"“{lost}”改为“{added}”" if lost and added else f"少“{lost}”" if lost else f"多“{added}”"
    return None


def _written(sentence: str, text: str) -> str | None:
    """What stands on the page where the sentence should: from where it seems to begin to where it seems to end.

    Words put in near an edge pull a long piece of it astray, so that shorter ones are looked for as well; the widest
    stretch counts, for what stands before and behind the sentence is no change in it.
    """
    found = partial_ratio_alignment(sentence, text)
    if found is None or found.score < FOUND:
        return None
    starts, ends = [found.dest_start], [found.dest_end]
    for size in sorted({max(1, len(sentence) // part) for part in PARTS}):
        first, last = (partial_ratio_alignment(edge, text) for edge in (sentence[:size], sentence[-size:]))
        starts += [first.dest_start] if first else []
        ends += [last.dest_end] if last else []
    windows = [(start, end) for start in starts for end in ends if 0 < end - start <= 2 * len(sentence)]
    start, end = max(windows, key=lambda window: window[1] - window[0])
    return text[start:end]
