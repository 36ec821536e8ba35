"""The JSON shapes around the records: lists, problems, and what a text is posted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import INCLUDE, RAISE, Schema
from marshmallow import fields as ma

from service.http import fields as f
from service.http import parts, schemas, tallies
from service.http.parameters import Form, Parameter
from service.http.parts import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable


class Period(Shape):
    """A date as it was understood: whole days, both ends included."""

    edtf = f.string("The date as asked.")
    start = f.day("First day.")
    end = f.day("Last day.")


class Links(Shape):
    """Where the pages of a list are."""

    self = f.string("This page.")
    first = f.string("The first page.")
    prev = f.string("The page before; absent on the first.", present=False)
    next = f.string("The page after; absent on the last.", present=False)


class Near(parts.Named):
    """A known value that looks like an unknown one."""

    count = f.integer("How many records of this list it would find by itself.", minimum=0)


class Hint(Shape):
    """A value that nothing is known by."""

    param = f.string("The parameter.")
    value = f.string("The value as given.")
    near = f.many(Near, "What may have been meant, the likest first.")


class Fault(Shape):
    """One thing that is wrong with a request."""

    in_ = ma.String(
        required=True,
        data_key="in",
        metadata={
            "description": "Where: query, path, header or body.",
            "enum": ["query", "path", "header", "body"],
        },
    )
    name = f.string("What it is called there.")
    detail = f.string("What is wrong and what would be right.")
    did_you_mean = f.string("The likeliest right name or value.", null=True)


class Problem(Shape):
    """An error in the form of RFC 9457."""

    type = f.string("The kind of error, a path.")
    title = f.string("The kind of error in words.")
    status = f.integer("The HTTP status.")
    detail = f.string("What went wrong this time and what would be right.")
    instance = f.string("The path that was asked for.")
    errors = f.many(Fault, "Each thing that is wrong; empty where the detail says it all.")
    near = f.many(parts.Named, "Records with an id or a name like the one asked for.", present=False)


_NO_MEMBER = "there is no such member; a posted text takes text, title and published."
_NO_STRING: dict[str, Any] = {
    "invalid": "is no string; write it in quotation marks.",
    "null": "is null; it must be a string.",
}


class ExtractBody(Schema):
    """A text to be read."""

    class Meta:
        """A member that is not known is refused by name."""

        unknown = RAISE

    error_messages = {"unknown": _NO_MEMBER}  # noqa: RUF012 - as marshmallow has it

    text = ma.String(
        required=True,
        error_messages={**_NO_STRING, "required": "is missing; it holds the text to be read."},
        metadata={"description": "The text, page furniture and all.", "minLength": 1, "pattern": r"\S"},
    )
    title = ma.String(
        allow_none=True,
        error_messages=_NO_STRING,
        metadata={"description": "Its headline, where the text does not hold it."},
    )
    published = ma.String(
        allow_none=True,
        error_messages=_NO_STRING,
        metadata={
            "description": "Its date of publication, EDTF, where the text does not tell it.",
            "format": "edtf",
            "pattern": r"^[0-9]{4}",
            "examples": ["2014-02-14"],
        },
    )


class Extracted(Shape):
    """What one posted text says."""

    source = f.one(schemas.Source, "The article; file and url are null.")
    statements = f.many(schemas.Statement, "Its statements, in the order of the text.")
    events = f.many(schemas.Event, "Its events.")


class LinkedData(Schema):
    """A document of JSON-LD in the terms of schema.org."""

    class Meta:
        """The terms of schema.org that its kind has."""

        unknown = INCLUDE

    context = ma.Dict(
        required=True,
        data_key="@context",
        metadata={"description": "What the terms mean; nothing has to be fetched."},
    )
    id = ma.String(required=True, data_key="@id", metadata={"description": "The address, a path."})
    type = ma.String(
        required=True,
        data_key="@type",
        metadata={
            "description": "ItemList for a list, whose `itemListElement` are the records; Quotation for a statement, Event for "
            "an event, NewsArticle for a source, Person, Organization or Country for a speaker, DefinedTerm for a topic."
        },
    )


def list_schema(record: type[Schema], plural: str, declared: Iterable[Parameter]) -> type[Schema]:
    """Make the shape of a list of `record` that takes the parameters `declared`."""
    members: dict[str, ma.Field[Any]] = {
        "items": f.many(record, "The records of this page."),
        "total": f.integer("How many records the request finds in all.", minimum=0),
        "query": f.one(_query_schema(plural, declared), "The request as it was understood."),
        "links": f.one(Links, "The pages around this one; the same as in the Link header."),
        "hints": f.many(Hint, "Values that nothing is known by; absent where there are none.", present=False),
    }
    for each in declared:
        if each.name == "facets":
            shape = tallies.facets_schema(plural, each.values)
            members["facets"] = f.one(shape, "The facets asked for; absent where none is.", present=False)
    return Shape.from_dict(members, name=f"{plural.title()}Page")


def timeline_schema(declared: Iterable[Parameter]) -> type[Schema]:
    """Make the shape of a timeline that takes the parameters `declared`."""
    return Shape.from_dict(
        {
            "items": f.many(
                tallies.Slot,
                "The periods in order, from the first that holds a record to the last, without gaps.",
            ),
            "total": f.integer(
                "How many records the list has: the counts, `wider` and `undated`.", minimum=0
            ),
            "wider": f.integer("How many have a date that does not lie in one period.", minimum=0),
            "undated": f.integer("How many have no date.", minimum=0),
            "query": f.one(_query_schema("timeline", declared), "The request as it was understood."),
            "links": f.one(tallies.TimelineLinks, "This timeline, and the list of what it counts."),
            "hints": f.many(
                Hint, "Values that nothing is known by; absent where there are none.", present=False
            ),
        },
        name="Timeline",
    )


def _query_schema(plural: str, declared: Iterable[Parameter]) -> type[Schema]:
    members = {each.name: _understood(each) for each in declared if each.form is not Form.CURSOR}
    return Shape.from_dict(members, name=f"{plural.title()}Query")


def _understood(parameter: Parameter) -> ma.Field[Any]:
    described = {"description": f"`{parameter.name}` as understood."}
    always = parameter.name in {"sort", "limit"}
    element: ma.Field[Any]
    match parameter.form:
        case Form.OPEN:
            element = ma.Nested(parts.Named)
        case Form.CLOSED:
            element = ma.String(metadata={"enum": list(parameter.values)})
        case Form.DATE:
            element = ma.Nested(Period)
        case Form.BOUND:
            element = ma.Date()
        case Form.COUNT:
            element = ma.Integer()
        case Form.FRACTION:
            element = ma.Float()
        case _:
            element = ma.String()
    if parameter.many:
        return ma.List(element, metadata=described)
    element.required = always
    element.metadata = {**element.metadata, **described}
    return element
