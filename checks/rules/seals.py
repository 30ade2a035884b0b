"""Seals, seam stamps and signatures: there, whose, of which kind, in which place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.case import Case, DeliveryCase, place_of
from checks.certainty import whole
from checks.owners import Match, match
from checks.recommenders import fold_recommender
from checks.rule import DELIVERY, Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Place, Reading
from pipeline.model.geometry import BBox
from pipeline.model.package import EvidenceItem
from pipeline.model.seal import DigitalSignature, Ink, PageRef, Purpose, Seal, Seam, SeamState
from pipeline.notices.profile import RequiredSeal
from pipeline.values import fold

MISSING = {"cover.applicant": "S101", "cover.recommender": "S102", "commitment": "S111"}
STRANGER = {"cover.applicant": "S103", "cover.recommender": "S104", "commitment": "S112"}
SIGNED = "S113"
RECOMMENDATION = "recommendation"
FAR_MM = 75.0
"""A seal this far from its label's line is not where it belongs: two seals' diameters, a third of the page's width."""
PAGE_MM = 297.0
GREY = "扫描件没有颜色，看不出有没有公章，请核对纸质件"
UNREAD_PAGE = "该页未能识别，看不出有没有公章，请核对纸质件"
HIDDEN = "没有找到应盖章的页，但有页面或文件未能识别，可能在其中"
NO_PAGE = "没有找到应盖章的页"
NO_NAME = "没有读出应盖章单位的名称，无法核对印文"
DOUBT = "印文读作“{found}”，与“{expected}”不完全一致，可能是识别误差，请对照原件"
NO_SEAM = "材料只有一张纸或没有盖章扫描件，不涉及骑缝章"


@rule(*MISSING.values(), *STRANGER.values(), "S151", "S164", "S171")
def required_seals(case: Case) -> Iterator[Ruling]:
    """Each place that needs a seal bears the official seal of the unit named, and bears it where it belongs."""
    for required in case.profile.required_seals:
        if required.place in MISSING:
            yield from _place(case, required)


def _place(case: Case, required: RequiredSeal) -> Iterator[Ruling]:
    missing, place = MISSING[required.place], required.place
    pages = case.pages_of(Section(required.section))
    if not pages:
        yield undecided(missing, place, HIDDEN) if case.may_hide_pages else not_applicable(missing, place, NO_PAGE)
        return
    seals = [seal for seal in case.package.seals if seal.place == place and seal.mark.purpose is not Purpose.PERSONAL]
    if not seals:
        yield _without(missing, place, pages)
        return
    yield passed(missing, place, places=_places(seals))
    yield from _judged(case, required, seals[0], pages)


def _without(code: str, place: str, pages: Sequence[Page]) -> Ruling:
    """No seal: missing, unless the page could not show one."""
    where = tuple(place_of(page) for page in pages)
    if any(page.reading.unreadable for page in pages):
        return undecided(code, place, UNREAD_PAGE, places=where)
    if all(page.reading.colourless for page in pages):
        return undecided(code, place, GREY, places=where)
    return failed(code, place, places=where[:1])


def _judged(case: Case, required: RequiredSeal, seal: Seal, pages: Sequence[Page]) -> Iterator[Ruling]:
    """Whose the seal is, of which kind, and where it stands."""
    code, place, where = STRANGER[required.place], required.place, (_where(seal),)
    units = _units(case, required.owner)
    result = _match(case, seal, units, required.owner)
    if _special(seal, result):
        found = f"{seal.mark.text}{seal.mark.inner or ''}"
        yield failed("S151", place, expected=units[0] if units else None, found=found, places=where)
        return
    yield passed("S151", place, places=where)
    yield from _owner(code, place, seal, result, units, case.read(required.owner))
    yield _position(place, seal, required, pages)


def _special(seal: Seal, result: Match) -> bool:
    """Whether a seal is of a kind that does not stand for the unit; a unit may itself be called 分公司 or 中心."""
    if seal.mark.purpose is Purpose.BRANCH and result is Match.EQUAL and not seal.mark.inner:
        return False
    return seal.mark.purpose not in (Purpose.OFFICIAL, Purpose.PERSONAL)


