"""A case before and after a theorem's changes, over one set of terms: what no change touches is the same node in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import FactSpec
from zhunsheng.lang.theorem import Add, Edit, Put, Remove, Swap, Theorem
from zhunsheng.lang.types import Special, Type, Value
from zhunsheng.solve.cases import Atom, Cases, ElementRef, Maker, TableRef
from zhunsheng.solve.constrain import Constrainer
from zhunsheng.solve.formula import Node
from zhunsheng.solve.problem import Completion, Problem
from zhunsheng.solve.sealed import NOTHING, Open, Sealed
from zhunsheng.solve.symbols import Assignment, Slot, SymbolMaker, Symbols

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Shown:
    """A model of a theorem's formula: a complete case, what the names stand for in it, and what is chosen after the changes.

    `case` still lists the elements that only a change adds; `elements` says which they are."""

    case: Completion
    values: Mapping[str, Value]
    elements: Mapping[str, ElementRef]
    choices_after: Mapping[str, Value]


class Sides:
    """A theorem over a problem whose case is blank but for the elements the theorem names.

    `elements`: for each name that stands for an element, its place in its list; names of one list may share a place.
    `guards`, if given, is filled with a variable for each rule, and `links` says what each rule's condition is under it. `sealed`
    definitions are taken as given."""

    def __init__(
        self,
        problem: Problem,
        theorem: Theorem,
        elements: Mapping[str, ElementRef],
        guards: dict[Node, tuple[str, str]] | None = None,
        sealed: Sealed = NOTHING,
    ) -> None:
        self.problem, self.theorem, self.elements = problem, theorem, elements
        self.pack, self.terms = problem.pack, problem.terms
        self.make = Maker(self.terms)
        maker = SymbolMaker(self.pack, problem.case, self.terms, {}, texts=problem.symbols.unknown_texts)
        self.env = {
            name.name: self.make.only(elements[name.name]) if name.name in elements else maker.anything(name.name, name.type)
            for name in theorem.names
        }
        choices = {name: maker.chosen(name, AFTER) for name in self.pack.discretions} if theorem.apart else {}
        self.own: Symbols = maker.symbols
        self.defined: list[Node] = []
        present = {elements[edit.name]: self.terms.false for edit in theorem.change if isinstance(edit, Add)}
        symbols = _presence(problem.symbols, present)
        self.guards = guards
        self.open = Open(self.pack, self.terms, sealed)
        self.before = self._constrainer(symbols, BEFORE)
        self.after = self._after(symbols, choices) if theorem.change or theorem.apart else self.before
        for side in (self.before, self.after):
            side.sides = {BEFORE: self.before, AFTER: self.after}

    def _constrainer(self, symbols: Symbols, side: str) -> Constrainer:
        made = Constrainer(self.pack, self.terms, symbols)
        made.guards, made.open, made.side = self.guards, self.open, side
        return made

    # -- the case after

    def _after(self, symbols: Symbols, choices: Mapping[str, Cases]) -> Constrainer:
        changed = replace(symbols, choices={**symbols.choices, **choices})
        moved: dict[Atom, Atom] = {}
        for edit in self.theorem.change:
            changed = self._edited(changed, edit)
        for edit in self.theorem.change:
            if isinstance(edit, Swap):
                first, second = self.elements[edit.first], self.elements[edit.second]
                changed = _swapped(changed, first, second)
                moved |= {first: second, second: first}
        after = self._constrainer(changed, AFTER)
        after.moved = moved
        return after

    def _edited(self, symbols: Symbols, edit: Edit) -> Symbols:
        match edit:
            case Add(name=name):
                return _presence(symbols, {self.elements[name]: self.terms.true})
            case Remove(name=name):
                return _presence(symbols, {self.elements[name]: self.terms.false})
            case Put(target=target, to=to):
                return self._put(symbols, target, self.before.expr(to, self.env))
            case Swap():
                return symbols

    def _put(self, symbols: Symbols, target: e.Expr, value: Cases) -> Symbols:
        match target:
            case e.Fact(name=name):
                return replace(symbols, scalars={**symbols.scalars, name: self._fitting(self.pack.facts[name], value)})
            case e.Field(of=of, name=name):
                return self._put_field(symbols, of, name, None, value)
            case e.Pick(of=e.Fact(name=name), key=key):
                old = next(table for table in symbols.scalars[name].atoms if isinstance(table, TableRef))
                table = self._with_field({name: old}, self.pack.facts[name], name, self.before.expr(key, self.env), value)[name]
                return replace(symbols, scalars={**symbols.scalars, name: self.make.only(table)})
            case e.Pick(of=e.Field(of=of, name=name), key=key):
                return self._put_field(symbols, of, name, self.before.expr(key, self.env), value)
            case _:
                raise TypeError(f"nothing can be put into {target}")

    def _put_field(self, symbols: Symbols, of: e.Expr, name: str, key: Cases | None, value: Cases) -> Symbols:
        match of:
            case e.Fact(name=record):
                self.defined.append(symbols.records[record].present)
                spec = self.pack.facts[record].field(name)
                fields = self._with_field(symbols.records[record].fields, spec, name, key, value)
                return replace(symbols, records={**symbols.records, record: replace(symbols.records[record], fields=fields)})
            case e.Var(name=variable):
                ref = self.elements[variable]
                spec = self.pack.collections[ref.collection].field(name)
                slot = symbols.collections[ref.collection][ref.index]
                return _with_slot(symbols, ref, replace(slot, fields=self._with_field(slot.fields, spec, name, key, value)))
            case _:
                raise TypeError(f"nothing can be put into {of}")

    def _with_field(
        self, fields: Mapping[str, Cases | TableRef], spec: FactSpec | None, name: str, key: Cases | None, value: Cases
    ) -> dict[str, Cases | TableRef]:
        if spec is None:
            raise TypeError(f"there is no field {name}")
        fitting, old = self._fitting(spec, value), fields[name]
        if key is None or not isinstance(old, TableRef):
            return {**fields, name: fitting}
        entries = {}
        for entry, cases in old.entries.items():
            here = key.atoms.get(entry, self.terms.false)
            entries[entry] = self.make.merge([(here, fitting), (self.terms.not_(here), cases)])
        return {**fields, name: TableRef(entries)}

    def _fitting(self, spec: FactSpec, value: Cases) -> Cases:
        """The value, which must be one that the fact may have: what else the expression might come to is no case."""
        fits = self.terms.or_(
            self.terms.and_((condition, self._may_be(spec, atom))) for atom, condition in value.atoms.items()
        )
        self.defined.append(fits)
        return Cases(value.atoms)

    def _may_be(self, spec: FactSpec, atom: Atom) -> Node:
        terms = self.terms
        if not isinstance(atom, Node):
            return terms.const(self._is_option(spec, atom))
        least, greatest = spec.least, spec.greatest
        if spec.type is not None and spec.type.base == "day":
            least, greatest = (day.toordinal() for day in self.pack.horizon)
        limits = [terms.le(terms.number(least), atom)] if least is not None else []
        limits += [terms.le(atom, terms.number(greatest))] if greatest is not None else []
        return terms.and_(limits)

    def _is_option(self, spec: FactSpec, atom: Atom) -> bool:
        if spec.type is None:
            return False
        if isinstance(atom, Special):
            return atom.name in spec.type.special
        enumeration = self.pack.enumerations.get(spec.type.base)
        if enumeration is None:
            return isinstance(atom, bool)
        names = spec.among or tuple(value.name for value in enumeration.values if not value.answer_only)
        return atom in names

    # -- the formula

    def constraints(self, assumed: Iterable[str]) -> list[Node]:
        """What holds of every pair of cases: both satisfy these assumptions, and every change has a value."""
        names = frozenset(assumed)
        both = [*self.problem.symbols.constraints, *self.own.constraints, *self.defined]
        for side in dict.fromkeys((self.before, self.after)):
            both += [n for each in self.pack.assumptions if each.name in names for n in side.assumption(each)]
        return both

    def lawful(self, choices: Iterable[str]) -> list[Node]:
        """The choices are lawful in both cases."""
        sides = dict.fromkeys((self.before, self.after))
        return [node for side in sides for name in sorted(choices) for node in side.lawful_choice(name)]

    def links(self) -> list[Node]:
        """What the rules' conditions are, each under its guard."""
        return [node for side in dict.fromkeys((self.before, self.after)) for node in side.links]

    def taken_as_given(self) -> list[Node]:
        """What binds the outcomes of sealed definitions: to be asked for last."""
        return self.open.constraints

    def given(self) -> list[Node]:
        """The condition under which each premise is true."""
        return [self.make.true(self.before.expr(expr, self.env)) for expr in self.theorem.given]

    def broken(self) -> Node:
        """The condition under which the claim is false (or, unless the theorem says `where_defined`, fails)."""
        claim = self.before.expr(self.theorem.claim, self.env)
        return self.make.false(claim) if self.theorem.where_defined else self.terms.not_(self.make.true(claim))

    # -- a model

    def shown(self, model: Assignment, readings: Mapping[str, str]) -> Shown:
        """What a model of the formula describes."""
        values = {free.path: free.value(model, self._decoded) for free in self.own.free.values() if free.kind == "facts"}
        case = self.problem.complete(model, readings)
        after = {
            free.path.removeprefix(f"{AFTER} "): free.value(model, self._decoded)
            for free in self.own.free.values()
            if free.kind == "discretion"
        }
        return Shown(case, values, self.elements, {**case.choices, **after})

    def _decoded(self, type_: Type, number: int) -> Value:
        return self.problem.decode(type_, self.terms.number(number))


def _with_slot(symbols: Symbols, ref: ElementRef, slot: Slot) -> Symbols:
    slots = list(symbols.collections[ref.collection])
    slots[ref.index] = slot
    return replace(symbols, collections={**symbols.collections, ref.collection: slots})


def _presence(symbols: Symbols, present: Mapping[ElementRef, Node]) -> Symbols:
    """The same symbols, these elements being there under these conditions."""
    for ref, node in present.items():
        symbols = _with_slot(symbols, ref, replace(symbols.collections[ref.collection][ref.index], present=node))
    return symbols


def _swapped(symbols: Symbols, first: ElementRef, second: ElementRef) -> Symbols:
    one, other = symbols.collections[first.collection][first.index], symbols.collections[second.collection][second.index]
    return _with_slot(_with_slot(symbols, first, other), second, one)
