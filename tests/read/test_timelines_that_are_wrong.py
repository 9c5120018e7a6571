"""timeline.yaml with mistakes: each is said with its place; and what is right is the same again from the canonical form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from market import MARKET, market
from zhunsheng.errors import InputError
from zhunsheng.read import load_pack
from zhunsheng.read.from_canonical import read_canonical

WRONG = """\
rows:
  - row: rank_no
  - row: rank_now
  - row: rank_on
  - row: rank_on
windows:
  - window: permit
    of: permit
    from: from
    to: to
    title: {zh: 许可, en: Permit}
  - window: suspension
    of: warnings
    from: given
    to: suspended_on
    title: {zh: 暂停, en: Suspension}
  - window: ranks
    of: permits
    from: rank
    to: to
    colour: red
    title: {zh: 类别, en: Ranks}
events:
  - event: warning
    of: warnings
    provision: "9"
    title: {zh: 警告, en: Warning}
"""
SAID = """\
market/timeline.yaml:2:10: there is no definition 'rank_no'
    did you mean 'rank_on'?
market/timeline.yaml:3:10: 'rank_now' cannot be a row: it does not take one day and nothing else
    one of these can: rank_on, suspended_on
market/timeline.yaml:5:10: the row 'rank_on' stands here twice
    take one of them out
market/timeline.yaml:8:9: there is no list 'permit'
    did you mean 'permits'?
market/timeline.yaml:14:11: warning has no field 'given', and no definition of that name without further parameters
    did you mean 'given_on'?
market/timeline.yaml:15:9: warning has no field 'suspended_on', and no definition of that name without further parameters
    did you mean 'suspends_to'?
market/timeline.yaml:19:11: 'rank' is no day: it is rank
    name a field, or a definition of the element, that is a day (or none)
market/timeline.yaml:21:5: a window has no key 'colour'
    known keys: window, title, of, from, to, label, provision
market/timeline.yaml:24:5: an event lacks 'on:'
    add a line `on: …`
market/timeline.yaml:26:16: the pack has no provision '9'
    write it as "19(5)"\
"""


def test_all_that_is_wrong_in_a_timeline_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MARKET, tmp_path / "market")
    (tmp_path / "market" / "timeline.yaml").write_text(WRONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError) as refused:
        load_pack("market")

    assert str(refused.value) == SAID


def test_a_timeline_survives_the_canonical_form() -> None:
    assert read_canonical(market().canonical).timeline == market().timeline


def test_a_pack_without_a_timeline_has_no_key_for_it(tmp_path: Path) -> None:
    shutil.copytree(MARKET, tmp_path / "market")
    (tmp_path / "market" / "timeline.yaml").unlink()

    pack = load_pack(tmp_path / "market")

    assert not pack.timeline
    assert '"timeline"' not in pack.canonical
