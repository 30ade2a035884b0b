"""Signatures: pen strokes behind the label that asks for them."""

from extractors.signatures.signatures import decide_signatures, find_signatures

__all__ = ["decide_signatures", "find_signatures"]
