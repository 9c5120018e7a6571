"""Claims about all cases: theorems, and their refutations. The last file of the certificate kernel.

    python claims.py CERTIFICATE PACK

Checks every kind of certificate, those that kernel.py checks too. Nothing but the standard library
is needed, and reading.py, kernel.py and clauses.py beside this file. Exit 0: the claim holds; 1:
refused, with the reason.

A theorem is encoded as "a case, satisfying the assumptions, in which the premises hold and the
claim does not", with as many elements in each list as a counterexample can need (`Bound`); a proof
shows that there is none. That the premises can hold, or that a theorem fails, is shown by a case.
"""

import ast
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
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
FALSE, TRUE = clauses.FALSE, clauses.TRUE
MOST = {"slots": 60, "names": 8, "patterns": 100}
Kind = Callable[..., clauses.Side]
Members = dict[str, list[tuple[Any, int]]]  # of each list, elements and when they are there
Places = dict[str, tuple[str, int]]  # of each name that stands for an element: its list, its place

# -- 1  theorems

class Reader(kernel.Reader):
    """Also reads `before(…)`, `after(…)`, and of a duty `duties.some_duty.owed`, `… .by`."""

    def read(self, node: Any, scope: Any, wanted: Any) -> Any:
        match node:
            case ast.Attribute(ast.Attribute(ast.Name("duties"), duty), part):
                meant = f"duty {duty} {part}"
                named = [name for name in self.pack.definitions if name.replace("-", "_") == meant]
                need(len(named) == 1, f"there is no {meant!r}, or more than one")
                return self.applied(named[0], [], [], scope)
        return super().read(node, scope, wanted)

    def call(self, node: Any, scope: Any, wanted: Any) -> Any:
        side = getattr(node.func, "id", "")
        if side not in ("before", "after") or len(node.args) != 1 or node.keywords:
            return super().call(node, scope, wanted)
        tree, type_ = self.read(node.args[0], scope, wanted)
        return ("at", side, tree), type_

class Theorem:
    """What is claimed: names, premises, changes, claim, and the readings it is claimed under (those
    not listed are open)."""

    def __init__(self, pack: kernel.Pack, claim: Any) -> None:
        only(claim, "theorem", "readings", "horizon", "says", "provisions")
        data, self.pack = get(claim, "theorem", dict), pack
        only(data, "name", "for", "given", "change", "claim", "where_defined", "discretion")
        self.names = [name for name, _ in get(data, "for", list, [])]
        need(len(set(self.names)) == len(self.names), "two names of the theorem are one")
        need(len(self.names) <= MOST["names"], "the theorem has too many names")
        self.values: dict[str, kernel.Type] = {}
        self.lists: dict[str, str] = {}
        self.new: set[str] = set()
        for name, words in get(data, "for", list, []):
            self.named(name, words)
        listed = {n: get(pack.collections[over], "element") for n, over in self.lists.items()}
        self.scope = {**self.values, **{name: kernel.Type(one) for name, one in listed.items()}}
        self.given = [self.tree(text, kernel.YES_NO) for text in get(data, "given", list, [])]
        self.claim = self.tree(get(data, "claim"), kernel.YES_NO)
        self.change = [self.edit(*words) for words in get(data, "change", list, [])]
        self.lenient = get(data, "where_defined", str, "false") == "true"
        self.apart = get(data, "discretion", str, "same") == "apart"
        self.readings = get(claim, "readings", dict)
        for name, option in self.readings.items():
            known = pack.enums.get(f"reading {name}", ())
            need(isinstance(option, str) and option in known, f"no reading {name!r}: {option!r}")
        ends = {"from": pack.horizon[0], "to": pack.horizon[1]}
        said = {end: kernel.day_of(day) for end, day in get(claim, "horizon", dict).items()}
        need(said == ends, "the horizon is not the pack's")

    def named(self, name: str, words: str) -> None:
        kind, _, listed = words.partition(" ")
        if kind in ("in", "new") and listed in self.pack.collections:
            self.lists[name] = listed
            self.new |= {name} if kind == "new" else set()
        else:
            self.values[name] = self.pack.type(words)

    def tree(self, text: str, wanted: kernel.Type) -> Any:
        return Reader(self.pack).typed(kernel.parsed(text), self.scope, wanted)

    def edit(self, word: str, *rest: str) -> tuple[Any, ...]:
        if word != "set":
            need(word in ("add", "remove", "swap") and rest, f"no change is {word!r}")
            need(all(name in self.lists for name in rest), f"{word!r} wants names of elements")
            return (word, *rest)
        target, type_ = Reader(self.pack).read(kernel.parsed(rest[0]), self.scope, None)
        need(target[0] in ("field", "pick") and not type_.keyed, f"{rest[0]!r} is no fact")
        return ("set", target, self.tree(rest[1], type_))

    def patterns(self) -> Iterator[Places]:
        return placings(self.lists, self.new)

