"""Where the objects of a pack stand in the trees of its files, and trees with some of them changed.

What an amendment edits is edited here, before anything is typed, so that the amended pack is read and checked exactly like
one written by hand, and every place is that of the file in which the words stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from zhunsheng.lang.amendment import Kind
from zhunsheng.read.articles import reference
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping as MappingNode
from zhunsheng.read.nodes import Node, Scalar, Sequence
from zhunsheng.read.words import Report

Trees = Mapping[str, Node]
Step = int | str
LISTS: dict[Kind, tuple[str, str]] = {
    Kind.PARAMETER: ("parameters", "parameter"),
    Kind.READING: ("readings", "reading"),
    Kind.DISCRETION: ("discretions", "discretion"),
    Kind.NOTE: ("notes", "note"),
    Kind.NOT_MODELLED: ("not_modelled", "not_modelled"),
    Kind.ENUMERATION: ("enumerations", "enumeration"),
    Kind.FACT: ("facts", "fact"),
    Kind.ASSUMPTION: ("assumptions", "assume"),
    Kind.TERM: ("terms", "term"),
}
"""Kinds that stand in a list of their own at the top of a file: the list, and the key that names an item."""
HOMES = {
    Kind.PARAMETER: "parameters.yaml", Kind.READING: "readings.yaml", Kind.DISCRETION: "readings.yaml",
    Kind.NOTE: "readings.yaml", Kind.NOT_MODELLED: "readings.yaml", Kind.ENUMERATION: "facts.yaml",
    Kind.FACT: "facts.yaml", Kind.ASSUMPTION: "facts.yaml", Kind.TERM: "glossary.yaml",
}  # fmt: skip
"""The file a new item of such a list is written to."""
INSIDE: dict[Kind, tuple[Kind, tuple[str, ...], str]] = {
    Kind.DEFINITION: (Kind.PROVISION, ("definitions",), "define"),
    Kind.DUTY: (Kind.PROVISION, ("duties",), "duty"),
    Kind.RULE: (Kind.DEFINITION, ("rules",), "rule"),
    Kind.VALUE: (Kind.ENUMERATION, ("values",), "value"),
}
"""Kinds that stand inside another: that kind, the list there, and the key that names an item."""


@dataclass(frozen=True)
class Spot:
    """Where something stands: the file's path within the pack, and the steps down its tree."""

    file: str
    steps: tuple[Step, ...]

    def down(self, *steps: Step) -> Spot:
        return Spot(self.file, (*self.steps, *steps))

    @property
    def above(self) -> Spot:
        return Spot(self.file, self.steps[:-1])


def node_at(trees: Trees, spot: Spot) -> Node:
    """The node that stands there."""
    node = trees[spot.file]
    for step in spot.steps:
        found = _below(node, step)
        if found is None:
            raise KeyError(spot)
        node = found
    return node


def find(trees: Trees, kind: Kind, name: str) -> Spot | None:
    """Where the object of this name stands (`definition/rule`, `enumeration/value`, `list.field` where it is part of another)."""
    match kind:
        case Kind.PROVISION:
            return next((spot for spot, ref in provisions(trees) if ref == name), None)
        case Kind.DEFINITION | Kind.DUTY:
            return next((spot for spot, found in inner(trees, kind) if found == name), None)
        case Kind.RULE | Kind.VALUE:
            owner, _, own = name.partition("/")
            of, lists, key = INSIDE[kind]
            spot = find(trees, of, owner)
            return None if spot is None else _item(trees, spot.down(*lists), key, own)
        case Kind.OTHERWISE:
            spot = find(trees, Kind.DEFINITION, name)
            here = None if spot is None else _below(node_at(trees, spot), "otherwise")
            return spot.down("otherwise") if spot is not None and here is not None else None
        case Kind.ANSWER:
            return _scalar(trees, Spot("pack.yaml", ("answers",)), name)
        case Kind.FACT if "." in name:
            owner, _, own = name.partition(".")
            spot = _listed(trees, kind, owner)
            lists = () if spot is None else tuple(w for w in ("fields", "record") if _below(node_at(trees, spot), w) is not None)
            return None if spot is None or not lists else _item(trees, spot.down(lists[0]), "fact", own)
        case _:
            return _listed(trees, kind, name)


def home(trees: Trees, kind: Kind, owner: str) -> Spot | None:
    """The list that a new object of this kind joins; `owner` is what it becomes part of, where it becomes part of anything."""
    match kind:
        case Kind.ANSWER:
            return Spot("pack.yaml", ("answers",))
        case Kind.PROVISION:
            files = [file for file in trees if file.startswith("articles/")]
            chapter = next((f for f in files if _text(_below(trees[f], "chapter")) == owner), None)
            return None if chapter is None else Spot(chapter, ("provisions",))
        case Kind.FACT if owner:
            spot = _listed(trees, kind, owner)
            if spot is None:
                return None
            return spot.down("record" if _below(node_at(trees, spot), "record") is not None else "fields")
        case _ if kind in INSIDE:
            of, lists, _ = INSIDE[kind]
            spot = find(trees, of, owner)
            return None if spot is None else spot.down(*lists)
        case _:
            return Spot(HOMES[kind], (LISTS[kind][0],))


