"""What the rules about seals share: the units that should have stamped, places, and words for what can't be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checks.case import Case, DeliveryCase
from checks.impressions import borne_out
from checks.owners import IN_DOUBT, SAME, Match, match
from checks.recommenders import fold_recommender
from pipeline.model.document import Page
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox
from pipeline.model.seal import PageRef, Seal
from pipeline.values import fold

PARTS = re.compile(r"[：:，。；、\s]+")
ORGANISATION = re.compile(r"[\u4e00-\u9fff()（）]{3,30}(?:公司|研究院|研究所|中心|大学|学院|委员会|事务所|局|厅|院)")
GREY = "扫描件没有颜色，看不出有没有公章，请核对纸质件"
UNREAD_PAGE = "该页未能识别，看不出有没有公章，请核对纸质件"
HIDDEN = "没有找到应盖章的页，但有页面或文件未能识别，可能在其中"
NO_PAGE = "没有找到应盖章的页"
NOT_ASKED = "通知不要求在此处盖章"
NO_NAME = "没有读出应盖章单位的名称，无法核对印文"
DOUBT = "印文读作“{found}”，与“{expected}”不完全一致，可能是识别误差，请对照原件"


def units_named(case: Case, owner: str) -> list[str]:
    """Spellings on paper of the unit that should have stamped, the form's first."""
    reading = case.read(owner)
    names = [reading.text] if reading else []
    names += [mention.reading.text for mention in case.mentions(owner)]
    if owner == "recommender":
        names += [case.package.recommender]
        if not any(names) and case.delivery:
            names.append(case.delivery.recommender)
    return [name for name in dict.fromkeys(names) if fold(name)]


def match_owner(case: Case | DeliveryCase, seal: Seal, units: Sequence[str], owner: str) -> Match:
    """Compare; a bureau's spellings fold through the profile on both sides.

    What is in doubt is the unit's where it is a further impression of a seal that is.
    """
    result = _by_name(case, seal, units, owner)
    if result not in IN_DOUBT:
        return result
    others = [*_seals_of(case), *(case.delivery.seals if isinstance(case, Case) and case.delivery else ())]
    is_units = borne_out(seal, others, lambda other: _by_name(case, other, units, owner) in SAME)
    return Match.ALIKE if is_units else result


def _seals_of(case: Case | DeliveryCase) -> tuple[Seal, ...]:
    return case.delivery.seals if isinstance(case, DeliveryCase) else case.package.seals


def _by_name(case: Case | DeliveryCase, seal: Seal, units: Sequence[str], owner: str) -> Match:
    text = seal.mark.text
    if owner == "recommender" and any(
        fold_recommender(text, case.profile) == fold_recommender(unit, case.profile) for unit in units
    ):
        return Match.EQUAL
    return match(seal.mark, units)


def named_seals(case: Case | DeliveryCase) -> tuple[Seal, ...]:
    """The seals, each with the unit named on the paper that it is of: equal up to reading doubt.

    Besides the units of the application those printed on the seal's own page count, and on the further pages of its
    document: who issued a certificate.
    """
    seals = _seals_of(case)
    if isinstance(case, DeliveryCase):
        pages, names = case.delivery.pages, [case.delivery.recommender]
        documents: list[frozenset[tuple[str, int]]] = []
    else:
        pages, names = case.package.pages, [*units_named(case, "applicant"), *units_named(case, "recommender")]
        documents = [item.sheets for item in case.package.evidence]
    by_number = {(page.file, page.page): page for page in pages}

    def near(seal: Seal) -> list[str]:
        own = (seal.file, seal.page)
        beside = [page for document in documents if own in document for page in sorted(document - {own})]
        return [name for place in (own, *beside) for name in printed_units(by_number.get(place))]

    return tuple(seal.model_copy(update={"owner": _unit_of(seal, seals, [*names, *near(seal)])}) for seal in seals)


def printed_units(page: Page | None) -> tuple[str, ...]:
    """Names of organisations that stand in a page's lines by themselves or behind a label."""
    pieces = [piece for line in (page.reading.lines if page else ()) for piece in PARTS.split(line.text)]
    return tuple(dict.fromkeys(found.group() for piece in pieces if (found := ORGANISATION.match(piece))))


def _unit_of(seal: Seal, seals: Sequence[Seal], names: Sequence[str]) -> str:
    results = {name: match(seal.mark, [name]) for name in names}
    by_name = next((name for kind in SAME for name in names if results[name] is kind), "")
    return by_name or next((name for name in names if results[name] in IN_DOUBT and _is_of(seal, seals, name)), "")


def _is_of(seal: Seal, seals: Sequence[Seal], name: str) -> bool:
    return borne_out(seal, seals, lambda other: match(other.mark, [name]) in SAME)


def place_of_seal(seal: Seal) -> Place:
    """Where a seal is."""
    return seal.on_page


def places_of(seals: Sequence[Seal]) -> tuple[Place, ...]:
    """Where seals are."""
    return tuple(place_of_seal(seal) for seal in seals)


def whole_page(ref: PageRef) -> Place:
    """All of a page."""
    return Place(file=ref.file, page=ref.page, bbox=BBox(0.0, 0.0, 1.0, 1.0))