def placings(listed: dict[str, str], new: set[str]) -> Iterator[Places]:
    """The ways in which names of elements of one list can stand for one or for different ones; the
    new ones are not among the others. `listed`: of each name, its list."""
    ways = []
    for over in sorted(set(listed.values())):
        old = [name for name, one in listed.items() if one == over and name not in new]
        added = [name for name, one in listed.items() if one == over and name in new]
        ways.append([(over, old, added, way) for way in partitions(len(old))])
    number = 1
    for each in ways:
        number *= len(each)
    need(number <= MOST["patterns"], "the names can stand for elements in too many ways")
    for chosen in itertools.product(*ways):
        places: Places = {}
        for over, old, added, way in chosen:
            places |= {name: (over, place) for name, place in zip(old, way, strict=True)}
            start = max(way, default=-1) + 1
            places |= {name: (over, start + n) for n, name in enumerate(added)}
        yield places

def partitions(number: int) -> list[tuple[int, ...]]:
    """The ways to put so many names in places: (0, 1, 0) says the first and third are one."""
    found: list[tuple[int, ...]] = [()]
    for _ in range(number):
        found = [(*way, n) for way in found for n in range(max(way, default=-1) + 2)]
    return found

class Formula:
    """A theorem over the cases of a problem: what they satisfy if they break it."""

    def __init__(self, theorem: Theorem, problem: clauses.Problem, env: clauses.Env,
                 members: Members, kind: Kind = clauses.Side) -> None:  # fmt: skip
        self.theorem, self.problem, self.env, self.circuit = theorem, problem, env, problem.circuit
        there = {env[n].atoms[0][0]: FALSE for n in theorem.new}
        self.readings = theorem.readings | problem.readings()
        self.before = kind(problem, joined(members, there), self.readings)
        self.defined: list[int] = []
        self.after = self.before
        if theorem.change or theorem.apart:
            self.after = self.changed(members, there, kind)
        for side in (self.before, self.after):
            side.sides = {"before": self.before, "after": self.after}

    def changed(self, members: Members, there: dict[Any, int], kind: Kind) -> clauses.Side:
        """The case after the changes, which happen together. No expression sees the order of a
        list, so to `swap` is to change nothing."""
        for word, name, *_ in self.theorem.change:
            if word in ("add", "remove"):
                there = {**there, self.env[name].atoms[0][0]: TRUE if word == "add" else FALSE}
        after = kind(self.problem, joined(members, there), self.readings)
        after.own = "after" if self.theorem.apart else ""
        for word, target, *to in self.theorem.change:
            if word == "set":
                self.put(after, target, self.before.value(to[0], self.env))
        return after

    def put(self, after: clauses.Side, target: Any, value: clauses.Guarded) -> None:
        """A fact takes another value, which it must be able to have."""
        holder, keys = self.before.value(target[1], self.env), clauses.always(target[2])
        if target[0] == "pick":
            keys = self.before.value(target[2], self.env)
        refs = [(ref, c) for ref, c in holder.atoms if len(ref) > 1 or ref == ("@",)]
        self.defined += [self.circuit.some([c for _, c in refs]), self.may_be(value, target[3])]
        for (ref, a), (key, b) in itertools.product(refs, keys.atoms):
            path, here = (*ref, key), self.circuit.both(a, b) if target[0] == "pick" else TRUE
            old = after.changed.get(path) or self.problem.symbol(path, target[3])
            kept = value._replace(fails=())
            after.changed[path] = after.merged([(here, kept), (here ^ 1, old)], {})

    def may_be(self, value: clauses.Guarded, domain: kernel.Possible) -> int:
        found = [c for atom, c in value.atoms if atom in domain.atoms]
        for condition, bits in value.numbers():
            least, greatest = domain.span or (-kernel.MANY, kernel.MANY)  # any name of a text
            low = self.circuit.less(bits, clauses.whole(least))
            high = self.circuit.less(clauses.whole(greatest), bits)
            found.append(self.circuit.every([condition, low ^ 1, high ^ 1]))
        return self.circuit.some(found)

    def sides(self) -> list[clauses.Side]:
        return [self.before] if self.after is self.before else [self.before, self.after]

    def premises(self, assumed: Iterable[str]) -> list[int]:
        """That its premises hold, its changes have values, and both cases are possible."""
        given = [self.before.value(tree, self.env).when(True) for tree in self.theorem.given]
        self.before.value(self.theorem.claim, self.env)
        names = sorted(assumed)
        bound = [literal for side in self.sides() for literal in side.bindings(names)]
        return [*given, *self.defined, *bound, *self.problem.asserted]

    def broken(self) -> int:
        claim = self.before.value(self.theorem.claim, self.env)
        return claim.when(False) if self.theorem.lenient else claim.when(True) ^ 1

