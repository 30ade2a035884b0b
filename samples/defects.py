"""Defects planted on purpose: each changes a submission and says which finding it must give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.profile import load_profile
from samples.applicants import plain
from samples.codes import CODE_ALPHABET, check_digit
from samples.filing import Filing
from samples.indicators import with_unit
from samples.submission import SealChange, SeamState, Submission
from samples.truth import Planted

COMPARED = (
    "applicant", "leader_name", "leader_title", "leader_email", "leader_mobile", "contact_name", "contact_mobile",
    "contact_email", "contact_fax", "legal_representative", "registered_capital", "address", "uscc", "revenue",
    "rd_spend", "ai_revenue", "staff", "rd_staff", "partners", "product", "unit_profile", "product_summary",
)  # fmt: skip
"""Fields in which one character or digit is changed."""
ONLINE_ONLY = ("applicant", "product")
"""Changed on paper, these would contradict seals, evidence and running text as well: other findings would follow."""
TEXTS = ("unit_profile", "product_summary")
BLANKABLE = ("leader_title", "leader_email", "contact_fax", "registered_capital", "address", "staff", "partners")
SIMILAR = (
    "智志",
    "科料",
    "伟玮",
    "明朋",
    "天夫",
    "大太",
    "成戊",
    "川州",
    "蓉容",
    "云元",
    "人入",
    "东车",
    "日目",
    "土士",
    "技枝",
    "锦绵",
    "辰晨",
    "图围",
)
MORE = (105, 180)
"""Percent of the true amount that is told where the evidence does not bear it out."""
OWNED = (1, 2, 3)
"""Items whose documents name the unit that they are of behind a label."""
OTHERS = "新华中北南西光立方宏远达通海安信"


@dataclass(frozen=True, slots=True)
class DefectSpec:
    """A defect by the code it must give, and its field (None: one is drawn)."""

    code: str
    field: str | None = None


def plant(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    """The submission with the defect in it.

    Raises:
        ValueError: No defect of that code is known.
    """
    if spec.code in SEALS:
        return _seal(submission, spec)
    if spec.code in OMISSIONS:
        return _omitted(submission, spec)
    if spec.code not in PLANTERS:
        raise ValueError(f"no defect for {spec.code}; known: {', '.join(known_codes())}")
    return PLANTERS[spec.code](submission, spec, rng)


def known_codes() -> tuple[str, ...]:
    """The codes that can be planted."""
    return tuple(sorted({*SEALS, *OMISSIONS, *PLANTERS}))


def altered(value: str, key: str, rng: Random) -> str:
    """The value with one character or digit changed, of the same kind."""
    if key == "uscc":
        return _altered_code(value, rng)
    places = [index for index, char in enumerate(value) if char.isalnum()]
    digits = [index for index in places if value[index].isdigit()]
    if key in TEXTS:
        places = digits or places
    if key.endswith("mobile"):
        places = places[2:]
    if value == "无":
        return "028-86120000" if key == "contact_fax" else "四川长风软件有限公司"
    index = rng.choice(places)
    return value[:index] + _other(value[index], first=index == 0, rng=rng) + value[index + 1 :]


def _other(char: str, first: bool, rng: Random) -> str:
    if char.isdigit():
        return rng.choice([digit for digit in "0123456789" if digit != char and not (first and digit == "0")])
    if char.isascii():
        return rng.choice([letter for letter in "abcdefghkmnprstuwxyz" if letter != char.lower()])
    pairs = [pair.replace(char, "") for pair in SIMILAR if char in pair]
    return rng.choice(pairs) if pairs else rng.choice([other for other in OTHERS if other != char])


def _altered_code(code: str, rng: Random) -> str:
    """Another digit in the body; the last digit made right again, so that only the comparison can tell."""
    index = rng.randint(12, 15)
    body = code[:index] + _other(code[index], False, rng) + code[index + 1 : 17]
    return body + check_digit(body)


def _everywhere(submission: Submission, change: Callable[[Filing], Filing]) -> Submission:
    return replace(
        submission,
        paper=change(submission.paper),
        online=change(submission.online) if submission.online else None,
        editable=change(submission.editable) if submission.editable else None,
    )


def _differs(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    """Paper against online: X101 (the docx stands with one of them) or, for the docx alone, X201."""
    used = {planted.field for planted in submission.planted}
    key = spec.field or rng.choice([key for key in COMPARED if key not in used])
    sides = ("online",) if key in ONLINE_ONLY else ("online", "paper")
    witness = "editable" if spec.code == "X201" else rng.choice(sides)
    filing: Filing | None = getattr(submission, witness)
    if filing is None:
        return submission
    old = filing.values[key]
    new = altered(old, key, rng)
    changed = filing.with_value(key, new)
    changes = {witness: changed}
    expected, found = (new, old) if witness != "paper" else (old, new)
    made = replace(submission, **changes)  # type: ignore[arg-type]
    return made.with_planted(Planted(code=spec.code, field=key, witness=witness, expected=expected, found=found))


def _indicator(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    witness = "editable" if spec.code == "X202" else "online"
    filing: Filing | None = getattr(submission, witness)
    if filing is None:
        return submission
    numbered = [index for index, row in enumerate(filing.rows) if any(char.isdigit() for char in row.target)]
    index = rng.choice(numbered)
    row = filing.rows[index]
    place = rng.choice([place for place, char in enumerate(row.target) if char.isdigit()])
    target = row.target[:place] + _other(row.target[place], True, rng) + row.target[place + 1 :]
    changes = {witness: filing.with_row(index, replace(row, target=target))}
    made = replace(submission, **changes)  # type: ignore[arg-type]
    return made.with_planted(
        Planted(code=spec.code, field="indicators", witness=witness, expected=target, found=row.target)
    )


def _row_missing(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    """A reference indicator's row taken out everywhere; the last row is the applicant's own."""
    if _is_free(submission):
        return submission
    index = rng.randrange(len(submission.paper.rows) - 1)
    name = submission.paper.rows[index].name
    made = _everywhere(submission, lambda filing: filing.without_row(index))
    return made.with_planted(Planted(code=spec.code, witness="all", expected=name))


def _goal_below(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    """A goal far on the wrong side of the reference, and the current level further still."""
    return _levels(submission, spec, rng, lambda reference, worse: (reference * worse * worse, reference * worse))


def _goal_back(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    """A goal worse than the current level, though better than the reference."""
    return _levels(submission, spec, rng, lambda reference, worse: (reference / worse / worse, reference / worse))


Levels = Callable[[Decimal, Decimal], tuple[Decimal, Decimal]]


def _levels(submission: Submission, spec: DefectSpec, rng: Random, levels: Levels) -> Submission:
    """Current level and goal of a numeric row set by its reference.

    Shares are left alone, for their room is narrow, and names that several kinds of product have.
    """
    named = [(name, each) for each in _references(submission) for name in (each.name, *each.aliases)]
    times = Counter(name for name, _ in named)
    references = {name: each for name, each in named if times[name] == 1}
    rows = submission.paper.rows
    open_to = [index for index, row in enumerate(rows) if row.name in references]
    if not open_to:
        return submission
    index = rng.choice(open_to)
    row, reference = rows[index], references[rows[index].name]
    worse = Decimal(2) if reference.better == "lower" else Decimal("0.5")
    current, target = (with_unit(float(value), reference.unit or "") for value in levels(_number(reference), worse))
    made = _everywhere(submission, lambda filing: filing.with_row(index, replace(row, current=current, target=target)))
    made = _everywhere(made, lambda filing: _retold(filing, row.target, target))
    return made.with_planted(Planted(code=spec.code, witness="all", expected=reference.name, found=target))


def _retold(filing: Filing, old: str, new: str) -> Filing:
    """The task book's goals with the row's new one."""
    return replace(
        filing, taskbook={part: text.replace(f"：{old}", f"：{new}") for part, text in filing.taskbook.items()}
    )


def _is_free(submission: Submission) -> bool:
    """Whether the direction has no reference indicators."""
    directions = (load_profile().direction(number) for number in submission.paper.directions)
    return any(direction is None or direction.logic.free for direction in directions)


def _references(submission: Submission) -> Iterator[ReferenceIndicator]:
    for number in submission.paper.directions:
        direction = load_profile().direction(number)
        for each in direction.references if direction else ():
            if each.kind == "numeric" and each.unit not in (None, "%", "‰", "°", "分") and each.required == "true":
                yield each


def _number(reference: ReferenceIndicator) -> Decimal:
    assert reference.number is not None
    return reference.number


def _blank(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    key = spec.field or rng.choice(BLANKABLE)
    paper = submission.paper.with_value(key, "")
    editable = submission.editable.with_value(key, "") if submission.editable else None
    made = replace(submission, paper=paper, editable=editable)
    return made.with_planted(Planted(code=spec.code, field=key, witness="paper"))


def _bad_code(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    code = submission.paper.values["uscc"]
    wrong = code[:17] + rng.choice([char for char in CODE_ALPHABET if char != code[17]])
    made = _everywhere(submission, lambda filing: filing.with_value("uscc", wrong))
    return made.with_planted(Planted(code=spec.code, field="uscc", witness="all", found=wrong))


def _malformed(key: str, value: str) -> Callable[[Submission, DefectSpec, Random], Submission]:
    def planter(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
        field = spec.field or key
        made = _everywhere(submission, lambda filing: filing.with_value(field, value))
        return made.with_planted(Planted(code=spec.code, field=field, witness="all", found=value))

    return planter


def _no_editable(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
    return replace(submission, editable=None).with_planted(Planted(code=spec.code, witness="editable"))


def _no_record(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
    return replace(submission, online=None).with_planted(Planted(code=spec.code, witness="online"))


def _other_product(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
    """The commitment names another product than the form."""
    named = submission.paper.values["product"]
    other = named[:-2] + ("系统" if named.endswith("平台") else "平台")
    made = replace(submission, paper=submission.paper.with_value("commitment_product", other))
    return made.with_planted(Planted(code=spec.code, field="product", witness="paper", found=other))


def _unsigned(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
    return replace(submission, signed=False).with_planted(Planted(code=spec.code, witness="paper"))


def _seam(state: SeamState) -> Callable[[Submission, DefectSpec, Random], Submission]:
    def planter(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
        made = replace(submission, seam=state, stranger=submission.stranger or stranger_of(submission.paper))
        return made.with_planted(Planted(code=spec.code, witness="paper"))

    return planter


def _not_borne_out(key: str, items: Sequence[int]) -> Callable[[Submission, DefectSpec, Random], Submission]:
    """All witnesses say more than the evidence does."""

    def planter(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
        paper = submission.paper
        true = Decimal(paper.values[key])
        told = plain(float(true * rng.randint(*MORE) / 100))
        made = _everywhere(submission, lambda filing: filing.with_value(key, told))
        made = replace(made, evidence={**dict.fromkeys(items, paper), **submission.evidence})
        return made.with_planted(Planted(code=spec.code, field=key, expected=paper.values[key], found=told))

    return planter


def _of_another_unit(submission: Submission, spec: DefectSpec, rng: Random) -> Submission:
    """The documents of an item are a sister unit's."""
    other, item = stranger_of(submission.paper), rng.choice(OWNED)
    sister = submission.evidence.get(item, submission.paper).with_value("applicant", other)
    made = replace(submission, evidence={**submission.evidence, item: sister})
    return made.with_planted(Planted(code=spec.code, expected=submission.paper.values["applicant"], found=other))


