"""What of the promises that `tests.shapes` draws a later description breaks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tests.shapes import Shapes

_PLACES: Final = {"in", "is", "required", "style", "explode", "nullable", "always", "values", "default"}
"""What a parameter or member has beside its limits."""

_LEAST: Final = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
_MOST: Final = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
_NULL: Final = ".nullable"


def broken(promised: Shapes, now: Shapes) -> list[str]:
    """Give what of the promises no longer holds, a line each; additions break nothing."""
    asked = _posted(promised) | _posted(now)
    return [
        *_kept("operations", promised["operations"], now["operations"], _broken_operation),
        *_new_demands(promised["operations"], now["operations"]),
        *_kept("schemas", promised["schemas"], now["schemas"], partial(_broken_schema, asked=asked)),
        *_kept("problems", promised.get("problems", {}), now.get("problems", {}), _same),
        *_kept("columns", promised.get("columns", {}), now.get("columns", {}), _holds_all),
    ]


def _posted(shapes: Shapes) -> set[str]:
    return {
        each["is"] for operation in shapes["operations"].values() for each in operation["posted"].values()
    }


def _kept(
    where: str, old: Mapping[str, Any], new: Mapping[str, Any], compare: Callable[..., Iterable[str]]
) -> Iterator[str]:
    for name, each in old.items():
        if name not in new:
            yield f"{where}: {name} is gone"
        else:
            yield from compare(f"{where}: {name}", each, new[name])


def _same(where: str, old: Any, new: Any) -> Iterator[str]:
    if old != new:
        yield f"{where}: {old!r} became {new!r}"


def _holds_all(where: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[str]:
    new = list(new)
    yield from (f"{where}: {each} is gone" for each in old if each not in new)


def _broken_operation(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _same(f"{where}: id", old["id"], new["id"])
    if "none" not in new["login"]:
        yield from _holds_all(f"{where}: login", old["login"], new["login"])
    yield from _kept(f"{where}: parameters", old["parameters"], new["parameters"], _broken_parameter)
    yield from _kept(f"{where}: posted", old["posted"], new["posted"], _broken_body)
    if new["must_post"] and not old["must_post"]:
        yield f"{where}: a body is required now"
    yield from _kept(f"{where}: responses", old["responses"], new["responses"], _broken_response)


def _broken_parameter(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    for name in ("in", "default"):
        yield from _same(f"{where}: {name}", old.get(name), new.get(name))
    if new["is"] == f"list of {old['is']}":  # several values where one was taken is an addition
        old = {"minItems": 1, "maxItems": 1, **old}
    else:
        yield from _same(f"{where}: is", old["is"], new["is"])
    if old["in"] == new["in"]:
        for name in {"style", "explode"} & old.keys() & new.keys():
            yield from _same(f"{where}: {name}", old[name], new[name])
    if new["required"] and not old["required"]:
        yield f"{where}: is required now"
    yield from _fewer_values(where, old, new)
    yield from _narrower(where, old, new)


def _broken_body(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _same(f"{where}: is", old["is"], new["is"])
    yield from _narrower(where, old, new)


def _fewer_values(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    if "values" in new:
        yield from _holds_all(f"{where}: values", old.get("values", ["any"]), new["values"])


def _narrower(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    """Compare what is taken: it may become more, and of patterns and formats nobody can say whether they do."""
    for name in _limits(old, new):
        if name.endswith(_NULL):
            if name not in new:
                yield f"{where}: {name.removesuffix(_NULL)} may no longer be null"
        elif name in new and (name not in old or _differs(name, new[name], old[name])):
            yield f"{where}: {name} is narrower: {new[name]!r}"


def _wider(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    """Compare what is answered: it may become less."""
    for name in _limits(old, new):
        if name.endswith(_NULL):
            if name not in old:
                yield f"{where}: {name.removesuffix(_NULL)} may be null now"
        elif name in old and (name not in new or _differs(name, old[name], new[name])):
            yield f"{where}: {name} is wider: {new.get(name, 'any')!r}"


def _limits(old: Shapes, new: Shapes) -> list[str]:
    return [name for name in {**old, **new} if name not in _PLACES]


def _differs(name: str, inner: Any, outer: Any) -> bool:
    """Tell whether a keyword's value `inner` takes less than `outer`, or may, as where both are patterns."""
    keyword = name.rpartition(".")[2]
    if keyword in _LEAST:
        return bool(inner > outer)
    return bool(inner < outer) if keyword in _MOST else inner != outer


def _new_demands(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for operation in old.keys() & new.keys():
        for name, parameter in new[operation]["parameters"].items():
            if parameter["required"] and name not in old[operation]["parameters"]:
                yield f"operations: {operation}: parameters: {name} is new and required"


def _broken_response(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _holds_all(f"{where}: headers", old["headers"], new["headers"])
    yield from _kept(f"{where}: media", old["media"], new["media"], _same)


def _broken_schema(where: str, old: Shapes, new: Shapes, asked: set[str]) -> Iterator[str]:
    posted = where.rpartition(" ")[2] in asked
    yield from _kept(where, old, new, _broken_posted if posted else _broken_answer)
    if posted:
        for name in sorted(new.keys() - old.keys()):
            if new[name]["always"]:
                yield f"{where}: {name} is new and required"


def _broken_posted(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _broken_body(where, old, new)
    if old["nullable"] and not new["nullable"]:
        yield f"{where}: may no longer be null"
    if new["always"] and not old["always"]:
        yield f"{where}: is required now"
    yield from _fewer_values(where, old, new)


def _broken_answer(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    """Compare a member of an answer: what a client reads may not turn into what it has not been written for."""
    yield from _same(f"{where}: is", old["is"], new["is"])
    if new["nullable"] and not old["nullable"]:
        yield f"{where}: may be null now"
    if old["always"] and not new["always"]:
        yield f"{where}: may be absent now"
    if "Query:" in where:  # what a query has is what the client asked with
        return
    yield from _wider(where, old, new)
    if "values" in old:
        yield from _same(f"{where}: values", sorted(old["values"]), sorted(new.get("values", ["any"])))
