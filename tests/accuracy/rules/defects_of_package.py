"""Defects of a package as a whole: files, parts, pages, copies, what needs care; and doubt of the reader's."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.care import WithheldFile
from pipeline.model.document import Page
from pipeline.model.geometry import BBox
from pipeline.model.seal import DigitalSignature
from samples.defects import COMPARED, ONLINE_ONLY, TEXTS, DefectSpec, altered, plant
from tests.accuracy.rules.night import DOCX, TABLE, Handed, Night, file_of, filing_of
from tests.accuracy.rules.plot import Planted, Planter, Plot, planting
from tests.accuracy.rules.witnesses import SCAN, filed, seen

ANY_PLACE = BBox(0.3, 0.4, 0.6, 0.43)
STRANGERS = 2000
"""Added to a seed for a unit that hands in nothing but a filing."""
PROBLEMS = ("文件已损坏，打不开。", "文件已加密，需要密码。", "不支持的文件格式。", "压缩包已损坏。")


AMOUNTS = {"P121": "revenue", "P122": "rd_spend"}
"""What a document of another item may state, so that nothing is missing."""


def from_samples(code: str) -> Planter:
    """The way in which samples plant a code's defect."""

    def planter(plot: Plot) -> Planted | None:
        made = plant(plot.submission, DefectSpec(code), plot.rng)
        if not made.planted:
            return None
        night = plot.built(made)
        stated = {key for document in night.subject.package.evidence for key, _ in document.amounts}
        return None if AMOUNTS.get(code) in stated else Planted(night, made.planted[-1].field)

    planter.__name__ = f"samples_{code}"
    return planter


for _code in ("P102", "P111", "P112", "P113", "P114", "P115", "P121", "P122", "P123", "P124", "P125", "P131"):
    planting(_code)(from_samples(_code))


@planting("P001")
def file_does_not_open(plot: Plot) -> Planted:
    name = plot.rng.choice(("证明材料.pdf", "附件.zip", "补充说明.docx", "扫描件（二）.pdf"))
    files = (*plot.night.subject.package.files, file_of(name, plot.rng.choice(PROBLEMS)))
    return Planted(plot.night.with_package(files=files))


@planting("P101")
def nothing_but_the_docx(plot: Plot) -> Planted:
    bare = dict.fromkeys(("pages", "seals", "seams", "signatures", "evidence"), ())
    return Planted(plot.night.with_package(files=(file_of(DOCX),), paper=None, recommender="", **bare))


@planting("P132")
def filing_without_a_package(plot: Plot) -> Planted:
    filing = filing_of(STRANGERS + plot.seed)
    return Planted(replace(plot.night, unmatched=(filed(filing, plot.profile),)))


def twin(plot: Plot, ending: str, **told: object) -> Handed:
    """The judged package once more under another name."""
    own = plot.night.subject.package
    package = own.model_copy(update={"identity": f"{own.identity}{ending}", **told})
    return Handed(package, None)


@planting("P141")
def handed_in_twice(plot: Plot) -> Planted:
    files = (file_of(SCAN, owner=f"{plot.filing.number}/2"),)
    return Planted(replace(plot.night, handed=(*plot.night.handed, twin(plot, "#2", files=files))))


@planting("P141")
def the_same_scan_twice(plot: Plot) -> Planted:
    return Planted(replace(plot.night, handed=(*plot.night.handed, twin(plot, "（再交）"))))


def renumbered(night: Night, pages: list[Page]) -> Night:
    """The night with these pages as the scan, one after another."""
    made = tuple(
        page.model_copy(update={"reading": page.reading.model_copy(update={"page": number})})
        for number, page in enumerate(pages, 1)
    )
    return night.with_package(pages=made)


def with_numbers(plot: Plot) -> list[Page]:
    """The scan's pages, each of the application's own with its number in its margin."""
    return [
        page.model_copy(update={"printed": seen(str(page.page), "text", plot.profile, page=page.page)})
        if page.section not in ("cover", "evidence")
        else page
        for page in plot.night.subject.package.pages
    ]


@planting("P142")
def page_scanned_twice(plot: Plot) -> Planted:
    pages = list(plot.night.subject.package.pages)
    long = [index for index, page in enumerate(pages) if sum(len(line.text) for line in page.reading.lines) > 150]
    index = plot.rng.choice(long)
    return Planted(renumbered(plot.night, [*pages[: index + 1], *pages[index:]]))


