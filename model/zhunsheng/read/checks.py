"""What must hold between the parts of a pack: names that exist, stand once, and do not go round in circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhunsheng.errors import Place
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, DiscretionSpec
from zhunsheng.lang.scope import Scope, nearest
from zhunsheng.lang.types import DAY
from zhunsheng.read.articles import Articles, citable
from zhunsheng.read.vocabulary import NO_TYPE
from zhunsheng.read.words import Report

CALLED = {"not_modelled": "note under `not_modelled:`", "note": "note under `notes:`"}


def names_stand_once(declared: Iterable[tuple[str, str, Place]], report: Report) -> None:
    """Facts, lists, parameters, readings, discretions and definitions share one space of names (name, kind, place)."""
    first: dict[str, tuple[str, Place]] = {}
    for name, kind, place in declared:
        if name in first and first[name][0] != kind:
            report.add(place, f"{name!r} is already {first[name][0]} (at {first[name][1]})", "choose another name")
        first.setdefault(name, (kind, place))


def parameters_are_new(articles: Articles, scope: Scope, report: Report) -> None:
    """A parameter must not hide a name of the pack."""
    taken = set(scope.names())
    for draft in articles.definitions.values():
        for name, _, place in draft.parameters:
            if name in taken or name == draft.element:
                report.add(
                    place, f"the parameter {name!r} hides a name that already means something", "choose another name"
                )


def definitions_hide_no_field(articles: Articles, scope: Scope, report: Report) -> None:
    """A definition `line.ladder` beside a field `ladder` of lines would silently take its place."""
    for draft in articles.definitions.values():
        collection = scope.element(draft.element) if draft.element else None
        name = draft.name.partition(".")[2]
        if collection is not None and collection.field(name) is not None:
            report.add(draft.at, f"{name!r} is a field of {collection.name} already", "choose another name")


def provisions_exist(referred: Iterable[tuple[str, Place]], articles: Articles, report: Report) -> None:
    """A reference is to a provision of the pack, or to something larger that one of them is part of."""
    known = citable(articles.provisions)
    for ref, place in referred:
        if ref not in known:
            report.add(
                place, f"the pack has no provision {ref!r}", nearest(ref, sorted(known)) or 'write it as "19(5)"'
            )


def actors_exist(who: Iterable[tuple[str, Place]], scope: Scope, report: Report) -> None:
    actors = scope.enumerations.get("actor")
    for name, place in who:
        if actors is None:
            report.add(place, f"{name!r} is no actor: the pack has no enumeration `actor`", "declare it in facts.yaml")
        elif name not in actors.by_name:
            report.add(
                place, f"{name!r} is no actor", nearest(name, actors.names) or f"actors: {', '.join(actors.names)}"
            )


def overrides_are_sound(articles: Articles, report: Report) -> None:
    """Only rules of the same definition, and no cycle."""
    owners = {rule.name: draft.name for draft in articles.definitions.values() for rule in draft.rules}
    for draft in articles.definitions.values():
        own = {rule.name: rule for rule in draft.rules}
        for rule in draft.rules:
            for name, place in rule.overrides:
                if name == rule.name:
                    report.add(place, f"the rule {name!r} overrides itself")
                elif name not in own and name in owners:
                    report.add(
                        place,
                        f"{name!r} is a rule of {owners[name]!r}; only rules of the same definition are overridden",
                        f"rules here: {', '.join(own)}",
                    )
                elif name not in own:
                    report.add(
                        place,
                        f"{draft.name!r} has no rule {name!r}",
                        nearest(name, own) or f"rules here: {', '.join(own)}",
                    )
        edges = {
            name: [other for other, _ in rule.overrides if other in own and other != name] for name, rule in own.items()
        }
        for circle in circles(edges):
            report.add(
                own[circle[0]].at,
                f"rules override each other in a circle: {' → '.join(circle)}",
                "leave one `overrides:` out",
            )


def nothing_calls_itself(
    definitions: Mapping[str, Definition], discretions: Mapping[str, DiscretionSpec], report: Report
) -> None:
    """Definitions never call themselves, directly, through others, or through the bounds of a discretion."""
    edges: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for definition in definitions.values():
        parts = [part for rule in definition.rules for part in (rule.when, rule.value)]
        parts += [] if definition.otherwise is None else [definition.otherwise]
        edges[definition.name], places[definition.name] = _used(parts), definition.at
    for choice in discretions.values():
        used = [name for name in _used([choice.lawful]) if name != choice.name]
        edges[choice.name] = used + ([] if choice.otherwise is None else _used([choice.otherwise]))
        places[choice.name] = choice.at
    for circle in circles(edges):
        what = "calls itself" if len(circle) == 2 else f"is defined by way of itself: {' → '.join(circle)}"
        report.add(places[circle[0]], f"{circle[0]!r} {what}", "a definition may only use others that do not use it")


def _used(parts: Iterable[e.Expr]) -> list[str]:
    found = {
        node.name: None for part in parts for node in e.walk(part) if isinstance(node, e.Call | e.Choice)
    }  # fmt: skip
    return list(found)


def circles(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """One circle through each group of names that lead back to themselves, the first name at both ends."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:
            name, leaving = todo.pop()
            if leaving:
                path.pop()
                done.add(name)
            elif name in path:
                found.append([*path[path.index(name) :], name])
            elif name not in done:
                path.append(name)
                todo.append((name, True))
                todo.extend((other, False) for other in reversed(list(edges.get(name, ()))))
    return found


