"""What the certificate kernel reads: JSON, what may be, the pack, its expressions, the calendar.

The first file of the kernel; kernel.py, clauses.py and claims.py stand on it. Nothing but the
standard library is needed. Whatever is not of the form wanted is refused, in bounded time.
"""

import ast
import hashlib
import json
import re
import unicodedata
from calendar import monthrange
from datetime import MAXYEAR, date
from typing import Any, NamedTuple

LARGEST = {"certificate": 8_000_000, "pack": 16_000_000}  # bytes
DEEPEST = 40  # nesting of JSON, and of brackets in an expression
LONGEST = 4000  # characters of an expression
STEPS = 2_000_000  # of checking, in all: well under a minute
MOST = {"values": 200, "rules": 200, "elements": 1000}  # of an enumeration, a definition, a list
LEAVES = 4096  # of a split
APART = 64  # ways a call's arguments may go that are looked at one by one
MANY = 10**15  # no number is larger, no list longer

class Refused(Exception):
    """The certificate cannot be read, or does not show what it claims. The message says why."""

def need(condition: Any, reason: str) -> None:
    if not condition:
        raise Refused(reason)

# -- 1  JSON

STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)

def decoded(raw: bytes, what: str) -> dict[str, Any]:
    """Canonical JSON of strings, whole numbers, lists and mappings with ASCII keys: the one way of
    writing them that `json.dumps` gives with sorted keys and no spaces (RFC 8785)."""
    need(len(raw) <= LARGEST[what], f"the {what} is larger than {LARGEST[what]} bytes")
    text = raw.decode("utf-8")
    bare = STRING.sub("", text)
    plain = re.fullmatch(r"[\[\]{},:0-9-]*", bare) and not re.search(r"[0-9]{16}", bare)
    need(plain, f"the {what} holds something other than strings, short whole numbers and lists")
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", bare):
        depth += 1 if bracket in "[{" else -1
        need(depth <= DEEPEST, f"the {what} is nested more than {DEEPEST} deep")
    data = json.loads(text, object_pairs_hook=ascii_keys)
    same = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text
    need(same and isinstance(data, dict), f"the {what} is not a mapping in canonical form")
    return dict(data)

def ascii_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(all(key.isascii() for key, _ in pairs), "a key is not ASCII")
    return dict(pairs)

def get(data: Any, key: str, kind: type = str, *default: Any) -> Any:
    """An entry of a mapping, of this kind; `default` where it may be missing."""
    need(isinstance(data, dict) and (default or key in data), f"{key!r} is missing")
    found = data.get(key, *default)
    need(type(found) is kind, f"{key!r} is not what is wanted there")
    return found

def named(data: Any, key: str) -> dict[str, Any]:
    """The entries of a list by their names."""
    found = {get(one, "name"): one for one in get(data, key, list, [])}
    need(len(found) == len(data.get(key, [])), f"two of {key} have one name")
    return found

def only(data: Any, *keys: str) -> None:
    """Nothing is silently passed over."""
    need(isinstance(data, dict), "a mapping is wanted")
    extra = sorted(set(data) - set(keys))
    need(not extra, f"{extra} mean nothing here; {sorted(keys)} do")

def day_of(text: Any) -> int:
    """A day as its number (1 is 0001-01-01)."""
    need(isinstance(text, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text), "no day")
    return date.fromisoformat(text).toordinal()

# -- 2  possibilities

class Possible(NamedTuple):
    """What something may be. An atom is a truth value, a string (a value of an enumeration, or a
    text), a special value `("none",)`, a period, `ANY_TEXT`, or a reference `("@", *path)` to an
    element, a record or a table. Numbers, and days by number, are all from the least to the
    greatest of `span`. Failures are ranks; of several, the highest names the outcome."""

    atoms: frozenset[Any] = frozenset()
    span: tuple[int, int] | None = None
    fails: frozenset[int] = frozenset()

    def valued(self) -> bool:
        return bool(self.atoms) or self.span is not None

