"""The only importer of z3: is a condition satisfiable, and by what.

One context for each `Prover`. Work is bounded by z3's `rlimit`, which stops at the same place on every machine. Where numbers are
only compared and shifted (`Node.countless`), they may be put as words of bits, and the solver has nothing but clauses to deal
with: several times as fast as with whole numbers where most of them are known, and far slower where many are compared with each
other.

Terms are made and asserted through z3's C library: for formulas of a hundred thousand nodes and searches of a few milliseconds,
z3's Python objects took nine tenths of the time. Terms live as long as their prover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import z3  # pinned exactly: it has no stubs, and its answers' order is part of our output

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node

RLIMIT = 3_000_000
BITS_RLIMIT = RLIMIT // 2
"""What a question put in words of bits may take, before it is put with whole numbers."""
WIDTH = 24
"""Bits of a number, the sign included: enough for what is `countless`, and for a constant added to it."""
ONCE = (
    "simplify", "propagate-values", "solve-eqs", "elim-uncnstr", "max-bv-sharing", "bit-blast", "simplify", "aig", "sat",
)  # fmt: skip
"""How a question in words of bits is made smaller before it is answered, where nothing has to be kept for the next."""
MOST_SMALL = 2**62
_HANDLE, _COUNT, _TEXT = ctypes.c_void_p, ctypes.c_uint, ctypes.c_char_p
_HANDLES = ctypes.POINTER(_HANDLE)


def _function(name: str, *takes: Any, gives: Any = _HANDLE) -> Any:
    """A function of z3's C library; the context, which it takes first, is not listed. Handles are plain numbers."""
    wrapped = getattr(z3, f"Z3_{name}").__defaults__[0].f  # the only place where z3 keeps its library's functions
    return ctypes.CFUNCTYPE(gives, _HANDLE, *takes)(ctypes.cast(wrapped, _HANDLE).value or 0)


_keep = _function("ast_vector_push", _HANDLE, _HANDLE, gives=None)
_check = _function("solver_check_assumptions", _HANDLE, _COUNT, _HANDLES, gives=ctypes.c_int)
_assert = _function("solver_assert", _HANDLE, _HANDLE, gives=None)
_symbol = _function("mk_string_symbol", _TEXT)
_constant = _function("mk_const", _HANDLE, _HANDLE)
_declared = _function("get_app_decl", _HANDLE)
_number = _function("mk_numeral", _TEXT, _HANDLE)
_small_number = _function("mk_int64", ctypes.c_int64, _HANDLE)
_not, _implies = _function("mk_not", _HANDLE), _function("mk_implies", _HANDLE, _HANDLE)
_equal, _ite = _function("mk_eq", _HANDLE, _HANDLE), _function("mk_ite", _HANDLE, _HANDLE, _HANDLE)
_true, _false = _function("mk_true"), _function("mk_false")
_le, _ge = _function("mk_le", _HANDLE, _HANDLE), _function("mk_ge", _HANDLE, _HANDLE)
_word_le, _word_ge = _function("mk_bvsle", _HANDLE, _HANDLE), _function("mk_bvsge", _HANDLE, _HANDLE)
_word_add = _function("mk_bvadd", _HANDLE, _HANDLE)
_many = {op: _function(f"mk_{op}", _COUNT, _HANDLES) for op in ("and", "or", "add", "sub", "mul")}
_value_of = _function("model_get_const_interp", _HANDLE, _HANDLE)
_truth_of = _function("get_bool_value", _HANDLE, gives=ctypes.c_int)
_digits_of = _function("get_numeral_string", _HANDLE, gives=_TEXT)
_identity = _function("get_ast_id", _HANDLE, gives=_COUNT)


