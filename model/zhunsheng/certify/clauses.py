"""Rules as clauses: the part of the certificate kernel that claims about all cases rest on.

An expression becomes what it may come to, each outcome under a condition; a condition is a literal
of a circuit of and-gates. Each gate is three clauses, which define it; what is asserted, a clause
more each. That they cannot all hold is shown by a proof (LRAT, by unit propagation only), which is
replayed. A single case is the same thing with every fact known: then all conditions fold to true
or false. Nothing but the standard library is needed, and reading.py, kernel.py and tables.py beside
this file.
"""

import base64
import itertools
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

if __package__:
    from zhunsheng.certify import kernel, tables
else:  # alone, from any folder, and under -I
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        import kernel  # type: ignore[no-redef,import-not-found]
        import tables  # type: ignore[no-redef,import-not-found]
    except ImportError as missing:
        sys.exit(f"REFUSED: {missing.name}.py is missing: it has to stand beside this file")

get, need, only = kernel.get, kernel.need, kernel.only
MOST = {"gates": 3_000_000, "proof": 20_000_000, "visits": 30_000_000, "names": 1000, "numbers": 6}
FALSE, TRUE = 0, 1
Bits = tuple[int, ...]  # a whole number, two's complement, the least bit first, the last the sign

# -- 1  the circuit

