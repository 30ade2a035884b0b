"""What putting packages together asks of a notice: limits, terms and words of rules are no part of it.

So a changed deadline, severity or sentence has packages judged again and not put together again, which costs as much as
a hundred judgements.
"""

from __future__ import annotations

from flows.steps.versions import fingerprint, folder_version
from pipeline.notices.layers import CATALOGUE, LETTER, PROFILE
from pipeline.notices.profile import Profile

JUDGED_BY = frozenset(
    {
        "deadlines", "hops", "max_projects", "word_limits", "dependent_words", "province_names", "province_code",
        "cities", "authority_endings", "recommender_folds", "required_sections", "prompts", "blank_words",
        "evidence_items", "fiscal_year", "timezone", "issuer",
    }
)  # fmt: skip
"""Keys of profile.yaml that rules alone look at; a test holds that nothing that puts together does."""
IN_FILES_OF_THEIR_OWN = frozenset({"guide", "evidence", "folder"})
"""What the profile has from the folder's other files, whose bytes count."""
NOT_READ = (PROFILE, CATALOGUE, LETTER, "notice.txt")
"""Files that are no part of it as they stand: profile.yaml counts by what it says."""


def asked_of(profile: Profile) -> str:
    """The fingerprint of all that putting together may take of a notice."""
    said = profile.model_dump_json(exclude={*JUDGED_BY, *IN_FILES_OF_THEIR_OWN})
    return fingerprint(said, folder_version(profile.folder, NOT_READ))
