"""``fields=``: which members of a record are given, checked against its shape."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from marshmallow import fields as ma

from service.http import fields as f
from service.http.parameters import Form, Parameter
from service.http.parts import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from marshmallow import Schema

_LEVELS = 2

Wanted = dict[str, set[str]]
"""Members by name, each with those of its own members that are wanted; without any, all of them."""


def fields_parameter(schema: type[Schema], example: str) -> Parameter:
    """Declare ``fields=`` for records of the shape `schema`."""
    told = (
        "The members to give, separated by commas, with a dot for the members of a member; all the others are left out. What "
        "`embed` asks for is given in any case. Of csv it picks the columns, in the order asked for."
    )
    return Parameter("fields", Form.MEMBERS, told, tuple(names(schema)), many=True, example=example)


def names(schema: type[Schema]) -> Iterable[str]:
    """Give the names that ``fields=`` takes: each member, and one level of members of those that are objects."""
    for name, field in schema().fields.items():
        yield field.data_key or name
        inner = _nested(field)
        if inner is not None:
            yield from (f"{name}.{each.data_key or key}" for key, each in inner.schema.fields.items())


def wanted(fields: Iterable[str]) -> Wanted:
    """Sort dotted names by their first level; one that is named whole is wanted whole."""
    sorted_out: Wanted = {}
    fields = tuple(fields)
    for field in fields:
        member, _, inner = field.partition(".")
        sorted_out.setdefault(member, set()).update({inner} if inner else ())
    return {member: set() if member in fields else inner for member, inner in sorted_out.items()}


def pick(record: Mapping[str, Any], members: Wanted) -> dict[str, Any]:
    """Give the members of `record` that are wanted, in the record's own order."""
    return {name: _inner(value, members[name]) for name, value in record.items() if name in members}


def _inner(value: Any, members: set[str]) -> Any:
    if not members or value is None:
        return value
    if isinstance(value, list):
        return [_inner(each, members) for each in value]
    return {name: each for name, each in value.items() if name in members}


def members_page(page: type[Schema], record: type[Schema]) -> type[Schema]:
    """Make the shape of the list `page` where ``fields=`` picks among the members of `record`."""
    items = f.many(members(record), "The records of this page, with the members that `fields` names.")
    shown = {**page._declared_fields, "items": items}  # noqa: SLF001 - marshmallow has no other way to derive by class
    return Shape.from_dict(shown, name=page.__name__.replace("Page", "MembersPage"))


@cache
def members(schema: type[Schema], levels: int = _LEVELS) -> type[Schema]:
    """Make the shape of a record of the shape `schema` of which ``fields=`` may have left out any member."""
    optional = {name: _optional(each, levels) for name, each in schema().fields.items()}
    return Shape.from_dict(optional, name=f"{schema.__name__}Members")


def _optional(field: ma.Field[Any], levels: int) -> ma.Field[Any]:
    inner = _nested(field)
    if inner is None or levels == 1:
        left = copy.copy(field)
    else:
        shape = ma.Nested(members(type(inner.schema), levels - 1))
        left = ma.List(shape) if isinstance(field, ma.List) else shape
        left.metadata, left.allow_none = field.metadata, field.allow_none
    left.required = False
    return left


def _nested(field: ma.Field[Any]) -> ma.Nested | None:
    inner = field.inner if isinstance(field, ma.List) else field
    return inner if isinstance(inner, ma.Nested) else None
