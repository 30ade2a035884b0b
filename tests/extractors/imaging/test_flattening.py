from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging.flattening import A4, find_page_quad, flatten_matrix
from extractors.imaging.page_edges import on_edges
from extractors.readers.protocol import Picture
from tests.extractors.pictures import blank, text_bars

CORNERS = np.array([[110, 90], [690, 130], [660, 960], [80, 900]], np.float32)
"""Of the page in a photograph of 780 x 1040 pixels."""


def photograph(background: tuple[int, int, int]) -> tuple[Picture, Picture]:
    """A page lying askew on a table, and the page itself."""
    paper, _ = text_bars(blank(600, 848, (240, 243, 245)))
    shape = np.array([[0, 0], [600, 0], [600, 848], [0, 848]], np.float32)
    table = blank(780, 1040, background)
    matrix = cv2.getPerspectiveTransform(shape, CORNERS)
    seen = cv2.warpPerspective(paper, matrix, (780, 1040))
    mask = cv2.warpPerspective(np.full((848, 600), 255, np.uint8), matrix, (780, 1040))
    table[mask > 127] = seen[mask > 127]
    return table, paper


@pytest.mark.parametrize("background", [(40, 45, 50), (60, 90, 140), (120, 120, 125)])
def test_a_photographed_page_is_cut_out(background: tuple[int, int, int]) -> None:
    picture, _ = photograph(background)
    quad = find_page_quad(picture)
    assert quad is not None
    assert np.abs(quad - CORNERS).max() < 6


def test_a_corner_in_shadow_belongs_to_the_page() -> None:
    picture, _ = photograph((80, 85, 90))
    across, down = np.meshgrid(np.arange(780), np.arange(1040))
    light = 1 - 0.4 * np.exp(-(((across - 660) / 180.0) ** 2 + ((down - 960) / 234.0) ** 2))
    quad = find_page_quad(np.asarray(picture * light[..., None], np.uint8))
    assert quad is not None
    assert np.abs(quad - CORNERS).max() < 6


@pytest.mark.parametrize("background", [(40, 60, 95), (70, 72, 75)])
@pytest.mark.parametrize("turn", [0.0, 1.57, 3.1])
def test_a_sheet_half_in_a_phones_shadow_is_cut_out_whole(background: tuple[int, int, int], turn: float) -> None:
    """The shadow's rim crosses the whole sheet, and what lies in it is darker than the threshold between the rest."""
    picture, _ = photograph(background)
    across, down = np.meshgrid(np.arange(780) / 780 - 0.5, np.arange(1040) / 1040 - 0.5)
    depth = across * np.sin(turn) + down * np.cos(turn)
    light = 1 - 0.45 / (1 + np.exp(-(depth - 0.15) * 60))
    quad = find_page_quad(np.asarray(picture * light[..., None], np.uint8))
    assert quad is not None
    assert np.abs(quad - CORNERS).max() < 8


@pytest.mark.parametrize("reach", [130.0, 180.0, 240.0])
@pytest.mark.parametrize("shade", [128, 100])
def test_a_corner_lost_in_shadow_is_where_its_sides_meet(shade: int, reach: float) -> None:
    picture, _ = photograph((shade, shade + 12, shade + 22))
    across, down = np.meshgrid(np.arange(780), np.arange(1040))
    light = 1 - 0.6 * np.exp(-(((across - 690) / reach) ** 2 + ((down - 990) / (1.3 * reach)) ** 2))
    quad = find_page_quad(np.asarray(picture * light[..., None], np.uint8))
    assert quad is not None
    assert np.abs(quad - CORNERS).max() < 10


def test_a_side_without_an_edge_near_it_stays() -> None:
    plain = np.random.default_rng(3).normal(180, 3, (720, 510, 3)).clip(0, 255).astype(np.uint8)
    quad = np.array([[60, 70], [440, 72], [450, 640], [58, 650]], np.float32)
    assert np.abs(on_edges(quad, plain) - quad).max() < 0.5