def joined(members: Members, there: dict[Any, int]) -> Members:
    """Members, some of them there under other conditions."""
    return {name: [(ref, there.get(ref, c)) for ref, c in each] for name, each in members.items()}

def whole_formula(theorem: Theorem, places: Places, slots: dict[str, int]) -> Formula:
    """The theorem with so many elements of each list beyond those it names; which of these slots is
    empty says nothing, so the first are filled first."""
    problem = clauses.Problem(theorem.pack)
    members = {name: elements_of(problem, name, range(named(places, name)), slots.get(name, 0))
               for name in theorem.pack.collections}  # fmt: skip
    return Formula(theorem, problem, environment(theorem, problem, places), members)

def elements_of(problem: clauses.Problem, name: str, known: Iterable[int], slots: int) -> Any:
    """The elements of a list that are there, and so many more that may be."""
    found, before = [(("@", name, n), TRUE) for n in known], TRUE
    count = max([ref[2] for ref, _ in found], default=-1) + 1
    for n in range(count, count + slots):
        present = problem.circuit.input()
        late = before ^ 1 if n == count else in_order(problem, name, n, before) ^ 1
        problem.asserted.append(problem.circuit.both(present, late) ^ 1)
        found.append((("@", name, n), present))
        before = present
    return found

def in_order(problem: clauses.Problem, name: str, n: int, before: int) -> int:
    """The slot before is filled, and not with what comes later by its first day or number."""
    fields = problem.pack.facts[get(problem.pack.collections[name], "element")]
    keys = [(field, d) for field, (_, d) in fields.items() if d.span and not d.atoms]
    if not keys:
        return before
    field, domain = keys[0]
    here = [problem.symbol(("@", name, m, field), domain).numbers()[0][1] for m in (n - 1, n)]
    return problem.circuit.both(before, problem.circuit.less(here[1], here[0]) ^ 1)

def environment(theorem: Theorem, problem: clauses.Problem, places: Places) -> clauses.Env:
    """What the names stand for, where nothing is known of them."""
    pack = theorem.pack
    env = {n: problem.free(pack.domain(type_, {})) for n, type_ in theorem.values.items()}
    return env | {name: clauses.always(("@", *place)) for name, place in places.items()}

def named(places: Places, name: str) -> int:
    return max([place + 1 for over, place in places.values() if over == name], default=0)

