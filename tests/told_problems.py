"""Every message that can be part of a problem of the input, read from the program's own source.

What reaches `Problem` is followed backwards: through names, choices, tables and f-strings, through the functions that make a part
of it, and from a function that passes its parameters on to all who call it. What a run puts in (a name, a number) is `VALUE`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

import zhunsheng

ROOT = Path(zhunsheng.__file__).parent
VALUE = "\x00"
SINKS = {"Problem": (1, 2), "Unmatched": (1, 2), "Malformed": (0,)}
"""What makes a problem, or is told as one, and which of its arguments are for people."""
HOMES = {"Problem": "errors.py", "Unmatched": "errors.py", "Malformed": "certify/envelope.py"}
APART = ("solve", "evaluate", "certify/kernel.py", "certify/claims.py", "certify/clauses.py", "certify/compared.py")
"""Where nothing is told as a problem."""
VALUES_OF = {"shown", "unparse", "join", "get", "strip", "partition", "rpartition", "replace", "isoformat", "removeprefix"}
"""Functions that give values, never sentences."""
MOST, DEEPEST = 400, 14

Function = ast.FunctionDef


class Spot(NamedTuple):
    """An expression where it stands; `given` are the arguments of a call whose result is being read."""

    node: ast.expr
    module: str
    function: Function | None
    given: tuple[tuple[str, Spot], ...] | None = None


@dataclass
class Sources:
    """The program's modules, its functions and their callers by name, and what each module imports from where."""

    functions: dict[str, list[tuple[str, Function, bool]]] = field(default_factory=dict)
    callers: dict[str, list[tuple[str, ast.Call, Function | None]]] = field(default_factory=dict)
    constants: dict[tuple[str, str], ast.expr] = field(default_factory=dict)
    imports: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    classes: dict[Function, str] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        module = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self._walk(module, tree, None)
        for statement in tree.body:
            match statement:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    self.constants[module, name] = value
        found = self.imports.setdefault(module, {})
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhunsheng"):
                for alias in node.names:
                    found.setdefault(alias.asname or alias.name, (str(node.module), alias.name))

    def _walk(self, module: str, node: ast.AST, function: Function | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                self.functions.setdefault(child.name, []).append((module, child, isinstance(node, ast.ClassDef)))
                if isinstance(node, ast.ClassDef):
                    self.classes[child] = node.name
            if isinstance(child, ast.Call):
                self.callers.setdefault(called(child), []).append((module, child, function))
            self._walk(module, child, child if isinstance(child, Function) else function)

    def constant(self, name: str, module: str) -> Spot | None:
        if (module, name) in self.constants:
            return Spot(self.constants[module, name], module, None)
        source, own = self.imports[module].get(name, ("", ""))
        home = file_of(source)
        return Spot(self.constants[home, own], home, None) if (home, own) in self.constants else None


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def file_of(module: str) -> str:
    return module.removeprefix("zhunsheng").removeprefix(".").replace(".", "/") + ".py"


def parameters(function: Function, method: bool) -> list[str]:
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in function.decorator_list)
    return names[1:] if method and not static else names


def defaults(function: Function) -> dict[str, ast.expr]:
    args = function.args
    found = dict(zip(reversed([one.arg for one in args.args]), reversed(args.defaults), strict=False))
    return found | {one.arg: value for one, value in zip(args.kwonlyargs, args.kw_defaults, strict=True) if value is not None}


