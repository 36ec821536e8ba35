"""The operations as Markdown, what each gives and takes, and the members of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.parameters import Form
from service.query.ask import Mode
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from marshmallow import Schema

    from service.http.endpoint import Endpoint
    from service.http.parameters import Parameter

_TAKEN: Mapping[Form, str] = {
    Form.OPEN: "ids, names, aliases",
    Form.DATE: "dates, intervals",
    Form.BOUND: "a date",
    Form.FRACTION: "0 to 1",
    Form.COUNT: "a number",
    Form.WORDS: "words",
    Form.CURSOR: "from `links`",
    Form.MEMBERS: "[members](#records)",
}


def reference(endpoints: Iterable[Endpoint]) -> str:
    """Write a table of those of `endpoints` that are described, each with its query parameters, then the records."""
    described = [each for each in endpoints if each.described]
    rows = [(each.method, f"[`{_path(each)}`](#{slug(_title(each))})", each.summary) for each in described]
    return "\n".join(
        (
            "## Operations",
            "",
            *_table(("method", "path", "what it gives"), rows),
            "",
            "The same for programs: [`/openapi.yaml`](/openapi.yaml), [`/openapi.json`](/openapi.json) (OpenAPI 3.1).",
            "",
            *(_section(each) for each in described),
            "## Records",
            "",
            *(
                _record(each.schema, fields)
                for each in described
                for fields in each.parameters
                if fields.form is Form.MEMBERS and each.identity and each.schema
            ),
        )
    )


def _path(endpoint: Endpoint) -> str:
    return endpoint.path.replace("<identity>", "{id}")


def _title(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {_path(endpoint)}"


def _section(endpoint: Endpoint) -> str:
    media = ", ".join(f"`{each.partition(';')[0]}`" for each in endpoint.media)
    lines = [f"### {_title(endpoint)}", "", endpoint.description.strip(), "", f"Gives {media}.", ""]
    if endpoint.identity:
        lines += [f"`{{id}}`: {endpoint.identity}", ""]
    if endpoint.parameters:
        rows = [_row(each, endpoint.parameters) for each in endpoint.parameters if each.mode is Mode.ANY]
        lines += [*_table(("parameter", "takes", "meaning"), rows), ""]
    return "\n".join(lines)


def _row(parameter: Parameter, declared: Sequence[Parameter]) -> tuple[str, str, str]:
    """Describe a parameter together with its ``all_`` and ``not_`` forms."""
    forms = [each for each in declared if each.axis and each.axis == parameter.axis]
    names = ", ".join(f"`{each.name}`" for each in forms or (parameter,))
    meaning = parameter.description
    if parameter.example is not None:
        meaning += f" Such as `{parameter.name}={parameter.example}`."
    return names, _taken(parameter), meaning


def _taken(parameter: Parameter) -> str:
    if parameter.form in _TAKEN:
        return _TAKEN[parameter.form]
    return ", ".join(f"`{value}`" for value in parameter.values)


def _record(schema: type[Schema], fields: Parameter) -> str:
    """Describe the members of a record; `fields` has their names and those of the members inside them."""
    inner: dict[str, list[str]] = {}
    for name in fields.values:
        outer, dot, rest = name.partition(".")
        inner.setdefault(outer, []).extend([f"`.{rest}`"] if dot else [])
    told = {name: str(member.metadata["description"]) for name, member in schema().fields.items()}
    rows = [(f"`{name}`", told[name], " ".join(within)) for name, within in inner.items()]
    return "\n".join((f"### {schema.__name__}", "", *_table(("member", "meaning", "within"), rows), ""))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
