from __future__ import annotations

import pytest

from extractors.tables.cells import find_grids
from extractors.tables.rulings import find_rulings
from tests.extractors.tables.drawn import CHARACTER, PLANS, WORN, Plan, draw, exactness

LOW = {("low", wear) for wear in ("dashed", "dashed thick", "dashed noisy", "dotted")}
NOT_YET = {(plan, "broken") for plan in PLANS} | LOW
"""A gap every few characters leaves pieces too short to be told from strokes; a row hardly higher than a dash is long
has no piece by itself."""
CASES = [
    pytest.param(plan, wear, marks=pytest.mark.xfail(strict=True)) if (plan, wear) in NOT_YET else (plan, wear)
    for plan in PLANS
    for wear in WORN
]


@pytest.mark.parametrize(("plan", "wear"), CASES)
def test_cells_of_worn_tables_are_found_as_drawn(plan: str, wear: str) -> None:
    grids = find_grids(find_rulings(WORN[wear](PLANS[plan]), CHARACTER), CHARACTER)
    assert exactness(grids, PLANS[plan]) >= 0.98


def test_ends_of_two_tables_side_by_side_are_not_joined() -> None:
    left, right = Plan((60, 160, 260), (100, 160, 220)), Plan((340, 440, 540), (102, 162, 222))
    picture = draw((left, right), size=(600, 400))
    assert exactness(find_grids(find_rulings(picture, CHARACTER), CHARACTER), (left, right)) == 1.0


def test_a_worn_border_of_one_table_is_closed_all_the_same() -> None:
    plan = Plan((60, 200, 560), (100, 160, 220))
    picture = draw((plan,), size=(600, 400))
    picture[216:225, 215:400] = 255
    assert exactness(find_grids(find_rulings(picture, CHARACTER), CHARACTER), (plan,)) == 1.0
