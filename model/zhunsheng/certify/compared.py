"""Claims about two laws: how an amendment changes answers. The last file of the certificate kernel.

    python compared.py CERTIFICATE PACK [AMENDED]

Checks every kind of certificate; for a comparison the pack as amended is named too. Nothing but the
standard library is needed, and the other files of the kernel beside this one. Exit 0: the claim
holds; 1: refused, with the reason.

A case is the same facts under both laws; each sees those it knows. What comes out under a law is
the set of outcomes that lawful choices leave. A class of change is the set before, the set after,
and of days or numbers which comes first. Each class listed is shown by a case. That there is no
other is shown of every case: it is encoded under both laws at once, with as many elements as both
need together, and a proof shows that the laws cannot differ in a way that is not listed.
"""

import itertools
import os
import re
import sys
from collections.abc import Iterable
from typing import Any

if __package__:
    from zhunsheng.certify import agreed, bounds, claims, clauses, kernel
else:  # alone, from any folder, and under -I
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        import agreed  # type: ignore[no-redef,import-not-found]
        import bounds  # type: ignore[no-redef,import-not-found]
        import claims  # type: ignore[no-redef,import-not-found]
        import clauses  # type: ignore[no-redef,import-not-found]
        import kernel  # type: ignore[no-redef,import-not-found]
    except ImportError as missing:
        sys.exit(f"REFUSED: {missing.name}.py is missing: it has to stand beside this file")

get, need, only = kernel.get, kernel.need, kernel.only
FALSE, TRUE = clauses.FALSE, clauses.TRUE
MOST = {"ways": 600, "answers": 300, "classes": 400}
Packs = tuple[kernel.Pack, kernel.Pack]
SIDES = ("before", "after")
SHIFTS = ("same", "earlier", "later")
SOME = "some"  # a day or number, whichever
Member = Any  # of a set of outcomes: SOME, an atom in a tuple, or the rank of a failure

# -- 1  two laws

class Laws:
    """Two packs, and the readings under which they are compared. What both know is the same in
    both: where a fact may be more things under one law, this is not the file to compare them."""

    def __init__(self, packs: Packs, claim: Any) -> None:
        self.packs, self.horizon = packs, packs[0].horizon
        need(packs[0].horizon == packs[1].horizon, "the laws speak of different days")
        said = {end: kernel.day_of(day) for end, day in get(claim, "horizon", dict).items()}
        ends = {"from": self.horizon[0], "to": self.horizon[1]}
        need(said == ends, "the horizon is not the pack's")
        only(get(claim, "readings", dict), *SIDES)
        self.readings = [get(claim["readings"], side, dict) for side in SIDES]
        for pack, readings in zip(packs, self.readings, strict=True):
            for name, option in readings.items():
                fits = isinstance(option, str) and option in pack.enums.get(f"reading {name}", ())
                need(fits, f"no reading {name!r}: {option!r}")
        self.alike()

    def alike(self) -> None:
        """What both laws have under one name may be the same things in both."""
        one, other = self.packs
        for of, fields in one.facts.items():
            for name in set(fields) & set(other.facts.get(of, ())):
                same = fields[name] == other.facts[of][name]
                need(same, f"{of or 'the case'} {name!r} is not of one kind in both laws")
        for name in set(one.collections) & set(other.collections):
            ours, theirs = one.collections[name], other.collections[name]
            same = all(ours.get(key) == theirs.get(key) for key in ("element", "key"))
            need(same, f"the list {name!r} is not of one kind in both laws")
        for name in set(one.readings) & set(other.readings):
            fixed = [name in readings for readings in self.readings]
            options = [set(pack.enums[f"reading {name}"]) for pack in self.packs]
            need(all(fixed) or options[0] == options[1], f"{name!r} has other options in each law")

    def lists(self) -> dict[str, int]:
        """Every list of either, with the place of a law that has it."""
        found = dict.fromkeys(self.packs[1].collections, 1)
        return found | dict.fromkeys(self.packs[0].collections, 0)