def _owner(
    code: str, place: str, seal: Seal, result: Match, units: Sequence[str], named: Reading | None
) -> Iterator[Ruling]:
    where, found = (_where(seal),), seal.mark.text or None
    expected = units[0] if units else None
    if result is Match.UNREADABLE:
        yield failed("S171", place, places=where)
        return
    yield passed("S171", place, places=where)
    if not units:
        yield undecided(code, place, NO_NAME, found=found, places=where)
    elif result is Match.EQUAL:
        yield passed(code, place, expected=expected, found=found, places=where)
    elif result is Match.DOUBTFUL:
        message = DOUBT.format(found=found, expected=expected)
        yield undecided(code, place, message, expected=expected, found=found, places=where, doubt=True)
    else:
        grounds = (whole(named),) if named is not None and named.raw else ()
        yield failed(code, place, expected=expected, found=found, places=where, grounds=grounds)


def _units(case: Case, owner: str) -> list[str]:
    """Spellings on paper of the unit that should have stamped, the form's first."""
    reading = case.read(owner)
    names = [reading.text] if reading else []
    names += [mention.reading.text for mention in case.mentions(owner)]
    if owner == "recommender":
        names += [case.package.recommender]
        if not any(names) and case.delivery:
            names.append(case.delivery.recommender)
    return [name for name in dict.fromkeys(names) if fold(name)]


def _match(case: Case | DeliveryCase, seal: Seal, units: Sequence[str], owner: str) -> Match:
    """Compare; a bureau's spellings fold through the profile on both sides."""
    text, chars = seal.mark.text, seal.mark.chars
    if owner == "recommender" and any(
        fold_recommender(text, case.profile) == fold_recommender(unit, case.profile) for unit in units
    ):
        return Match.EQUAL
    return match(text, chars, units)


def _position(place: str, seal: Seal, required: RequiredSeal, pages: Sequence[Page]) -> Ruling:
    """Whether the seal stands at its label."""
    page = next((page for page in pages if (page.file, page.page) == (seal.file, seal.page)), None)
    away = _away_mm(seal.mark.bbox, required.label, page) if page else 0.0
    where = (_where(seal),)
    return failed("S164", place, places=where) if away > FAR_MM else passed("S164", place, places=where)


def _away_mm(box: BBox, label: str, page: Page) -> float:
    """Up and down, from a seal's middle to its label's line, in mm; 0 where the label was not read."""
    wanted = fold(label)
    lines = [line.bbox for line in page.reading.lines if wanted and wanted in fold(line.text)]
    scale = PAGE_MM / max(page.reading.width, page.reading.height)
    return min((abs(box.center[1] - line.center[1]) * page.reading.height * scale for line in lines), default=0.0)


@rule("S113")
def commitment_is_signed(case: Case) -> Iterator[Ruling]:
    """The legal representative has signed the commitment by hand."""
    for required in case.profile.required_signatures:
        signature = next((each for each in case.package.signatures if each.role == required.role), None)
        places = (signature.place,) if signature and signature.place else ()
        if not case.pages_of(Section(required.section)):
            missing = undecided if case.may_hide_pages else not_applicable
            yield missing(SIGNED, required.role, HIDDEN if case.may_hide_pages else NO_PAGE)
        elif signature is None or signature.present is None:
            reason = signature.reason if signature and signature.reason else "看不出是否签字，请核对纸质件"
            yield undecided(SIGNED, required.role, reason, places=places)
        elif signature.present:
            yield passed(SIGNED, required.role, places=places)
        else:
            yield failed(SIGNED, required.role, places=places)


@rule("S121", "S122", "S123", "S124")
def seams_run_through(case: Case) -> Iterator[Ruling]:
    """A seam stamp of the applicant runs unbroken through every sheet of the stamped copy."""
    if not case.package.seams:
        yield not_applicable("S121", "seam", NO_SEAM)
        return
    for number, seam in enumerate(case.package.seams, start=1):
        yield from _seam(case, seam, f"seam#{number}" if len(case.package.seams) > 1 else "seam")


def _seam(case: Case, seam: Seam, subject: str) -> Iterator[Ruling]:
    if not seam.slices:
        places = tuple(_whole(ref) for ref in seam.pages[:1])
        absent = seam.state is SeamState.ABSENT
        yield (
            failed("S121", subject, places=places) if absent else undecided("S121", subject, seam.reason, places=places)
        )
        return
    yield passed("S121", subject, places=seam.slices)
    missing = tuple(_whole(ref) for ref in seam.missing)
    if seam.state is SeamState.BROKEN:
        yield failed("S122", subject, detail=_pages(seam.missing), places=missing)
    elif seam.state is SeamState.UNDECIDED:
        yield undecided("S122", subject, seam.reason, places=missing)
    else:
        yield passed("S122", subject, places=seam.slices)
    yield from _seam_owner(case, seam, subject)
    astray = tuple(_whole(ref) for ref in seam.discontinuous)
    if astray:
        yield failed("S124", subject, detail=_pages(seam.discontinuous), places=astray)
    else:
        yield passed("S124", subject, places=seam.slices)


