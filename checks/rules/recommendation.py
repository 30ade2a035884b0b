"""The recommendation table: is it there, does each row have its package and each package its row, do they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checks.boxes import is_blank, prompts_of
from checks.case import Case, DeliveryCase, PackageSummary
from checks.certainty import whole
from checks.comparison import Comparison, compare
from checks.rows import match_rows
from checks.rule import DELIVERY, Recheck, Ruling, failed, not_applicable, passed, rule, undecided
from checks.weighing import weigh
from pipeline.model.document import FileKind
from pipeline.model.evidence import Place, Reading
from pipeline.model.recommendation import RecommendationRow
from pipeline.notices.profile import FieldSpec, Profile
from pipeline.values import fold

COMPARED = {
    "applicant": ("applicant", "name"),
    "product": ("product", "product"),
    "direction": ("directions", "directions"),
}
"""Columns of the table that repeat one field of the application, and that field's kind."""
PERSONS = {
    "contact": (("leader_name", "contact_name"), "person"),
    "mobile": (("leader_mobile", "contact_mobile"), "mobile"),
}
"""Columns whose person may be the leader or the contact."""

OTHER_PERSON = "申报表负责人或联系人的一栏空白或未能识别，推荐表所写可能是他的，请核对"
UNKNOWN = "推荐表所写方向不是通知的方向，另行提出"


@rule("R200", scope=DELIVERY)
def table_is_there(case: DeliveryCase) -> Iterator[Ruling]:
    """The delivery holds a recommendation table."""
    packages = tuple(package.identity for package in case.packages)
    if _has_table(case):
        yield passed("R200", case.identity)
    elif any(file.kind == FileKind.UNREADABLE for file in case.delivery.files):
        yield undecided("R200", case.identity, "没有找到推荐表，但有文件未能打开", packages=packages)
    else:
        yield failed("R200", case.identity)


@rule("R201", scope=DELIVERY)
def packages_have_rows(case: DeliveryCase) -> Iterator[Ruling]:
    """Every package stands in the recommendation table; one that came twice (P141) stands there once."""
    matched = _matched(case)
    listed = {_same_application(package) for package in case.packages if package.identity in matched} - {None}
    for package in case.packages:
        more = {"detail": f"{package.applicant}《{package.product}》", "packages": (package.identity,)}
        if not _has_table(case):
            yield not_applicable("R201", package.identity, "没有推荐表，另行提出", packages=(package.identity,))
        elif package.identity in matched or _same_application(package) in listed:
            yield passed("R201", package.identity, packages=(package.identity,))
        elif not case.delivery.rows or not package.applicant or _has_unread(case):
            message = "推荐表或申报单位未能识别完整，请对照原件"
            yield undecided("R201", package.identity, message, packages=(package.identity,))
        else:
            yield failed("R201", package.identity, **more)


@rule("R202", scope=DELIVERY)
def rows_have_packages(case: DeliveryCase) -> Iterator[Ruling]:
    """Every row of the table has its package; one that is listed twice (R208) has it once."""
    matched = set(_matched(case).values())
    there = {_listing(case.delivery.rows[number]) for number in matched} - {None}
    nameless = any(not package.applicant for package in case.packages)
    for number, row in enumerate(case.delivery.rows):
        subject = str(number + 1)
        found = "".join(reading.text for key in ("applicant",) if (reading := row.get(key)))
        places = _places(row)
        if number in matched or _listing(row) in there:
            yield passed("R202", subject, places=places)
        elif not found or nameless:
            what = "有的包" if found else "推荐表此行"
            yield undecided("R202", subject, f"没有对应的材料包，但{what}未能识别出单位名称", places=places)
        else:
            yield failed("R202", subject, found=found, places=places)


@rule("R203", scope=DELIVERY)
def rows_agree_with_packages(case: DeliveryCase) -> Iterator[Ruling]:
    """A row says of unit, product, direction, person and telephone what the application says."""
    summaries = {package.identity: package for package in case.packages}
    for identity, number in _matched(case).items():
        row, package = case.delivery.rows[number], summaries[identity]
        for column, (key, _) in (COMPARED | PERSONS).items():
            cell = row.get(column)
            if cell is None or not cell.value:
                continue
            comparison, reading = _against(column, cell, package, case.profile)
            if reading is None:
                continue
            field = key if isinstance(key, str) else key[1]
            if column == "direction" and not _is_known(cell, case.profile):
                yield not_applicable("R203", f"{column}@{identity}", UNKNOWN, field=field, places=cell.places)
                continue
            if not comparison.equal and _is_anothers(column, package, case.profile):
                yield undecided("R203", f"{column}@{identity}", OTHER_PERSON, field=field, places=cell.places)
                continue
            ruling = weigh("R203", f"{column}@{identity}", comparison, found=cell, expected=reading, field=field,
                           places=cell.places, detail=f"“{package.applicant}”")  # fmt: skip
            yield ruling


@rule("R203")
def readings_that_rows_repeat(case: Case) -> Iterator[Recheck]:
    """Paper readings from which the delivery's row differs are looked at again before the delivery is judged."""
    if case.delivery is None or case.paper is None:
        return
    who = {case.identity: (case.paper.text("applicant"), case.paper.text("product"))}
    keys = [key for key, _ in COMPARED.values()] + [key for keys, _ in PERSONS.values() for key in keys]
    readings = tuple((key, reading) for key in keys if (reading := case.read(key)) is not None)
    summary = PackageSummary(identity=case.identity, delivery=case.package.delivery, readings=readings)
    for number in match_rows(who, case.delivery.rows).values():
        for column in (*COMPARED, *PERSONS):
            cell = case.delivery.rows[number].get(column)
            if cell is not None and cell.value:
                comparison, reading = _against(column, cell, summary, case.profile)
                if reading is not None and not comparison.equal:
                    yield Recheck((reading,))


