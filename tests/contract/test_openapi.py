from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from service import vocabulary
from service.http.openapi import describe, document
from service.http.options import EVENT_TYPES
from service.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

COMMITTED = Path(__file__).parents[2] / "openapi.yaml"


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    return document(app)


def test_the_committed_description_is_the_one_served(client: FlaskClient) -> None:
    assert COMMITTED.read_text(encoding="utf-8") == client.get("/openapi.yaml").text, (
        "run: onrecord openapi > openapi.yaml"
    )


def test_the_event_types_promised_are_those_of_the_vocabulary() -> None:
    types = read_vocabulary(Path(vocabulary.__file__).parent).event_types.types
    assert {each.id for each in types} == set(EVENT_TYPES)


def test_it_is_valid_openapi(described: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()] == []


def test_yaml_and_json_say_the_same(app: Flask, client: FlaskClient, described: dict[str, Any]) -> None:
    assert yaml.load(describe(app), Loader=yaml.CSafeLoader) == described
    assert client.get("/openapi.json").json == described
    assert client.get("/openapi.yaml").mimetype == "application/yaml"


def test_every_route_is_described(app: Flask, described: dict[str, Any]) -> None:
    routes = {
        (rule.rule.replace("<identity>", "{id}"), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, methods in described["paths"].items() for method in methods}
    pages = {
        ("/try", "get"),
        ("/try", "post"),
        ("/sources/{id}", "get"),
        ("/events/{id}", "get"),
        ("/speakers/{id}", "get"),
        ("/files/{id}", "get"),
    }
    assert routes - told == pages, "only the pages for people, their scripts and style sheets are left out"
    assert told <= routes


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in described["paths"].values() for operation in methods.values()]


def test_every_part_is_explained(described: dict[str, Any]) -> None:
    for operation in operations(described):
        assert operation["summary"]
        assert operation["description"]
        assert {"200", "400", "500"} <= operation["responses"].keys()
    for name, schema in described["components"]["schemas"].items():
        for member, shape in schema.get("properties", {}).items():
            assert shape.get("description"), f"{name}.{member}"
    for name, parameter in described["components"]["parameters"].items():
        assert parameter["description"], name


@pytest.mark.parametrize(
    ("name", "url"),
    [
        *((f"{name.title()}Page", f"/v1/{name}?limit=100") for name in ("statements", "events", "sources")),
        *((f"{name.title()}Page", f"/v1/{name}?q=the") for name in ("statements", "speakers", "topics")),
        (
            "StatementsPage",
            "/v1/statements?speaker=nobody,example&kind=direct&date=2014&from=2013&to=2016&q=t*",
        ),
        (
            "StatementsPage",
            "/v1/statements?facets=topic,speaker,publisher,source,kind,country,via,year,month",
        ),
        (
            "EventsPage",
            "/v1/events?facets=participant,topic,type,status,publisher,source,year,month&facet_limit=3",
        ),
        ("SourcesPage", "/v1/sources?facets=publisher,author,year,month"),
        ("Timeline", "/v1/timeline"),
        (
            "Timeline",
            "/v1/timeline?of=events&by=topic&interval=year&from=2014&type=other,talks&participant=nobody",
        ),
        ("Timeline", "/v1/timeline?by=speaker&facet_limit=1&interval=day&speaker=exampel,example&q=the"),
        ("Statement", "/v1/statements/quota-33-75"),
        ("Event", "/v1/events/quota-30-70"),
        ("Source", "/v1/sources/retold-strike"),
        ("Speaker", "/v1/speakers/ada-example"),
        ("Topic", "/v1/topics/quotas"),
        ("Corpus", "/v1/corpus"),
        ("Ready", "/readyz"),
        ("ProblemKinds", "/v1/problems"),
        ("ProblemKind", "/v1/problems/busy"),
        ("Live", "/livez"),
        ("ServiceIndex", "/"),
        ("StatementsMembersPage", "/v1/statements?fields=id,speakers.name,highlight&q=the"),
        ("StatementsMembersPage", "/v1/statements?fields=embedded.source&embed=source,event,speakers"),
        ("StatementsPage", "/v1/statements?embed=source,event,speakers&limit=100"),
        ("EventsPage", "/v1/events?embed=sources,statements,speakers,coverage&format=json&pretty=1"),
        ("SourcesPage", "/v1/sources?embed=blocks"),
        ("SourceMembers", "/v1/sources/retold-strike?fields=blocks.role,title&embed=blocks"),
        ("EventMembers", "/v1/events/quota-30-70?fields=title&embed=coverage"),
        ("Problem", "/v1/statements?speeker=1"),
        ("Problem", "/v1/speakers/ada"),
    ],
)
def test_answers_have_just_the_members_described(
    client: FlaskClient, described: dict[str, Any], name: str, url: str
) -> None:
    answer = client.get(url).json
    schema = closed({"$ref": f"#/components/schemas/{name}", "components": described["components"]})
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)] == []


def test_examples_are_what_they_are_examples_of(described: dict[str, Any]) -> None:
    checked = set()
    for operation in operations(described):
        for response in operation["responses"].values():
            for media, content in response.get("content", {}).items():
                shape = content["schema"].get("anyOf", [content["schema"]])[0]
                linked = media == "application/ld+json"
                schema = {**shape, "components": described["components"]}
                validator = Draft202012Validator(schema if linked else closed(schema))
                for name, example in content.get("examples", {}).items():
                    validator.validate(example["value"])
                    checked.add((operation["operationId"], media.partition(";")[0], name))
    kinds = {"statements": "statement", "events": "event", "sources": "source", "speakers": "speaker"}
    kinds["topics"] = "topic"
    lists = {(f"list_{kind}", media, "plain") for kind in kinds for media in LISTED}
    single = {(f"get_{kind}", media, "plain") for kind in kinds.values() for media in SINGLE}
    along = {
        (f"get_{kind}", "application/json", f"embed={name}")
        for kind, names in (
            ("statement", ("source", "event", "speakers")),
            ("event", ("sources", "statements", "speakers", "coverage")),
            ("source", ("blocks",)),
        )
        for name in names
    }
    counted = {
        (f"list_{kind}", "application/json", "facets=publisher,year")
        for kind in ("statements", "events", "sources")
    }
    timeline = {("get_timeline", "application/json", name) for name in ("plain", "by=topic")}
    text = {("get_source_text", "text/plain", "plain")}
    assert checked == lists | single | along | counted | timeline | text


LISTED = ("application/json", "application/x-ndjson", "text/csv", "application/ld+json")
SINGLE = ("application/json", "application/ld+json")


def closed(schema: Any) -> Any:
    """Rule out in every object the members that it does not describe."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict):
        copy.setdefault("additionalProperties", False)
    return copy
