"""A timeline as a picture: how many statements and events each period has, in the periods that both have together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.dates import month, parse_edtf, year
from service.http.people.addresses import explorer, filters_of
from service.http.people.asking import added, only, without
from service.http.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from service.http.people.asking import Answered, Api

_PATH = "/v1/timeline"
_BY_DATE = ("date", "from", "to")
_MOST = {"month": 120, "year": 400}
_FEWEST = 36
_TOPICS = "8"
_MOST_YEARS = 20
_AS_EVENTS_HAVE_IT = {"speaker": "participant"}
_OF_EVENTS = ("participant", "topic", "source", "publisher", "place", "q")


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: its label and days, how many statements and events it has, and the page of these statements.

    A count is None before the first and after the last of its kind; `chosen` says that the filters by date let it in.
    """

    label: str
    start: str
    end: str
    statements: int | None
    events: int | None
    page: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The bars of a picture; `most` is the largest count of any, and the answers say where they are from."""

    interval: str
    bars: tuple[Bar, ...]
    most: int
    statements: Answered
    events: Answered | None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The requests that the picture is drawn from."""
        return tuple(each.address for each in (self.statements, self.events) if each is not None)

    @property
    def slots(self) -> int:
        """For how many bars there is room, so that a few are not as broad as the picture."""
        return max(len(self.bars), _FEWEST)


def drawn(api: Api, query: str, between: tuple[str, str] | None) -> Drawn | None:
    """Draw what the filters of `query` but those by date select; `between` are the first and the last day that they let in.

    By month where that gives a picture that can be taken in, else by year; None where that does not either.
    """
    filters = without(filters_of(query), _BY_DATE)
    of_events = _of_events(filters)
    for interval in ("month", "year"):
        statements = _counted(api, filters, interval)
        events = None if of_events is None else _counted(api, of_events, interval)
        if statements is not None and (events is not None or of_events is None):
            bars = [*_bars(statements, events, interval, filters, between)]
            if len(bars) <= _MOST[interval]:
                most = max((max(bar.statements or 0, bar.events or 0) for bar in bars), default=0)
                return Drawn(interval, tuple(bars), most, statements, events)
    return None


@dataclass(frozen=True, slots=True)
class ByTopic:
    """A table of counts: `years` by label, and for each topic its value, its label and its counts, a None for none.

    `most` is the largest of the counts, `answer` has all of them.
    """

    years: tuple[str, ...]
    topics: tuple[tuple[str, str, tuple[int | None, ...]], ...]
    most: int
    answer: Answered


def by_topic(api: Api, query: str) -> ByTopic | None:
    """Count what the filters of `query` select by year and topic; None where that gives nothing, or too much to be taken in."""
    try:
        answer = api.ask(_PATH, added(query, {"interval": "year", "by": "topic", "facet_limit": _TOPICS}))
    except Problem:
        return None
    years = [each for each in answer["items"] if each["count"]]
    counts = {(each["label"], one["value"]): one["count"] for each in years for one in each["split"]}
    labels = {one["value"]: one["label"] for each in years for one in each["split"]}
    if not counts or len(years) > _MOST_YEARS:
        return None
    rows = {topic: tuple(counts.get((each["label"], topic)) for each in years) for topic in labels}
    order = sorted(rows, key=lambda topic: (-sum(filter(None, rows[topic])), labels[topic]))
    return ByTopic(
        tuple(each["label"] for each in years),
        tuple((topic, labels[topic], rows[topic]) for topic in order),
        max(counts.values()),
        answer,
    )


def _bars(
    statements: Answered,
    events: Answered | None,
    interval: str,
    filters: str,
    between: tuple[str, str] | None,
) -> Iterator[Bar]:
    counted = {each["label"]: each["count"] for each in statements["items"]}
    happened = {each["label"]: each["count"] for each in events["items"]} if events is not None else {}
    for label, start, end in _periods(interval, counted.keys() | happened.keys()):
        chosen = between is None or (between[0] <= end and start <= between[1])
        page = explorer(added(filters, {"date": label}))
        yield Bar(label, start, end, counted.get(label), happened.get(label), page, chosen)


def _counted(api: Api, query: str, interval: str) -> Answered | None:
    """Give the timeline; None where there are too many periods for one."""
    try:
        return api.ask(_PATH, added(query, {"interval": interval}))
    except Problem:
        return None


def _of_events(filters: str) -> str | None:
    """Ask for the events that the same filters select; None where events have no such filters."""
    renamed = "&".join(_as_events_have_it(piece) for piece in filters.split("&") if piece)
    if only(renamed, _OF_EVENTS) != renamed:
        return None
    return f"of=events&{renamed}" if renamed else "of=events"


def _periods(interval: str, labels: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Give every period from the first to the last of `labels`: its label, its first and its last day."""
    if not labels:
        return
    day, last = parse_edtf(min(labels)).start, parse_edtf(max(labels)).start
    while day <= last:
        own = month(day.year, day.month) if interval == "month" else year(day.year)
        yield own.edtf, own.start.isoformat(), own.end.isoformat()
        if own.end == dt.date.max:
            return
        day = own.end + dt.timedelta(days=1)


def _as_events_have_it(piece: str) -> str:
    name, _, value = piece.partition("=")
    return f"{_AS_EVENTS_HAVE_IT.get(name, name)}={value}"


def between(query: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give the first and the last day that the filters by date of a request, as it was understood, let in; None for no filter."""
    dates = query.get("date", ())
    first = min((each["start"] for each in dates), default=dt.date.min.isoformat())
    last = max((each["end"] for each in dates), default=dt.date.max.isoformat())
    if not dates and "from" not in query and "to" not in query:
        return None
    return max(first, query.get("from", first)), min(last, query.get("to", last))
