from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flows.orchestration.blank import keep_blank, lay_blank
from pipeline.settings import settings


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEYAN_DATA", str(tmp_path / "data"))
        settings.cache_clear()
        yield
    settings.cache_clear()


def database(folder: Path, *tables: str) -> Path:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "prefect.db")) as connection:
        for table in tables:
            connection.execute(f"CREATE TABLE {table} (id INTEGER)")
        connection.commit()
    return folder / "prefect.db"


def tables_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_master ORDER BY name")]


def test_a_new_home_begins_with_the_first_one_s(tmp_path: Path) -> None:
    new = tmp_path / "new" / "prefect.db"
    new.parent.mkdir()
    lay_blank(new)
    assert not new.exists()
    keep_blank(database(tmp_path / "first", "runs"))
    keep_blank(database(tmp_path / "second", "runs", "more"))
    lay_blank(new)
    assert tables_of(new) == ["runs"]
    assert [path.name for path in new.parent.iterdir()] == ["prefect.db"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    keep_blank(database(tmp_path / "first", "runs"))
    old = database(tmp_path / "old", "others")
    lay_blank(old)
    assert tables_of(old) == ["others"]


def test_where_nothing_can_be_kept_the_server_makes_its_own(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    keep_blank(database(tmp_path / "first", "runs"))
    keep_blank(tmp_path / "none" / "prefect.db")
    lay_blank(tmp_path / "first" / "other.db")
    assert not (tmp_path / "first" / "other.db").exists()
