"""The certificate kernel: checks a decision without the software that made it.

    python kernel.py CERTIFICATE PACK

Both are JSON files: what is claimed with its evidence, and the regulation. Nothing but the standard
library is needed, and reading.py beside this file. Exit 0: the claim holds; 1: refused, with the
reason. Theorems are checked by claims.py, which needs this file.

A certificate lists some facts of a case; all others may be anything. The kernel reads the rules of
the pack itself and works out for each expression its *possibilities*: every value it may have and
every way it may fail, whatever is not listed. If those of the answer are the outcomes claimed and
no others, the claim holds. All rests on one property: an operator gives at least what the language
gives on any facts that fit. It may give more; then less is shown, but nothing that is false.
"""

import itertools
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date
from typing import Any

if __package__:
    from zhunsheng.certify.reading import *
else:  # alone, from any folder, and under -I
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        from reading import *  # type: ignore[import-not-found]
    except ImportError as missing:
        sys.exit(f"REFUSED: {missing.name}.py is missing: it has to stand beside this file")

# -- 6  meaning

def connect(parts: Iterable[Possible], decisive: bool) -> Possible:
    """`and` (False decides), `or` (True decides): a part that decides does, whatever others do."""
    decides, passes, unsure = SURELY[decisive], SURELY[not decisive], []
    for part in parts:
        if part == decides:
            return decides
        if part != passes:
            unsure.append(truth(part))
    if not unsure:
        return passes
    rest = [Possible(part.atoms - {decisive}, None, part.fails) for part in unsure]
    found = [decisive] if any(decisive in part.atoms for part in unsure) else []
    found += [not decisive] if pure(*rest) else []
    return Possible(frozenset(found), None, failing(*rest))

def of_one(kept: Possible, tested: Possible, decisive: bool) -> Possible:
    """One element of an `any` (kept and tested) or an `all` (not kept, or tested)."""
    passed = tested if True in kept.atoms else EMPTY
    skipped = of(not decisive) if False in kept.atoms else EMPTY
    unsure = Possible(tested.atoms & {not decisive}, None, tested.fails) if kept.fails else EMPTY
    both = failing(failure(*kept.fails), failure(*tested.fails)) if unsure.fails else frozenset()
    alone = kept.fails if decisive in tested.atoms else frozenset()
    return either(passed, skipped, Possible(unsure.atoms, None, both | alone))

def compared(op: str, a: Possible, b: Possible, order: dict[str, Any] | None) -> Possible:
    if op not in ("==", "!="):
        a, b = placed(a, order), placed(b, order)
    if not pure(a, b):
        return Possible(fails=failing(a, b))
    if op in ("==", "!="):
        equal, differ = alike(a, b)
        true, false = (equal, differ) if op == "==" else (differ, equal)
    else:
        swap = op in (">", ">=")
        (a0, a1), (b0, b1) = (b.span, a.span) if swap else (a.span, b.span)  # type: ignore[misc]
        true, false = (a0 < b1, a1 >= b0) if op in ("<", ">") else (a0 <= b1, a1 > b0)
    found = (UNSURE if false else TRUE) if true else FALSE  # one of the two is so
    return found._replace(fails=failing(a, b)) if a.fails or b.fails else found

def alike(a: Possible, b: Possible) -> tuple[bool, bool]:
    """Whether two things may be equal, and whether they may differ."""
    if a.span or b.span or ANY_TEXT in a.atoms or ANY_TEXT in b.atoms:
        equal = common(a, b).valued()
        return equal, not (equal and single(a) and single(b))
    equal = not a.atoms.isdisjoint(b.atoms)
    return equal, not (equal and len(a.atoms) == len(b.atoms) == 1)

def placed(part: Possible, order: dict[str, Any] | None) -> Possible:
    """A number or day; a value of an enumeration by its place in the list."""
    if order is None:
        return ordered(part)
    places = [list(order).index(atom) for atom in part.atoms if atom in order]
    special = Possible(frozenset([atom for atom in part.atoms if atom not in order]))
    return either(ordered(special), *[span(n, n) for n in places], Possible(fails=part.fails))

def in_one_piece(arg: Possible) -> bool:
    """Whether an argument is one thing as it stands: it cannot fail, nor be a special value."""
    if arg.fails or len(arg.atoms) + (arg.span is not None) != 1:
        return False
    return not any(isinstance(atom, tuple) and len(atom) == 1 for atom in arg.atoms)

def calculated(op: str, a: Possible, b: Possible) -> Possible:
    a, b = ordered(a), ordered(b)
    if a.span is None or b.span is None:
        return Possible(fails=failing(a, b))
    (a0, a1), (b0, b1) = a.span, b.span
    ends = {"+": [a0 + b0, a1 + b1], "-": [a0 - b1, a1 - b0],
            "*": [a0 * b0, a0 * b1, a1 * b0, a1 * b1]}[op]  # fmt: skip
    return Possible(frozenset(), (min(ends), max(ends)), failing(a, b))

