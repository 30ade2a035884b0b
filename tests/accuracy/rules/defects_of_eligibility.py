"""Defects of who applies, by when and through whom; of the recommendation table; of all packages together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.model.recommendation import RecommendationRow
from samples.codes import check_digit
from samples.defects import altered
from samples.filing import Filing
from samples.submission import clean_submission
from tests.accuracy.rules.night import (
    Handed,
    Night,
    beside,
    cell_of,
    delivery_of,
    filing_of,
    handed_in,
    row_of,
)
from tests.accuracy.rules.plot import Planted, Plot, planting

PROJECTS = 3000
"""Added to a seed for further projects of the same unit."""
DEPENDENT = ("成都分公司", "绵阳办事处", "智能项目部")
ELSEWHERE = {"11": "北京市海淀区中关村大街", "44": "深圳市南山区科技园路", "33": "杭州市余杭区文一西路"}
"""Places outside the province by the digits of their credit codes."""
ASSOCIATION = "四川省人工智能产业协会"
PLATFORM = "平台"


def further_projects(plot: Plot, count: int) -> tuple[tuple[Filing, Handed], ...]:
    """More packages of the judged unit, each for another product, handed in by the same city."""
    made = []
    for number in range(count):
        other = filing_of(PROJECTS + plot.seed * 5 + number, plot.seed)
        own = {key: plot.filing.values[key] for key in ("applicant", "uscc", "address", "legal_representative")}
        product = f"{other.values['product']}{PLATFORM}{number + 1}"
        values = {**other.values, **own, "product": product, "commitment_product": product}
        shown = {key: text for key, text in other.shown.items() if key not in (*own, "product")}
        filing = replace(other, values=values, shown=shown, recommender=plot.filing.recommender, city=plot.filing.city)
        identity = f"{filing.city}/{filing.values['applicant']}（{number + 2}）"
        made.append((filing, handed_in(clean_submission(filing), PROJECTS + number, identity)))
    return tuple(made)


def told_again(plot: Plot, filings: Sequence[Filing]) -> Night:
    """The night with these filings in the judged delivery's table and log."""
    before = plot.night.deliveries[0]
    fresh = delivery_of(before.name, before.recommender, filings)
    return plot.night.with_delivery(rows=fresh.rows, receipts=fresh.receipts)


def own_and_near(plot: Plot) -> list[Filing]:
    """The two filings of the judged delivery."""
    return [plot.filing, beside(plot.seed)[0]]


@planting("R101")
def four_projects(plot: Plot) -> Planted:
    more = further_projects(plot, plot.profile.max_projects)
    night = told_again(plot, [*own_and_near(plot), *(filing for filing, _ in more)])
    return Planted(replace(night, handed=(*night.handed, *(handed for _, handed in more))))


@planting("R102")
def through_two_recommenders(plot: Plot) -> Planted:
    filing = further_projects(plot, 1)[0][0]
    recommender = plot.rng.choice((ASSOCIATION, plot.night.deliveries[1].recommender))
    name = "省协会" if recommender == ASSOCIATION else plot.night.deliveries[1].name
    filing = replace(filing, recommender=recommender, city=name)
    moved = handed_in(clean_submission(filing), PROJECTS, f"{name}/{filing.values['applicant']}")
    delivery = delivery_of(name, recommender, [filing])
    return Planted(
        replace(plot.night, handed=(*plot.night.handed, moved), deliveries=(*plot.night.deliveries, delivery))
    )


@planting("R103")
def won_before(plot: Plot) -> Planted:
    own = (plot.filing.show("applicant"), plot.filing.values["product"])
    return Planted(replace(plot.night, winners=(("四川他山科技有限公司", "他山平台"), own)))


@planting("R104")
def unit_of_another_province(plot: Plot) -> Planted:
    digits = plot.rng.choice(sorted(ELSEWHERE))
    head = f"{plot.filing.values['uscc'][:2]}{digits}0100{plot.filing.values['uscc'][8:17]}"
    address = f"{ELSEWHERE[digits]}{plot.rng.randint(1, 300)}号"

    def moved(each: Filing) -> Filing:
        return each.with_value("uscc", head + check_digit(head)).with_value("address", address)

    return Planted(plot.built(plot.everywhere(moved)), "uscc")


@planting("R105")
def filed_late(plot: Plot) -> Planted:
    late = plot.profile.deadlines.online + timedelta(seconds=plot.rng.choice((1, 3600, 86400, 500000)))
    return Planted(plot.built(replace(plot.submission, online=replace(plot.filing, submitted_at=late))))


@planting("R105")
def left_a_draft(plot: Plot) -> Planted:
    status = plot.rng.choice(plot.profile.online.draft)
    return Planted(plot.built(replace(plot.submission, online=replace(plot.filing, status=status))))


@planting("R106")
def received_late(plot: Plot) -> Planted:
    hop = plot.profile.own_hop
    assert hop.deadline is not None
    return received(plot, hop.name, hop.deadline + timedelta(seconds=plot.rng.choice((1, 60, 7200, 250000))))


@planting("R106")
def received_late_by_the_city(plot: Plot) -> Planted:
    hop = plot.profile.hops[0]
    assert hop.deadline is not None
    return received(plot, hop.name, hop.deadline + timedelta(seconds=plot.rng.choice((1, 86400))))


def received(plot: Plot, stage: str, moment: datetime) -> Planted:
    """The judged package's line of the log with another moment."""
    first, *others = plot.night.deliveries[0].receipts
    copies = plot.profile.hop(stage).copies
    line = first.model_copy(update={"received_at": moment, "stage": stage, "copies": copies})
    return Planted(plot.night.with_delivery(receipts=(line, *others)))


