"""What comes in: the inbox, the online filings, lists and corrections, as records."""

from pipeline.intake.check import DeliveryCheck, InboxCheck, PackageCheck, check_inbox
from pipeline.intake.corrections import Correction, Release, read_corrections, read_releases
from pipeline.intake.inbox import read_inbox
from pipeline.intake.matching import holders_of, match_packages
from pipeline.intake.online import read_online
from pipeline.intake.receipts import read_receipts
from pipeline.intake.winners import Winner, read_winners

__all__ = [
    "Correction",
    "DeliveryCheck",
    "InboxCheck",
    "PackageCheck",
    "Release",
    "Winner",
    "check_inbox",
    "holders_of",
    "match_packages",
    "read_corrections",
    "read_inbox",
    "read_online",
    "read_receipts",
    "read_releases",
    "read_winners",
]
