"""Digital signatures in a PDF: whose they are, and whether the file is still as it was signed. No network is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.model.seal import DigitalSignature

MARK = b"/ByteRange"
"""Every signed PDF says in plain bytes which of them are signed."""
UNKNOWN_KIND = "签名格式无法验证（可能是国密签章）"
NOT_TRUSTED = "签名证书的颁发者未核对"


def read_digital_signatures(location: Path, file: str) -> tuple[DigitalSignature, ...]:
    """The signatures of the PDF at `location`, named `file` in its package; none for any other file.

    A signature that can't be checked (a Chinese SM2 seal, damage) is told with `intact` None and the reason.
    """
    if not _is_signed(location):
        return ()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        with location.open("rb") as stream:
            reader = PdfFileReader(stream, strict=False)
            return tuple(_told(signature, file) for signature in reader.embedded_signatures)
    except (PdfError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return (DigitalSignature(file=file, reason=UNKNOWN_KIND),)


def _is_signed(location: Path) -> bool:
    try:
        with location.open("rb") as stream:
            start = stream.read(5)
            return start == b"%PDF-" and any(MARK in chunk for chunk in _overlapping(stream))
    except OSError:
        return False


def _overlapping(stream: Any, size: int = 1 << 20) -> Any:
    """The rest of a stream in pieces that share their borders."""
    tail = b""
    while chunk := stream.read(size):
        yield tail + chunk
        tail = chunk[-len(MARK) :]


def _told(signature: Any, file: str) -> DigitalSignature:
    intact, reason = _checked(signature)
    when = getattr(signature, "self_reported_timestamp", None)
    return DigitalSignature(
        file=file,
        signer=_signer(signature),
        signed_at=when.strftime("%Y-%m-%d %H:%M") if when else "",
        intact=intact,
        reason=reason,
    )


def _signer(signature: Any) -> str:
    try:
        subject = signature.signer_cert.subject.native
    except (AttributeError, ValueError, KeyError, TypeError):
        return ""
    return str(subject.get("common_name") or subject.get("organization_name") or "")


def _checked(signature: Any) -> tuple[bool | None, str]:
    """Whether the signed bytes and the signature over them hold; trust in the certificate is not judged."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    try:
        context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except (SignatureValidationError, PdfError, ValueError, NotImplementedError, KeyError, TypeError):
        return None, UNKNOWN_KIND
    return bool(status.intact and status.valid), NOT_TRUSTED
