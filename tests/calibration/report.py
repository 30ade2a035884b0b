"""The measured part of docs/calibration.md, and its plot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from pipeline.doubt import BELIEVED
from tests.calibration.answers import Kind
from tests.calibration.curve import (
    Logistic,
    Point,
    believed,
    bins,
    doubt_threshold,
    doubted,
    expected_error,
    isotonic,
    logistic,
    wilson,
)
from tests.calibration.measuring import Answers
from tests.calibration.plot import plot

JUST_WRONG = 1 / 20
"""A character that is just about believed may be wrong so often: a clean package may have one doubt, but only 0.05
false errors, so one false error weighs twenty doubts."""
MOST_WRONG = 0.005
"""Of all characters believed, surely no more are wrong."""
DOCUMENT, PLOT = "calibration.md", "calibration.svg"
BEGIN, END = "<!-- measured: written by `make calibration` -->", "<!-- end of what was measured -->"
TRIED = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.999)
RESAMPLES, KEPT_OUT = 200, 0.05


def write_report(kept: Sequence[Answers], docs: Path) -> None:
    """Put the figures between the document's marks, and draw the plot beside it."""
    document = docs / DOCUMENT
    document.write_text(with_measured(document.read_text(encoding="utf-8"), measured(kept)), encoding="utf-8")
    panels = {kind.value: points for kind in Kind if (points := points_of(kept, kind))}
    marked = (Kind.AGREED_CHARACTER.value,)
    (docs / PLOT).write_text(plot(panels, JUST_WRONG, BELIEVED, marked), encoding="utf-8")


def with_measured(document: str, text: str) -> str:
    """The document with another measured part.

    Raises:
        ValueError: Its marks are gone.
    """
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{DOCUMENT} lacks its marks")
    return f"{head}{BEGIN}\n\n{text}\n{END}{tail}"


def points_of(kept: Iterable[Answers], kind: Kind, level: str | None = None) -> list[Point]:
    """The answers of a kind, of all levels or of one."""
    return [
        (answer.confidence, answer.right)
        for each in kept
        if level in (None, each.level)
        for answer in each.answers
        if answer.kind is kind
    ]


def measured(kept: Sequence[Answers]) -> str:
    """All figures, as Markdown."""
    levels = Counter(each.level for each in kept)
    asked = ", ".join(f"{count} packages {level}" for level, count in levels.items())
    lines = [f"Measured on {asked}.", ""]
    lines += [*_threshold(kept), "", *_costs(kept), "", *_believed(kept, tuple(levels)), ""]
    for kind in (each for each in Kind if points_of(kept, each)):
        lines += [*_table(kind, kept, tuple(levels)), ""]
    return "\n".join(lines)


def _threshold(kept: Sequence[Answers]) -> Iterator[str]:
    points = _agreeing(kept)
    found = doubt_threshold(points, JUST_WRONG, MOST_WRONG)
    yield "### The threshold that follows"
    yield ""
    yield f"Follows from the curve: **{_figure(found)}**. {_resampled(kept)}"
    yield ""
    yield _curve(points, logistic(points))


def _agreeing(kept: Iterable[Answers]) -> list[Point]:
    """Characters that the looks agree on at all: the others are in doubt whatever the threshold."""
    return [point for point in points_of(kept, Kind.AGREED_CHARACTER) if point[0] > 0]


def _figure(threshold: float | None) -> str:
    return "none" if threshold is None else f"{threshold:.2f}"


def _resampled(kept: Sequence[Answers]) -> str:
    """How far the threshold moves when packages are drawn anew, with replacement."""
    rng = Random(1)
    found = []
    for _ in range(RESAMPLES):
        drawn = rng.choices(kept, k=len(kept))
        found.append(doubt_threshold(_agreeing(drawn), JUST_WRONG, MOST_WRONG))
    known = sorted(each for each in found if each is not None)
    if not known:
        return "No drawing of packages anew gives one."
    low, high = known[int(KEPT_OUT * len(known))], known[int((1 - KEPT_OUT) * len(known)) - 1]
    none = len(found) - len(known)
    return f"With packages drawn anew {RESAMPLES} times: {low:.2f} to {high:.2f} in nine of ten, none in {none}."


def _curve(points: Sequence[Point], fitted: Logistic) -> str:
    steps = ", ".join(f"{block.share:.2%} from {block.start:.4f} ({block.total})" for block in isotonic(points))
    formula = f"1 / (1 + exp(-({fitted.level:.3f} + {fitted.slope:.3f} logit c)))"
    return f"Logistic curve: P(right) = {formula}; isotonic steps: {steps}."


def _costs(kept: Sequence[Answers]) -> Iterator[str]:
    agreeing, every = _agreeing(kept), points_of(kept, Kind.AGREED_CHARACTER)
    apart = [right for confidence, right in every if confidence == 0]
    told = f"{len(apart)} of {len(every)} characters, {sum(apart)} of them read right all the same"
    yield f"Where the looks differ ({told}) doubt stays. Of the others:"
    yield ""
    yield "| threshold | believed | of them wrong | upper bound | right, yet doubted |"
    yield "|---|---|---|---|---|"
    for threshold in sorted({*TRIED, BELIEVED}):
        wrong, total = believed(agreeing, threshold)
        lost, right = doubted(agreeing, threshold)
        name = f"**{threshold:.2f}**" if threshold == BELIEVED else f"{threshold:g}"
        yield f"| {name} | {total} | {wrong} | {wilson(wrong, total)[1]:.3%} | {lost} ({lost / max(1, right):.3%}) |"


def _believed(kept: Sequence[Answers], levels: Sequence[str]) -> Iterator[str]:
    yield f"What is believed at {BELIEVED:.2f}, characters and whole values (values where every character is):"
    yield ""
    yield "| level | characters | wrong | upper bound | doubted | values | wrong | upper bound | doubted |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for level in levels:
        parts = []
        for kind in (Kind.AGREED_CHARACTER, Kind.AGREED_VALUE):
            points = points_of(kept, kind, level)
            wrong, total = believed(points, BELIEVED)
            parts += [f"{total}", f"{wrong}", f"{wilson(wrong, total)[1]:.2%}", f"{len(points) - total}"]
        yield f"| {level} | {' | '.join(parts)} |"


def _table(kind: Kind, kept: Sequence[Answers], levels: Sequence[str]) -> Iterator[str]:
    points = points_of(kept, kind)
    yield f"### {kind.value[:1].upper()}{kind.value[1:]}"
    yield ""
    told = expected_error([point for point in points if point[0] > 0])
    yield f"{len(points)} answers, {sum(right for _, right in points)} right; confidence is off by {told:.3%} (ECE)."
    yield ""
    heads = " | ".join(f"{level}: wrong" for level in levels)
    yield f"| confidence | mean | answers | right | 95 % interval | {heads} |"
    yield "|---|---|---|---|---|" + "---|" * len(levels)
    own = {level: {each.high: each for each in bins(points_of(kept, kind, level))} for level in levels}
    for each in bins(points):
        low, high = wilson(each.right, each.total)
        parts = [own[level].get(each.high) for level in levels]
        wrong = " | ".join(f"{part.total - part.right}/{part.total}" if part else "-" for part in parts)
        span = f"{each.low:g} - {each.high:g}"
        interval = f"{low:.2%} - {high:.2%}"
        yield f"| {span} | {each.mean:.4f} | {each.total} | {each.right / each.total:.2%} | {interval} | {wrong} |"
