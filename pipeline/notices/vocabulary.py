"""The words of the notice's field (words.yaml): synonyms, kinds that tell siblings apart, units, more names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import model_validator

from pipeline.errors import UsageProblem
from pipeline.model.record import Record
from pipeline.notices.layers import path_of
from pipeline.notices.profile import Profile
from pipeline.notices.yaml_file import Complaint, Misfit, complaint, read_yaml, validated

FILE = "words.yaml"


class WordKind(Record):
    """Words that exclude one another: texts that say different ones mean different things.

    `strict`: also where only one of them says any. `needed`: a row that says none of an indicator's is at best
    undecided. `values`: what a row means may stand in its values. `besides` are longer words that hold one of the
    words but mean none.
    """

    name: str
    words: dict[str, tuple[str, ...]]
    besides: tuple[str, ...] = ()
    strict: bool = False
    needed: bool = False
    values: bool = False


class ClaimWords(Record):
    """How texts speak of what a unit has.

    `things` are names by kind of claim, `besides` longer words that hold one and claim nothing. `owning` words say that
    the unit has it, `others` that somebody else may, `near` the same if they stand right before; `obeyed`: a standard
    is followed and not written; `planned`: it is yet to come. `founded` are verbs, `parts` what a unit founds besides.
    """

    things: dict[str, tuple[str, ...]]
    besides: tuple[str, ...]
    measures: dict[str, tuple[str, ...]]
    """Measure words, and of which kinds they can be; an empty list: of any."""
    between: tuple[str, ...]
    states: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]
    levels: tuple[str, ...]
    owning: tuple[str, ...]
    others: tuple[str, ...]
    near: tuple[str, ...]
    obeyed: tuple[str, ...]
    planned: tuple[str, ...]
    attached: tuple[str, ...]
    founded: tuple[str, ...]
    parts: tuple[str, ...]


class LevelWords(Record):
    """How levels are compared and where a task book states them.

    `year` is that of the goals; `lower`, `higher`: words at a name's end that say which way is better, `by_unit`: words
    that say lower with these units alone, `tails`: words behind them that add nothing. `additions`: words of a name of
    an indicator that is the applicant's own. `part` of the task book states goals: `openers` stand right before an
    indicator's name, `stating` words between it and its figure; a sentence with a `foreign` word is of another level.
    """

    year: str
    lower: tuple[str, ...]
    higher: tuple[str, ...]
    by_unit: dict[str, tuple[str, ...]]
    tails: tuple[str, ...]
    additions: tuple[str, ...]
    part: str
    openers: tuple[str, ...]
    stating: tuple[str, ...]
    foreign: tuple[str, ...]


class Vocabulary(Record):
    """All of words.yaml."""

    filler: tuple[str, ...]
    abbreviations: dict[str, str]
    synonyms: dict[str, tuple[str, ...]]
    kinds: tuple[WordKind, ...]
    units: dict[str, tuple[str, ...]]
    plain_units: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[str, ...]]
    """Kinds of quantities, and the words in which names of such end; a word may be of several."""
    aliases: dict[str, tuple[str, ...]]
    """More names of reference indicators, by id."""
    industrial: tuple[str, ...]
    scenes: dict[str, tuple[str, ...]]
    """Words of a product's name by which reference indicators of one scene apply, by id."""
    levels: LevelWords
    claims: ClaimWords

    @model_validator(mode="after")
    def _synonyms_once(self) -> Vocabulary:
        said: dict[str, str] = {}
        for word, others in self.synonyms.items():
            for place, other in enumerate(others):
                if said.setdefault(other, word) != word:
                    raise Misfit(f"近义词 {other} 同时属于 {said[other]} 和 {word}", "synonyms", word, place)
        return self


@cache
def load_vocabulary(folder: Path) -> Vocabulary:
    """The words of a notice, by its folder.

    Raises:
        UsageProblem: They can't be read, or don't fit; the sentence names file and line.
    """
    path = path_of(folder, FILE)
    return validated(Vocabulary, read_yaml(path), path)


def vocabulary_of(profile: Profile) -> Vocabulary:
    """The words of a notice, their aliases and scenes held against its indicators.

    Raises:
        UsageProblem: As `load_vocabulary`, or an alias or a scene is of no indicator.
    """
    for stray in strays(profile):
        raise UsageProblem(f"通知配置有误：{stray}")
    return load_vocabulary(profile.folder)


def strays(profile: Profile) -> Iterator[Complaint]:
    """Aliases and scenes of indicators that the notice does not have."""
    words, path = load_vocabulary(profile.folder), path_of(profile.folder, FILE)
    known = {indicator.id for direction in profile.directions for indicator in direction.references}
    for key, named in (("aliases", words.aliases), ("scenes", words.scenes)):
        for name in named:
            if name not in known:
                yield complaint([path], (key, name), f"没有指标 {name}")
