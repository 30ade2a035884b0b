"""Fictitious applicants of a notice's province and what they file."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pipeline.notices.profile import Profile
from pipeline.notices.vocabulary import load_vocabulary
from samples.banks import bank
from samples.codes import credit_code, patent_check
from samples.filing import Filing
from samples.indicators import indicator_rows
from samples.wording import Facts, product_summary, taskbook, unit_profile

INSTITUTE_SHARE = 0.12
LAST_WEEKS = 15
"""Days before the filing's deadline in which people file."""
RARE_NAME_SHARE = 0.35
CAPITALS = (500, 1000, 2000, 3280, 5000, 10000, 1250.5, 6666.67)
COMPANY_KINDS = ("民营企业", "民营企业", "民营企业", "国有企业", "外资企业")


def make_filing(index: int, city: dict[str, Any], profile: Profile, rng: Random, size: str, rephrase: bool) -> Filing:
    """One clean application; `index` (from 0) makes code and number unique, `size` is short or usual."""
    direction = rng.choice(profile.directions)
    products = bank("products")[direction.number]
    product, group = rng.choice(products["products"])
    rows = indicator_rows(direction, group, rng, rephrase, scenes_of(product, profile))
    values, short, shown = _unit(index, city, profile, rng)
    values["product"] = product
    values |= _people(city, rng) | _figures(rng)
    fixed = {
        "unit": values["applicant"], "short": short, "city": city["city"], "product": product,
        "staff": values["staff"], "rd_staff": values["rd_staff"], "person": values["leader_name"],
    }  # fmt: skip
    facts = Facts(fixed, products["techniques"], products["uses"])
    brief = size == "short"
    profile_text = unit_profile(facts, rng, 200 if brief else rng.randint(220, 400))
    summary = product_summary(facts, rng, 300 if brief else rng.randint(320, 800))
    values |= {"unit_profile": halved(profile_text), "product_summary": halved(summary)}
    shown |= {"unit_profile": profile_text, "product_summary": summary} | _shown_figures(values, rng)
    goal = f"主要指标为{rows[0].name}：{rows[0].target}；{rows[1].name}：{rows[1].target}。"
    before, number = profile.deadlines.online.date() - timedelta(days=LAST_WEEKS), rng.randint(1, 12)
    filed = before + timedelta(days=number)
    committed = filed - timedelta(days=rng.randint(0, 5))
    day = before + timedelta(days=rng.randint(max(1, number - 3), number))
    hour = datetime(day.year, day.month, day.day, rng.randint(8, 22), rng.randint(0, 59), 5)
    values |= _commitment(values, filed, committed, rng)
    return Filing(
        number=f"JB{profile.year}{index + 1:05d}",
        city=city["city"],
        area=city["area"],
        recommender=city["bureau"],
        directions=(direction.number,),
        values=values,
        rows=rows,
        taskbook=taskbook(facts, rng, goal, 2 if brief else rng.randint(2, 4)),
        filed_on=filed,
        committed_on=committed,
        submitted_at=hour,
        short=short,
        shown=shown,
        patent=_patent(rng),
    )


def _patent(rng: Random) -> str:
    body = f"2019{rng.randint(10, 11)}{rng.randint(100000, 999999)}"
    return f"ZL{body}.{patent_check(body)}"


def halved(text: str) -> str:
    """Full-width letters, digits and brackets as half-width; other signs stay."""
    table = {ord("（"): "(", ord("）"): ")"} | {
        code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()
    }
    return text.translate(table)


def normal(text: str) -> str:
    """The contract's normal form of a short text: half-width, and no blanks but those between Latin words."""
    return re.sub(r"(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])", "", halved(text))


def _unit(
    index: int, city: dict[str, Any], profile: Profile, rng: Random
) -> tuple[dict[str, str], str, dict[str, str]]:
    people, here = bank("people"), profile.province_names[0]
    brand = "".join(rng.sample(people["brand"], 2))
    place = rng.choice([city["city"].removesuffix("市"), here, here]) if len(city["city"]) < 5 else here
    institute = rng.random() < INSTITUTE_SHARE
    if institute:
        name, kind = f"{place}{brand}人工智能研究院", rng.choice(["事业单位", "其他：民办非企业单位"])
    else:
        line = rng.choice(people["line"])
        suffix = rng.choice([form for form in people["form"] if not (line.endswith("科技") and form[0] == "科")])
        bracketed = place == here and len(city["city"]) < 5 and rng.random() < 0.2
        middle = f"（{city['city'].removesuffix('市')}）" if bracketed else ""
        name, kind = f"{place}{brand}{middle}{line}{suffix}", rng.choice(COMPANY_KINDS)
    register = {"事业单位": "12", "其他：民办非企业单位": "52"}.get(kind, "91")
    serial = 1 + (index * 37 + rng.randint(0, 30) + 100) % 99999
    region = rng.choice([city["region"], city["region"], f"{profile.province_code}0000"])
    inside = ("", f"{rng.randint(1, 9)}栋{rng.randint(2, 30)}层", f"{rng.choice('ABCD')}座{rng.randint(301, 2899)}室")
    street = f"{rng.choice(people['roads'])}{rng.randint(2, 1999)}号{rng.choice(inside)}"
    values = {
        "applicant": halved(name),
        "address": f"{here}省{city['city']}{rng.choice(city['districts'])}{street}",
        "uscc": credit_code(register, region, serial),
        "ownership": kind,
        "listed": "是" if name.endswith("股份有限公司") and rng.random() < 0.5 else "否",
        "partners": rng.choice(
            [
                "无",
                "无",
                f"{place}{rng.choice(people['brand'])}蓉大学",
                f"{here}{''.join(rng.sample(people['brand'], 2))}软件有限公司",
            ]
        ),
    }
    return values, brand + ("研究院" if institute else rng.choice(["科技", "智能", "公司"])), {"applicant": name}


