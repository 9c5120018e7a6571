"""Definitions between the answers that come to the same under two laws, but for what one of them has no word for.

Where an amendment adds a value, a definition of many that meet it is edited, and all that leads there stands twice: each answer
would have to look into both. Where a case holds nothing that a law has no word for, most of these come to the same, and of one
definition that takes few elements to show. What rests on it need then not look into it.
"""

from __future__ import annotations

from zhunsheng.ask.comparing.asked import callees_first
from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.settled import without_choices
from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node
from zhunsheng.solve.loose import can_be_cut
from zhunsheng.solve.paired import NOT_EXPRESSIBLE, Laws, Paired


def learn_between(comparing: Comparing) -> None:
    """Has what is alike between the answers cut off from now on. Lowest first: what is known of one helps with those above."""
    if not comparing.foreign_words:
        return
    union, answers = comparing.union, frozenset(comparing.names())
    both = union.touched & union.after.keys() & comparing.amended.base.definitions.keys()
    for name in callees_first(union):
        if name in both - answers:
            laws = without_choices(comparing, comparing.laws_of(name))
            listed = can_be_cut(laws.before.type) and can_be_cut(laws.after.type)
            if listed and not any(laws.choices) and _alike(comparing, laws):
                comparing.cutting.learn(name, (), settled=True, of_any=True)


def _alike(comparing: Comparing, laws: Laws) -> bool:
    """Whether it is shown with what lies deeper cut off that a definition comes to the same, at any arguments, in every case that
    holds nothing that either law has no word for."""
    for late in (False, True):
        loose = comparing.loosely(laws.before.name, laws, late=late, answers=True)
        try:
            if loose is not None and loose.satisfy(loose.differs(), *_expressible(loose)) is None:
                return True
        except NotShown:
            continue
    return False


def _expressible(paired: Paired) -> list[Node]:
    """That both laws have a word for all that a case holds."""
    terms = paired.terms
    return [terms.not_(side.members.get(NOT_EXPRESSIBLE, terms.false)) for side in (paired.before, paired.after)]