def shifted(pack: Pack, op: str, day: Possible, period: Possible) -> Possible:
    day, sign = ordered(day), 1 if op == "+" else -1
    found = [Possible(fails=failing(day, period))]
    for _, *units in period.atoms if day.span else ():
        by = (sign * units[0], sign * units[1], sign * units[2])
        found.append(within(pack, *[moved(end, by) for end in day.span or ()]))
    return either(*found)

def applied(pack: Pack, name: str, args: list[Possible], table: str) -> Possible:
    """The built-in functions. Later days and greater numbers never give less."""
    args = [ordered(arg) for arg in args]
    if not pure(*args):
        return Possible(fails=failing(*args))
    lows, highs = [[arg.span[end] for arg in args if arg.span] for end in (0, 1)]
    match name:
        case "min":
            found = span(min(lows), min(highs))
        case "max":
            found = span(max(lows), max(highs))
        case "year":
            found = span(*[date.fromordinal(day).year for day in (lows[0], highs[0])])
        case "date":
            first, last = max(lows[0], 1), min(highs[0], MAXYEAR)
            if first > last or not (1 <= lows[1] <= 12 and lows[2] >= 1):
                return failure(*failing(*args), NO_DATA)
            found = within(pack, *[last_at_most(y, lows[1], lows[2]) for y in (first, last)])
            if (first, last) != (lows[0], highs[0]):
                found = either(found, failure(NO_DATA))
        case _:
            found = worked(pack, name, lows[0], highs[0], lows[-1], table)
    return either(found, Possible(fails=failing(*args)))

def worked(pack: Pack, name: str, a: int, b: int, number: int, table: str) -> Possible:
    """The functions of working days, for the days from a to b; coarsely where these are many."""
    if b - a > 40:
        days = Possible(frozenset(), (a, date.max.toordinal()), frozenset([NO_DATA]))
        return days if name == "workdays_after" else of(True, False)._replace(fails=days.fails)
    found = []
    for day in range(a, b + 1):
        if name == "is_workday":
            known = workday(pack, table, day)
            found.append(failure(NO_DATA) if known is None else of(known))
        else:
            after = workdays_after(pack, table, day, number)
            found.append(failure(NO_DATA) if after is None else span(after, after))
    return either(*found)

Env = dict[str, Possible]
Settled = tuple[Possible, list[tuple[str, list[str]]]]

