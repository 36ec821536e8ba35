"""The members of what is answered around and beside the records, as tables of Markdown, drawn from their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields as ma

from service.http import along, envelopes, parts, schemas, tallies

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from marshmallow import Schema

Row = tuple[str, str, str]
"""A member's way from the top, what it means, and what is inside it."""

RECORDS = (schemas.Statement, schemas.Event, schemas.Source, schemas.Speaker, schemas.Topic)
"""The shapes of the records."""

_AS_IN_RECORDS = (schemas.SourceLabel, schemas.Mention, parts.Counts, parts.Date)
_NAMED_ELSEWHERE = frozenset({"query", "facets"})


def around_records(by_operation: Mapping[str, type[Schema]]) -> Iterable[tuple[str, str, Iterable[Row]]]:
    """Give the title, a sentence and the rows of each table; `by_operation` has the shapes of answers by operation."""
    listed, counted = by_operation["list_statements"], by_operation["get_timeline"]
    yield "Lists", "What a page of a list has, here of statements.", _rows(listed)
    yield "Facets", "Each facet in `facets` is a list of these.", _rows(tallies.FacetValue)
    yield "Timeline", "What `/v1/timeline` answers.", _rows(counted, closed={"hints"})
    along_statements = "What is under `embedded` of a statement, as far as `embed` names it."
    yield "Embedded in statements", along_statements, _rows(along.StatementEmbedded)
    along_events = "What is under `embedded` of an event, as far as `embed` names it."
    yield "Embedded in events", along_events, _rows(along.EventEmbedded)
    yield "Corpus", "What `/v1/corpus` answers.", _rows(by_operation["get_corpus"])
    yield "Extract", "What `/v1/extract` answers.", _rows(by_operation["extract"])
    yield "Problem", "What every error has, `application/problem+json`.", _rows(envelopes.Problem)


def of_record(schema: type[Schema]) -> Iterable[Row]:
    """Give the rows of a record, each with the names of the members inside it."""
    for name, field in schema().fields.items():
        yield f"`{field.data_key or name}`", _meaning(field), _names(nested(field))


def posted(schema: type[Schema]) -> Iterable[Row]:
    """Give the rows of a body that is posted: of each member, whether it has to be there."""
    for name, field in schema().fields.items():
        yield f"`{name}`", _meaning(field), "yes" if field.required else "no"


def _rows(schema: type[Schema], way: str = "", closed: Container[str] = frozenset()) -> Iterable[Row]:
    for name, field in schema().fields.items():
        member = f"{way}{field.data_key or name}"
        inner = nested(field)
        if inner is None or inner in RECORDS:
            yield f"`{member}`", _meaning(field), _linked(inner)
        elif inner in _AS_IN_RECORDS:
            yield f"`{member}`", _meaning(field), _names(inner)
        else:
            yield f"`{member}`", _meaning(field), ""
            if member not in closed and member not in _NAMED_ELSEWHERE:
                yield from _rows(inner, f"{member}.", closed)


def nested(field: ma.Field[object]) -> type[Schema] | None:
    """Give the shape of a member that is an object or a list of objects, None for others."""
    inner = field.inner if isinstance(field, ma.List) else field
    return type(inner.schema) if isinstance(inner, ma.Nested) else None


def _names(shape: type[Schema] | None) -> str:
    inner = {} if shape is None else shape().fields
    return " ".join(f"`.{field.data_key or name}`" for name, field in inner.items())


def _linked(record: type[Schema] | None) -> str:
    return "" if record is None else f"[{record.__name__}](#{record.__name__.lower()})"


def _meaning(field: ma.Field[object]) -> str:
    return str(field.metadata["description"])
