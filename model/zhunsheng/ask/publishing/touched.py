"""Which provisions an amendment touches: where each thing that it edits stands, in the law as it is and as amended."""

from __future__ import annotations

from collections.abc import Iterator

from zhunsheng.lang.amendment import Amended, Edit, Kind
from zhunsheng.lang.pack import Pack


def touched(amended: Amended) -> tuple[str, ...]:
    """References, in the order of the edits, each once. A provision that is added is named as well."""
    return tuple(dict.fromkeys(ref for edit in amended.edits for ref in provisions_of(amended, edit)))


def provisions_of(amended: Amended, edit: Edit) -> tuple[str, ...]:
    """Where what one edit is about stands: of a rule, its own provision and that of its definition."""
    owner, slash, own = edit.name.partition("/")
    renamed = amended.renames.get(owner, owner) + slash + own
    found = [edit.provision, *_standing(amended.base, edit.kind, edit.name), *_standing(amended.pack, edit.kind, renamed)]
    return tuple(dict.fromkeys(ref for ref in found if ref))


def _standing(law: Pack, kind: Kind, name: str) -> Iterator[str]:
    """The provisions that one law gives for a thing; none where it has no such thing."""
    owner, _, own = name.partition("/")
    match kind:
        case Kind.PROVISION:
            yield name
        case Kind.RULE | Kind.OTHERWISE | Kind.DEFINITION | Kind.ANSWER if owner in law.definitions:
            definition = law.definitions[owner]
            yield definition.provision
            whole = kind in (Kind.DEFINITION, Kind.ANSWER)
            yield from (rule.provision for rule in definition.rules if whole or rule.name == own)
        case Kind.READING if name in law.readings:
            yield from law.readings[name].provisions
        case Kind.NOTE | Kind.NOT_MODELLED if name in law.notes:
            yield from law.notes[name].provisions
        case Kind.PARAMETER if name in law.parameters:
            yield law.parameters[name].provision
        case Kind.DISCRETION if name in law.discretions:
            yield law.discretions[name].provision
        case Kind.DUTY if name in law.duties:
            yield law.duties[name].provision
        case Kind.TERM if name in law.terms:
            yield law.terms[name].provision
        case Kind.ASSUMPTION:
            yield from (one.provision for one in law.assumptions if one.name == name)
        case Kind.FACT:
            yield _fact(law, *name.split(".", 1))
        case _:  # the provision of an enumeration is the one that the edit itself names
            return


def _fact(law: Pack, of: str, field: str = "") -> str:
    """The provision of a fact, of a list, or of a field of either; of the whole where the field has none of its own."""
    whole = law.facts.get(of) or law.collections.get(of)
    part = whole.field(field) if whole is not None else None
    return (part.provision if part is not None else "") or (whole.provision if whole is not None else "")