def names(trees: Trees, kind: Kind, owner: str = "") -> list[str]:
    """The names of all objects of a kind (of one definition's rules, one enumeration's values): for messages."""
    match kind:
        case Kind.PROVISION:
            return [ref for _, ref in provisions(trees)]
        case Kind.DEFINITION | Kind.DUTY:
            return [name for _, name in inner(trees, kind)]
        case Kind.OTHERWISE:
            return [name for spot, name in inner(trees, Kind.DEFINITION) if _below(node_at(trees, spot), "otherwise") is not None]
        case Kind.RULE | Kind.VALUE:
            of, lists, key = INSIDE[kind]
            spot = find(trees, of, owner)
            inside = [] if spot is None else _items(trees, spot.down(*lists))
            return [f"{owner}/{_text(_below(node, key))}" for _, node in inside]
        case Kind.ANSWER:
            return [_text(node) for _, node in _items(trees, Spot("pack.yaml", ("answers",)))]
        case _:
            word, key = LISTS[kind]
            lists_ = [Spot(file, (word,)) for file in trees]
            return [_text(_below(node, key)) for spot in lists_ for _, node in _items(trees, spot)]


def provisions(trees: Trees) -> Iterator[tuple[Spot, str]]:
    """Every provision with its reference."""
    for file in trees:
        if file.startswith("articles/"):
            for spot, node in _items(trees, Spot(file, ("provisions",))):
                if isinstance(node, MappingNode) and node.get("article") is not None:
                    yield spot, reference(Keys(node, "a provision", Report()))


def inner(trees: Trees, kind: Kind) -> Iterator[tuple[Spot, str]]:
    """Every definition, or duty, with its name."""
    _, (word,), key = INSIDE[kind]
    for spot, _ in provisions(trees):
        for here, node in _items(trees, spot.down(word)):
            yield here, _text(_below(node, key))


# -- changed trees


def put(trees: Trees, spot: Spot, node: Node | None) -> dict[str, Node]:
    """The trees with another node there; None takes it away."""
    return {**trees, spot.file: _changed(trees[spot.file], spot.steps, lambda _: node)}


def insert(trees: Trees, spot: Spot, node: Node, before: int | None) -> dict[str, Node]:
    """The trees with a new item in the list that stands there (before the item of this number, else at its end)."""

    def grown(found: Node | None) -> Node:
        if not isinstance(found, Sequence):
            return Sequence((node,), node.line, node.column, False, node.lines)
        at = len(found.items) if before is None else before
        return replace(found, items=(*found.items[:at], node, *found.items[at:]))

    return {**trees, spot.file: _changed(trees[spot.file], spot.steps, grown)}


def _changed(node: Node, steps: tuple[Step, ...], change: Callable[[Node | None], Node | None]) -> Node:
    step, rest = steps[0], steps[1:]
    here = _below(node, step)
    new = change(here) if not rest else _changed(_there(here, step), rest, change)
    match node, step:
        case Sequence(items=items), int():
            return replace(node, items=tuple(each for i, each in enumerate((*items,)) if i != step) if new is None
                           else (*items[:step], new, *items[step + 1 :]))  # fmt: skip
        case MappingNode(entries=entries), str():
            if new is None:
                return replace(node, entries=tuple(entry for entry in entries if entry[0].text != step))
            if here is None:
                key = Scalar(step, "", new.line, new.column, False, new.lines)
                return replace(node, entries=(*entries, (key, new)))
            return replace(node, entries=tuple((key, new if key.text == step else value) for key, value in entries))
        case _:
            raise KeyError(step)


def _there(node: Node | None, step: Step) -> Node:
    if node is None:
        raise KeyError(step)
    return node


def _below(node: Node, step: Step) -> Node | None:
    match node, step:
        case MappingNode(), str():
            return node.get(step)
        case Sequence(items=items), int():
            return items[step] if step < len(items) else None
        case _:
            return None


def _items(trees: Trees, spot: Spot) -> list[tuple[Spot, Node]]:
    node: Node | None = trees.get(spot.file)
    for step in spot.steps:
        node = None if node is None else _below(node, step)
    if not isinstance(node, Sequence):
        return []
    return [(spot.down(index), item) for index, item in enumerate(node.items)]


def _item(trees: Trees, spot: Spot, key: str, name: str) -> Spot | None:
    return next((here for here, node in _items(trees, spot) if _text(_below(node, key)) == name), None)


def _scalar(trees: Trees, spot: Spot, name: str) -> Spot | None:
    return next((here for here, node in _items(trees, spot) if _text(node) == name), None)


def _listed(trees: Trees, kind: Kind, name: str) -> Spot | None:
    word, key = LISTS[kind]
    return next((spot for file in trees if (spot := _item(trees, Spot(file, (word,)), key, name)) is not None), None)


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""