# -- 2  the bound

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
        return self.hidden(whole, result, depends & ~own, expr[0] == "count")

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

    def hidden(self, key: Any, shape: clauses.Guarded, label: int, count: bool) -> clauses.Guarded:
        """Anything of this shape: what an aggregate over any number of elements comes to."""
        if key not in self.bound.opaque:
            circuit = self.circuit
            def anew(literal: int) -> int:
                return literal if literal < 2 else circuit.input(label)
            atoms = [(atom, anew(c)) for atom, c in shape.atoms]
            for n, (atom, condition) in enumerate(atoms):
                if isinstance(atom, tuple) and atom[0] == "#":
                    bits = circuit.limited(tuple(map(anew, atom[1])), *circuit.ends(atom[1]))
                    atoms[n] = ("#", bits), condition
            if count:
                number = tuple(circuit.input(label) for _ in range(20))
                atoms = [(("#", number), circuit.input(label))]
            fails = tuple((rank, anew(c)) for rank, c in shape.fails)
            self.bound.opaque[key] = clauses.Guarded(tuple(atoms), fails)
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

def bound_of(theorem: Theorem, places: Places, assumed: Iterable[str]) -> dict[str, int]:
    """n(c) for each list that a counterexample can need elements of."""
    problem, bound = clauses.Problem(theorem.pack), Bound()
    members = {name: [(("@", name, n), TRUE) for n in range(named(places, name))]
               for name in theorem.pack.collections}  # fmt: skip
    env = environment(theorem, problem, places)
    formula = Formula(theorem, problem, env, members, counting(bound))
    for tree in theorem.given:
        formula.before.goal(tree, env, True)  # type: ignore[attr-defined]
    formula.before.goal(theorem.claim, env, False)  # type: ignore[attr-defined]
    for side in formula.sides():
        side.assumes(assumed)  # type: ignore[attr-defined]
    return {name: number for name, number in bound.slots().items() if number}

# -- 3  one case

class Instance:
    """A complete case of a theorem. A new element is among those its list is said to hold; only
    after the change is it there."""

    def __init__(self, theorem: Theorem, data: Any) -> None:
        only(data, "atoms", "names", "after")
        self.theorem, self.pack = theorem, theorem.pack
        world = kernel.World(self.pack, get(data, "atoms", list))
        self.problem = clauses.Problem(self.pack, world)
        given = self.problem.readings()
        need(given | theorem.readings == theorem.readings | given, "the case is read otherwise")
        self.names, self.world = get(data, "names", dict, {}), world
        need(set(self.names) == set(theorem.names), "it is not said what the names stand for")
        env = {name: self.stands_for(name, type_) for name, type_ in theorem.scope.items()}
        members = {name: [(("@", name, n), TRUE) for n in range(count)]
                   for name, count in world.complete.items()}  # fmt: skip
        self.formula = Formula(theorem, self.problem, env, members)
        for atom in get(data, "after", list, []):
            kind, name = kernel.symbol_of(atom)
            need(kind == "choice" and theorem.apart, "after the change only choices may be others")
            value = self.pack.value(self.pack.choice_type(name), atom["is"])
            self.problem.symbols["after", "choice", name] = clauses.constant(value)

    def stands_for(self, name: str, type_: kernel.Type) -> clauses.Guarded:
        data, over = self.names[name], self.theorem.lists.get(name)
        if over is None:
            value = self.pack.value(type_, data)
            fits = kernel.common(value, self.pack.domain(type_, {})).valued()
            need(fits, f"{name!r} cannot be {data!r}")
            return clauses.constant(value)
        shape = kernel.PATH.fullmatch(data if isinstance(data, str) else "")
        listed, index, rest = shape.groups() if shape else ("", None, "")
        there = listed == over and not rest and int(index or -1) in range(self.world.complete[over])
        need(there, f"{data!r} is not there")
        others = [other for n, other in self.names.items() if n != name]
        need(name not in self.theorem.new or data not in others, f"{data!r} is not new")
        return clauses.always(("@", over, int(index or 0)))

    def meets_premises(self) -> None:
        assumed, given = sorted(self.pack.assumptions), len(self.theorem.given)
        literals = self.formula.premises(assumed)
        for n, literal in enumerate(literals):
            what = f"premise {n + 1} holds" if n < given else "the case is possible and lawful"
            need(literal == TRUE, f"the case does not show that {what}")

    def breaks_the_claim(self) -> None:
        need(self.formula.broken() == TRUE, "the case does not show that the claim fails")

# -- 4  a decision by clauses