# An operator says nothing (0) of a special value: the guard beside it fails or decides. No rule of
# a well-typed pack comes to it, so the rules of a definition pass over it.
SAYS_NOTHING, NO_DATA, GAP, CONFLICT = range(4)
FAILURES = {"no_data": NO_DATA, "gap": GAP, "conflict": CONFLICT}
ANY_TEXT = ("@", "any text")
EMPTY = Possible()

def of(*atoms: Any) -> Possible:
    return Possible(frozenset(atoms))

def span(least: int, greatest: int) -> Possible:
    return Possible(span=(least, greatest))

def failure(*ranks: int) -> Possible:
    return Possible(fails=frozenset(ranks))

TRUE, FALSE = of(True), of(False)
SURELY = {True: TRUE, False: FALSE}
UNSURE = of(True, False)
EITHER_WAY = UNSURE.atoms

def either(*given: Possible) -> Possible:
    """Whatever one of these may be."""
    parts = [part for part in given if part.atoms or part.span or part.fails]
    if len(parts) < 2:
        return parts[0] if parts else EMPTY
    spans = [part.span for part in parts if part.span is not None]
    ends = (min([s[0] for s in spans]), max([s[1] for s in spans])) if spans else None
    atoms = frozenset().union(*[part.atoms for part in parts])
    return Possible(atoms, ends, frozenset().union(*[part.fails for part in parts]))

def failing(*parts: Possible) -> frozenset[int]:
    """How something may fail that fails where a part does; one that can only fail sets a floor."""
    may = [part for part in parts if part.fails]
    if not may:
        return EMPTY.fails
    floor = max([min(part.fails) for part in may if not part.valued()], default=0)
    return frozenset([rank for part in may for rank in part.fails if rank >= floor])

def pure(*parts: Possible) -> bool:
    """Whether all of these may have a value at once."""
    for part in parts:  # noqa: SIM110  # it is asked of everything, and this is faster
        if not part.atoms and part.span is None:
            return False
    return True

def common(a: Possible, b: Possible) -> Possible:
    """The values that both may have."""
    atoms = a.atoms & b.atoms
    if ANY_TEXT in a.atoms or ANY_TEXT in b.atoms:
        for one, other in ((a, b), (b, a)):
            texts = [atom for atom in other.atoms if isinstance(atom, str)]
            atoms |= frozenset(texts if ANY_TEXT in one.atoms else [])
    if a.span and b.span and max(a.span[0], b.span[0]) <= min(a.span[1], b.span[1]):
        return Possible(atoms, (max(a.span[0], b.span[0]), min(a.span[1], b.span[1])))
    return Possible(atoms)

def single(part: Possible) -> bool:
    """Whether there is one value, failures aside."""
    if part.span is not None:
        return part.span[0] == part.span[1] and not part.atoms
    return len(part.atoms) == 1 and ANY_TEXT not in part.atoms

def same(a: Possible, b: Possible) -> bool:
    """Whether the values of both are surely equal."""
    return single(a) and single(b) and common(a, b).valued()

def agreed(union: Possible, sure: list[Possible]) -> Possible:
    """The values of `union` that nobody who surely speaks contradicts."""
    for part in sure:
        union = common(union, part)
    return Possible(union.atoms, union.span)

def truth(part: Possible) -> Possible:
    if part.span is not None or not part.atoms <= EITHER_WAY:
        raise Refused("a truth value is wanted")
    return part

def ordered(part: Possible) -> Possible:
    """The number or day alone; a special value says nothing."""
    need(all(isinstance(atom, tuple) and len(atom) == 1 for atom in part.atoms), "no number")
    special = frozenset([SAYS_NOTHING] if part.atoms else [])
    return Possible(frozenset(), part.span, part.fails | special)

# -- 3  the pack

class Type(NamedTuple):
    """`base`: yes/no, number, day, period, text, an enumeration, an element, or `record NAME`.
    `keyed`: the enumeration a table is keyed by."""

    base: str
    keyed: str = ""
    special: frozenset[str] = frozenset()

