"""A rule in words: what a code means, its basis in the notice, what to do; and the list of them all as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checks.catalogue import Entry, load_catalogue
from checks.rule import all_rules
from pipeline.notices.profile import Profile
from pipeline.reports.wording import SEVERITIES

SUBJECTS = {
    "P": "材料是否齐全", "S": "印章与签字", "F": "申报表本身", "X": "纸质、网上、可编辑版对照", "I": "重点指标",
    "E": "证明材料", "R": "资格与推荐", "Q": "识别", "Z": "注意事项", "N": "通知本身",
}  # fmt: skip
BY_ENGINE = "Q102"
"""The code that no rule yields: the engine puts it in place of a finding that rests on doubt."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code in words. `tests` are the rules that yield it: where they stand, what they say; none = not judged yet."""

    code: str
    entry: Entry
    tests: tuple[tuple[str, str], ...]

    @property
    def severity(self) -> str:
        """The severity in Chinese."""
        return SEVERITIES[self.entry.severity]

    @property
    def is_judged(self) -> bool:
        """Whether this version judges it."""
        return bool(self.tests) or self.code == BY_ENGINE


def explain(code: str, profile: Profile) -> Explanation | None:
    """A code in words, or None where there is no such code."""
    entry = load_catalogue(profile.folder).codes.get(code.upper())
    if entry is None:
        return None
    tests = tuple((rule.name, rule.summary) for rule in all_rules() if code.upper() in rule.codes)
    return Explanation(code.upper(), entry, tests)


def explain_all(profile: Profile) -> tuple[Explanation, ...]:
    """Every code in words, in the catalogue's order."""
    codes = load_catalogue(profile.folder).codes
    return tuple(made for code in codes if (made := explain(code, profile)) is not None)


def as_page(profile: Profile) -> str:
    """All codes as a Markdown page (docs/rules.md)."""
    lines = [
        f"# 核验规则：{profile.title}",
        "",
        f"依据{profile.number}。由程序从规则目录生成，请勿手改：`python -m checks`。",
    ]
    letter = ""
    for each in explain_all(profile):
        if each.code[0] != letter:
            letter = each.code[0]
            lines += ["", f"## {letter} {SUBJECTS.get(letter, '')}"]
        lines += ["", *_paragraph(each)]
    return "\n".join(lines) + "\n"


def _paragraph(each: Explanation) -> list[str]:
    lines = [f"### {each.code} {each.entry.title}（{each.severity}）", "", each.entry.help, ""]
    basis = each.entry.basis if each.entry.basis == "惯例" else f"“{each.entry.basis}”"
    lines.append(f"- 依据：{basis}")
    if not each.is_judged:
        lines.append("- 本版尚未判定此项")
    lines += [f"- `{name}`: {summary}" for name, summary in each.tests]
    return lines


def write_page(path: Path, profile: Profile) -> None:
    """Write the page of all rules."""
    path.write_text(as_page(profile), encoding="utf-8")
