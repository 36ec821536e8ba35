"""The operations as Markdown, what each gives and takes, and the members of the records and of what is around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.http import headers, members
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
_COMMON = "[Common parameters](#common-parameters)"


def reference(endpoints: Iterable[Endpoint]) -> str:
    """Write a table of those of `endpoints` that are described, each with its query parameters, then the records."""
    described = [each for each in endpoints if each.described]
    rows = [(each.method, f"[`{_path(each)}`](#{slug(_title(each))})", each.summary) for each in described]
    common = _common(described)
    return "\n".join(
        (
            "## Operations",
            "",
            *_table(("method", "path", "what it gives"), rows),
            "",
            "The same for programs: [`/openapi.yaml`](/openapi.yaml), [`/openapi.json`](/openapi.json) (OpenAPI 3.1).",
            "",
            *(_section(each, common) for each in described),
            "## Common parameters",
            "",
            "What many operations take alike; each says which of these it takes.",
            "",
            *_table(("parameter", "takes", "meaning"), (_row(each, ()) for each in common.values())),
            "",
            "## Headers",
            "",
            "Of requests, beside Accept, Accept-Encoding and those of a body; then of answers.",
            "",
            *(line for described in headers.components() for line in (*_headers(described), "")),
            "## Records",
            "",
            *map(_record, members.RECORDS),
            "## Other answers",
            "",
            *_others(described),
        )
    )


def _headers(described: Mapping[str, dict[str, Any]]) -> Iterable[str]:
    rows = ((f"`{name}`", " ".join(each["description"].split())) for name, each in described.items())
    return _table(("header", "meaning"), rows)


def _path(endpoint: Endpoint) -> str:
    return endpoint.path.replace("<identity>", "{id}")


def _title(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {_path(endpoint)}"


def _common(endpoints: Iterable[Endpoint]) -> dict[str, Parameter]:
    """Give by name the parameters, filters by value aside, that mean the same for several kinds of records.

    One that takes other values in each of them has none here.
    """
    declared = [
        (each, endpoint.tag) for endpoint in endpoints for each in endpoint.parameters if not each.axis
    ]
    told = Counter(name for name, _ in {((each.name, each.description), tag) for each, tag in declared})
    common: dict[str, Parameter] = {}
    for each, _ in declared:
        if told[each.name, each.description] > 1:
            first = common.setdefault(each.name, each)
            if _is_common(each, common) and each.values != first.values:
                common[each.name] = replace(first, values=())
    return common


def _section(endpoint: Endpoint, common: Mapping[str, Parameter]) -> str:
    media = ", ".join(f"`{each.partition(';')[0]}`" for each in endpoint.media)
    lines = [f"### {_title(endpoint)}", "", endpoint.description.strip(), "", f"Gives {media}.", ""]
    if endpoint.identity:
        lines += [f"`{{id}}`: {endpoint.identity}", ""]
    if endpoint.body is not None:
        lines += [*_table(("member of the JSON", "meaning", "needed"), members.posted(endpoint.body)), ""]
    own = [each for each in endpoint.parameters if not _is_common(each, common)]
    if own:
        rows = [_row(each, endpoint.parameters) for each in own if each.mode is Mode.ANY]
        lines += [*_table(("parameter", "takes", "meaning"), rows), ""]
    shared = [_listed(each, common) for each in endpoint.parameters if _is_common(each, common)]
    if shared:
        lines += [f"{_COMMON}: {', '.join(shared)}.", ""]
    return "\n".join(lines)


def _is_common(parameter: Parameter, common: Mapping[str, Parameter]) -> bool:
    return parameter.name in common and common[parameter.name].description == parameter.description


def _listed(parameter: Parameter, common: Mapping[str, Parameter]) -> str:
    name = f"`{parameter.name}`"
    if parameter.form is Form.CLOSED and common[parameter.name].values != parameter.values:
        return f"{name} ({_values(parameter)})"
    return name


def _row(parameter: Parameter, declared: Sequence[Parameter]) -> members.Row:
    """Describe a parameter together with its ``all_`` and ``not_`` forms."""
    forms = [each for each in declared if each.axis and each.axis == parameter.axis]
    names = ", ".join(f"`{each.name}`" for each in forms or (parameter,))
    meaning = parameter.description
    if parameter.example is not None:
        meaning += f" Such as `{parameter.name}={parameter.example}`."
    if parameter.only:
        meaning += f" Only with `{parameter.only}`."
    else:
        meaning += "".join(f" `{each.name}` only with `{each.only}`." for each in forms if each.only)
    return names, _taken(parameter), meaning


def _taken(parameter: Parameter) -> str:
    if parameter.form in _TAKEN:
        return _TAKEN[parameter.form]
    return _values(parameter) or "what the operation names"


def _values(parameter: Parameter) -> str:
    return ", ".join(f"`{value}`" for value in parameter.values)


def _record(schema: type[Schema]) -> str:
    table = _table(("member", "meaning", "within"), members.of_record(schema))
    return "\n".join((f"### {schema.__name__}", "", *table, ""))


def _others(endpoints: Iterable[Endpoint]) -> Iterable[str]:
    shapes = {each.name: each.schema for each in endpoints if each.schema}
    for title, told, rows in members.around_records(shapes):
        yield "\n".join((f"### {title}", "", told, "", *_table(("member", "meaning", "within"), rows), ""))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
