"""The notice's directions and their reference indicators: directions.yaml as records, validated on loading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, StrictBool, field_validator, model_validator

from pipeline.model.record import Record
from pipeline.notices.yaml_file import Misfit, read_yaml, validated

FILE = "directions.yaml"
TASK_GROUP = "task"
"""The group of what the paragraph 揭榜任务 names: softly checked, in no direction's logic."""
PRODUCT_VARIANT = "product_variant:"

Value = StrictBool | Decimal | tuple[str, ...] | None
"""A reference value: whether it can, a number, the members of a set; None for what only words describe."""


class Condition(Record):
    """Under what a reference value holds."""

    precision: str | None = None
    product: str | None = None
    fov_deg: Decimal | None = None
    distance_m: Decimal | None = None
    attacks: tuple[str, ...] = ()
    datasets: str | None = None
    mode: str | None = None
    network: str | None = None
    scene: str | None = None
    domain: tuple[str, ...] = ()
    each: bool = False
    """Whether each of the domains needs it by itself."""

    @field_validator("domain", mode="before")
    @classmethod
    def _one_is_a_list(cls, domain: Any) -> Any:
        return (domain,) if isinstance(domain, str) else domain

    @property
    def words(self) -> tuple[str, ...]:
        """What an applicant would write of it."""
        said = (self.precision, self.mode, self.network, self.scene, *self.domain, *self.attacks)
        return tuple(word for word in said if word)


class Canonical(Record):
    """A reference value in another unit."""

    value: Decimal
    unit: str


class ReferenceIndicator(Record):
    """A reference indicator of a direction.

    `better` says which way is better, `wording` the notice's comparing word ("(none)": it prints none), `required`
    whether its row must be there, `quote` where it stands in the notice.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["numeric", "count", "set", "boolean", "qualitative"]
    op: Literal[">=", ">", "<=", "<", "==", "superset"] | None = None
    value: Value = None
    unit: str | None = None
    better: Literal["higher", "lower"] | None = None
    condition: Condition | None = None
    canonical: Canonical | None = None
    required: Literal["true", "if_applicable", "mention"]
    source: Literal["target", "task"]
    quote: str = Field(min_length=1)
    wording: str | None = None
    op_implied: bool = False
    """The notice prints no comparing word; the operator is our reading."""
    ambiguity: str = ""
    """What a person must decide."""
    machine_hint: str = ""
    counted_from: tuple[str, ...] = ()
    """The things of which so many are wanted, as the notice names them."""
    set_is_open: bool | None = None
    named_row: bool = False
    """The notice names the quantity but no value."""

    @field_validator("required", mode="before")
    @classmethod
    def _yes_is_true(cls, required: Any) -> Any:
        return str(required).lower()

    @field_validator("value", mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(str(value))
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _value_of_its_kind(self) -> ReferenceIndicator:
        wanted: dict[str, type] = {"numeric": Decimal, "count": Decimal, "set": tuple, "boolean": bool}
        if not isinstance(self.value, wanted.get(self.kind, type(None))):
            raise ValueError(f"{self.id} 的 value 与 kind {self.kind} 不符")
        if (self.op is None) != (self.kind == "qualitative"):
            raise ValueError(f"{self.id} 的 op 与 kind {self.kind} 不符")
        return self

    @property
    def title(self) -> str:
        """The name as subjects bear it, where `@` parts a thing from its place."""
        return self.name.replace("@", " ")

    @property
    def number(self) -> Decimal | None:
        """The value of a number or count."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def members(self) -> tuple[str, ...]:
        """The members of a set."""
        return self.value if isinstance(self.value, tuple) else ()


