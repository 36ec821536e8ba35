"""What was promised within this version holds: additions pass, and nothing that a client may rely on goes or changes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.breaking import broken
from tests.corpora import ROOT
from tests.http.described import DESCRIBED
from tests.shapes import committed, drawn, today, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Change = Callable[[dict[str, Any]], Any]

STABILITY: Final = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8")

MADE_UP: Final[dict[str, Any]] = {
    "security": [],
    "paths": {
        "/plants": {
            "get": {
                "operationId": "list_plants",
                "parameters": [
                    {"$ref": "#/components/parameters/colour"},
                    {"$ref": "#/components/parameters/named"},
                    {
                        "name": "most",
                        "in": "query",
                        "schema": {"type": "integer", "maximum": 9, "default": 3},
                    },
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Plant"}}},
                    },
                    "400": {"$ref": "#/components/responses/Wrong"},
                },
            },
            "post": {
                "operationId": "plant",
                "security": [{"key": []}, {"gardener": ["plant"], "key": []}],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Seed"}},
                        "text/plain": {"schema": {"type": "string", "maxLength": 50}},
                    }
                },
                "responses": {"200": {"content": {}}},
            },
        }
    },
    "components": {
        "parameters": {
            "colour": {
                "name": "colour",
                "in": "query",
                "schema": {"type": "array", "items": {"type": "string", "enum": ["red", "blue"]}},
            },
            "named": {
                "name": "named",
                "in": "query",
                "schema": {
                    "type": "array",
                    "maxItems": 5,
                    "items": {"type": "string", "pattern": "^[a-z]+$"},
                },
            },
        },
        "responses": {"Wrong": {"headers": {}, "content": {"application/problem+json": {"schema": {}}}}},
        "schemas": {
            "Plant": {
                "properties": {
                    "name": {"type": "string"},
                    "height": {"type": ["number", "null"]},
                    "leaves": {"type": "array", "items": {"$ref": "#/components/schemas/Leaf"}},
                    "root": {"anyOf": [{"$ref": "#/components/schemas/Leaf"}, {"type": "null"}]},
                    "kind": {"type": "string", "enum": ["tree", "herb"]},
                    "sown": {"type": "string", "format": "date"},
                    "found": {"type": "array", "items": {"type": ["string", "null"], "minLength": 1}},
                    "leaf_names": {"type": "array", "items": {"type": "string"}},
                    "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
                },
                "required": ["name", "height", "leaves", "kind"],
            },
            "Leaf": {"properties": {"area": {"type": "integer"}}, "required": ["area"]},
            "Seed": {
                "properties": {
                    "name": {"type": "string", "minLength": 2},
                    "soil": {"type": ["string", "null"]},
                    "names": {"type": "array", "items": {"type": "string"}},
                    "places": {"type": "array", "items": {"type": ["string", "null"]}},
                },
                "required": ["name"],
            },
        },
    },
}


def listed(made_up: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = made_up["paths"]["/plants"]["get"]
    return found


def colour(made_up: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = made_up["components"]["parameters"]["colour"]
    return found


def named(made_up: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = made_up["components"]["parameters"]["named"]
    return found


def posted(made_up: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = made_up["paths"]["/plants"]["post"]
    return found


def member(made_up: dict[str, Any], name: str, inner: str) -> dict[str, Any]:
    found: dict[str, Any] = schema(made_up, name)["properties"][inner]
    return found


def answer(made_up: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = listed(made_up)["responses"]["200"]
    return found


def schema(made_up: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = made_up["components"]["schemas"][name]
    return found


BREAKING: Final[dict[str, Change]] = {
    "operations: GET /plants is gone": lambda d: d["paths"]["/plants"].pop("get"),
    "operations: POST /plants is gone": lambda d: d["paths"]["/plants"].pop("post"),
    "operations: GET /plants: id: 'list_plants' became 'plants'": lambda d: listed(d).update(
        operationId="plants"
    ),
    "operations: GET /plants: parameters: most is gone": lambda d: listed(d)["parameters"].pop(),
    "operations: GET /plants: parameters: colour: in: 'query' became 'header'": lambda d: colour(d).update(
        {"in": "header"}
    ),
    "operations: GET /plants: parameters: colour: is: 'list of string' became 'string'": lambda d: colour(
        d
    ).update(schema={"type": "string", "enum": ["red", "blue"]}),
    "operations: GET /plants: parameters: colour: values: blue is gone": lambda d: colour(d)["schema"][
        "items"
    ]["enum"].remove("blue"),
    "operations: GET /plants: parameters: colour: is required now": lambda d: colour(d).update(required=True),
    "operations: GET /plants: parameters: most: values: any is gone": lambda d: listed(d)["parameters"][2][
        "schema"
    ].update(enum=[1, 2]),
    "operations: GET /plants: parameters: most: default: 3 became 4": lambda d: listed(d)["parameters"][2][
        "schema"
    ].update(default=4),
    "operations: GET /plants: parameters: most: maximum is narrower: 8": lambda d: listed(d)["parameters"][2][
        "schema"
    ].update(maximum=8),
    "operations: GET /plants: parameters: most: minimum is narrower: 1": lambda d: listed(d)["parameters"][2][
        "schema"
    ].update(minimum=1),
    "operations: GET /plants: parameters: new is new and required": lambda d: listed(d)["parameters"].append(
        {"name": "new", "in": "query", "required": True, "schema": {"type": "string"}}
    ),
    "operations: GET /plants: responses: 200: headers: ETag is gone": lambda d: answer(d)["headers"].pop(
        "ETag"
    ),
    "operations: GET /plants: responses: 200: media: application/json is gone": lambda d: answer(d)[
        "content"
    ].pop("application/json"),
    "operations: GET /plants: responses: 200: media: application/json: 'Plant' became 'Leaf'": lambda d: (
        answer(d)["content"]["application/json"].update(schema={"$ref": "#/components/schemas/Leaf"})
    ),
    "operations: GET /plants: responses: 400 is gone": lambda d: listed(d)["responses"].pop("400"),
    "operations: POST /plants: posted: application/json is gone": lambda d: d["paths"]["/plants"]["post"][
        "requestBody"
    ]["content"].pop("application/json"),
    "schemas: Leaf is gone": lambda d: d["components"]["schemas"].pop("Leaf"),
    "schemas: Plant: name is gone": lambda d: schema(d, "Plant")["properties"].pop("name"),
    "schemas: Plant: name: is: 'string' became 'integer'": lambda d: schema(d, "Plant")["properties"].update(
        name={"type": "integer"}
    ),
    "schemas: Plant: name: may be null now": lambda d: schema(d, "Plant")["properties"].update(
        name={"type": ["string", "null"]}
    ),
    "schemas: Plant: leaves: may be null now": lambda d: schema(d, "Plant")["properties"]["leaves"].update(
        type=["array", "null"]
    ),
    "schemas: Plant: leaves: is: 'list of Leaf' became 'list of Plant'": lambda d: schema(d, "Plant")[
        "properties"
    ]["leaves"].update(items={"$ref": "#/components/schemas/Plant"}),
    "schemas: Plant: root: is: 'Leaf' became 'Leaf or Plant'": lambda d: schema(d, "Plant")["properties"][
        "root"
    ]["anyOf"].append({"$ref": "#/components/schemas/Plant"}),
    "schemas: Plant: name: may be absent now": lambda d: schema(d, "Plant")["required"].remove("name"),
    "schemas: Plant: kind: values: ['herb', 'tree'] became ['fern', 'herb', 'tree']": lambda d: schema(
        d, "Plant"
    )["properties"]["kind"]["enum"].append("fern"),
    "schemas: Seed: soil is gone": lambda d: schema(d, "Seed")["properties"].pop("soil"),
    "schemas: Seed: soil: is required now": lambda d: schema(d, "Seed")["required"].append("soil"),
    "schemas: Seed: soil: may no longer be null": lambda d: schema(d, "Seed")["properties"].update(
        soil={"type": "string"}
    ),
    "schemas: Seed: name: values: any is gone": lambda d: schema(d, "Seed")["properties"]["name"].update(
        enum=["oak"]
    ),
    "schemas: Seed: name: is: 'string' became 'integer'": lambda d: schema(d, "Seed")["properties"].update(
        name={"type": "integer"}
    ),
    "schemas: Seed: age is new and required": lambda d: schema(d, "Seed").update(
        properties={**schema(d, "Seed")["properties"], "age": {"type": "integer"}}, required=["name", "age"]
    ),
}

LIMITING: Final[dict[str, Change]] = {
    "operations: GET /plants: login: none is gone": lambda d: d.update(security=[{"key": []}]),
    "operations: POST /plants: login: key is gone": lambda d: posted(d)["security"].pop(0),
    "operations: POST /plants: login: gardener plant and key is gone": lambda d: posted(d)["security"][1]["gardener"].append("dig"),
    "operations: POST /plants: a body is required now": lambda d: posted(d)["requestBody"].update(required=True),
    "operations: POST /plants: posted: text/plain: maxLength is narrower: 49": lambda d: posted(d)["requestBody"]["content"][
        "text/plain"]["schema"].update(maxLength=49),
    "operations: GET /plants: parameters: named: explode: True became False": lambda d: named(d).update(explode=False),
    "operations: GET /plants: parameters: named: style: 'form' became 'pipeDelimited'": lambda d: named(d).update(
        style="pipeDelimited", explode=True),
    "operations: GET /plants: parameters: named: pattern is narrower: '^[a-m]+$'": lambda d: named(d)["schema"]["items"].update(
        pattern="^[a-m]+$"),
    "operations: GET /plants: parameters: named: maxItems is narrower: 4": lambda d: named(d)["schema"].update(maxItems=4),
    "operations: GET /plants: parameters: named: minItems is narrower: 1": lambda d: named(d)["schema"].update(minItems=1),
    "operations: GET /plants: parameters: named: uniqueItems is narrower: True": lambda d: named(d)["schema"].update(
        uniqueItems=True),
    "operations: GET /plants: parameters: colour: maxItems is narrower: 9": lambda d: colour(d)["schema"].update(maxItems=9),
    "operations: GET /plants: parameters: colour: pattern is narrower: 'e'": lambda d: colour(d)["schema"]["items"].update(
        pattern="e"),
    "operations: GET /plants: parameters: most: format is narrower: 'int32'": lambda d: listed(d)["parameters"][2]["schema"].update(
        format="int32"),
    "operations: GET /plants: parameters: most: maxItems is narrower: 0": lambda d: listed(d)["parameters"][2].update(
        schema={"type": "array", "maxItems": 0, "items": listed(d)["parameters"][2]["schema"]}),
    "schemas: Plant: leaf_names: items may be null now": lambda d: member(d, "Plant", "leaf_names")["items"].update(
        type=["string", "null"]),
    "schemas: Plant: sown: format is wider: 'date-time'": lambda d: member(d, "Plant", "sown").update(format="date-time"),
    "schemas: Plant: sown: format is wider: 'any'": lambda d: member(d, "Plant", "sown").pop("format"),
    "schemas: Plant: found: items.minLength is wider: 0": lambda d: member(d, "Plant", "found")["items"].update(minLength=0),
    "schemas: Plant: counts: additionalProperties.minimum is wider: 'any'": lambda d: member(d, "Plant", "counts")[
        "additionalProperties"].pop("minimum"),
    "schemas: Plant: counts: additionalProperties may be null now": lambda d: member(d, "Plant", "counts")[
        "additionalProperties"].update(type=["integer", "null"]),
    "schemas: Plant: counts: is: 'object of integer' became 'object of string'": lambda d: member(d, "Plant", "counts")[
        "additionalProperties"].update(type="string"),
    "schemas: Seed: name: maxLength is narrower: 80": lambda d: member(d, "Seed", "name").update(maxLength=80),
    "schemas: Seed: name: minLength is narrower: 3": lambda d: member(d, "Seed", "name").update(minLength=3),
    "schemas: Seed: soil: format is narrower: 'uri'": lambda d: member(d, "Seed", "soil").update(format="uri"),
    "schemas: Seed: places: items may no longer be null": lambda d: member(d, "Seed", "places")["items"].update(type="string"),
    "schemas: Seed: places: items.pattern is narrower: 'e'": lambda d: member(d, "Seed", "places")["items"].update(pattern="e"),
}  # fmt: skip
"""Changes of what a description says of things beyond their types."""

WIDENING: Final[dict[str, Change]] = {
    "no login": lambda d: posted(d).update(security=[]),
    "another login": lambda d: posted(d)["security"].append({"basic": []}),
    "a login that may be left out": lambda d: d.update(security=[{"key": []}, {}]),
    "what is usual, written out": lambda d: named(d).update(style="form", explode=True),
    "no pattern": lambda d: named(d)["schema"]["items"].pop("pattern"),
    "more items": lambda d: named(d)["schema"].update(maxItems=6),
    "any number of items": lambda d: named(d)["schema"].pop("maxItems"),
    "several values, one at least": lambda d: listed(d)["parameters"][2].update(
        schema={"type": "array", "minItems": 1, "items": listed(d)["parameters"][2]["schema"]}),
    "a longer body": lambda d: posted(d)["requestBody"]["content"]["text/plain"]["schema"].update(maxLength=51),
    "a shorter posted member": lambda d: member(d, "Seed", "name").update(minLength=1),
    "a posted member of any length": lambda d: member(d, "Seed", "name").pop("minLength"),
    "a format of an answer": lambda d: member(d, "Plant", "name").update(format="uri"),
    "a bound of an answer": lambda d: member(d, "Plant", "counts")["additionalProperties"].update(minimum=1),
    "items that are null no more": lambda d: member(d, "Plant", "found")["items"].update(type="string"),
    "posted items that may be null": lambda d: member(d, "Seed", "names")["items"].update(type=["string", "null"]),
}  # fmt: skip

ADDING: Final[dict[str, Change]] = {
    "nothing": lambda _: None,
    "an operation": lambda d: d["paths"].update({"/soils": d["paths"]["/plants"]}),
    "a parameter": lambda d: listed(d)["parameters"].append(
        {"name": "new", "in": "query", "schema": {"type": "string"}}
    ),
    "a value of a parameter": lambda d: colour(d)["schema"]["items"]["enum"].append("green"),
    "any value of a parameter": lambda d: colour(d)["schema"]["items"].pop("enum"),
    "wider bounds": lambda d: listed(d)["parameters"][2]["schema"].update(maximum=10),
    "no bounds": lambda d: listed(d)["parameters"][2]["schema"].pop("maximum"),
    "several values": lambda d: listed(d)["parameters"][2].update(
        schema={"type": "array", "items": listed(d)["parameters"][2]["schema"]}
    ),
    "a header": lambda d: answer(d)["headers"].update({"Link": {}}),
    "a media type": lambda d: answer(d)["content"].update({"text/csv": {"schema": {"type": "string"}}}),
    "a status": lambda d: listed(d)["responses"].update({"404": {"content": {}}}),
    "a schema": lambda d: d["components"]["schemas"].update(New={"properties": {}}),
    "a member": lambda d: schema(d, "Leaf")["properties"].update(new={"type": ["string", "null"]}),
    "a member that is always there": lambda d: schema(d, "Leaf").update(
        properties={"area": {"type": "integer"}, "new": {"type": "string"}}, required=["area", "new"]
    ),
    "a member that is null no more": lambda d: schema(d, "Plant")["properties"].update(height={"type": "number"}),
    "a member that is always there now": lambda d: schema(d, "Plant")["required"].append("root"),
    "a posted member": lambda d: schema(d, "Seed")["properties"].update(new={"type": "string"}),
    "a posted member that may be left out": lambda d: schema(d, "Seed").update(required=[]),
    "a posted member that may be null": lambda d: schema(d, "Seed")["properties"].update(
        name={"type": ["string", "null"]}
    ),
    "another order": lambda d: d["components"].update(
        schemas=dict(reversed(d["components"]["schemas"].items()))
    ),
    "another text": lambda d: listed(d).update(summary="Plants.", description="All of them.", deprecated=True),
}  # fmt: skip


def after(change: Change) -> list[str]:
    changed = copy.deepcopy(MADE_UP)
    change(changed)
    return broken(drawn(MADE_UP), drawn(changed))


def test_what_is_promised_holds() -> None:
    assert broken(committed(), today(DESCRIBED)) == [], "a client may rely on it: docs/stability.md"


@pytest.mark.parametrize("told", [*BREAKING, *LIMITING])
def test_what_breaks_a_promise_is_told(told: str) -> None:
    assert after((BREAKING | LIMITING)[told]) == [told]


@pytest.mark.parametrize("change", [*ADDING, *WIDENING])
def test_what_is_added_breaks_nothing(change: str) -> None:
    assert after((ADDING | WIDENING)[change]) == []


def test_kinds_of_errors_and_columns_stay() -> None:
    promised = {**drawn(MADE_UP), "problems": {"wrong": 400}, "columns": {"plants": ["name", "height"]}}
    more = {
        "problems": {"wrong": 400, "new": 409},
        "columns": {"plants": ["new", "height", "name"], "soils": []},
    }
    assert broken(promised, {**promised, **more}) == []
    for less, told in (
        ({"problems": {}}, "problems: wrong is gone"),
        ({"problems": {"wrong": 422}}, "problems: wrong: 400 became 422"),
        ({"columns": {"plants": ["name"]}}, "columns: plants: height is gone"),
    ):
        assert broken(promised, {**promised, **less}) == [told]


def ways(shapes: Any) -> Iterator[tuple[str, ...]]:
    """Give the way to each part with a name of its own: parameters, members, statuses, media types."""
    for name, inner in shapes.items():
        part = {"parameters", "responses"} & shapes.keys() or {"headers", "media"} == shapes.keys()
        if "is" in shapes or (part and name in {"id", "posted"}):
            continue
        if not part:
            yield (name,)
        if isinstance(inner, dict):
            yield from ((name, *way) for way in ways(inner))


def without(shapes: Any, way: tuple[str, ...]) -> Any:
    first, *rest = way
    if rest:
        return {**shapes, first: without(shapes[first], tuple(rest))}
    return {name: each for name, each in shapes.items() if name != first}


@pytest.mark.parametrize("kind", ["operations", "schemas", "problems", "columns"])
def test_whatever_goes_is_noticed(kind: str) -> None:
    empty: dict[str, Any] = {"operations": {}, "schemas": {}}
    for name, each in today(DESCRIBED)[kind].items():
        promised = {**empty, kind: {name: each}}
        parts = [(name, *way) for way in ways(each)] if isinstance(each, dict) else []
        for way in [(name,), *parts]:
            assert broken(promised, {**empty, kind: without(promised[kind], way)}), way


def test_the_file_is_written_as_it_is_read() -> None:
    assert written(committed()) == (ROOT / "tests" / "contract" / "shapes.yaml").read_text(encoding="utf-8")


# docs/stability.md ------------------------------------------------------------------------------------------------------


def test_the_page_names_the_closed_lists_of_answers() -> None:
    schemas = {name: each for name, each in today(DESCRIBED)["schemas"].items() if "Query" not in name}
    closed = {name for members in schemas.values() for name, each in members.items() if "values" in each}
    assert {"kind", "in"} <= closed
    assert [name for name in sorted(closed) if f"`{name}`" not in STABILITY] == []


def test_nothing_is_deprecated_as_the_page_says() -> None:
    assert "Nothing is deprecated today." in STABILITY
    assert "deprecated" not in str(DESCRIBED["paths"]) + str(DESCRIBED["components"])
