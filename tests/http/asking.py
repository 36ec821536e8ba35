"""Random requests for the lists, and what their records say of themselves when they are read one by one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from service.http.app import make_app
from service.http.options import HttpOptions
from service.vocabulary.naming import slug
from tests.query.test_filters import CORPUS, upwards
from tests.query.test_filters import spellings as spelt
from tests.sample import extract

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.model import Event, Source, Statement

CLIENT = make_app(CORPUS, extract, HttpOptions(code_version="test")).test_client()

FACETS = {
    "statements": ("topic", "speaker", "publisher", "source", "kind", "country", "via", "year", "month"),
    "events": ("participant", "topic", "type", "status", "publisher", "source", "year", "month"),
    "sources": ("publisher", "author", "year", "month"),
}
"""What each list can be counted by."""

CLOSED = {
    "kind": ("direct", "indirect", "mixed"),
    "status": ("happened", "planned"),
    "type": ("other", "talks"),
}
PLURAL = {
    "statements": ("speaker", "topic", "country", "via"),
    "events": ("participant", "topic", "source", "publisher"),
    "sources": ("publisher", "author"),
}
DATES = st.sampled_from(
    ["2014", "2014-02", "2014-02-14", "2013-21", "2013-12/2014-01", "2015-12", "2001", "2014-03"]
)

Pairs = list[tuple[str, str]]
"""The names and values of a query string."""


def get(path: str, pairs: Iterable[tuple[str, str]] = ()) -> Any:
    """Ask for `path` with `pairs`; give the answer's JSON."""
    query = urlencode(list(pairs))
    response = CLIENT.get(f"{path}?{query}" if query else path)
    assert response.status_code == 200, response.text
    return response.get_json()


def filters(kind: str) -> st.SearchStrategy[Pairs]:
    """Draw filters of the list of `kind`: any, all_ and not_, by date, by words and by confidence."""
    names = [name for name in FACETS[kind] if name not in {"year", "month"}]
    modes = [*names, *(f"not_{name}" for name in names), *(f"all_{name}" for name in PLURAL[kind])]
    by_value = st.sampled_from(modes).flatmap(
        lambda name: st.tuples(st.just(name), _values(name.removeprefix("all_").removeprefix("not_")))
    )
    more = [
        st.tuples(st.just("date"), DATES),
        st.tuples(st.just("q"), st.sampled_from(["the", "bridge -pier", "fish*"])),
    ]
    if kind == "statements":
        more.append(st.tuples(st.just("min_confidence"), st.sampled_from(["0.5", "0.9"])))
    ends = st.sampled_from(
        [[], [("from", "2014")], [("to", "2014-02")], [("from", "2014-02"), ("to", "2015")]]
    )
    drawn = st.lists(st.one_of(by_value, by_value, *more), max_size=4)
    return st.builds(lambda one, other: _once([*one, *other]), drawn, ends)


def _values(name: str) -> st.SearchStrategy[str]:
    if name in CLOSED:
        return st.sampled_from(CLOSED[name])
    return spelt(name).map(lambda value: f'"{value}"' if "," in value else value)


def _once(pairs: Pairs) -> Pairs:
    """Keep of the parameters that take one value the last."""
    single = {name: value for name, value in pairs if name in {"q", "min_confidence"}}
    return [pair for pair in pairs if pair[0] not in single] + list(single.items())


def without(pairs: Pairs, facet: str) -> Pairs:
    """Leave out what is the facet's own filter."""
    own = {"date", "from", "to"} if facet in {"year", "month"} else {facet, f"all_{facet}", f"not_{facet}"}
    return [pair for pair in pairs if pair[0] not in own]


def records(kind: str, pairs: Pairs) -> list[Any]:
    """Give the records of `CORPUS` that the list finds, read off its pages of three."""
    known = {record.id: record for record in getattr(CORPUS, kind)}
    page = get(f"/v1/{kind}", [*pairs, ("limit", "3")])
    found = list(page["items"])
    while "next" in page["links"]:
        page = get(page["links"]["next"])
        found += page["items"]
    assert len(found) == page["total"]
    return [known[item["id"]] for item in found]


def values(kind: str, record: Statement | Event | Source, facet: str) -> set[str]:
    """Give what a record has of `facet`, by a slow and obvious reading."""
    if facet in {"year", "month"}:
        return {day.isoformat()[: {"year": 4, "month": 7}[facet]] for day in days(record)}
    readers = {"statements": _statement, "events": _event, "sources": _source}
    return {value for value in readers[kind](record, facet) if value}


def days(record: Any) -> list[dt.date]:
    """Give every day of a record's date."""
    date = record.published if hasattr(record, "published") else record.date
    if date is None:
        return []
    return [date.start + dt.timedelta(days=number) for number in range((date.end - date.start).days + 1)]


def _statement(record: Any, facet: str) -> Iterable[str | None]:
    (source,) = (each for each in CORPUS.sources if each.id == record.source)
    match facet:
        case "speaker":
            return [party.id for party in record.speakers]
        case "country":
            return [party.country for party in record.speakers]
        case "topic":
            return set().union(*map(upwards, record.topics))
        case "via":
            return [named.id for named in record.via]
        case "publisher":
            return _source(source, facet)
        case _:
            return [str(getattr(record, facet))]


def _event(record: Any, facet: str) -> Iterable[str | None]:
    match facet:
        case "participant":
            return [party.id for party in record.participants]
        case "topic":
            return set().union(*map(upwards, record.topics))
        case "source":
            return list(record.sources)
        case "publisher":
            tellers = [each for each in CORPUS.sources if each.id in record.sources]
            return [name for each in tellers for name in _source(each, facet)]
        case _:
            return [str(getattr(record, facet))]


def _source(record: Any, facet: str) -> list[str | None]:
    if facet == "author":
        return [slug(author) for author in record.authors]
    retold = record.retold_from.publisher if record.retold_from else None
    return [record.publisher and record.publisher.id, retold and slug(retold)]