class Answer:
    """A definition of both laws, and the classes of change claimed of it."""

    def __init__(self, laws: Laws, claim: Any) -> None:
        only(claim, "definition", "classes", "verdict")
        self.laws, self.name = laws, get(claim, "definition")
        pack = laws.packs[0]
        parameters, type_ = pack.signature(self.name)
        need(laws.packs[1].signature(self.name) == (parameters, type_), f"{self.name!r} differs")
        need(type_.base != "text", "texts are not compared")
        self.type, self.given = type_, [name for name, _ in parameters]
        self.values = {n: t for n, t in parameters if t.base not in pack.elements}
        self.listed = {n: get(pack.elements[t.base], "name") for n, t in parameters
                       if t.base in pack.elements}  # fmt: skip
        for name, one in self.values.items():
            domains = [each.domain(one, {}) for each in laws.packs]
            need(domains[0] == domains[1], f"{name!r} may be other things in each law")
        classes = get(claim, "classes", list)
        need(len(classes) <= MOST["classes"], "too many classes of change")
        self.classes = [self.read(one) for one in classes]
        verdict = get(claim, "verdict", dict, {})
        self.order = Order(self, verdict) if verdict else None

    def read(self, data: Any) -> tuple[frozenset[Member], frozenset[Member], str]:
        only(data, *SIDES, "shift")
        sets = [frozenset([self.member(one) for one in get(data, side, list)]) for side in SIDES]
        shift = get(data, "shift", str, "same")
        both = SOME in sets[0] and SOME in sets[1]
        need(shift in SHIFTS and (both or shift == "same"), f"there is no shift {shift!r} here")
        need(sets[0] != sets[1] or shift != "same", "a class in which nothing changes")
        return sets[0], sets[1], shift

    def member(self, data: Any) -> Member:
        if "failure" in data:
            only(data, "failure")
            return kernel.FAILURES[get(data, "failure")]
        if "any" in data:
            only(data, "any")
            need(self.type.base in ("day", "number") and data["any"] == self.type.base, "any what?")
            return SOME
        only(data, "value")
        known = [pack.value(self.type, data["value"]) for pack in self.laws.packs
                 if data["value"] in (*pack.enums.get(self.type.base, ()), *self.type.special,
                                      "true", "false")]  # fmt: skip
        need(known and len(known[0].atoms) == 1, f"{data['value']!r} is no single outcome")
        return (next(iter(known[0].atoms)),)

# -- 2  which way

GOOD = ("true", "false", "higher", "lower", "earlier", "later")
WAYS = ("laxer", "stricter")

