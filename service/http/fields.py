"""Shorthands for marshmallow fields: always present unless said otherwise, each with its description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields as ma

if TYPE_CHECKING:
    from enum import Enum

    from marshmallow import Schema


def string(description: str, *, null: bool = False, present: bool = True, **more: Any) -> ma.String:
    """Give a string; `more` goes to the description as further schema keywords, `attribute` says where it comes from."""
    attribute = more.pop("attribute", None)
    metadata = {"description": description, **more}
    return ma.String(required=present, allow_none=null, attribute=attribute, metadata=metadata)


def integer(description: str, *, null: bool = False, present: bool = True, **more: Any) -> ma.Integer:
    """Give a whole number."""
    attribute = more.pop("attribute", None)
    metadata = {"description": description, **more}
    return ma.Integer(required=present, strict=True, allow_none=null, attribute=attribute, metadata=metadata)


def number(description: str, *, null: bool = False, **more: Any) -> ma.Float:
    """Give a number."""
    return ma.Float(required=True, allow_none=null, metadata={"description": description, **more})


def boolean(description: str) -> ma.Boolean:
    """Give a truth value."""
    return ma.Boolean(required=True, metadata={"description": description})


def choice(values: type[Enum], description: str) -> ma.Enum[Any]:
    """Give one of the values of an enumeration."""
    metadata = {"type": "string", "description": description}
    return ma.Enum(values, by_value=True, required=True, metadata=metadata)


def day(description: str) -> ma.Date:
    """Give a day as YYYY-MM-DD."""
    return ma.Date(required=True, metadata={"description": description})


def strings(description: str) -> ma.List[Any]:
    """Give a list of strings."""
    return ma.List(ma.String(), required=True, metadata={"description": description})


def one(
    schema: type[Schema] | str,
    description: str,
    *,
    null: bool = False,
    present: bool = True,
    attribute: str | None = None,
) -> ma.Nested:
    """Give an object of the kind `schema`; one that stands further down goes by its name."""
    metadata = {"description": description}
    return ma.Nested(schema, required=present, allow_none=null, attribute=attribute, metadata=metadata)


def many(
    schema: type[Schema], description: str, *, present: bool = True, attribute: str | None = None
) -> ma.List[Any]:
    """Give a list of objects of the kind `schema`."""
    metadata = {"description": description}
    return ma.List(ma.Nested(schema), required=present, attribute=attribute, metadata=metadata)


def mapping(description: str) -> ma.Dict:
    """Give an object whose members are strings under names not known beforehand."""
    return ma.Dict(keys=ma.String(), values=ma.String(), required=True, metadata={"description": description})
