"""How packages are shared out among Prefect's tasks where a package takes no longer than a task."""

from __future__ import annotations

import pytest

from flows.orchestration.batch import MOST_IN_A_TASK, TASKS_A_THREAD, share_of


@pytest.mark.parametrize(
    ("subjects", "at_once", "share"), [(1, 3, 1), (20, 3, 1), (24, 3, 2), (200, 3, 16), (2000, 3, 25), (200, 129, 1)]
)
def test_a_few_packages_have_a_task_each_and_many_share_one(subjects: int, at_once: int, share: int) -> None:
    assert share_of(subjects, at_once) == share


@pytest.mark.parametrize("subjects", [1, 11, 12, 13, 47, 199, 5000])
def test_no_thread_is_left_without_work_while_another_has_much(subjects: int) -> None:
    share = share_of(subjects, 3)
    assert 1 <= share <= MOST_IN_A_TASK
    assert share == 1 or subjects // share >= 3 * TASKS_A_THREAD
