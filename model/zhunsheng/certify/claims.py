"""Claims about all cases: theorems, and their refutations. The last file of the certificate kernel.

    python claims.py CERTIFICATE PACK

Checks every kind of certificate, those that kernel.py checks too. Nothing but the standard library
is needed, and reading.py, kernel.py and clauses.py beside this file. Exit 0: the claim holds; 1:
refused, with the reason.

A theorem is encoded as "a case, satisfying the assumptions, in which the premises hold and the
claim does not", with as many elements in each list as a counterexample can need (bounds.py), some
definitions left open where that is said; a proof shows that there is none. That the premises can
hold, or that a theorem fails, is shown by a case.
"""

import ast
import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

if __package__:
    from zhunsheng.certify import bounds, clauses, kernel
else:  # alone, from any folder, and under -I
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        import bounds  # type: ignore[no-redef,import-not-found]
        import clauses  # type: ignore[no-redef,import-not-found]
        import kernel  # type: ignore[no-redef,import-not-found]
    except ImportError as missing:
        sys.exit(f"REFUSED: {missing.name}.py is missing: it has to stand beside this file")

get, need, only = kernel.get, kernel.need, kernel.only
FALSE, TRUE = clauses.FALSE, clauses.TRUE
MOST = {"names": 8, "patterns": 100}
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
        self.left: bounds.Left | None = None
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

    def leave_open(self, names: list[Any]) -> None:
        """What these definitions come to is not to be looked into."""
        changed = {("choice", name) for name in self.pack.discretions if self.apart}
        for word, target, *others in self.change:
            if word in ("add", "remove"):
                changed |= {("list", self.lists[name]) for name in (target, *others)}
            elif word == "set":
                of = target if target[0] == "field" else target[1]
                need(of[0] == "field", "what is changed is no field")
                changed.add(("field", of[2]))
        self.left = bounds.Left(self.pack, self.readings, names, changed) if names else None

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
                 members: Members, kind: bounds.Kind = clauses.Side) -> None:  # fmt: skip
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

    def changed(self, members: Members, there: dict[Any, int], kind: bounds.Kind) -> clauses.Side:
        """The case after the changes, which happen together. No expression sees the order of a
        list, so to `swap` is to change nothing."""
        for word, name, *_ in self.theorem.change:
            if word in ("add", "remove"):
                there = {**there, self.env[name].atoms[0][0]: TRUE if word == "add" else FALSE}
        after = kind(self.problem, joined(members, there), self.readings)
        after.own, after.later = "after" if self.theorem.apart else "", True
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
            one = target[0] == "field" and len(refs) == 1  # it is that one: asserted above
            path, here = (*ref, key), TRUE if one else self.circuit.both(a, b)
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
    problem.left = theorem.left
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

# -- 2  its bound

def bound_of(theorem: Theorem, places: Places, assumed: Iterable[str]) -> dict[str, int]:
    """n(c) for each list that a counterexample can need elements of."""
    problem, bound = clauses.Problem(theorem.pack), bounds.Bound()
    problem.left = theorem.left
    members = {name: [(("@", name, n), TRUE) for n in range(named(places, name))]
               for name in theorem.pack.collections}  # fmt: skip
    env = environment(theorem, problem, places)
    formula = Formula(theorem, problem, env, members, bounds.counting(bound))
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
        self.left: bounds.Left | None = None

    def leave_open(self, names: list[Any]) -> None:
        """What these definitions come to is not to be looked into."""
        readings = clauses.Problem(self.pack, kernel.World(self.pack, self.atoms)).readings()
        self.left = bounds.Left(self.pack, readings, names) if names else None

    def side(self, slots: dict[str, int], kind: bounds.Kind = clauses.Side) -> clauses.Side:
        """The case: what is listed of it, and so many other elements where a list is open."""
        world = kernel.World(self.pack, self.atoms)
        problem = clauses.Problem(self.pack, world)
        problem.left, problem.circuit.telling = self.left, True
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
        bound = bounds.Bound()
        bound.closed = set(kernel.World(self.pack, self.atoms).complete)
        side = self.side({}, bounds.counting(bound))
        self.otherwise(side)
        side.assumes(assumed)  # type: ignore[attr-defined]
        return {name: number for name, number in bound.slots().items() if number}

    def formula(self, slots: dict[str, int], assumed: Iterable[str],
                kind: bounds.Kind = clauses.Side) -> tuple[Any, list[int]]:  # fmt: skip
        """The case, and what is asserted of it if something else comes out."""
        side = self.side(slots, kind)
        other = self.otherwise(side)
        return side, [*side.bindings(sorted(assumed)), *side.problem.asserted, other]

def decided(pack: kernel.Pack, data: Any) -> list[str]:
    """A decision with a proof; each outcome is shown by a case, so that it is not empty."""
    settled, evidence = Settled(pack, get(data, "claim", dict)), get(data, "evidence", dict)
    only(evidence, "assumed", "cases", "lrat", "open", "rules", "slots")
    need(not get(evidence, "rules", list, []), "how rules stand is not shown by a proof")
    assumed = get(evidence, "assumed", list)
    need(set(assumed) <= set(pack.assumptions), "an assumption is none of the pack's")
    settled.leave_open(get(evidence, "open", list, []))
    slots = settled.slots(assumed)
    need(get(evidence, "slots", dict) == slots, f"the bound is {slots}")
    side, asserted = settled.formula(slots, assumed)
    steps = proof_holds(side.circuit, asserted, get(evidence, "lrat"))
    unlooked = open_in(settled.left)
    points = [point for one in settled.outcomes for point in settled.asked.ends(one)]
    cases, kind = get(evidence, "cases", list), data["kind"]
    need((len(settled.outcomes) == 1) == (kind == "decision"), "outcomes: how many?")
    need(len(cases) == len(points), "there is one case for each outcome, and no more")
    for point, case in zip(points, cases, strict=True):
        kernel.shows(pack, settled.asked, point, settled.atoms, case)
    by = ["Checked: nothing else can come out, by clauses and a proof:",
          f"  {words(slots)} not listed: {len(side.circuit.gates)} gates, {steps} steps, assuming",
          f"  {', '.join(sorted(assumed)) or 'nothing'}; {len(cases)} complete cases",
          *unlooked]  # fmt: skip
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
    only(evidence, "assumed", "open", "proofs", "case")
    assumed, proofs = get(evidence, "assumed", list), get(evidence, "proofs", list)
    need(set(assumed) <= set(theorem.pack.assumptions), "an assumption is none of the pack's")
    theorem.leave_open(get(evidence, "open", list, []))
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
    said += open_in(theorem.left)
    Instance(theorem, get(evidence, "case", dict)).meets_premises()
    without = sorted(set(theorem.pack.assumptions) - set(assumed))
    return ["Checked: no case breaks it, by clauses and a proof:", *said,
            f"  without assuming {', '.join(without)}" if without else "  under all assumptions",
            "Checked: a complete case in which its premises hold"]  # fmt: skip

def open_in(left: bounds.Left | None) -> list[str]:
    """What was left open, each asked for on the way."""
    if left is None:
        return []
    need(left.met == set(left.names), "something is left open in vain")
    return [f"  whatever these come to, left open: {', '.join(left.names)}"]

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
