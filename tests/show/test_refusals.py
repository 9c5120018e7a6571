"""Whatever reason the kernel may give for refusing has a sentence in Chinese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhunsheng.certify import kernel
from zhunsheng.show.certifying.refusals import FORMS, NUMBERED, POSSIBLE, told

FOLDER = Path(kernel.__file__).parent
FILES = ("reading", "kernel", "tables", "clauses", "bounds", "claims", "agreed", "compared")


def forms(node: ast.expr) -> Iterator[str]:
    """The forms that a reason may take; what is put into it is `{}`."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in values)  # type: ignore[misc]
        case _:
            assert isinstance(node, ast.Name), ast.dump(node)
            assert node.id == "reason"


def reasons() -> set[str]:
    found = set()
    for name in FILES:
        for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            if getattr(called, "id", getattr(called, "attr", "")) in ("need", "Refused", "NoName"):
                found |= set(forms(node.args[-1]))  # type: ignore[attr-defined]
    return found


def test_every_reason_has_its_sentence_and_every_sentence_its_reason() -> None:
    found = reasons()

    assert len(found) > 100
    assert {one.replace("60", "{}") if "deep" in one else one for one in found} == set(FORMS) - {NUMBERED, POSSIBLE}


def test_a_sentence_has_room_for_all_that_it_puts_in() -> None:
    for form, said in FORMS.items():
        parts = [f"<{number}>" for number in range(form.count("{}"))]
        assert "{" not in said.format(*parts), form


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("possible, and not claimed: true", "还可能有未列出的结果：true"),
        ("the bound is {'wasted': 2}", "清单所需的项数应为{'wasted': 2}"),
        ("'may_draw' calls", None),
        ("the definition 'may_draw' calls itself", "定义“may_draw”引用了自身"),
        ("the case does not show that premise 2 holds", "从案件看不出第2个前提成立"),
        ("the rule 'a' is not shown to have fired", "看不出规则“a”处于适用的状态"),
        ("the certificate is larger than 8000000 bytes", "证明书超过8000000字节"),
        ("there is no fact 'x'", "没有“x”这一事实"),
        ("number stands where day is wanted", "应为day的地方写了number"),
        ("reading 'bar_from' is given twice, or cannot be 'x'", "“bar_from”写了两次，或者不可能是“x”"),
    ],
)
def test_it_is_said_in_chinese(reason: str, said: str | None) -> None:
    assert told(reason, "zh") == said
    assert told(reason, "en") == reason
