"""An amendment: named edits of a pack, the day they take effect, and what each is governed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from zhunsheng.errors import Place
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text


class Act(Enum):
    """What an edit does. SET gives a parameter another value, FIX settles a reading, RESTATE words a provision anew."""

    SET = "set"
    ADD = "add"
    REPLACE = "replace"
    REPEAL = "repeal"
    FIX = "fix"
    RESTATE = "restate"


class Kind(Enum):
    """What an edit is about. OTHERWISE is what a definition comes to where no rule speaks; VALUE a value of an enumeration
    (a grade, an industry); ANSWER a definition that every case can be asked for."""

    PARAMETER = "parameter"
    RULE = "rule"
    OTHERWISE = "otherwise"
    DEFINITION = "definition"
    DUTY = "duty"
    READING = "reading"
    DISCRETION = "discretion"
    ENUMERATION = "enumeration"
    VALUE = "value"
    FACT = "fact"
    ASSUMPTION = "assumption"
    PROVISION = "provision"
    NOTE = "note"
    NOT_MODELLED = "not_modelled"
    TERM = "term"
    ANSWER = "answer"


@dataclass(frozen=True)
class Edit:
    """One edit. `name` is that of the object, `definition/rule` for a rule, `enumeration/value` for a value, `list.field` for a
    fact of an element; `provision` where it stands or is based on.

    `governs`: for each definition the edit touches, the day that decides which law holds there. `becomes`: of an abolished
    value, what stored facts that have it count as. `fixed`: the option of a reading that is settled."""

    act: Act
    kind: Kind
    name: str
    provision: str = ""
    governs: Mapping[str, Expr] = field(default_factory=dict)
    becomes: str = ""
    fixed: str = ""
    at: Place = field(default=Place(""), compare=False)

    @property
    def label(self) -> str:
        """What the edit is called: unique within an amendment."""
        return f"{self.act.value} {self.kind.value} {self.name}"


@dataclass(frozen=True)
class Amendment:
    """`in_force_from` is the first day of the new law, `issued_on` that of its publication (None: not stated). `renames`:
    each renamed object of the old law with its new name."""

    name: str
    against: str
    says: Text
    source: Text
    in_force_from: date
    issued_on: date | None
    edits: tuple[Edit, ...]
    renames: Mapping[str, str] = field(default_factory=dict)
    at: Place = field(default=Place(""), compare=False)

    @property
    def retroactive(self) -> bool:
        """Whether days before its publication can meet the new law."""
        return self.issued_on is not None and self.in_force_from < self.issued_on


@dataclass(frozen=True)
class Amended:
    """A pack and what amendments, in their order, make of it in full force."""

    base: Pack
    pack: Pack
    amendments: tuple[Amendment, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(edit for amendment in self.amendments for edit in amendment.edits)

    @property
    def renames(self) -> dict[str, str]:
        """Old name -> new name, over all amendments."""
        found: dict[str, str] = {}
        for amendment in self.amendments:
            found = {old: amendment.renames.get(new, new) for old, new in found.items()} | {
                old: new for old, new in amendment.renames.items() if old not in found.values()
            }
        return found