@planting("R107")
def a_branch_applies(plot: Plot) -> Planted:
    name = plot.filing.values["applicant"] + plot.rng.choice(DEPENDENT)
    changed = plot.filing.with_value("applicant", name)
    return Planted(plot.built(clean_submission(changed)), "applicant")


@planting("R107")
def a_sole_trader_applies(plot: Plot) -> Planted:
    head = f"92{plot.filing.values['uscc'][2:17]}"
    changed = plot.filing.with_value("uscc", head + check_digit(head))
    return Planted(plot.built(clean_submission(changed)), "applicant")


@planting("R108")
def nobody_recommends(plot: Plot) -> Planted:
    """The cover names nobody, and the table has no row of it: R201 says the latter."""
    night = plot.night.with_reading("recommender", plot.reading("recommender", "")).with_package(recommender="")
    near = own_and_near(plot)[1]
    return Planted(night.with_delivery(rows=(row_of(1, near, plot.profile),)), "recommender", frozenset({"R201"}))


@planting("R109")
def recommender_of_another_city(plot: Plot) -> Planted:
    """The unit sits, and is registered, in another city of the province."""
    other = plot.night.handed[2].package
    there = other.paper
    assert there is not None
    head = f"{plot.filing.values['uscc'][:2]}{there.text('uscc')[2:8]}{plot.filing.values['uscc'][8:17]}"
    if head[2:6] == f"{plot.profile.province_code}00":
        region = next(city.code for name, city in plot.profile.cities.items() if name in other.delivery)
        head = f"{head[:2]}{region}00{head[8:]}"

    def moved(each: Filing) -> Filing:
        return each.with_value("uscc", head + check_digit(head)).with_value("address", there.text("address"))

    return Planted(plot.built(plot.everywhere(moved)), "recommender")


@planting("R110")
def summary_of_another_unit(plot: Plot) -> Planted:
    near = own_and_near(plot)[1]
    text = near.values["product_summary"].replace(near.values["applicant"], plot.filing.values["applicant"])
    return Planted(plot.built(plot.everywhere(lambda each: each.with_value("product_summary", text))))


@planting("R111")
def filed_under_another_recommender(plot: Plot) -> Planted:
    other = plot.rng.choice((ASSOCIATION, plot.night.deliveries[1].recommender))
    made = replace(plot.submission, online=replace(plot.filing, recommender=other))
    return Planted(plot.built(made), "recommender")


@planting("R111")
def table_of_another_recommender(plot: Plot) -> Planted:
    """The table's head names another unit than the cover: the seal on it is that unit's."""
    delivery = plot.night.deliveries[0]
    other = delivery_of(delivery.name, ASSOCIATION, own_and_near(plot))
    return Planted(replace(plot.night, deliveries=(other, *plot.night.deliveries[1:])), "recommender")


@planting("R200")
def no_table(plot: Plot) -> Planted:
    return Planted(plot.night.with_delivery(rows=(), pages=(), files=(), seals=(), recommender_reading=None))


@planting("R201")
def not_in_the_table(plot: Plot) -> Planted:
    near = own_and_near(plot)[1]
    return Planted(plot.night.with_delivery(rows=(row_of(1, near, plot.profile),)))


@planting("R202")
def row_without_a_package(plot: Plot) -> Planted:
    stranger = filing_of(PROJECTS + 500 + plot.seed, plot.seed)
    rows = (*plot.night.deliveries[0].rows, row_of(3, stranger, plot.profile))
    return Planted(plot.night.with_delivery(rows=rows))


def with_cell(plot: Plot, column: str, text: str, number: int = 0) -> Night:
    """The judged delivery's table with another cell."""
    names = {each.number: each.name for each in plot.profile.directions}
    rows = list(plot.night.deliveries[0].rows)
    cells = tuple((key, cell_of(key, text, names) if key == column else reading) for key, reading in rows[number].cells)
    rows[number] = RecommendationRow(cells=cells)
    return plot.night.with_delivery(rows=tuple(rows))


FIELDS = {
    "applicant": "applicant", "product": "product", "direction": "directions", "contact": "contact_name",
    "mobile": "contact_mobile",
}  # fmt: skip


@planting("R203")
def row_says_otherwise(plot: Plot) -> Planted:
    column = plot.rng.choice(sorted(FIELDS))
    if column == "direction":
        others = [each for each in plot.profile.directions if each.number not in plot.filing.directions]
        return Planted(with_cell(plot, column, plot.rng.choice(others).name), "directions")
    key = FIELDS[column]
    return Planted(with_cell(plot, column, altered(plot.filing.values[key], key, plot.rng)), key)


@planting("R204")
def ranks_out_of_order(plot: Plot) -> Planted:
    return Planted(with_cell(plot, "no", plot.rng.choice(("1", "3", "5")), number=1))


@planting("R205")
def cell_left_blank(plot: Plot) -> Planted:
    return Planted(with_cell(plot, plot.rng.choice(("reason", "contact", "mobile", "direction")), ""))


@planting("R207")
def direction_of_no_notice(plot: Plot) -> Planted:
    text = plot.rng.choice(("量子计算机", "新能源汽车电池", "方向19", "其他"))
    return Planted(with_cell(plot, "direction", text), "directions")


@planting("R208")
def listed_twice(plot: Plot) -> Planted:
    near = own_and_near(plot)[1]
    filings = (plot.filing, near, plot.filing)
    rows = tuple(row_of(number, filing, plot.profile) for number, filing in enumerate(filings, 1))
    return Planted(plot.night.with_delivery(rows=rows))
