"""Random requests for the lists, and the record that they are put to beside its slow reading."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

import spacy  # noqa: F401 - it draws random numbers as it is imported, which Hypothesis forbids while a record is drawn
from hypothesis import strategies as st

from service.http.options import HttpOptions
from tests.corpora import seeds_app
from tests.http.readings import SINGLE, Pairs, tokens
from tests.http.slow import KINDS, Slow
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask.testing import FlaskClient

CLIENT: Final = app_of(make_corpus(), extract, HttpOptions(code_version="test")).test_client()

FACETS: Final = {
    "statements": ("topic", "speaker", "publisher", "source", "kind", "country", "via", "year", "month"),
    "events": ("participant", "topic", "type", "status", "publisher", "source", "year", "month"),
    "sources": ("publisher", "author", "year", "month"),
}
"""What each list can be counted by."""

FILTERS: Final = {
    "statements": ("speaker", "topic", "source", "publisher", "event", "kind", "country", "place", "via"),
    "events": ("participant", "topic", "type", "status", "source", "publisher", "place"),
    "sources": ("publisher", "author"),
    "speakers": (),
    "topics": (),
}
"""The filters by value of each list."""

PLURAL: Final = {
    "statements": ("speaker", "topic", "event", "country", "via"),
    "events": ("participant", "topic", "source", "publisher"),
    "sources": ("publisher", "author"),
    "speakers": (),
    "topics": (),
}
"""Those of which a record may have several values."""

CLOSED: Final = {"kind", "type", "status"}
POINTS: Final = (
    "2012",
    "2013",
    "2013-12",
    "2014-01",
    "2014-02",
    "2014-02-14",
    "2014-03",
    "2015-11",
    "2015",
    "2016",
)
SPANS: Final = ("2013-21", "2013-24", "2001", "2014-02-27/2014-03-02", "2013-12/2014-01", "2013-23/2014-21")


@cache
def sample() -> Slow:
    """The record of our own writing."""
    return Slow(CLIENT)


@cache
def seeds() -> Slow:
    """The record of the seeds, as they are served."""
    return Slow(seeds_app().test_client())


RECORDS: Final[st.SearchStrategy[Callable[[], Slow]]] = st.sampled_from([sample, seeds])
"""Draws one of the two records; not read before it is needed."""


def get(path: str, pairs: Iterable[tuple[str, str]] = (), client: FlaskClient = CLIENT) -> Any:
    """Ask for `path` with `pairs`; give the answer's JSON."""
    query = urlencode(list(pairs))
    response = client.get(f"{path}?{query}" if query else path)
    assert response.status_code == 200, response.text
    return response.get_json()


def walk(client: FlaskClient, url: str) -> list[Any]:
    """Give the pages from `url` to the last."""
    pages = [get(url, client=client)]
    while "next" in pages[-1]["links"]:
        pages.append(get(pages[-1]["links"]["next"], client=client))
    return pages


def pairs_of(url: str, without: Iterable[str] = ()) -> Pairs:
    """Read the query string of `url`."""
    return [pair for pair in parse_qsl(url.partition("?")[2]) if pair[0] not in set(without)]


def asked(
    kinds: Iterable[str] = KINDS, *, words: bool = True
) -> st.SearchStrategy[tuple[Callable[[], Slow], str, Pairs]]:
    """Draw a record, the kind of one of its lists, and filters of it."""
    drawn = st.tuples(RECORDS, st.sampled_from(sorted(kinds)))
    return drawn.flatmap(
        lambda each: st.tuples(st.just(each[0]), st.just(each[1]), filters(*each, words=words))
    )


def filters(record: Callable[[], Slow], kind: str, *, words: bool = True) -> st.SearchStrategy[Pairs]:
    """Draw filters of the list of `kind`: any, all_ and not_, by date, by words and by confidence."""
    names = FILTERS[kind]
    modes = [*names, *(f"not_{name}" for name in names), *(f"all_{name}" for name in PLURAL[kind])]
    drawn: list[st.SearchStrategy[Pairs]] = []
    if modes:
        by_value = st.sampled_from(modes).flatmap(lambda name: _filter(record, kind, name))
        by_date = st.lists(st.sampled_from([*POINTS, *SPANS]), min_size=1, max_size=2)
        drawn += [by_value] * 3 + [by_date.map(lambda values: [("date", each) for each in values]), _ranges()]
    if words:
        drawn.append(_terms(record, kind).map(lambda terms: [("q", " ".join(terms))]))
    if kind == "statements":
        drawn.append(
            st.sampled_from(["0", "0.35", "0.5", "0.9", "1"]).map(lambda floor: [("min_confidence", floor)])
        )
    together = st.lists(st.one_of(drawn), max_size=4) if drawn else st.just([])
    return together.map(lambda several: _once([pair for pairs in several for pair in pairs]))