class Order:
    """Which outcomes of an answer are better, and that each class goes one way by it. Which way is
    better the pack says, at the answer. Values stand as their enumeration lists them, if it is an
    ordered one, else as a definition of the old law says (`by`); a special value has no place among
    them unless it is said to be better (`best`) or worse than all. What is neither better nor worse
    than something is not compared with it."""

    def __init__(self, answer: Answer, claim: Any) -> None:
        only(claim, "is", "by", "best", "worst")
        self.laws, self.name, self.type = answer.laws, answer.name, answer.type
        self.pack, self.way = answer.laws.packs[0], get(claim, "is")
        need(self.way in WAYS and answer.classes, f"there is no verdict {self.way!r} here")
        goods = {get(pack.definitions[self.name], "better", str, "") for pack in answer.laws.packs}
        self.good = next(iter(goods))
        fits = len(goods) == 1 and self.good in GOOD
        need(fits, f"the laws do not say alike what is better for {self.name!r}")
        self.best, self.worst = [get(claim, end, str, "") for end in ("best", "worst")]
        ends = [end for end in (self.best, self.worst) if end]
        own = len(set(ends)) == len(ends) and set(ends) <= self.type.special
        need(own, f"{self.name!r}: its best and its worst are two special values of it")
        self.by, self.known = get(claim, "by", str, ""), {}  # type: str, dict[Any, bool]
        values = self.pack.enums.get(self.type.base, {})
        met = {m for change in answer.classes for side in change[:2] for m in side}
        need(not any(isinstance(m, int) for m in met), "a failure is neither better nor worse")
        self.values = [one for one in values if (one,) in met]
        self.is_one(met)
        for change in answer.classes:
            need(self.goes(*change), f"a class of {self.name!r} does not become {self.way}")

    def is_one(self, met: set[Member]) -> None:
        """Values of an enumeration have an order, in the old law; and it is one."""
        plain = {m[0] for m in met if m != SOME and isinstance(m[0], str)}
        need(plain <= set(self.values), f"a value of {self.name!r} has no place in the order")
        ranked = bool(plain) and self.type.base not in self.pack.ordered
        need(ranked == bool(self.by), f"what orders {self.name!r} is not said, or need not be")
        if ranked:
            parameters, type_ = self.pack.signature(self.by)
            two = [one for _, one in parameters] == [kernel.Type(self.type.base)] * 2
            need(two and type_ == kernel.YES_NO, f"{self.by!r} does not compare two such values")
        for a, b, c in itertools.product(self.values, repeat=3):
            follows = self.above(a, c) or not (self.above(a, b) and self.above(b, c))
            need(follows, f"{self.by!r} is no order: {a!r}, {b!r}, {c!r}")

    def above(self, a: str, b: str) -> bool:
        """Whether a value is at least as high as another: surely, or surely not."""
        self.pack.spend()
        if not self.by or a == b:
            places = list(self.pack.enums[self.type.base])
            return places.index(a) >= places.index(b)
        if (a, b) not in self.known:
            side = clauses.Side(clauses.Problem(self.pack), {}, self.laws.readings[0])
            found = side.settle(self.by, [clauses.always(one) for one in (a, b)])
            sure = {found.when(True), found.when(False)} == {TRUE, FALSE} and not side.lawfully
            need(sure, f"whether {a!r} is at least {b!r} turns on the case")
            self.known[a, b] = found.when(True) == TRUE
        return self.known[a, b]

    def as_good(self, one: Member, other: Member) -> bool:
        """Whether an outcome is at least as good as another."""
        a, b = [None if m == SOME else m[0] for m in (one, other)]  # type: Any, Any
        if a == b or a == (self.best,) or b == (self.worst,):
            return True
        if any(m is None or isinstance(m, tuple) for m in (a, b)):
            return False
        if self.good in ("true", "false"):
            return isinstance(a, bool) and a == (self.good == "true")
        need(self.good in ("higher", "lower"), f"{self.name!r} is not earlier or later")
        return self.above(a, b) if self.good == "higher" else self.above(b, a)

    def goes(self, before: frozenset[Member], after: frozenset[Member], shift: str) -> bool:
        """Whether each outcome before has one after that is no worse, and each after one before
        that is no better (stricter: the other way round); and the same does not hold backwards."""
        def no_worse(old: Member, new: Member) -> bool:
            if old == new == SOME:
                early = self.good in ("earlier", "lower")
                return shift == "same" or (shift == "earlier") == early
            return self.as_good(new, old)

        def no_better(old: Member, new: Member) -> bool:
            if old == new == SOME:
                return shift == "same" or not no_worse(old, new)
            return self.as_good(old, new)

        def all_go(so: Any) -> bool:
            return (all(any(so(old, new) for new in after) for old in before)
                    and all(any(so(old, new) for old in before) for new in after))  # fmt: skip

        forth, back = all_go(no_worse), all_go(no_better)
        return forth != back and forth == (self.way == "laxer")

    def words(self) -> str:
        """What is taken for better, to be believed or not."""
        ends = [f"{one} {end}" for one, end in ((self.best, "best"), (self.worst, "worst")) if one]
        by = f" by {self.by}" if self.by else ""
        below = [f"{a} >= {', '.join(found)}" for a in self.values
                 if (found := [b for b in self.values if b != a and self.above(a, b)])]  # fmt: skip
        order = f" ({'; '.join(below)})" if below else ""
        return ", ".join([f"{self.name}: {self.good} is better{by}{order}", *ends])

# -- 3  one answer under both

class Outcomes:
    """What may come out under one law: for each member of the set, when it is one."""

    def __init__(self, members: dict[Member, int], bits: clauses.Bits | None = None) -> None:
        self.members, self.bits = members, bits

    def has(self, member: Member) -> int:
        return self.members.get(member, FALSE)

