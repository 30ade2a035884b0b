"""What a unit's texts claim that it has."""

from extractors.claims.claims import with_claims

__all__ = ["with_claims"]
