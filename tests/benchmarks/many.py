"""Many synthetic packages as records: their papers, filings and deliveries, without a page printed or read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from pipeline.model.application import Application, Field
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Char, Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.model.indicator import Indicator
from pipeline.model.package import Delivery, Package
from pipeline.model.recommendation import RecommendationRow
from pipeline.model.seal import Ink, Seal, SealMark, Shape
from pipeline.notices.profile import Profile
from samples.applicants import make_filing
from samples.banks import bank
from samples.filing import Filing
from tests.bare_pages import bare_page

SCAN, TABLE = "盖章件.pdf", "推荐表.pdf"
DELIVERIES = 30
PAGES = 30
SEALS = 8
COPIED, DOUBLED, GREEDY = 97, 101, 40
"""Every so many packages one copies another's summary, comes through two recommenders, or is of a unit with many."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A package with its filing and the delivery it lies in."""

    package: Package
    online: Application


def many_filings(count: int, profile: Profile, seed: int) -> tuple[Filing, ...]:
    """Applications of all directions and cities, some of units that apply often, some with a copied summary."""
    rng, made = Random(seed), []
    for number in range(count):
        filing = make_filing(number, rng.choice(bank("cities")), profile, rng, "usual", False)
        if number % GREEDY in (1, 2, 3, 4) and number % (GREEDY * 5) < GREEDY:
            filing = _of_unit(filing, made[number - number % GREEDY])
        if number % COPIED == COPIED - 1:
            filing = filing.with_value("product_summary", made[number // 2].values["product_summary"])
        made.append(filing)
    return tuple(made)


def submitted(filing: Filing, number: int) -> Submitted:
    """The package and the filing of an application; each agrees with the other."""
    delivery = delivery_name(number + 1 if number % DOUBLED == 0 else number)
    pages = tuple(_page(SCAN, page) for page in range(1, PAGES + 1))
    package = Package(
        identity=f"{delivery}/{number:04d}{filing.values['applicant']}",
        delivery=delivery,
        recommender=filing.recommender,
        pages=pages,
        paper=_application(filing, Source.PAPER),
        seals=tuple(_seal(page, filing.values["applicant"]) for page in range(1, SEALS + 1)),
    )
    return Submitted(package, _application(filing, Source.ONLINE))


def delivery_name(number: int) -> str:
    """One of the deliveries, in turn."""
    return f"市州{number % DELIVERIES + 1:02d}"


def deliveries(packages: Mapping[str, Filing], profile: Profile) -> Iterator[Delivery]:
    """The deliveries of packages (by identity), with a recommendation table each."""
    names = {direction.number: direction.name for direction in profile.directions}
    for name in sorted({identity.split("/")[0] for identity in packages}):
        own = [filing for identity, filing in packages.items() if identity.startswith(f"{name}/")]
        rows = tuple(_row(at, filing, names[filing.directions[0]]) for at, filing in enumerate(own, 1))
        yield Delivery(name=name, recommender=own[0].recommender, rows=rows, pages=(_page(TABLE, 1),))


def _of_unit(filing: Filing, other: Filing) -> Filing:
    for key in ("applicant", "uscc"):
        filing = filing.with_value(key, other.values[key])
    return filing


def _application(filing: Filing, source: Source) -> Application:
    paper = source is Source.PAPER
    values = {key: value for key, value in filing.values.items() if paper or not key.startswith("commitment")}
    values |= {"recommender": filing.recommender}
    fields = [
        Field(key=key, reading=_reading(value, source, 1 + at % 8)) for at, (key, value) in enumerate(values.items())
    ]
    fields.append(Field(key="directions", reading=_reading("、".join(map(str, filing.directions)), source, 1,
                                                           filing.directions)))  # fmt: skip
    rows = tuple(
        Indicator(
            direction=filing.directions[0],
            product=filing.values["product"],
            **{key: _reading(getattr(row, key), source, 9) for key in ("name", "current", "target", "note")},
        )
        for row in filing.rows
    )
    said = Application(source=source, fields=tuple(fields), indicators=rows)
    if paper:
        return said
    filed = {"number": filing.number, "submitted_at": filing.submitted_at, "status": filing.status}
    return said.model_copy(update=filed)


def _reading(raw: str, source: Source, page: int, value: Sequence[int] = ()) -> Reading:
    """A reading sure of every character, looked at twice, as most are once a package is judged."""
    paper = source is Source.PAPER
    return Reading(
        value=tuple(value) or raw,
        raw=raw,
        confidence=0.99,
        source=source,
        places=(Place(file=SCAN, page=page, bbox=BBox(0.3, 0.2, 0.8, 0.24)),) if paper else (),
        chars=tuple(Char(text=char, confidence=0.99) for char in raw) if paper else (),
        looks=2 if paper else 1,
        certain=(True,) * len(raw) if paper else (),
    )


def _row(number: int, filing: Filing, direction: str) -> RecommendationRow:
    said = {"no": str(number), "applicant": filing.values["applicant"], "direction": direction,
            "product": filing.values["product"], "reason": "技术领先，产业化基础好。",
            "contact": filing.values["contact_name"], "mobile": filing.values["contact_mobile"]}  # fmt: skip
    cells = ((key, _reading(text, Source.PAPER, 1, filing.directions if key == "direction" else ()))
             for key, text in said.items())  # fmt: skip
    return RecommendationRow(cells=tuple(cells))


def _page(file: str, number: int) -> Page:
    return Page(file=file, sha256="0" * 64, reading=bare_page(number), section=Section.FORM)


def _seal(page: int, owner: str) -> Seal:
    mark = SealMark(bbox=BBox(0.5, 0.6, 0.7, 0.75), shape=Shape.ROUND, diameter_mm=40.0, colour=Ink.RED, text=owner,
                    confidence=0.99)  # fmt: skip
    return Seal(mark=mark, file=SCAN, page=page, owner=owner)
