"""The seam stamp: there, through every sheet, the applicant's, and every slice continuing its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from checks.case import Case
from checks.certainty import whole
from checks.owners import SAME, SURE, Match, match, may_be_letter
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from checks.stamps import DOUBT, NO_NAME, NOT_ASKED, units_named, whole_page
from pipeline.model.codes import SEAL_CODES
from pipeline.model.evidence import Char
from pipeline.model.seal import Alike, Seam, SeamState
from pipeline.values import fold
from pipeline.values.page_words import page_list

NO_SEAM = "材料只有一张纸或没有盖章扫描件，不涉及骑缝章"
NO_CIRCLE = "骑缝章各页印迹拼不成圆，看不出前后是否衔接，请核对纸质件"
UNPLACED = "相符（印迹过窄未比较：{pages}）"
MOSTLY = 0.65
"""Cuts run through a joined seal's letters: when so many agree and the rest is hardly legible, it is the same seal."""
READ_WELL = 0.7
"""Share of a joined seal's letters that must be surely read before its name may be held against the unit's."""
READ_HALF = 0.5
"""The same share where the joined seal's picture, too, is unlike the unit's own seals."""
LIKELY = 0.8
"""The probability of two letters that do the same where the picture is that of the unit's own seals but for some."""
LETTER_AGREES = 0.6
"""Every letter of one stamp's impressions agrees at least so well: on 18 drawn office seams of round seals 0.69 and
more, on 4 of ovals 0.59; the other letter of as many sisters' seals one letter off at most 0.6, of all but two of them
0.48, of those two letters off one at most 0.39."""
LETTER_DIFFERS = 0.5
"""A letter that agrees less is another, or lost."""
COMPARABLE = 0.6
"""A seam whose letters agree less in the mean was laid wrongly, or cropped too far to be compared."""
CUT = 0.6
"""A letter that a cut made another is read with less than this (0.27-0.55 on drawn seams); surer ones stand there."""


@rule(*SEAL_CODES["seam"])
def seams_run_through(case: Case) -> Iterator[Ruling]:
    """A seam stamp of the applicant runs unbroken through every sheet of the stamped copy."""
    if case.profile.required_seal("seam") is None:
        yield not_applicable("S121", "seam", NOT_ASKED)
        return
    if not case.package.seams:
        yield not_applicable("S121", "seam", NO_SEAM)
        return
    for number, seam in enumerate(case.package.seams, start=1):
        yield from _seam(case, seam, f"seam#{number}" if len(case.package.seams) > 1 else "seam")


def _seam(case: Case, seam: Seam, subject: str) -> Iterator[Ruling]:
    if not seam.slices:
        yield from _without_slices(seam, subject)
        return
    yield passed("S121", subject, places=seam.slices)
    missing = tuple(whole_page(ref) for ref in seam.missing)
    if seam.state is SeamState.BROKEN:
        yield failed("S122", subject, detail=page_list(seam.missing, named=True), places=missing)
    elif seam.state is SeamState.UNDECIDED:
        yield undecided("S122", subject, seam.reason, places=missing)
    else:
        yield passed("S122", subject, places=seam.slices)
    yield from _seam_owner(case, seam, subject)
    yield _continuity(seam, subject)


def _continuity(seam: Seam, subject: str) -> Ruling:
    """Whether the slices continue one another; one that can't be seen may not. A sheet surely without is S122's."""
    astray = tuple(whole_page(ref) for ref in seam.discontinuous)
    if astray:
        return failed("S124", subject, detail=page_list(seam.discontinuous, named=True), places=astray)
    if seam.state is SeamState.UNDECIDED:
        return undecided("S124", subject, seam.reason, places=tuple(whole_page(ref) for ref in seam.missing))
    if len(seam.unplaced) >= len(seam.slices):
        return undecided("S124", subject, NO_CIRCLE, places=seam.slices)
    untold = UNPLACED.format(pages=page_list(seam.unplaced, named=True)) if seam.unplaced else ""
    return passed("S124", subject, places=seam.slices, detail=untold)


def _without_slices(seam: Seam, subject: str) -> Iterator[Ruling]:
    """No slice: no seam stamp, or a copy that can't show one, and leaves all that is asked of it open."""
    places = tuple(whole_page(ref) for ref in seam.pages[:1])
    if seam.state is SeamState.ABSENT:
        yield failed("S121", subject, places=places)
    else:
        yield from (undecided(code, subject, seam.reason, places=places) for code in SEAL_CODES["seam"])