class Twice:
    """One case under two laws: one circuit, one symbol for each fact that both know."""

    def __init__(self, laws: Laws, worlds: Any = (None, None), kind: Any = clauses.Side) -> None:
        self.laws, self.kind, self.worlds = laws, kind, worlds
        pairs = zip(laws.packs, worlds, strict=True)
        first, second = self.problems = [clauses.Problem(pack, world) for pack, world in pairs]
        second.circuit, second.asserted = first.circuit, first.asserted
        second.symbols, second.labels, second.texts = first.symbols, first.labels, first.texts
        self.circuit, self.members = first.circuit, {}  # type: clauses.Circuit, claims.Members

    def side(self, law: int, chosen: dict[str, Any] | None = None) -> clauses.Side:
        own = {name: self.members[name] for name in self.laws.packs[law].collections}
        problem = self.problems[law]
        side: clauses.Side = self.kind(problem, own, problem.readings() | self.laws.readings[law])
        side.chosen = chosen or {}
        return side

    def outcomes(self, answer: Answer, law: int, env: clauses.Env) -> Outcomes:
        """For each way to choose what comes out; together, what does in some lawful way."""
        args = [env[name] for name in answer.given]
        plain = self.side(law)
        found = [(TRUE, plain.settle(answer.name, args))]
        names = sorted(plain.lawfully)
        pack, number = self.laws.packs[law], 1
        options = [pack.choosable(pack.choice_type(name)) for name in names]
        for each in options:
            number *= len(each)
            need(number <= MOST["ways"], "there are too many ways to choose")
        if names:
            ways = [dict(zip(names, way, strict=True)) for way in itertools.product(*options)]
            found = [self.chosen(answer, law, args, way) for way in ways]
        if len({each for _, each in found}) == 1:
            found = [(TRUE, found[0][1])]
        return self.together(found)

    def chosen(self, answer: Answer, law: int, args: Any, way: dict[str, Any]) -> Any:
        """When it is lawful to choose so, and what then comes out."""
        side = self.side(law, way)
        value, stands = side.settle(answer.name, args), []
        need(set(side.lawfully) <= set(way), "one choice hides another")
        for name, lawful in sorted(side.lawfully.items()):
            none = self.circuit.some(lawful.values()) ^ 1
            stands.append(self.circuit.some([lawful[way[name]], none]))
        return self.circuit.every(stands), value

    def together(self, found: list[tuple[int, clauses.Guarded]]) -> Outcomes:
        members: dict[Member, list[int]] = {}
        bits = None
        for lawful, part in found:
            numbers = part.numbers()
            need(not numbers or len(found) == 1, "a day or number turns on a choice")
            for condition, each in numbers:
                bits = each if bits is None else self.circuit.chosen(condition, each, bits)
                members.setdefault(SOME, []).append(condition)
            for atom, condition in part.atoms:
                if not isinstance(atom, tuple) or atom[0] != "#":
                    both = self.circuit.both(lawful, condition)
                    members.setdefault((atom,), []).append(both)
            stronger = FALSE
            for rank, condition in sorted(part.fails, reverse=True):
                own = self.circuit.every([lawful, condition, stronger ^ 1])
                members.setdefault(rank, []).append(own)
                stronger = self.circuit.some([stronger, condition])
        return Outcomes({m: self.circuit.some(each) for m, each in members.items()}, bits)

    def differ(self, a: Outcomes, b: Outcomes) -> int:
        both, found = self.circuit.both, []
        for member in dict.fromkeys([*a.members, *b.members]):
            x, y = a.has(member), b.has(member)
            found += [both(x, y ^ 1), both(x ^ 1, y)]
        if a.bits is not None and b.bits is not None:
            other = self.circuit.equal(a.bits, b.bits) ^ 1
            found.append(self.circuit.every([a.has(SOME), b.has(SOME), other]))
        return self.circuit.some(found)

    def so(self, a: Outcomes, b: Outcomes, change: Any) -> int:
        """The laws differ in just this way."""
        literals = []
        for side, wanted in zip((a, b), change, strict=False):
            for member in set(side.members) | wanted:
                literals.append(side.has(member) ^ (member not in wanted))
        if SOME in change[0] and SOME in change[1] and a.bits is not None and b.bits is not None:
            less, more = self.circuit.less(b.bits, a.bits), self.circuit.less(a.bits, b.bits)
            shifts = {"earlier": less, "later": more, "same": self.circuit.both(less ^ 1, more ^ 1)}
            literals.append(shifts[change[2]])
        return self.circuit.every(literals)

    def possible(self, assumed: Iterable[Iterable[str]]) -> list[int]:
        """That the case is one under both laws."""
        found = []
        for law, names in enumerate(assumed):
            side = self.side(law)
            found += list(side.bindings(sorted(names)))
            need(not side.lawfully, "an assumption turns on a choice")
        return [*found, *self.problems[0].asserted]

