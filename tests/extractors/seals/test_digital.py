from __future__ import annotations

from pathlib import Path

from extractors.seals.digital import read_digital_signatures
from tests.extractors.seals.signing import plain_pdf, signed_pdf


def test_an_unsigned_file_has_none(tmp_path: Path) -> None:
    assert read_digital_signatures(plain_pdf(tmp_path / "a.pdf"), "a.pdf") == ()


def test_a_signature_tells_who_and_that_the_file_is_as_signed(tmp_path: Path) -> None:
    (found,) = read_digital_signatures(signed_pdf(tmp_path / "a.pdf", "成都某某科技有限公司"), "包/a.pdf")
    assert (found.file, found.signer, found.intact) == ("包/a.pdf", "成都某某科技有限公司", True)


def test_a_changed_file_is_no_longer_intact(tmp_path: Path) -> None:
    path = signed_pdf(tmp_path / "a.pdf", "成都某某科技有限公司")
    data = bytearray(path.read_bytes())
    at = data.find(b"q Q")
    data[at : at + 1] = b"Q"
    path.write_bytes(data)
    (found,) = read_digital_signatures(path, "a.pdf")
    assert found.intact is False


def test_damage_and_other_files_end_in_a_word_not_a_traceback(tmp_path: Path) -> None:
    path = signed_pdf(tmp_path / "a.pdf", "甲")
    (tmp_path / "b.pdf").write_bytes(path.read_bytes()[:2000] + b"/ByteRange")
    (found,) = read_digital_signatures(tmp_path / "b.pdf", "b.pdf")
    assert found.intact is None and found.reason
    (tmp_path / "c.txt").write_text("/ByteRange")
    assert read_digital_signatures(tmp_path / "c.txt", "c.txt") == ()
    assert read_digital_signatures(tmp_path / "none.pdf", "none.pdf") == ()