class World:
    """What is said of a case. Facts, readings and choices not spoken of may be anything.

    `varied`: what is said otherwise in other leaves of a split; `shared`: what definitions came to
    that looked at no choice and at nothing that is varied, which they come to in each of them."""

    def __init__(self, pack: Pack, atoms: list[Any], varied: frozenset[Any] = frozenset(),
                 shared: dict[Any, Settled] | None = None) -> None:  # fmt: skip
        self.varied, self.shared = varied, {} if shared is None else shared
        self.pack, self.known = pack, {}  # type: Pack, dict[tuple[Any, ...], Possible]
        self.listed: dict[str, set[int]] = {name: set() for name in pack.collections}
        self.complete: dict[str, int] = {}
        self.readings: dict[str, Possible] = {}
        self.choices: dict[str, Possible] = {}
        self.supposed: dict[str, Possible] = {}
        self.looked = False  # whether a choice was looked at, since this was last cleared
        self.met = False  # whether something varied was
        self.settled: dict[Any, dict[Any, Settled]] = {}
        self.active: list[str] = []
        for atom in atoms:
            tell(self, atom)
        for name, number in self.complete.items():
            need(self.listed[name] <= set(range(number)), f"{name!r} holds more than it is said to")
            self.listed[name] = set(range(number))

    def value(self, expr: Any, env: Env) -> Possible:
        """What an expression may come to; `env` holds what its variables may be."""
        self.pack.steps += 1  # as `spend` does, which would take longer
        if self.pack.steps > STEPS:
            self.pack.spend()
        match expr:
            case ["var", name]:
                return env[name]
            case ["const", known]:
                return known  # type: ignore[no-any-return]
            case ["compare", op, a, b, order]:
                return compared(op, self.value(a, env), self.value(b, env), order)
            case ["call", name, args]:
                return self.call(name, [self.value(arg, env) for arg in args])
            case ["connect", decisive, parts]:
                return connect((self.value(part, env) for part in parts), decisive)
            case ["not" | "if", *_]:
                return self.logical(expr, env)
            case ["field", record, name, domain]:
                return self.inside(self.value(record, env), of(name), domain)
            case ["pick", table, key, domain]:
                return self.inside(self.value(table, env), self.value(key, env), domain)
            case ["reading", name]:
                self.met = self.met or ("reading", name) in self.varied
                return self.readings.get(name) or of(*self.pack.enums[f"reading {name}"])
            case ["choice", name]:
                return self.choice(name)
            case ["arith", op, a, b]:
                return calculated(op, self.value(a, env), self.value(b, env))
            case ["shift", op, a, b]:
                return shifted(self.pack, op, self.value(a, env), self.value(b, env))
            case ["function", name, args, table]:
                return applied(self.pack, name, [self.value(arg, env) for arg in args], table)
            case _:
                return self.aggregate(expr, env)

    def logical(self, expr: Any, env: Env) -> Possible:
        match expr:
            case ["not", part]:
                denied = truth(self.value(part, env))
                return Possible(frozenset([not a for a in denied.atoms]), None, denied.fails)
            case ["if", test, then, other]:
                kept = truth(self.value(test, env))
                taken = [p for v, p in ((True, then), (False, other)) if v in kept.atoms]
                return either(Possible(fails=kept.fails), *[self.value(p, env) for p in taken])
        raise Refused("an expression of a form unknown here")

    def inside(self, holder: Possible, name: Possible, domain: Possible) -> Possible:
        """A field of a record or element, an entry of a table. Without a domain: a table itself."""
        fails = failing(holder, name)
        found = [Possible(fails=fails)] if fails else []
        for ref, key in itertools.product(holder.atoms, name.atoms):
            path = (*ref, key)
            self.met = self.met or path in self.varied
            known = of(path) if domain == EMPTY else self.known.get(path, domain)
            found.append(known if len(ref) > 1 or ref == ("@",) else failure(SAYS_NOTHING))
        return either(*found)

    def tuples(self, binders: Any, env: Env) -> Iterator[tuple[Env, bool]]:
        """Each combination of elements, and whether it stands for others that there may be, any
        number of them or none: an open list has one more element, of which nothing is known."""
        ranges: list[list[tuple[Any, bool]]] = []
        for _, over, is_list in binders:
            if is_list:
                known = [(("@", over, index), False) for index in sorted(self.listed[over])]
                ranges.append(known + [(("@", over, -1), True)] * (over not in self.complete))
            else:
                ranges.append([(name, False) for name in self.pack.enums[over]])
        for chosen in itertools.product(*ranges):
            self.pack.spend()
            inner = {var: of(atom) for (var, _, _), (atom, _) in zip(binders, chosen, strict=True)}
            yield {**env, **inner}, any(open_ for _, open_ in chosen)

    def aggregate(self, expr: Any, env: Env) -> Possible:
        match expr:
            case ["any" | "all" as kind, binders, where, body]:
                decisive = kind == "any"
                return connect(self.tested(binders, where, body, decisive, env), decisive)
            case ["count", binders, where]:
                rows, outcome = self.rows(binders, where, [], env)
                most = MANY if any(many for _, many, _ in rows) else len(rows)
                number = span(sum([sure for sure, _, _ in rows]), most)
                return (number if outcome.valued() else EMPTY)._replace(fails=outcome.fails)
            case ["best", word, binders, where, key, body, default]:
                rows, outcome = self.rows(binders, where, [key, body] if body else [key], env)
                found = [Possible(fails=outcome.fails)]
                if outcome.valued() and not any(sure for sure, _, _ in rows):
                    found.append(self.value(default, env) if default else failure(GAP))
                if outcome.valued() and rows:
                    found.append(best(self.pack, word, rows))
                return either(*found)
        raise Refused("an expression of a form unknown here")

    def tested(self, binders: Any, where: Any, body: Any, decisive: bool,
               env: Env) -> Iterator[Possible]:  # fmt: skip
        """What each combination comes to that may be kept by an `any` or an `all`."""
        for inner, open_ in self.tuples(binders, env):
            kept = truth(self.value(where, inner))
            if kept != FALSE:
                one = of_one(kept, truth(self.value(body, inner)), decisive)
                yield either(one, SURELY[not decisive]) if open_ else one

    def rows(self, binders: Any, where: Any, wanted: list[Any], env: Env) -> tuple[Any, Possible]:
        """(surely there, stands for many, its values) for each combination that may be kept; and
        whether all may do without failing, with the failures. The first of `wanted` is ordered."""
        found, parts = [], []
        for inner, many in self.tuples(binders, env):
            kept = truth(self.value(where, inner))
            values = [self.value(w, inner) for w in wanted] if True in kept.atoms else []
            values[:1] = [ordered(value) for value in values[:1]]
            absent = many or False in kept.atoms
            there = True in kept.atoms and pure(*values)
            fails = kept.fails | failing(*values)
            parts.append(Possible(frozenset([True] if there or absent else []), None, fails))
            if there:
                found.append((not absent, many, values))
        outcome = Possible(frozenset([True] if pure(*parts) else []), None, failing(*parts))
        return found, outcome

    def call(self, name: str, args: list[Possible]) -> Possible:
        """A definition. Where its arguments may be several things, each is looked at by itself."""
        if all(map(in_one_piece, args)):
            return self.settle(name, args)[0]
        wanted, fails = self.pack.signature(name)[0], failing(*args)
        ways: list[list[Possible]] = []
        for arg, (_, type_) in zip(args, wanted, strict=True):
            kept = [atom for atom in arg.atoms if not (
                isinstance(atom, tuple) and len(atom) == 1 and atom[0] not in type_.special)]
            fails |= {SAYS_NOTHING} if len(kept) < len(arg.atoms) else set()
            number_or_day = [Possible(span=arg.span)] if arg.span is not None else []
            ways.append([of(atom) for atom in kept] + number_or_day)
        number = 1
        for pieces in ways:
            number *= len(pieces)
        if number > APART:
            ways = [[either(*pieces)] for pieces in ways]
        found = [self.settle(name, list(chosen))[0] for chosen in itertools.product(*ways)]
        return either(Possible(fails=fails), *found) if fails else either(*found)

