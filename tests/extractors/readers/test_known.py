from __future__ import annotations

from extractors.readers.known import KnowingReader
from tests.extractors.fake_readers import ScriptedReader, recognised
from tests.extractors.pictures import blank


def test_only_what_is_not_known_is_read() -> None:
    known, other, third = blank(40, 20, (1, 1, 1)), blank(40, 20, (2, 2, 2)), blank(60, 20)
    reader = ScriptedReader("甲", "乙")
    lines = KnowingReader(reader, (known,), (recognised("已知"),)).read_crops((other, known.copy(), third))
    assert [line.text for line in lines] == ["甲", "已知", "乙"]
    assert [crop.shape[1] for crop in reader.seen] == [40, 60]