def give_back() -> None:
    """Hands memory that solvers no longer use to the operating system, where its library can (glibc's): z3 takes much and leaves
    it in pieces, which nothing of Python's can use."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


class Prover:
    """An incremental solver over nodes. What is added stays; what is asked is asked under assumptions.

    With `bits`, everything added or asked must be `countless`. `once`: for a question without assumptions; in
    words of bits for one such question only, since each is worked out from the beginning."""

    def __init__(self, rlimit: int = RLIMIT, *, bits: bool = False, once: bool = False) -> None:
        self.context = z3.Context()
        self.solver = _solver(self.context, bits=bits, once=once)
        self.solver.set("random_seed", 0)
        self.solver.set("rlimit", rlimit)
        self.bits = bits
        self.queries = 0
        self._ref, self._solver = self.context.ref().value, self.solver.solver.value
        self._truths = z3.BoolSort(self.context).ast.value
        whole = z3.BitVecSort(WIDTH, self.context) if bits else z3.IntSort(self.context)
        self._sorts = (z3.BoolSort(self.context), whole)  # kept: the handles beside them are only numbers
        self._numbers = whole.ast.value
        self._held = z3.AstVector(ctx=self.context)  # gone before the context: z3 is slow to clear up after terms still held
        self._vector = self._held.vector.value
        self._made: dict[Node, int] = {}
        self._variables: list[tuple[Node, int]] = []
        self._flags: dict[Node, int] = {}

    def __len__(self) -> int:
        """How many terms it holds."""
        return len(self._held)

    def add(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node.op != "true":
                _assert(self._ref, self._solver, self.term(node))

    def satisfy(self, *conditions: Node) -> dict[Node, int] | None:
        """Values for the variables spoken of that make every condition true, or None if there are none.

        Raises `NotShown` if the budget ended first."""
        return self.values() if self.possible(*conditions) else None

    def possible(self, *conditions: Node) -> bool:
        """Whether every condition can be true together. Raises `NotShown` if the budget ended first."""
        if any(condition.op == "false" for condition in conditions):
            return False
        return self._possible([self._literal(condition) for condition in conditions if condition.op != "true"])

    def _possible(self, literals: list[int]) -> bool:
        self.queries += 1
        verdict = _check(self._ref, self._solver, len(literals), _listed(literals))
        if verdict == z3.Z3_L_UNDEF:
            raise NotShown(f"the solver's budget ended ({self.solver.reason_unknown()})")
        return bool(verdict == z3.Z3_L_TRUE)

    def core(self, conditions: Iterable[Node]) -> list[Node] | None:
        """Of conditions that cannot be true together, some that already cannot; None if they can. Raises `NotShown`."""
        wanted = [condition for condition in conditions if condition.op != "true"]
        literals = [self._literal(condition) for condition in wanted]
        if self._possible(literals):
            return None
        core = {each.get_id() for each in self.solver.unsat_core()}
        return [node for node, literal in zip(wanted, literals, strict=True) if _identity(self._ref, literal) in core]

    def _literal(self, node: Node) -> int:
        """Assumptions are literals; anything else gets a name."""
        if node.op == "var" or (node.op == "not" and node.args[0].op == "var"):
            return self.term(node)
        flag = self._flags.get(node)
        if flag is None:
            flag = self._flags[node] = self._named(f"#{node.index}", self._truths)
            _assert(self._ref, self._solver, self._kept(_implies(self._ref, flag, self.term(node))))
        return flag

    def values(self) -> dict[Node, int]:
        """The model last found."""
        model = self.solver.model()
        handle = model.model.value
        values = {}
        for node, declared in self._variables:
            found = _value_of(self._ref, handle, declared)
            if not found:
                continue
            if node.op == "ivar":
                values[node] = self._whole(int(_digits_of(self._ref, found)))
            else:
                values[node] = int(_truth_of(self._ref, found) == z3.Z3_L_TRUE)
        return values

    def _whole(self, number: int) -> int:
        """A word of bits as the number it stands for."""
        return number - (1 << WIDTH) if self.bits and number >> (WIDTH - 1) else number

    def term(self, node: Node) -> int:
        """The z3 term of a node, made once. Without recursion: some formulas nest deeper than Python goes."""
        made = self._made
        todo = [node] if node not in made else []
        while todo:
            here = todo[-1]
            missing = [part for part in here.parts if part not in made]
            if missing:
                todo += missing
                continue
            if here not in made:
                made[here] = self._kept(self._build(here, [made[part] for part in here.parts]))
            todo.pop()
        return made[node]

    def _build(self, node: Node, parts: list[int]) -> Any:
        reference = self._ref
        match node.op:
            case "and" | "or":
                made = _many[node.op](reference, len(parts), _listed(parts))
            case "not":
                made = _not(reference, *parts)
            case "eq":
                made = _equal(reference, *parts)
            case "le":
                made = (_word_le if self.bits else _le)(reference, *parts)
            case "ite":
                made = _ite(reference, *parts)
            case "int":
                made = self._constant(node.args[0])
            case "var" | "ivar":
                made = self._variable(node)
            case "steps":
                made = self._by_pieces(parts[0], node.args[0].pieces(node.parts[0].least, node.parts[0].greatest))
            case "within":
                made = self._within(parts[0], node.args[0].between(node.parts[0].least, node.parts[0].greatest))
            case "true" | "false":
                made = (_true if node.op == "true" else _false)(reference)
            case _:
                made = self._sum(node, parts)
        return made

    def _variable(self, node: Node) -> int:
        name: str = node.args[0]
        variable = self._named(name, self._truths if node.op == "var" else self._numbers)
        self._variables.append((node, _declared(self._ref, variable)))
        if node.op == "ivar":
            for compared, end in zip((_word_ge, _word_le) if self.bits else (_ge, _le), (node.least, node.greatest), strict=True):
                _assert(self._ref, self._solver, self._kept(compared(self._ref, variable, self._constant(end))))
        return variable

    def _by_pieces(self, of: int, pieces: list[tuple[int, bool, int]]) -> int:
        """A function of a number, by halving the pieces it is made of."""
        if len(pieces) == 1:
            ((_, fixed, kept),) = pieces
            return self._constant(kept) if fixed else self._kept(self._shifted(of, kept))
        middle = (len(pieces) + 1) // 2
        first_half = self._kept((_word_le if self.bits else _le)(self._ref, of, self._constant(pieces[middle][0] - 1)))
        halves = (self._by_pieces(of, pieces[:middle]), self._by_pieces(of, pieces[middle:]))
        return self._kept(_ite(self._ref, first_half, *halves))

    def _within(self, of: int, spans: list[tuple[int, int]]) -> Any:
        below, above = (_word_le, _word_ge) if self.bits else (_le, _ge)
        ways = []
        for first, last in spans:
            from_ = self._kept(above(self._ref, of, self._constant(first)))
            ends = [from_, self._kept(below(self._ref, of, self._constant(last)))]
            ways.append(self._kept(_many["and"](self._ref, 2, _listed(ends))))
        return _many["or"](self._ref, len(ways), _listed(ways))

    def _shifted(self, term: int, number: int) -> Any:
        if self.bits:
            return _word_add(self._ref, term, self._constant(number))
        return self._joined("add", term, self._constant(number))

    def _sum(self, node: Node, parts: list[int]) -> Any:
        match node.op:
            case "add":
                return self._shifted(parts[0], node.args[1])
            case "sum":
                return self._joined("add" if node.args[2] == 1 else "sub", *parts)
            case "scale":
                return self._joined("mul", parts[0], self._constant(node.args[1]))
            case op:
                raise ValueError(f"{op} is not a number")

    def _joined(self, op: str, left: int, right: int) -> Any:
        return _many[op](self._ref, 2, _listed([left, right]))

    def _constant(self, number: int) -> int:
        if -MOST_SMALL <= number < MOST_SMALL:
            return self._kept(_small_number(self._ref, number, self._numbers))
        return self._kept(_number(self._ref, str(number).encode(), self._numbers))

    def _named(self, name: str, sort: int) -> int:
        return self._kept(_constant(self._ref, _symbol(self._ref, name.encode()), sort))

    def _kept(self, term: int | None) -> int:
        """A term that z3 does not throw away before the prover goes."""
        if not term:
            raise ValueError(f"z3 could not make a term: {z3.Z3_get_error_msg(self.context.ref(), 0)}")
        _keep(self._ref, self._vector, term)
        return term


def _solver(context: Any, *, bits: bool, once: bool) -> Any:
    """Asked without assumptions, z3 tries other ways first with whole numbers, at five million of the budget, before it takes the
    solver that it takes at once where there are some. Words of bits are made smaller by what a second question would not bear."""
    if once:
        return z3.Then(*ONCE, ctx=context).solver() if bits else z3.SimpleSolver(ctx=context)
    return z3.SolverFor("QF_FD", ctx=context) if bits else z3.Solver(ctx=context)


def _listed(handles: list[int]) -> Any:
    return (_HANDLE * len(handles))(*handles)