BASES = ("yes/no", "number", "day", "period", "text")
YES_NO, NUMBER, DAY, PERIOD = Type("yes/no"), Type("number"), Type("day"), Type("period")
Scope = dict[str, Type]
Read = tuple[Any, Type]  # a tree and its type

class Rule(NamedTuple):
    name: str
    when: Any
    value: Any
    overrides: list[str]

def in_circles(rules: list[Rule]) -> set[str]:
    """Rules that override each other in a circle, or that such rules override."""
    left = {rule.name for rule in rules}
    while free := left - {name for rule in rules if rule.name in left for name in rule.overrides}:
        left -= free
    return left

class Pack:
    """The regulation. Definitions are read when they are first needed."""

    def __init__(self, raw: bytes) -> None:
        data = decoded(raw, "pack")
        need(get(data, "format", int) == 1, "the pack is not of format 1")
        self.name, self.digest = get(data, "pack"), hashlib.sha256(raw).hexdigest()
        self.specials, self.readings = named(data, "specials"), named(data, "readings")
        self.enums = {n: named(one, "values") for n, one in named(data, "enumerations").items()}
        self.enums |= {f"reading {n}": named(one, "options") for n, one in self.readings.items()}
        self.ordered = {n for n, one in named(data, "enumerations").items() if "ordered" in one}
        need(max(map(len, self.enums.values()), default=0) <= MOST["values"], "too many values")
        self.horizon = [day_of(get(get(data, "horizon", dict), end)) for end in ("from", "to")]
        need(self.horizon[0] <= self.horizon[1], "the horizon ends before it begins")
        self.reach = [moved(day, (n, 0, 0)) for day, n in zip(self.horizon, (-20, 20), strict=True)]
        self.collections, self.parameters = named(data, "collections"), named(data, "parameters")
        self.elements = {get(one, "element"): one for one in self.collections.values()}
        words = [*BASES, *self.enums, *self.elements]
        once = len(self.elements) == len(self.collections) and len(set(words)) == len(words)
        need(once, "one name stands for two types")
        self.facts = {name: self.fields(one, "fields") for name, one in self.elements.items()}
        records = {name: one for name, one in named(data, "facts").items() if "type" not in one}
        self.facts |= {f"record {n}": self.fields(one, "record") for n, one in records.items()}
        self.facts[""] = self.fields(data, "facts")
        self.discretions, self.calendars = named(data, "discretions"), named(data, "calendars")
        self.assumptions, self.definitions = named(data, "assumptions"), named(data, "definitions")
        self.forget()

    def forget(self) -> None:
        """As if it had only just been read."""
        self.steps = 0
        self.signatures: dict[str, tuple[list[tuple[str, Type]], Type]] = {}
        self.read: dict[str, tuple[list[Rule], Any]] = {}
        self.chosen: dict[str, tuple[Any, Any]] = {}
        self.assumed: dict[str, tuple[list[tuple[str, str, bool]], Any]] = {}
        self.tables: dict[str, dict[int, list[set[int]]]] = {}
        self.kept: dict[Any, Any] = {}  # for others: what need be worked out only once

    def spend(self) -> None:
        self.steps += 1
        if self.steps > STEPS:
            raise Refused("checking it would take too long")

    def type(self, words: str) -> Type:
        """`table of grade or not_applicable by indicator`."""
        rest, _, keyed = words.removeprefix("table of ").partition(" by ")
        base, *special = rest.split(" or ")
        known = base in (*BASES, *self.enums, *self.elements) and set(special) <= set(self.specials)
        need(known and keyed in ("", *self.enums), f"there is no type {words!r}")
        values = {"true", "false", "present", *self.enums.get(base, ())}
        need(values.isdisjoint(special), f"{words!r}: one value has the name of another")
        return Type(base, keyed, frozenset(special))

    def fields(self, data: Any, key: str) -> dict[str, tuple[Type, Possible]]:
        """Each fact or field, save mere labels: its type, and all that it may be."""
        found = {}
        for name, one in named(data, key).items():
            if "type" not in one:
                none = [("none",)] if "may_be_none" in one else []
                found[name] = Type(f"record {name}"), of(("@", name), *none)
            elif "inert" not in one:
                type_ = self.type(get(one, "type"))
                found[name] = type_, self.domain(type_, one)
        return found

    def domain(self, type_: Type, one: Any) -> Possible:
        special, base = [(name,) for name in type_.special], type_.base
        if base == "text":
            return of(ANY_TEXT, *special)
        if base in ("day", "number"):
            ends = [get(one, "least", int, -MANY), get(one, "greatest", int, MANY)]
            need(ends[0] <= ends[1], "a number can have no value")
            return either(of(*special), span(*(self.horizon if base == "day" else ends)))
        return of(*(get(one, "among", list, []) or self.choosable(type_)), *special)

    def choosable(self, type_: Type) -> list[Any]:
        """The values a fact or a choice may have: not those that only answers have."""
        values = self.enums.get(type_.base, {})
        found: list[Any] = [n for n, v in values.items() if "answer_only" not in v]
        need(found or type_.base == "yes/no", f"of {type_.base} no values are written out")
        return found or [False, True]

    def value(self, type_: Type, data: Any) -> Possible:
        """A value as JSON holds it."""
        if isinstance(data, str) and data in type_.special:
            return of((data,))
        if type_.base == "period":
            only(data, "years", "months", "days")
            return of(("period", *[get(data, u, int, 0) for u in ("years", "months", "days")]))
        if type_.base in ("day", "number"):
            number = day_of(data) if type_.base == "day" else data
            need(type(number) is int and abs(number) < MANY, f"{data!r} is no number")
            return span(number, number)
        known = {"yes/no": ["true", "false"], "text": [data]}.get(type_.base)
        fits = data in (self.enums.get(type_.base, []) if known is None else known)
        need(isinstance(data, str) and fits, f"{data!r} is no {type_.base}")
        return of(data == "true") if type_.base == "yes/no" else of(data)

    def choice_type(self, name: str) -> Type:
        return self.type(get(self.discretions[name], "type"))

    def signature(self, name: str) -> tuple[list[tuple[str, Type]], Type]:
        """The parameters of a definition with their types, and its own type."""
        if name not in self.signatures:
            need(name in self.definitions, f"the pack has no definition {name!r}")
            one = self.definitions[name]
            parameters = [(v, self.type(words)) for v, words in get(one, "parameters", list, [])]
            self.signatures[name] = parameters, self.type(get(one, "type"))
        return self.signatures[name]

    def definition(self, name: str) -> tuple[list[Rule], Any]:
        """Its rules, and its `otherwise` or None."""
        if name not in self.read:
            (parameters, type_), one = self.signature(name), self.definitions[name]
            scope, rules = dict(parameters), []
            need(len(get(one, "rules", list, [])) <= MOST["rules"], f"{name!r} has too many rules")
            for rule_name, rule in named(one, "rules").items():
                when = self.tree(rule, "when", scope, YES_NO)
                value = self.tree(rule, "value", scope, type_)
                rules.append(Rule(rule_name, when, value, get(rule, "overrides", list, [])))
            need(not in_circles(rules), f"rules of {name!r} override each other in a circle")
            self.read[name] = rules, self.tree(one, "otherwise", scope, type_)
        return self.read[name]

    def discretion(self, name: str) -> tuple[Any, Any]:
        """What makes a choice lawful; what stands where none is, or None."""
        if name not in self.chosen:
            one, type_ = self.discretions[name], self.choice_type(name)
            lawful = self.tree(one, "lawful", {}, YES_NO)
            self.chosen[name] = lawful, self.tree(one, "otherwise", {}, type_)
        return self.chosen[name]

    def assumption(self, name: str) -> tuple[list[tuple[str, str, bool]], Any]:
        """The elements it speaks of, as an aggregate would bind them, and what holds of them."""
        if name not in self.assumed:
            one = self.assumptions[name]
            pairs = get(one, "each", list, [])
            scope = {var: Type(get(self.collections[over], "element")) for var, over in pairs}
            binders = [(var, over, True) for var, over in pairs]
            self.assumed[name] = binders, self.tree(one, "that", scope, YES_NO)
        return self.assumed[name]

    def tree(self, data: Any, key: str, scope: Scope, wanted: Type) -> Any:
        """The tree of an expression of the type wanted, None if there is none."""
        return Reader(self).typed(parsed(get(data, key)), scope, wanted) if key in data else None