class Settled:
    """A decision where possibilities are too coarse: from what is listed of a case, and the
    assumptions named, no other outcome follows."""

    def __init__(self, pack: kernel.Pack, claim: Any) -> None:
        only(claim, "answer", "definition", "args", "atoms", "outcomes")
        self.pack, self.atoms = pack, get(claim, "atoms", list)
        self.asked, self.outcomes = kernel.Asked(pack, claim), get(claim, "outcomes", list)
        need(self.outcomes, "no outcome is claimed")

    def side(self, slots: dict[str, int], kind: Kind = clauses.Side) -> clauses.Side:
        """The case: what is listed of it, and so many other elements where a list is open."""
        world = kernel.World(self.pack, self.atoms)
        problem = clauses.Problem(self.pack, world)
        for name, number in slots.items():
            need(name not in world.complete or not number, f"there are no other {name!r}")
        members = {name: elements_of(problem, name, sorted(world.listed[name]), slots.get(name, 0))
                   for name in self.pack.collections}  # fmt: skip
        return kind(problem, members, problem.readings())

    def otherwise(self, side: clauses.Side) -> int:
        """Something comes out that is not claimed."""
        world = kernel.World(self.pack, self.atoms)
        args = [clauses.constant(arg) for arg in self.asked.args(world)]
        found, stronger = side.settle(self.asked.name, args), FALSE
        fails = {}
        for rank, condition in sorted(found.fails, reverse=True):
            fails[rank] = side.circuit.both(condition, stronger ^ 1)
            stronger = side.circuit.some([stronger, condition])
        ways = [self.comes_to(side, found, fails, one) for one in self.outcomes]
        return side.circuit.some([literal for each in ways for literal in each]) ^ 1

    def comes_to(self, side: clauses.Side, found: clauses.Guarded, fails: Any, one: Any) -> Any:
        """The conditions under which this outcome comes out."""
        ends = self.asked.ends(one)
        yield from [fails.get(rank, FALSE) for end in ends for rank in end.fails]
        yield from [found.when(atom) for end in ends for atom in end.atoms]
        spans = [end.span for end in ends if end.span]
        for condition, bits in found.numbers() if spans else ():
            low = side.circuit.less(bits, clauses.whole(spans[0][0]))
            high = side.circuit.less(clauses.whole(spans[-1][1]), bits)
            yield side.circuit.every([condition, low ^ 1, high ^ 1])

    def slots(self, assumed: Iterable[str]) -> dict[str, int]:
        bound = Bound()
        bound.closed = set(kernel.World(self.pack, self.atoms).complete)
        side = self.side({}, counting(bound))
        self.otherwise(side)
        side.assumes(assumed)  # type: ignore[attr-defined]
        return {name: number for name, number in bound.slots().items() if number}

    def formula(self, slots: dict[str, int], assumed: Iterable[str],
                kind: Kind = clauses.Side) -> tuple[Any, list[int]]:  # fmt: skip
        """The case, and what is asserted of it if something else comes out."""
        side = self.side(slots, kind)
        other = self.otherwise(side)
        return side, [*side.bindings(sorted(assumed)), *side.problem.asserted, other]

def decided(pack: kernel.Pack, data: Any) -> list[str]:
    """A decision with a proof; each outcome is shown by a case, so that it is not empty."""
    settled, evidence = Settled(pack, get(data, "claim", dict)), get(data, "evidence", dict)
    only(evidence, "assumed", "cases", "lrat", "rules", "slots")
    need(not get(evidence, "rules", list, []), "how rules stand is not shown by a proof")
    assumed = get(evidence, "assumed", list)
    need(set(assumed) <= set(pack.assumptions), "an assumption is none of the pack's")
    slots = settled.slots(assumed)
    need(get(evidence, "slots", dict) == slots, f"the bound is {slots}")
    side, asserted = settled.formula(slots, assumed)
    steps = proof_holds(side.circuit, asserted, get(evidence, "lrat"))
    points = [point for one in settled.outcomes for point in settled.asked.ends(one)]
    cases, kind = get(evidence, "cases", list), data["kind"]
    need((len(settled.outcomes) == 1) == (kind == "decision"), "outcomes: how many?")
    need(len(cases) == len(points), "there is one case for each outcome, and no more")
    for point, case in zip(points, cases, strict=True):
        kernel.shows(pack, settled.asked, point, settled.atoms, case)
    by = ["Checked: nothing else can come out, by clauses and a proof:",
          f"  {words(slots)} not listed: {len(side.circuit.gates)} gates, {steps} steps, assuming",
          f"  {', '.join(sorted(assumed)) or 'nothing'}; {len(cases)} complete cases"]  # fmt: skip
    return kernel.said(pack, settled.asked, get(data, "claim", dict), by, TRUSTED)

