"""A certificate to attack, with its pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhunsheng.ask.certifying.certificates import certificate
from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.read import load_pack, load_scenario

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "a-bar-earned-at-one-line-covers-the-whole-enterprise.yaml"


@pytest.fixture(scope="session")
def certified() -> tuple[bytes, bytes]:
    """A certificate that `may_apply` is false, and its pack."""
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_scenario(SCENARIO, pack)[0]
    asked = asked_by_name(pack, case, ["may_apply"])[0]
    answer = Deciding(pack, case, with_firmness=False, with_dependence=False).answer(asked)
    return certificate(pack, case, asked, answer).encode(), pack.canonical.encode()
