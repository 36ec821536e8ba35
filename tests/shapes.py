"""What clients are promised, drawn from the description, and what of it a later description breaks.

``python -m tests.shapes`` writes today's promises to tests/contract/shapes.yaml.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import yaml

from service.http.csv_rows import COLUMNS
from service.http.problems import KINDS
from tests.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

COMMITTED: Final = ROOT / "tests" / "contract" / "shapes.yaml"

Shapes = dict[str, Any]
"""Plain data, as the file has it."""

_BOUNDS: Final = ("minimum", "maximum", "minLength", "maxLength", "format")


def drawn(description: Mapping[str, Any]) -> Shapes:
    """Draw the promises from a description."""
    shared = description.get("components", {})
    operations = {
        f"{method.upper()} {path}": _operation(operation, shared)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }
    schemas = {name: _schema(schema) for name, schema in sorted(shared.get("schemas", {}).items())}
    return {"operations": operations, "schemas": schemas}


def today(description: Mapping[str, Any]) -> Shapes:
    """Give the promises of the service: those of its description, its kinds of errors and its columns."""
    kinds = {kind.slug: kind.status for kind in KINDS.values()}
    columns = {name: [str(column) for column in each] for name, each in COLUMNS.items()}
    return {**drawn(description), "problems": kinds, "columns": columns}


def _operation(operation: Mapping[str, Any], shared: Mapping[str, Any]) -> Shapes:
    parameters = [_followed(each, shared, "parameters") for each in operation.get("parameters", ())]
    posted = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "parameters": {each["name"]: _parameter(each) for each in parameters},
        "posted": {media: _is(content["schema"]) for media, content in posted.items()},
        "responses": {
            status: _response(_followed(response, shared, "responses"))
            for status, response in operation["responses"].items()
        },
    }


def _followed(part: Mapping[str, Any], shared: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    followed: Mapping[str, Any] = shared[kind][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    return followed


def _parameter(parameter: Mapping[str, Any]) -> Shapes:
    schema = parameter["schema"]
    element = schema.get("items", schema)
    shape = {"in": parameter["in"], "is": _is(schema), "required": parameter.get("required", False)}
    shape |= {name: element[name] for name in _BOUNDS if name in element}
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
    kinds = [schema, *schema.get("anyOf", ())]
    null = any("null" in each.get("type", ()) for each in kinds)
    shape: Shapes = {"is": _is(schema), "nullable": null, "always": always}
    values = schema.get("items", schema).get("enum")
    return shape | ({"values": values} if values else {})


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
    return kind or "null"


# what breaks them ------------------------------------------------------------------------------------------------------


def broken(promised: Shapes, now: Shapes) -> list[str]:
    """Give what of the promises no longer holds, a line each; additions break nothing."""
    asked = _posted(promised) | _posted(now)
    return [
        *_kept("operations", promised["operations"], now["operations"], _broken_operation),
        *_new_demands(promised["operations"], now["operations"]),
        *_kept("schemas", promised["schemas"], now["schemas"], partial(_broken_schema, asked=asked)),
        *_kept("problems", promised.get("problems", {}), now.get("problems", {}), _same),
        *_kept("columns", promised.get("columns", {}), now.get("columns", {}), _holds_all),
    ]


def _posted(shapes: Shapes) -> set[str]:
    return {is_ for operation in shapes["operations"].values() for is_ in operation["posted"].values()}


def _kept(
    where: str, old: Mapping[str, Any], new: Mapping[str, Any], compare: Callable[..., Iterable[str]]
) -> Iterator[str]:
    for name, each in old.items():
        if name not in new:
            yield f"{where}: {name} is gone"
        else:
            yield from compare(f"{where}: {name}", each, new[name])


def _same(where: str, old: Any, new: Any) -> Iterator[str]:
    if old != new:
        yield f"{where}: {old!r} became {new!r}"


def _holds_all(where: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[str]:
    new = list(new)
    yield from (f"{where}: {each} is gone" for each in old if each not in new)


def _broken_operation(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _same(f"{where}: id", old["id"], new["id"])
    yield from _kept(f"{where}: parameters", old["parameters"], new["parameters"], _broken_parameter)
    yield from _kept(f"{where}: posted", old["posted"], new["posted"], _same)
    yield from _kept(f"{where}: responses", old["responses"], new["responses"], _broken_response)


def _broken_parameter(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    for name in ("in", "default", "format"):
        yield from _same(f"{where}: {name}", old.get(name), new.get(name))
    if new["is"] != f"list of {old['is']}":  # several values where one was taken is an addition
        yield from _same(f"{where}: is", old["is"], new["is"])
    if new["required"] and not old["required"]:
        yield f"{where}: is required now"
    if "values" in new:
        yield from _holds_all(f"{where}: values", old.get("values", ["any"]), new["values"])
    for name, wider in (("minimum", -1), ("minLength", -1), ("maximum", 1), ("maxLength", 1)):
        if name in new and (name not in old or (new[name] - old[name]) * wider < 0):
            yield f"{where}: {name} is narrower: {new[name]}"


def _new_demands(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for operation in old.keys() & new.keys():
        for name, parameter in new[operation]["parameters"].items():
            if parameter["required"] and name not in old[operation]["parameters"]:
                yield f"operations: {operation}: parameters: {name} is new and required"


def _broken_response(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _holds_all(f"{where}: headers", old["headers"], new["headers"])
    yield from _kept(f"{where}: media", old["media"], new["media"], _same)


def _broken_schema(where: str, old: Shapes, new: Shapes, asked: set[str]) -> Iterator[str]:
    posted = where.rpartition(" ")[2] in asked
    yield from _kept(where, old, new, _broken_posted if posted else _broken_answer)
    if posted:
        for name in sorted(new.keys() - old.keys()):
            if new[name]["always"]:
                yield f"{where}: {name} is new and required"


def _broken_posted(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    yield from _same(f"{where}: is", old["is"], new["is"])
    if old["nullable"] and not new["nullable"]:
        yield f"{where}: may no longer be null"
    if new["always"] and not old["always"]:
        yield f"{where}: is required now"
    if "values" in new:
        yield from _holds_all(f"{where}: values", old.get("values", ["any"]), new["values"])


def _broken_answer(where: str, old: Shapes, new: Shapes) -> Iterator[str]:
    """Compare a member of an answer: what a client reads may not turn into what it has not been written for."""
    yield from _same(f"{where}: is", old["is"], new["is"])
    if new["nullable"] and not old["nullable"]:
        yield f"{where}: may be null now"
    if old["always"] and not new["always"]:
        yield f"{where}: may be absent now"
    if "values" in old and "Query:" not in where:  # a query's values are those that the client asked with
        yield from _same(f"{where}: values", sorted(old["values"]), sorted(new.get("values", ["any"])))


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