@planting("P142")
def number_passed_over(plot: Plot) -> Planted | None:
    pages = with_numbers(plot)
    own = [index for index, page in enumerate(pages) if page.printed is not None and page.section != "commitment"]
    after = plot.rng.choice(own[:-1])
    later = [
        page.model_copy(update={"printed": seen(str(page.page + 1), "text", plot.profile, page=page.page)})
        if index > after and page.printed is not None
        else page
        for index, page in enumerate(pages)
    ]
    return Planted(renumbered(plot.night, later))


@planting("P142")
def pages_changed_places(plot: Plot) -> Planted | None:
    pages = with_numbers(plot)
    own = [index for index, page in enumerate(pages) if page.printed is not None and page.section != "commitment"]
    if len(own) < 3:
        return None
    at = plot.rng.randrange(len(own) - 1)
    one, other = own[at], own[at + 1]
    pages[one], pages[other] = pages[other], pages[one]
    return Planted(renumbered(plot.night, pages))


@planting("P151")
def too_few_copies(plot: Plot) -> Planted:
    first, *others = plot.night.deliveries[0].receipts
    less = first.model_copy(update={"copies": plot.rng.randint(0, (first.copies or 1) - 1)})
    return Planted(plot.night.with_delivery(receipts=(less, *others)))


@planting("P151")
def too_few_at_the_city(plot: Plot) -> Planted:
    first, *others = plot.night.deliveries[0].receipts
    hop = plot.profile.hops[0]
    day = (hop.deadline or plot.profile.deadlines.online).replace(hour=9)
    less = first.model_copy(update={"copies": (hop.copies or 1) - 1, "stage": hop.name, "received_at": day})
    return Planted(plot.night.with_delivery(receipts=(first, less, *others)))


@planting("S163")
def digitally_signed(plot: Plot) -> Planted:
    told = DigitalSignature(
        file=SCAN, signer=plot.filing.show("applicant"), intact=plot.rng.choice((True, False, None))
    )
    return Planted(plot.night.with_package(digital=(told,)))


@planting("Q101")
def page_that_shows_nothing(plot: Plot) -> Planted:
    pages = list(plot.night.subject.package.pages)
    index = plot.rng.randrange(len(pages))
    dark = {"unreadable": "图像过暗", "lines": ()}
    pages[index] = pages[index].model_copy(update={"reading": pages[index].reading.model_copy(update=dark)})
    return Planted(plot.night.with_package(pages=tuple(pages)))


@planting("Q102")
def character_left_in_doubt(plot: Plot) -> Planted | None:
    """Paper's box differs from the filing in one character, which the looks at it did not agree on."""
    key = plot.rng.choice([key for key in COMPARED if key not in (*ONLINE_ONLY, *TEXTS)])
    old = plot.filing.show(key)
    new = altered(plot.filing.values[key], key, plot.rng) if old == plot.filing.values[key] else old
    if new == old or len(new) != len(old) or key == "uscc":
        return None
    certain = tuple(one == other for one, other in zip(old, new, strict=True))
    reading = plot.reading(key, new).model_copy(update={"certain": certain})
    return Planted(plot.night.with_reading(key, reading), key)


@planting("Z101")
def marked_secret(plot: Plot) -> Planted:
    package = plot.night.subject.package
    page = plot.rng.choice((None, *range(1, len(package.pages) + 1)))
    bare = dict.fromkeys(("pages", "seals", "seams", "signatures", "evidence", "editable"), ())
    marked = (WithheldFile(file=SCAN, page=page),)
    return Planted(plot.night.with_package(withheld=marked, paper=None, recommender="", **bare))


@planting("Z101")
def table_marked_secret(plot: Plot) -> Planted:
    bare = dict.fromkeys(("pages", "rows", "seals"), ())
    marked = (WithheldFile(file=TABLE, page=1),)
    return Planted(plot.night.with_delivery(withheld=marked, recommender_reading=None, **bare))


@planting("Z102")
def identity_card_copied(plot: Plot) -> Planted:
    pages = list(plot.night.subject.package.pages)
    index = plot.rng.randrange(len(pages))
    shown = pages[index].reading.model_copy(update={"personal": (ANY_PLACE,)})
    pages[index] = pages[index].model_copy(update={"reading": shown})
    return Planted(plot.night.with_package(pages=tuple(pages)))


@planting("N101")
def notice_names_a_wrong_weekday(plot: Plot) -> Planted:
    """The notice itself does: every run says so."""
    return Planted(plot.night)
