"""How many elements a counterexample can need; and definitions left open.

Read after clauses.py and before claims.py, which checks certificates. Nothing but the standard
library is needed, and reading.py, kernel.py and clauses.py beside this file.
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

if __package__:
    from zhunsheng.certify import clauses, kernel
else:  # alone, from any folder, and under -I
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        import clauses  # type: ignore[no-redef,import-not-found]
        import kernel  # type: ignore[no-redef,import-not-found]
    except ImportError as missing:
        sys.exit(f"REFUSED: {missing.name}.py is missing: it has to stand beside this file")

need = kernel.need
FALSE, TRUE = clauses.FALSE, clauses.TRUE
MOST = {"slots": 60, "ways": 300, "numbers": 20}
Kind = Callable[..., clauses.Side]
Shape = tuple[tuple[Any, ...], tuple[int, ...]]  # values as `spread` has them, ranks of failures

# -- 1  the bound

class Bound:
    """How many elements of each list, beyond those it names, a counterexample can need.

    The formula is looked at as the encoder looks at it, with one element of each list, at each
    depth of nesting, that stands for any. An aggregate over such elements is an occurrence. It
    needs witnesses for each choice of the elements that it depends on (`labels`), and is known by
    what it looks at, so equal ones are one. Elements the theorem names are looked at one by one.
    """

    def __init__(self) -> None:
        self.lists: list[str] = []  # of each label, the list its element is of
        self.stands: dict[int, int] = {}  # labels of a witness: what its aggregate depends on
        self.found: dict[Any, tuple[tuple[str, ...], int, int]] = {}
        self.elements: dict[Any, int] = {}
        self.opaque: dict[Any, clauses.Guarded] = {}
        self.closed: set[str] = set()  # lists that hold no others than those stated
        self.depth = 0

    def element(self, problem: clauses.Problem, over: str, mark: Any) -> Any:
        """An element that stands for any of its list, told by a mark."""
        ref = ("@", over, mark)
        if ref not in problem.labels:
            problem.labels[ref] = 1 << len(self.lists)
            self.lists.append(over)
            self.elements[ref] = problem.circuit.input(problem.labels[ref])
        return ref, self.elements[ref]

    def resolved(self, labels: int) -> list[int]:
        found, todo = 0, labels
        while todo:
            label = todo & -todo
            todo ^= label
            if label in self.stands:
                todo |= self.stands[label] & ~found
            else:
                found |= label
        return [n for n in range(len(self.lists)) if found >> n & 1]

    def slots(self) -> dict[str, int]:
        total: dict[str, int] = {}
        def count(name: str, within: tuple[str, ...]) -> int:
            need(name not in within, f"what {name!r} hold depends on {name!r}: no bound")
            if name not in total:
                number = 0
                for lists, weight, labels in self.found.values():
                    if name in lists:
                        product = weight * lists.count(name)
                        for label in self.resolved(labels):
                            product *= count(self.lists[label], (*within, name))
                        number += product
                total[name] = number
            return total[name]
        for lists, _, _ in list(self.found.values()):
            for name in lists:
                need(count(name, ()) <= MOST["slots"], f"it needs too many of {name!r}")
        return total

class Counted(clauses.Side):
    """A case in which each list has one more element, which stands for any other."""

    bound: Bound

    def ranges(self, binders: Any) -> list[list[tuple[Any, int]]]:
        found = super().ranges(binders)
        for place, (each, (_, over, is_list)) in enumerate(zip(found, binders, strict=True)):
            if is_list and over not in self.bound.closed:
                mark = ("any", self.bound.depth + place)
                found[place] = [*each, self.bound.element(self.problem, over, mark)]
        return found

    def value(self, expr: Any, env: clauses.Env) -> clauses.Guarded:
        match expr:
            case ["compare", op, ["count", *_] as count, ["const", known], order] | \
                 ["compare", op, ["const", known], ["count", *_] as count, order]:
                found = self.counted_to(count, env, known.span[1])
                sides = [found if e is count else self.value(e, env) for e in expr[2:4]]
                return self.compared(op, sides[0], sides[1], order)
            case ["count", *_]:
                raise kernel.Refused("a count is compared with a constant only")
        return super().value(expr, env)

    def aggregate(self, expr: Any, env: clauses.Env) -> clauses.Guarded:
        weight = 2 if expr[0] == "best" and expr[5] is not None else 1
        return self.weighed(expr, env, weight)

    def counted_to(self, expr: Any, env: clauses.Env, most: int) -> clauses.Guarded:
        return self.weighed(expr, env, max(most, 0) + 1)

    def weighed(self, expr: Any, env: clauses.Env, weight: int) -> clauses.Guarded:
        """Its witnesses: one (two of a keyed aggregate, k + 1 of a count); or, where elements fail,
        one for each kind of failure."""
        binders, bound = clauses.expr_binders(expr), self.bound
        lists = tuple(over for _, over, is_list in binders if is_list and over not in bound.closed)
        tuples = list(self.tuples(binders, env))
        bound.depth += len(binders)
        parts = [self.part(expr, inner, there) for there, inner in tuples]
        bound.depth -= len(binders)
        result = self.combined(expr, [(t, k, list(v)) for t, k, v in parts], env)
        labels = [self.label(inner, binders) for _, inner in tuples]
        looked = tuple((t, k, tuple(v)) for (t, k, v), label in zip(parts, labels, strict=True)
                       if label and k.when(False) != TRUE)  # fmt: skip
        if not lists or not looked:
            return result
        own, depends = 0, 0
        for label in labels:
            own |= label
        for part in looked:
            depends |= self.depends(part)
        kinds = {rank for _, k, v in looked for each in (k, *v) for rank, _ in each.fails if rank}
        key = (expr[0], expr[1] if expr[0] == "best" else "", lists, looked, weight)
        bound.found[key] = (lists, max(weight, len(kinds)), depends & ~own)
        whole = (key, result, *[(t, k, tuple(v)) for t, k, v in parts])
        form = "keyed" if expr[0] == "best" and expr[5] is not None else expr[0]
        return self.hidden(whole, result, depends & ~own, form)

    def label(self, env: clauses.Env, binders: Any) -> int:
        """The labels of the elements that stand for any among those bound."""
        found = 0
        for var, _, _ in binders:
            found |= self.problem.labels.get(env[var].atoms[0][0], 0)
        return found

    def depends(self, part: Any) -> int:
        _, kept, values = part
        found = 0
        for each in (kept, *values):
            found |= self.marks(each)
        return found

    def marks(self, each: clauses.Guarded) -> int:
        literals = [*dict(each.atoms).values(), *dict(each.fails).values()]
        literals += [bit for _, bits in each.numbers() for bit in bits]
        found = 0
        for literal in literals:
            found |= self.circuit.labels[literal >> 1]
        for atom, _ in each.atoms:
            found |= self.problem.labels.get(atom[:3], 0) if isinstance(atom, tuple) else 0
        return found

    def hidden(self, key: Any, shape: clauses.Guarded, label: int, form: str) -> clauses.Guarded:
        """Anything of this shape: what an aggregate over any number of elements comes to."""
        if key not in self.bound.opaque:
            circuit, several = self.circuit, len(shape.atoms) > 1 or bool(shape.numbers())
            ranks = {rank for rank, _ in shape.fails}
            if form == "keyed" and several:
                ranks.add(kernel.CONFLICT)  # of two elements with one key
            conditions = self.problem.one_of(len(shape.atoms), label)
            fails = {rank: circuit.input(label) for rank in sorted(ranks)}
            found: dict[Any, int] = {}
            for (atom, _), condition in zip(shape.atoms, conditions, strict=bool(shape.atoms)):
                if isinstance(atom, tuple) and atom[0] == "#":
                    bits = tuple(bit if bit < 2 else circuit.input(label) for bit in atom[1])
                    atom = ("#", circuit.limited(bits, *circuit.ends(atom[1])))
                found[atom] = condition
            if form == "count":
                found = {("#", tuple(circuit.input(label) for _ in range(20))): TRUE}
            value = clauses.made(found, {})
            self.bound.opaque[key] = self.merged([(self.fine(fails), value)], fails)
        return self.bound.opaque[key]

    def goal(self, tree: Any, env: clauses.Env, wanted: bool) -> None:
        """What the formula wants true (or not false), or not true (or false)."""
        match tree:
            case ["at", side, inner]:
                self.sides[side].goal(inner, env, wanted)  # type: ignore[attr-defined]
            case ["not", part]:
                self.goal(part, env, not wanted)
            case ["connect", _, parts]:
                for part in parts:
                    self.goal(part, env, wanted)
            case ["any" | "all", binders, where, body]:
                one_of = (tree[0] == "any") == wanted
                if one_of and self.bound.closed & {over for _, over, _ in binders}:
                    self.value(tree, env)
                    return
                every = [] if one_of else [inner for _, inner in self.tuples(binders, env)]
                ways = every or [self.witness(tree, env)] * one_of
                self.bound.depth += len(binders)
                for inner in ways:
                    self.goal(where, inner, wanted if tree[0] == "any" else not wanted)
                    self.goal(body, inner, wanted)
                self.bound.depth -= len(binders)
            case _:
                self.value(tree, env)

    def assumes(self, assumed: Iterable[str]) -> None:
        """What the formula wants of the assumptions."""
        for name in sorted(assumed):
            binders, tree = self.pack.assumption(name)
            chosen = list(self.tuples(binders, {}))
            self.bound.depth += len(binders)
            for _, inner in chosen:
                self.goal(tree, inner, True)
            self.bound.depth -= len(binders)

    def witness(self, tree: Any, env: clauses.Env) -> clauses.Env:
        """`env` with one element for each list, and any value of each enumeration."""
        inner, own, depends = dict(env), 0, 0
        for var in variables(tree):
            depends |= self.marks(env[var]) if var in env else 0
        for var, over, is_list in tree[1]:
            mark = ("one", len(self.bound.lists))
            if is_list:
                ref, _ = self.bound.element(self.problem, over, mark)
                inner[var], own = clauses.always(ref), self.problem.labels[ref]
                self.bound.stands[own] = depends
            else:
                inner[var] = self.problem.free(kernel.of(*self.pack.enums[over]))
        lists = tuple(over for _, over, is_list in tree[1] if is_list)
        self.bound.found["one", len(self.bound.found)] = (lists, 1, depends)
        return inner

def variables(tree: Any) -> set[str]:
    if isinstance(tree, tuple) and len(tree) == 2 and tree[0] == "var":
        return {tree[1]}
    parts = tree if isinstance(tree, list | tuple) and not isinstance(tree, kernel.Possible) else ()
    return {name for part in parts for name in variables(part)}

def counting(bound: Bound) -> Kind:
    def counted(*given: Any) -> Counted:
        side = Counted(*given)
        side.bound = bound
        return side

    return counted

# -- 2  definitions left open

class Left:
    """Definitions whose rules are not looked into: what they come to is left open. Whatever they
    really come to is among what they may, so a case that breaks a claim breaks it here too; none
    does so here, and so none does. They come to the same at the same arguments, with the same
    choices supposed, and after changes to the same as before if they look at nothing changed.
    The elements kept of a case (`Bound`) leave what they came to at these as it was: to the
    formula they are facts. `names`: which; None: all. `changed`: see `looked_at`."""

    def __init__(self, pack: kernel.Pack, readings: dict[str, str], names: Any,
                 changed: Iterable[Any] = ()) -> None:  # fmt: skip
        known = names is None or all(isinstance(n, str) and n in pack.definitions for n in names)
        need(known, "what is left open is no definition of the pack")
        need(names is None or names == sorted(set(names)), "what is left open is not in order")
        self.pack, self.readings, self.names, self.changed = pack, readings, names, set(changed)
        self.all = self if names is None else Left(pack, readings, None)
        self.met: set[str] = set()
        self.active: list[str] = []

    def holds(self, name: str) -> bool:
        return self.names is None or name in self.names

    def outcome(self, side: clauses.Side, name: str,
                args: list[clauses.Guarded]) -> clauses.Guarded:  # fmt: skip
        """Anything it may come to, and any failure: where nothing differs, the same."""
        seen, problem, label = self.looked(name), side.problem, 0
        supposed = {n: side.supposing(n) for n in side.supposed if ("choice", n) in seen}
        apart = side.later and not seen.isdisjoint(self.changed)
        key = (name, apart, *args, *sorted(supposed.items()))
        self.met.add(name)
        if key not in problem.opened:
            if isinstance(side, Counted):
                for arg in args:
                    label |= side.marks(arg)
            ways, ranks = self.shape(name, args, supposed, problem.circuit)
            fails = {rank: problem.circuit.input(label) for rank in ranks}
            fine = side.fine(fails)
            problem.opened[key] = side.merged([(fine, any_of(problem, ways, label))], fails)
        return problem.opened[key]

    def shape(self, name: str, args: list[clauses.Guarded], supposed: dict[str, Any],
              circuit: clauses.Circuit) -> Shape:  # fmt: skip
        """All that it may come to at arguments like these."""
        given = tuple(spread(circuit, arg, ("given", n)) for n, arg in enumerate(args))
        key = ("shape", name, given, *sorted(supposed.items()), *sorted(self.readings.items()))
        if key not in self.pack.kept:
            need(name not in self.all.active, f"the definition {name!r} calls itself")
            self.all.active.append(name)
            self.pack.kept[key] = self.worked_out(name, given, supposed)
            self.all.active.pop()
        return self.pack.kept[key]  # type: ignore[no-any-return]

    def worked_out(self, name: str, given: Any, supposed: dict[str, Any]) -> Shape:
        """By its own rules, with all that these call left open, and each aggregate anything that
        it may be of any number of elements. What cannot be by what the gates are is left out."""
        problem, bound = clauses.Problem(self.pack), Bound()
        problem.left = self.all
        side = Counted(problem, {over: [] for over in self.pack.collections}, self.readings)
        side.bound, side.supposed = bound, supposed
        for _, over, mark in [way for ways in given for way in ways if is_element(way)]:
            bound.element(problem, over, mark)
        found = side.ruled(name, [any_of(problem, ways, 0) for ways in given])
        ways = spread(problem.circuit, found, None)
        plain = not any(isinstance(way, tuple) and way[0] == "@" for way in ways)
        need(plain and ways, f"{name!r} comes to nothing that could be left open")
        fails = [rank for rank, c in found.fails if not ruled_out(problem.circuit, [c])]
        return ways, tuple(fails)

    def looked(self, name: str) -> set[Any]:
        key = ("looks at", name)
        if key not in self.pack.kept:
            found: set[Any] = set()
            looked_at(self.pack, ("call", name, []), found)
            self.pack.kept[key] = found
        return self.pack.kept[key]  # type: ignore[no-any-return]

def is_element(atom: Any) -> bool:
    return isinstance(atom, tuple) and len(atom) == 3 and atom[0] == "@"

def spread(circuit: clauses.Circuit, part: clauses.Guarded, mark: Any) -> tuple[Any, ...]:
    """The values something may have, whatever the conditions: one element stands for any; of
    numbers, or a great many, the least and the greatest, once where these overlap."""
    ends = overlapping({circuit.ends(bits) for _, bits in part.numbers()})
    if len(ends) > MOST["numbers"]:
        ends = {(min(a for a, _ in ends), max(b for _, b in ends))}
    others = [a for a, _ in part.atoms if not isinstance(a, tuple) or a[0] != "#"]
    atoms = {(*atom[:2], mark) if is_element(atom) else atom for atom in others}
    return (*sorted(atoms, key=repr), *[("#", *each) for each in sorted(ends)])

def overlapping(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The same numbers, spans that overlap as one."""
    found: list[tuple[int, int]] = []
    for least, greatest in sorted(spans):
        if found and least <= found[-1][1]:
            least, greatest = found[-1][0], max(greatest, found.pop()[1])
        found.append((least, greatest))
    return set(found)

