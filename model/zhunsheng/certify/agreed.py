"""Claims about a pack itself: its rules as clauses mean what they mean. Part of the kernel.

Clauses are believed because gates only define: whatever the facts are, each gate has its value. And
they speak of the rules because both ways in which the kernel works out an expression, by
possibilities and by clauses, come to the same: every rule of the pack is worked out in both on a
grid of cases, which the kernel makes itself from the digest of the pack. No solver is needed, and
no proof. Nothing but the standard library, and the files of the kernel before this one.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
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

get, need, only = kernel.get, kernel.need, kernel.only
MOST = {"points": 512, "elements": 3}
NEAR = (0, 0, 1, -1, 2, 7, 30, 60, 181, 364, 365, 366, 731)  # from the day a case is about
Symbol = tuple[Any, ...]  # where a fact is kept, or what else may be one thing or another

class Point:
    """One case of the grid: a value for whatever may be asked of it, told by a digest."""

    def __init__(self, pack: kernel.Pack, number: int) -> None:
        self.pack, self.number = pack, number
        first, last = pack.horizon
        self.day = first + self.drawn("day", last - first + 1)

    def drawn(self, what: Any, below: int) -> int:
        raw = hashlib.sha256(f"{self.pack.digest} {self.number} {what}".encode()).digest()
        return int.from_bytes(raw[:6], "big") % below

    def value(self, symbol: Symbol, domain: kernel.Possible) -> Any:
        """An atom of a domain, or a number."""
        atoms = sorted([a for a in domain.atoms if a != kernel.ANY_TEXT], key=repr)
        number = domain.span is not None or kernel.ANY_TEXT in domain.atoms
        ways = len(atoms) + (max(len(atoms), 1) if number else 0)
        chosen = self.drawn(symbol, ways)
        if chosen < len(atoms):
            return atoms[chosen]
        least, greatest = domain.span or (0, clauses.MOST["names"])
        near = NEAR[self.drawn(("near", symbol), len(NEAR))]
        if self.pack.horizon != [least, greatest]:
            return min(max(least, 0) + abs(near), greatest)
        sign = 1 - 2 * self.drawn(("back", symbol), 2)
        return min(max(self.day + near * sign, least), greatest)

def facts_of(pack: kernel.Pack, elements: int) -> Iterator[tuple[Symbol, kernel.Possible]]:
    """Every fact that a case with so many elements in each list may have, with all it may be."""
    holders: list[tuple[Symbol, str]] = [(("@",), "")]
    holders += [(("@", name), f"record {name}") for name in pack.facts[""]]
    for name, one in pack.collections.items():
        holders += [(("@", name, n), get(one, "element")) for n in range(elements)]
    for here, base in holders:
        for field, (type_, domain) in pack.facts.get(base, {}).items():
            if type_.keyed:
                yield from (((*here, field, key), domain) for key in pack.enums[type_.keyed])
            else:
                yield (*here, field), domain

class Clausal(clauses.Problem):
    """The clauses of all cases of the grid at once, noting which inputs stand for what."""

    def __init__(self, pack: kernel.Pack) -> None:
        super().__init__(pack)
        self.inputs: dict[Symbol, tuple[kernel.Possible, list[int]]] = {}

    def symbol(self, path: Symbol, domain: kernel.Possible) -> clauses.Guarded:
        if path not in self.symbols:
            before = len(self.circuit.gates)
            super().symbol(path, domain)
            made = range(before, len(self.circuit.gates))
            self.inputs[path] = domain, [n for n in made if self.circuit.gates[n] is None]
        return self.symbols[path]

class Grid:
    """All rules of a pack, in both ways, at every point."""

    def __init__(self, pack: kernel.Pack, points: int, elements: int,
                 kind: Any = clauses.Side) -> None:  # fmt: skip
        self.pack, self.elements = pack, elements
        self.points = [Point(pack, number) for number in range(points)]
        self.counts = [{name: point.drawn(("how many", name), elements + 1)
                        for name in pack.collections} for point in self.points]  # fmt: skip
        self.problem = Clausal(pack)
        circuit = self.problem.circuit
        circuit.telling = True  # as in decisions: all that theorems do, and more
        self.there = {name: [circuit.input() for _ in range(elements)] for name in pack.collections}
        members = {name: [(("@", name, n), literal) for n, literal in enumerate(each)]
                   for name, each in self.there.items()}  # fmt: skip
        self.side = kind(self.problem, members, {})
        facts = list(facts_of(pack, elements))
        self.worlds = [self.world(n, facts) for n in range(points)]

    def world(self, number: int, facts: list[tuple[Symbol, kernel.Possible]]) -> kernel.World:
        pack, point, counts = self.pack, self.points[number], self.counts[number]
        world = kernel.World(pack, [])
        world.known = {path: as_possible(point.value(path, domain)) for path, domain in facts}
        world.complete = dict(counts)
        world.listed = {name: set(range(count)) for name, count in counts.items()}
        for name in pack.readings:
            options = kernel.of(*pack.enums[f"reading {name}"])
            world.readings[name] = as_possible(point.value(("reading", name), options))
        for name in pack.discretions:
            values = kernel.of(*pack.choosable(pack.choice_type(name)))
            world.choices[name] = as_possible(point.value(("", "choice", name), values))
        return world

    def args(self, name: str) -> tuple[clauses.Env, list[kernel.Env]]:
        """What a definition is asked of: as clauses, and at each point."""
        env: clauses.Env = {}
        each: list[kernel.Env] = [{} for _ in self.points]
        for parameter, type_ in self.pack.signature(name)[0]:
            if type_.base in self.pack.elements:
                ref = ("@", get(self.pack.elements[type_.base], "name"), 0)
                env[parameter] = clauses.always(ref)
                domain = kernel.of(ref)
            else:
                domain = self.pack.domain(type_._replace(special=frozenset()), {})
                env[parameter] = self.problem.symbol(("asked", name, parameter), domain)
            for point, found in zip(self.points, each, strict=True):
                found[parameter] = as_possible(point.value(("asked", name, parameter), domain))
        return env, each

    def expressions(self, names: Any) -> Iterator[tuple[str, Any, list[kernel.Possible]]]:
        """Every condition, value and definition: what it is, by clauses, and at each point."""
        for name in names:
            env, each = self.args(name)
            rules, other = self.pack.definition(name)
            trees = [(f"{name}/{rule.name}", t) for rule in rules for t in (rule.when, rule.value)]
            for what, tree in [*trees, *([(name, other)] if other else [])]:
                found = [w.value(tree, e) for w, e in zip(self.worlds, each, strict=True)]
                yield what, self.side.value(tree, env), found
            found = [world.settle(name, [e[p] for p, _ in self.pack.signature(name)[0]])[0]
                     for world, e in zip(self.worlds, each, strict=True)]  # fmt: skip
            yield name, self.side.settle(name, list(env.values())), found
        for name in self.pack.discretions:
            tree = self.pack.discretion(name)[0]
            yield name, self.side.value(tree, {}), [world.value(tree, {}) for world in self.worlds]

    def inputs(self) -> dict[int, int]:
        """For each input, at which points it is true, as a number with a bit for each."""
        found: dict[int, int] = {}
        for place, (point, counts) in enumerate(zip(self.points, self.counts, strict=True)):
            true = [each[n] >> 1 for name, each in self.there.items() for n in range(counts[name])]
            for path, (domain, nodes) in self.problem.inputs.items():
                true += set_by(self.problem.symbols[path], nodes, point.value(path, domain))
            for node in true:
                found[node] = found.get(node, 0) | 1 << place
        return found

def as_possible(value: Any) -> kernel.Possible:
    number = isinstance(value, int) and not isinstance(value, bool)
    return kernel.span(value, value) if number else kernel.of(value)

def set_by(symbol: clauses.Guarded, nodes: list[int], value: Any) -> list[int]:
    """Which inputs are true where a symbol is this: each way but the last has an input that takes
    it, then come the bits of a number."""
    ways = [atom for atom, _ in symbol.atoms]
    taken, bits = nodes[: len(ways) - 1], set(nodes[len(ways) - 1 :])
    if isinstance(value, int) and not isinstance(value, bool):
        number = symbol.numbers()[0][1]
        return [bit >> 1 for n, bit in enumerate(number) if bit >> 1 in bits and value >> n & 1]
    place = ways.index(value)
    return taken[place : place + 1]

def values_of(gates: list[Any], inputs: dict[int, int], points: int) -> list[int]:
    """Each node at all points. Gates only define: each is of nodes before it, and its clauses hold
    whatever these are."""
    every = (1 << points) - 1
    values = [0]

    def at(literal: int) -> int:
        need(literal >> 1 < len(values), "a gate is defined by what comes after it")
        return values[literal >> 1] ^ (every if literal & 1 else 0)

    for node in range(1, len(gates)):
        gate = gates[node]
        values.append(inputs.get(node, 0) if gate is None else at(gate[0]) & at(gate[1]))
        if gate is not None:
            for clause in clauses.defining(node, gate):
                holds = 0
                for literal in clause:
                    holds |= at(literal)
                need(holds == every, "a clause of a gate does not hold of it")
    return values

def comes_to(found: clauses.Guarded, values: list[int], place: int) -> set[Any]:
    """What clauses say at a point: atoms, numbers; where none, the strongest failure."""
    def true(literal: int) -> bool:
        return bool(values[literal >> 1] >> place & 1) != bool(literal & 1)

    def whole(bits: clauses.Bits) -> int:
        *low, sign = [true(bit) << n for n, bit in enumerate(bits)]
        return sum(low) - sign

    said = {("#", whole(atom[1])) if isinstance(atom, tuple) and atom[0] == "#" else ("", atom)
            for atom, condition in found.atoms if true(condition)}  # fmt: skip
    ranks = [rank for rank, condition in found.fails if true(condition)]
    return said | ({("fails", max(ranks))} if ranks else set())

def is_one_of(found: kernel.Possible) -> set[Any]:
    """What possibilities say: one value, or the strongest failure."""
    said = {("", atom) for atom in found.atoms}
    said |= {("#", number) for number in found.span or ()}
    return said or {("fails", max(found.fails, default=-1))}

def agree(grid: Grid, names: Any = None) -> tuple[int, int]:
    """That clauses and possibilities come to the same everywhere, for the definitions of these
    names (all). Gives the number of gates, and of conditions, values and definitions."""
    every = grid.pack.definitions if names is None else names
    found, points = list(grid.expressions(every)), len(grid.points)
    gates = grid.problem.circuit.gates
    values = values_of(gates, grid.inputs(), points)
    for what, by_clauses, by_points in found:
        for place, one in enumerate(by_points):
            grid.pack.spend()
            same = comes_to(by_clauses, values, place) == is_one_of(one)
            need(same, f"clauses and possibilities differ of {what!r} at point {place}")
    return len(gates), len(found)

def checked(pack: kernel.Pack, data: Any) -> list[str]:
    kernel.about(pack, data)
    claim, evidence = get(data, "claim", dict), get(data, "evidence", dict)
    only(claim, "points", "elements")
    only(evidence)
    points, elements = get(claim, "points", int), get(claim, "elements", int)
    need(1 <= points <= MOST["points"], f"a grid has 1 to {MOST['points']} points")
    need(1 <= elements <= MOST["elements"], f"a list has 1 to {MOST['elements']} elements there")
    gates, found = agree(Grid(pack, points, elements))
    return [
        f"Pack {pack.name}, SHA-256 {pack.digest}",
        "Claimed: its rules as clauses mean what they mean by possibilities",
        f"Checked: {gates} gates, each defined by gates before it; {found} conditions,",
        f"  values and definitions, each at {points} cases of up to {elements} elements in a list",
        "Still trusted:", *[f"  {one}" for one in kernel.TRUSTED[:2]],
        "  that what agrees at these cases agrees at others: this is a trial, not a proof",
    ]  # fmt: skip