# -- 7  rules

    def settle(self, name: str, args: list[Possible]) -> Settled:
        """What a definition may come to, and of each rule `fired` or `defeated` (and by which) if
        that is sure. What no choice had a part in is the same whatever is supposed."""
        key = (name, *args)
        if key in self.shared:
            return self.shared[key]
        found = self.settled.setdefault(key, {})  # by what is supposed; None: it did not matter
        under = None if None in found else tuple(sorted(self.supposed.items()))
        if under not in found:
            return self.worked_out(key, found, under)
        self.looked, self.met = self.looked or under is not None, True
        return found[under]

    def worked_out(self, key: Any, found: dict[Any, Settled], under: Any) -> Settled:
        """The same, as its rules have it, and kept as far as it goes."""
        name, *args = key
        need(name not in self.active, f"the definition {name!r} calls itself")
        need(len(self.active) < 60, "definitions call each other more than 60 deep")
        self.active.append(name)
        before, self.looked, self.met = (self.looked, self.met), False, False
        outcome = self.ruled(name, args)
        if self.looked or self.met:
            found[under if self.looked else None] = outcome
        else:
            self.shared[key] = outcome
        self.looked, self.met = before[0] or self.looked, before[1] or self.met
        self.active.pop()
        return outcome

    def ruled(self, name: str, args: list[Possible]) -> Settled:
        """A rule speaks if it holds and no holding rule overrides it. One whose condition fails,
        and that none overrides, fails the definition; so do two that speak and differ."""
        (rules, other), parameters = self.pack.definition(name), self.pack.signature(name)[0]
        env = {var: arg for (var, _), arg in zip(parameters, args, strict=True)}
        when = {rule.name: truth(self.value(rule.when, env)) for rule in rules}
        speaking: list[tuple[Rule, bool, Possible]] = []  # with whether it may be silent
        statuses: list[tuple[str, list[str]]] = []
        for rule in rules:
            condition, said = when[rule.name], EMPTY
            if condition == FALSE:  # it is silent, whatever else holds
                statuses.append(("", []))
                continue
            over = [one.name for one in rules if rule.name in one.overrides]
            by = [one for one in over if when[one] == TRUE]
            if not by:
                said = self.value(rule.value, env) if True in condition.atoms else EMPTY
                said = either(said, Possible(fails=condition.fails))
            unsure = any(True in when[one].atoms for one in over)
            speaking.append((rule, bool(by) or unsure or False in condition.atoms, said))
            fired = "fired" if condition == TRUE and not unsure else ""
            statuses.append(("defeated" if by and False not in condition.atoms else fired, by))
        found = [together(speaking)] if speaking else []
        if all(False in condition.atoms for condition in when.values()):
            found.append(self.value(other, env) if other else failure(GAP))
        outcome = either(*found)
        if SAYS_NOTHING in outcome.fails:
            outcome = outcome._replace(fails=outcome.fails - {SAYS_NOTHING})
        need(outcome.valued() or outcome.fails, f"{name!r} comes to nothing: an ill-typed pack")
        return outcome, statuses

    def lawful(self, name: str) -> list[tuple[Any, Possible]]:
        """Each value that may be chosen, and whether that would be lawful."""
        before, found, tree = self.supposed, [], self.pack.discretion(name)[0]
        for value in self.pack.choosable(self.pack.choice_type(name)):
            self.supposed = {**before, name: of(value)}
            found.append((value, truth(self.value(tree, {}))))
        self.supposed = before
        return found

    def choice(self, name: str) -> Possible:
        """What is chosen, lawfully; where nothing is lawful, what the pack says of that."""
        self.looked = True
        if name in self.supposed:
            return self.supposed[name]
        tried, other = self.lawful(name), self.pack.discretion(name)[1]
        may = of(*[value for value, lawful in tried if True in lawful.atoms])
        found = [self.choices.get(name, may) if may.atoms else EMPTY]
        if not any(lawful == TRUE for _, lawful in tried):
            found.append(self.value(other, {}) if other else failure(GAP))
        return either(*found)

