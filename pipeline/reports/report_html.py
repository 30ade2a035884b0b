"""report.html of a package: one file, with pictures inside, for reading and for printing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.model.document import Page
from pipeline.model.evidence import Place
from pipeline.model.finding import Severity, Verdict
from pipeline.model.geometry import BBox
from pipeline.model.package import Result
from pipeline.model.seal import Seal
from pipeline.notices.profile import Profile
from pipeline.reports import wording
from pipeline.reports.catalogue_words import catalogue_words
from pipeline.reports.differences import marked
from pipeline.reports.finding_rows import applicant_of
from pipeline.reports.gallery import Gallery, PageKey, gather
from pipeline.reports.indicator_view import indicator_groups
from pipeline.reports.letter import advice
from pipeline.reports.pictures import NoPictures, Pictures
from pipeline.reports.report_view import (
    FindingCard,
    codes_of,
    finding_cards,
    first_of_subjects,
    grouped,
    marks_by_page,
    may_be_shown,
    pages_in_order,
    required_places,
    undecided,
)
from pipeline.reports.result_json import worst_outcomes
from pipeline.reports.witnesses import STATE_WORDS, field_rows, text_of
from pipeline.values.page_words import page_list

TEMPLATES = Path(__file__).parent / "templates"
CROPS_A_FINDING = 3
MARGIN = 0.004
"""Of the page, put around an evidence box so that its frame does not touch the letters."""


def report_html(result: Result, pictures: Pictures, profile: Profile) -> bytes:
    """The page, UTF-8; the same for the same result and pictures."""
    cards = finding_cards(result, profile)
    marks = marks_by_page(cards)
    shown = may_be_shown(result)
    gallery = _gallery(result, cards, pictures if shown else NoPictures())
    with_marks, others = pages_in_order(result, marks)
    page: str = _template().render(
        css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        **_head(result, profile),
        **_body(result, cards, profile),
        **_words(),
        crops=gallery.crops,
        pages=gallery.pages,
        thumbnails=gallery.thumbnails,
        artefacts=gallery.artefacts,
        marks=marks,
        marked_pages=with_marks,
        other_pages=others,
        shown=shown,
        several_files=len({page.file for page in result.package.pages}) > 1,
        subject=lambda verdict: _subject(verdict, profile),
        code_title=catalogue_words(profile).title,
    )
    return page.encode("utf-8", "replace")


def _gallery(result: Result, cards: Sequence[FindingCard], pictures: Pictures) -> Gallery:
    package = result.package
    places = [place for card in cards for place in card.crops[:CROPS_A_FINDING]]
    places += [_seal_crop(seal) for seal in package.seals if seal.place]
    places += [signature.place for signature in package.signatures if signature.place]
    with_evidence = [PageKey(place.file, place.page) for card in cards for place in card.finding.evidence]
    every = [_page_key(page) for page in package.pages]
    known = set(every)
    return gather(
        pictures,
        [place for place in places if PageKey(place.file, place.page) in known],
        [key for key in with_evidence if key in known],
        every,
        [seam.picture for seam in package.seams if seam.picture],
    )


def _head(result: Result, profile: Profile) -> dict[str, Any]:
    package, paper = result.package, result.package.paper
    counts = [(wording.SEVERITIES[severity.value], result.count(severity)) for severity in Severity]
    return {
        "identity": package.identity,
        "applicant": applicant_of(result),
        "conclusion": result.conclusion,
        "conclusion_word": wording.CONCLUSIONS[result.conclusion],
        "counts": [*counts, ("待定", result.undecided)],
        "advice": advice(result),
        "error": result.error,
        "facts": (
            ("揭榜产品", text_of(paper, "product", profile)),
            ("产品方向", text_of(paper, "directions", profile)),
            ("推荐单位", package.recommender),
            ("申报编号", result.online.number if result.online else None),
            ("所在文件夹", package.identity),
        ),
    }


def _body(result: Result, cards: Sequence[FindingCard], profile: Profile) -> dict[str, Any]:
    package = result.package
    required = required_places(result, profile)
    open_verdicts, doubted = undecided(result)
    placed = {seal for place in required for seal in place.seals}
    return {
        "cards": cards,
        "undecided": [
            (codes_of(group), first_of_subjects(group), _places_of(group)) for group in grouped(open_verdicts)
        ],
        "doubted": doubted,
        "fields": field_rows(result, profile),
        "indicators": indicator_groups(result),
        "required": required,
        "signatures": package.signatures,
        "seams": package.seams,
        "other_seals": [seal for seal in package.seals if seal not in placed],
        "evidence": package.evidence,
        "checks": sorted(worst_outcomes(result.verdicts, result.findings).items()),
        "files": sorted(package.files, key=lambda file: file.source.path),
        "faults": result.faults,
    }


def _words() -> dict[str, Any]:
    return {
        "severities": wording.SEVERITIES,
        "outcomes": wording.OUTCOMES,
        "presence": wording.PRESENCE,
        "purposes": wording.PURPOSES,
        "shapes": wording.SHAPES,
        "inks": wording.INKS,
        "seam_states": wording.SEAM_STATES,
        "sections": wording.SECTIONS,
        "roles": wording.ROLES,
        "file_kinds": wording.FILE_KINDS,
        "amount_words": wording.AMOUNTS,
        "state_words": STATE_WORDS,
    }


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(
        page_anchor=_page_anchor,
        page_key=_page_key,
        page_list=page_list,
        crop_of=_seal_crop,
        overlay=_overlay,
        marked=marked,
        seal_name=wording.seal_name,
        seal_place=wording.seal_place,
    )
    return environment.get_template("report.html.j2")


def _seal_crop(seal: Seal) -> Place:
    return Place(file=seal.file, page=seal.page, bbox=seal.mark.bbox)


def _page_key(page: Page) -> PageKey:
    return PageKey(page.file, page.page)


def _page_anchor(file: str, page: int) -> str:
    return f"p-{hashlib.sha256(file.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}-{page}"


def _overlay(box: BBox) -> str:
    """A box as CSS, in per cent of the page picture."""
    left, top = max(0.0, box.x0 - MARGIN), max(0.0, box.y0 - MARGIN)
    right, bottom = min(1.0, box.x1 + MARGIN), min(1.0, box.y1 + MARGIN)
    sides = (("left", left), ("top", top), ("width", right - left), ("height", bottom - top))
    return ";".join(f"{side}:{value * 100:.2f}%" for side, value in sides)


def _places_of(verdicts: Sequence[Verdict]) -> list[Place]:
    """A place for each page that the verdicts point to."""
    by_page = {(place.file, place.page): place for verdict in verdicts for place in verdict.places}
    return list(by_page.values())


def _subject(verdict: Verdict, profile: Profile) -> str:
    return catalogue_words(profile).subject(verdict.subject) or wording.heading(verdict.field or "", profile)
