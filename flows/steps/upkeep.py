"""What a run leaves on the disk, kept within bounds: the store of readings, and Prefect's records of what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from flows.steps.homes import forget_homes
from flows.steps.last_night import RUN_TIMES, RunTimes
from flows.steps.reading import count_key, page_key
from flows.steps.withholding import DELIVERIES, JOINED
from pipeline.model.document import SourceFile
from pipeline.model.run import Upkeep
from pipeline.notices.profile import Profile
from pipeline.settings import settings
from pipeline.store import Store
from pipeline.store.pruning import Family, Pruned, prune

FAMILIES = (
    Family(("pages",), 2),
    Family(("counts",), 2),
    Family(("looks",)),
    Family(("crops",)),
    Family(("joined",)),
    Family(("briefs", "assembled")),
    Family(("judged", "looked", "summaries")),
    Family((DELIVERIES,)),
    Family(("unpacked",)),
    Family(("unpacked/docx",)),
    Family(("unpacked/named",)),
)
"""What can be made anew from the papers. Marks, releases, the last run's findings and what was written stay."""
FOLDERS = {"unpacked/docx", "unpacked/named"}
"""Folders of families that are no entries of the family above them."""


def keep_up(store: Store, files: Sequence[SourceFile], keys: Iterable[str], profile: Profile) -> Upkeep:
    """Bring the store within HEYAN_STORE_BYTES and forget Prefect's homes of output folders that are gone.

    Nothing goes that this run used: what rests on the inbox's `files`, and the records under `keys`.
    """
    pruned = _pruned(store, files, keys, profile)
    return Upkeep(
        size=pruned.size,
        limit=settings().store_bytes,
        entries=pruned.entries,
        freed=pruned.freed,
        homes=len(forget_homes()),
    )


def _pruned(store: Store, files: Sequence[SourceFile], keys: Iterable[str], profile: Profile) -> Pruned:
    records = tuple(keys)
    names = {*records, *FOLDERS, *_of_files(files, profile), *_unpacked(files, store.root)}
    times = store.get(RUN_TIMES, RunTimes)
    since = times.began.timestamp() if times else float("-inf")

    def pictures() -> set[str]:
        return {picture.removesuffix(".png") for key in records for picture in _pictures_in(store, key)}

    return prune(store.root, FAMILIES, settings().store_bytes, names, since, pictures)


def _of_files(files: Sequence[SourceFile], profile: Profile) -> Iterator[str]:
    """The names of what is kept under the files' own hashes, in this program's version."""
    for sha256 in {file.sha256 for file in files if file.sha256}:
        yield from (f"looks/{sha256}", f"crops/{sha256}", count_key(sha256))
        yield page_key(sha256, 1, profile).rpartition("/")[0]


def _unpacked(files: Sequence[SourceFile], root: Path) -> Iterator[str]:
    """The names of folders and copies of the workspace in which files of the inbox lie."""
    top = root.resolve()
    for location in {Path(file.location) for file in files if file.location}:
        if location.resolve().is_relative_to(top):
            steps = location.resolve().relative_to(top).parts
            yield Path(*steps[: 3 if "/".join(steps[:2]) in FOLDERS else 2]).with_suffix("").as_posix()


def _pictures_in(store: Store, key: str) -> Iterator[str]:
    """The joined seams that a package's record names."""
    if key.startswith(("briefs/", "judged/")):
        for other in ("assembled", "looked"):
            content = store.get_bytes(f"{other}/{key.partition('/')[2]}.json") or b""
            yield from (found.decode() for found in JOINED.findall(content))