@dataclass
class Reading:
    """Expressions as the sentences they can be. `thing`: whether a sentence's part is said by itself, in whatever sentence."""

    sources: Sources
    thing: Callable[[str], bool]
    busy: set[object] = field(default_factory=set)
    bound: dict[Function, list[tuple[ast.expr, ast.expr | None]]] = field(default_factory=dict)

    def texts(self, spot: Spot, depth: int = 0) -> set[str]:
        if depth > DEEPEST:
            return {VALUE}

        def of(node: ast.expr) -> set[str]:
            return self.texts(spot._replace(node=node), depth + 1)

        match spot.node:
            case ast.Constant(value=value):
                return {value if isinstance(value, str) else VALUE}
            case ast.JoinedStr(values=parts):
                return joined([of(part) for part in parts])
            case ast.FormattedValue(conversion=114):
                return {f"'{VALUE}'"}
            case ast.FormattedValue(value=value):
                return self._part(of(value))
            case ast.IfExp(body=one, orelse=other):
                return of(one) | of(other)
            case ast.BoolOp(values=values):
                return set().union(*map(of, values))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return joined([of(left), of(right)])
            case ast.NamedExpr(value=value):
                return of(value)
            case ast.Name(id=name):
                return self._name(name, spot, depth)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int() as index)):
                return self._name(name, spot, depth, index)
            case ast.Subscript(value=ast.Dict(values=values)):
                return set().union(*map(of, values))
            case ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")) if (
                table := self._table(name, spot)
            ):
                more = spot.node.args[1:] if isinstance(spot.node, ast.Call) else []
                return set().union(*(self.texts(one, depth + 1) for one in table), *map(of, more))
            case ast.Call(func=ast.Attribute(value=value, attr="format")):
                return {re.sub(r"\{[^}]*\}", VALUE, text) for text in of(value)}
            case ast.Call():
                return self._result(spot, depth)
        return {VALUE}

    def _part(self, found: set[str]) -> set[str]:
        """What stands in a sentence: a value or a known thing as such, anything else word by word."""
        plain = {text for text in found if text.replace(VALUE, "").strip("'")}
        split = any(text != text.strip() or text.endswith(":") or (" " in text and not self.thing(text)) for text in plain)
        return found if "" in found or split else {VALUE} | (found - plain)

    def _table(self, name: str, spot: Spot) -> list[Spot]:
        found = self.sources.constant(name, spot.module)
        if found is None or not isinstance(found.node, ast.Dict):
            return []
        return [found._replace(node=value) for value in found.node.values]

    def _name(self, name: str, spot: Spot, depth: int, index: int | None = None) -> set[str]:
        """What a name can stand for, or a component of what it stands for."""
        function = spot.function
        if spot.given is not None and index is None and name in dict(spot.given):
            return self.texts(dict(spot.given)[name], depth + 1)
        found: set[str] = set()
        if function is not None:
            found = self._local(name, spot, depth, index)
            if spot.given is None and index is None:
                found |= self._arguments(name, spot.module, function, depth)
        if not found and (constant := self.sources.constant(name, spot.module)) is not None:
            return self._component(constant, index, depth)
        return found or {VALUE}

    def _component(self, spot: Spot, index: int | None, depth: int) -> set[str]:
        match spot.node:
            case _ if index is None:
                return self.texts(spot, depth + 1)
            case ast.Tuple(elts=parts):
                return self.texts(spot._replace(node=parts[index]), depth + 1)
            case ast.IfExp(body=one, orelse=other):
                return set().union(*(self._component(spot._replace(node=node), index, depth) for node in (one, other)))
            case ast.Call():
                return self._result(spot, depth, index)
        return {VALUE}

    def _local(self, name: str, spot: Spot, depth: int, index: int | None) -> set[str]:
        key = (spot.function, name)
        if key in self.busy or spot.function is None:
            return set()
        self.busy.add(key)
        found: set[str] = set()
        if spot.function not in self.bound:
            self.bound[spot.function] = list(self._bound(spot))
        for target, value in self.bound[spot.function]:
            places = [one.id if isinstance(one, ast.Name) else "" for one in target.elts] if isinstance(target, ast.Tuple) else []
            if isinstance(target, ast.Name) and target.id == name:
                found |= {VALUE} if value is None else self._component(spot._replace(node=value), index, depth)
            elif name in places:
                found |= {VALUE} if value is None else self._component(spot._replace(node=value), places.index(name), depth)
        self.busy.discard(key)
        return found

    def _bound(self, spot: Spot) -> Iterator[tuple[ast.expr, ast.expr | None]]:
        assert spot.function is not None
        for node in ast.walk(spot.function):
            match node:
                case ast.Assign(targets=targets, value=value):
                    yield from ((target, value) for target in targets)
                case ast.AnnAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
                    yield target, value
                case ast.AugAssign(target=target, value=value):
                    yield target, value
                case ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values):
                    known = self.sources.constant(values.id, spot.module) if isinstance(values, ast.Name) else None
                    written = known.node if known is not None else values
                    each = written.elts if isinstance(written, ast.Tuple | ast.List) else [None]
                    yield from ((target, value) for value in each)

    def _arguments(self, name: str, module: str, function: Function, depth: int) -> set[str]:
        """What callers give for a parameter, and its default."""
        method = any(one is function and of_class for _, one, of_class in self.sources.functions[function.name])
        names = parameters(function, method)
        extra = [one.arg for one in function.args.kwonlyargs]
        key = (function, name, "given")
        if key in self.busy or name not in (*names, *extra):
            return set()
        self.busy.add(key)
        default = defaults(function).get(name)
        written = isinstance(default, ast.Constant) and default.value is not None
        found = self.texts(Spot(default, module, None), depth + 1) if default is not None and written else set()
        for spot, call in self._calls(module, function, method, [*names, *extra]):
            found |= self._argument(name, names, spot, call, depth)
        self.busy.discard(key)
        return found or {VALUE}

    def _calls(self, module: str, function: Function, method: bool, names: list[str]) -> Iterator[tuple[Spot, ast.Call]]:
        made = function.name == "__init__"
        least = len(parameters(function, method)) - len(function.args.defaults)
        for where, call, caller in self.sources.callers.get(self.sources.classes[function] if made else function.name, []):
            owner = call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else None
            starred = any(isinstance(arg, ast.Starred) for arg in call.args)
            fits = starred or least <= len(call.args) + len(call.keywords) <= len(names)
            named = all(keyword.arg is None or keyword.arg in names for keyword in call.keywords)
            of_module = owner in self.sources.imports[where]
            if made:
                right = True
            elif method:
                right = isinstance(call.func, ast.Attribute) and not of_module
            elif isinstance(call.func, ast.Attribute):
                right = owner == Path(module).stem
            else:
                right = where == module or function.name in self.sources.imports[where]
            private = function.name.startswith("_") and not made and where != module
            if fits and named and right and not private:
                yield Spot(call, where, caller), call

    def _argument(self, name: str, names: list[str], at: Spot, call: ast.Call, depth: int) -> set[str]:
        for keyword in call.keywords:
            if keyword.arg == name:
                return self.texts(at._replace(node=keyword.value), depth + 1)
        if name not in names:
            return set()
        given = spread(call.args)
        index = names.index(name)
        return self.texts(at._replace(node=given[index]), depth + 1) if index < len(given) else set()

    def _result(self, spot: Spot, depth: int, index: int | None = None) -> set[str]:
        """What a call can give; a function that is not ours gives a value."""
        call = spot.node
        assert isinstance(call, ast.Call)
        found: set[str] = set()
        for module, function, method in self._meant(spot, call):
            wanted = ast.unparse(function.returns) if function.returns is not None else ""
            if function in self.busy or (index is None and "str" not in wanted):
                continue
            self.busy.add(function)
            given = {name: spot._replace(node=arg) for name, arg in zip(parameters(function, method), call.args, strict=False)}
            given |= {keyword.arg: spot._replace(node=keyword.value) for keyword in call.keywords if keyword.arg}
            for name, default in defaults(function).items():
                given.setdefault(name, Spot(default, module, None))
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    found |= self._component(Spot(node.value, module, function, tuple(given.items())), index, depth)
            self.busy.discard(function)
        return found or {VALUE}

    def _meant(self, spot: Spot, call: ast.Call) -> list[tuple[str, Function, bool]]:
        name = called(call)
        known = [] if name in VALUES_OF else self.sources.functions.get(name, [])
        own = [one for one in known if one[0] == spot.module]
        if isinstance(call.func, ast.Name):
            source, given = self.sources.imports[spot.module].get(name, ("", ""))
            away = self.sources.functions.get(given, [])
            return own or [one for one in away if one[0] == file_of(source)]
        return own or known


