"""What lists, facets and timelines must say, worked out record by record from what ``format=ndjson`` serves.

It knows nothing of the service's code: it reads the five lists and the texts as any client could, and looks at each record
for itself. Slow, but plain.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from tests.http.readings import (
    LENGTHS,
    Pairs,
    Record,
    dates,
    days,
    ends,
    grouped,
    initials,
    overlap,
    publishers,
    says,
    slug,
    squeezed,
    tokens,
)

if TYPE_CHECKING:
    from flask.testing import FlaskClient

KINDS: Final = ("statements", "events", "sources", "speakers", "topics")


class Slow:
    """Everything that `client` is served, and the answers that follow from it."""

    def __init__(self, client: FlaskClient) -> None:
        """Read the lists and the texts."""
        self.client = client
        self.records: dict[str, list[Record]] = {
            kind: [json.loads(line) for line in client.get(f"/v1/{kind}?format=ndjson").data.splitlines()]
            for kind in KINDS
        }
        self._sources = {each["id"]: each for each in self.records["sources"]}
        self._topics = {each["id"]: each for each in self.records["topics"]}

    def find(self, kind: str, pairs: Pairs) -> list[Record]:
        """Give the records of the list `kind` that `pairs` ask for, in the order of ``sort`` (by date unless said)."""
        asked = grouped(pairs)
        found = [each for each in self.records[kind] if self._is_asked(kind, each, asked)]
        return sorted(found, key=lambda each: self._place(kind, each, asked.get("sort", ["date"])[0]))

    def resolve(self, kind: str, axis: str, value: str) -> set[str]:
        """Give the ids of whatever `value` names: an id exactly, else any name but for how it is spelt."""
        if value in self.known(kind, axis):
            return {value}
        meant = squeezed(value)
        known = self.known(kind, axis).items()
        return {identity for identity, names in known if meant and meant in map(squeezed, {identity, *names})}

    def values(self, kind: str, record: Record, axis: str) -> set[str]:  # noqa: C901, PLR0911, PLR0912 - a case for each filter
        """Give the ids that a record of the list `kind` has for a filter or facet."""
        match kind, axis:
            case _, "year" | "month":
                return {day.isoformat()[: LENGTHS[axis]] for day in days(record)}
            case "statements", "speaker":
                return {each["id"] for each in record["speakers"]}
            case "statements", "country":
                return {each["country"] for each in record["speakers"] if each["country"]}
            case "statements", "via":
                return {each["id"] for each in record["via"]}
            case "statements", "source":
                return {record["source"]["id"]}
            case "statements", "event":
                told = {each["id"] for each in self.records["events"] if record["id"] in each["statements"]}
                return told | ({record["event"]} - {None})
            case "events", "participant":
                return {each["id"] for each in record["participants"]}
            case "events", "source":
                return set(record["sources"])
            case "sources", "publisher":
                return set(publishers(record))
            case "sources", "author":
                return {slug(each) or each for each in record["authors"]}
            case _, "publisher":
                sources = self.values(kind, record, "source")
                return {name for each in sources for name in publishers(self._sources[each])}
            case _, "topic":
                return {up for each in record["topics"] for up in self._upwards(each["id"])}
            case _, "place":
                return {slug(record["place"]) or record["place"]} if record["place"] else set()
        return {record[axis]}

    def known(self, kind: str, axis: str) -> dict[str, set[str]]:
        """Give the ids that a filter of the list `kind` knows, and the names that each goes by."""
        if axis != "place":
            return self.names[axis]
        places = [each["place"] for each in self.records[kind] if each["place"]]
        return {slug(each) or each: {each, *re.split(",| in ", each)} for each in places}

    @cached_property
    def names(self) -> dict[str, dict[str, set[str]]]:
        """For each filter that is the same in all lists the ids that are known to it, and the names that each goes by."""
        speakers: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.records["speakers"]:
            speakers[each["id"]] |= {each["name"], *each["aliases"]}
        said, happened = self.records["statements"], self.records["events"]
        for party in [p for each in said for p in each["speakers"]] + [
            p for each in happened for p in each["participants"]
        ]:
            speakers[party["id"]].add(party["name"])
        via = defaultdict(set, {identity: set(names) for identity, names in speakers.items()})
        for named in [named for each in said for named in each["via"]]:
            via[named["id"]].add(named["name"])
        publishing: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.records["sources"]:
            for identity, name in publishers(each).items():
                publishing[identity] |= {name, initials(name)} - {""}
        countries: defaultdict[str, set[str]] = defaultdict(set)
        for each in said:
            countries |= {
                country: countries[country] for country in self.values("statements", each, "country")
            }
        for each in self.records["speakers"]:
            if each["type"] == "country" and each["country"]:
                countries[each["country"]] |= {each["name"], *each["aliases"]}
        authors = [name for each in self.records["sources"] for name in each["authors"]]
        return {
            "speaker": speakers,
            "participant": speakers,
            "via": via,
            "topic": {each["id"]: {each["label"], *each["alt_labels"]} for each in self._topics.values()},
            "source": {each["id"]: {each["title"] or "", each["file"]} for each in self._sources.values()},
            "publisher": publishing,
            "event": {each["id"]: {each["title"]} for each in happened},
            "country": countries,
            "author": {slug(each) or each: {each} for each in authors},
            "kind": {each["kind"]: set() for each in said},
            "type": {each["type"]: set() for each in happened},
            "status": {each["status"]: set() for each in happened},
        }

    def passages(self, kind: str, record: Record) -> list[str]:
        """Give the texts of a record in which ``q`` looks."""
        match kind:
            case "statements":
                named = [each["name"] for each in record["speakers"]]
                return [record["text"], record["context"]["text"], *named, record["source"]["title"] or ""]
            case "events":
                named = [each["name"] for each in record["participants"]]
                told = [each["text"] for each in record["mentions"]]
                return [record["title"], *told, *named, record["place"] or ""]
            case "sources":
                publisher = record["publisher"]["name"] if record["publisher"] else ""
                return [record["title"] or "", publisher, *record["authors"], *self._articles[record["id"]]]
            case "speakers":
                return [record["name"], *record["aliases"], record["role"] or ""]
        return [record["label"], *record["alt_labels"], record["definition"]]

    @cached_property
    def _articles(self) -> dict[str, list[str]]:
        """The texts of the sources, cut where furniture is left out."""
        pieces = {}
        for each in self.client.get("/v1/sources?format=ndjson&embed=blocks").data.splitlines():
            source = json.loads(each)
            text = self.client.get(f"{source['url']}/text").data.decode()
            kept = [block for block in source["blocks"] if block["role"] != "furniture"]
            pieces[source["id"]] = [text[block["start"] : block["end"]] for block in kept]
        return pieces

    def _is_asked(self, kind: str, record: Record, asked: dict[str, list[str]]) -> bool:
        return all(self._holds(kind, record, name, values) for name, values in asked.items())

    def _holds(self, kind: str, record: Record, name: str, values: list[str]) -> bool:  # noqa: PLR0911 - a case for each form
        date = dates(record)
        match name:
            case "sort":
                return True
            case "date":
                return any(overlap(date, *ends(each)) for each in values)
            case "from":
                return overlap(date, ends(values[0])[0], dt.date.max)
            case "to":
                return overlap(date, dt.date.min, ends(values[0])[1])
            case "min_confidence":
                return bool(record["confidence"] >= float(values[0]))
            case "q":
                return says([tokens(each) for each in self.passages(kind, record)], values[0])
        mode, axis = re.fullmatch("(all_|not_)?(.*)", name).groups()  # type: ignore[union-attr]  # it fits all names
        own = self.values(kind, record, axis)
        hits = [bool(own & self.resolve(kind, axis, each)) for each in values]
        return {None: any(hits), "all_": all(hits), "not_": not any(hits)}[mode]

    def _place(self, kind: str, record: Record, sort: str) -> tuple[Any, ...]:
        """Give what the record is ordered by: its date, then source and offset."""
        where: tuple[Any, ...] = "", 0, record["id"]
        if kind == "statements":
            first = (record["content"] or [record["context"]])[0]
            where = record["source"]["id"], first["start"], record["id"]
        elif kind == "events" and record["mentions"]:
            where = record["mentions"][0]["source"], record["mentions"][0]["start"], record["id"]
        date = dates(record)
        if date is None or sort == "source":
            return (sort != "source", where)
        start, end = (day.toordinal() * (-1 if sort == "-date" else 1) for day in date)
        return False, (start, end, *where)

    def _upwards(self, topic: str) -> set[str]:
        """Give a topic and all that is broader."""
        return {topic}.union(*(self._upwards(each) for each in self._topics[topic]["broader"]))
