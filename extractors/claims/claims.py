"""An application's claims: sentence by sentence, out of the unit's profile and the task books."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.founding import founding, foundings
from extractors.claims.items import Grammar, grammar
from extractors.claims.pairing import Pair, pairs
from extractors.claims.placing import places_of
from extractors.claims.standing import claim_of
from pipeline.model.application import Application
from pipeline.model.claim import Claim, ClaimKind
from pipeline.model.evidence import Reading
from pipeline.notices.profile import Profile

PROFILE_FIELD = "unit_profile"
SENTENCE = re.compile(r"[^。；;！!\n]+")
PATENT_NUMBER = re.compile(r"(?<![A-Za-z])[ZＺ][LＬ]\s*((?:\d\s*){12})[.．]?\s*([\dXx])(?!\d)")
ABOVE = re.compile(r"以上|上述|证明材料|相关证明|证书")
"""In a sentence on attached evidence: it speaks of all that was claimed before."""


def with_claims(application: Application, profile: Profile) -> Application:
    """The application with what its texts claim; each claim at the lines of its text."""
    words, unit = grammar(profile), application.text("applicant")
    found: list[Claim] = []
    for field, text, reading in _texts(application):
        claims = claims_of(text, field, unit, words)
        found += [claim.model_copy(update={"places": places_of(claim, text, reading)}) for claim in claims]
    return application.model_copy(update={"claims": tuple(found)})


def _texts(application: Application) -> Iterator[tuple[str, str, Reading]]:
    reading = application.get(PROFILE_FIELD)
    if reading is not None and reading.text:
        yield PROFILE_FIELD, reading.text, reading
    for book in application.taskbooks:
        for section in book.sections:
            if section.text and section.reading is not None:
                yield section.heading, section.text, section.reading


def claims_of(text: str, field: str, unit: str, words: Grammar) -> tuple[Claim, ...]:
    """What a text claims, in order; what it does not say plainly has no count."""
    found: list[Claim] = []
    for sentence in SENTENCE.finditer(text):
        fresh = _sentence_claims(sentence.group(), sentence.start(), field, unit, words)
        if any(word in sentence.group() for word in words.words.attached):
            whole = not fresh or ABOVE.search(sentence.group())
            found = [claim.model_copy(update={"attached": True}) for claim in found] if whole else found
            fresh = [claim.model_copy(update={"attached": True}) for claim in fresh]
        found += fresh
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end)))


def _sentence_claims(sentence: str, at: int, field: str, unit: str, words: Grammar) -> list[Claim]:
    made: list[Claim] = [founding(field, sentence, at, found) for found in foundings(sentence, words.words, unit)]
    made += _patents_by_number(sentence, at, field)
    last: Pair | None = None
    for pair in pairs(sentence, words):
        claim = claim_of(pair, last, sentence, at, field, words.words)
        if claim is not None:
            made.append(claim)
        last = pair
    return made


def _patents_by_number(sentence: str, at: int, field: str) -> Iterator[Claim]:
    for match in PATENT_NUMBER.finditer(sentence):
        number = f"ZL{re.sub(r'[^0-9]', '', match[1])}.{match[2].upper()}"
        yield Claim(kind=ClaimKind.PATENT, field=field, text=match.group(), start=at + match.start(),
                    end=at + match.end(), name=number, state="granted")  # fmt: skip
