"""A PDF with a digital signature, made on the spot with a throw-away key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers

PASSWORD = b"test"


def plain_pdf(path: Path) -> Path:
    """A PDF of one empty page."""
    writer = PdfFileWriter()
    content = writer.add_object(StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 300, 400)))
    with path.open("wb") as stream:
        writer.write(stream)
    return path


def signed_pdf(path: Path, signer_name: str) -> Path:
    """The same, signed by a self-made certificate of that name."""
    plain = plain_pdf(path.with_suffix(".plain.pdf"))
    signer = signers.SimpleSigner.load_pkcs12(_key(path.with_suffix(".p12"), signer_name), passphrase=PASSWORD)
    assert signer is not None
    with plain.open("rb") as stream:
        out = signers.sign_pdf(
            IncrementalPdfFileWriter(stream), signers.PdfSignatureMetadata(field_name="S1"), signer=signer
        )
        path.write_bytes(out.getbuffer())
    return path


def _key(path: Path, name: str) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = dt.datetime(2021, 11, 1)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=9000))
        .add_extension(usage, True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(PASSWORD)
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", key, certificate, None, locked))
    return str(path)