def best(pack: Pack, word: str, rows: Any) -> Possible:
    """The least or greatest of the first values; with second values, that of the best row: several
    of one key that may differ are a conflict."""
    sure = [values[0].span for is_sure, _, values in rows if is_sure]
    every = [values[0].span for _, _, values in rows]
    lows, highs = zip(*every, strict=True)
    sure_lows, sure_highs = zip(*(sure or every), strict=True)
    if word == "max":
        least, greatest = max(sure_lows) if sure else min(lows), max(highs)
    else:
        least, greatest = min(lows), min(sure_highs) if sure else max(highs)
    if len(rows[0][2]) == 1:
        return span(least, greatest)
    near = [r for r in rows if common(r[2][0], span(least, greatest)).valued()]
    winners = [v for is_sure, many, v in near if is_sure and (
        v[0].span[0] >= greatest if word == "max" else v[0].span[1] <= least)]  # fmt: skip
    clash = any(many and not single(v[1]) for _, many, v in near)
    for (_, _, v), (_, _, w) in itertools.combinations(near, 2):
        pack.spend()
        clash = clash or (common(v[0], w[0]).valued() and not same(v[1], w[1]))
    value = agreed(either(*[v[1] for _, _, v in near]), [v[1] for v in winners])
    return Possible(value.atoms, value.span, frozenset([CONFLICT] if clash else []))

def together(speaking: list[tuple[Rule, bool, Possible]]) -> Possible:
    """What rules come to that speak side by side."""
    if len(speaking) == 1:
        return speaking[0][2]
    parts = [either(said, TRUE if silent else EMPTY) for _, silent, said in speaking]
    loud = [(rule, said) for rule, _, said in speaking if said.valued()]
    found = Possible(fails=failing(*parts))
    if pure(*parts) and loud:
        sure = [said for _, silent, said in speaking if not silent]
        found = either(found, agreed(either(*[said for _, said in loud]), sure))
    for (rule, a), (other, b) in itertools.combinations(loud, 2):
        apart = rule.name not in other.overrides and other.name not in rule.overrides
        if apart and not same(a, b):
            found = either(found, failure(CONFLICT))
    return found

# -- 8  claims

KINDS = ("decision", "open decision")
PATH = re.compile(r"(\w+)(?:\[(0|[1-9][0-9]{0,3})\])?((?:\.\w+){0,2})")
TRUSTED = (
    "this kernel, and the Python that runs it",
    "that the pack restates the regulation rightly, and that the digest named is the pack meant",
    "that the facts are as the certificate lists them, and that no list is longer than it says",
)

def symbol_of(data: Any) -> tuple[str, str]:
    """`fact`, `reading` or `choice`, and its path or name."""
    found = [(key, get(data, key)) for key in ("fact", "reading", "choice") if key in data]
    need(len(found) == 1 and set(data) <= {found[0][0], "is"}, f"{data} speaks of no one thing")
    return found[0]

def tell(world: World, atom: Any) -> None:
    """Adds one atom of a case: `{"fact": path, "is": value}`, or so of a reading or a choice. Of a
    list the value is how many elements it holds, of one of them, or a record, it is `present`."""
    (kind, name), said, pack = symbol_of(atom), atom["is"], world.pack
    if kind != "fact":
        place = world.readings if kind == "reading" else world.choices
        fits = said in [written(one) for one in free(pack, kind, name)] and name not in place
        need(fits, f"{kind} {name!r} is given twice, or cannot be {said!r}")
        place[name] = pack.value(symbol_type(pack, kind, name), said)
        return None
    here, type_, domain = locate(world, name)
    if type_ is None and len(here) == 2:
        need(type(said) is int and 0 <= said <= MOST["elements"], f"{name!r}: how many?")
        return need(world.complete.setdefault(here[1], said) == said, f"{name!r}: how many?")
    if type_ is None:
        return need(said == "present", f"{name!r} is `present`, or not spoken of")
    record = type_.base.startswith("record ") and said in ("none", "present")
    value = of(("none",) if said == "none" else here) if record else pack.value(type_, said)
    need(common(value, domain).valued(), f"{name!r} cannot be {said!r}")
    need(world.known.setdefault(here, value) == value, f"{name!r} is stated twice")