class IndicatorGroup(Record):
    """A group of reference indicators: `applies` always, alternative, or for a variant of product."""

    id: str
    title: str
    applies: str = "always"
    satisfy: Literal["all", "mention"] = "all"
    note: str = ""
    indicators: tuple[ReferenceIndicator, ...]

    @field_validator("applies")
    @classmethod
    def _known(cls, applies: str) -> str:
        if applies not in ("always", "alternative") and not applies.startswith(PRODUCT_VARIANT):
            raise ValueError(f"applies 不能是 {applies}")
        return applies

    @property
    def variant(self) -> str:
        """The kind of product it is for; "" where it does not depend on that."""
        return self.applies.removeprefix(PRODUCT_VARIANT).strip() if self.applies.startswith(PRODUCT_VARIANT) else ""


class Logic(Record):
    """Which groups a table must answer: ids of groups, and logics within."""

    all_of: tuple[str | Logic, ...] = ()
    at_least_one_of: tuple[str | Logic, ...] = ()
    if_applicable: tuple[str | Logic, ...] = ()
    free: bool = False
    """No reference indicators: the applicant sets its own."""
    quote: str = ""
    why: str = ""

    @property
    def groups(self) -> tuple[str, ...]:
        """All groups named in it."""
        return tuple(_named(part for part in (*self.all_of, *self.at_least_one_of, *self.if_applicable)))


class Direction(Record):
    """One of the notice's directions."""

    number: int
    code: str
    category_guide: str
    category: str = Field(alias="category_form")
    title: str = Field(alias="guide_title")
    form_label: str
    names_equal_guide_vs_form: bool
    target_deadline: str
    logic: Logic
    task_quote: str
    target_quote: str | None
    form_example_rows: tuple[str, ...] = ()
    """What the form's table prints for exactly this direction."""
    groups: tuple[IndicatorGroup, ...]
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _logic_and_groups_agree(self) -> Direction:
        known, named = {group.id for group in self.groups}, set(self.logic.groups)
        if unknown := named - known:
            raise ValueError(f"{self.code} 的 logic 引用了不存在的组 {'、'.join(sorted(unknown))}")
        if not self.logic.free and (left := known - named - {TASK_GROUP}):
            raise ValueError(f"{self.code} 的组 {'、'.join(sorted(left))} 不在 logic 中")
        return self

    @property
    def name(self) -> str:
        """The form's label without its number."""
        return self.form_label.split(":", 1)[-1].split("：", 1)[-1].strip()

    @property
    def references(self) -> tuple[ReferenceIndicator, ...]:
        """All its reference indicators, group by group."""
        return tuple(indicator for group in self.groups for indicator in group.indicators)


class CategoryNames(Record):
    """The classes of directions as guide, notice and form name them."""

    guide: tuple[str, ...]
    notice_body: str
    form: tuple[str, ...]
    difference: str


class Wording(Record):
    """Comparing words of the notice and the operator they stand for; `basis` the law that says so."""

    words: tuple[str, ...]
    op: str
    basis: str = ""


class Guide(Record):
    """All of directions.yaml."""

    table_rule: str
    severity_advice: str
    category_names: CategoryNames
    wording_to_operator: tuple[Wording, ...]
    unit_normalisation: dict[str, Decimal | str]
    directions: tuple[Direction, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Guide:
        seen: set[str] = set()
        for what, name, steps in (*self._numbers(), *self._ids()):
            if name in seen:
                raise Misfit(f"{what} {name} 出现不止一次", *steps)
            seen.add(name)
        return self

    def _numbers(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        for place, direction in enumerate(self.directions):
            yield "方向", str(direction.number), ("directions", place, "number")

    def _ids(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        for place, direction in enumerate(self.directions):
            for row, group in enumerate(direction.groups):
                for column, indicator in enumerate(group.indicators):
                    steps = ("directions", place, "groups", row, "indicators", column, "id")
                    yield "指标", indicator.id, steps


def read_guide(path: Path) -> Guide:
    """The directions of a notice.

    Raises:
        UsageProblem: They can't be read, or don't fit; the sentence names file and line.
    """
    return validated(Guide, read_yaml(path), path)


def _named(parts: Iterable[str | Logic]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from part.groups