# -- 4  every case

def free(answer: Answer, both: Twice, places: claims.Places) -> clauses.Env:
    """What the answer is asked of, where nothing is known of it."""
    pack = answer.laws.packs[0]
    env = {n: both.problems[0].free(pack.domain(t, {})) for n, t in answer.values.items()}
    return env | {name: clauses.always(("@", *place)) for name, place in places.items()}

def bound_of(answer: Answer, places: claims.Places, assumed: Any) -> dict[str, int]:
    """n(c) of the question about both laws, for each list that a change can need elements of."""
    bound = bounds.Bound()
    both = Twice(answer.laws, kind=bounds.counting(bound))
    both.members = {name: [(("@", name, n), TRUE) for n in range(claims.named(places, name))]
                    for name in answer.laws.lists()}  # fmt: skip
    env = free(answer, both, places)
    for law in (0, 1):
        both.outcomes(answer, law, env)
        both.side(law).assumes(assumed[law])  # type: ignore[attr-defined]
    return {name: number for name, number in bound.slots().items() if number}

def asserted_of(answer: Answer, places: claims.Places, slots: dict[str, int],
                assumed: Any) -> tuple[Twice, list[int]]:  # fmt: skip
    """A case under both laws, and what is asserted of it if it changes in a way not listed."""
    both = Twice(answer.laws)
    for name, law in sorted(answer.laws.lists().items()):
        given = range(claims.named(places, name)), slots.get(name, 0)
        both.members[name] = claims.elements_of(both.problems[law], name, *given)
    env = free(answer, both, places)
    a, b = [both.outcomes(answer, law, env) for law in (0, 1)]
    others = [both.so(a, b, change) ^ 1 for change in answer.classes]
    differ = both.differ(a, b)
    return both, [*both.possible(assumed), differ, *others]

def complete(answer: Answer, evidence: Any) -> str:
    """No case changes the answer in a way that is not listed."""
    assumed = [get(get(evidence, "assumed", dict), side, list) for side in SIDES]
    for pack, names in zip(answer.laws.packs, assumed, strict=True):
        need(set(names) <= set(pack.assumptions), "an assumption is none of the pack's")
    patterns, proofs = list(claims.placings(answer.listed, set())), get(evidence, "proofs", list)
    need(len(proofs) == len(patterns), f"{len(patterns)} ways to name elements, as many proofs")
    said = []
    for places, proof in zip(patterns, proofs, strict=True):
        only(proof, "slots", "lrat")
        slots = bound_of(answer, places, assumed)
        need(get(proof, "slots", dict) == slots, f"the bound is {slots}")
        both, asserted = asserted_of(answer, places, slots, assumed)
        steps = claims.proof_holds(both.circuit, asserted, get(proof, "lrat"))
        said.append(f"{claims.words(slots)}: {len(both.circuit.gates)} gates, {steps} steps")
    return "; ".join(said)

# -- 5  one case

def known_to(pack: kernel.Pack, atom: Any) -> bool:
    """Whether a law has the fact or reading that an atom speaks of."""
    kind, name = kernel.symbol_of(atom)
    if kind != "fact":
        need(kind == "reading", "a case of two laws makes no choices")
        return name in pack.readings
    shape = kernel.PATH.fullmatch(name)
    need(shape, f"there is no fact {name!r}")
    first, index, rest = shape.groups() if shape else ("", None, "")
    of, path = "", [first, *rest.split(".")[1:]]
    if index is not None or first in pack.collections:
        one = pack.collections.get(first)
        return one is not None and (len(path) == 1 or path[1] in pack.facts[get(one, "element")])
    for field in path[:2]:
        found = pack.facts.get(of, {}).get(field)
        if found is None:
            return of != "" and not of.startswith("record ")  # an entry of a table
        of = found[0].base
    return True