def _seam_owner(case: Case, seam: Seam, subject: str) -> Iterator[Ruling]:
    """Whose seal the slices make; a seal with sheets missing, or joined out of slivers, is read with doubt."""
    units = _units(case, "applicant")
    found = seam.text or None
    expected = units[0] if units else None
    result = match(seam.text, seam.chars, units)
    if not units or result is Match.UNREADABLE:
        message = "骑缝章拼合后印文无法辨认，请对照原件" if units else NO_NAME
        yield undecided("S123", subject, message, expected=expected, found=found, places=seam.slices)
    elif result is Match.EQUAL:
        yield passed("S123", subject, expected=expected, found=found, places=seam.slices)
    elif result is Match.OTHER and seam.state is SeamState.WHOLE and not seam.discontinuous:
        named = case.read("applicant")
        grounds = (whole(named),) if named is not None and named.raw else ()
        yield failed("S123", subject, expected=expected, found=found, places=seam.slices, grounds=grounds)
    elif result is Match.DOUBTFUL and _mostly(seam.text, units):
        yield passed("S123", subject, expected=expected, found=found, places=seam.slices)
    else:
        message = DOUBT.format(found=found, expected=expected)
        yield undecided("S123", subject, message, expected=expected, found=found, places=seam.slices, doubt=True)


MOSTLY = 0.65
"""Cuts run through a joined seal's letters: when so many of them agree and no sure one differs, it is the same seal."""


def _mostly(text: str, units: Sequence[str]) -> bool:
    from rapidfuzz.distance import Levenshtein

    return any(Levenshtein.normalized_similarity(fold(text), fold(unit)) >= MOSTLY for unit in units)


@rule("S131")
def evidence_is_sealed(case: Case) -> Iterator[Ruling]:
    """Each evidence document bears the applicant's seal on one of its pages."""
    units = _units(case, "applicant")
    for subject, item in _named(case.package.evidence):
        pages = [page for page in case.package.pages if page.file == item.file and page.page in item.pages]
        seals = [seal for seal in case.package.seals if seal.file == item.file and seal.page in item.pages]
        yield _evidence(subject, seals, pages, units)


def _evidence(subject: str, seals: Sequence[Seal], pages: Sequence[Page], units: Sequence[str]) -> Ruling:
    own = [seal for seal in seals if _may_be_own(seal, units)]
    if own:
        return passed("S131", subject, places=_places(own))
    where = tuple(place_of(page) for page in pages[:1])
    unreadable = [seal for seal in seals if not fold(seal.mark.text) and seal.mark.purpose is not Purpose.PERSONAL]
    if unreadable:
        return undecided("S131", subject, "有印章，但印文无法辨认，不知是否申报单位的章", places=_places(unreadable))
    if any(page.reading.unreadable for page in pages):
        return undecided("S131", subject, UNREAD_PAGE, places=where)
    if any(page.reading.colourless for page in pages):
        return undecided("S131", subject, GREY, places=where)
    found = "、".join(seal.mark.text for seal in seals) or None
    return failed("S131", subject, expected=units[0] if units else None, found=found, places=where)


def _may_be_own(seal: Seal, units: Sequence[str]) -> bool:
    return match(seal.mark.text, seal.mark.chars, units) in (Match.EQUAL, Match.DOUBTFUL) and bool(fold(seal.mark.text))


def _named(items: Sequence[EvidenceItem]) -> Iterator[tuple[str, EvidenceItem]]:
    """Each document with a name of its own: item, title, and a number where two are called alike."""
    seen: dict[str, int] = defaultdict(int)
    for item in items:
        name = f"{item.item or ''} {item.title or item.kind or item.file}".strip()
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}（{seen[name]}）"), item