def test_a_bent_side_is_laid_inside_the_paper() -> None:
    """The side bulges inwards by three pixels of 720 in its middle: nothing of the table is left on the page."""
    picture = np.full((720, 520, 3), (60, 80, 110), np.uint8)
    down = np.arange(80, 650)
    for row, right in zip(down, 460 - 3 * np.sin(np.pi * (down - 80) / 570), strict=True):
        picture[row, 50 : int(right)] = 235
    quad = on_edges(np.array([[52, 82], [452, 82], [452, 645], [52, 645]], np.float32), picture)
    assert 454 < quad[1, 0] < 458 and 454 < quad[2, 0] < 458


def test_a_flattened_page_lies_as_it_was() -> None:
    picture, paper = photograph((40, 45, 50))
    quad = find_page_quad(picture)
    assert quad is not None
    matrix, size = flatten_matrix(quad)
    assert size[1] / size[0] == pytest.approx(A4, abs=0.01)
    flat = cv2.warpPerspective(picture, np.linalg.inv(matrix), size)
    expected = cv2.resize(paper, size, interpolation=cv2.INTER_AREA)
    inner = (slice(30, -30), slice(30, -30))
    agree = (flat[inner].mean(axis=2) < 120) == (expected[inner].mean(axis=2) < 120)
    assert agree.mean() > 0.97


def test_a_page_lying_sideways_keeps_its_shape() -> None:
    _, size = flatten_matrix(np.array([[0, 0], [848, 0], [848, 600], [0, 600]], np.float32))
    assert size[0] / size[1] == pytest.approx(A4, abs=0.01)


def test_paper_seen_from_above_that_is_no_sheet_keeps_its_shape() -> None:
    _, size = flatten_matrix(np.array([[300, 150], [1300, 152], [1300, 692], [300, 690]], np.float32))
    assert size[0] / size[1] == pytest.approx(1000 / 540, abs=0.01)


def test_a_sheet_held_askew_is_made_as_long_as_it_is() -> None:
    _, size = flatten_matrix(np.array([[100, 100], [900, 100], [1000, 1200], [0, 1200]], np.float32))
    assert size[1] / size[0] == pytest.approx(A4, abs=0.01)


def test_a_scan_is_left_alone() -> None:
    scan, _ = text_bars(blank())
    assert find_page_quad(scan) is None
    edged = scan.copy()
    edged[:, :4] = 60  # a scanner's dark edge
    assert find_page_quad(edged) is None


def test_where_light_fades_over_a_page_that_fills_the_frame_no_sheet_ends() -> None:
    page, _ = text_bars(blank(780, 1040, (235, 240, 245)))
    y, x = np.mgrid[0:1:1040j, 0:1:780j]
    light = 0.95 - 0.4 * np.clip(y - 0.3 * x - 0.1, 0, 1)
    picture = (page * light[..., None]).astype(np.uint8)
    assert find_page_quad(picture) is None


def test_a_slip_in_a_large_picture_is_no_page() -> None:
    picture = blank(780, 1040, (40, 45, 50))
    picture[400:600, 300:500] = 240
    assert find_page_quad(picture) is None


@pytest.mark.parametrize("edge", ["left", "right", "top"])
def test_a_lid_that_was_not_shut_is_no_photograph(edge: str) -> None:
    paper, _ = text_bars(blank(1000, 1414, (246, 246, 246)))
    shade = np.linspace(0.45, 1.0, 22)
    ramp = {"left": (slice(None), slice(0, 22)), "right": (slice(None), slice(-22, None)), "top": (slice(0, 22),)}[edge]
    if edge == "top":
        paper[ramp] = (paper[ramp] * shade[:, None, None]).astype(np.uint8)
    else:
        paper[ramp] = (paper[ramp] * (shade if edge == "left" else shade[::-1])[None, :, None]).astype(np.uint8)
    assert find_page_quad(paper) is None
