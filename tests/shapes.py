"""What clients are promised, drawn from the description; `tests.breaking` tells what of it a later one breaks.

``python -m tests.shapes`` writes today's promises to tests/contract/shapes.yaml.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import yaml

from service.http.csv_rows import COLUMNS
from service.http.problems import EVERY_KIND
from tests.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMMITTED: Final = ROOT / "tests" / "contract" / "shapes.yaml"

Shapes = dict[str, Any]
"""Plain data, as the file has it."""

_TOLD_OTHERWISE: Final = {
    "$ref",
    "additionalProperties",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "enum",
    "example",
    "examples",
    "items",
    "properties",
    "required",
    "title",
    "type",
}
"""Keywords of a schema that say nothing of what is taken, or that have a place of their own."""


def drawn(description: Mapping[str, Any]) -> Shapes:
    """Draw the promises from a description."""
    shared = description.get("components", {})
    open_ = description.get("security", ())
    operations = {
        f"{method.upper()} {path}": _operation({"security": open_, **operation}, shared)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }
    schemas = {name: _schema(schema) for name, schema in sorted(shared.get("schemas", {}).items())}
    return {"operations": operations, "schemas": schemas}


def today(description: Mapping[str, Any]) -> Shapes:
    """Give the promises of the service: those of its description, its kinds of errors and its columns."""
    kinds = {kind.slug: kind.status for kind in EVERY_KIND}
    columns = {name: [str(column) for column in each] for name, each in COLUMNS.items()}
    return {**drawn(description), "problems": kinds, "columns": columns}


def _operation(operation: Mapping[str, Any], shared: Mapping[str, Any]) -> Shapes:
    parameters = [_followed(each, shared, "parameters") for each in operation.get("parameters", ())]
    body = operation.get("requestBody", {})
    posted = {media: content["schema"] for media, content in body.get("content", {}).items()}
    return {
        "id": operation["operationId"],
        "login": [_login(each) for each in operation["security"]] or [_login({})],
        "parameters": {each["name"]: _parameter(each) for each in parameters},
        "must_post": body.get("required", False),
        "posted": {media: {"is": _is(schema), **limits(schema)} for media, schema in posted.items()},
        "responses": {
            status: _response(_followed(response, shared, "responses"))
            for status, response in operation["responses"].items()
        },
    }


def _login(alternative: Mapping[str, Iterable[str]]) -> str:
    """Write what a request must show: a scheme with its scopes, or several."""
    return (
        " and ".join(" ".join((name, *sorted(scopes))) for name, scopes in sorted(alternative.items()))
        or "none"
    )


def _followed(part: Mapping[str, Any], shared: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    followed: Mapping[str, Any] = shared[kind][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    return followed


def _parameter(parameter: Mapping[str, Any]) -> Shapes:
    """Draw a parameter; of one that takes several values, what holds for each stands beside what holds for all."""
    schema = parameter["schema"]
    element = schema.get("items", schema)
    shape = {"in": parameter["in"], "is": _is(schema), "required": parameter.get("required", False)}
    if element is not schema:
        style = parameter.get("style", "form" if parameter["in"] in {"query", "cookie"} else "simple")
        shape |= {"style": style, "explode": parameter.get("explode", style == "form")}
    shape |= limits({name: each for name, each in schema.items() if name != "items"}) | limits(element)
    if "enum" in element:
        shape["values"] = element["enum"]
    return shape | ({"default": element["default"]} if "default" in element else {})


def _response(response: Mapping[str, Any]) -> Shapes:
    content = response.get("content", {})
    media = {name: _is(each["schema"]) for name, each in content.items()}
    return {"headers": sorted(response.get("headers", {})), "media": media}


def _schema(schema: Mapping[str, Any]) -> Shapes:
    required = schema.get("required", ())
    return {name: _member(each, name in required) for name, each in schema.get("properties", {}).items()}


def _member(schema: Mapping[str, Any], always: bool) -> Shapes:  # noqa: FBT001 - only called above
    shape: Shapes = {"is": _is(schema), "nullable": _nullable(schema), "always": always, **limits(schema)}
    values = schema.get("items", schema).get("enum")
    return shape | ({"values": values} if values else {})


def _nullable(schema: Mapping[str, Any]) -> bool:
    return any("null" in each.get("type", ()) for each in (schema, *schema.get("anyOf", ())))


def limits(schema: Mapping[str, Any], way: str = "") -> Shapes:
    """Give what a schema says beyond its type, by keyword; of what is in lists and objects, by the way there."""
    found = {way + name: each for name, each in schema.items() if name not in _TOLD_OTHERWISE}
    for alternative in schema.get("anyOf", ()):
        found |= limits(alternative, way)
    for name in ("items", "additionalProperties"):
        inner = schema.get(name)
        if isinstance(inner, dict):
            found |= {f"{way}{name}.nullable": True} if _nullable(inner) else {}
            found |= limits(inner, f"{way}{name}.")
    return found


def _is(schema: Mapping[str, Any]) -> str:
    """Write a type in words, null left out."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(is_ for is_ in map(_is, schema["anyOf"]) if is_ != "null")
    kinds = schema.get("type", "anything")
    kind = " or ".join(each for each in ([kinds] if isinstance(kinds, str) else kinds) if each != "null")
    if kind == "array":
        return f"list of {_is(schema['items'])}"
    if kind == "object" and schema.get("additionalProperties") not in (None, True, False, {}):
        return f"object of {_is(schema['additionalProperties'])}"
    return kind or "null"


class _Plain(yaml.SafeDumper):
    """Writes what is the same in two places out in both."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def written(shapes: Shapes) -> str:
    """Write promises as YAML, each parameter and member on a line or a few."""
    return yaml.dump(
        shapes, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )


def committed() -> Shapes:
    """Read the promises of the file."""
    shapes: Shapes = yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))
    return shapes


def main() -> None:
    from tests.http.described import DESCRIBED  # noqa: PLC0415 - it makes the application

    COMMITTED.write_text(written(today(DESCRIBED)), encoding="utf-8")
    sys.stdout.write(f"{COMMITTED.relative_to(ROOT)} written\n")


if __name__ == "__main__":
    main()