def _seam_owner(case: Case, seam: Seam, subject: str) -> Iterator[Ruling]:
    """Whose seal the slices make; a seal with sheets missing, or joined out of slivers, is read with doubt."""
    units = units_named(case, "applicant")
    found = seam.text or None
    expected = units[0] if units else None
    result = match(seam, units)
    compared = _own_alike(case, seam, units)
    other = result is Match.OTHER and _someone_else(seam, units, compared)
    if not other and _as_stamped(seam, compared):
        yield passed("S123", subject, expected=expected, found=found, places=seam.slices)
    elif not units or result is Match.UNREADABLE:
        message = "骑缝章拼合后印文无法辨认，请对照原件" if units else NO_NAME
        yield undecided("S123", subject, message, expected=expected, found=found, places=seam.slices)
    elif not other and _as_read(seam, result, units, gainsaid=_gainsaid(compared)):
        yield passed("S123", subject, expected=expected, found=found, places=seam.slices)
    elif other:
        named = case.read("applicant")
        grounds = (whole(named),) if named is not None and named.raw else ()
        yield failed("S123", subject, expected=expected, found=found, places=seam.slices, grounds=grounds)
    else:
        message = DOUBT.format(found=found, expected=expected)
        yield undecided("S123", subject, message, expected=expected, found=found, places=seam.slices, doubt=True)


def _as_read(seam: Seam, result: Match, units: Sequence[str], *, gainsaid: bool) -> bool:
    """Whether the letters read are the unit's; where the picture gainsays it, each and every one as it stands."""
    if gainsaid:
        return result is Match.EQUAL
    return result in SAME or any(_mostly(seam, unit) for unit in units)


def _own_alike(case: Case, seam: Seam, units: Sequence[str]) -> tuple[Alike, ...]:
    """What the seam was compared with: those whole seals of the same copy that were read as the unit's own."""
    own = {(seal.file, seal.page, seal.mark.bbox) for seal in case.package.seals if match(seal.mark, units) in SAME}
    return tuple(each for each in seam.alike if (each.place.file, each.place.page, each.place.bbox) in own)


def _as_stamped(seam: Seam, compared: Sequence[Alike]) -> bool:
    """Whether the slices make the picture of the unit's own whole seals, letter by letter.

    A seam with sheets missing lacks letters, and a clerk looks at it anyhow.
    """
    seen = min((each.unseen for each in compared), default=1) == 0 or seam.state is SeamState.BROKEN
    return seen and _least_alike(compared) >= LETTER_AGREES


def _least_alike(compared: Sequence[Alike]) -> float:
    """Agreement of the letter that agrees least; each with that impression where it does best, for print crosses some.

    What fewer than half of the impressions bear is no letter, but another seal's that lies over one of them. -1 where
    there is nothing to compare with.
    """
    around = (
        [each for each in here if each is not None] for here in zip(*(each.pieces for each in compared), strict=True)
    )
    return min((max(here) for here in around if here and 2 * len(here) >= len(compared)), default=-1.0)


def _gainsaid(compared: Sequence[Alike]) -> bool:
    """Whether a letter differs from those of the unit's own whole seals: of a sister's seal one or two do."""
    return bool(compared) and _least_alike(compared) < LETTER_DIFFERS


def _differs(compared: Sequence[Alike]) -> bool:
    """Whether the picture is that of the unit's own whole seals but for letters: laid right, it is of another stamp."""
    return _gainsaid(compared) and max(each.mean for each in compared) >= COMPARABLE


def _someone_else(seam: Seam, units: Sequence[str], compared: Sequence[Alike]) -> bool:
    """Whether a whole seal, most of it surely read, bears another name: a single letter a cut can have changed.

    Where its picture is unlike the unit's own seals, half of it is enough; where it is theirs but for some letters, two
    that are likely read.
    """
    if len(seam.chars) != len(fold(seam.text)) or seam.state is not SeamState.WHOLE or seam.discontinuous:
        return False
    differs = _differs(compared)
    enough = READ_HALF if _gainsaid(compared) else READ_WELL
    sure = [char.confidence >= (LIKELY if differs else SURE) for char in seam.chars]
    if not differs and sum(sure) < enough * max(len(sure), 1):
        return False
    return all(
        sum(step.tag != "insert" and sure[step.src_pos] for step in Levenshtein.editops(fold(seam.text), fold(unit)))
        > 1
        for unit in units
    )


def _mostly(seam: Seam, unit: str) -> bool:
    """Whether the letters agree but for some that the cuts left hardly legible, or that may be the unit's."""
    said, wanted = fold(seam.text), fold(unit)
    if len(seam.chars) != len(said) or Levenshtein.normalized_similarity(said, wanted) < MOSTLY:
        return False
    others = [
        seam.chars[step.src_pos]
        for step in Levenshtein.editops(said, wanted)
        if step.tag == "delete"
        or (step.tag == "replace" and not _may_be(seam.chars[step.src_pos], wanted[step.dest_pos]))
    ]
    return all(char.confidence < CUT for char in others)


def _may_be(char: Char, wanted: str) -> bool:
    """Whether the reader thought of the wanted letter, and was not sure of another."""
    return char.confidence < SURE and may_be_letter(char, wanted)