class Circuit:
    """And-gates. Node n is an input, or the conjunction of two literals of earlier nodes. A literal
    is 2n, or 2n + 1 where negated; node 0 is false. A gate can so be given its value in every case:
    nothing is impossible because of gates."""

    def __init__(self) -> None:
        self.gates: list[tuple[int, int] | None] = [None]
        self.labels = [0]  # what a node depends on, as a set of bits: see `Bound`
        self.known: dict[tuple[int, int], int] = {}
        self.telling = False  # whether what excludes each other is told apart, which `Settled` does
        self.things: list[int] = []  # of each, the ways it may go, as a set of bits (`apart`)
        self.ways: dict[int, tuple[int, int]] = {}  # a thing, and those that a literal leaves it
        self.going: dict[tuple[int, int] | None, int] = {}  # and back
        self.limits: dict[Bits, tuple[int, int]] = {}  # of numbers, by what is asserted of them
        self.images: dict[Bits, tuple[Any, Bits]] = {}  # what a rising function makes of others
        self.looked: dict[tuple[Any, Bits], tuple[int, Bits]] = {}  # what tables have for numbers
        self.sums: dict[Bits, tuple[Bits, int, int]] = {}  # another number, and what is added to it

    def input(self, label: int = 0) -> int:
        if len(self.gates) >= MOST["gates"]:
            raise kernel.Refused("the claim needs too many clauses")
        self.gates.append(None)
        self.labels.append(label)
        return 2 * len(self.gates) - 2

    def both(self, a: int, b: int) -> int:
        if a > b:
            a, b = b, a
        if a < 2:
            return b if a else FALSE
        found = self.known.get((a, b))
        if found is None:
            found = self.known[a, b] = self.conjunction(a, b)
        return found

    def conjunction(self, a: int, b: int) -> int:
        """A literal that stands for it already, or that of a new gate."""
        if a ^ b < 2:
            return a if a == b else FALSE
        both = self.together(a, b) if a in self.ways and b in self.ways else None
        if both in self.going:
            return self.going[both]
        for one, other in ((a, b), (b, a)):
            inside = self.gates[other >> 1]
            if inside is None:
                continue
            if other & 1:
                if one ^ 1 in inside:
                    return one
            elif one in inside or one ^ 1 in inside:
                return other if one in inside else FALSE
        literal = self.input(self.labels[a >> 1] | self.labels[b >> 1])
        self.gates[-1] = (a, b)
        if both:
            self.goes(literal, *both)
        return literal

    def together(self, a: int, b: int) -> tuple[int, int] | None:
        """The thing that two literals speak of, and the ways both leave it; None: there is none."""
        (thing, ways), (other, more) = self.ways[a], self.ways[b]
        return (thing, ways & more) if thing == other else None

    def goes(self, literal: int, thing: int, ways: int) -> None:
        """Notes that a literal holds just where a thing goes one of these ways."""
        for one, some in ((literal, ways), (literal ^ 1, self.things[thing] ^ ways)):
            self.ways.setdefault(one, (thing, some))
            self.going.setdefault((thing, some), one)

    def apart(self, conditions: Iterable[int]) -> list[int]:
        """These, each only where none before it holds: the ways that one thing may go, one way at
        most, by what the gates are. Where this is `telling`, what is said of the thing later is a
        set of its ways, and found again as such; so two sets that have none in common are false
        together, without a proof."""
        rest, found = [TRUE], []
        for condition in conditions:
            found.append(self.both(rest[-1], condition))
            rest.append(self.both(rest[-1], condition ^ 1))
        ways, thing = (1 << len(found)) - 1 | (rest[-1] != FALSE) << len(found), len(self.things)
        if self.telling:
            self.things.append(ways)
            self.going |= {(thing, 0): FALSE, (thing, ways): TRUE}
            for n, condition in enumerate(found):
                self.goes(condition, thing, 1 << n)
                self.goes(rest[n + 1], thing, ways >> (n + 1) << (n + 1))
        return found

    def every(self, literals: Iterable[int]) -> int:
        each = {TRUE, *literals}
        if FALSE in each or len(each) < 3:
            return FALSE if FALSE in each else max(each)
        _, found, *rest = sorted(each)
        for literal in rest:
            found = self.both(found, literal)
        return found

    def some(self, literals: Iterable[int]) -> int:
        return self.every([literal ^ 1 for literal in literals]) ^ 1

    def choose(self, test: int, yes: int, no: int) -> int:
        if test < 2 or yes == no:
            return yes if test or yes == no else no
        return self.both(self.both(test, yes) ^ 1, self.both(test ^ 1, no) ^ 1) ^ 1

    def ends(self, bits: Bits) -> tuple[int, int]:
        """Between which a number lies."""
        if bits in self.limits:
            return self.limits[bits]
        *low, sign = [(bit == TRUE) << n for n, bit in enumerate(bits)]
        *high, least = [(bit != FALSE) << n for n, bit in enumerate(bits)]
        return sum(low) - least, sum(high) - sign

    def limited(self, bits: Bits, least: int, greatest: int) -> Bits:
        low, high = self.ends(bits)
        self.limits[bits] = max(least, low), min(greatest, high)
        return bits

    def chosen(self, test: int, yes: Bits, no: Bits) -> Bits:
        if test < 2 or yes == no:
            return yes if test == TRUE else no
        width, ends = max(len(yes), len(no)), [*self.ends(yes), *self.ends(no)]
        pairs = zip(wide(yes, width), wide(no, width), strict=True)
        found = narrow([a if a == b else self.choose(test, a, b) for a, b in pairs])
        return self.limited(found, min(ends), max(ends))

    def less(self, a: Bits, b: Bits) -> int:
        (a0, a1), (b0, b1) = self.ends(a), self.ends(b)
        least, greatest = self.beyond(a, b)
        if a1 < b0 or a0 >= b1 or least > 0 or greatest <= 0:
            return TRUE if a1 < b0 or least > 0 else FALSE
        width, found = max(len(a), len(b)), FALSE
        pairs = list(zip(wide(a, width), wide(b, width), strict=True))
        pairs[-1] = pairs[-1][::-1]  # of the signs, the set one is the lesser
        for x, y in pairs:
            if x ^ y < 2:
                found = found if x == y else y
            elif y < 2:  # the gates of `choose`, in its order
                found = self.both(self.both(x, found) ^ 1, x) ^ 1 if y else self.both(x ^ 1, found)
            else:
                found = self.choose(x, self.both(y, found), self.both(y ^ 1, found ^ 1) ^ 1)
        return self.both(found, self.less(*self.origins(a, b))) if self.origins(a, b) else found

    def equal(self, a: Bits, b: Bits) -> int:
        width = max(len(a), len(b))
        if max(*a, *b) > TRUE:
            pairs = zip(wide(a, width), wide(b, width), strict=True)
            found = self.every([self.choose(x, y, y ^ 1) for x, y in pairs])
        else:
            found = TRUE if wide(a, width) == wide(b, width) else FALSE
        return self.some([found, self.equal(*self.origins(a, b))]) if self.origins(a, b) else found

    def origins(self, a: Bits, b: Bits) -> tuple[Bits, Bits] | tuple[()]:
        """What two numbers were made of by one rising function: what is less is made of less, and
        equals of equals. To say so costs a gate and spares the proof a search through the bits."""
        one, other = self.images.get(a), self.images.get(b)
        return (one[1], other[1]) if one and other and one[0] == other[0] and a != b else ()

    def beyond(self, a: Bits, b: Bits) -> tuple[int, int]:
        """By how much b is more than a, where both are sums that begin with one number."""
        under, least, greatest = self.under(a), -kernel.MANY, kernel.MANY
        for number, (b0, b1) in self.under(b).items():
            if number in under:
                a0, a1 = under[number]
                least, greatest = max(least, b0 - a1), min(greatest, b1 - a0)
        return least, greatest

    def under(self, bits: Bits) -> dict[Bits, tuple[int, int]]:
        """A number, what it is a sum of, and so on; with what is added in all."""
        found, low, high = {bits: (0, 0)}, 0, 0
        while bits in self.sums and self.sums[bits][0] not in found:
            bits, least, greatest = self.sums[bits]
            low, high = low + least, high + greatest
            found[bits] = low, high
        return found

    def plus(self, a: Bits, b: Bits, carry_in: int = FALSE) -> Bits:
        width, found, carry = max(len(a), len(b)) + 1, [], carry_in
        for x, y in zip(wide(a, width), wide(b, width), strict=True):
            differ = self.choose(x, y ^ 1, y)
            found.append(self.choose(differ, carry ^ 1, carry))
            carry = self.choose(differ, carry, x)
        (a0, a1), (b0, b1), one = self.ends(a), self.ends(b), carry_in != FALSE
        result = self.limited(narrow(found), a0 + b0 + (carry_in == TRUE), a1 + b1 + one)
        self.sums.setdefault(result, (a, b0 + (carry_in == TRUE), b1 + one))
        return result

    def minus(self, a: Bits, b: Bits) -> Bits:
        return self.plus(a, tuple(bit ^ 1 for bit in b), TRUE)

    def times(self, a: Bits, number: int) -> Bits:
        found: Bits = (FALSE,)
        for place in range(abs(number).bit_length()):
            if abs(number) >> place & 1:
                found = self.plus(found, (FALSE,) * place + a)
        return found if number >= 0 else self.minus((FALSE,), found)

def wide(bits: Bits, width: int) -> Bits:
    return bits + bits[-1:] * (width - len(bits))

def narrow(bits: list[int]) -> Bits:
    while len(bits) > 1 and bits[-1] == bits[-2]:
        bits.pop()
    return tuple(bits)

