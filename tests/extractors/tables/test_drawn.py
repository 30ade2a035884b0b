from __future__ import annotations

from extractors.readers.protocol import Picture
from extractors.tables.cells import Grid
from extractors.tables.drawn import find_drawn_grids
from pipeline.model.geometry import BBox
from pipeline.rendering import PagePicture
from tests.extractors.pictures import blank, ruled

CHARACTER = 20.0
ACROSS = tuple((50, y, 550, y) for y in (100, 160, 220))
DOWN = tuple((x, 100, x, 220) for x in (50, 200, 228, 550))
"""The second column is hardly wider than a character."""


def drawn(*rulings: tuple[int, int, int, int]) -> tuple[BBox, ...]:
    """Hairlines in fractions of the page."""
    return tuple(BBox(x0 / 600, y0 / 848, (x1 + 0.3) / 600, (y1 + 0.3) / 848) for x0, y0, x1, y1 in rulings)


def grids(picture: Picture, rulings: tuple[BBox, ...]) -> tuple[Grid, ...]:
    page = PagePicture(picture, 72.0, born_digital=True, scanned=False, rulings=rulings)
    return find_drawn_grids(page, CHARACTER)[1]


def test_hairlines_that_the_rendering_lost_make_a_table() -> None:
    (grid,) = grids(blank(), drawn(*ACROSS, *DOWN))
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 3, 6)


def test_borders_drawn_cell_by_cell_are_whole_rulings() -> None:
    pieces = [(x0, y, x1, y) for x0, x1 in ((50, 200), (200, 228), (228, 550)) for y in (100, 160, 220)]
    (grid,) = grids(blank(), drawn(*pieces, *DOWN))
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 3, 6)


def test_strokes_that_the_file_does_not_draw_part_no_cell() -> None:
    picture = ruled(blank(), *ACROSS, *DOWN, (300, 100, 300, 160))
    (grid,) = grids(picture, drawn(*ACROSS, *DOWN))
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 3, 6)


def test_a_page_that_draws_no_table_of_its_own_is_seen_as_rendered() -> None:
    (grid,) = grids(ruled(blank(), *ACROSS, *DOWN), drawn((50, 40, 550, 40)))
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 3, 6)
