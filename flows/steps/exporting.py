"""What people corrected, as accuracy cases: pictures of the boxes and what truly stands in them, and nothing else.

A case names no package, file or person beyond the value itself. Nothing leaves of packages that a secrecy mark
stopped, and nothing with an identity card number.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from flows.steps.assembling import Assembled, assembly_key, brief_key
from flows.steps.cutters import page_cutters
from flows.steps.inputs import CALLED, WORKSPACE, Called
from flows.steps.judging import human_reading
from flows.steps.parting import part_inbox
from flows.steps.second_look import key_kind
from flows.steps.withholding import forget_copies, is_withheld
from pipeline.errors import UnreadableInput, UsageProblem
from pipeline.intake import Correction, read_corrections, read_inbox
from pipeline.model.evidence import Place, Reading, Value
from pipeline.model.geometry import BBox
from pipeline.model.package import Inbox, Package, PackageFiles
from pipeline.model.record import Record
from pipeline.notices.profile import Profile, load_profile
from pipeline.store import Store, write_whole
from pipeline.values.identity_numbers import EVERY_RUN, MASKED_RUN, identity_numbers

if TYPE_CHECKING:
    from extractors.imaging.cutter import PageCutter

INDEX, CROPS = "cases.jsonl", "crops"
SLACK = 0.1
"""Line heights around a line: as little as the reader needs around its strokes."""
NO_PACKAGE = "收件夹里没有这个包，或读后文件有变（请先再运行一次核验）"
WITHHELD = "该包因密级标志停止处理，不予导出"
NO_PLACE = "纸质件上没有识别到此栏，没有可截取的位置"
PERSONAL = "含有居民身份证号码，不予导出"
UNREADABLE = "所在页现在无法打开"


class AccuracyCase(Record):
    """A line of the index: the box's key and kind, its true value, what was read of it before, a crop a line of it."""

    key: str
    kind: str
    value: Value
    read: Value
    confidence: float
    crops: tuple[str, ...]


class Exported(Record):
    """How many cases were written, and what was left out: (reason, how many)."""

    cases: int
    left_out: tuple[tuple[str, int], ...]


class _LeftOut(Exception):
    """A correction that makes no case; the message says why."""


def export_corrections(out: Path, corrections: Path, target: Path, inbox: Path | None) -> Exported:
    """Write an accuracy case for each correction whose box was found on the paper; the index comes last.

    Args:
        out: The output folder of a whole run; the caller holds its lock.
        corrections: The file of corrections, as `heyan run --corrections` takes it.
        target: A folder that is empty or not there yet.
        inbox: Where the papers lie; None = where they lay in the last run.

    Raises:
        UsageProblem: There is no whole run, no inbox, no readable corrections, or `target` holds something.
    """
    listed = read_corrections(corrections)
    store = Store(out / WORKSPACE)
    called = store.get(CALLED, Called)
    if called is None:
        raise UsageProblem(f"这个输出文件夹里没有做完的核验，请先运行 heyan run：{out}")
    place = inbox or Path(called.inbox)
    _refuse(place, target)
    profile = load_profile(called.profile)
    taken = read_inbox(place, store.root / "unpacked", profile)
    try:
        packages = _packages(taken, store, profile)
        return _write(listed, packages, store, profile, target)
    finally:
        for delivery in taken.deliveries:
            for files in (delivery.files, *(package.files for package in delivery.packages)):
                forget_copies(files, store)


