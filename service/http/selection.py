"""``fields=``: which members of a record are given, checked against its shape."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from marshmallow import fields as ma

from service.http import fields as f
from service.http.parameters import Form, Parameter
from service.http.parts import Shape
from service.http.problems import Fault, invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from marshmallow import Schema

_LEVELS, _EMBEDDED_LEVELS = 3, 5
_EMBEDDED, _FOUND = "embedded", "highlight"
_NOT_ALWAYS = frozenset({_EMBEDDED, _FOUND, "blocks"})

Wanted = dict[str, "Wanted"]
"""Members by name, each with those of its own members that are wanted; without any, all of them."""


def fields_parameter(schema: type[Schema], example: str, *, listed: bool) -> Parameter:
    """Declare ``fields=`` for records of the shape `schema`; only those that are `listed` can be finds of a search."""
    told = (
        "The members to give, separated by commas, with a dot for the members of a member; all the others are left out. What "
        "`embed` asks for is given in any case, whole unless some of its members are named. Of csv it picks the columns, in "
        "the order asked for."
    )
    values = tuple(each for each in names(schema) if listed or each.partition(".")[0] != _FOUND)
    return Parameter("fields", Form.MEMBERS, told, values, many=True, example=example)


@cache
def names(schema: type[Schema], levels: int = _LEVELS, *, outermost: bool = True) -> tuple[str, ...]:
    """Give the names that ``fields=`` takes: each member, and for objects those of its members, some levels deep.

    What is embedded has the members of a record of which nothing more is asked.
    """
    return tuple(_names(schema, levels, outermost=outermost))


def _names(schema: type[Schema], levels: int, *, outermost: bool) -> Iterator[str]:
    for key, field in _fields(schema).items():
        name, inner = field.data_key or key, _nested(field)
        if not outermost and name in _NOT_ALWAYS:
            continue
        yield name
        if inner is not None and levels > 1:
            below = _EMBEDDED_LEVELS if name == _EMBEDDED else levels
            yield from (f"{name}.{each}" for each in names(inner, below - 1, outermost=False))


def wanted(fields: Iterable[str]) -> Wanted:
    """Sort dotted names by their levels; a member that is named whole is wanted whole."""
    tree: Wanted = {}
    for field in sorted(set(fields), key=lambda name: name.count(".")):
        node, (*way, last) = tree, field.split(".")
        for member in way:
            if node.get(member) == {}:
                break
            node = node.setdefault(member, {})
        else:
            node.setdefault(last, {})
    return tree


def pick(value: Any, members: Wanted) -> Any:
    """Give of an object, or of each in a list, the members that are wanted, in its own order."""
    if not members or value is None:
        return value
    if isinstance(value, list):
        return [pick(each, members) for each in value]
    return {name: pick(each, members[name]) for name, each in value.items() if name in members}


def check_present(fields: Iterable[str], embedded: Collection[str], *, searched: bool) -> None:
    """Raise the 400 `Problem` for members that no record will have: nothing brings them along, or nothing is looked for."""
    needs = {each: need for each in fields if (need := _need(each, embedded, searched=searched))}
    if needs:
        raise invalid(
            *(
                Fault("query", "fields", f"{each!r} comes only with {need}; add that or leave it out.", need)
                for each, need in needs.items()
            )
        )


def _need(field: str, embedded: Collection[str], *, searched: bool) -> str | None:
    member, _, inner = field.partition(".")
    if member == _FOUND:
        return None if searched else "q"
    if member not in _NOT_ALWAYS:
        return None
    brought = inner.partition(".")[0] if member == _EMBEDDED else member
    if brought:
        return None if brought in embedded else f"embed={brought}"
    return None if embedded else "embed"


def members_page(page: type[Schema], record: type[Schema]) -> type[Schema]:
    """Make the shape of the list `page` where ``fields=`` picks among the members of `record`."""
    items = f.many(members(record), "The records of this page, with the members that `fields` names.")
    shown = {**page._declared_fields, "items": items}  # noqa: SLF001 - marshmallow has no other way to derive by class
    return Shape.from_dict(shown, name=page.__name__.replace("Page", "MembersPage"))


@cache
def members(schema: type[Schema], *, outermost: bool = True) -> type[Schema]:
    """Make the shape of a record of the shape `schema` of which ``fields=`` may have left out any member, at any level."""
    fields = _fields(schema)
    inside = {name: field for name, field in fields.items() if outermost or name not in _NOT_ALWAYS}
    told = "" if outermost or len(inside) == len(fields) else "Embedded"
    optional = {name: _optional(each) for name, each in inside.items()}
    return Shape.from_dict(optional, name=f"{told}{schema.__name__}Members")


def _optional(field: ma.Field[Any]) -> ma.Field[Any]:
    inner = _nested(field)
    if inner is None:
        left = copy.copy(field)
    else:
        shape = ma.Nested(members(inner, outermost=False))
        left = ma.List(shape) if isinstance(field, ma.List) else shape
        left.metadata, left.allow_none = field.metadata, field.allow_none
    left.required = False
    return left


@cache
def _fields(schema: type[Schema]) -> dict[str, ma.Field[Any]]:
    return schema().fields


def _nested(field: ma.Field[Any]) -> type[Schema] | None:
    inner = field.inner if isinstance(field, ma.List) else field
    if not isinstance(inner, ma.Nested):
        return None
    return inner.nested if isinstance(inner.nested, type) else type(inner.schema)
