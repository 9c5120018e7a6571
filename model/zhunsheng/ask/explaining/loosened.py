"""The rules of some provisions left open: as if these could say anything. What holds all the same does not rest on them."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.certify import kernel
from zhunsheng.lang.pack import Definition


@dataclass
class Loosening:
    """Of one pack, the rules of some definitions, by the provisions they stand under. Rules and definitions without a provision
    (conditions from outside the pack) always stand."""

    possibilities: Possibilities
    definitions: Collection[str]
    provisions: tuple[str, ...] = field(init=False)
    _made: dict[frozenset[str], kernel.Pack] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = [one for name, one in self.possibilities.pack.definitions.items() if name in self.definitions]
        found: dict[str, None] = {}
        for one in named:
            found |= dict.fromkeys(rule.provision for rule in one.rules)
            found |= dict.fromkeys([one.provision])
        self.provisions = tuple(ref for ref in found if ref)

    def without(self, stand: frozenset[str]) -> kernel.Pack:
        """The rules as the kernel reads them: a rule under a provision not among `stand` may apply or not, and may come to
        anything; so may what a definition comes to otherwise."""
        if stand.issuperset(self.provisions):
            return self.possibilities.loaded
        if stand not in self._made:
            loaded = copy.copy(self.possibilities.loaded)
            loaded.read = {**loaded.read, **{name: self._loose(name, stand) for name in self.definitions}}
            self._made[stand] = loaded
        return self._made[stand]

    def _loose(self, name: str, stand: frozenset[str]) -> Any:
        loaded, definition = self.possibilities.loaded, self.possibilities.pack.definitions[name]
        rules, other = loaded.definition(name)
        anything = self._anything(definition)
        loose = [rule if _stands(definition.rule(rule.name).provision, stand) else _open(rule, anything) for rule in rules]
        if _stands(definition.provision, stand) or anything is None:
            return loose, other
        return loose, ["const", anything]

    def _anything(self, definition: Definition) -> kernel.Possible | None:
        """All that a definition may come to by its type; None where that cannot be listed."""
        loaded = self.possibilities.loaded
        _, type_ = loaded.signature(definition.name)
        special = [(name,) for name in type_.special]
        if type_.base in loaded.enums:
            return kernel.of(*loaded.enums[type_.base], *special)
        if type_.base in ("yes/no", "day", "number", "text") and not type_.keyed:
            return loaded.domain(type_, {})
        return None


def _stands(provision: str, stand: frozenset[str]) -> bool:
    return not provision or provision in stand


def _open(rule: kernel.Rule, anything: kernel.Possible | None) -> kernel.Rule:
    value = rule.value if anything is None else ["const", anything]
    return rule._replace(when=["const", kernel.of(False, True)], value=value)
