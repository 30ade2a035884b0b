"""The contract's codes by the thing that they ask for: rules rule on them, and the checklist ticks the thing off."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.model.document import Section

SECTION_CODES: Mapping[Section, str] = MappingProxyType(
    {
        Section.COVER: "P111",
        Section.FORM: "P112",
        Section.INDICATORS: "P113",
        Section.TASKBOOK: "P114",
        Section.COMMITMENT: "P115",
    }
)
"""The part is there."""
EVIDENCE_CODES: Mapping[int, str] = MappingProxyType({1: "P121", 2: "P122", 3: "P123", 4: "P124", 5: "P125"})
"""The item of the notice's list is borne out."""
SEAL_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cover.applicant": ("S101", "S103"),
        "cover.recommender": ("S102", "S104"),
        "commitment": ("S111", "S112"),
        "seam": ("S121", "S122", "S123", "S124"),
        "evidence": ("S131",),
        "recommendation": ("S141", "S142"),
    }
)
"""By place: first that the seal is there; of a seal on a page then whose it is."""
ANY_SEAL_CODES = ("S151", "S164", "S171")
"""Of which kind a seal is, where it stands, and whether it can be read: in every place, which is the subject."""
SIGNATURE_CODE = "S113"
