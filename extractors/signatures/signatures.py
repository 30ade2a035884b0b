"""Signatures on a page, and whether those the notice asks for are there."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.protocol import Picture
from extractors.signatures.strokes import Strokes, find_strokes
from extractors.signatures.zone import Zone, chop_in, find_zone
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Signature, SignatureMark
from pipeline.model.text import Line
from pipeline.notices.profile import Profile, RequiredSignature

PAGE_MM = 297.0
NAME_MM = (9.0, 4.0, 28.0)
"""Width, height and stroke length of the smallest signature; two characters at 5 mm are 40 mm of strokes."""
FEW_STROKES_MM = (10.0, 17.0)
"""Width and stroke length of a name of few strokes (丁一), which is in two pieces at least: of 100 drawn signatures
seven, five of them 丁一 or 王一, are shorter than others, none than this."""
STROKE_MM = 12.0
"""Less ink than this is a stray stroke."""
CERTAIN, DOUBTFUL = 0.95, 0.5
CHOP = "签字处只盖了人名章，是否认可请经办人决定"
FAINT = "签字处有笔迹，但太少或太淡，无法判断是否为签名"
GREY = "扫描件没有颜色，签字处有笔迹，但分不清是签名还是印迹"
UNREAD = "承诺书没有辨认出“{label}”一行，无法判断签字"


def find_signatures(
    picture: Picture, lines: Sequence[Line], pixels_per_mm: float | None, labels: Sequence[str]
) -> tuple[SignatureMark, ...]:
    """Handwriting behind the labels, on an upright BGR page.

    Args:
        picture: The page.
        lines: Its lines, boxes in fractions of `picture`.
        pixels_per_mm: Its scale; None takes it for an A4 page.
        labels: Words a signature belongs behind, e.g. 法定代表人.

    Returns:
        A mark for each label with ink behind it: sure from 0.9 on, doubtful below.
    """
    height, width = picture.shape[:2]
    per_mm = pixels_per_mm or max(height, width) / PAGE_MM
    marks = []
    for label in dict.fromkeys(labels):
        zone = find_zone(lines, label, (width / per_mm, height / per_mm))
        strokes = _strokes_in(picture, zone, per_mm) if zone else None
        if zone and strokes and strokes.box and (confidence := _confidence(strokes)) > 0:
            marks.append(SignatureMark(bbox=_on_page(strokes.box, zone, width, height), confidence=confidence))
    return tuple(marks)


def _strokes_in(picture: Picture, zone: Zone, per_mm: float) -> Strokes:
    height, width = picture.shape[:2]
    left, top, right, bottom = _pixels(zone.bbox, width, height)
    boxes = [_pixels(box, width, height) for box in zone.print_]
    printed = [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in boxes]
    return find_strokes(picture[top:bottom, left:right], printed, per_mm)


def _confidence(strokes: Strokes) -> float:
    """Sure for a name's worth of strokes, doubtful for fewer, 0 for a stray stroke."""
    if strokes.length_mm < STROKE_MM:
        return 0.0
    wide, high, long = NAME_MM
    big = strokes.width_mm >= wide and strokes.height_mm >= high
    apart = strokes.pieces > 1 and strokes.width_mm >= FEW_STROKES_MM[0] and strokes.length_mm >= FEW_STROKES_MM[1]
    return CERTAIN if big and (strokes.length_mm >= long or apart) else DOUBTFUL


def _pixels(box: BBox, width: int, height: int) -> tuple[int, int, int, int]:
    return round(box.x0 * width), round(box.y0 * height), round(box.x1 * width), round(box.y1 * height)


def _on_page(box: tuple[int, int, int, int], zone: Zone, width: int, height: int) -> BBox:
    left, top, _, _ = _pixels(zone.bbox, width, height)
    return BBox((left + box[0]) / width, (top + box[1]) / height, (left + box[2]) / width, (top + box[3]) / height)


def decide_signatures(pages: Sequence[Page], profile: Profile) -> tuple[Signature, ...]:
    """For each signature the notice requires, whether it is there; None = can't be told.

    A role is left out where the section it belongs to is not there: what is missing is not also unsigned.
    """
    decided = []
    for required in profile.required_signatures:
        own = [page for page in pages if page.section is Section(required.section)]
        if own:
            decided.append(_decided(own, required))
    return tuple(decided)


def _decided(pages: Sequence[Page], required: RequiredSignature) -> Signature:
    for page in pages:
        zone = find_zone(page.reading.lines, required.label, _size_mm(page))
        if zone is not None:
            return _in_zone(page, zone, required.role)
    return Signature(role=required.role, present=None, reason=UNREAD.format(label=required.label))


def _in_zone(page: Page, zone: Zone, role: str) -> Signature:
    marks = [mark for mark in page.reading.signatures if mark.bbox.intersection(zone.bbox).area > 0
             and zone.bbox.x0 <= mark.bbox.center[0] <= zone.bbox.x1
             and zone.bbox.y0 <= mark.bbox.center[1] <= zone.bbox.y1]  # fmt: skip
    best = max(marks, key=lambda mark: mark.confidence, default=None)
    chop = chop_in(zone, [(seal.shape, seal.bbox) for seal in page.reading.seals])
    place = Place(file=page.file, page=page.page, bbox=best.bbox if best else zone.bbox)
    blurred = page.reading.colourless and any(
        seal.colour is Ink.BLACK and zone.bbox.contains(*seal.bbox.center) for seal in page.reading.seals
    )
    if best is None:
        return Signature(role=role, present=None if chop else False, place=place, reason=CHOP if chop else "")
    if blurred:
        return Signature(role=role, present=None, place=place, reason=GREY)
    if best.confidence < CERTAIN:
        return Signature(role=role, present=None, place=place, reason=CHOP if chop else FAINT)
    return Signature(role=role, present=True, place=place)


def _size_mm(page: Page) -> tuple[float, float]:
    reading = page.reading
    per_mm = reading.dpi / 25.4 if reading.dpi else max(reading.width, reading.height) / PAGE_MM
    return reading.width / per_mm, reading.height / per_mm
