"""The statistics of calibration, against known answers."""

from __future__ import annotations

from random import Random

import pytest

from tests.calibration import curve


def drawn(count: int, shift: float = 0.0, seed: int = 7) -> list[curve.Point]:
    """Answers as often right as their confidence says, less `shift`."""
    rng = Random(seed)
    confidences = [rng.uniform(0.5, 1.0) for _ in range(count)]
    return [(each, rng.random() < each - shift) for each in confidences]


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 100, 0.0018, 0.0545), (0, 0, 0.0, 1.0)],
)
def test_wilson(count: int, total: int, low: float, high: float) -> None:
    assert curve.wilson(count, total) == pytest.approx((low, high), abs=1e-4)


def test_every_answer_falls_into_one_bin() -> None:
    points = [(0.0, False), (0.3, True), (0.30001, True), (0.5, False), (0.999, True), (1.0, True)]
    assert [(each.low, each.high, each.total, each.right) for each in curve.bins(points)] == [
        (0.0, 0.3, 2, 1), (0.3, 0.5, 2, 1), (0.995, 0.999, 1, 1), (0.999, 1.0, 1, 1),
    ]  # fmt: skip


def test_error_of_confidence_is_how_far_it_is_off() -> None:
    assert curve.expected_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0.0)
    assert curve.expected_error([(0.75, True), (0.75, False)]) == pytest.approx(0.25)
    assert curve.expected_error(drawn(20000)) < 0.01 < curve.expected_error(drawn(20000, shift=0.1))


def test_isotonic_pools_what_falls() -> None:
    points = [(0.1, False), (0.2, True), (0.3, False), (0.4, True)]
    assert [(block.start, block.total, block.right) for block in curve.isotonic(points)] == [
        (0.1, 1, 0), (0.2, 2, 1), (0.4, 1, 1),
    ]  # fmt: skip


def test_isotonic_never_falls_and_keeps_every_answer() -> None:
    points = drawn(500, shift=0.2)
    blocks = curve.isotonic(points)
    assert [block.share for block in blocks] == sorted(block.share for block in blocks)
    assert sum(block.total for block in blocks) == 500
    assert sum(block.right for block in blocks) == sum(right for _, right in points)


def test_logistic_finds_the_curve_that_answers_were_drawn_from() -> None:
    fitted = curve.logistic(drawn(40000))
    assert fitted.level == pytest.approx(0.0, abs=0.1) and fitted.slope == pytest.approx(1.0, abs=0.1)
    assert fitted.at(0.8) == pytest.approx(0.8, abs=0.02)
    assert fitted.at(fitted.reaching(0.9) or 0.0) == pytest.approx(0.9)


def test_logistic_stays_finite_where_nothing_is_wrong() -> None:
    fitted = curve.logistic([(0.9, True), (0.99, True)])
    assert 0.5 < fitted.at(0.9) < 1


def stepped(wrong_below: int, wrong_above: int, count: int = 4000) -> list[curve.Point]:
    """A hundred answers at 0.5 and many at 0.95; so many of the first and of the last are wrong."""
    below = [(0.5, number >= wrong_below) for number in range(100)]
    return below + [(0.95, number >= wrong_above) for number in range(count)]


def test_threshold_lies_above_what_is_wrong_too_often() -> None:
    threshold = curve.doubt_threshold(stepped(30, 4), 0.05, 0.005)
    assert threshold is not None and 0.5 < threshold <= 0.95
    assert curve.believed(stepped(30, 4), threshold) == (4, 4000)


def test_what_is_seldom_wrong_is_believed_as_soon_as_all_together_is() -> None:
    assert curve.doubt_threshold(stepped(2, 0), 0.05, 0.005) == 0.5
    raised = curve.doubt_threshold(stepped(4, 0, count=1000), 0.05, 0.005)
    assert raised is not None and raised > 0.5


def test_a_stricter_requirement_never_lowers_the_threshold() -> None:
    points = [(confidence, right) for confidence, right in drawn(30000) if right or confidence < 0.9]
    found = [curve.doubt_threshold(points, just_wrong, 0.3) or 1.0 for just_wrong in (0.2, 0.1, 0.05)]
    assert found == sorted(found) and found[0] < found[-1]


def test_no_threshold_where_the_surest_are_wrong_too_often_or_too_few_to_tell() -> None:
    assert curve.doubt_threshold(stepped(30, 40), 0.005, 0.005) is None
    assert curve.doubt_threshold(stepped(30, 0, count=100), 0.05, 0.005) is None
    assert curve.doubt_threshold([], 0.05, 0.005) is None


def test_what_a_threshold_costs() -> None:
    points = [(0.5, True), (0.5, False), (0.9, True), (0.95, False), (0.99, True)]
    assert curve.believed(points, 0.9) == (1, 3)
    assert curve.doubted(points, 0.9) == (1, 3)
