from decimal import Decimal

import pytest

from pipeline.model.quantity import Measure
from pipeline.values.unit_names import canonical_unit, names
from pipeline.values.units import converted, quantity


@pytest.mark.parametrize(
    ("written", "name"),
    [("Tops/w", "TOPS/W"), ("米/秒", "m/s"), ("次/24小时", "次/24小时"), ("GB/S", "GB/s"), ("KΩ", "kΩ"),
     ("次/s", "次/秒"), ("mW", "mW"), ("MW", "MW"), ("Gbps", "Gbit/s"), ("转/分", "rpm"),
     ("Mhz", "MHz"), ("件/分钟", "件/min")],
)  # fmt: skip
def test_written_unit(written: str, name: str) -> None:
    assert canonical_unit(written) == name


@pytest.mark.parametrize("written", ["mw", "gb", "GBPS", "B", "M", "K", "T", "度", "xyz", "m/s/s", "5", ""])
def test_what_may_be_two_units_is_none(written: str) -> None:
    assert canonical_unit(written) is None


def test_every_canonical_name_is_known_to_the_registry() -> None:
    for name in sorted(set(names().values())):
        assert quantity(Measure(value=Decimal(1), unit=name)).magnitude > 0


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [("14", "m/s", "km/h", "50.4"), ("1", "次/24小时", "次/天", "1"), ("0.001", "‰", "%", "0.0001"),
     ("2", "TOPS", "GOPS", "2000"), ("10", "Gbit/s", "GB/s", "1.25"),
     ("5", "kΩ", "Ω", "5000"), ("9", "km", "m", "9000"), ("72", "dB", "dB", "72"),
     ("500", "mW", "W", "0.5"), ("2", "MW", "W", "2000000"), ("1", "h", "min", "60")],
)  # fmt: skip
def test_conversion(value: str, unit: str, to: str, expected: str) -> None:
    changed = converted(Decimal(value), unit, to)
    assert changed is not None
    assert abs(changed - Decimal(expected)) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("unit", "to"), [("W", "ms"), ("dB", "W"), ("级", "种"), ("元", "个"), ("TOPS", "TOPS/W"), ("%", "百分点")]
)
def test_other_dimension_is_none(unit: str, to: str) -> None:
    assert converted(Decimal(1), unit, to) is None


def test_degrees_in_a_ratio_are_a_difference() -> None:
    assert converted(Decimal(6), "℃/min", "℃/h") == Decimal(360)


def test_quantity_is_pints() -> None:
    made = quantity(Measure(value=Decimal("5.5"), unit="TOPS/W"))
    assert made.to("GOPS/W").magnitude == Decimal(5500)
    assert quantity(Measure(value=Decimal(25), unit="℃")).to("kelvin").magnitude == Decimal("298.15")
