"""Reliability drawn as SVG: the share of wrong answers over 1 - confidence, both in powers of ten.

Nearly all readings are very sure ones; what matters lies in the last hundredths, which plain axes would not show.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from tests.calibration.curve import Point, bins, wilson

FINEST = 1e-4
"""Where both axes begin: nothing surer, nothing rarer is told apart."""
SIDE, GAP, LEFT, TOP = 220, 74, 62, 34
COLUMNS = 2
INK, PALE, MARK = "#1f4e79", "#c8c8c8", "#b03030"


def plot(panels: Mapping[str, Sequence[Point]], just_wrong: float, threshold: float, marked: Sequence[str]) -> str:
    """An SVG with a panel for each name: bins with their 95 % intervals, the diagonal of a perfect confidence.

    Args:
        panels: Points by the panel's name.
        just_wrong: The share of wrong answers allowed at the threshold, a horizontal line in the marked panels.
        threshold: The doubt threshold, a vertical line in the marked panels.
        marked: Names of the panels that these lines belong to.
    """
    rows = -(-len(panels) // COLUMNS)
    width, height = LEFT + COLUMNS * (SIDE + GAP), TOP + rows * (SIDE + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for number, (name, points) in enumerate(panels.items()):
        row, column = divmod(number, COLUMNS)
        parts.append(f'<g transform="translate({LEFT + column * (SIDE + GAP)},{TOP + row * (SIDE + GAP)})">')
        parts.extend(_frame(f"{name} ({len(points)})"))
        parts.extend(_required(just_wrong, threshold) if name in marked else ())
        parts.extend(_bins(points))
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def along(share: float) -> float:
    """Where a share (of doubt, of wrong answers) lies on an axis of length 1 that ends at 1."""
    return 1 - math.log10(min(max(share, FINEST), 1.0)) / math.log10(FINEST)


def _frame(title: str) -> Iterator[str]:
    yield f'<text x="0" y="-8" font-weight="bold">{escape(title)}</text>'
    yield f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="black"/>'
    yield f'<line x1="0" y1="{SIDE}" x2="{SIDE}" y2="0" stroke="{PALE}" stroke-dasharray="4 3"/>'
    share = 1.0
    while share >= FINEST * 0.99:
        at = _at(share)
        yield f'<text x="{at:.1f}" y="{SIDE + 14}" text-anchor="middle">{1 - share:.4g}</text>'
        yield f'<text x="-6" y="{SIDE - at + 4:.1f}" text-anchor="end">{share:.4g}</text>'
        share /= 10
    yield f'<text x="{SIDE / 2}" y="{SIDE + 28}" text-anchor="middle">confidence</text>'
    yield f'<text transform="translate(-46,{SIDE / 2}) rotate(-90)" text-anchor="middle">wrong</text>'


def _required(just_wrong: float, threshold: float) -> Iterator[str]:
    x, y = _at(1 - threshold), SIDE - _at(just_wrong)
    yield f'<line x1="0" y1="{y:.1f}" x2="{SIDE}" y2="{y:.1f}" stroke="{MARK}" stroke-dasharray="2 3"/>'
    yield f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{SIDE}" stroke="{MARK}"/>'
    yield f'<text x="{x + 4:.1f}" y="12" fill="{MARK}">{threshold:.2f}</text>'


def _bins(points: Sequence[Point]) -> Iterator[str]:
    for each in bins(points):
        wrong = each.total - each.right
        low, high = wilson(wrong, each.total)
        x, y = _at(1 - each.mean), SIDE - _at(wrong / each.total)
        yield (
            f'<line x1="{x:.1f}" y1="{SIDE - _at(low):.1f}" x2="{x:.1f}" y2="{SIDE - _at(high):.1f}" stroke="{INK}"/>'
        )
        fill = INK if wrong else "white"
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{INK}"/>'


def _at(share: float) -> float:
    return SIDE * along(share)