def locate(world: World, path: str) -> tuple[tuple[Any, ...], Type | None, Possible]:
    """Where a fact is kept, with its type and domain (no type: a list, or an element of one). That
    an element or a record is spoken of says that it is there."""
    pack, shape = world.pack, PATH.fullmatch(path)
    name, index, rest = shape.groups() if shape else ("", None, "")
    here: tuple[Any, ...] = ("@",)
    fields, found, domain = [name, *rest.split(".")[1:]], Type(""), EMPTY
    if name in pack.collections:
        here, fields = ("@", name) if index is None else ("@", name, int(index)), fields[1:]
        found = Type(get(pack.collections[name], "element"))
        world.listed[name].update([] if index is None else [int(index)])
        if not fields:
            return here, None, EMPTY
    need((name in pack.collections) == (index is not None), f"there is no fact {path!r}")
    for field in fields:
        if found.base.startswith("record "):
            need(world.known.setdefault(here, of(here)) == of(here), f"{here[1]!r} is none")
        known = pack.enums.get(found.keyed, pack.facts.get(found.base, {}))
        need(field in known, f"there is no fact {path!r}")
        found, domain = (found._replace(keyed=""), domain) if found.keyed else known[field]
        here = (*here, field)
    need(not found.keyed, f"{path!r} is a table: state its entries")
    return here, found, domain

def is_there(world: World, path: str) -> bool:
    """Whether that of which this is a fact is surely there: the element, the record. To state a
    fact of it says so."""
    said, facts = World(world.pack, []), world.pack.facts[""]
    locate(said, path)
    sure = [known == world.known.get(here, facts[here[1]][1] if len(here) == 2 else EMPTY)
            for here, known in said.known.items()]  # fmt: skip
    return all(sure) and all(each <= world.listed[name] for name, each in said.listed.items())

def symbol_type(pack: Pack, kind: str, name: str) -> Type:
    known = pack.readings if kind == "reading" else pack.discretions
    need(name in known, f"the pack has no {kind} {name!r}")
    return Type(f"reading {name}") if kind == "reading" else pack.choice_type(name)

def free(pack: Pack, kind: str, name: str) -> list[Any]:
    """All that a reading, a choice, or an unlisted fact may be, if that can be listed."""
    if kind != "fact":
        return pack.choosable(symbol_type(pack, kind, name))
    domain = locate(World(pack, []), name)[2]
    need(domain.atoms and not domain.span and ANY_TEXT not in domain.atoms, f"{name!r}: too many")
    return sorted(domain.atoms, key=str)

def written(value: Any) -> str:
    if isinstance(value, tuple):
        return "present" if value[0] == "@" else str(value[0])
    return str(value).lower() if isinstance(value, bool) else str(value)

def ways(pack: Pack, symbol: Any) -> list[Any]:
    """The atoms of every way in which a symbol may go."""
    return [{**symbol, "is": written(value)} for value in free(pack, *symbol_of(symbol))]

def can_split(world: World, split: list[Any]) -> None:
    """Each way says what a fact is: that it is one has to be said before, or split before."""
    records: set[str] = set()
    for kind, name in map(symbol_of, split):
        there = kind != "fact" or record_of(name) in records or is_there(world, name)
        need(there, f"{name!r}: it is not said to be there")
        records |= {f"{name}."} if kind == "fact" else set()

def record_of(path: str) -> str:
    """The record whose field a fact is, with a point; only a point where it is of none."""
    return f"{path.rpartition('.')[0]}."

def leaves(pack: Pack, split: list[Any]) -> list[list[Any]]:
    """The ways in which the symbols of a split may go together. Where a record is none, there is
    nothing to be said of its fields."""
    found: list[list[Any]] = [[]]
    for symbol in split:
        kind, name = symbol_of(symbol)
        each, none = ways(pack, symbol), {"fact": record_of(name)[:-1], "is": "none"}
        found = [[*leaf, *more] for leaf in found
                 for more in ([[]] if kind == "fact" and none in leaf else [[w] for w in each])]
        need(len(found) <= LEAVES, f"a split has more than {LEAVES} leaves")
    return found

def worlds_of(pack: Pack, atoms: list[Any], split: list[Any]) -> Iterator[World]:
    """What is said, in every way in which the symbols of a split may go, the choices lawful."""
    can_split(World(pack, atoms), split)
    varied, shared = frozenset(spoken_of(pack, split)), {}  # type: frozenset[Any], dict[Any, Any]
    for chosen in leaves(pack, split):
        world = World(pack, [*atoms, *chosen], varied, shared)
        if choices_stand(world):
            yield world