def whole(number: int) -> Bits:
    return tuple(number >> place & 1 for place in range(number.bit_length() + 1))

# -- 2  the proof

def defining(node: int, gate: tuple[int, int]) -> tuple[tuple[int, ...], ...]:
    """The three clauses that say what a gate is."""
    return (2 * node + 1, gate[0]), (2 * node + 1, gate[1]), (2 * node, gate[0] ^ 1, gate[1] ^ 1)

def replayed(gates: list[tuple[int, int] | None], asserted: list[int], proof: Iterator[int]) -> int:
    """Checks that what is asserted cannot all hold. Clause 3n + k is the k-th that defines gate n;
    then come the literals asserted, then the steps of the proof. A step is its literals, 0, the
    clauses it follows from, 0: with the literals false, each of these leaves one literal to be
    true, the last none. Literals are written as n or -n. The last step has none. Gives
    the number of steps."""
    first, visits, steps = 3 * len(gates), 0, 0
    known: dict[int, tuple[int, ...]] = {first + n: (one,) for n, one in enumerate(asserted)}
    last = first + len(asserted)
    while True:
        literals = tuple([2 * n if n > 0 else 1 - 2 * n for n in listed(proof)])
        need(all(2 <= one < 2 * len(gates) for one in literals), "a step speaks of no node")
        true, left = {one ^ 1 for one in literals}, -1
        for hint in listed(proof):
            need(left, "a step follows from none before it")
            clause = known.get(hint)
            if clause is None:
                need(0 < hint < first, "a step follows from none before it")
                gate = gates[hint // 3]
                need(gate, "a clause of the proof defines no gate")
                clause = known[hint] = defining(hint // 3, gate or (0, 0))[hint % 3]
            left = FALSE
            for one in clause:
                if one ^ 1 not in true and one != left and one != FALSE:
                    need(not left, "a step does not follow")
                    left = one
            true.add(left or TRUE)
            visits += len(clause)
        need(left == FALSE and visits < MOST["visits"], "a step does not follow")
        known[last + steps] = literals
        steps += 1
        if not literals:
            need(next(proof, None) is None, "the proof goes on where it ended")
            return steps

def listed(proof: Iterator[int]) -> Iterator[int]:
    """The numbers up to the next 0."""
    for number in proof:
        if number == 0:
            return
        yield number
    raise kernel.Refused("the proof does not end")

NUMBERS = re.compile(rb"[0-9 -]{1,60000}(?: |\Z)")

def unpacked(text: str) -> Iterator[int]:
    """A proof as a certificate holds it: numbers, compressed, in base 64."""
    engine = zlib.decompressobj()
    try:
        raw = engine.decompress(base64.b64decode(text, validate=True), MOST["proof"])
    except zlib.error:
        raise kernel.Refused("a proof is not compressed as it should be") from None
    need(engine.eof and not engine.unused_data, "a proof is cut off, or too long")
    at = 0
    while at < len(raw):  # never all of them at once
        part = NUMBERS.match(raw, at)
        if part is None:
            raise kernel.Refused("a proof holds something other than numbers")
        yield from map(int, part[0].split())
        at = part.end()

# -- 3  outcomes under conditions

class Guarded(NamedTuple):
    """What something comes to: each atom, as the kernel has them, with `("#", bits)` for a number
    or day, and failures by rank, each under its condition. In every case just one atom holds, or
    several numbers that are equal, or failures do."""

    atoms: tuple[tuple[Any, int], ...] = ()
    fails: tuple[tuple[int, int], ...] = ()

    def when(self, atom: Any) -> int:
        for known, condition in self.atoms:
            if known == atom:
                return condition
        return FALSE

    def numbers(self) -> list[tuple[int, Bits]]:
        return [(c, a[1]) for a, c in self.atoms if isinstance(a, tuple) and a[0] == "#"]

Env = dict[str, Guarded]
Part = tuple[int, Guarded, list[Guarded]]  # of an aggregate: there; kept; what is looked at

def always(atom: Any) -> Guarded:
    return Guarded(((atom, TRUE),))

def numbered(bits: Bits) -> Guarded:
    return always(("#", bits))

def made(atoms: dict[Any, int], fails: dict[int, int]) -> Guarded:
    """Without what cannot be."""
    kept = tuple([(atom, condition) for atom, condition in atoms.items() if condition != FALSE])
    return Guarded(kept, tuple([(rank, c) for rank, c in fails.items() if c != FALSE]))

def denied(part: Guarded) -> Guarded:
    return part._replace(atoms=tuple((not atom, condition) for atom, condition in part.atoms))

def constant(value: Any) -> Guarded:
    """What the kernel has as one value."""
    need(kernel.single(value) and not value.fails, "one value is wanted")
    return numbered(whole(value.span[0])) if value.span else always(next(iter(value.atoms)))

class Problem:
    """What the cases of one claim share: the circuit, what is asserted, a symbol for each fact.
    `world`: what is known of the case (None: nothing)."""

    def __init__(self, pack: kernel.Pack, world: kernel.World | None = None) -> None:
        self.pack, self.world, self.circuit = pack, world, Circuit()
        self.asserted: list[int] = []
        self.symbols: dict[Any, Guarded] = {}
        self.constants: dict[kernel.Possible, Guarded] = {}
        self.labels: dict[Any, int] = {}
        self.left: Any = None  # definitions left open (bounds.py), and what each comes to
        self.opened: dict[Any, Guarded] = {}
        self.texts: dict[Any, int] = {}

    def constant(self, known: kernel.Possible) -> Guarded:
        if known not in self.constants:
            self.constants[known] = constant(known)
        return self.constants[known]

    def readings(self) -> dict[str, str]:
        known = self.world.readings if self.world else {}
        return {name: next(iter(option.atoms)) for name, option in known.items()}

    def symbol(self, path: tuple[Any, ...], domain: kernel.Possible) -> Guarded:
        if path not in self.symbols:
            known = self.world.known.get(path) if self.world else None
            text = kernel.ANY_TEXT in domain.atoms and known is not None and known.atoms
            if text and isinstance(next(iter(text)), str):
                number = self.texts.setdefault(next(iter(text)), len(self.texts))
                self.symbols[path] = numbered(whole(number))
            elif known is not None:
                self.symbols[path] = constant(known)
            else:
                self.symbols[path] = self.free(domain, self.labels.get(path[:3], 0))
        return self.symbols[path]

    def free(self, domain: kernel.Possible, label: int = 0) -> Guarded:
        """Anything of a domain."""
        text = kernel.ANY_TEXT in domain.atoms
        span = (0, MOST["names"]) if text else domain.span
        ways = sorted([atom for atom in domain.atoms if atom != kernel.ANY_TEXT], key=repr)
        conditions = self.one_of(len(ways) + bool(span), label)
        found: list[Any] = [*ways, *([("#", self.between(*span, label))] if span else [])]
        return Guarded(tuple(zip(found, conditions, strict=True)))

    def one_of(self, number: int, label: int) -> list[int]:
        """Conditions of which one holds: each but the last has an input that takes it."""
        taken = (self.circuit.input(label) for _ in range(number - 1))
        return self.circuit.apart(itertools.chain(taken, [TRUE]))

    def between(self, least: int, greatest: int, label: int) -> Bits:
        """A number from least to greatest; the leading bits that these share are known."""
        width = max(least.bit_length(), greatest.bit_length()) + 1
        low, high = wide(whole(least), width), wide(whole(greatest), width)
        free = max([n + 1 for n in range(width) if low[n] != high[n]], default=0)
        bits = narrow([self.circuit.input(label) for _ in range(free)] + list(low[free:]))
        self.asserted.append(self.circuit.less(bits, whole(least)) ^ 1)
        self.asserted.append(self.circuit.less(whole(greatest), bits) ^ 1)
        return self.circuit.limited(bits, least, greatest)

# -- 4  the calendar

def looked_up(circuit: Circuit, tree: tables.Tree, bits: Bits) -> tuple[int, Bits]:
    """Whether a table, told by the bits of a number (`told_by_bits`), has an entry, and which."""
    found: list[tuple[int, Bits]] = []
    for test, one, other in tree:
        if test is None:
            found.append((TRUE if one else FALSE, whole(other)))
        else:
            (known, a), (also, b), bit = found[one], found[other], bits[test]
            found.append((circuit.choose(bit, known, also), circuit.chosen(bit, a, b)))
    return found[-1]

# -- 5  meaning

class Side:
    """One case: what expressions come to in it. `members`: the elements of each list, with the
    condition under which they are there; `changed`: facts that are not as the problem has them;
    `own`: choices are its own; `later`: it is the case after changes; `chosen`: choices that are
    settled."""

    def __init__(self, problem: Problem, members: dict[str, Any], readings: dict[str, str]) -> None:
        self.problem, self.members, self.readings = problem, members, readings
        self.pack, self.circuit = problem.pack, problem.circuit
        self.changed: dict[Any, Guarded] = {}
        self.sides: dict[str, Side] = {}
        self.own, self.later = "", False
        self.chosen: dict[str, Any] = {}
        self.settled: dict[Any, Guarded] = {}
        self.supposed: dict[str, Any] = {}
        self.lawfully: dict[str, dict[Any, int]] = {}
        self.active: list[str] = []

    def value(self, expr: Any, env: Env) -> Guarded:
        self.pack.spend()
        match expr:
            case ["var", name]:
                return env[name]
            case ["const", known]:
                return self.problem.constant(known)
            case ["compare", op, a, b, order]:
                return self.compared(op, self.value(a, env), self.value(b, env), order)
            case ["call", name, args]:
                return self.call(name, [self.value(arg, env) for arg in args])
            case ["connect", decisive, parts]:
                return self.connected(decisive, (self.value(part, env) for part in parts))
            case ["field", record, name, domain]:
                return self.inside(self.value(record, env), always(name), domain)
            case ["pick", holder, key, domain]:
                return self.inside(self.value(holder, env), self.value(key, env), domain)
            case ["reading", name]:
                return self.reading(name)
            case ["choice", name]:
                return self.choice(name)
            case ["not", part]:
                return denied(self.value(part, env))
            case ["if", test, then, other]:
                return self.branched(self.value(test, env), then, other, env)
            case ["arith" | "shift" | "function" as form, name, *rest]:
                return self.calculated(form, name, rest, env)
            case ["at", side, inner]:
                return self.sides[side].value(inner, env)
            case _:
                return self.aggregate(expr, env)

    # parts put together

    def joined(self, fails: Iterable[tuple[int, Any]]) -> dict[int, int]:
        """Failures by rank, of (condition, failures of something) each."""
        found: dict[int, list[int]] = {}
        for condition, each in fails:
            for rank, literal in each:
                found.setdefault(rank, []).append(self.circuit.both(condition, literal))
        if not found:
            return {}
        return {rank: self.circuit.some(literals) for rank, literals in sorted(found.items())}

    def failing(self, *parts: Guarded) -> dict[int, int]:
        return self.joined([(TRUE, part.fails) for part in parts if part.fails])

    def fine(self, fails: dict[int, int]) -> int:
        return self.circuit.some(fails.values()) ^ 1 if fails else TRUE

    def merged(self, parts: list[tuple[int, Guarded]], fails: dict[int, int]) -> Guarded:
        """The part whose condition holds; where several do they agree. `fails`: where none does."""
        atoms: dict[Any, list[int]] = {}
        parts = [(condition, part) for condition, part in parts if condition != FALSE]
        if len(parts) == 1 and parts[0][0] == TRUE and not any(fails.values()):
            return parts[0][1]
        for condition, part in parts:
            for atom, literal in part.atoms:
                atoms.setdefault(atom, []).append(self.circuit.both(condition, literal))
        together = self.joined([(TRUE, fails.items()), *[(c, part.fails) for c, part in parts]])
        return self.few(made({a: self.circuit.some(each) for a, each in atoms.items()}, together))

    def apart(self, part: Guarded) -> Guarded:
        """The same, its values told apart (`Circuit.apart`) as far as they are not yet; numbers
        that are not known are left, for several may be equal."""
        if not self.circuit.telling:
            return part
        atoms, ways = dict(part.atoms), self.circuit.ways
        unknown = {("#", bits) for _, bits in part.numbers() if max(bits) > TRUE}
        new = [a for a, c in atoms.items() if c > TRUE and c not in ways and a not in unknown]
        if len(new) < 2:
            return part
        atoms |= zip(new, self.circuit.apart([atoms[atom] for atom in new]), strict=True)
        return made(atoms, dict(part.fails))

    def few(self, part: Guarded) -> Guarded:
        """A great many numbers as one, bit by bit."""
        numbers = part.numbers()
        if sum(any(bit > TRUE for bit in bits) for _, bits in numbers) <= MOST["numbers"]:
            return part
        _, bits = numbers[-1]
        for condition, other in numbers[:-1]:
            bits = self.circuit.chosen(condition, other, bits)
        rest = tuple((a, c) for a, c in part.atoms if not isinstance(a, tuple) or a[0] != "#")
        together = (("#", bits), self.circuit.some([condition for condition, _ in numbers]))
        return part._replace(atoms=(*rest, together))

    def truth(self, true: int, fails: dict[int, int]) -> Guarded:
        """A truth value, true where this says so and nothing fails."""
        fine = self.fine(fails)
        true = self.circuit.both(true, fine)
        return made({True: true, False: self.circuit.both(fine, true ^ 1)}, fails)

    def connected(self, decisive: bool, parts: Iterable[Guarded]) -> Guarded:
        """`and` (False decides), `or` (True decides): what decides does, whatever others do."""
        seen = []
        for part in parts:
            if part.when(decisive) == TRUE:
                return always(decisive)
            seen.append(part)
        decided = self.circuit.some([part.when(decisive) for part in seen])
        fails = self.joined([(decided ^ 1, part.fails) for part in seen])
        other = self.circuit.both(decided ^ 1, self.fine(fails))
        return made({decisive: decided, not decisive: other}, fails)

    def branched(self, test: Guarded, then: Any, other: Any, env: Env) -> Guarded:
        ways = [(test.when(True), then), (test.when(False), other)]
        parts = [(condition, self.value(e, env)) for condition, e in ways if condition != FALSE]
        return self.merged(parts, dict(test.fails))

    # operators

    def equal(self, a: Guarded, b: Guarded) -> int:
        """Both have one value."""
        both, others = self.circuit.both, dict(b.atoms)
        found = [both(c, others[atom]) for atom, c in a.atoms if atom in others]
        numbers = a.numbers()
        pairs = itertools.product(numbers, b.numbers()) if numbers else ()
        found += [both(both(c, d), self.circuit.equal(x, y)) for (c, x), (d, y) in pairs if x != y]
        return self.circuit.some(found)

    def compared(self, op: str, a: Guarded, b: Guarded, order: Any) -> Guarded:
        if op in ("==", "!="):
            equal = self.equal(a, b)
            return self.truth(equal if op == "==" else equal ^ 1, self.failing(a, b))
        a, b = [self.ordered(self.placed(part, order)) for part in (a, b)]
        less = self.less(b, a) if op in (">", "<=") else self.less(a, b)
        return self.truth(less if op in ("<", ">") else less ^ 1, self.failing(a, b))

    def less(self, a: Guarded, b: Guarded) -> int:
        both, pairs = self.circuit.both, itertools.product(a.numbers(), b.numbers())
        found = [both(both(c, d), self.circuit.less(x, y)) for (c, x), (d, y) in pairs]
        return self.circuit.some(found)

    def placed(self, part: Guarded, order: Any) -> Guarded:
        """A value of an enumeration as its place in the list."""
        places = {name: ("#", whole(n)) for n, name in enumerate(order or ())}
        return part._replace(atoms=tuple((places.get(atom, atom), c) for atom, c in part.atoms))

    def ordered(self, part: Guarded) -> Guarded:
        """The number or day; an operator says nothing of a special value."""
        numbers = {("#", bits): condition for condition, bits in part.numbers()}
        special = self.circuit.some([c for atom, c in part.atoms if atom not in numbers])
        fails = self.joined([(TRUE, part.fails), (special, [(kernel.SAYS_NOTHING, TRUE)])])
        return made(numbers, fails)

    def calculated(self, form: str, name: str, rest: list[Any], env: Env) -> Guarded:
        """Arithmetic and the built-in functions, at each combination of numbers."""
        args = [self.value(arg, env) for arg in (rest[0] if form == "function" else rest)]
        period = args.pop() if form == "shift" else always(("period", 0, 0, 0))
        args = [self.ordered(arg) for arg in args]
        fails = self.failing(*args)
        if name in ("min", "max"):
            fine = self.fine(fails)
            rows = [(self.circuit.both(fine, c), bits) for arg in args for c, bits in arg.numbers()]
            return self.merged([(fine, made(self.extreme(name, rows), {}))], fails)
        parts: list[tuple[int, Guarded]] = []
        for chosen in itertools.product(*[arg.numbers() for arg in args]):
            bits = [each for _, each in chosen]
            for by, taken in period.atoms:
                condition = self.circuit.every([taken, *[c for c, _ in chosen]])
                given = by[1:] if form == "shift" else rest[-1]
                if condition != FALSE:
                    work = self.arithmetic if form == "arith" else self.tabled
                    parts.append((condition, work(name, bits, given)))
        return self.merged(parts, fails)

    def arithmetic(self, op: str, bits: list[Bits], _: Any) -> Guarded:
        a, b = bits
        if op != "*":
            return numbered(self.circuit.plus(a, b) if op == "+" else self.circuit.minus(a, b))
        a, b = (a, b) if all(bit < 2 for bit in b) else (b, a)
        return numbered(self.circuit.times(a, number_of(b)))

    def tabled(self, name: str, bits: list[Bits], by: Any) -> Guarded:
        """A calendar function; `name` is + or - where a day is moved by a period."""
        given: list[Any] = [number_of(each) for each in bits[1:]] + [by] * ("work" in name)
        if name in ("+", "-"):
            given = [tuple(unit if name == "+" else -unit for unit in by)]
        key = ("shift" if name in ("+", "-") else name, *given)
        tree, rising = self.entries(key, self.circuit.ends(bits[0]))
        of = (key, self.pack.digest if "work" in name else "")  # a calendar is one pack's
        if (of, bits[0]) not in self.circuit.looked:
            self.circuit.looked[of, bits[0]] = looked_up(self.circuit, tree, bits[0])
        known, found = self.circuit.looked[of, bits[0]]
        fails = {kernel.NO_DATA: known ^ 1}
        if name == "is_workday":
            return self.truth(found[0], fails)
        result = self.circuit.plus(bits[0], found) if key[0] in tables.ADDING else found
        if rising and known != FALSE:
            self.circuit.images.setdefault(result, (of, bits[0]))
        return made({("#", result): known}, fails)

    def entries(self, key: Any, ends: tuple[int, int]) -> tuple[tables.Tree, bool]:
        """The table of a calendar function for a number between these ends; whether it rises."""
        first, last = self.pack.reach[0] or 1, self.pack.reach[1] or date.max.toordinal()
        kept = self.pack.kept
        within = key[0] == "date" or (first <= ends[0] and ends[1] <= last)
        days = (first, last) if within else (max(ends[0], 1), min(ends[1], date.max.toordinal()))
        if (key, days) not in kept:
            kept[key, days] = tables.known_table(self.pack, days, key)
        runs, rising = kept[key, days]
        if (key, days, ends) not in kept:
            kept[key, days, ends] = tables.told_by_bits(self.pack, runs, ends)
        return kept[key, days, ends], rising

    def extreme(self, word: str, rows: list[tuple[int, Bits]]) -> dict[Any, int]:
        """The least or greatest number of those whose condition holds: of equal ones, the first."""
        there: dict[Bits, list[int]] = {}
        for condition, bits in rows:
            there.setdefault(bits, []).append(condition)
        numbers = [(self.circuit.some(each), bits) for bits, each in there.items()]
        wins = {bits: [condition] for condition, bits in numbers}
        for (c, a), (d, b) in itertools.combinations(numbers, 2):
            later = self.circuit.less(a, b) if word == "max" else self.circuit.less(b, a)
            wins[a].append(self.circuit.both(d, later) ^ 1)
            wins[b].append(self.circuit.both(c, later ^ 1) ^ 1)
        return {("#", bits): self.circuit.every(each) for bits, each in wins.items()}

    def inside(self, holder: Guarded, name: Guarded, domain: kernel.Possible) -> Guarded:
        """A field of a record or element, an entry of a table. Without a domain: a table itself."""
        parts, nothing = [], Guarded(fails=((kernel.SAYS_NOTHING, TRUE),))
        for (ref, a), (key, b) in itertools.product(holder.atoms, name.atoms):
            path, condition = (*ref, key), self.circuit.both(a, b)
            if len(ref) == 1 and ref != ("@",):
                parts.append((condition, nothing))
            elif domain == kernel.EMPTY:
                parts.append((condition, always(path)))
            else:
                found = self.changed.get(path) or self.problem.symbol(path, domain)
                parts.append((condition, found))
        return self.merged(parts, self.failing(holder, name))

    # aggregates

    def ranges(self, binders: Any) -> list[list[tuple[Any, int]]]:
        """For each binder what it may stand for, with the condition under which that is there."""
        for _, over, is_list in binders:
            need(not is_list or over in self.members, f"a case does not close its list {over!r}")
        return [self.members[over] if is_list else [(name, TRUE) for name in self.pack.enums[over]]
                for _, over, is_list in binders]  # fmt: skip

    def tuples(self, binders: Any, env: Env) -> Iterator[tuple[int, Env]]:
        for chosen in itertools.product(*self.ranges(binders)):
            there = self.circuit.every([present for _, present in chosen])
            inner = {v: always(atom) for (v, _, _), (atom, _) in zip(binders, chosen, strict=True)}
            if there != FALSE:
                yield there, {**env, **inner}

    def aggregate(self, expr: Any, env: Env) -> Guarded:
        tuples = self.tuples(expr_binders(expr), env)
        return self.combined(expr, [self.part(expr, inner, there) for there, inner in tuples], env)

    def part(self, expr: Any, env: Env, there: int) -> Part:
        wanted = {"any": expr[3:], "all": expr[3:], "best": expr[4:6]}.get(expr[0], ())
        kept = self.value(expr[3] if expr[0] == "best" else expr[2], env)
        dropped = kept.when(False) == TRUE
        return there, kept, [self.value(e, env) for e in wanted if e is not None and not dropped]

    def combined(self, expr: Any, parts: list[Part], env: Env) -> Guarded:
        if expr[0] in ("any", "all"):
            return self.quantified(expr[0] == "any", parts)
        rows, fails = [], []
        for there, kept, values in parts:
            active = self.circuit.both(there, kept.when(True))
            values = [self.ordered(value) for value in values[:1]] + values[1:]
            fails += [(there, kept.fails), *[(active, value.fails) for value in values]]
            if active != FALSE:
                rows.append((active, values))
        if expr[0] == "count":
            return self.counted([active for active, _ in rows], self.joined(fails))
        return self.best(expr, rows, self.joined(fails), env)

    def quantified(self, decisive: bool, parts: list[Part]) -> Guarded:
        """`any`: kept and tested, of some; `all`: not kept or tested, of every one."""
        found = []
        for there, kept, tested in parts:
            kept = kept if decisive else denied(kept)
            one = self.connected(not decisive, [kept, *tested])
            found.append(self.merged([(there, one), (there ^ 1, always(not decisive))], {}))
        return self.connected(decisive, found)

    def counted(self, rows: list[int], fails: dict[int, int]) -> Guarded:
        exactly = [self.fine(fails)]
        for active in rows:
            more = [FALSE, *[self.circuit.both(active, c) for c in exactly]]
            less = [*[self.circuit.both(active ^ 1, c) for c in exactly], FALSE]
            exactly = [self.circuit.some(pair) for pair in zip(more, less, strict=True)]
        return made({("#", whole(n)): c for n, c in enumerate(exactly)}, fails)

    def best(self, expr: Any, rows: Any, fails: dict[int, int], env: Env) -> Guarded:
        """The least or greatest key, or the value that has it: where these differ, a conflict."""
        _, word, _, _, _, body, default = expr
        fine = self.fine(fails)
        keyed = [(self.circuit.every([fine, active, c]), bits, values)
                 for active, values in rows for c, bits in values[0].numbers()]  # fmt: skip
        best = self.extreme(word, [(there, bits) for there, bits, _ in keyed])
        found = [(TRUE, made(best, {}))]
        if body is not None:
            found = [(self.circuit.both(there, self.wins(bits, best)), values[1]._replace(fails=()))
                     for there, bits, values in keyed]  # fmt: skip
            clash = [self.clash(a, b) for a, b in itertools.combinations(found, 2)]
            conflict = (self.circuit.some(clash), [(kernel.CONFLICT, TRUE)])
            fails = self.joined([(TRUE, fails.items()), conflict])
            found = [(self.circuit.both(self.fine(fails), c), part) for c, part in found]
        nothing = self.circuit.both(fine, self.circuit.some([active for active, _ in rows]) ^ 1)
        if default is None:
            fails = self.joined([(TRUE, fails.items()), (nothing, [(kernel.GAP, TRUE)])])
        elif nothing != FALSE:
            found.append((nothing, self.value(default, env)))
        return self.apart(self.merged(found, fails))

    def wins(self, bits: Bits, best: dict[Any, int]) -> int:
        """A number is the best one."""
        both, equal = self.circuit.both, self.circuit.equal
        return self.circuit.some([both(c, equal(bits, other)) for (_, other), c in best.items()])

    def clash(self, a: tuple[int, Guarded], b: tuple[int, Guarded]) -> int:
        """Both stand, have values, and these differ."""
        both = self.circuit.both(a[0], b[0])
        if both == FALSE:
            return FALSE
        valued = [self.circuit.some([c for _, c in part.atoms]) for _, part in (a, b)]
        return self.circuit.every([both, *valued, self.equal(a[1], b[1]) ^ 1])

    # definitions

    def call(self, name: str, args: list[Guarded]) -> Guarded:
        fails = self.failing(*args)
        passed = []
        for arg, (_, type_) in zip(args, self.pack.signature(name)[0], strict=True):
            plain = [(a, c) for a, c in arg.atoms if not (isinstance(a, tuple) and len(a) == 1)
                     or a[0] in type_.special]  # fmt: skip
            refused = self.circuit.some([c for a, c in arg.atoms if (a, c) not in plain])
            fails = self.joined([(TRUE, fails.items()), (refused, [(kernel.SAYS_NOTHING, TRUE)])])
            passed.append(arg._replace(atoms=tuple(plain), fails=()))
        fine = self.fine(fails)
        return self.merged([(fine, self.settle(name, passed))] if fine != FALSE else [], fails)

    def settle(self, name: str, args: list[Guarded]) -> Guarded:
        key = (name, *args, *sorted(self.supposed.items()))
        if key not in self.settled:
            need(name not in self.active, f"the definition {name!r} calls itself")
            need(len(self.active) < 60, "definitions call each other more than 60 deep")
            self.active.append(name)
            left = self.problem.left
            if left is not None and left.holds(name):
                self.settled[key] = left.outcome(self, name, args)
            else:
                self.settled[key] = self.apart(self.ruled(name, args))
            self.active.pop()
        return self.settled[key]

    def ruled(self, name: str, args: list[Guarded]) -> Guarded:
        """A rule speaks if it holds and no holding rule overrides it. One whose condition fails,
        and that none overrides, fails the definition; so do two that speak and differ."""
        (rules, other), parameters = self.pack.definition(name), self.pack.signature(name)[0]
        env = {var: arg for (var, _), arg in zip(parameters, args, strict=True)}
        tests = {rule.name: self.value(rule.when, env) for rule in rules}
        speaking, fails = [], []
        for rule in rules:
            over = [tests[one.name].when(True) for one in rules if rule.name in one.overrides]
            standing = self.circuit.some(over) ^ 1
            active = self.circuit.both(tests[rule.name].when(True), standing)
            fails.append((standing, tests[rule.name].fails))
            if active != FALSE:
                said = self.value(rule.value, env)
                fails.append((active, said.fails))
                speaking.append((active, said._replace(fails=())))
        clash = [self.clash(a, b) for a, b in itertools.combinations(speaking, 2)]
        together = self.joined([*fails, *[(one, [(kernel.CONFLICT, TRUE)]) for one in clash]])
        fine, spoken = self.fine(together), self.circuit.some([active for active, _ in speaking])
        nothing = self.circuit.both(fine, spoken ^ 1)
        found = [(self.circuit.both(fine, active), said) for active, said in speaking]
        if other is None:
            together = self.joined([(TRUE, together.items()), (nothing, [(kernel.GAP, TRUE)])])
        elif nothing != FALSE:
            found.append((nothing, self.value(other, env)))
        return self.merged(found, together)

    def reading(self, name: str) -> Guarded:
        if name in self.readings:
            return always(self.readings[name])
        options = kernel.of(*self.pack.enums[f"reading {name}"])
        return self.problem.symbol(("reading", name), options)

    def lawful(self, name: str) -> dict[Any, int]:
        """Each value that may be chosen, and when that is lawful."""
        if name not in self.lawfully:
            before, found, tree = self.supposed, {}, self.pack.discretion(name)[0]
            for value in self.pack.choosable(self.pack.choice_type(name)):
                self.supposed = {**before, name: value}
                found[value] = self.value(tree, {}).when(True)
            self.supposed = before
            self.lawfully[name] = found
        return self.lawfully[name]

    def supposing(self, name: str) -> Any:
        """What is supposed of a choice, to see whether that would be lawful; this is kept, so it
        may turn on no other choice that is supposed."""
        need(name == [*self.supposed][-1], "whether choices are lawful turns on each other")
        return self.supposed[name]

    def made_choice(self, name: str) -> Guarded:
        if name in self.chosen:
            return always(self.chosen[name])
        values = self.pack.choosable(self.pack.choice_type(name))
        known = self.problem.world.choices.get(name) if self.problem.world else None
        own = (self.own, "choice", name)
        if known and not self.own:
            return constant(known)
        return self.problem.symbol(own, kernel.of(*values))

    def choice(self, name: str) -> Guarded:
        """What is chosen; where nothing is lawful, what the pack says of that."""
        if name in self.supposed:
            return always(self.supposing(name))
        some, other = self.circuit.some(self.lawful(name).values()), self.pack.discretion(name)[1]
        parts = [(some, self.made_choice(name))] if some != FALSE else []
        if other is not None and some != TRUE:
            parts.append((some ^ 1, self.value(other, {})))
        return self.merged(parts, {kernel.GAP: some ^ 1} if other is None else {})

    # what binds a case

    def bindings(self, assumed: Iterable[str]) -> Iterator[int]:
        """That elements have names of their own, assumptions hold, choices looked at are lawful."""
        for name, one in self.pack.collections.items():
            for (a, here), (b, there) in itertools.combinations(self.members.get(name, ()), 2):
                both = self.circuit.both(here, there)
                if "key" in one and both != FALSE:
                    domain = self.pack.facts[one["element"]][one["key"]][1]
                    keys = [self.inside(always(e), always(one["key"]), domain) for e in (a, b)]
                    yield self.circuit.both(both, self.equal(*keys)) ^ 1
        for name in assumed:
            yield from self.assuming(name)
        for name, lawful in sorted(self.lawfully.items()):
            none = self.circuit.some(lawful.values()) ^ 1
            for value, condition in self.made_choice(name).atoms:
                stands = self.circuit.some([lawful[value], none])
                yield self.circuit.both(condition, stands ^ 1) ^ 1

    def assuming(self, name: str) -> Iterator[int]:
        binders, tree = self.pack.assumption(name)
        apart = "apart" in self.pack.assumptions[name]
        for there, inner in self.tuples(binders, {}):
            if not apart or len(set(inner.values())) == len(binders):
                yield self.circuit.both(there, self.value(tree, inner).when(False)) ^ 1

def number_of(bits: Bits) -> int:
    need(all(bit < 2 for bit in bits), "a constant is wanted")
    return sum(bit << n for n, bit in enumerate(bits)) - (bits[-1] << len(bits))

def expr_binders(expr: Any) -> Any:
    return expr[2] if expr[0] == "best" else expr[1]
