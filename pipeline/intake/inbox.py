"""The inbox: deliveries, their packages, and all files of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageProblem
from pipeline.intake.formats import CLAIMS, identify, stem, suffix
from pipeline.intake.listing import Found, Node, Workplace, children, files_below, source_files
from pipeline.intake.receipts import read_receipts
from pipeline.model.document import Format, SourceFile
from pipeline.model.finding import Fault
from pipeline.model.package import DeliveryFiles, Inbox, PackageFiles
from pipeline.notices.profile import Hop, Profile

LOOSE = "散件"
STAGE = "收件"
OWN_WORDS = ("推荐表", "推荐汇总", "推荐函", "推荐名单", "收件登记", "收件清单", "登记表", "汇总表", "签收")
"""Names of what belongs to the delivery itself. A hint only: what a page is, is decided by what is on it."""
APPLICATION_WORDS = ("申报", "申请", "承诺", "任务书", "指标", "证明", "封面", "材料", "佐证", "附件", "填报")
SCAN_FORMATS = (Format.PDF, Format.IMAGE, Format.OFD)
"""What a stamped table may be scanned as."""
APPLICATION_FORMATS = (Format.PDF, Format.IMAGE, Format.WORD, Format.LEGACY_WORD, Format.OFD)


def read_inbox(root: Path, unpack_to: Path, profile: Profile, *, convert: bool = True) -> Inbox:
    """All deliveries and packages of an inbox, which is only read; archives are unpacked into `unpack_to`.

    Raises:
        UsageProblem: There is no such folder, or it can't be listed.
    """
    place = Workplace(unpack_to, convert)
    told = _told(profile)
    try:
        nodes = children(root)
    except OSError as error:
        raise UsageProblem(f"收件夹无法读取：{root}") from error
    deliveries: list[DeliveryFiles] = []
    problems: list[Fault] = []
    for node in nodes:
        try:
            found = _delivery(node, place, told)
        except OSError:
            problems.append(_fault(node.name, "无法读取（没有权限或磁盘错误），未核验"))
            continue
        if found is None:
            problems.append(_fault(node.name, "放在收件夹最外层，不属于任何推荐单位的文件夹，未核验"))
        else:
            deliveries.append(found)
    named = tuple(_renamed(deliveries))
    return Inbox(root=str(root), deliveries=named, problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class _Child:
    """A child of a delivery: its files, and whether it is a folder or archive."""

    name: str
    bundle: bool
    archive: bool
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the notice says of deliveries: words in the names of their own files, and the hops of the papers' way."""

    own_words: tuple[str, ...]
    hops: tuple[Hop, ...]


def _told(profile: Profile) -> _Told:
    table = profile.sections.get("recommendation")
    return _Told((*OWN_WORDS, *(table.titles if table else ())), profile.hops)


def _delivery(node: Node, place: Workplace, told: _Told) -> DeliveryFiles | None:
    if node.location.is_symlink():
        return None
    if node.location.is_dir():
        return _assembled(node.name, [_child(child, place) for child in children(node.location)], told)
    if not _is_archive(node):
        return None
    files = tuple(source_files(Found((node.name,), node.location), place))
    itself = tuple(file for file in files if file.path == node.name)  # listed where it, or a part of it, can't be read
    inner = tuple(file for file in files if file.path != node.name)
    return _assembled(stem(node.name), _archived_children(node.name, inner), told, itself)


def _is_archive(node: Node) -> bool:
    """Whether a child is an archive, by its bytes, or, where these are damaged, by its name."""
    if node.location.is_symlink() or not node.location.is_file():
        return False
    try:
        kind, _ = identify(node.location)
    except OSError:
        kind = Format.UNKNOWN
    return kind is Format.ARCHIVE or (kind is Format.UNKNOWN and CLAIMS.get(suffix(node.name)) == "压缩包")


def _child(node: Node, place: Workplace) -> _Child:
    if node.location.is_dir() and not node.location.is_symlink():
        found = files_below(node.location)
        return _Child(node.name, True, False, tuple(file for each in found for file in source_files(each, place)))
    if not _is_archive(node):
        return _Child(node.name, False, False, tuple(source_files(Found((node.name,), node.location), place)))
    files = tuple(source_files(Found((node.name,), node.location), place))
    return _Child(node.name, True, True, _without_wrapper(stem(node.name), [_inside(file) for file in files]))


def _inside(file: SourceFile) -> SourceFile:
    """A package archive's file with its path from the archive on; the archive itself (a problem) keeps its name."""
    _, _, rest = file.path.partition("/")
    return file.model_copy(update={"path": rest}) if rest else file