def qualifiers_are_covered(articles: Articles, known: Mapping[str, list[str]], report: Report) -> None:
    """`known`: for each kind of thing that may cover a qualifier, the names there are."""
    for provision in articles.provisions.values():
        for kind, name, place in provision.covered:
            names = known[kind]
            if name and name not in names:
                report.add(place, f"the pack has no {CALLED.get(kind, kind)} called {name!r}", nearest(name, names))


def fact_paths(scope: Scope) -> list[str]:
    """`as_of`, `application`, `application.filed_on`, `violations`, `violations.from`."""
    found: list[str] = []
    for fact in scope.facts.values():
        found += [fact.name, *(f"{fact.name}.{spec.name}" for spec in fact.record)]
    for collection in scope.collections.values():
        found += [collection.name, *(f"{collection.name}.{spec.name}" for spec in collection.fields)]
    return found


def _day_paths(scope: Scope) -> list[str]:
    found = [(fact.name, fact) for fact in scope.facts.values()]
    found += [(f"{fact.name}.{spec.name}", spec) for fact in scope.facts.values() for spec in fact.record]
    return [path for path, spec in found if spec.type is not None and spec.type.plain() == DAY]


def answers_can_be_asked(answers: Iterable[tuple[str, Place]], scope: Scope, report: Report) -> None:
    """A case is asked for definitions whose parameters are elements or values of an enumeration."""
    for name, place in answers:
        signature = scope.definitions.get(name)
        if signature is None:
            report.add(place, f"there is no definition {name!r}", nearest(name, scope.definitions))
            continue
        for parameter, type_ in signature.parameters:
            if type_ != NO_TYPE and scope.element(type_.base) is None and type_.base not in scope.enumerations:
                report.add(place, f"{name!r} cannot be asked of every case: it takes {parameter!r}, which is {type_}")


def reference_days_exist(days: Iterable[tuple[str, Place]], scope: Scope, report: Report) -> None:
    """Each is a fact, or a field of a record, that is a day."""
    for path, place in days:
        name, _, field_name = path.partition(".")
        spec = scope.facts.get(name)
        spec = spec.field(field_name) if spec is not None and field_name else spec
        if spec is None or spec.type is None or spec.type.plain() != DAY:
            report.add(place, f"{path!r} is no fact that is a day", nearest(path, _day_paths(scope)))