def spoken_of(pack: Pack, split: list[Any]) -> Iterator[Any]:
    """All of which a leaf says something: of a field also that its record or element is there."""
    for kind, name in map(symbol_of, split):
        here = locate(World(pack, []), name)[0] if kind == "fact" else ()
        yield from [here[:n] for n in range(2, len(here) + 1)] or [(kind, name)]

def choices_stand(world: World) -> bool:
    """Whether each choice stated may be lawful, or none may be surely lawful."""
    for name, chosen in world.choices.items():
        tried = world.lawful(name)
        stands = any(True in lawful.atoms for value, lawful in tried if of(value) == chosen)
        if not stands and any(lawful == TRUE for _, lawful in tried):
            return False
    return True

def choices_surely_stand(world: World) -> bool:
    """Whether each choice stated is surely lawful, or none can be."""
    for name, chosen in world.choices.items():
        tried = world.lawful(name)
        stands = any(lawful == TRUE for value, lawful in tried if of(value) == chosen)
        if not stands and any(True in lawful.atoms for _, lawful in tried):
            return False
    return True

class Asked:
    """The answer a claim is about."""

    def __init__(self, pack: Pack, claim: Any) -> None:
        self.pack, self.name, self.given = pack, get(claim, "definition"), get(claim, "args", list)
        self.parameters, self.type = pack.signature(self.name)
        need(len(self.given) == len(self.parameters), f"{self.name!r} has other arguments")

    def args(self, world: World) -> list[Possible]:
        """A value, or an element as `violations[0]`."""
        found = []
        for given, (_, type_) in zip(self.given, self.parameters, strict=True):
            if type_.base in self.pack.elements:
                name, _, index = given.removesuffix("]").partition("[")
                known = int(index) in world.listed[name] and self.pack.elements[type_.base]["name"]
                need(known == name, f"{given!r} is no {type_.base} of the case")
                found.append(of(("@", name, int(index))))
            else:
                found.append(self.pack.value(type_, given))
        return found

    def settled(self, world: World) -> tuple[Possible, Any]:
        return world.settle(self.name, self.args(world))

    def ends(self, outcome: Any) -> list[Possible]:
        """The least and the greatest of an outcome: one where it is one value, or a failure."""
        if "failure" in outcome:
            only(outcome, "failure")
            return [failure(FAILURES[get(outcome, "failure")])]
        keys = ["from", "to"] if "from" in outcome else ["value"]
        only(outcome, *keys)
        return [self.pack.value(self.type, outcome[key]) for key in keys]

    def covers(self, found: Possible, outcomes: list[Any]) -> bool:
        """Whether nothing is found that is not claimed."""
        claimed = [either(*self.ends(one)) for one in outcomes]
        whole, here = either(*claimed), found.span
        fits = [s for _, s, _ in claimed if s and here and s[0] <= here[0] and here[1] <= s[1]]
        return found.atoms <= whole.atoms and found.fails <= whole.fails and bool(fits or not here)

    def words(self, found: Possible) -> str:
        said = [word for word, rank in FAILURES.items() if rank in found.fails]
        said += [str(atom[0] if isinstance(atom, tuple) else atom) for atom in found.atoms]
        day = self.type.base == "day"
        ends = [date.fromordinal(n).isoformat() if day else str(n) for n in found.span or ()]
        return ", ".join(sorted(said + [" to ".join(ends)] * bool(ends)))

def rule_stands(world: World, claim: Any) -> None:
    only(claim, "definition", "args", "rule", "status", "by")
    asked, name, status = Asked(world.pack, claim), get(claim, "rule"), get(claim, "status")
    rules, statuses = world.pack.definition(asked.name)[0], asked.settled(world)[1]
    found = [s for rule, s in zip(rules, statuses, strict=True) if rule.name == name]
    right = found and found[0][0] == status and set(get(claim, "by", list, [])) <= set(found[0][1])
    need(status and right, f"the rule {name!r} is not shown to have {status}")

def shows(pack: Pack, asked: Asked, point: Possible, atoms: list[Any], case: Any) -> None:
    """A case that has what the claim lists, is possible, lawful, and comes to this outcome."""
    only(case, "atoms")
    mine = get(case, "atoms", list)
    need(all(atom in mine for atom in atoms), "a case lacks what the claim lists")
    world = World(pack, mine)
    need(choices_surely_stand(world), "a case states an unlawful choice")
    for name, one in pack.assumptions.items():
        binders, tree = pack.assumption(name)
        for inner, _ in world.tuples(binders, {}):
            apart = "apart" not in one or len(set(inner.values())) == len(binders)
            kept = not apart or False not in world.value(tree, inner).atoms
            need(kept, f"a case is not shown to satisfy {name!r}")
    for name, one in pack.collections.items():
        keys = [world.known.get(("@", name, i, one.get("key"))) for i in world.listed[name]]
        told = [key for key in keys if key is not None]
        need(len(set(told)) == len(told), f"two of {name!r} in a case have one name")
        field = pack.facts[get(one, "element")].get(one.get("key"), (Type(""), of(ANY_TEXT)))
        any_name = ANY_TEXT in field[1].atoms  # of names as many as are wanted can be thought of
        need(any_name or len(told) == len(keys), f"a name of {name!r} in a case is left out")
    found = asked.settled(world)[0]
    only_fails = found.fails and not found.valued()
    found = failure(max(found.fails)) if only_fails else found
    need(found == point, f"a case may come to {asked.words(found)}")

