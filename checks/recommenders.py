"""Names of recommending units: the spellings that mean the same bureau are one."""

from __future__ import annotations

from pipeline.notices.profile import Profile
from pipeline.values import fold


def fold_recommender(name: str, profile: Profile) -> str:
    """A recommending unit's name with every known spelling of the same words made one."""
    folded = fold(name)
    for group in profile.recommender_folds:
        first, *others = (fold(spelling) for spelling in group)
        for other in sorted(others, key=len, reverse=True):
            if other in folded and first not in folded:
                folded = folded.replace(other, first)
    return folded


def same_recommender(one: str, other: str, profile: Profile) -> bool:
    """Whether two names mean the same recommending unit."""
    return fold_recommender(one, profile) == fold_recommender(other, profile)