@rule("R204", scope=DELIVERY)
def ranks_are_in_order(case: DeliveryCase) -> Iterator[Ruling]:
    """The ranks run from 1 without gap or double."""
    cells = [row.get("no") for row in case.delivery.rows]
    written = [cell for cell in cells if cell is not None and cell.text.isdigit()]
    if len(written) < len(cells) or not cells:
        if cells:
            yield undecided("R204", "no", "有的序号空白或未能识别")
        return
    numbers = [int(cell.text) for cell in written]
    if numbers == list(range(1, len(numbers) + 1)):
        yield passed("R204", "no")
    else:
        found = "、".join(str(number) for number in numbers)
        yield failed("R204", "no", detail=f"依次为{found}", found=found, grounds=tuple(whole(cell) for cell in written))


@rule("R205", scope=DELIVERY)
def cells_are_filled(case: DeliveryCase) -> Iterator[Ruling]:
    """Every cell of a used row is filled."""
    for number, row in enumerate(case.delivery.rows, start=1):
        for column, heads in case.profile.recommendation_columns.items():
            cell = row.get(column)
            subject = f"{column}#{number}"
            where = f"第{number}行的{heads[0]}"
            if cell is None:
                yield undecided("R205", subject, f"{where}未能识别")
            elif cell.raw.strip():
                yield passed("R205", subject, places=cell.places)
            else:
                yield failed("R205", subject, detail=where, places=cell.places, recheck=(cell,))


@rule("R207", scope=DELIVERY)
def directions_are_known(case: DeliveryCase) -> Iterator[Ruling]:
    """Each row's direction is one of the notice's."""
    for number, row in enumerate(case.delivery.rows, start=1):
        cell = row.get("direction")
        if cell is None or not cell.raw.strip():
            continue
        subject = f"direction#{number}"
        if _is_known(cell, case.profile):
            yield passed("R207", subject, field="directions", places=cell.places)
        else:
            yield failed("R207", subject, field="directions", detail=f"第{number}行", found=cell.raw,
                         places=cell.places, grounds=(whole(cell),))  # fmt: skip


@rule("R208", scope=DELIVERY)
def nothing_is_listed_twice(case: DeliveryCase) -> Iterator[Ruling]:
    """No unit stands twice with the same product."""
    listed: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(case.delivery.rows, start=1):
        named = _listing(row)
        if named is not None:
            listed.setdefault(named, []).append(number)
    for (unit_name, product_name), numbers in listed.items():
        subject = str(numbers[0])
        if len(numbers) > 1:
            yield failed("R208", subject, found=f"{unit_name}《{product_name}》")
        else:
            yield passed("R208", subject)


def _is_known(direction: Reading, profile: Profile) -> bool:
    """Whether a cell names directions, and those of the notice alone."""
    known = {each.number for each in profile.directions}
    return isinstance(direction.value, tuple) and bool(direction.value) and set(direction.value) <= known


def _listing(row: RecommendationRow) -> tuple[str, str] | None:
    """What rows of one application share; None where unit or product is not there."""
    unit, product = row.get("applicant"), row.get("product")
    return _application(unit.text if unit else "", product.text if product else "")


def _same_application(package: PackageSummary) -> tuple[str, str] | None:
    """What packages of one application share; None where unit or product was not read."""
    return _application(package.applicant, package.product)


def _application(unit: str, product: str) -> tuple[str, str] | None:
    return (fold(unit), fold(product)) if unit and product else None


def _against(
    column: str, cell: Reading, package: PackageSummary, profile: Profile
) -> tuple[Comparison, Reading | None]:
    """A cell against the application: against the nearer of two persons, where either may stand there.

    A box of the form that is blank, or holds the template's prompt alone, has a rule of its own.
    """
    keys, kind = PERSONS.get(column) or ((COMPARED[column][0],), COMPARED[column][1])
    read = ((profile.field(key), package.reading(key)) for key in reversed(keys))
    told = [(spec, each) for spec, each in read if each is not None and not (spec and is_blank(each, spec, profile))]
    compared = [(_compared(cell, reading, spec, kind, profile), reading) for spec, reading in told]
    return min(compared, key=lambda pair: len(pair[0].differences), default=(Comparison(), None))


def _compared(cell: Reading, reading: Reading, spec: FieldSpec | None, kind: str, profile: Profile) -> Comparison:
    return compare(cell, reading, kind, prompts=prompts_of(spec, profile) if spec else ())


def _is_anothers(column: str, package: PackageSummary, profile: Profile) -> bool:
    """Whether a cell may be of the other person, whose box of the form is blank or was not read."""
    specs = ((profile.field(key), package.reading(key)) for key in PERSONS.get(column, ((), ""))[0])
    return any(each is None or (spec is not None and is_blank(each, spec, profile)) for spec, each in specs)


def _matched(case: DeliveryCase) -> Mapping[str, int]:
    return match_rows({each.identity: (each.applicant, each.product) for each in case.packages}, case.delivery.rows)


def _has_table(case: DeliveryCase) -> bool:
    kinds = {file.kind for file in case.delivery.files}
    return bool(case.delivery.rows or case.delivery.pages) or FileKind.RECOMMENDATION in kinds


def _has_unread(case: DeliveryCase) -> bool:
    return any(page.reading.unreadable for page in case.delivery.pages)


def _places(row: RecommendationRow) -> tuple[Place, ...]:
    return tuple(place for _, reading in row.cells for place in reading.places)[:1]