# -- 4  expressions

TOKEN = re.compile(r"([^\W\d]\w*)|[0-9]{1,10}(?!\w)|[<>=!]=|[-+*<>=,. ()\[\]{}]")
DEEPENING = frozenset(("not", "if", "else", "-", "+", "*", "."))
OPS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
KEYED = {"latest": "max", "highest": "max", "earliest": "min", "lowest": "min"}
ARITHMETIC = {"number+number": NUMBER, "number-number": NUMBER, "number*number": NUMBER,
              "day-day": NUMBER, "day+period": DAY, "day-period": DAY}  # fmt: skip
FUNCTIONS = {"date": ([NUMBER] * 3, DAY), "year": ([DAY], NUMBER),
             "workdays_after": ([DAY, NUMBER], DAY), "is_workday": ([DAY], YES_NO)}  # fmt: skip

def parsed(text: str) -> ast.expr:
    """Python's syntax tree of a text that cannot hurt it."""
    need(len(text) <= LONGEST, f"an expression is longer than {LONGEST} characters")
    at = depth = deepening = 0
    while at < len(text):
        token = TOKEN.match(text, at)
        word = token[0] if token else ""
        need(word, f"{text[at : at + 20]!r} has no place in an expression")
        need(unicodedata.is_normalized("NFKC", word), f"{word!r} is not in NFKC form")
        at += len(word)
        depth += (word in "([{") - (word in ")]}")
        deepening += word in DEEPENING
        need(depth <= DEEPEST and deepening <= 400, "an expression is nested too deep")
        need(word not in ")]}" or text[at : at + 1] not in tuple("([{"), "a result is called")
    return ast.parse(text, mode="eval").body

