"""How an answer comes about, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from zhunsheng.evaluate.facts import Argument
from zhunsheng.evaluate.trace import Looked
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import Outcome


class Status(Enum):
    """How a rule stands."""

    FIRED = "fired"  # its condition holds and nothing defeats it
    DEFEATED = "defeated"  # a holding rule overrides it, and its own condition holds or fails
    NOT_HELD = "did not hold"  # its condition is false
    FAILED = "failed"  # its condition fails and nothing defeats it


@dataclass(frozen=True)
class RuleStep:
    """One rule. `looked` is what its condition (and its value, if it fired) rests on.

    `outcome`: its value, or why that fails, if it fired; why the condition fails, if it does; else None.
    `by`: the rules that defeat it. `lacked`: if it did not hold, its first conjunct that is false; `looked` is of it.
    """

    rule: str
    status: Status
    looked: Looked
    outcome: Outcome | None = None
    by: tuple[str, ...] = ()
    lacked: Expr | None = None


@dataclass(frozen=True)
class Derivation:
    """A definition at its arguments: what it comes to, how each rule stands, and the derivations of what those call.

    `otherwise`: what it looked at, if no rule spoke and there is one. `at`: the arguments as a person writes them, an
    element by its path. `called` shares equal derivations; it takes no part in equality.
    """

    definition: str
    args: tuple[Argument, ...]
    at: tuple[str, ...]
    outcome: Outcome
    rules: tuple[RuleStep, ...]
    otherwise: Looked | None
    called: tuple[Derivation, ...] = field(compare=False, repr=False)

    def looked(self) -> tuple[Looked, ...]:
        """What each rule, and the `otherwise` taken, looked at."""
        return tuple(step.looked for step in self.rules) + ((self.otherwise,) if self.otherwise else ())

    def rule(self, name: str) -> RuleStep:
        return next(step for step in self.rules if step.rule == name)

    def sub(self, name: str, args: tuple[Argument, ...] = ()) -> Derivation:
        """The derivation of a definition that this one calls."""
        return next(part for part in self.called if part.definition == name and part.args == args)

    def steps(self) -> tuple[Derivation, ...]:
        """This derivation and all below it, each once, callers first, in the order called."""
        found: dict[tuple[str, tuple[Argument, ...]], Derivation] = {}
        todo = [self]
        while todo:
            here = todo.pop()
            if (here.definition, here.args) not in found:
                found[here.definition, here.args] = here
                todo.extend(reversed(here.called))
        return tuple(found.values())


@dataclass(frozen=True)
class Touched:
    """What an answer rests on, by name: with these as they are, it stands whatever the rest may be."""

    facts: frozenset[str]
    lists: frozenset[str]
    parameters: frozenset[str]
    readings: frozenset[str]
    choices: frozenset[str]
