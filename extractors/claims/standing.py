"""What a sentence says besides the number: whose it is, granted or yet to come, a standard's level, a prize's name."""

from __future__ import annotations

import re

from extractors.claims.pairing import Pair
from pipeline.model.claim import Claim, ClaimKind
from pipeline.notices.vocabulary import ClaimWords

OWN = re.compile(r"本公司|我公司|本单位|我单位|本企业|我司|我院|本院")
"""Who speaks of itself again, after somebody else was named."""
PRIZE_VERB = re.compile(r"荣获|获得|斩获|夺得|取得|授予|获")
HELD = frozenset({ClaimKind.CERTIFICATE})
"""Kinds that have no number: who holds one, holds it."""
TAIL = 6
"""Characters behind a thing that may say it is held (高新技术企业认定, 称号, 资质)."""
STOP = re.compile(r"[，,、；;（(]")
HELD_TAIL = re.compile(r"^[”\"》]?(?:证书|认定|称号|资质|资格|认证|企业)")

FOR_OTHERS = re.compile(r"^(?:等)?(?:提供|客户|用户|服务)")
"""Behind a thing that others hold (为高新技术企业提供服务)."""


def claim_of(pair: Pair, before: Pair | None, sentence: str, at: int, field: str, words: ClaimWords) -> Claim | None:
    """The claim a pair makes; None where nothing is claimed by it."""
    lead, near = sentence[: pair.start], sentence[max(pair.run[0], before.end if before else 0) : pair.end]
    tail = STOP.split(sentence[pair.end : pair.end + TAIL])[0]
    if not _claims(pair, sentence, lead, tail, words):
        return None
    number = None if pair.joint or pair.number is None else pair.number
    return Claim(
        kind=pair.kind,
        field=field,
        text=sentence[pair.start : pair.end],
        start=at + pair.start,
        end=at + pair.end,
        count=number.value if number else None,
        more=bool(number and number.more),
        part=pair.part,
        state="planned" if _any(words.planned, lead) else _state(near + tail, words),
        role=_role(near, words) if pair.kind is ClaimKind.STANDARD else "",
        level=_level(pair, sentence, words) if pair.kind is ClaimKind.STANDARD else "",
        name=_name(pair, sentence),
        doubtful=_others(lead, sentence[pair.run[0] : pair.start], words)
        or bool(FOR_OTHERS.match(tail))
        or (pair.kind is ClaimKind.STANDARD and not _any(words.owning, lead) and not _written(sentence, words)),
    )


def _claims(pair: Pair, sentence: str, lead: str, tail: str, words: ClaimWords) -> bool:
    """Whether the thing is claimed at all, and not only named."""
    run = sentence[pair.run[0] : pair.start]
    if pair.kind is ClaimKind.STANDARD and _any(words.obeyed, run) and not _written(sentence, words):
        return False
    if pair.number is not None:
        return True
    if pair.kind is ClaimKind.INTELLECTUAL:  # everybody's product has 自主知识产权
        return False
    if pair.kind is ClaimKind.STANDARD:
        return _written(run, words)
    if pair.kind is ClaimKind.PRIZE:
        return bool(PRIZE_VERB.search(lead))
    return _any(words.owning, lead) or (pair.kind in HELD and bool(HELD_TAIL.match(tail)))


def _written(text: str, words: ClaimWords) -> bool:
    """Whether a standard is spoken of as written by somebody."""
    return _any((*words.roles["lead"], *words.roles["participant"], "制定", "起草", "编制"), text)


def _others(lead: str, run: str, words: ClaimWords) -> bool:
    """Whether somebody else was named who may have it."""
    ends = [lead.rfind(word) for word in words.others if word in lead]
    own = max((match.start() for match in OWN.finditer(lead)), default=-1)
    return (bool(ends) and max(ends) > own) or _any(words.near, run)


def _state(text: str, words: ClaimWords) -> str:
    return next((state for state, names in words.states.items() if _any(names, text)), "")


def _role(text: str, words: ClaimWords) -> str:
    """Lead or participant; "" where the text says both, or neither."""
    said = [role for role, names in words.roles.items() if _any(names, text)]
    return said[0] if len(said) == 1 else ""


def _level(pair: Pair, sentence: str, words: ClaimWords) -> str:
    """The level of a standard; "" where none or several are named together (国家、行业标准)."""
    if pair.thing is None:
        return ""
    text = sentence[pair.thing.start : pair.thing.end]
    level = next((level for level in words.levels if text.startswith(level)), "")
    before = sentence[max(0, pair.thing.start - 4) : pair.thing.start]
    several = any(re.search(rf"{other}[、和及与/或]$", before) for other in words.levels)
    return "" if several else level


def _name(pair: Pair, sentence: str) -> str:
    """What a prize or certificate is called."""
    if pair.thing is None or pair.kind not in (ClaimKind.PRIZE, ClaimKind.CERTIFICATE):
        return ""
    start = pair.thing.start
    if pair.kind is ClaimKind.PRIZE:
        run = sentence[pair.run[0] : start]
        verb = list(PRIZE_VERB.finditer(run))
        start = pair.run[0] + verb[-1].end() if verb else start
        if pair.number is not None and start < pair.number.start < pair.thing.start:
            start = pair.thing.start
    return sentence[start : pair.thing.end].strip("的了 “”")


def _any(names: tuple[str, ...], text: str) -> bool:
    return any(name in text for name in names)
