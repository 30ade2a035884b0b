"""What the unit's profile claims that it has: borne out by certificates, or by a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.alignment import spot, without_prompts
from checks.boxes import prompts_of
from checks.case import Case
from checks.certainty import Ground
from checks.documents import where_titled
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.claim import Claim, ClaimKind
from pipeline.model.document import Section
from pipeline.model.evidence import Place, Reading
from pipeline.model.package import EvidenceItem
from pipeline.notices.evidence_words import ClaimSort
from pipeline.values import fold

CODE, FIELD = "E103", "unit_profile"
BETWEEN = 6
"""Letters between what a list is of and its word: 专利证书一览表, 授权专利及软件著作权清单."""
STANDING = ("", "granted")
"""States of what is held; what is applied for or planned has no certificate yet."""
NO_TEXT = "没有识别到单位简介"
NO_CLAIM = "简介没有这一类说法"
SEVERAL = "简介称“{claimed}”，所附证明{count}份，请抽查"
LISTED = "附有清单"
HIDDEN = "简介称“{claimed}”，没有找到证明，但有页面、文件或材料未能识别，可能在其中"


@rule(CODE)
def claims_are_borne_out(case: Case) -> Iterator[Ruling]:
    """Of each sort of patents, standards, prizes … that the unit's profile claims, evidence is attached."""
    reading = case.read(FIELD)
    if reading is None or case.paper is None:
        yield not_applicable(CODE, FIELD, NO_TEXT, field=FIELD)
        return
    own = _own_words(case, reading)
    held = [each for each in case.paper.claims if each.field == FIELD and each.start in own and _is_held(each)]
    for sort in case.profile.evidence_words.claim_sorts:
        claims = [each for each in held if each.kind in sort.kinds]
        if claims:
            yield _ruling(case, sort, claims)
        else:
            yield not_applicable(CODE, sort.name, NO_CLAIM, field=FIELD)


def _own_words(case: Case, reading: Reading) -> frozenset[int]:
    """Where in the profile the unit's own words stand: the template's prompt speaks of prizes and patents, too."""
    spec = case.spec(FIELD)
    return frozenset(without_prompts(reading.text, prompts_of(spec, case.profile) if spec else ()))


def _is_held(claim: Claim) -> bool:
    """Whether a certificate is due: surely the unit's own, and there already."""
    return not claim.doubtful and claim.state in STANDING and claim.count != 0


def _ruling(case: Case, sort: ClaimSort, claims: Sequence[Claim]) -> Ruling:
    claimed = "、".join(dict.fromkeys(claim.text for claim in claims))
    places = tuple(place for claim in claims for place in claim.places)
    attached = _attached(case, sort.kinds)
    if attached:
        words = SEVERAL.format(claimed=claimed, count=len(attached))
        where = tuple(place for each in attached for place in where_titled(each))
        return passed(CODE, sort.name, field=FIELD, detail=words, places=places + where)
    if _is_listed(case, sort.words):
        return passed(CODE, sort.name, field=FIELD, detail=LISTED, places=places)
    if case.may_hide_pages or case.pages_of(Section.OTHER) or _untold(case):
        return undecided(CODE, sort.name, HIDDEN.format(claimed=claimed), field=FIELD, places=places)
    return _missing(case, sort, claims, claimed, places)


def _missing(case: Case, sort: ClaimSort, claims: Sequence[Claim], claimed: str, places: tuple[Place, ...]) -> Ruling:
    reading = case.read(FIELD)
    grounds = () if reading is None else tuple(Ground((spot(reading, claim.text),)) for claim in claims)
    return failed(CODE, sort.name, field=FIELD, expected=claimed, found="无", places=places, grounds=grounds)


def _attached(case: Case, kinds: Sequence[ClaimKind]) -> tuple[EvidenceItem, ...]:
    """The documents that bear out claims of these kinds."""
    able = {kind.kind for kind in case.profile.evidence_kinds if set(kind.claims) & set(kinds)}
    return tuple(each for each in case.package.evidence if each.kind in able)


def _untold(case: Case) -> bool:
    """Whether there is a document whose kind is not told."""
    known = {kind.kind for kind in case.profile.evidence_kinds}
    return any(each.kind not in known for each in case.package.evidence)


def _is_listed(case: Case, of: Sequence[str]) -> bool:
    """Whether a line of the evidence is the heading of a list of such things."""
    lists = case.profile.evidence_words.lists
    texts = (fold(line.text) for page in case.pages_of(Section.EVIDENCE) for line in page.reading.lines)
    return any(_heads_list(text, word, name) for text in texts for word in of for name in lists)


def _heads_list(text: str, word: str, name: str) -> bool:
    start, end = text.find(word), text.rfind(name)
    return 0 <= start < end <= start + len(word) + BETWEEN + len(name)
