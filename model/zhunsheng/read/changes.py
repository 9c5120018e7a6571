"""What a theorem changes: facts set, elements added, removed or swapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zhunsheng.lang import expr as e
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.theorem import Add, Edit, Name, Put, Ranges, Remove, Swap
from zhunsheng.lang.typing import Known
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import words
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Node, Sequence
from zhunsheng.read.premises import Expressions
from zhunsheng.read.words import Report

EDITS = ("set", "add", "remove", "swap")


def read_change(keys: Keys, text: Expressions, known: Known) -> tuple[tuple[Edit, ...], Known]:
    """The edits, and what they take for granted: that a record whose field is set exists. `known`: what the premises rule out."""
    found_before = len(text.report.problems)
    nodes = keys.items("change", "changes")
    if not nodes and isinstance(keys.maybe("change"), Sequence):
        text.report.add(keys.place_of("change"), "nothing is listed under `change:`", "delete the line")
    edits = [edit for node in nodes if (edit := _edit(node, text, known)) is not None]
    if len(text.report.problems) == found_before:
        _new_elements_are_added(keys, edits, text)
        _each_is_changed_once(keys, edits, text.report)
    return tuple(edits), frozenset[tuple[e.Expr, str]]().union(*(_taken_for_granted(edit) for edit in edits))


def edit_words(edit: Edit) -> list[str]:
    """A change as its key and what stands there."""
    match edit:
        case Put(target=target, to=to):
            return ["set", unparse(target), unparse(to)]
        case Add(name=name):
            return ["add", name]
        case Remove(name=name):
            return ["remove", name]
        case Swap(first=first, second=second):
            return ["swap", first, second]


def _edit(node: Node, text: Expressions, known: Known) -> Edit | None:
    keys = Keys(node, "a change", text.report)
    edit: Edit | None = None
    match [key for key in EDITS if keys.has(key)]:
        case ["set"]:
            edit = _put(keys, text, known)
        case ["add"]:
            name = _named(keys.need("add"), Ranges.NEW, "added", text)
            edit = Add(name.name) if name is not None else None
        case ["remove"]:
            name = _named(keys.need("remove"), Ranges.ELEMENT, "removed", text)
            edit = Remove(name.name) if name is not None else None
        case ["swap"]:
            edit = _swap(keys, text)
        case given if keys.usable:
            here = " and ".join(f"`{key}:`" for key in given) or "none of them"
            what = f"a change is one of `set:` (with `to:`), `add:`, `remove:` and `swap:`; here is {here}"
            text.report.add(keys.place, what, "write each change as an item of its own")
    keys.close()
    return edit


def _put(keys: Keys, text: Expressions, known: Known) -> Edit | None:
    target = text.target(keys.expression("set"))
    source = keys.expression("to")
    if target is None:
        return None
    put = Put(target, target, keys.place_of("set"))
    return replace(put, to=text.typist.read(source, target.type, text.scope, known | _taken_for_granted(put)))


def _taken_for_granted(edit: Edit | None) -> Known:
    parts = e.walk(edit.target) if isinstance(edit, Put) else []
    return frozenset((part, "none") for part in parts if isinstance(part, e.Fact) and part.type.base.startswith("record "))


def _swap(keys: Keys, text: Expressions) -> Edit | None:
    nodes = keys.items("swap", "two names")
    if not isinstance(keys.maybe("swap"), Sequence):
        return None
    if len(nodes) != 2:
        text.report.add(keys.place_of("swap"), "two elements change places, neither more nor fewer", "write `swap: [x, y]`")
        return None
    first, second = (_named(node, Ranges.ELEMENT, "swapped", text) for node in nodes)
    if first is None or second is None:
        return None
    if first == second or first.collection != second.collection:
        why = "is swapped with itself" if first == second else f"and {second.name!r} are in different lists"
        text.report.add(keys.place_of("swap"), f"{first.name!r} {why}", "name two elements of one list")
        return None
    return Swap(first.name, second.name)


def _named(node: Node | None, ranges: Ranges, done: str, text: Expressions) -> Name | None:
    """The name that stands here, if it stands for an element that can be changed so."""
    word = words.string(node, text.report, "a name") if node is not None else ""
    if node is None or not word:
        return None
    name = text.names.get(word)
    if name is None or name.ranges is not ranges:
        what = f"{word!r} is no name of this theorem" if name is None else f"{word!r} cannot be {done}"
        fitting = [other.name for other in text.names.values() if other.ranges is ranges]
        hint = f"name it under `for:`, as `{ranges.value} <list>`" if not fitting else nearest(word, fitting)
        text.report.add(node.place, what, hint or f"names that can: {', '.join(fitting)}")
        return None
    return name


def _new_elements_are_added(keys: Keys, edits: Iterable[Edit], text: Expressions) -> None:
    """A new element that never joins its list is not there on either side."""
    added = {edit.name for edit in edits if isinstance(edit, Add)}
    for name in text.names.values():
        if name.ranges is Ranges.NEW and name.name not in added:
            place = keys.place_of("change" if keys.has("change") else "for")
            text.report.add(place, f"{name.name!r} is new and never added", f"write `- add: {name.name}` under `change:`")


def _each_is_changed_once(keys: Keys, edits: list[Edit], report: Report) -> None:
    for index, edit in enumerate(edits):
        if any(_same_change(edit, other) for other in edits[:index]):
            what = unparse(edit.target) if isinstance(edit, Put) else " and ".join(edit_words(edit)[1:])
            place = edit.at if isinstance(edit, Put) else keys.place_of("change")
            report.add(place, f"{what!r} is changed twice", "the changes happen together: leave one of them out")


def _same_change(one: Edit, other: Edit) -> bool:
    match one, other:
        case Put(), Put():
            return one.target == other.target
        case Swap(), Swap():
            return {one.first, one.second} == {other.first, other.second}
        case _:
            return one == other
