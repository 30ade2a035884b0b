from __future__ import annotations

import shutil
from pathlib import Path

from flows.steps.judging import _delivery, delivery_judging_key
from pipeline.model.package import Delivery
from pipeline.notices.profile import load_profile
from pipeline.store import Store


def test_a_deliverys_judgement_rests_on_what_the_notice_says_not_on_its_name(tmp_path: Path) -> None:
    profile = load_profile()
    shutil.copytree(profile.folder, tmp_path / "notice")
    same = profile.model_copy(update={"folder": tmp_path / "notice"})
    assert delivery_judging_key("a", (), profile) == delivery_judging_key("a", (), same)
    shutil.copytree(profile.folder, tmp_path / "changed")
    with (tmp_path / "changed" / "profile.yaml").open("a") as stream:
        stream.write("# changed\n")
    changed = profile.model_copy(update={"folder": tmp_path / "changed"})
    assert delivery_judging_key("a", (), profile) != delivery_judging_key("a", (), changed)


def test_packages_of_a_delivery_share_it_until_it_is_put_together_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert _delivery("assembled/one", store) is None
    store.put("assembled/one", Delivery(name="成都市"))
    first = _delivery("assembled/one", store)
    assert first is not None and _delivery("assembled/one", Store(tmp_path)) is first
    store.put("assembled/one", Delivery(name="成都市", recommender="成都市经济和信息化局"))
    anew = _delivery("assembled/one", store)
    assert anew is not None and anew.recommender == "成都市经济和信息化局"
    store.drop("assembled/one")
    assert _delivery("assembled/one", store) is None
