"""Values: from what stands in a box to what can be compared."""

from pipeline.values.amounts import amount, count, plain_decimal, spelled_amount
from pipeline.values.characters import fold, half_width, is_wide, join_lines, without_blanks
from pipeline.values.choices import normal_choice, normalise_directions, ticked_parts
from pipeline.values.codes import normal_code, valid_code
from pipeline.values.contacts import phone_digits, valid_email, valid_fax, valid_mobile
from pipeline.values.dates import parse_date, parse_moment
from pipeline.values.identity_numbers import identity_numbers, mask, masked
from pipeline.values.normal import is_blank_word, normalise
from pipeline.values.page_numbers import PageNumber, find_page_count, parse_page_number
from pipeline.values.wordcount import word_count

__all__ = [
    "PageNumber", "amount", "count", "find_page_count", "fold", "half_width", "identity_numbers", "is_blank_word",
    "is_wide", "join_lines", "mask", "masked", "normal_choice", "normal_code", "normalise", "normalise_directions",
    "parse_date", "parse_moment", "parse_page_number", "phone_digits", "plain_decimal", "spelled_amount",
    "ticked_parts", "valid_code", "valid_email", "valid_fax", "valid_mobile", "without_blanks", "word_count",
]  # fmt: skip
