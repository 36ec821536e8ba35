"""Records as JSON-LD in the terms of schema.org, with the context inside, so that reading them needs no network.

What schema.org has no term for is left out. Addresses are path-absolute: they hold against wherever the answer came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from service.dates import parse_edtf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Node = dict[str, Any]

_RELATIONS = "http://www.iana.org/assignments/relation/"
_EDTF = "http://id.loc.gov/datatypes/edtf"
_ENTITY = "http://www.wikidata.org/entity/"

CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "url": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "eventStatus": {"@type": "@id"},
    "itemListElement": {"@container": "@list"},
    "broader": {"@id": "http://www.w3.org/2004/02/skos/core#broader", "@type": "@id"},
    **{name: {"@id": f"{_RELATIONS}{name}", "@type": "@id"} for name in ("first", "prev", "next")},
}
"""What the terms mean."""

_TYPES = {
    "person": "Person",
    "group": "Organization",
    "organization": "Organization",
    "country": "Country",
    "unnamed": "Person",
}


def document(kind: str, record: Mapping[str, Any]) -> Node:
    """Give one record of the kind `kind`, as its JSON has it, as a document of its own."""
    return {"@context": CONTEXT, **node(kind, record)}


def page(kind: str, listed: Mapping[str, Any]) -> Node:
    """Give a page of records of the kind `kind`, as its JSON has it, as an ItemList."""
    links: dict[str, str] = listed["links"]
    return {
        "@context": CONTEXT,
        "@id": links["self"],
        "@type": "ItemList",
        "numberOfItems": listed["total"],
        "itemListElement": [node(kind, record) for record in listed["items"]],
        **{name: target for name, target in links.items() if name != "self"},
    }


def node(kind: str, record: Mapping[str, Any]) -> Node:
    """Give one record as a node, without what it has not."""
    head = {"@id": record["url"], "url": record["url"], "identifier": record["id"]}
    return _without_nothing({**head, **_NODES[kind](record)})


def _statement(record: Mapping[str, Any]) -> Node:
    speakers = [_party(each) for each in record["speakers"]]
    date = record["date"]
    return {
        "@type": "Quotation",
        "text": record["text"],
        "spokenByCharacter": speakers,
        "creator": [{"@id": each["@id"]} for each in speakers],
        "isPartOf": _article(record["source"]),
        "dateCreated": _date(date) if _is_plain(date) else None,
        "temporal": None if _is_plain(date) else _interval(date),
        "locationCreated": _place(record["place"]),
        "about": [_term(each) for each in record["topics"]],
        "recordedAt": None if record["event"] is None else {"@id": _address("events", record["event"])},
    }


def _event(record: Mapping[str, Any]) -> Node:
    date = record["date"]
    return {
        "@type": "Event",
        "name": record["title"],
        "startDate": _end(date, "start"),
        "endDate": _end(date, "end"),
        "location": _place(record["place"]),
        "attendee": [_party(each) for each in record["participants"]],
        "about": [_term(each) for each in record["topics"]],
        "eventStatus": "https://schema.org/EventScheduled" if record["status"] == "planned" else None,
        "keywords": [record["type"], record["status"]],
        "subjectOf": [
            {"@id": _address("sources", each), "@type": "NewsArticle"} for each in record["sources"]
        ],
    }


def _source(record: Mapping[str, Any]) -> Node:
    return {
        **_article(record),
        "author": [{"@type": "Person", "name": each} for each in record["authors"]],
        "inLanguage": record["language"],
        "dateline": record["dateline"],
        "wordCount": record["words"],
    }


def _article(record: Mapping[str, Any]) -> Node:
    retold = record["retold_from"]
    return _without_nothing(
        {
            "@id": _address("sources", record["id"]),
            "@type": "NewsArticle",
            "headline": record["title"],
            "publisher": None if record["publisher"] is None else _publisher(record["publisher"]["name"]),
            "datePublished": _date(record["published"]),
            "isBasedOn": None if retold is None else _original(retold),
        }
    )


def _original(retold: Mapping[str, Any]) -> Node:
    return _without_nothing(
        {
            "@type": "NewsArticle",
            "headline": retold["title"],
            "publisher": None if retold["publisher"] is None else _publisher(retold["publisher"]),
            "author": [{"@type": "Person", "name": each} for each in retold["authors"]],
            "datePublished": None if retold["published"] is None else _as_printed(retold["published"]),
        }
    )


def _publisher(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def _speaker(record: Mapping[str, Any]) -> Node:
    return {
        **_party(record),
        "alternateName": record["aliases"],
        "sameAs": [f"{_ENTITY}{each}" for each in record["same_as"]],
    }


def _party(record: Mapping[str, Any]) -> Node:
    kind = _TYPES[record["type"]]
    country = record["country"]
    return _without_nothing(
        {
            "@id": _address("speakers", record["id"]),
            "@type": kind,
            "name": record["name"],
            "jobTitle": record.get("role") if kind == "Person" else None,
            "nationality": _country(country) if record["type"] == "person" else None,
            "address": None if kind == "Person" else _seat(country),
        }
    )


def _country(code: str | None) -> Node | None:
    return None if code is None else {"@type": "Country", "identifier": code}


def _seat(code: str | None) -> Node | None:
    return None if code is None else {"@type": "PostalAddress", "addressCountry": code}


def _topic(record: Mapping[str, Any]) -> Node:
    return {
        **_term(record),
        "description": record["definition"],
        "alternateName": record["alt_labels"],
        "broader": [_address("topics", each) for each in record["broader"]],
    }


def _term(record: Mapping[str, Any]) -> Node:
    return {
        "@id": _address("topics", record["id"]),
        "@type": "DefinedTerm",
        "name": record["label"],
        "termCode": record["id"],
        "inDefinedTermSet": {"@id": "/v1/topics"},
    }


def _place(words: str | None) -> Node | None:
    return None if words is None else {"@type": "Place", "name": words}


def _is_plain(date: Mapping[str, Any] | None) -> bool:
    """Tell whether ISO 8601 has a single date for it: a day, a month or a year."""
    return date is not None and date["precision"] in {"day", "month", "year"}


def _date(date: Mapping[str, Any] | None) -> Any:
    """Give a date as it is where ISO 8601 has one for it, else as a literal that says it is EDTF."""
    if date is None or _is_plain(date):
        return date and date["edtf"]
    return {"@type": _EDTF, "@value": date["edtf"]}


def _as_printed(edtf: str) -> Any:
    return _date({"edtf": edtf, "precision": parse_edtf(edtf).precision})


def _interval(date: Mapping[str, Any] | None) -> str | None:
    return None if date is None else f"{date['start']}/{date['end']}"


def _end(date: Mapping[str, Any] | None, which: str) -> str | None:
    """Give one end of a date, no finer than the date is told."""
    if date is None:
        return None
    told: str = date["edtf"] if _is_plain(date) else date[which]
    return told


def _address(kind: str, identity: str) -> str:
    return f"/v1/{kind}/{quote(identity, safe='')}"


def _without_nothing(members: Node) -> Node:
    return {name: value for name, value in members.items() if value is not None and value != []}


_NODES: Mapping[str, Callable[[Mapping[str, Any]], Node]] = {
    "statements": _statement,
    "events": _event,
    "sources": _source,
    "speakers": _speaker,
    "topics": _topic,
}
