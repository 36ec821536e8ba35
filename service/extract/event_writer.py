"""Sum up what the tellings of one event say together: type, title, status, place, who took part, its topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from service.extract.event_coreference import PRINTED
from service.extract.event_places import country_of_place
from service.extract.event_titles import title_of
from service.extract.found import FoundEvent, FoundMention
from service.model import SpeakerType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.extract.event_cluster import Cluster
    from service.extract.event_telling import Reading, Telling
    from service.vocabulary.countries import Countries
    from service.vocabulary.event_triggers import EventTriggers
    from service.vocabulary.events import EventTypes
    from service.vocabulary.known_events import KnownEvent

_VISITS = "visit"
_STAYS = frozenset((_VISITS, "encounter", "press-conference", "speech"))
"""Families of events that tell where somebody was."""
_MOST_COMPARED = 60
"""Other events of a text looked at for the place of one."""


@dataclass(frozen=True, slots=True)
class EventVocabulary:
    """What the vocabulary knows about events: types, triggers, countries, and dated events to recognize."""

    types: EventTypes
    triggers: EventTriggers
    countries: Countries
    known: tuple[KnownEvent, ...] = ()


class Hit(Protocol):
    """A topic that was found."""

    @property
    def topic(self) -> str:
        """The id of the topic."""


class Topics(Protocol):
    """What tells the topics of a piece of text."""

    def find(self, text: str) -> Iterable[Hit]:
        """Give the topics of `text`."""


class EventWriter:
    """Makes the events of one text from their gathered tellings."""

    def __init__(
        self,
        text: str,
        reading: Reading,
        topics: Topics,
        vocabulary: EventVocabulary,
        clusters: Sequence[Cluster],
    ) -> None:
        """Take the decoded `text` and all its `clusters`, which may date and place each other."""
        self._text = text
        self._reading = reading
        self._topics = topics
        self._vocabulary = vocabulary
        self._at = {telling.offset: cluster for cluster in clusters for telling in cluster.tellings}
        self._placed = [one for one in clusters if one.status is Status.HAPPENED and self._place(one)][
            :_MOST_COMPARED
        ]

    def event(self, cluster: Cluster) -> FoundEvent:
        """Give the event that the tellings of `cluster` tell."""
        types = self._vocabulary.types
        fresh = [telling for telling in cluster.tellings if telling.fresh]
        type_ = max((one.types[0] for one in fresh if one.status is cluster.status), key=types.settledness)
        anchor = self._anchor(cluster)
        place = self._place(cluster) or self._place_nearby(type_, cluster, anchor)
        parties = self._parties(cluster)
        label, kind = types.by_id[type_].label, self._reading.triggers.kinds[type_]
        return FoundEvent(
            type=type_,
            title=title_of(kind, label, cluster.status, self._names(parties), place),
            status=cluster.status,
            place=place,
            participants=parties,
            topics=self._found_topics(fresh),
            mentions=tuple(self._mentions(cluster, fresh[0], anchor)),
            known=self._known_as(type_, fresh, parties),
            current=self._is_current(type_, fresh, anchor),
        )

    def _mentions(self, cluster: Cluster, first: Telling, anchor: Cluster | None) -> Iterator[FoundMention]:
        lent = next(iter(anchor.times.values()), None) if anchor else None
        if lent is None and not cluster.times and cluster.status is Status.HAPPENED:
            lent = next((telling.over for telling in cluster.tellings if telling.over), None)
        for telling in cluster.tellings:
            yield FoundMention(telling.range, telling.time or (lent if telling is first else None))

    def _parties(self, cluster: Cluster) -> tuple[int, ...]:
        """Give those who take part; crowds and the unnamed only where nobody else does."""
        known = tuple(index for index in cluster.parties if not self._reading.parties.is_crowd(index))
        return known or tuple(cluster.parties)

    def _names(self, parties: Sequence[int]) -> list[str]:
        """Give the names for the title: no state that stands there only with one of its people."""
        entities = [self._reading.parties.entity(index) for index in parties]
        homes = {entity.country for entity in entities if entity.type is SpeakerType.PERSON}
        return [e.name for e in entities if e.type is not SpeakerType.COUNTRY or e.country not in homes]

    def _place(self, cluster: Cluster) -> str | None:
        found = (telling.place for telling in cluster.tellings if telling.fresh and telling.place)
        return next((self._text[start:end] for start, end in found), None)

    def _anchor(self, cluster: Cluster) -> Cluster | None:
        """Give the event that dates one told without a time: "has arrived for talks", "after the meeting"."""
        if cluster.times:
            return None
        found = (self._at.get(offset) for telling in cluster.tellings for offset in telling.anchors)
        return next((one for one in found if one is not None and one is not cluster), None)

    def _place_nearby(self, type_: str, cluster: Cluster, anchor: Cluster | None) -> str | None:
        """Give where those who take part are told to be that day, for a meeting told without a place."""
        kinds = self._reading.triggers.kinds
        if cluster.family == _VISITS or cluster.status is not Status.HAPPENED or not kinds[type_].current:
            return None
        if anchor is not None and anchor.family == _VISITS and anchor.parties.keys() & cluster.parties.keys():
            return self._place(anchor)
        told = [one for one in self._placed if self._is_beside(one, cluster)]
        places = [place for place in map(self._place, told) if place]
        countries = {country_of_place(place, self._vocabulary.countries) for place in places}
        return places[0] if len(countries) == 1 and None not in countries else None

    def _is_beside(self, other: Cluster, cluster: Cluster) -> bool:
        """Whether `other` tells where somebody of `cluster` was on the same day."""
        lately = all(time.kind not in PRINTED for time in cluster.times.values())
        same_day = bool(other.times.keys() & cluster.times.keys()) if other.times else lately
        kinds = self._reading.triggers.kinds
        is_news = any(telling.current and kinds[telling.types[0]].current for telling in other.tellings)
        return (
            same_day
            and is_news
            and other.family in _STAYS
            and bool(other.parties.keys() & cluster.parties.keys())
        )

    def _known_as(self, type_: str, fresh: Sequence[Telling], parties: Sequence[int]) -> str | None:
        """Give the dated event that an ordinal singles out: "third nuclear test" of a country."""
        ordinals = self._reading.triggers.ordinals
        numbers = {
            ordinals.index(one.number) + 1 for one in fresh if one.number in ordinals and not one.several
        }
        codes = {self._reading.parties.entity(index).country for index in parties}
        known = self._vocabulary.known
        found = [
            one.id for one in known if one.type == type_ and one.country in codes and one.ordinal in numbers
        ]
        return found[0] if len(found) == 1 else None

    def _is_current(self, type_: str, fresh: Sequence[Telling], anchor: Cluster | None) -> bool:
        """Whether the event, or the one that dates it, is told as the news of the text's day."""
        kinds = self._reading.triggers.kinds
        if anchor is not None and any(telling.current for telling in anchor.tellings):
            return kinds[anchor.tellings[0].types[0]].current
        return kinds[type_].current and any(telling.current for telling in fresh)

    def _found_topics(self, fresh: Sequence[Telling]) -> tuple[str, ...]:
        """Give the topics of the words that tell the event, of their sentence where the words alone have none."""
        for stretches in ([one.range for one in fresh], [one.sentence for one in fresh[:1]]):
            found = [
                hit.topic for start, end in stretches for hit in self._topics.find(self._text[start:end])
            ]
            if found:
                return tuple(dict.fromkeys(found))
        return ()
