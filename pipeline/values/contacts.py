"""Mobiles, telephone and fax numbers, e-mail addresses."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from pipeline.values.characters import LETTERS_AND_DIGITS, ascii_width, clean, without_blanks

_MOBILE = re.compile(r"1[3-9]\d{9}")
_COUNTRY = re.compile(r"^(?:\(?(?:\+|00)86\)?-?|86-?(?=1[3-9]\d{9}$))")
_LANDLINE = re.compile(r"(?:\(0\d{2,3}\)|0\d{2,3}-?)[1-9]\d{6,7}(?:(?:-|转|ext\.?)\d{1,6})?|[48]00-?\d{3,4}-?\d{3,4}")
_EMAIL_SIGNS = {**LETTERS_AND_DIGITS, **{ord(sign): ord(sign) - 0xFEE0 for sign in "＠．＿－"}}
_LOCAL = re.compile(r"[2-9]\d{6,7}(?:(?:-|转)\d{1,6})?")
_SEVERAL = re.compile(r"[/;,、]")


def normal_mobile(text: str) -> str:
    """Eleven digits without country code, blanks or hyphens; anything else as it stands, without blanks."""
    plain = _COUNTRY.sub("", without_blanks(ascii_width(clean(text))))
    bare = _COUNTRY.sub("", plain.replace("-", ""))
    return bare if _MOBILE.fullmatch(bare) else plain


def normal_fax(text: str) -> str:
    """The number with one form of hyphen and bracket and without blanks."""
    return without_blanks(ascii_width(clean(text)))


def normal_email(text: str) -> str:
    """The address with ASCII signs and without blanks; upper and lower case stay."""
    return without_blanks(clean(text)).translate(_EMAIL_SIGNS)


def phone_digits(text: str) -> str:
    """The digits of a telephone number, country code off: what two spellings of one number share."""
    plain = _COUNTRY.sub("", without_blanks(ascii_width(clean(text))))
    return re.sub(r"\D", "", plain)


def valid_mobile(text: str) -> bool:
    """Whether it is a mainland mobile number (operator prefixes change and are not listed)."""
    return _MOBILE.fullmatch(normal_mobile(text)) is not None


def valid_fax(text: str) -> bool:
    """Whether it is a telephone or fax number, or several of them: with area code, 400/800, local, or a mobile."""
    numbers = [number for number in _SEVERAL.split(_COUNTRY.sub("", normal_fax(text)).lower()) if number]
    return bool(numbers) and all(
        _LANDLINE.fullmatch(number) or _LOCAL.fullmatch(number) or _MOBILE.fullmatch(number)
        or _foreign(text, number) for number in numbers
    )  # fmt: skip


def _foreign(text: str, number: str) -> bool:
    """With +86 the area code's zero is off: +86-28-85551234."""
    return "86" in text[:6] and re.fullmatch(r"\d{2,3}-?\d{7,8}", number) is not None


def valid_email(text: str) -> bool:
    """Whether it is an address of the usual ASCII form (no look-up on the net)."""
    address = normal_email(text)
    if not address.isascii():
        return False
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