def shown(answer: Answer, change: Any, case: Any) -> None:
    """A case that is possible under both laws and changes in this way."""
    only(case, "atoms", "args")
    laws, atoms = answer.laws, get(case, "atoms", list)
    own = [[atom for atom in atoms if known_to(pack, atom)] for pack in laws.packs]
    need(all(atom in [*own[0], *own[1]] for atom in atoms), "neither law knows a fact of a case")
    worlds = [kernel.World(pack, mine) for pack, mine in zip(laws.packs, own, strict=True)]
    for world, readings in zip(worlds, laws.readings, strict=True):
        need(not set(world.readings) & set(readings), "a case is read otherwise than claimed")
    both, complete = Twice(laws, worlds), {**worlds[1].complete, **worlds[0].complete}
    both.members = {name: [(("@", name, n), TRUE) for n in range(count)]
                    for name, count in complete.items()}  # fmt: skip
    need(set(laws.lists()) <= set(complete), "a case does not close every list")
    given = get(case, "args", list)
    need(len(given) == len(answer.given), f"{answer.name!r} has other arguments")
    env = {name: argument(answer, name, data, complete)
           for name, data in zip(answer.given, given, strict=True)}  # fmt: skip
    for literal in both.possible([pack.assumptions for pack in laws.packs]):
        need(literal == TRUE, "a case is not shown to be possible under both laws")
    a, b = [both.outcomes(answer, law, env) for law in (0, 1)]
    need(both.so(a, b, change) == TRUE, "a case is not shown to change as claimed")

def argument(answer: Answer, name: str, data: Any, complete: dict[str, int]) -> clauses.Guarded:
    pack = answer.laws.packs[0]
    if name in answer.values:
        value, type_ = pack.value(answer.values[name], data), answer.values[name]
        need(kernel.common(value, pack.domain(type_, {})).valued(), f"{name!r} cannot be {data!r}")
        return clauses.constant(value)
    shape = kernel.PATH.fullmatch(data if isinstance(data, str) else "")
    over, index, rest = shape.groups() if shape else ("", None, "")
    there = over == answer.listed[name] and not rest and int(index or -1) in range(complete[over])
    need(there, f"{data!r} is not there")
    return clauses.always(("@", over, int(index or 0)))

# -- 6  word for word

WORD = re.compile(r"[^\W\d]\w*")

def meanings(pack: kernel.Pack, readings: dict[str, str]) -> dict[str, list[Any]]:
    """What each word of an expression may stand for, as far as it bears on what it means."""
    found: dict[str, list[Any]] = {}
    def add(name: str, *said: Any) -> None:
        found.setdefault(name.rpartition(".")[2], []).append([name, *said])
    for name, one in pack.definitions.items():
        rules = [[rule.get(key) for key in ("name", "when", "value", "overrides")]
                 for rule in get(one, "rules", list, [])]  # fmt: skip
        add(name, one.get("parameters"), one.get("type"), rules, one.get("otherwise"))
    for of, fields in pack.facts.items():
        for name, (type_, _) in fields.items():
            add(name, of, *type_[:2])  # that it may be the same things is checked of all facts
    for name, one in pack.discretions.items():
        add(name, *[one.get(key) for key in ("type", "lawful", "otherwise")])
    for name, one in pack.parameters.items():
        add(name, one.get("type"), one.get("value"))
    for name in pack.readings:
        add(name, list(pack.enums[f"reading {name}"]), readings.get(name))
    for name, one in pack.calendars.items():
        years = get(one, "years", list)
        add(name, [[year.get(key) for key in ("year", "off", "work")] for year in years])
    for name, values in pack.enums.items():
        if not name.startswith("reading "):
            add(name, [[value, "answer_only" in one] for value, one in values.items()])
    for name, one in pack.collections.items():
        add(name, one.get("element"))
    for name in pack.specials:
        add(name, "special")
    for name in ("workdays_after", "is_workday"):
        add(name, next(iter(pack.calendars), ""))
    return found