# -- 5  certificates

TRUSTED = (
    *kernel.TRUSTED[:2],
    "that days lie within the pack's horizon",
    "for theorems, that a counterexample of any size leaves one no larger than the bound",
)

def checked(pack: kernel.Pack, data: Any) -> list[str]:
    """Any certificate. Gives what was claimed, what was checked, what remains trusted."""
    kinds = {"theorem": theorem_holds, "refuted": theorem_fails}
    kind, evidence = kernel.about(pack, data), get(data, "evidence", dict)
    if kind in kernel.KINDS and "lrat" in evidence:
        return decided(pack, data)
    if kind not in kinds:
        return kernel.checked(pack, data)
    claim = get(data, "claim", dict)
    theorem = Theorem(pack, claim)
    shown = kinds[data["kind"]](theorem, evidence)
    under = [f"{name} = {option}" for name, option in sorted(theorem.readings.items())]
    return [
        f"Pack {pack.name}, SHA-256 {pack.digest}",
        f"Claimed: the theorem {get(get(claim, 'theorem', dict), 'name')!r} is "
        f"{'true of every case' if data['kind'] == 'theorem' else 'false of some case'}, read so:",
        f"  {', '.join(under) or 'however the text is read'}", *shown, "Still trusted:",
        *[f"  {one}" for one in TRUSTED],
    ]  # fmt: skip

def theorem_fails(theorem: Theorem, evidence: Any) -> list[str]:
    only(evidence, "case")
    case = Instance(theorem, get(evidence, "case", dict))
    case.meets_premises()
    case.breaks_the_claim()
    return ["Checked: a complete case, worked out before and after the change"]

def theorem_holds(theorem: Theorem, evidence: Any) -> list[str]:
    only(evidence, "assumed", "proofs", "case")
    assumed, proofs = get(evidence, "assumed", list), get(evidence, "proofs", list)
    need(set(assumed) <= set(theorem.pack.assumptions), "an assumption is none of the pack's")
    patterns = list(theorem.patterns())
    need(len(proofs) == len(patterns), f"{len(patterns)} ways to name elements, as many proofs")
    said = []
    for places, proof in zip(patterns, proofs, strict=True):
        only(proof, "slots", "lrat")
        slots = bound_of(theorem, places, assumed)
        need(get(proof, "slots", dict) == slots, f"the bound is {slots}")
        formula = whole_formula(theorem, places, slots)
        asserted = [*formula.premises(assumed), formula.broken()]
        steps = proof_holds(formula.circuit, asserted, get(proof, "lrat"))
        gates = len(formula.circuit.gates)
        said.append(f"  {words(slots)} beyond those named: {gates} gates, {steps} steps")
    Instance(theorem, get(evidence, "case", dict)).meets_premises()
    without = sorted(set(theorem.pack.assumptions) - set(assumed))
    return ["Checked: no case breaks it, by clauses and a proof:", *said,
            f"  without assuming {', '.join(without)}" if without else "  under all assumptions",
            "Checked: a complete case in which its premises hold"]  # fmt: skip

def proof_holds(circuit: clauses.Circuit, asserted: list[int], text: str) -> int:
    """What is asserted cannot all hold: it is false as it stands, or by the proof."""
    if FALSE in asserted:
        need(not text, "there is nothing to prove")
        return 0
    return clauses.replayed(circuit.gates, asserted, clauses.unpacked(text))

def words(slots: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(slots.items())) or "no elements"

def check(certificate: bytes, pack: bytes | kernel.Pack) -> list[str]:
    """What was claimed, what was checked, what remains trusted. Raises `kernel.Refused`."""
    return kernel.check(certificate, pack, checked)

if __name__ == "__main__":
    sys.exit(kernel.main(sys.argv[1:], check, "claims.py CERTIFICATE PACK"))
