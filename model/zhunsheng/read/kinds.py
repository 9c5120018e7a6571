"""comparing/kinds.yaml beside a pack: the kinds of case that comparisons tell apart, and the order of outcomes.

It decides nothing, so it is no part of the pack's canonical form: two packs that differ only here are the same law."""

from __future__ import annotations

from pathlib import Path

from zhunsheng.lang.kinds import DAY_OF_CHANGE, Kinds, Part, Partition
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import Scope, nearest
from zhunsheng.lang.types import DAY, YES_NO
from zhunsheng.read import words
from zhunsheng.read.identity import format_version
from zhunsheng.read.keys import Keys
from zhunsheng.read.nodes import Mapping, Node, kind_of
from zhunsheng.read.questions import pack_scope
from zhunsheng.read.strict_yaml import read_tree
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.typist import Typist
from zhunsheng.read.words import Report

FILE = Path("comparing") / "kinds.yaml"


def load_kinds(folder: Path, pack: Pack) -> Kinds:
    """What the pack declares for comparisons; nothing where there is no such file. InputError with every problem."""
    path = folder / FILE
    if not path.is_file():
        return Kinds()
    report = Report()
    keys = Keys(read_tree(decode(read_bytes(path), str(path)), str(path)), str(FILE), report)
    format_version(keys)
    typist = Typist(pack_scope(pack), report)
    partitions = tuple(_partition(node, typist, report) for node in keys.items("kinds", "kinds"))
    scope = pack_scope(pack).bind(DAY_OF_CHANGE, DAY)
    situations = tuple(_situation(node, typist, scope, report) for node in keys.items("under_way", "situations"))
    orders = _named(keys, "orders")
    for enumeration, (definition, node) in orders.items():
        _is_order(pack, enumeration, definition, node, report)
    best, worst = _named(keys, "best"), _named(keys, "worst")
    for answer, (special, node) in (*best.items(), *worst.items()):
        _is_special(pack, answer, special, node, report)
    name, by = _registry(keys, pack, report)
    keys.close()
    report.stop_if_any()
    named = [{name: value for name, (value, _) in each.items()} for each in (orders, best, worst)]
    return Kinds(partitions, named[0], named[1], named[2], situations, name, by)


def _partition(node: Node, typist: Typist, report: Report) -> Partition:
    keys = Keys(node, "a way to divide cases", report)
    name, title = keys.label("kind", "the name of a way to divide cases"), keys.sentence("title")
    parts: list[Part] = []
    for item in keys.items("parts", "kinds", required=True):
        own = Keys(item, "a kind", report)
        label, says = own.label("part", "the name of a kind"), own.sentence("title")
        source = own.maybe_expression("when")
        own.close()
        if any(part.name == label for part in parts):
            report.add(own.place, f"the kind {label!r} stands here twice")
        if parts and parts[-1].when is None:
            report.add(own.place, "a kind without `when:` takes all that is left, so it stands last", "move it to the end")
        parts.append(Part(label, says, None if source is None else typist.read(source, YES_NO, typist.scope)))
    if parts and parts[-1].when is not None:
        report.add(keys.place, f"{name!r} does not say what the rest is", "add a last kind without `when:`")
    keys.close()
    return Partition(name, title, tuple(parts))


def _situation(node: Node, typist: Typist, scope: Scope, report: Report) -> Part:
    keys = Keys(node, "a situation", report)
    name, title = keys.label("situation", "the name of a situation"), keys.sentence("title")
    source = keys.expression("when")
    keys.close()
    return Part(name, title, None if source is None else typist.read(source, YES_NO, scope))


def _registry(keys: Keys, pack: Pack, report: Report) -> tuple[str, tuple[str, ...]]:
    """What an enterprise of a register is called, and by which facts changes are counted."""
    node = keys.maybe("registry")
    if node is None:
        return "", ()
    own = Keys(node, "what is said of registers", report)
    name, by = own.string("name"), own.strings("by", "paths of facts")
    own.close()
    for path in (name, *by):
        if path and not _is_fact(pack, path):
            report.add(own.place, f"there is no fact {path!r}", "write `fact.field` or `list.field`")
    return name, by


def _is_fact(pack: Pack, path: str) -> bool:
    first, _, rest = path.partition(".")
    if first in pack.collections:
        return pack.collections[first].field(rest) is not None
    spec = pack.facts.get(first)
    return spec is not None and (spec.field(rest) is not None if rest else spec.type is not None)


def _named(keys: Keys, key: str) -> dict[str, tuple[str, Node]]:
    node = keys.maybe(key)
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        keys.report.add(node.place, f"`{key}:` holds `name: name` lines, not {kind_of(node)}")
        return {}
    return {name.text: (words.string(value, keys.report, "a name"), value) for name, value in node.entries}


def _is_order(pack: Pack, enumeration: str, definition: str, node: Node, report: Report) -> None:
    spec = pack.definitions.get(definition)
    if enumeration not in pack.enumerations:
        report.add(node.place, f"{enumeration!r} is no enumeration", nearest(enumeration, pack.enumerations))
    elif spec is None:
        report.add(node.place, f"there is no definition {definition!r}", nearest(definition, pack.definitions))
    elif spec.type != YES_NO or [type_.base for _, type_ in spec.parameters] != [enumeration, enumeration]:
        report.add(node.place, f"{definition!r} does not compare two values of {enumeration}",
                   "name a definition that is yes or no of two of them")  # fmt: skip


def _is_special(pack: Pack, answer: str, special: str, node: Node, report: Report) -> None:
    spec = pack.definitions.get(answer)
    if spec is None:
        report.add(node.place, f"there is no definition {answer!r}", nearest(answer, pack.definitions))
    elif special not in spec.type.special:
        hint = f"special values: {', '.join(sorted(spec.type.special))}" if spec.type.special else "it has no special values"
        report.add(node.place, f"{answer!r} is never {special!r}", hint)
