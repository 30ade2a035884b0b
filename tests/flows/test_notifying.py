from __future__ import annotations

from pathlib import Path

import pytest

from flows.steps.announcement import Announcement
from flows.steps.notifying import addresses, notify
from tests.flows.webhook import receiving

TOLD = Announcement("核验完成", "2 个申报包，20 页。")


def test_every_address_gets_the_message() -> None:
    with receiving() as one, receiving() as two:
        assert notify(TOLD, f"{one.address} {two.address}") == ()
    for receiver in (one, two):
        assert [(each["title"], each["message"]) for each in receiver.arrived] == [(TOLD.title, TOLD.body)]


def test_addresses_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "notify.txt"
    file.write_text("# 值班群\nwecombot://KEY\n\nmailto://a:b@example.com?to=c@d.cn,e@f.cn\n", encoding="utf-8-sig")
    assert addresses(str(file)) == ("wecombot://KEY", "mailto://a:b@example.com?to=c@d.cn,e@f.cn")


@pytest.mark.parametrize(
    "address",
    [
        "wecombot://693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
        "dingtalk://tokenABCDEFG",
        "feishu://tokenABCDEFG",
        "mailto://user:secret@example.com?to=clerk@example.com",
    ],
)
def test_the_services_offices_use_are_known(address: str) -> None:
    import apprise

    assert apprise.Apprise().add(address)


def test_a_receiver_that_refuses_is_a_fault_and_the_others_get_theirs() -> None:
    with receiving(500) as refusing, receiving() as taking:
        faults = notify(
            TOLD, f"{refusing.address}\nno-such-service://x {taking.address} json://127.0.0.1:9/hook-key-42"
        )
    assert len(taking.arrived) == 1
    assert [(fault.subject, fault.message) for fault in faults] == [
        ("第 1 个通知地址（json）", "通知没有送达"),
        ("第 2 个通知地址（no-such-service）", "通知地址无法识别，没有发出"),
        ("第 4 个通知地址（json）", "通知没有送达"),
    ]
    assert "hook-key-42" not in str(faults)


def test_a_missing_file_of_addresses_is_a_fault(tmp_path: Path) -> None:
    (fault,) = notify(TOLD, str(tmp_path / "nowhere"))
    assert "打不开" in fault.message