def any_of(problem: clauses.Problem, ways: tuple[Any, ...], label: int) -> clauses.Guarded:
    """One of the values that something may have."""
    found = {}
    for way, condition in zip(ways, problem.one_of(len(ways), label), strict=True):
        if isinstance(way, tuple) and way[0] == "#":
            least, greatest = way[1:]
            way = ("#", problem.between(least, greatest, label))
        found[way] = condition
    return clauses.made(found, {})

def looked_at(pack: kernel.Pack, tree: Any, found: set[Any]) -> None:
    """The fields, lists, choices and definitions that an expression looks at in any way."""
    match tree:
        case ["const" | "var" | "reading", *_]:
            parts: list[Any] = []
        case ["field", of, name, _]:
            found.add(("field", name))
            parts = [of]
        case ["pick", table, key, _]:
            parts = [table, key]
        case ["any" | "all" | "count", binders, *rest] | ["best", _, binders, *rest]:
            found |= {("list", over) for _, over, is_list in binders if is_list}
            parts = rest
        case ["call" | "choice" as form, name, *rest]:
            parts = [*rest, *inside(pack, form, name)] if (form, name) not in found else rest
            found.add((form, name))
        case [*rest]:
            parts = rest
    for part in parts:
        if isinstance(part, list | tuple):
            looked_at(pack, part, found)

