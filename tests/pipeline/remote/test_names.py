from __future__ import annotations

import pytest

from pipeline.intake.archives import MOST_BYTES, MOST_ENTRIES
from pipeline.remote.names import BOTH, OUTSIDE, TOO_LARGE, TOO_LONG, TOO_MANY, planned
from pipeline.remote.place import RemoteFile


def file(path: str, size: int = 1, link: bool = False) -> RemoteFile:
    return RemoteFile(path, size, "v1", link)


@pytest.mark.parametrize(
    "path",
    [
        "../a.pdf",
        "成都市/../../a.pdf",
        "/etc/passwd",
        "a\0b",
        "成都市/\x01../\x01../a.pdf",
        "c:/a",
        "\x02",
        "..\\a",
    ],
)
def test_no_name_leads_out_of_the_mirror(path: str) -> None:
    found = planned((file(path), file("成都市/甲/a.pdf")))
    assert list(found.files) == ["成都市/甲/a.pdf"] and found.refused == ((path, OUTSIDE),)


def test_names_are_taken_as_from_an_archive() -> None:
    names = ("成都市\\甲\\a.pdf", "成都市/甲/a.pdf", "成都市/.DS_Store", "成都市/~$a.docx")
    found = planned(tuple(file(name) for name in names))
    assert list(found.files) == ["成都市/甲/a.pdf", "成都市/甲/a.pdf#2"] and not found.refused


def test_what_no_file_system_holds_is_named() -> None:
    long, both = "长" * 90 + ".pdf", "成都市/甲"
    found = planned((file(f"成都市/{long}"), file(both), file("成都市/甲/a.pdf"), file("成都市/链接", link=True)))
    assert list(found.files) == ["成都市/甲/a.pdf"]
    assert dict(found.refused)[f"成都市/{long}"] == TOO_LONG and dict(found.refused)[both] == BOTH
    assert "链接" in dict(found.refused)["成都市/链接"]


def test_a_delivery_beyond_an_archives_limits_is_left_out_and_no_other() -> None:
    many = tuple(file(f"绵阳市/甲/{number}.jpg") for number in range(MOST_ENTRIES + 1))
    found = planned((*many, file("成都市/甲/a.pdf", MOST_BYTES), file("成都市/甲/b.pdf"), file("泸州市/甲/a.pdf")))
    assert list(found.files) == ["泸州市/甲/a.pdf"]
    assert dict(found.refused) == {"绵阳市": TOO_MANY, "成都市": TOO_LARGE}


def test_a_single_file_is_the_place_itself() -> None:
    assert list(planned((file(""),)).files) == [""]
