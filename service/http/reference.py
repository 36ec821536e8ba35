"""The operations as Markdown: what each gives and takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.parameters import Form
from service.query.ask import Mode
from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
}


def operations(endpoints: Iterable[Endpoint]) -> str:
    """Write a table of those of `endpoints` that are described, then each with its query parameters."""
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
    values = _folded(parameter.values) if parameter.form is Form.MEMBERS else parameter.values
    return ", ".join(f"`{value}`" for value in values) or _TAKEN[parameter.form]


def _folded(members: Sequence[str]) -> Iterable[str]:
    """Write the members of a member behind it: ``date`` and ``date.edtf`` as ``date{.edtf}``."""
    inner: dict[str, list[str]] = {member: [] for member in members if "." not in member}
    for member in members:
        outer, dot, rest = member.partition(".")
        if dot:
            inner[outer].append(f".{rest}")
    return (f"{outer}{{{' '.join(rest)}}}" if rest else outer for outer, rest in inner.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