class NoName(Refused):
    """A name that means nothing where no type is wanted: the other side may tell."""

class Reader:
    """Resolves names by type. A tree is a tuple that begins with its form (see `World.value`)."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def typed(self, node: ast.AST, scope: Scope, wanted: Type) -> Any:
        tree, found = self.read(node, scope, wanted)
        need(found[:2] == wanted[:2], f"{found.base} stands where {wanted.base} is wanted")
        return tree

    def read(self, node: ast.AST, scope: Scope, wanted: Type | None) -> Read:
        self.pack.spend()
        match node:
            case ast.Constant(value=bool() as value):
                return ("const", of(value)), YES_NO
            case ast.Constant(value=int() as number):
                return ("const", span(number, number)), NUMBER
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
                return ("const", span(-number, -number)), NUMBER
            case ast.Name(id=name):
                return self.name(name, scope, wanted)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ("not", self.typed(operand, scope, YES_NO)), YES_NO
            case ast.BoolOp(op=op, values=values):
                parts = [self.typed(value, scope, YES_NO) for value in values]
                return ("connect", isinstance(op, ast.Or), parts), YES_NO
            case ast.Compare():
                return self.comparison(node, scope), YES_NO
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()):
                return self.arithmetic(node, scope)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                first = self.typed(test, scope, YES_NO)
                wanted = wanted or (self.attempt(body, scope) or self.read(orelse, scope, None))[1]
                then, type_ = self.read(body, scope, wanted)
                return ("if", first, then, self.typed(orelse, scope, type_)), type_
            case ast.Attribute(value=value, attr=attr):
                return self.attribute(*self.read(value, scope, None), attr, [], scope)
            case ast.Subscript(value=value, slice=key):
                table, type_ = self.read(value, scope, None)
                return self.pick(table, type_, self.typed(key, scope, Type(type_.keyed)))
            case ast.Call():
                return self.call(node, scope, wanted)
        raise Refused(f"{type(node).__name__} is not part of the language")

    def name(self, name: str, scope: Scope, wanted: Type | None) -> Read:
        pack = self.pack
        if wanted and not wanted.keyed and name in pack.enums.get(wanted.base, ()):
            return ("const", of(name)), wanted
        if wanted and name in pack.specials:
            return ("const", of((name,))), wanted
        if name in scope:
            return ("var", name), scope[name]
        if name in pack.facts[""]:
            return self.attribute(("const", of(("@",))), Type(""), name, [], scope)
        if name in pack.parameters:
            type_ = pack.type(get(pack.parameters[name], "type"))
            return ("const", pack.value(type_, pack.parameters[name].get("value"))), type_
        if name in pack.readings:
            return ("reading", name), Type(f"reading {name}")
        if name in pack.discretions:
            return ("choice", name), pack.choice_type(name)
        if name in pack.definitions:
            return self.applied(name, [], [], scope)
        raise NoName(f"the name {name!r} means nothing where it stands")

    def attempt(self, node: ast.AST, scope: Scope) -> Read | None:
        try:
            return self.read(node, scope, None)
        except NoName:
            return None

    def pair(self, a: ast.expr, b: ast.expr, scope: Scope) -> tuple[Any, Any, Type]:
        """The sides of a comparison; a bare name is understood from the type of the other."""
        name = b.id if isinstance(a, ast.Name) and isinstance(b, ast.Name) else ""
        own = self.attempt(a, scope) if name else None
        if own and name in self.pack.enums.get(own[1].base, ()):
            return own[0], ("const", of(name)), own[1]
        if isinstance(a, ast.Name) and (other := self.attempt(b, scope)):
            return self.typed(a, scope, other[1]), *other
        left, type_ = self.read(a, scope, None)
        return left, self.typed(b, scope, type_), type_

    def comparison(self, node: ast.Compare, scope: Scope) -> Any:
        sides, parts = [node.left, *node.comparators], []
        for op, a, b in zip(node.ops, sides, sides[1:], strict=False):
            among = isinstance(op, ast.In | ast.NotIn)
            values = getattr(b, "elts", []) if among else [b]
            need(values and (among or type(op) in OPS), "'is', or an 'in' of nothing written out")
            pairs = [self.pair(a, value, scope) for value in values]
            need(all(self.is_value(t) for _, _, t in pairs), "elements or tables are compared")
            word = OPS.get(type(op), "==")
            ranked = ("number", "day", *self.pack.enums)
            sorts = word in ("==", "!=") or all(t.base in ranked for _, _, t in pairs)
            need(sorts, f"{word!r} between what has no order")
            made = [("compare", word, x, y, self.pack.enums.get(t.base)) for x, y, t in pairs]
            one = ("connect", True, made) if among else made[0]
            parts.append(("not", one) if isinstance(op, ast.NotIn) else one)
        return parts[0] if len(parts) == 1 else ("connect", False, parts)

    def is_value(self, type_: Type) -> bool:
        """No element, nor a table: which of these it is, no expression sees."""
        return type_.base not in self.pack.elements and not type_.keyed

    def arithmetic(self, node: ast.BinOp, scope: Scope) -> Read:
        op = "+" if isinstance(node.op, ast.Add) else "-" if isinstance(node.op, ast.Sub) else "*"
        (left, a), (right, b) = [self.read(n, scope, None) for n in (node.left, node.right)]
        need(a.base + op + b.base in ARITHMETIC, f"no such arithmetic: {a.base} {op} {b.base}")
        need(op != "*" or "const" in (left[0], right[0]), "a product needs a constant")
        form = "shift" if b.base == "period" else "arith"
        return (form, op, left, right), ARITHMETIC[a.base + op + b.base]

    def pick(self, table: Any, type_: Type, key: Any) -> Read:
        need(type_.keyed, "something is picked from what is no table")
        entry = type_._replace(keyed="")
        return ("pick", table, key, self.pack.domain(entry, {})), entry

    def attribute(self, of_: Any, type_: Type, attr: str, args: list[Any], scope: Scope) -> Read:
        name, field = f"{type_.base}.{attr}", attr.removesuffix("_") if type_.base else attr
        if type_.keyed:
            need(attr in self.pack.enums[type_.keyed], f"{name!r}: no such entry")
            return self.pick(of_, type_, ("const", of(attr)))
        if name in self.pack.definitions:
            return self.applied(name, [of_], args, scope)
        need(field in self.pack.facts.get(type_.base, ()), f"{name!r}: no such field")
        found, domain = self.pack.facts[type_.base][field]
        return ("field", of_, field, EMPTY if found.keyed else domain), found

    def applied(self, name: str, first: list[Any], rest: list[ast.expr], scope: Scope) -> Read:
        parameters, type_ = self.pack.signature(name)
        wanted = [type_ for _, type_ in parameters[len(first) :]]
        need(len(rest) == len(wanted), f"{name!r} takes other arguments")
        args = [self.typed(arg, scope, t) for arg, t in zip(rest, wanted, strict=True)]
        return ("call", name, [*first, *args]), type_

    def call(self, node: ast.Call, scope: Scope, wanted: Type | None) -> Read:
        if isinstance(node.func, ast.Attribute) and not node.keywords:
            of_, type_ = self.read(node.func.value, scope, None)
            need(f"{type_.base}.{node.func.attr}" in self.pack.definitions, "no such definition")
            return self.attribute(of_, type_, node.func.attr, node.args, scope)
        name = getattr(node.func, "id", "")
        match node.args:
            case [ast.GeneratorExp() as made]:
                return self.aggregate(name, made, node.keywords, scope, wanted)
            case args if name in self.pack.definitions and not node.keywords:
                return self.applied(name, [], args, scope)
            case [ast.Constant(value=int() as n)] if name in ("years", "months", "days"):
                need(n <= 36500 and not node.keywords, "no such period")
                return ("const", self.pack.value(PERIOD, {name: n})), PERIOD
            case [_, _, *_] if name in ("min", "max") and not node.keywords:
                trees, types = zip(*[self.read(arg, scope, None) for arg in node.args], strict=True)
                need({t.base for t in types} in ({"number"}, {"day"}), f"{name}() of other types")
                return ("function", name, list(trees), ""), Type(types[0].base)
            case args if name in FUNCTIONS and not node.keywords:
                return self.function(name, args, scope)
        raise Refused(f"{name!r} is not part of the language, or takes other arguments")

    def function(self, name: str, args: list[ast.expr], scope: Scope) -> Read:
        (wanted, result), table = FUNCTIONS[name], next(iter(self.pack.calendars), "")
        if "work" in name and len(args) > len(wanted):
            table, args = getattr(args[-1], "id", ""), args[:-1]
        trees = [self.typed(arg, scope, t) for arg, t in zip(args, wanted, strict=True)]
        need(all(tree[0] == "const" for tree in trees[1:]), f"{name}() wants a constant")
        need("work" not in name or table in self.pack.calendars, f"there is no table {table!r}")
        return ("function", name, trees, table), result

    def aggregate(self, name: str, made: Any, keywords: Any, scope: Scope, wanted: Any) -> Read:
        binders, where, inner = self.binders(made, scope)
        if name in ("any", "all", "count"):
            need(not keywords, f"{name}() has no default")
            test = [] if name == "count" else [self.typed(made.elt, inner, YES_NO)]
            return (name, binders, where, *test), NUMBER if name == "count" else YES_NO
        need(name in ("min", "max", *KEYED), f"{name}() is not part of the language")
        parts = getattr(made.elt, "elts", []) if name in KEYED else [made.elt]
        need(len(parts) == 1 + (name in KEYED), f"{name}() wants pairs of a key and a value")
        key, key_type = self.read(parts[0], inner, None)
        body, type_ = self.read(parts[1], inner, wanted) if name in KEYED else (None, key_type)
        need(self.is_value(type_), f"{name}() gives values, no elements and no tables")
        need(key_type.base in ("number", "day"), f"{name}() compares numbers or days")
        need([k.arg for k in keywords] in ([], ["default"]), f"{name}() takes a default only")
        default = self.typed(keywords[0].value, scope, type_) if keywords else None
        return ("best", KEYED.get(name, name), binders, where, key, body, default), type_

    def binders(self, made: ast.GeneratorExp, scope: Scope) -> tuple[Any, Any, Scope]:
        """(variable, what it ranges over, whether that is a list); all `if`s; the scope inside."""
        inner, found, tests = dict(scope), [], []
        for clause in made.generators:
            need(isinstance(clause.target, ast.Name), "'for' wants a variable")
            name, over = getattr(clause.target, "id", ""), getattr(clause.iter, "id", "")
            found.append((name, over, over in self.pack.collections))
            need(found[-1][2] or over in self.pack.enums, f"{over!r} is no list")
            listing = self.pack.collections.get(over)
            inner[name] = Type(get(listing, "element") if listing else over)
            tests += [self.typed(test, inner, YES_NO) for test in clause.ifs]
        return found, ("connect", False, tests), inner

# -- 5  the calendar

def moved(day: int, period: tuple[int, int, int]) -> int | None:
    """A day plus years and months, then days; a day that a month lacks is the month's last (Civil
    Code 202). None: there is no such day. A later day never comes to an earlier one."""
    start = date.fromordinal(day)
    months = 12 * (start.year + period[0]) + start.month - 1 + period[1]
    if not 12 <= months < 12 * (MAXYEAR + 1):
        return None
    found = last_at_most(months // 12, months % 12 + 1, start.day) + period[2]
    return found if 1 <= found <= date.max.toordinal() else None

def last_at_most(year: int, month: int, number: int) -> int:
    last = number if number < 29 else min(number, monthrange(year, month)[1])
    return date(year, month, last).toordinal()

def within(pack: Pack, least: int | None, greatest: int | None) -> Possible:
    """Days from least to greatest, as far as arithmetic reaches; what lies beyond (None) fails."""
    first, last = pack.reach[0] or 1, pack.reach[1] or date.max.toordinal()
    if least is not None and greatest is not None and first <= least and greatest <= last:
        return span(least, greatest)
    a = first if least is None else max(first, least)
    b = last if greatest is None else min(last, greatest)
    return failure(NO_DATA) if a > b or least == greatest else either(failure(NO_DATA), span(a, b))

def workday(pack: Pack, table: str, day: int) -> bool | None:
    """Whether a table has a day as a working day. None: the table lacks the year."""
    pack.spend()
    if table not in pack.tables:
        years = get(pack.calendars[table], "years", list)
        days = [[{day_of(d) for d in get(y, key, list)} for key in ("off", "work")] for y in years]
        numbers = [get(year, "year", int) for year in years]
        pack.tables[table] = dict(zip(numbers, days, strict=True))
    known = pack.tables[table].get(date.fromordinal(day).year)
    if known is None:
        return None
    return day in known[1] or (date.fromordinal(day).weekday() < 5 and day not in known[0])

def workdays_after(pack: Pack, table: str, day: int, number: int) -> int | None:
    """The n-th working day after a day. None: the table lacks a year on the way."""
    while number > 0:
        day += 1
        worked = workday(pack, table, day) if day <= date.max.toordinal() else None
        if worked is None:
            return None
        number -= worked
    return day
