"""The only importer of z3: is a condition satisfiable, and by what.

One context for each `Prover`. Work is bounded by z3's `rlimit`, which stops at the same place on every machine. Where numbers are
only compared and shifted (`Node.countless`), they may be put as words of bits, and the solver has nothing but clauses to deal
with: several times as fast as with whole numbers where most of them are known, and far slower where many are compared with each
other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3  # pinned exactly: it has no stubs, and its answers' order is part of our output

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node

RLIMIT = 3_000_000
BITS_RLIMIT = RLIMIT // 2
"""What a question put in words of bits may take, before it is put with whole numbers."""
WIDTH = 24
"""Bits of a number, the sign included: enough for what is `countless`, and for a constant added to it."""



class Prover:
    """An incremental solver over nodes. What is added stays; what is asked is asked under assumptions.

    With `bits`, everything added or asked must be `countless`."""

    def __init__(self, rlimit: int = RLIMIT, *, bits: bool = False) -> None:
        self.context = z3.Context()
        self.solver = z3.SolverFor("QF_FD", ctx=self.context) if bits else z3.Solver(ctx=self.context)
        self.solver.set("random_seed", 0)
        self.solver.set("rlimit", rlimit)
        self.bits = bits
        self.queries = 0
        self._made: dict[Node, Any] = {}
        self._variables: list[tuple[Node, Any]] = []
        self._bounded: set[Node] = set()

    def add(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node.op != "true":
                self.solver.add(self.term(node))

    def satisfy(self, *conditions: Node) -> dict[Node, int] | None:
        """Values for the variables spoken of that make every condition true, or None if there are none.

        Raises `NotShown` if the budget ended first."""
        return self.values() if self.possible(*conditions) else None

    def possible(self, *conditions: Node) -> bool:
        """Whether every condition can be true together. Raises `NotShown` if the budget ended first."""
        if any(condition.op == "false" for condition in conditions):
            return False
        literals = [self._literal(condition) for condition in conditions if condition.op != "true"]
        self.queries += 1
        verdict = self.solver.check(*literals)
        if verdict == z3.unsat:
            return False
        if verdict != z3.sat:
            raise NotShown(f"the solver's budget ended ({self.solver.reason_unknown()})")
        return True

    def core(self, conditions: Iterable[Node]) -> list[Node] | None:
        """Of conditions that cannot be true together, some that already cannot; None if they can. Raises `NotShown`."""
        wanted = [condition for condition in conditions if condition.op != "true"]
        literals = [self._literal(condition) for condition in wanted]
        self.queries += 1
        verdict = self.solver.check(*literals)
        if verdict == z3.sat:
            return None
        if verdict != z3.unsat:
            raise NotShown(f"the solver's budget ended ({self.solver.reason_unknown()})")
        core = {each.get_id() for each in self.solver.unsat_core()}
        return [node for node, literal in zip(wanted, literals, strict=True) if literal.get_id() in core]

    def _literal(self, node: Node) -> Any:
        """Assumptions are literals; anything else gets a name."""
        if node.op == "var" or (node.op == "not" and node.args[0].op == "var"):
            return self.term(node)
        flag = z3.Bool(f"#{node.index}", self.context)
        if node not in self._bounded:
            self._bounded.add(node)
            self.solver.add(z3.Implies(flag, self.term(node), self.context))
        return flag

    def values(self) -> dict[Node, int]:
        """The model last found, read through the C interface: z3's own objects cost more than the search."""
        context = self.context.ref()
        model = self.solver.model()
        values = {}
        for node, declared in self._variables:
            found = z3.Z3_model_get_const_interp(context, model.model, declared)
            if not found:
                continue
            if node.op == "ivar":
                values[node] = self._whole(int(z3.Z3_get_numeral_string(context, found)))
            else:
                values[node] = int(z3.Z3_get_bool_value(context, found) == z3.Z3_L_TRUE)
        return values

    def _whole(self, number: int) -> int:
        """A word of bits as the number it stands for."""
        return number - (1 << WIDTH) if self.bits and number >> (WIDTH - 1) else number

    def term(self, node: Node) -> Any:
        """The z3 term of a node, made once."""
        todo = [node]
        while todo:
            here = todo[-1]
            if here in self._made:
                todo.pop()
                continue
            missing = [arg for arg in here.args if isinstance(arg, Node) and arg not in self._made]
            if missing:
                todo.extend(missing)
                continue
            self._made[here] = self._build(here)
            if here.op in ("var", "ivar"):
                self._variables.append((here, self._made[here].decl().ast))
            todo.pop()
        return self._made[node]

    def _build(self, node: Node) -> Any:
        """Through z3's C interface: its Python operators coerce every operand anew, which cost more than solving did."""
        context = self.context
        parts = [self._made[arg].as_ast() for arg in node.args if isinstance(arg, Node)]
        match node.op:
            case "true" | "false":
                return z3.BoolVal(node.op == "true", context)
            case "var":
                return z3.Bool(node.args[0], context)
            case "int":
                return self._constant(node.args[0])
            case "ivar":
                variable = z3.BitVec(node.args[0], WIDTH, context) if self.bits else z3.Int(node.args[0], context)
                self.solver.add(variable >= node.least, variable <= node.greatest)
                return variable
            case "not" | "and" | "or" | "le" | "eq":
                return z3.BoolRef(self._condition(node.op, parts), context)
            case _:
                kind = z3.BitVecRef if self.bits else z3.ArithRef
                return kind(self._number(node, parts), context)

    def _constant(self, number: int) -> Any:
        return z3.BitVecVal(number, WIDTH, self.context) if self.bits else z3.IntVal(number, self.context)

    def _condition(self, op: str, parts: list[Any]) -> Any:
        reference = self.context.ref()
        match op:
            case "not":
                return z3.Z3_mk_not(reference, parts[0])
            case "and":
                return z3.Z3_mk_and(reference, len(parts), (z3.Ast * len(parts))(*parts))
            case "or":
                return z3.Z3_mk_or(reference, len(parts), (z3.Ast * len(parts))(*parts))
            case "le":
                at_most = z3.Z3_mk_bvsle if self.bits else z3.Z3_mk_le
                return at_most(reference, parts[0], parts[1])
            case _:
                return z3.Z3_mk_eq(reference, parts[0], parts[1])

    def _number(self, node: Node, parts: list[Any]) -> Any:
        reference = self.context.ref()
        match node.op:
            case "add":
                constant = self._constant(node.args[1]).as_ast()
                if self.bits:
                    return z3.Z3_mk_bvadd(reference, parts[0], constant)
                return z3.Z3_mk_add(reference, 2, (z3.Ast * 2)(parts[0], constant))
            case "sum" if node.args[2] == 1:
                return z3.Z3_mk_add(reference, 2, (z3.Ast * 2)(*parts))
            case "sum":
                return z3.Z3_mk_sub(reference, 2, (z3.Ast * 2)(*parts))
            case "scale":
                factor = z3.IntVal(node.args[1], self.context).as_ast()
                return z3.Z3_mk_mul(reference, 2, (z3.Ast * 2)(parts[0], factor))
            case "ite":
                return z3.Z3_mk_ite(reference, parts[0], parts[1], parts[2])
            case op:
                raise ValueError(f"{op} is not a number")
