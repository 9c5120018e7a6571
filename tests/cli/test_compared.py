"""The commands about certificates that are not of one case: `compare --certificate`, `export certificate`, `verify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import run

TESTS = Path(__file__).parents[1]
GARDEN = str(TESTS / "packs" / "garden")
AMENDMENT = str(TESTS / "amendments" / "month-of-two-weeks.yaml")
OTHER = str(TESTS / "amendments" / "month-in-other-words.yaml")


@pytest.fixture
def certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "c.json"
    code, _, told = run(capsys, "compare", AMENDMENT, "--pack", GARDEN, "--certificate", str(path))
    assert code == 0
    beside = tmp_path / "c.amended.json"
    assert told.startswith(f"比较的证明书已写入 {path}，修改后的规则在 {beside}。所证明的：2项的变化没有遗漏，")
    return path


def unwrapped(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


def test_verify_finds_the_amended_law_beside_it(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "verify", str(certificate), "--pack", GARDEN)

    said = unwrapped(out)

    assert (code, err) == (0, "")
    assert "核验通过。" in said
    assert "修改方案（month-of-two-weeks）使下列事项发生所列各类变化，此外没有别的变化。" in said
    assert "- 可以取水（只放宽）：- 由否变为是- 停水的最后一日（只放宽）：- 由某一日期变为某一日期，比原来提前" in said
    assert "- 只放宽或者只收紧的：所列各类变化都朝这一方向" in said
    assert said.endswith("- 何者较优：规则中写明的方向")


def test_the_amended_law_may_be_named_by_the_amendment(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (certificate.parent / "c.amended.json").unlink()
    words = ("verify", str(certificate), "--pack", GARDEN)

    without = run(capsys, *words)
    other = run(capsys, *words, "--amended", OTHER)
    right = run(capsys, *words, "--amended", AMENDMENT)

    assert (without[0], other[0], right[0]) == (2, 2, 0)
    digest = json.loads(certificate.read_bytes())["claim"]["amended"]["digest"]
    assert unwrapped(without[1]).startswith(
        f"证明书核验一、{certificate}未能核验：这是修改前后规则的比较，修改后的规则不在手头。"
        f"请用 --amended 指定修改后的规则文件（校验码{digest}），或者修改方案文件。"
    )


def test_a_refusal_is_told_in_chinese(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    certificate.write_bytes(certificate.read_bytes().replace(b'"shift":"earlier"', b'"shift":"later"'))

    code, out, _ = run(capsys, "verify", str(certificate), "--pack", GARDEN)

    assert code == 1
    assert "核验不通过。核验程序的说明：“barred_until”有一类变化不是放宽。" in unwrapped(out)


def test_nothing_is_compared_where_a_file_would_be_written_over(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "compare", AMENDMENT, "--pack", GARDEN, "--certificate", str(certificate), "--lang", "en")

    again = "    choose another name, or add --force\n"
    beside = certificate.parent / "c.amended.json"
    assert (code, out) == (2, "")
    assert err == "The input has 2 problems:\n\n" + "\n".join(
        f"{path}: this file exists already\n{again}" for path in (beside, certificate)
    )


def test_a_certificate_is_one_json_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "compare", AMENDMENT, "--pack", GARDEN, "--certificate", str(tmp_path / "all"), "--lang", "en")

    assert code == 2
    assert err == (
        "The input has 1 problem:\n\n--certificate: a certificate is one file, and its name ends in .json\n"
        f"    write --certificate {tmp_path / 'all'}.json\n"
    )


def test_the_rules_have_a_certificate_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.json"

    made = run(capsys, "export", "certificate", str(path), "--points", "5", "--pack", GARDEN)
    verified = run(capsys, "verify", str(path), "--pack", GARDEN, "--json")
    wrong = run(capsys, "export", "certificate", str(path), "--points", "0", "--pack", GARDEN, "--lang", "en")

    assert (made[0], verified[0], wrong[0]) == (0, 0, 2)
    assert "在5个情形中（每类清单至多2项）用两种方法推算，结果相同" in unwrapped(made[1])
    (found,) = json.loads(verified[1])["certificates"]
    digest = json.loads(path.read_bytes())["pack"]["digest"]
    assert found["of_all"] == {"kind": "pack", "pack": digest, "points": 5, "elements": 2}
    assert wrong[2] == "The input has 1 problem:\n\n--points: 0 cases cannot be tried\n    write 1 to 512\n"
