"""Typed expressions -> outcomes under conditions: every form that there is."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Mapping
from typing import assert_never

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE
from zhunsheng.solve.aggregated import Aggregated
from zhunsheng.solve.cases import Atom, Cases, ElementRef, RecordRef, TableRef
from zhunsheng.solve.formula import Node, Terms
from zhunsheng.solve.logical import Env
from zhunsheng.solve.symbols import Symbols

MOST_SPLITS = 64


class Expressions(Aggregated):
    """Expressions about one case; what definitions and choices come to is for others to say."""

    def __init__(self, pack: Pack, terms: Terms, symbols: Symbols) -> None:
        super().__init__(pack, terms, symbols)
        self.sides: Mapping[str, Expressions] = {}
        """The case before and after a theorem's changes, where there are any; each knows itself as well."""
        self.moved: Mapping[Atom, Atom] = {}
        """Elements that stand at another place in this case's lists than where the names of a theorem were bound."""

    @abstractmethod
    def definition(self, name: str, args: tuple[Atom, ...] = ()) -> Cases:
        """The outcome of a definition at atoms."""

    @abstractmethod
    def choice(self, name: str) -> Cases:
        """What an authority chooses."""

    def expr(self, expr: e.Expr, env: Env) -> Cases:
        """The outcomes of an expression, its variables bound by `env`."""
        match expr:
            case e.Literal(value=value, type=type_):
                return self.make.only(self._constant(value, type_.base))
            case e.Fact(name=name):
                return self._fact(name)
            case e.Var(name=name):
                return env[name]
            case e.Field(of=of, name=name):
                return self._field(self.expr(of, env), name)
            case e.Pick(of=of, key=key):
                return self._pick(self.expr(of, env), self.expr(key, env))
            case e.Parameter(name=name, type=type_):
                return self.make.only(self._constant(self.pack.parameters[name].value, type_.base))
            case e.Reading(name=name):
                return self.symbols.readings[name]
            case e.Choice(name=name):
                return env.get(f"choice {name}") or self.choice(name)
            case e.Call(name=name, args=args):
                return self._call(name, [self.expr(arg, env) for arg in args])
            case e.Not(of=of):
                inner = self.expr(of, env)
                return self.make.truth(self.make.false(inner), inner.fails)
            case e.And(parts=parts):
                return self._junction(parts, env, deciding=False)
            case e.Or(parts=parts):
                return self._junction(parts, env, deciding=True)
            case e.Compare(op=op, left=left, right=right):
                return self._compare(op, self.expr(left, env), self.expr(right, env), left.type.base)
            case e.Arith(op=op, left=left, right=right):
                return self._arith(op, self.expr(left, env), self.expr(right, env))
            case e.IfElse(test=test, then=then, other=other):
                return self._if_else(test, then, other, env)
            case e.Function():
                return self._function(expr, [self.expr(arg, env) for arg in expr.args])
            case e.Aggregate():
                return self._aggregate(expr, env)
            case e.At(side=side, of=of):
                return self.sides[side].told_here(of, env)
            case _:
                assert_never(expr)

    def told_here(self, expr: e.Expr, env: Env) -> Cases:
        """An expression about this case, its variables bound in the case as it is before the changes."""
        here = {
            name: Cases({self.moved.get(atom, atom): node for atom, node in cases.atoms.items()}, cases.fails)
            for name, cases in env.items()
        }
        return self.expr(expr, here if self.moved else env)

    def _fact(self, name: str) -> Cases:
        record = self.symbols.records.get(name)
        if record is None:
            return self.symbols.scalars[name]
        absent = self.terms.not_(record.present)
        return Cases(self.make.possible({RecordRef(name): record.present, NONE: absent}))

    def _field(self, of: Cases, name: str) -> Cases:
        parts = []
        for atom, condition in of.atoms.items():
            match atom:
                case RecordRef(name=record):
                    found = self.symbols.records[record].fields.get(name)
                case ElementRef(collection=collection, index=index):
                    found = self.symbols.collections[collection][index].fields.get(name)
                case _:
                    continue  # a special value: the typing has ruled this out where it matters
            if isinstance(found, TableRef):
                parts.append((condition, self.make.only(found)))
            elif found is not None:
                parts.append((condition, found))
        return self._whole(parts, of)

    def _whole(self, parts: list[tuple[Node, Cases]], of: Cases) -> Cases:
        if len(parts) == 1 and parts[0][0] is self.terms.true and not of.fails:
            return parts[0][1]
        return self.make.merge(parts, of.fails)

    def _pick(self, of: Cases, key: Cases) -> Cases:
        parts = [
            (condition, table.entries[str(name)])
            for table, name, condition in self.make.pairs(of, key)
            if isinstance(table, TableRef)
        ]
        if len(parts) == 1 and parts[0][0] is self.terms.true:
            return parts[0][1]
        return self.make.merge(parts, self.make.failing(of, key))

    def _call(self, name: str, args: list[Cases]) -> Cases:
        """A definition at every combination of its arguments' atoms."""
        fails = self.make.failing(*args)
        combinations = 1
        for arg in args:
            combinations *= max(len(arg.atoms), 1)
        if combinations > MOST_SPLITS:
            args = [Cases(self.make.few(dict(arg.atoms))) for arg in args]
        fine = self.terms.not_(self.terms.or_(fails.values()))
        parts = []
        for chosen in itertools.product(*(arg.atoms.items() for arg in args)):
            condition = self.terms.and_((fine, *(node for _, node in chosen)))
            if condition is not self.terms.false:
                parts.append((condition, self.definition(name, tuple(atom for atom, _ in chosen))))
        if len(parts) == 1 and parts[0][0] is self.terms.true:
            return parts[0][1]
        return self.make.merge(parts, fails)