def _people(city: dict[str, Any], rng: Random) -> dict[str, str]:
    spelled = bank("people")["spelling"]
    tail, ending = rng.choice(["-ai", "tech", "2015", "sc", ""]), rng.choice(["com", "org", "net"])
    domain = f"{rng.choice(spelled)}{rng.choice(spelled)}{tail}.example.{ending}"
    return {
        "leader_name": _name(rng),
        "leader_title": rng.choice(bank("people")["titles"]),
        "leader_email": _email(domain, rng),
        "leader_mobile": _mobile(rng),
        "contact_name": _name(rng),
        "contact_mobile": _mobile(rng),
        "contact_email": _email(domain, rng),
        "contact_fax": rng.choice(
            ["无", f"{city['area']}-{'8' if city['area'] == '028' else ''}{rng.randint(2000000, 7999999)}"]
        ),
        "legal_representative": _name(rng),
    }


def _name(rng: Random) -> str:
    people = bank("people")
    given = rng.choice(people["rare"] if rng.random() < RARE_NAME_SHARE else people["given"])
    return str(rng.choice(people["surnames"])) + str(given)


def _email(domain: str, rng: Random) -> str:
    people = bank("people")
    surname, given = rng.choice(people["spelling"]), rng.choice(people["given_spelling"])
    local = rng.choice(
        [f"{given}.{surname}", f"{surname}{given}{rng.randint(1, 99):02d}", f"{surname}_{given}", f"{given}{surname}"]
    )
    return f"{local}@{domain}"


def _mobile(rng: Random) -> str:
    return f"1{rng.choice('3578')}{rng.randint(0, 999999999):09d}"


def _figures(rng: Random) -> dict[str, str]:
    revenue = rng.choice(
        [rng.randint(800, 90000), round(rng.uniform(900, 60000), 2), round(rng.uniform(900, 60000), 1)]
    )
    ai = round(revenue * rng.uniform(0.2, 0.85), rng.choice([0, 1, 2]))
    rd = round(revenue * rng.uniform(0.08, 0.35), rng.choice([0, 2, 2]))
    staff = rng.randint(35, 1800)
    return {
        "registered_capital": plain(rng.choice([*CAPITALS, rng.randint(600, 30000)])),
        "revenue": plain(revenue), "ai_revenue": plain(ai), "rd_spend": plain(rd),
        "staff": str(staff), "rd_staff": str(int(staff * rng.uniform(0.2, 0.7))),
    }  # fmt: skip


def plain(value: float) -> str:
    """A plain decimal without trailing zeros."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")


def _shown_figures(values: dict[str, str], rng: Random) -> dict[str, str]:
    """Some amounts with thousands separators or their unit, some mobiles in groups, as people type them."""
    shown = {}
    for key in ("registered_capital", "revenue", "ai_revenue", "rd_spend"):
        chance = rng.random()
        number = float(values[key])
        if chance < 0.15:
            shown[key] = f"{number:,.2f}"
        elif chance < 0.22:
            shown[key] = f"{values[key]}万元"
    for key in ("leader_mobile", "contact_mobile"):
        if rng.random() < 0.12:
            shown[key] = f"{values[key][:3]} {values[key][3:7]} {values[key][7:]}"
    for key in ("leader_name", "contact_name", "legal_representative"):
        if len(values[key]) == 2 and rng.random() < 0.25:
            shown[key] = f"{values[key][0]}　{values[key][1]}"
    return shown


def scenes_of(product: str, profile: Profile) -> frozenset[str]:
    """Ids of the reference indicators asked for in their scene alone, of the scenes a product's name says."""
    scenes = load_vocabulary(profile.folder).scenes
    return frozenset(name for name, words in scenes.items() if any(word in product for word in words))


def _commitment(values: dict[str, str], filed: date, committed: date, rng: Random) -> dict[str, str]:
    who, phone = rng.choice([("contact_name", "contact_mobile"), ("leader_name", "leader_mobile")])
    return {
        "filing_date": filed.isoformat(),
        "commitment_product": values["product"],
        "commitment_contact": values[who],
        "commitment_phone": values[phone],
        "commitment_date": committed.isoformat(),
    }
