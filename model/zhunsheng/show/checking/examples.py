"""The cases that show findings and refute theorems, as case files: `decide` on one shows the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from zhunsheng.ask.checking.findings import Checked
from zhunsheng.ask.proving.prove import Proof
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Verdict
from zhunsheng.lang.types import Text
from zhunsheng.show.checking.findings import TITLES, Findings
from zhunsheng.show.deciding.case_yaml import case_text
from zhunsheng.show.media.width import clean

BEFORE, AFTER = "before", "after"


def example_files(pack: Pack, checked: Checked, folder: Path) -> dict[Path, bytes]:
    """A file for each finding that has a case, named by its key."""
    theorems = {proof.theorem.name: proof.theorem for proof in checked.proofs}
    zh, en = (Findings(pack, lang, theorems) for lang in ("zh", "en"))
    named = []
    for finding in checked.findings:
        if finding.case is None:
            continue
        kind = TITLES[finding.kind]
        case = finding.case
        if not case.title.zh:
            case = replace(case, title=Text(f"{kind.zh}：{zh.subject(finding)}", f"{kind.en}: {en.subject(finding)}"))
        named.append((finding.key, case, finding.answer))
    return _files(pack, named, folder)


def counterexample_files(pack: Pack, proofs: Iterable[Proof], folder: Path) -> dict[Path, bytes]:
    """A file for each refuted variant; two where the theorem changes something: the case before and the case after."""
    named = []
    for proof in proofs:
        found = proof.counterexample
        if proof.verdict is not Verdict.REFUTED or found is None:
            continue
        variant = proof.variant
        readings = ["all"] if variant.every else [f"{name}={option}" for name, option in variant.readings.items()]
        key = " ".join([proof.theorem.name, *readings])
        if found.after is None:
            named.append((key, found.before, ""))
        else:
            named += [(f"{key} {BEFORE}", found.before, ""), (f"{key} {AFTER}", found.after, "")]
    return _files(pack, named, folder)


def file_name(key: str) -> str:
    """A name any file system takes: letters of any script, digits, `.`, `_`, and `-` for all else."""
    return re.sub(r"[^\w.]+", "-", key).strip("-.")[:120].rstrip("-.") or "case"


def _files(pack: Pack, named: Iterable[tuple[str, Case, str]], folder: Path) -> dict[Path, bytes]:
    """Keys that make the same name get a number."""
    files: dict[Path, bytes] = {}
    for key, case, answer in named:
        stem, path, number = file_name(key), folder / f"{file_name(key)}.yaml", 1
        while path in files:
            number += 1
            path = folder / f"{stem}-{number}.yaml"
        asked = f" --answer '{answer}'" if answer else ""
        head = f"# {clean(key)}\n# zhunsheng decide {path.name}{asked}\n"
        files[path] = (head + case_text(pack, case)).encode("utf-8")
    return files
