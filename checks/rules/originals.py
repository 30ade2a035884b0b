"""Whether seals are originals: in colour, never twice the same picture; and digital signatures beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.case import Case, place_of
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from checks.stamps import NO_PAGE, places_of
from pipeline.model.document import Section
from pipeline.model.seal import DigitalSignature, Ink, PageRef, Seal
from pipeline.notices.profile import EVERY_SHEET
from pipeline.values.page_words import page_list

MAYBE_ONE = "{where}的印章墨迹浓淡几乎一样，可能是同一图像，也可能是同一枚磨损的章，未能判明，请对照纸质原件"


@rule("S161")
def seals_in_colour(case: Case) -> Iterator[Ruling]:
    """Where seals are due, the scan shows them in their own colour."""
    due = [required for required in case.profile.package_seals if required.section != EVERY_SHEET]
    sections, places = {Section(required.section) for required in due}, {required.place for required in due}
    pages = [page for page in case.package.pages if page.section in sections and not page.reading.blank]
    grey = [page for page in pages if page.reading.colourless]
    black = [seal for seal in case.package.seals if seal.mark.colour is Ink.BLACK and seal.place in places]
    if not pages:
        yield not_applicable("S161", "scan", NO_PAGE)
    elif grey or black:
        yield failed("S161", "scan", places=(*(place_of(page) for page in grey), *places_of(black)))
    else:
        yield passed("S161", "scan")


@rule("S162")
def seals_differ(case: Case) -> Iterator[Ruling]:
    """No two impressions are one picture: a stamp never falls twice alike, a pasted picture does."""
    groups: dict[str, list[Seal]] = defaultdict(list)
    for seal in case.package.seals:
        if seal.mark.fingerprint:
            groups[seal.mark.fingerprint].append(seal)
    same = [seals for seals in groups.values() if len({(seal.file, seal.page) for seal in seals}) > 1]
    if not groups:
        yield not_applicable("S162", "seals", "没有找到印章")
    for number, seals in enumerate(same, start=1):
        detail = page_list([PageRef(file=seal.file, page=seal.page) for seal in seals], named=True)
        yield failed("S162", f"seals#{number}" if len(same) > 1 else "seals", detail=detail, places=places_of(seals))
    if groups and not same:
        yield from _unlike(case.package.seals)


def _unlike(seals: Sequence[Seal]) -> Iterator[Ruling]:
    """Seals none of which is surely another's picture; one that may be leaves it open."""
    maybe = {seal.resembles for seal in seals if seal.resembles}
    alike = [seal for seal in seals if seal.resembles or seal.mark.fingerprint in maybe]
    if alike:
        where = page_list([PageRef(file=seal.file, page=seal.page) for seal in alike], named=True)
        yield undecided("S162", "seals", MAYBE_ONE.format(where=where), places=places_of(alike))
    else:
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
