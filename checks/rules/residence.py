"""Where units sit: a local authority recommends those of its own city."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.alignment import spot
from checks.case import Case
from checks.certainty import Ground
from checks.recommenders import fold_recommender
from checks.rule import Ruling, failed, not_applicable, passed, rule
from pipeline.model.evidence import Reading
from pipeline.notices.profile import City

CODE, FIELD = "R109", "recommender"
CITY_ENDINGS = ("州|地区|藏族|彝族", "(?![路街大])")
"""What follows a city's name, besides 市, where it is meant as one: a street may be called after another city."""
REGION = slice(2, 6)
"""The city's digits in an 18-character credit code (GB 32100-2015), as of its first registration."""
NO_RECOMMENDER = "封面没有写或未能识别推荐单位"
NO_CITY = "推荐单位不是市（州）主管部门，不限所在地"
NO_ADDRESS = "单位地址中没有写明市（州），无法判断"
REGISTERED = "单位登记地与推荐单位相同"


@dataclass(frozen=True, slots=True)
class Spot:
    """A city and the words of a text that name it."""

    city: str
    words: str


@rule(CODE)
def recommender_is_of_the_place(case: Case) -> Iterator[Ruling]:
    """A city's authority recommends units that sit, or are registered, in that city."""
    reading = case.read("recommender")
    if reading is None or not reading.text:
        yield not_applicable(CODE, FIELD, NO_RECOMMENDER, field=FIELD)
        return
    authority = _authority(case, reading)
    if authority is None:
        yield not_applicable(CODE, FIELD, NO_CITY, field=FIELD)
        return
    yield _ruling(case, reading, authority)


def _ruling(case: Case, reading: Reading, authority: Spot) -> Ruling:
    address = case.read("address")
    seat = city_in(address.text, case.profile.cities) if address else None
    if address is None or seat is None:
        return not_applicable(CODE, FIELD, NO_ADDRESS, field=FIELD)
    places = reading.places + address.places
    if seat.city == authority.city:
        return passed(CODE, FIELD, field=FIELD, places=places)
    code = case.read("uscc")
    if code is not None and code.text[REGION] == case.profile.cities[authority.city].code:
        return passed(CODE, FIELD, field=FIELD, detail=REGISTERED, places=places + code.places)
    ground = Ground((spot(reading, authority.words), spot(address, seat.words)))
    return failed(CODE, FIELD, field=FIELD, found=reading.text, expected=seat.city, places=places, grounds=(ground,))


def _authority(case: Case, reading: Reading) -> Spot | None:
    """The city whose authority recommends; None for a province's office, an association, a company."""
    name = fold_recommender(reading.text, case.profile)
    if not name.endswith(case.profile.authority_endings):
        return None
    return city_in(reading.text, case.profile.cities)


def city_in(text: str, cities: Mapping[str, City]) -> Spot | None:
    """The first city that a text names as one; a town that is called 市 counts as its city."""
    towns = {town: city for city, told in cities.items() for town in told.towns}
    names = "|".join(cities)
    patterns = ("|".join((f"(?:{names})市", *towns)), *(f"(?:{names})(?:{ending})" for ending in CITY_ENDINGS))
    for pattern in patterns:
        if found := re.search(pattern, text):
            words = found.group()
            return Spot(towns.get(words) or next(city for city in cities if words.startswith(city)), words)
    return None
