"""Text -> pack and case.

folder  -> strict trees -> declarations -> typed expressions -> Pack          load_pack
file    -> strict tree  -> facts, readings, choices, expectations -> Case     load_case, load_scenario
folder  -> strict trees -> premises, changes, claims, typed -> Theorems       load_theorems
JSON    -> Pack                                                               read_canonical
Pack    -> JSON: its canonical form; the schema of its case files             canonical_pack, case_schema
"""

from zhunsheng.read.canonical import canonical_pack
from zhunsheng.read.case import load_case, load_scenario, parse_case, sealed_case, set_fact
from zhunsheng.read.from_canonical import read_canonical
from zhunsheng.read.pack import load_pack, sealed
from zhunsheng.read.questions import pack_scope, parse_expression
from zhunsheng.read.schema import case_schema
from zhunsheng.read.theorems import canonical_theorem, load_theorems

__all__ = [
    "canonical_pack",
    "canonical_theorem",
    "case_schema",
    "load_case",
    "load_pack",
    "load_scenario",
    "load_theorems",
    "pack_scope",
    "parse_case",
    "parse_expression",
    "read_canonical",
    "sealed",
    "sealed_case",
    "set_fact",
]