def without(pairs: Pairs, facet: str) -> Pairs:
    """Leave out what is the facet's own filter."""
    own = {"date", "from", "to"} if facet in {"year", "month"} else {facet}
    return [pair for pair in pairs if pair[0] not in own]


def _filter(record: Callable[[], Slow], kind: str, name: str) -> st.SearchStrategy[Pairs]:
    values = st.lists(
        _spelt(record, kind, name.removeprefix("all_").removeprefix("not_")), min_size=1, max_size=3
    )
    repeated = values.map(lambda several: [(name, _quoted(each)) for each in several])
    return st.one_of(repeated, values.map(lambda several: [(name, ",".join(map(_quoted, several)))]))


def _spelt(record: Callable[[], Slow], kind: str, axis: str) -> st.SearchStrategy[str]:
    known = record().known(kind, axis)
    names = sorted({name for identity, names in known.items() for name in (identity, *names) if name.strip()})
    if axis in CLOSED:
        return st.sampled_from(names)
    written = st.sampled_from([*names, "nobody at all", "!"])
    return st.one_of(
        written,
        written.map(str.upper),
        written.map(lambda name: name.replace(" ", "-")),
        written.map(lambda name: f"the {name}"),
        written.map(lambda name: name.replace("e", "é")),
    ).map(str.strip)


def _quoted(value: str) -> str:
    escaped = value.replace('"', '""')
    return f'"{escaped}"' if {",", '"'} & set(value) else value


def _ranges() -> st.SearchStrategy[Pairs]:
    ends = st.lists(st.sampled_from(POINTS), min_size=2, max_size=2).map(sorted)
    return st.tuples(ends, st.sampled_from([("from",), ("to",), ("from", "to")])).map(
        lambda drawn: [(name, drawn[0][name == "to"]) for name in drawn[1]]
    )


def _terms(record: Callable[[], Slow], kind: str) -> st.SearchStrategy[list[str]]:
    """Draw terms of ``q`` for which stemming changes nothing: words without relatives, phrases of them, beginnings."""
    lonely, phrases, beginnings = _vocabulary(record, kind)
    term = st.one_of(
        st.sampled_from(lonely),
        st.sampled_from([f'"{phrase}"' for phrase in phrases] or lonely),
        st.sampled_from([f"{beginning}*" for beginning in beginnings]),
    )
    either = st.one_of(term, term, term.map(lambda each: f"-{each}"), st.just("zyxwv"))
    return st.lists(either, min_size=1, max_size=3)


@cache
def _vocabulary(record: Callable[[], Slow], kind: str) -> tuple[list[str], list[str], list[str]]:
    slow = record()
    passages = [tokens(text) for each in slow.records[kind] for text in slow.passages(kind, each)]
    every = {word for passage in passages for word in passage}
    plain = {word for word in every if len(word) > 3 and word.isascii() and word.isalpha()}
    relatives = Counter(word[:3] for word in every)
    lonely = sorted(word for word in plain if relatives[word[:3]] == 1)
    pairs = {pair for passage in passages for pair in pairwise(passage)}
    phrases = sorted(" ".join(pair) for pair in pairs if set(pair) <= set(lonely))
    return lonely, phrases, sorted({word[:3] for word in plain} | {word[:4] for word in plain})


def _once(pairs: Pairs) -> Pairs:
    """Keep of the parameters that take one value the last, and of a range only ends that stand in order."""
    single = {name: value for name, value in pairs if name in SINGLE}
    if single.get("from", "") > single.get("to", "9999"):
        del single["to"]
    return [pair for pair in pairs if pair[0] not in SINGLE] + list(single.items())