def about(pack: Pack, data: Any) -> str:
    """The kind of claim, if it is one about this pack."""
    only(data, "format", "kind", "pack", "claim", "evidence", "trusted", "made_by")
    need(get(data, "format", int) == 1, "the certificate is not of format 1")
    meant = {"id": pack.name, "digest": pack.digest}
    need(get(data, "pack", dict) == meant, "it is about another pack")
    return str(get(data, "kind"))

def checked(pack: Pack, data: Any) -> list[str]:
    kind = about(pack, data)
    need(kind in KINDS, f"a claim of the kind {kind!r} is checked by claims.py, if it is one")
    claim, evidence = get(data, "claim", dict), get(data, "evidence", dict)
    only(claim, "answer", "definition", "args", "atoms", "outcomes")
    need("lrat" not in evidence, "a decision that rests on a proof is checked by claims.py")
    only(evidence, "split", "rules", "cases")
    atoms, outcomes = get(claim, "atoms", list), get(claim, "outcomes", list)
    need(len(outcomes) == 1 if kind == "decision" else len(outcomes) > 1, "outcomes: how many?")
    need(kind != "decision" or "from" not in outcomes[0], "a decision comes to one value")
    split, rules, cases = [get(evidence, key, list, []) for key in ("split", "rules", "cases")]
    asked, looked_at = Asked(pack, claim), 0
    for world in worlds_of(pack, atoms, split):
        looked_at += 1
        found = asked.settled(world)[0]
        need(asked.covers(found, outcomes), f"possible, and not claimed: {asked.words(found)}")
        for rule in rules:
            rule_stands(world, rule)
    need(looked_at, "the choice stated is not lawful")
    points = [point for one in outcomes for point in asked.ends(one)] if kind != "decision" else []
    need(len(cases) == len(points), "an open decision has one case for each outcome, and no more")
    for point, case in zip(points, cases, strict=True):
        shows(pack, asked, point, atoms, case)
    by = [f"Checked: nothing else is possible ({looked_at} ways looked at); how {len(rules)} rules",
          f"  stand; {len(cases)} complete cases"]  # fmt: skip
    return said(pack, asked, claim, by, TRUSTED)

def said(pack: Pack, asked: Asked, claim: Any, by: list[str], trusted: Any) -> list[str]:
    """A decision in words."""
    outcomes = get(claim, "outcomes", list)
    words = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in outcomes]
    return [
        f"Pack {pack.name}, SHA-256 {pack.digest}",
        f"Claimed: {get(claim, 'answer')}, which is {asked.name} at {asked.given}, comes to",
        f"  {' or '.join(words)}, whatever else may be true, from:",
        *[f"  {' '.join(symbol_of(atom))} = {atom['is']}" for atom in get(claim, "atoms", list)],
        *by, "Still trusted:", *[f"  {one}" for one in trusted],
    ]  # fmt: skip

def check(certificate: bytes, pack: bytes | Pack, by: Any = checked) -> list[str]:
    """What was claimed, what was checked, what remains trusted. Raises `Refused`."""
    try:
        loaded = pack if isinstance(pack, Pack) else Pack(pack)
        loaded.steps = 0
        return by(loaded, decoded(certificate, "certificate"))  # type: ignore[no-any-return]
    except (RecursionError, MemoryError):
        raise Refused("it is nested too deep, or too large") from None
    except (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError) as e:
        raise Refused(f"a file is not of the form wanted ({type(e).__name__})") from None

def main(arguments: list[str], by: Any = check, usage: str = "kernel.py CERTIFICATE PACK") -> int:
    sys.setrecursionlimit(5000)
    try:
        fits = len(arguments) == 2 or (len(arguments) == 3 and "[" in usage)
        need(fits, f"usage: python {usage}")
        files = []
        for path, what in zip(arguments, ("certificate", "pack", "pack"), strict=False):
            with open(path, "rb") as file:
                files.append(file.read(LARGEST[what] + 1))
        lines, code = ["HOLDS", *by(*files)], 0
    except (Refused, OSError, ValueError) as reason:
        lines, code = [f"REFUSED: {reason}"], 1
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
    return code

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