def _refuse(inbox: Path, target: Path) -> None:
    if not inbox.is_dir():
        raise UsageProblem(f"收件夹不存在或已移走，请用 --inbox 指明：{inbox}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageProblem(f"导出位置应为空文件夹：{target}")
    if inbox.resolve() in (target.resolve(), *target.resolve().parents):
        raise UsageProblem("导出位置不能放在收件夹里面：收件夹只读不写")


def _packages(inbox: Inbox, store: Store, profile: Profile) -> Mapping[str, PackageFiles]:
    """The packages by identity, those that hold several applications taken apart as the run did."""
    while True:
        packages = {each.identity: each for delivery in inbox.deliveries for each in delivery.packages}
        briefs = {name: store.get(brief_key(assembly_key(each, profile)), Assembled) for name, each in packages.items()}
        folders = {name: brief.covers for name, brief in briefs.items() if brief and brief.covers}
        if not folders:
            return packages
        inbox = part_inbox(inbox, folders)


def _write(
    corrections: Sequence[Correction],
    packages: Mapping[str, PackageFiles],
    store: Store,
    profile: Profile,
    target: Path,
) -> Exported:
    made: list[AccuracyCase] = []
    left_out: Counter[str] = Counter()
    for name in sorted({each.package for each in corrections}):
        of_package = [each for each in corrections if each.package == name]
        try:
            source = _Source(packages.get(name), store, profile)
        except _LeftOut as reason:
            left_out[str(reason)] += len(of_package)
            continue
        for each in of_package:
            try:
                made.append(source.case(each, target))
            except _LeftOut as reason:
                left_out[str(reason)] += 1
    made.sort(key=lambda case: (case.key, case.crops))  # in no order of packages
    lines = (json.dumps(case.model_dump(mode="json"), ensure_ascii=False) + "\n" for case in made)
    write_whole(target / INDEX, "".join(lines).encode())
    return Exported(cases=len(made), left_out=tuple(sorted(left_out.items())))


class _Source:
    """A package as it was read, before anything was corrected, with its pages to cut from."""

    def __init__(self, files: PackageFiles | None, store: Store, profile: Profile) -> None:
        if files is not None and is_withheld(files.files, store):
            raise _LeftOut(WITHHELD)
        package = store.get(assembly_key(files, profile), Package) if files else None
        if files is None or package is None:
            raise _LeftOut(NO_PACKAGE)
        if package.withheld:
            raise _LeftOut(WITHHELD)
        self._package, self._profile = package, profile
        self._cutter_of = page_cutters(files.files, package.pages)

    def case(self, correction: Correction, target: Path) -> AccuracyCase:
        """The case of a correction, its crops written to `target`."""
        before = self._package.paper.get(correction.key) if self._package.paper else None
        if before is None or not before.places:
            raise _LeftOut(NO_PLACE)
        after = human_reading(correction, before, self._profile)
        if any(_is_personal(text) for text in (correction.value, after.text, before.raw, before.text)):
            raise _LeftOut(PERSONAL)
        if any(self._shows_number(place) for place in before.places):
            raise _LeftOut(PERSONAL)
        return AccuracyCase(
            key=correction.key,
            kind=key_kind(correction.key, self._profile),
            value=after.value,
            read=before.value,
            confidence=round(before.confidence, 4),
            crops=self._cut(before, target),
        )

    def _shows_number(self, place: Place) -> bool:
        """Whether an identity card number stands in the place or right beside it."""
        around = _grown(place.bbox)
        page = next(page for page in self._package.pages if (page.file, page.page) == (place.file, place.page))
        return any(_meet(around, box) for box in page.reading.personal)

    def _cut(self, reading: Reading, target: Path) -> tuple[str, ...]:
        """Crops of the reading's lines, straight as the reader saw them; named by their content."""
        try:
            crops = [_png(self._cutter_of(place.file, place.page), place) for place in reading.places]
        except UnreadableInput as problem:
            raise _LeftOut(UNREADABLE) from problem
        names = [f"{CROPS}/{hashlib.sha256(crop).hexdigest()[:16]}.png" for crop in crops]
        for name, crop in zip(names, crops, strict=True):
            write_whole(target / name, crop)
        return tuple(names)


def _png(cutter: PageCutter, place: Place) -> bytes:
    stream = BytesIO()
    crop = cutter.cut(place, SLACK, 1.0)
    Image.fromarray(np.ascontiguousarray(crop[:, :, ::-1])).save(stream, "PNG")
    return stream.getvalue()


def _is_personal(text: str) -> bool:
    return MASKED_RUN in text or any(True for _ in identity_numbers(text, EVERY_RUN))


def _grown(box: BBox) -> BBox:
    return BBox(box.x0 - box.height, box.y0 - box.height, box.x1 + box.height, box.y1 + box.height)


def _meet(one: BBox, other: BBox) -> bool:
    shared = one.intersection(other)
    return shared.width > 0 and shared.height > 0