def spread(args: Iterable[ast.expr]) -> list[ast.expr]:
    """The arguments of a call, two for one with a star."""
    found: list[ast.expr] = []
    for arg in args:
        if isinstance(arg, ast.Starred):
            found += [ast.Subscript(arg.value, ast.Constant(index), ast.Load()) for index in range(2)]
        else:
            found.append(arg)
    return found


def joined(parts: list[set[str]]) -> set[str]:
    return {"".join(texts) for texts in islice(product(*map(sorted, parts)), MOST)}


@cache
def sources() -> Sources:
    found = Sources()
    for path in sorted(ROOT.rglob("*.py")):
        if not path.relative_to(ROOT).as_posix().startswith(APART):
            found.read(path)
    return found


def problem_messages(thing: Callable[[str], bool]) -> dict[str, str]:
    """Each message, and a place in the program where it is made. One that is passed on from another problem is not listed."""
    known = sources()
    reading = Reading(known, thing)
    found: dict[str, str] = {}
    for sink, wanted in SINKS.items():
        for module, call, function in sinks(known, sink):
            given = spread(call.args)
            for index in wanted:
                for text in reading.texts(Spot(given[index], module, function)) if index < len(given) else ():
                    if re.search("[A-Za-z]{2}", text):
                        found.setdefault(text, f"{module}:{call.lineno}")
    return found


def sinks(known: Sources, sink: str) -> Iterator[tuple[str, ast.Call, Function | None]]:
    """Where a problem is made, under whatever name it was imported."""
    home = "zhunsheng." + HOMES[sink].removesuffix(".py").replace("/", ".")
    for name, calls in known.callers.items():
        for module, call, function in calls:
            if isinstance(call.func, ast.Name) and (
                known.imports[module].get(name) == (home, sink) or (module == HOMES[sink] and name == sink)
            ):
                yield module, call, function