@rule("S141", "S142", scope=DELIVERY)
def recommendation_is_sealed(case: DeliveryCase) -> Iterator[Ruling]:
    """The recommendation table bears the recommending unit's seal."""
    pages = [page for page in case.delivery.pages if page.section is Section.RECOMMENDATION]
    if not pages:
        yield not_applicable("S141", RECOMMENDATION, "没有推荐表的扫描件")
        return
    shown = {(page.file, page.page) for page in pages}
    seals = [seal for seal in case.delivery.seals if (seal.file, seal.page) in shown]
    seals = [seal for seal in seals if seal.mark.purpose is not Purpose.PERSONAL]
    if not seals:
        yield _without("S141", RECOMMENDATION, pages)
        return
    yield passed("S141", RECOMMENDATION, places=_places(seals))
    yield _recommender(case, seals)


def _recommender(case: DeliveryCase, seals: Sequence[Seal]) -> Ruling:
    units = [case.delivery.recommender] if fold(case.delivery.recommender) else []
    results = {seal: _match(case, seal, units, "recommender") for seal in seals}
    best = min(results, key=lambda seal: list(Match).index(results[seal]))
    details = {"expected": units[0] if units else None, "found": best.mark.text or None, "places": (_where(best),)}
    if not units:
        return undecided("S142", RECOMMENDATION, NO_NAME, **details)
    if results[best] is Match.EQUAL:
        return passed("S142", RECOMMENDATION, **details)
    if results[best] is Match.OTHER:
        return failed("S142", RECOMMENDATION, **details)
    return undecided("S142", RECOMMENDATION, DOUBT.format(**details), doubt=True, **details)


@rule("S161")
def seals_in_colour(case: Case) -> Iterator[Ruling]:
    """Where seals are due, the scan shows them in their own colour."""
    due = {Section(required.section) for required in case.profile.required_seals if required.section != "all"}
    pages = [page for page in case.package.pages if page.section in due and not page.reading.blank]
    grey = [page for page in pages if page.reading.colourless]
    black = [seal for seal in case.package.seals if seal.mark.colour is Ink.BLACK and seal.place]
    if not pages:
        yield not_applicable("S161", "scan", NO_PAGE)
    elif grey or black:
        yield failed("S161", "scan", places=(*(place_of(page) for page in grey), *_places(black)))
    else:
        yield passed("S161", "scan")


@rule("S162")
def seals_differ(case: Case) -> Iterator[Ruling]:
    """No two impressions are the same to the pixel: a stamp never falls twice alike, a pasted picture does."""
    groups: dict[str, list[Seal]] = defaultdict(list)
    for seal in case.package.seals:
        if seal.mark.fingerprint:
            groups[seal.mark.fingerprint].append(seal)
    same = [seals for seals in groups.values() if len({(seal.file, seal.page) for seal in seals}) > 1]
    if not groups:
        yield not_applicable("S162", "seals", "没有找到印章")
    for number, seals in enumerate(same, start=1):
        detail = _pages([PageRef(file=seal.file, page=seal.page) for seal in seals])
        yield failed("S162", f"seals#{number}" if len(same) > 1 else "seals", detail=detail, places=_places(seals))
    if groups and not same:
        yield passed("S162", "seals")


@rule("S163")
def digital_signatures(case: Case) -> Iterator[Ruling]:
    """A digital signature in a file is worth knowing: whose it is, and whether the file is as it was signed."""
    for signature in case.package.digital:
        yield failed("S163", signature.file, detail=_told(signature))
    if not case.package.digital:
        yield not_applicable("S163", "files", "文件中没有数字签名")


def _told(signature: DigitalSignature) -> str:
    state = {True: "签名后文件未被改动", False: "签名后文件已被改动或签名损坏", None: "无法验证"}[signature.intact]
    who = f"签名者{signature.signer}" if signature.signer else "签名者未载明"
    when = f"，时间{signature.signed_at}" if signature.signed_at else ""
    return f"{who}{when}，{state}" + (f"（{signature.reason}）" if signature.reason else "")


def _where(seal: Seal) -> Place:
    return Place(file=seal.file, page=seal.page, bbox=seal.mark.bbox)


def _places(seals: Sequence[Seal]) -> tuple[Place, ...]:
    return tuple(_where(seal) for seal in seals)


def _whole(ref: PageRef) -> Place:
    return Place(file=ref.file, page=ref.page, bbox=BBox(0.0, 0.0, 1.0, 1.0))


def _pages(refs: Sequence[PageRef]) -> str:
    """Pages in words, by file: 盖章件.pdf第3、5页."""
    by_file: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        by_file[ref.file].append(ref.page)
    return "；".join(
        f"{file}第{'、'.join(str(page) for page in sorted(set(pages)))}页" for file, pages in by_file.items()
    )