def _too_old(item: int, years: int) -> Callable[[Submission, DefectSpec, Random], Submission]:
    def planter(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
        made = replace(submission, aged={**submission.aged, item: years})
        return made.with_planted(Planted(code=spec.code, found=f"evidence.{item}"))

    return planter


def _pasted(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
    """One picture of a seal put on the documents of two items."""
    pasted: dict[str, SealChange] = {"evidence.3": "pasted", "evidence.4": "pasted"}
    made = replace(submission, seals={**submission.seals, **pasted})
    return made.with_planted(Planted(code=spec.code, witness="paper", expected="evidence"))


def _illegible(submission: Submission, spec: DefectSpec, _rng: Random) -> Submission:
    """The pages with the instructions, on which nothing of the applicant's stands, come out blurred."""
    made = replace(submission, blurred=submission.blurred | {"instructions"})
    return made.with_planted(Planted(code=spec.code, witness="paper"))


def stranger_of(filing: Filing) -> str:
    """A sister unit's name: two characters differ."""
    name = filing.show("applicant")
    place = 4 if name.startswith("四川") else 2
    return name[:place] + "鼎盛" + name[place + 2 :]


SEALS: dict[str, tuple[str, SealChange]] = {
    "S101": ("cover.applicant", "missing"), "S102": ("cover.recommender", "missing"),
    "S103": ("cover.applicant", "stranger"), "S104": ("cover.recommender", "stranger"),
    "S111": ("commitment", "missing"), "S112": ("commitment", "stranger"), "S131": ("evidence.1", "missing"),
    "S141": ("recommendation", "missing"), "S142": ("recommendation", "stranger"),
    "S151": ("cover.applicant", "contract"), "S164": ("commitment", "astray"), "S171": ("commitment", "smeared"),
}  # fmt: skip
OMISSIONS = {
    "P111": "cover", "P112": "form", "P113": "indicators", "P114": "taskbook", "P115": "commitment",
    "P121": "evidence.1", "P122": "evidence.2", "P123": "evidence.3", "P124": "evidence.4", "P125": "evidence.5",
}  # fmt: skip
PLANTERS: dict[str, Callable[[Submission, DefectSpec, Random], Submission]] = {
    "X101": _differs, "X201": _differs, "X102": _indicator, "X202": _indicator, "F101": _blank, "F102": _bad_code,
    "F103": _malformed("contact_mobile", "1385012345"), "F104": _malformed("contact_email", "zhang.example.com"),
    "F105": _malformed("staff", "若干"), "P102": _no_editable, "P131": _no_record, "F143": _other_product,
    "E101": _not_borne_out("revenue", (1,)), "E102": _not_borne_out("rd_spend", (1, 2)), "E104": _of_another_unit,
    "E105": _too_old(1, 1), "E111": _too_old(4, 3), "I101": _row_missing, "I102": _goal_below, "I103": _goal_back,
    "S113": _unsigned, "S121": _seam("absent"), "S122": _seam("broken"), "S123": _seam("stranger"),
    "S124": _seam("replaced"), "S162": _pasted, "Q101": _illegible,
}  # fmt: skip


def _seal(submission: Submission, spec: DefectSpec) -> Submission:
    place, change = SEALS[spec.code]
    made = replace(submission, seals={**submission.seals, place: change}, stranger=stranger_of(submission.paper))
    return made.with_planted(Planted(code=spec.code, field=None, witness="paper", expected=place))


def _omitted(submission: Submission, spec: DefectSpec) -> Submission:
    made = replace(submission, omitted=submission.omitted | {OMISSIONS[spec.code]})
    return made.with_planted(Planted(code=spec.code, witness="paper"))


def drawn_specs(rng: Random, codes: Sequence[str] = ("X101",), most: int = 3) -> tuple[DefectSpec, ...]:
    """One to `most` defects drawn from the codes."""
    return tuple(DefectSpec(rng.choice(codes)) for _ in range(rng.randint(1, most)))
