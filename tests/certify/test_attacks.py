"""Certificates changed by a liar, each written and digested anew, so that only what they say can betray them."""

from __future__ import annotations

import copy
import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.ask.certifying.certificates import certificate
from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.certify import kernel
from zhunsheng.read import load_pack, load_scenario
from zhunsheng.read.vocabulary import canonical

ROOT = Path(__file__).parents[2]


def judged(data: Any, pack: bytes | kernel.Pack) -> str:
    try:
        return kernel.check(canonical(data).encode(), pack)[0]
    except kernel.Refused as refused:
        return f"REFUSED: {refused}"


@pytest.fixture(scope="module")
def loaded(certified: tuple[bytes, bytes]) -> kernel.Pack:
    return kernel.Pack(certified[1])


@pytest.fixture
def data(certified: tuple[bytes, bytes]) -> Any:
    return json.loads(certified[0])


def test_the_certificate_holds(data: Any, loaded: kernel.Pack) -> None:
    assert judged(data, loaded) == f"Pack {loaded.name}, SHA-256 {loaded.digest}"


def test_no_atom_can_be_dropped(data: Any, loaded: kernel.Pack) -> None:
    atoms = data["claim"]["atoms"]
    for index in range(len(atoms)):
        fewer = copy.deepcopy(data)
        del fewer["claim"]["atoms"][index]
        assert judged(fewer, loaded).startswith("REFUSED: "), atoms[index]


