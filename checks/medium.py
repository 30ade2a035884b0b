"""What the judged copy is called in the rules' sentences: paper in hand, or a document not printed yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medium:
    """Words for the copy that is judged: its `name`, the `whole` of it, and what a person is asked.

    `unread_box` says of a box that it was not found.
    """

    name: str
    whole: str
    unread_box: str
    look: str

    def asking(self, sentence: str) -> str:
        """A sentence that ends by asking a person to look."""
        return f"{sentence}，{self.look}"


PAPER = Medium(name="纸质", whole="纸质件", unread_box="纸质件上未能识别此栏", look="请对照原件")
DOCUMENT = Medium(name="申报书", whole="申报书", unread_box="没有找到此栏", look="请核对")


def without_asking(sentence: str) -> str:
    """A sentence without that end, for words around it that ask."""
    for medium in (PAPER, DOCUMENT):
        sentence = sentence.removesuffix(f"，{medium.look}")
    return sentence