def _without_wrapper(name: str, files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """The files without the one folder of the archive's own name that holds them all (成都市.zip holding 成都市/)."""
    inner = [file for file in files if "/" in file.path]
    if not inner or {file.path.split("/", 1)[0] for file in inner} != {name}:
        return tuple(files)
    if any("/" not in file.path and not file.problem for file in files):
        return tuple(files)
    return tuple(
        file.model_copy(update={"path": file.path.split("/", 1)[1]}) if "/" in file.path else file for file in files
    )


def _archived_children(name: str, files: Sequence[SourceFile]) -> list[_Child]:
    """The children of a delivery that came as an archive: its files by their first step."""
    inner = [file.model_copy(update={"path": file.path.removeprefix(f"{name}/")}) for file in files]
    groups: dict[str, list[SourceFile]] = {}
    for file in _without_wrapper(stem(name), inner):
        groups.setdefault(file.path.split("/", 1)[0], []).append(file)
    return [_archived_child(top, group) for top, group in sorted(groups.items())]


def _archived_child(top: str, group: Sequence[SourceFile]) -> _Child:
    bundle = any("/" in file.path for file in group) or CLAIMS.get(suffix(top)) == "压缩包"
    if not bundle:
        return _Child(top, False, False, tuple(group))
    archive = CLAIMS.get(suffix(top)) == "压缩包"
    inside = [_inside(file) for file in group]
    return _Child(top, True, archive, _without_wrapper(stem(top), inside) if archive else tuple(inside))


def _assembled(name: str, parts: Sequence[_Child], told: _Told, itself: Sequence[SourceFile] = ()) -> DeliveryFiles:
    own_names = {part.name for part in parts if any(word in part.name for word in told.own_words)}
    loose = [file for part in parts if not part.bundle for file in part.files]
    shown = any(
        part.name in own_names and (part.bundle or any(file.format in SCAN_FORMATS for file in part.files))
        for part in parts
    )
    strays = [file for file in loose if _is_application(file, own_names, shown)]
    own = [*itself, *(file for file in loose if file not in strays)]
    own += [_under(part.name, file) for part in parts if part.bundle and part.name in own_names for file in part.files]
    packages = [_package(name, part) for part in parts if part.bundle and part.name not in own_names]
    if strays:
        packages.append(PackageFiles(identity=f"{name}/{LOOSE}", delivery=name, files=_unique(strays)))
    receipts, problems = read_receipts(own, told.hops)
    kept = (problems.get(file.path) for file in own)
    files = [
        file.model_copy(update={"problem": problem}) if problem else file
        for file, problem in zip(own, kept, strict=True)
    ]
    return DeliveryFiles(name=name, packages=tuple(_numbered(packages)), files=_unique(files), receipts=receipts)


def _package(delivery: str, part: _Child) -> PackageFiles:
    name = stem(part.name) if part.archive else part.name
    return PackageFiles(identity=f"{delivery}/{name}", delivery=delivery, files=_unique(part.files))


def _is_application(file: SourceFile, own_names: Collection[str], shown: bool) -> bool:
    """Whether a loose file is part of an application; one without a telling name is the table where none has one.

    `shown`: a scan, or a folder, has such a name; the clerk's log and the table's editable copy are no scans.
    """
    if file.path in own_names or (file.format not in APPLICATION_FORMATS and not file.problem):
        return False
    return shown or any(word in file.path for word in APPLICATION_WORDS)


def _under(name: str, file: SourceFile) -> SourceFile:
    return file if file.path == name else file.model_copy(update={"path": f"{name}/{file.path}"})


def _unique(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """The files by path; a second one of the same path (names that differ in bytes alone) gets #2."""
    seen: dict[str, int] = {}
    kept = []
    for file in files:
        number = seen[file.path] = seen.get(file.path, 0) + 1
        kept.append(file if number == 1 else file.model_copy(update={"path": f"{file.path}#{number}"}))
    return tuple(sorted(kept, key=lambda file: file.path))


def _numbered(packages: Sequence[PackageFiles]) -> Iterator[PackageFiles]:
    seen: dict[str, int] = {}
    for package in packages:
        number = seen[package.identity] = seen.get(package.identity, 0) + 1
        identity = package.identity if number == 1 else f"{package.identity}#{number}"
        yield package.model_copy(update={"identity": identity})


def _renamed(deliveries: Sequence[DeliveryFiles]) -> Iterator[DeliveryFiles]:
    """A second delivery of the same name (a folder beside its archive) gets #2, and so do its packages' identities."""
    seen: dict[str, int] = {}
    for delivery in deliveries:
        number = seen[delivery.name] = seen.get(delivery.name, 0) + 1
        if number == 1:
            yield delivery
            continue
        name = f"{delivery.name}#{number}"
        packages = tuple(
            package.model_copy(
                update={"delivery": name, "identity": name + package.identity.removeprefix(delivery.name)}
            )
            for package in delivery.packages
        )
        yield delivery.model_copy(update={"name": name, "packages": packages})


def _fault(subject: str, message: str) -> Fault:
    return Fault(stage=STAGE, subject=subject, message=message)
