"""The commands about certificates: `decide --certificate`, `verify`, `keys new`, `sign`."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commands import run
from zhunsheng.certify import kernel

TESTS = Path(__file__).parents[1]
GARDEN = str(TESTS / "packs" / "garden")
BARRED = str(TESTS / "data" / "garden" / "barred.yaml")
OPEN = str(TESTS / "data" / "garden" / "open.yaml")
ALONE = [path for path in Path(kernel.__file__).parent.glob("*.py") if path.stem in ("kernel", "reading")]
"""What decisions are checked with, and nothing else."""


@pytest.fixture
def certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A certificate that no water may be drawn."""
    path = tmp_path / "certificate.json"
    assert run(capsys, "decide", BARRED, "--pack", GARDEN, "--answer", "may_draw", "--certificate", str(path))[0] == 0
    return path


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# -- decide --certificate


def test_the_certificate_is_what_the_kernel_reads_alone(
    certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "export", "pack", str(tmp_path / "pack.json"), "--pack", GARDEN)[0] == 0
    for module in ALONE:
        shutil.copy(module, tmp_path)

    done = subprocess.run(
        [sys.executable, "-I", "-S", "kernel.py", certificate.name, "pack.json"], cwd=tmp_path, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("HOLDS\nPack garden, SHA-256 ")


def test_the_same_case_gives_the_same_bytes(certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = tmp_path / "again.json"

    run(capsys, "decide", BARRED, "--pack", GARDEN, "--answer", "may_draw", "--certificate", str(again))

    assert again.read_bytes() == certificate.read_bytes()


def test_nothing_is_written_over(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("decide", OPEN, "--pack", GARDEN, "--answer", "allowance", "--certificate", str(certificate), "--lang", "en")
    before = certificate.read_bytes()

    code, _, err = run(capsys, *words)

    assert code == 2
    assert err == (
        f"The input has 1 problem:\n\n{certificate}: this file exists already\n    choose another name, or add --force\n"
    )
    assert certificate.read_bytes() == before
    assert run(capsys, *words, "--force")[0] == 0
    assert certificate.read_bytes() != before


def test_several_answers_go_into_a_folder_and_those_without_a_certificate_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "decide", OPEN, "--pack", GARDEN, "--certificate", str(tmp_path / "all"))

    assert code == 3
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["allowance.json", "reply_by.json"]
    assert "".join(lines(out)[-2:]) == (
        "没有写出证明书的：“可以取水”、“停水的最后一日”。原因：这一问没有算完，可能还有其他结果。"
    )


def test_several_answers_do_not_go_into_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "all.json"

    code, _, err = run(capsys, "decide", BARRED, "--pack", GARDEN, "--certificate", str(target), "--lang", "en")

    assert code == 2
    assert err == (
        f"The input has 1 problem:\n\n{target}: 4 answers cannot go into one file: each is checked by itself\n"
        "    name a folder, or one answer with --answer\n"
    )
    assert not target.exists()


def test_json_stays_json_where_a_certificate_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(
        capsys, "decide", BARRED, "--pack", GARDEN, "--answer", "may_draw", "--json", "--certificate", str(tmp_path / "c.json")
    )  # fmt: skip

    assert code == 0
    assert json.loads(out)["answers"]["may_draw"]["status"] == "determined"
    assert str(hashlib.sha256((tmp_path / "c.json").read_bytes()).hexdigest()) in "".join(lines(err))


def test_an_open_future_has_no_certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "c.json"
    words = ("decide", BARRED, "--pack", GARDEN, "--answer", "may_draw", "--open-future", "--certificate", str(target))

    code, _, err = run(capsys, *words, "--lang", "en")

    assert code == 2
    assert err == (
        "The input has 1 problem:\n\n--certificate: a certificate speaks of lists as they will stand, and cannot leave open what "
        "may still happen\n    leave out --open-future, or write `others: unknown` in the case\n"
    )


def test_leaving_something_out_of_nothing_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "decide", BARRED, "--pack", GARDEN, "--redact", "--lang", "en")

    assert code == 2
    assert err == (
        "The input has 1 problem:\n\n"
        "--redact: there is nothing to leave anything out of: no certificate and no document is written\n"
        "    add --certificate FILE or --document FILE\n"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [("x.txt", "a document cannot be written as '.txt'"), ("x", "the name does not say in which form to write it")],
)
def test_a_document_of_another_form_is_bad_input(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / name

    code, out, err = run(capsys, "decide", BARRED, "--pack", GARDEN, "--document", str(target), "--lang", "en")

    assert (code, out) == (2, ""), "refused before anything is decided"
    assert lines(err)[1:] == [f"--document {target}: {said}", "end the name in .html, .pdf or .docx"]
    assert list(tmp_path.iterdir()) == []


def test_a_document_comes_with_the_certificate_it_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("decide", BARRED, "--pack", GARDEN, "--answer", "may_draw", "--document", str(tmp_path / "sheet.html"))

    code, _, _ = run(capsys, *words)

    digest = hashlib.sha256((tmp_path / "sheet.json").read_bytes()).hexdigest()
    assert code == 0
    assert digest in (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert run(capsys, *("reply_by" if word == "may_draw" else word for word in words))[0] == 2


# -- verify


def test_several_are_checked_side_by_side_and_told_in_their_order(
    certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = certificate.read_bytes()
    names = [f"{number}.json" for number in range(7)]
    for name in names:
        (tmp_path / name).write_bytes(raw.replace(b"may_draw", b"may_drew") if name in ("2.json", "5.json") else raw)
    alone = [json.loads(run(capsys, "verify", str(tmp_path / name), "--pack", GARDEN, "--json")[1]) for name in names]

    code, out, _ = run(capsys, "verify", *(str(tmp_path / name) for name in names), "--pack", GARDEN, "--json")

    together = json.loads(out)["certificates"]
    assert [Path(one["file"]).name for one in together] == names
    assert [one["verdict"] for one in together] == ["holds", "holds", "refused", "holds", "holds", "refused", "holds"]
    assert together == [one["certificates"][0] for one in alone]
    assert code == 1


def test_a_certificate_is_read_once_so_that_it_may_come_through_a_pipe(
    certificate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read, write = os.pipe()

    os.write(write, certificate.read_bytes())
    os.close(write)
    code, _, err = run(capsys, "verify", f"/dev/fd/{read}", "--pack", GARDEN)
    os.close(read)

    assert (code, err) == (0, "")


def test_a_certificate_that_holds_says_what_was_claimed_checked_and_trusted(
    certificate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "verify", str(certificate), "--pack", GARDEN)

    assert code == 0
    assert [line for line in lines(out) if line.startswith(("-", "核验"))][2:] == [
        "- 所依规则：东园用水规则，版本0.3.0，校验码",
        "- 所证明的结论：“可以取水”：否。下列事实以外的情况无论如何，结论都不变。",
        "- 所依据的事实：",
        "- 所问之日为2025年6月10日",
        "- 第1项浪费用水：发现日为2025年6月3日",
        "- 核验了什么：",
        "- 只凭上列事实，按规则逐条重新推算，得不出别的结果",
        "- 规则是否适用（2条），与证明书所列一致",
        "- 核验不能代替的（仍须信任）：",
        "- 核验程序本身，以及运行它的Python",
        "- 规则转述条文无误，且校验码所指的正是所要适用的规则",
        "- 事实确如所列，各类清单没有遗漏",
    ]


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_changed_certificate_is_refused_with_the_reason(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(certificate, '"outcomes":[{"value":"false"}]', '"outcomes":[{"value":"true"}]')

    code, out, _ = run(capsys, "verify", str(certificate), "--pack", GARDEN, "--lang", "en")

    assert code == 1
    assert "It does not hold. The kernel says: possible, and not claimed: False." in lines(out)


def test_one_bad_file_among_several_fails_them_all_and_each_is_told(
    certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = shutil.copy(certificate, tmp_path / "bad.json")
    changed(Path(bad), '"is":"2025-06-10"', '"is":"2026-06-10"')

    code, out, _ = run(capsys, "verify", str(tmp_path), "--pack", GARDEN, "--json")

    assert code == 1
    assert [(Path(one["file"]).name, one["verdict"]) for one in json.loads(out)["certificates"]] == [
        ("bad.json", "refused"), ("certificate.json", "holds"),
    ]  # fmt: skip


def test_without_the_rules_of_then_it_is_not_checked(
    certificate: Path, amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = json.loads(certificate.read_bytes())["pack"]["digest"]

    code, out, _ = run(capsys, "verify", str(certificate), "--pack", str(amended), "--lang", "en")

    assert code == 2
    assert (
        "Not checked: it was made under another edition of the rules than the one at hand. Name the file that was exported then "
        f"with --pack (checksum {digest})."
    ) in " ".join(lines(out))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "this is no certificate: it does not say which rules it is about"),
        ("[1]", "this is no certificate: it does not say which rules it is about"),
        ('{"payloadType": 1}', "this is no envelope as DSSE has it"),
        ('{"pack": {"id": "nowhere"}}', "there is no pack 'nowhere'"),
    ],
)
def test_what_is_no_certificate_is_bad_input(
    content: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)

    code, _, err = run(capsys, "verify", str(path), "--lang", "en")

    assert code == 2
    assert lines(err)[1] == f"{path}: {said}"


NO_JSON = {
    "zh": "从这里起不是JSON的写法，所以不是证明书\n"
          "    请指明`decide --certificate`、`prove --certificates`或`compare --certificate`写出的文件",
    "en": "from here on this is no JSON, and so no certificate\n"
          "    name a file that `decide --certificate`, `prove --certificates` or `compare --certificate` wrote",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("content", "place"), [("format: 1\n", "1:1"), ('{"claim": 1,\n "pack": }', "2:10"), ("[[[[", "1:5"), ('{"a": 1', "1:8")]
)
@pytest.mark.parametrize("pack", [[], ["--pack", GARDEN]], ids=["alone", "with rules"])
def test_where_a_file_ceases_to_be_json_is_told_with_what_to_do(
    pack: list[str], content: str, place: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")

    code, out, err = run(capsys, "verify", str(path), "--lang", lang, *pack)

    assert (code, out) == (2, "")
    assert err.partition("\n\n")[2] == f"{path}:{place}: {NO_JSON[lang]}\n"


def test_of_several_files_each_that_is_no_certificate_is_told(
    certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.json").write_text(" \n")
    (tmp_path / "other.json").write_text("no")

    code, _, err = run(capsys, "verify", str(tmp_path), "--pack", GARDEN, "--lang", "en")

    assert code == 2
    assert lines(err)[0] == "The input has 2 problems:"
    assert lines(err)[1] == f"{tmp_path / 'empty.json'}:1:1: this file is empty, and no certificate"
    assert lines(err)[3] == f"{tmp_path / 'other.json'}:1:1: from here on this is no JSON, and so no certificate"


def test_what_is_no_json_is_not_signed(keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.json"
    path.write_text("no")

    code, _, err = run(capsys, "sign", str(path), "--key", str(keys), "--pack", GARDEN, "--lang", "en")

    assert code == 2
    assert lines(err)[1] == f"{path}:1:1: from here on this is no JSON, and so no certificate"


def test_rules_that_were_not_exported_are_bad_input(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = str(Path(GARDEN) / "pack.yaml")

    code, _, err = run(capsys, "verify", str(certificate), "--pack", given, "--lang", "en")

    assert code == 2
    assert lines(err)[1] == f"{given}: these are no rules as `zhunsheng export pack` writes them"


def test_a_file_that_is_not_there_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "verify", str(tmp_path / "none.json"), "--lang", "en")

    assert code == 2
    assert lines(err)[1] == f"{tmp_path / 'none.json'}: there is no such file"


# -- today's rules


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """The garden's rules, with a bar of a week instead of a month."""
    folder = tmp_path / "amended" / "garden"
    shutil.copytree(GARDEN, folder)
    changed(folder / "parameters.yaml", "months: 1", "days: 3")
    return folder


def test_rules_that_did_not_change_decide_the_same(certificate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "verify", str(certificate), "--pack", GARDEN, "--current", GARDEN)

    assert code == 0
    assert "- 与现行规则比较：现行规则就是作出时的规则，没有变化。" in lines(out)


TODAY = {
    "barred_until": (
        1, "otherwise",
        "按现行规则，从这些事实会得出不同的结论：2025年6月6日。原证明书在当时的规则下仍然成立，没有改动。",
    ),
    "may_draw": (
        1, "unsettled",
        "按现行规则，仅凭证明书所列的事实还不能确定；可能的结果：是、否。需要另外查明：租有地块、是否还有其他浪费用水。",
    ),
    "reply_by": (0, "same", "规则已有变化，但按现行规则，从这些事实得出的结论不变。"),
}  # fmt: skip


@pytest.mark.parametrize("answer", TODAY)
def test_what_todays_rules_would_decide(
    answer: str, tmp_path: Path, amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.json"
    run(capsys, "decide", BARRED, "--pack", GARDEN, "--answer", answer, "--certificate", str(path))
    before = path.read_bytes()

    code, out, _ = run(capsys, "verify", str(path), "--pack", GARDEN, "--current", str(amended))
    data = run(capsys, "verify", str(path), "--pack", GARDEN, "--current", str(amended), "--json")[1]

    told = "".join(lines(out))
    today = json.loads(data)["certificates"][0]["today"]
    parameter = {"kind": "parameter", "name": "bar", "how": "changed", "definition": "", "took_part": False}
    touched = answer != "reply_by"
    assert (code, today["verdict"]) == TODAY[answer][:2]
    assert TODAY[answer][2] in told
    assert today["changes"] == [parameter] * touched
    assert ("数值“停水期”：修改（原为一个月，现为三日）" in told) == touched
    assert "核验通过。" in told
    assert path.read_bytes() == before


def test_a_rule_that_is_gone_is_named_and_that_it_took_part(
    certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    changed(folder / "articles" / "01-water.yaml", "rule: barred", "rule: barred_by_waste")

    data = run(capsys, "verify", str(certificate), "--pack", GARDEN, "--current", str(folder), "--json")[1]

    today = json.loads(data)["certificates"][0]["today"]
    assert today["verdict"] == "same"
    assert [(one["name"], one["how"], one["took_part"]) for one in today["changes"]] == [
        ("barred_by_waste", "added", False), ("barred", "removed", True),
    ]  # fmt: skip


# -- which amendment


TWO_WEEKS = """\
amendment: month-of-two-weeks
against: garden
says: {zh: 停水期由一个月改为十四日。, en: Two weeks instead of a month.}
source: {zh: 举例。, en: An example.}
in_force_from: 2026-01-01
edits:
  - set: bar
    was: {months: 1}
    to: {days: 14}
"""
THREE_DAYS = """\
amendment: three-days
against: garden
says: {zh: 停水期由十四日改为三日。, en: Three days instead of two weeks.}
source: {zh: 举例。, en: An example.}
in_force_from: 2027-01-01
edits:
  - set: bar
    was: {days: 14}
    to: {days: 3}
"""
OPENED = """\
amendment: opened-later
against: garden
says: {zh: 菜园开放日改为另一天。, en: The garden opened on another day.}
source: {zh: 举例。, en: An example.}
in_force_from: 2025-09-01
edits:
  - set: garden_opened
    was: 2021-05-04
    to: 2020-04-01
"""


def led(capsys: pytest.CaptureFixture[str], tmp_path: Path, amended: Path, *amendments: str) -> tuple[str, Any]:
    """What is said of the amendments between the garden's rules and the amended ones, where these lie beside the latter."""
    shelf = amended.parent / "amendments"
    shelf.mkdir()
    for number, text in enumerate(amendments):
        (shelf / f"{number}.yaml").write_text(f"format: 1\n{text}", encoding="utf-8")
    path = tmp_path / "c.json"
    run(capsys, "decide", BARRED, "--pack", GARDEN, "--answer", "barred_until", "--certificate", str(path))
    words = ("verify", str(path), "--pack", GARDEN, "--current", str(amended))
    told = "".join(line.strip() for line in lines(run(capsys, *words)[1]))
    return told, json.loads(run(capsys, *words, "--json")[1])["certificates"][0]["today"]


def test_the_first_amendment_after_which_the_outcome_is_another_is_named_with_its_day(
    tmp_path: Path, amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told, today = led(capsys, tmp_path, amended, THREE_DAYS, TWO_WEEKS, OPENED)

    assert "- 使结论不同的是修改方案“停水期由一个月改为十四日”（month-of-two-weeks，2026年1月1日起施行）。" in told
    assert "其他变化" not in told
    assert today["amendment"] == {"name": "month-of-two-weeks", "in_force_from": "2026-01-01"}
    assert today["explained"] is True


def test_that_no_known_amendment_explains_it_is_said(
    tmp_path: Path, amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told, today = led(capsys, tmp_path, amended, OPENED)

    assert "- 已知的修改方案都不能说明结论为何不同。" in told
    assert (today["amendment"], today["explained"]) == (None, False)


def test_changes_beyond_the_known_amendments_are_said_to_be_there(
    tmp_path: Path, amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(amended / "articles" / "01-water.yaml", "workdays_after(as_of, 3)", "workdays_after(as_of, 4)")
    changed(amended / "parameters.yaml", "days: 3", "days: 14")

    told, today = led(capsys, tmp_path, amended, TWO_WEEKS, THREE_DAYS)

    assert "- 使结论不同的是修改方案“停水期由一个月改为十四日”（month-of-two-weeks，2026年1月1日起施行）。" in told
    assert "- 除已知的修改方案外，规则还有其他变化。" in told
    assert (today["amendment"]["name"], today["explained"]) == ("month-of-two-weeks", True)


# -- signing


@pytest.fixture
def keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "office.key"
    assert run(capsys, "keys", "new", str(path), "--issuer", "东园管理处")[0] == 0
    return path


def test_a_private_key_is_for_its_owner_alone_is_never_shown_and_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "office.key"

    code, out, err = run(capsys, "keys", "new", str(path), "--lang", "en")
    secret = json.loads(path.read_bytes())["private"]
    before = path.read_bytes()
    again = run(capsys, "keys", "new", str(path), "--lang", "en")

    assert code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret not in out + err
    assert secret not in (tmp_path / "office.key.pub").read_text()
    assert again[0] == 2
    assert path.read_bytes() == before


def test_the_kernels_bytes_are_what_is_signed(certificate: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = run(capsys, "sign", str(certificate), "--key", str(keys), "--pack", GARDEN)

    envelope = json.loads((certificate.parent / "certificate.signed.json").read_bytes())
    assert code == 0
    assert base64.b64decode(envelope["payload"]) == certificate.read_bytes()
    assert envelope["payloadType"].startswith("text/vnd.zhunsheng.certificate+json; signed=")


def signature_told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code, out, err = run(capsys, "verify", *words, "--pack", GARDEN, "--json")
    assert err == ""
    (one,) = json.loads(out)["certificates"]
    assert one["verdict"] == "holds"
    return code, one["signature"] and (one["signature"]["found"], one["signature"]["why"])


def test_unsigned_wrongly_signed_expired_and_good_are_told_apart(
    certificate: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "sign", str(certificate), "--key", str(keys), "--pack", GARDEN)
    run(capsys, "keys", "new", str(tmp_path / "other.key"))
    signed, own, other = (str(tmp_path / name) for name in ("certificate.signed.json", "office.key.pub", "other.key.pub"))
    forged = tmp_path / "forged.signed.json"
    forged.write_text(Path(signed).read_text().replace("until=20", "until=21"))

    assert signature_told(capsys, signed) == (0, ("unchecked", ""))
    assert signature_told(capsys, signed, "--issuer", own) == (0, ("good", ""))
    assert signature_told(capsys, signed, "--issuer", other, own) == (0, ("good", ""))
    assert signature_told(capsys, str(certificate)) == (0, None)
    assert signature_told(capsys, str(certificate), "--issuer", own) == (1, ("unsigned", ""))
    assert signature_told(capsys, signed, "--issuer", other) == (1, ("wrong", "other key"))
    assert signature_told(capsys, str(forged), "--issuer", own) == (1, ("wrong", "changed"))
    assert signature_told(capsys, signed, "--issuer", own, "--on", "2099-01-01") == (1, ("expired", ""))


def test_what_the_kernel_refuses_is_not_signed(certificate: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(certificate, '"outcomes":[{"value":"false"}]', '"outcomes":[{"value":"true"}]')

    code, out, _ = run(capsys, "sign", str(certificate), "--key", str(keys), "--pack", GARDEN)

    assert code == 1
    assert "核验不通过" in out
    assert not (certificate.parent / "certificate.signed.json").exists()
