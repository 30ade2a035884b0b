"""A package's seam stamps: slices of its pages joined to impressions, and the sheets that lack one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractors.imaging.frame import Cut
from extractors.readers.protocol import LineReader, Picture
from extractors.seams.binding import bound
from extractors.seams.chains import Chain, Piece
from extractors.seams.comparing import alike, whole_seals
from extractors.seams.joining import Joined, join
from extractors.seams.sheets import Sheets, sheets_of
from pipeline.model.document import Page
from pipeline.model.evidence import Place
from pipeline.model.seal import PageRef, Seam, SeamState

GREY = "扫描件没有颜色，无法判断骑缝章，请核对纸质件"
THIN = "骑缝章每页只露出一丝，缺页与否看不清，请核对纸质件"
PART_GREY = "部分页没有颜色，这些页有无骑缝章无法判断，请核对纸质件"
THIN_MM = 1.2
"""Slices this thin (9 pixels at 200 dpi) may vanish in a scanner's crop: what seems missing may have been there."""
GREY_SHARE = 0.5
PICTURE_KEY = "seam/{number}"
FEWEST_SHEETS = 2


def join_seams(pages: Sequence[Page], cut: Cut, reader: LineReader) -> tuple[tuple[Seam, ...], Mapping[str, Picture]]:
    """The seam stamps over a stamped copy, one entry an impression, and the joined pictures by their key.

    Args:
        pages: The stamped copy's pages, file by file as the files are named; blank backs too.
        cut: Gives the pictures of the slices.
        reader: Reads the joined seal.

    Returns:
        The seams (none for a single sheet, where no seam is) and their pictures.
    """
    pages, chains = bound(pages)
    sheets = sheets_of(pages, frozenset().union(*(chain.indices for chain in chains)))
    if len(sheets.due) < FEWEST_SHEETS:
        return (), {}
    blind = {index for index in sheets.missing if pages[index].reading.colourless or pages[index].reading.unreadable}
    if not chains:
        return (_nothing(pages, sheets, blind),), {}
    return _impressions(pages, chains, sheets, blind, cut, reader)


def _nothing(pages: Sequence[Page], sheets: Sheets, blind: set[int]) -> Seam:
    due = _refs(pages, sheets.due)
    if len(blind) > GREY_SHARE * len(sheets.due):
        return Seam(state=SeamState.UNDECIDED, pages=due, reason=GREY)
    return Seam(state=SeamState.ABSENT, pages=due, missing=due)


def _impressions(
    pages: Sequence[Page], chains: Sequence[Chain], sheets: Sheets, blind: set[int], cut: Cut, reader: LineReader
) -> tuple[tuple[Seam, ...], Mapping[str, Picture]]:
    main, strays = _parted(chains)
    owners = _shared_out(main, sheets)
    seals = whole_seals(pages, cut)
    seams, pictures = [], {}
    for number, (chain, due) in enumerate(zip(main, owners, strict=True), start=1):
        missing = [index for index in sheets.missing if index in due]
        elsewhere = strays & set(due)
        joined = join(chain, pages, sorted({*missing, *elsewhere}), cut, reader)
        key = PICTURE_KEY.format(number=number)
        pictures[key] = joined.picture
        astray = {piece.index for piece in joined.astray} | elsewhere
        seam = _seam(pages, chain, due, missing, blind, joined, astray, key)
        seams.append(seam.model_copy(update={"alike": alike(joined, chain.pieces[0].mark.colour, seals)}))
    return tuple(seams), pictures


def _parted(chains: Sequence[Chain]) -> tuple[list[Chain], frozenset[int]]:
    """The impressions, and the pages of lone slices that lie inside one's run at another height: replaced sheets."""
    long = [chain for chain in chains if len(chain.pieces) > 1]
    if not long:
        return list(chains), frozenset()
    lone = [chain for chain in chains if len(chain.pieces) == 1]
    strays = {
        chain.pieces[0].index
        for chain in lone
        if any(min(other.indices) < chain.pieces[0].index < max(other.indices) for other in long)
        and not any(chain.pieces[0].index in other.indices for other in long)
    }
    return long, frozenset(strays)


def _shared_out(chains: Sequence[Chain], sheets: Sheets) -> list[list[int]]:
    """For each impression the pages due to carry it: from its first to its last slice, and neighbours nobody claims."""
    due: list[list[int]] = []
    for chain in chains:
        first, last = min(chain.indices), max(chain.indices)
        due.append([index for index in sheets.due if first <= index <= last])
    claimed = {index for pages in due for index in pages}
    for index in sheets.due:
        if index not in claimed:
            _nearest(due, chains, index).append(index)
    return [sorted(set(pages)) for pages in due]


def _nearest(due: list[list[int]], chains: Sequence[Chain], index: int) -> list[int]:
    """The impression before or after a page, whichever lacks more of its width."""
    before = [at for at, pages in enumerate(due) if pages and pages[-1] < index]
    after = [at for at, pages in enumerate(due) if pages and pages[0] > index]
    near = ([max(before, key=lambda at: due[at][-1])] if before else []) + (
        [min(after, key=lambda at: due[at][0])] if after else []
    )
    return due[min(near, key=lambda at: chains[at].width)]


def _seam(
    pages: Sequence[Page],
    chain: Chain,
    due: Sequence[int],
    missing: Sequence[int],
    blind: set[int],
    joined: Joined,
    astray: set[int],
    key: str,
) -> Seam:
    certain = [index for index in missing if index not in blind]
    state, reason = SeamState.WHOLE, ""
    if certain and _thin(chain.pieces):
        state, reason = SeamState.UNDECIDED, THIN
    elif certain:
        state = SeamState.BROKEN
    elif missing:
        state, reason = SeamState.UNDECIDED, PART_GREY
    return Seam(
        state=state,
        pages=_refs(pages, due),
        missing=_refs(pages, certain),
        slices=tuple(_place(pages, piece) for piece in chain.pieces),
        text=joined.legend.owner,
        text_confidence=_least(joined),
        chars=joined.legend.chars,
        lost=joined.legend.lost,
        diameter_mm=joined.diameter_mm,
        discontinuous=_refs(pages, sorted(astray)),
        unplaced=_refs(pages, sorted({piece.index for piece in joined.unplaced} - astray)),
        picture=key,
        reason=reason,
    )


def _least(joined: Joined) -> float:
    """The least sure character's probability; 0 where a letter was lost, as the cuts do."""
    if joined.legend.lost:
        return 0.0
    return round(min((char.confidence for char in joined.legend.chars), default=0.0), 4)


def _thin(pieces: Sequence[Piece]) -> bool:
    widths = sorted(piece.width for piece in pieces)
    return widths[len(widths) // 2] < THIN_MM


def _refs(pages: Sequence[Page], indices: Iterable[int]) -> tuple[PageRef, ...]:
    return tuple(PageRef(file=pages[index].file, page=pages[index].page) for index in indices)


def _place(pages: Sequence[Page], piece: Piece) -> Place:
    page = pages[piece.index]
    return Place(file=page.file, page=page.page, bbox=piece.mark.bbox)