def word_for_word(laws: Laws, names: list[str]) -> None:
    """Whatever these definitions can look at is said in the same words by both laws."""
    ours, theirs = [meanings(*pair) for pair in zip(laws.packs, laws.readings, strict=True)]
    todo, seen = [name.rpartition(".")[2] for name in names], set[str]()
    for name in names:
        need(all(name in pack.definitions for pack in laws.packs), f"there is no answer {name!r}")
    while todo:
        word = todo.pop()
        if word not in seen:
            seen.add(word)
            need(ours.get(word) == theirs.get(word), f"{word!r} is not the same in both laws")
            words = WORD.findall(str(ours.get(word, "")))
            todo += [*words, *[word.removesuffix("_") for word in words]]

# -- 7  certificates

def compared(packs: Packs, data: Any) -> list[str]:
    kernel.about(packs[0], data)
    claim, evidence = get(data, "claim", dict), get(data, "evidence", dict)
    only(claim, "amended", "amendments", "answers", "horizon", "readings", "untouched")
    only(evidence, "answers")
    amended = {"id": packs[1].name, "digest": packs[1].digest}
    need(get(claim, "amended", dict) == amended, "it is about another amended law")
    laws, untouched = Laws(packs, claim), get(claim, "untouched", list, [])
    word_for_word(laws, untouched)
    answers, shows = get(claim, "answers", list), get(evidence, "answers", list)
    need(len(answers) == len(shows) <= MOST["answers"], "each answer has its own evidence")
    said, better = [], []  # type: list[str], list[str]
    for one, own in zip(answers, shows, strict=True):
        only(own, "assumed", "cases", "proofs")
        answer, cases = Answer(laws, one), get(own, "cases", list)
        need(len(cases) == len(answer.classes), "there is one case for each class of change")
        for change, case in zip(answer.classes, cases, strict=True):
            shown(answer, change, case)
        found = complete(answer, own)
        way = f", only {answer.order.way}" if answer.order else ""
        said.append(f"  {answer.name}: {len(cases)} classes of change and no other{way} ({found})")
        better += [answer.order.words()] if answer.order else []
    return [
        f"Pack {packs[0].name}, SHA-256 {packs[0].digest}", f"Amended: SHA-256 {packs[1].digest}",
        f"Claimed: how the amendment changes {len(answers)} answers, each class of change shown by",
        "  a case; no case changes them in any other way; read so:", *under(laws), *said,
        f"  {len(untouched)} answers consult nothing in which the laws differ, word for word",
        "Still trusted:", *[f"  {one}" for one in claims.TRUSTED],
        *[f"  what is better, of {one}" for one in better],
    ]  # fmt: skip

def under(laws: Laws) -> list[str]:
    one, other = [", ".join(f"{name} = {option}" for name, option in sorted(readings.items()))
                  or "however the text is read" for readings in laws.readings]  # fmt: skip
    return [f"  {one}"] if one == other else [f"  before: {one}", f"  after: {other}"]

def checked(pack: kernel.Pack, data: Any) -> list[str]:
    """Any certificate about one law."""
    if get(data, "kind") == "comparison":
        raise kernel.Refused("a comparison is about two laws: name the pack as amended too")
    return agreed.checked(pack, data) if data["kind"] == "pack" else claims.checked(pack, data)

def check(certificate: bytes, pack: bytes | kernel.Pack, amended: Any = None) -> list[str]:
    """What was claimed, what was checked, what remains trusted. Raises `kernel.Refused`. `amended`:
    the pack as amended, for a comparison."""
    if amended is None:
        return kernel.check(certificate, pack, checked)

    def of_two(before: kernel.Pack, data: Any) -> list[str]:
        need(get(data, "kind") == "comparison", "it is about one law: name no other")
        after = amended if isinstance(amended, kernel.Pack) else kernel.Pack(amended)
        after.steps = 0
        return compared((before, after), data)

    return kernel.check(certificate, pack, of_two)

if __name__ == "__main__":
    sys.exit(kernel.main(sys.argv[1:], check, "compared.py CERTIFICATE PACK [AMENDED]"))
