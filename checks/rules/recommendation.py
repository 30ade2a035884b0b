"""The recommendation table: is it there, does each row have its package and each package its row, do they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checks.case import Case, DeliveryCase, PackageSummary
from checks.certainty import whole
from checks.comparison import Comparison, compare
from checks.rows import match_rows
from checks.rule import DELIVERY, Recheck, Ruling, failed, not_applicable, passed, rule, undecided
from checks.weighing import weigh
from pipeline.model.document import FileKind
from pipeline.model.evidence import Place, Reading
from pipeline.model.recommendation import RecommendationRow
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
    """Every package stands in the recommendation table."""
    matched = _matched(case)
    for package in case.packages:
        more = {"detail": f"{package.applicant}《{package.product}》", "packages": (package.identity,)}
        if not _has_table(case):
            yield not_applicable("R201", package.identity, "没有推荐表，另行提出", packages=(package.identity,))
        elif package.identity in matched:
            yield passed("R201", package.identity, packages=(package.identity,))
        elif not case.delivery.rows or not package.applicant or _has_unread(case):
            message = "推荐表或申报单位未能识别完整，请对照原件"
            yield undecided("R201", package.identity, message, packages=(package.identity,))
        else:
            yield failed("R201", package.identity, **more)


@rule("R202", scope=DELIVERY)
def rows_have_packages(case: DeliveryCase) -> Iterator[Ruling]:
    """Every row of the table has its package."""
    matched = set(_matched(case).values())
    nameless = any(not package.applicant for package in case.packages)
    for number, row in enumerate(case.delivery.rows):
        subject = str(number + 1)
        found = "".join(reading.text for key in ("applicant",) if (reading := row.get(key)))
        places = _places(row)
        if number in matched:
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
            comparison, reading = _against(column, cell, package)
            if reading is None:
                continue
            field = key if isinstance(key, str) else key[1]
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
                comparison, reading = _against(column, cell, summary)
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
    known = {direction.number for direction in case.profile.directions}
    for number, row in enumerate(case.delivery.rows, start=1):
        cell = row.get("direction")
        if cell is None or not cell.raw.strip():
            continue
        subject = f"direction#{number}"
        if isinstance(cell.value, tuple) and cell.value and set(cell.value) <= known:
            yield passed("R207", subject, field="directions", places=cell.places)
        else:
            yield failed("R207", subject, field="directions", detail=f"第{number}行", found=cell.raw,
                         places=cell.places, grounds=(whole(cell),))  # fmt: skip


@rule("R208", scope=DELIVERY)
def nothing_is_listed_twice(case: DeliveryCase) -> Iterator[Ruling]:
    """No unit stands twice with the same product."""
    listed: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(case.delivery.rows, start=1):
        unit, product = row.get("applicant"), row.get("product")
        if unit and product and unit.text and product.text:
            listed.setdefault((fold(unit.text), fold(product.text)), []).append(number)
    for (unit_name, product_name), numbers in listed.items():
        subject = str(numbers[0])
        if len(numbers) > 1:
            yield failed("R208", subject, found=f"{unit_name}《{product_name}》")
        else:
            yield passed("R208", subject)


def _against(column: str, cell: Reading, package: PackageSummary) -> tuple[Comparison, Reading | None]:
    """A cell against the application: against the nearer of two persons, where either may stand there."""
    keys, kind = PERSONS.get(column) or ((COMPARED[column][0],), COMPARED[column][1])
    told = [reading for key in reversed(keys) if (reading := package.reading(key)) is not None and reading.value]
    compared = [(compare(cell, reading, kind), reading) for reading in told]
    return min(compared, key=lambda pair: len(pair[0].differences), default=(Comparison(), None))


def _matched(case: DeliveryCase) -> Mapping[str, int]:
    return match_rows({each.identity: (each.applicant, each.product) for each in case.packages}, case.delivery.rows)


def _has_table(case: DeliveryCase) -> bool:
    kinds = {file.kind for file in case.delivery.files}
    return bool(case.delivery.rows or case.delivery.pages) or FileKind.RECOMMENDATION in kinds


def _has_unread(case: DeliveryCase) -> bool:
    return any(page.reading.unreadable for page in case.delivery.pages)


def _places(row: RecommendationRow) -> tuple[Place, ...]:
    return tuple(place for _, reading in row.cells for place in reading.places)[:1]