def inside(pack: kernel.Pack, form: str, name: str) -> list[Any]:
    """What a definition's rules say, or what makes a choice lawful."""
    if form == "call":
        rules, other = pack.definition(name)
        return [other, *[tree for rule in rules for tree in (rule.when, rule.value)]]
    return list(pack.discretion(name))

def ruled_out(circuit: clauses.Circuit, todo: list[int], known: Iterable[int] = (),
             either: Iterable[tuple[int, int]] = (), left: Any = None) -> bool:  # fmt: skip
    """Whether literals surely cannot hold together: a gate that holds makes both its parts hold,
    one that does not leaves one of two ways, which are tried. Given up after so many (`left`)."""
    true, open_, left = set(known), list(either), [MOST["ways"]] if left is None else left
    while todo:
        literal = todo.pop()
        if literal == FALSE or literal ^ 1 in true:
            return True
        if literal not in true:
            true.add(literal)
            gate = circuit.gates[literal >> 1]
            if gate and literal & 1:
                open_.append((gate[0] ^ 1, gate[1] ^ 1))
            elif gate:
                todo += gate
        if not todo:
            open_ = [way for way in open_ if true.isdisjoint(way)]
            todo = [b for a, b in open_ if a ^ 1 in true] + [a for a, b in open_ if b ^ 1 in true]
    left[0] -= 1
    if not open_ or left[0] < 0:
        return False
    (a, b), *others = open_
    return (ruled_out(circuit, [a], true, others, left)
            and ruled_out(circuit, [b, a ^ 1], true, others, left))  # fmt: skip
