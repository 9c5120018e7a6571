"""The reference meaning: what every definition comes to in one complete case, and how.

    days.py, operators.py   values: the calendar, order, arithmetic, the built-in functions
    facts.py                the facts of a case, and references to its elements, records and tables
    meaning.py              expressions
    rules.py                the rules of a definition: who defeats whom, what is left
    run.py                  definitions, discretion and assumptions of one case
    trace.py, derive.py     the same, watched: derivations
    derivation.py           derivations as data
    remembered.py           many cases that differ in little: what definitions came to is used again
    theorem.py              a theorem in one case, before and after its changes

Nothing here searches: facts, readings and choices are given. The other meanings are compared with this one, so it
shares nothing with them above the typed expression.
"""

from zhunsheng.evaluate.derivation import Derivation, RuleStep, Status, Touched
from zhunsheng.evaluate.facts import Argument, Element, Part
from zhunsheng.evaluate.remembered import Memory, Remembered
from zhunsheng.evaluate.run import Run, UnlawfulChoice, Violation
from zhunsheng.evaluate.trace import PRESENT, Looked

__all__ = [
    "PRESENT",
    "Argument",
    "Derivation",
    "Element",
    "Looked",
    "Memory",
    "Part",
    "Remembered",
    "RuleStep",
    "Run",
    "Status",
    "Touched",
    "UnlawfulChoice",
    "Violation",
]