def change(path: list[Any], value: Any) -> Callable[[Any], None]:
    def apply(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return apply


LIES = {
    "another outcome": change(["claim", "outcomes"], [{"value": "true"}]),
    "a failure": change(["claim", "outcomes"], [{"failure": "gap"}]),
    "no outcome": change(["claim", "outcomes"], []),
    "two outcomes without cases": change(["claim", "outcomes"], [{"value": "true"}, {"value": "false"}]),
    "another answer": change(["claim", "definition"], "locked_out_until"),
    "an unknown answer": change(["claim", "definition"], "nothing"),
    "an argument too many": change(["claim", "args"], ["A"]),
    "another pack": change(["pack", "digest"], "0" * 64),
    "another format": change(["format"], 2),
    "a kind nobody checks": change(["kind"], "theorem"),
    "an unknown key": change(["claim", "note"], "x"),
    "an unknown fact": lambda data: data["claim"]["atoms"].append({"fact": "application.nothing", "is": "x"}),
    "a fact of another type": lambda data: data["claim"]["atoms"].append({"fact": "alert", "is": "2025-01-01"}),
    "a fact stated twice": lambda data: data["claim"]["atoms"].append({"fact": "application.filed_on", "is": "2026-12-01"}),
    "a list of two sizes": lambda data: data["claim"]["atoms"].extend({"fact": "ratings", "is": n} for n in (7, 8)),
    "a day outside the horizon": lambda data: data["claim"]["atoms"].append({"fact": "as_of", "is": "1999-01-01"}),
    "an invented split": change(["evidence", "split"], [{"fact": "as_of"}]),
    "a case nobody asked for": change(["evidence", "cases"], [{"atoms": []}]),
    "a rule that does not exist": change(["evidence", "rules", 0, "rule"], "no-such-rule"),
    "a wrong status": lambda data: [rule.update(status="defeated") for rule in data["evidence"]["rules"]],
    "a wrong defeater": lambda data: data["evidence"]["rules"][0].update(by=["no-such-rule"]),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(lie: str, data: Any, loaded: kernel.Pack) -> None:
    LIES[lie](data)
    assert judged(data, loaded).startswith("REFUSED: ")


def test_another_reading_is_refused_where_it_matters(data: Any, loaded: kernel.Pack) -> None:
    refused = set()
    for index, atom in enumerate(data["claim"]["atoms"]):
        for option in kernel.ways(loaded, {"reading": atom["reading"]}) if "reading" in atom else ():
            changed = copy.deepcopy(data)
            changed["claim"]["atoms"][index] = option
            if judged(changed, loaded).startswith("REFUSED"):
                refused.add((atom["reading"], option["is"]))
    assert refused


def test_an_edited_pack_is_refused_by_its_digest_and_then_by_its_content(data: Any, certified: tuple[bytes, bytes]) -> None:
    pack = json.loads(certified[1])
    for definition in pack["definitions"]:
        if definition["name"] == data["claim"]["definition"]:
            definition["rules"], definition["otherwise"] = [], "True"
    raw = canonical(pack).encode()
    assert judged(data, raw) == "REFUSED: it is about another pack"
    data["pack"]["digest"] = hashlib.sha256(raw).hexdigest()
    data["evidence"]["rules"] = []
    assert judged(data, raw) == "REFUSED: possible, and not claimed: True"


JSON = st.recursive(
    st.integers(-(10**20), 10**20) | st.text(max_size=8) | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(value=JSON, where=st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_anything_anywhere_is_judged_and_never_widens_the_claim(
    value: Any, where: list[int], certified: tuple[bytes, bytes], loaded: kernel.Pack
) -> None:
    data = json.loads(certified[0])
    here, key = data, "claim"
    for index in where:
        options = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not options:
            break
        key = options[index % len(options)]
        if not isinstance(here[key], dict | list):
            break
        parent, here = here, here[key]
        if here is data:
            break
    else:
        here = parent
    if isinstance(here, dict | list) and (key in here if isinstance(here, dict) else isinstance(key, int) and key < len(here)):
        here[key] = value
    verdict = judged(data, loaded)
    assert verdict.startswith(("REFUSED: ", "Pack "))


HOSTILE = {
    "nothing": b"",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep mappings": b'{"a":' * 100_000,
    "a huge number": b'{"format":' + b"9" * 100_000 + b"}",
    "a float": b'{"format":1.0}',
    "an exponent": b'{"format":1e999}',
    "not a number": b'{"format":NaN}',
    "a truth value": b'{"format":true}',
    "spaces": b'{"format": 1}',
    "a key twice": b'{"format":1,"format":1}',
    "unsorted keys": b'{"kind":"decision","format":1}',
    "a key beyond ASCII": '{"准":1}'.encode(),
    "half a character": b'{"a":"\\ud800"}',
    "not UTF-8": b'{"a":"\xff"}',
    "an open string": b'{"a":"' + b'\\"' * 1_000_000,
    "a list": b"[]",
    "too large": b" " * (kernel.LARGEST["certificate"] + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str, loaded: kernel.Pack) -> None:
    start = time.perf_counter()
    with pytest.raises(kernel.Refused):
        kernel.check(HOSTILE[name], loaded)
    assert time.perf_counter() - start < 5


EXPRESSIONS = {
    "deep brackets": "(" * 2000 + "1" + ")" * 2000,
    "many nots": "not " * 999 + "True",
    "many minus signs": "-" * 3000 + "1",
    "a long chain": "as_of" + ".a" * 1900,
    "calls of calls": "f" + "()" * 1900,
    "a long text": "1" + " + 1" * 2000,
    "a lambda": "(lambda: 1)()",
    "a string": "'x'",
    "an attribute of a literal": "().__class__",
    "a name not in NFKC": "ＡＢ",
    "a huge number": "1" * 3000,
    "a walrus": "(x := 1)",
    "a remark": "1 # 2",
    "a line break": "1\n+ 1",
    "a power": "9 ** 9 ** 9",
    "nested choices": "(1 if True else " * 38 + "1" + ")" * 38,
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_hostile_expression_is_refused_at_once(name: str, data: Any, certified: tuple[bytes, bytes]) -> None:
    pack = json.loads(certified[1])
    one = next(d for d in pack["definitions"] if d["name"] == data["claim"]["definition"])
    one["rules"], one["otherwise"] = [], EXPRESSIONS[name]
    raw = canonical(pack).encode()
    data["pack"]["digest"] = hashlib.sha256(raw).hexdigest()
    start = time.perf_counter()
    assert judged(data, raw).startswith("REFUSED: ")
    assert time.perf_counter() - start < 20


def test_definitions_that_call_each_other_are_refused(data: Any, certified: tuple[bytes, bytes]) -> None:
    pack = json.loads(certified[1])
    for definition in pack["definitions"]:
        if definition["name"] in ("may_apply", "locked_out"):
            other = {"may_apply": "locked_out", "locked_out": "may_apply"}[definition["name"]]
            definition["rules"], definition["otherwise"] = [], f"not {other}"
    raw = canonical(pack).encode()
    data["pack"]["digest"] = hashlib.sha256(raw).hexdigest()
    assert judged(data, raw) == "REFUSED: the definition 'may_apply' calls itself"


def test_an_open_decision_shows_each_outcome_by_a_case() -> None:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    loaded = kernel.Pack(pack.canonical.encode())
    case = load_scenario(ROOT / "scenarios" / "a-bar-earned-at-one-line-covers-the-whole-enterprise.yaml", pack)[0]
    facts = {**case.facts, "application": {**case.facts["application"], "complete": True}}
    case = type(case)(**{**vars(case), "facts": facts, "readings": {}})
    asked = next(one for one in asked_by_name(pack, case, ["barred_from_upper_tier"]))
    del facts["violations"]
    facts["violations"] = type(case.facts["downgrades"])((), complete=False, stated=False)
    answer = Deciding(pack, case, with_firmness=False, with_dependence=False).answer(asked)
    assert len(answer.outcomes) == 2
    sealed = json.loads(certificate(pack, case, asked, answer, loaded))
    assert sealed["kind"] == "open decision"
    assert judged(sealed, loaded).startswith("Pack ")
    swapped = copy.deepcopy(sealed)
    swapped["evidence"]["cases"].reverse()
    assert judged(swapped, loaded).startswith("REFUSED: a case may come to ")
    broken = copy.deepcopy(sealed)
    for one in broken["evidence"]["cases"]:
        for atom in one["atoms"]:
            if str(atom.get("fact", "")).endswith(".publicity_to"):
                atom["is"] = "2016-01-01"
    assert judged(broken, loaded).startswith("REFUSED: ")
