"""The constraints: facts, readings and discretion as labelled free symbols; outcomes under conditions; z3 behind one module.

    formula.py    conditions and whole-number terms, folded as they are built
    days.py       calendar functions as piecewise terms
    symbols.py    a case's unknown facts, open readings and choices as free symbols
    constrain.py  typed expressions -> outcomes under conditions
    smt.py        the only importer of z3: is a condition satisfiable, and by what
    problem.py    one case as a problem: outcomes of an answer, completions that show them
    settle.py     the smallest sets of symbols that settle an answer
"""
