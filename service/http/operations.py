"""How one endpoint is described in OpenAPI: its parameters, its body, its responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http import envelopes, examples, headers
from service.http import parameters as p
from service.http.answers import answers
from service.http.csv_rows import COLUMNS
from service.http.endpoint import JSON, YAML
from service.http.formats import MEDIA, Format
from service.http.keys import SCHEMES
from service.http.parameters import Form
from service.http.problems import KINDS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from service.http.endpoint import Endpoint
    from service.http.parameters import Parameter
    from service.http.problems import ProblemKind

_ALWAYS = (400, 414, 429, 431, 500)
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_LONG = "(0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?"
_SHORT = "(0[469]|11)(-(0[1-9]|[12][0-9]|30))?"
_FEBRUARY = "02(-(0[1-9]|1[0-9]|2[0-8]))?"
_SEASON = "2[1-4]"
_DAYS = f"({_YEAR}(-({_LONG}|{_SHORT}|{_FEBRUARY}|{_SEASON}))?|{_LEAP}-02-29)"
_EDTF = f"^{_DAYS}(/{_DAYS})?$"
"""Every date and interval that is taken, and of those that are not only intervals that run backwards."""

_SCHEMAS: dict[Form, dict[str, Any]] = {
    Form.OPEN: {"type": "string", "pattern": "^ *[^ ,][^,]*(, *[^ ,][^,]*)*$"},
    Form.CLOSED: {"type": "string"},
    Form.DATE: {"type": "string", "format": "edtf", "pattern": _EDTF},
    Form.BOUND: {"type": "string", "format": "edtf", "pattern": _EDTF},
    Form.FRACTION: {"type": "number", "minimum": 0, "maximum": 1},
    Form.COUNT: {"type": "integer", "minimum": 1, "maximum": p.MAX_LIMIT},
    Form.WORDS: {"type": "string", "minLength": 1, "maxLength": p.MAX_WORDS},
    Form.CURSOR: {"type": "string", "format": "cursor", "pattern": "^[A-Za-z0-9_-]+$"},
    Form.MEMBERS: {"type": "string"},
}


def operation(endpoint: Endpoint, shared: Container[Parameter]) -> dict[str, Any]:
    """Describe `endpoint`; the parameters in `shared`, and headers, are referred to by name."""
    described: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": endpoint.description,
        "parameters": [
            *(each.name if each in shared else parameter(each) for each in endpoint.parameters),
            *headers.taken(endpoint),
        ],
        "responses": _responses(endpoint),
    }
    if endpoint.identity:
        described["parameters"].insert(0, _identity(endpoint))
    if endpoint.secured:
        described["security"] = [{}, *({name: []} for name in SCHEMES)]
    if endpoint.body is not None:
        described["requestBody"] = _body(endpoint)
    return described


def parameter(declared: Parameter) -> dict[str, Any]:
    """Describe a query parameter."""
    schema = dict(_SCHEMAS[declared.form])
    if declared.values:
        schema["enum"] = list(declared.values)
    if declared.default is not None:
        schema["default"] = declared.default
    told = f"{declared.description} Only with `{declared.only}`." if declared.only else declared.description
    described: dict[str, Any] = {"name": declared.name, "in": "query", "description": told}
    if declared.many:
        described |= {
            "schema": {"type": "array", "items": schema, "minItems": 1},
            "style": "form",
            "explode": True,
        }
    else:
        described["schema"] = schema
    if declared.example is not None:
        described["example"] = _example(declared, declared.example)
    return described


def component(kind: ProblemKind) -> str:
    """Give the name under which the response for an error of this status is described."""
    return kind.title.replace("'", "").title().replace(" ", "")


def _example(declared: Parameter, example: str) -> Any:
    if declared.form is Form.MEMBERS:
        return example.split(",")
    read = _EXAMPLES.get(declared.form, str)(example)
    return [read] if declared.many else read


_EXAMPLES: Mapping[Form, type[int | float | str]] = {Form.COUNT: int, Form.FRACTION: float}


def _identity(endpoint: Endpoint) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1}
    return {"name": "id", "in": "path", "required": True, "description": endpoint.identity, "schema": schema}


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    listed = any(each.form is Form.CURSOR for each in endpoint.parameters)
    responses: dict[str, Any] = {
        "200": {
            "description": endpoint.summary,
            "headers": headers.of_answer(endpoint, listed=listed),
            "content": {media: _content(endpoint, media) for media in endpoint.media},
        }
    }
    if endpoint.lasting:
        description = "The answer that If-None-Match names still holds."
        responses["304"] = {"description": description, "headers": headers.of_unchanged(listed=listed)}
    for kind in errors(endpoint):
        responses[str(kind.status)] = {"$ref": f"#/components/responses/{component(kind)}"}
    return responses


def errors(endpoint: Endpoint) -> list[ProblemKind]:
    """Give the kinds of errors that an endpoint may answer with, by status; of several of a status the first stands for all."""
    accept = (406,) if endpoint.negotiated else ()
    precondition = (412,) if endpoint.lasting else ()
    given = (*_ALWAYS, *endpoint.problems, *accept, *precondition)
    kinds = {KINDS[each] if isinstance(each, int) else each for each in given}
    return sorted(kinds, key=lambda kind: kind.status)


def _content(endpoint: Endpoint, media: str) -> dict[str, Any]:
    shown = answers().get((endpoint.name, media), {})
    content: dict[str, Any] = {"examples": shown} if shown else {}
    if media in _LINES:
        told = _LINES[media].format(columns=", ".join(COLUMNS[endpoint.tag]))
        return {"schema": {"type": "string", "description": told}, **content}
    if media == MEDIA[Format.JSONLD]:
        return {"schema": envelopes.LinkedData, **content}
    if endpoint.schema is None:
        return {"schema": {"type": "object" if media in _OBJECTS else "string"}, **content}
    if endpoint.selected is None:
        return {"schema": endpoint.schema, **content}
    return {"schema": {"anyOf": [endpoint.schema, endpoint.selected]}, **content}


def _body(endpoint: Endpoint) -> dict[str, Any]:
    posted = {"text": examples.TEXT, "published": examples.PUBLISHED}
    content: Mapping[str, Any] = {
        "text/plain": {
            "schema": {"type": "string", "minLength": 1, "pattern": r"\S"},
            "example": examples.TEXT,
        },
        JSON: {"schema": endpoint.body, "example": posted},
    }
    return {"required": True, "content": content}


_OBJECTS = {JSON, YAML}
_LINES = {
    MEDIA[Format.NDJSON]: "A record on each line, as `items` has them in JSON: all that the filters select.",
    MEDIA[Format.CSV]: (
        "A header line and a line for each record that the filters select (RFC 4180). A column is named by its way through the "
        'record\'s JSON; where that leads through a list, the cell joins what its members have with "; ". What is null is '
        "empty, and an apostrophe stands before what a spreadsheet would run as a formula. The columns: {columns}."
    ),
}
