"""What the service knows of the world, as YAML that a user may replace, and its reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from service.vocabulary.actors import Actors, read_actors
from service.vocabulary.countries import Countries, read_countries
from service.vocabulary.event_triggers import EventTriggers, read_event_triggers
from service.vocabulary.events import EventTypes, read_event_types
from service.vocabulary.furniture import Furniture, read_furniture
from service.vocabulary.known_events import KnownEvent, read_known_events
from service.vocabulary.names import GivenNames, read_names
from service.vocabulary.publishers import Publishers, read_publishers
from service.vocabulary.reader import VocabularyError
from service.vocabulary.roles import Roles, read_roles
from service.vocabulary.times import TimeWords, read_times
from service.vocabulary.topics import Topics, read_topics
from service.vocabulary.verbs import ReportingVerbs, read_verbs

OWN = Path(__file__).parent
"""The folder of the vocabulary that comes with the package."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every part of the vocabulary, read once. `hashes` gives the SHA-256 of each file by its name without ending."""

    actors: Actors
    countries: Countries
    event_triggers: EventTriggers
    event_types: EventTypes
    furniture: Furniture
    known_events: tuple[KnownEvent, ...]
    names: GivenNames
    publishers: Publishers
    roles: Roles
    times: TimeWords
    topics: Topics
    verbs: ReportingVerbs
    hashes: dict[str, str]


def read_vocabulary(folder: Path = OWN) -> Vocabulary:
    """Read all files of `folder`; raise `VocabularyError` naming the file, the entry and the mend."""
    if not folder.is_dir():
        message = f"{folder}: there is no such vocabulary folder; copy the package's service/vocabulary there and change it"
        raise VocabularyError(message)
    event_types, publishers = read_event_types(folder), read_publishers(folder)
    names = read_names(folder)
    return Vocabulary(
        actors=read_actors(folder),
        countries=read_countries(folder),
        event_triggers=read_event_triggers(folder, [entry.id for entry in event_types.types]),
        event_types=event_types,
        furniture=read_furniture(folder, publishers, names),
        known_events=read_known_events(folder),
        names=names,
        publishers=publishers,
        roles=read_roles(folder),
        times=read_times(folder),
        topics=read_topics(folder),
        verbs=read_verbs(folder),
        hashes=file_hashes(folder),
    )


def file_hashes(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each vocabulary file in `folder` by its name without ending; none where there is no folder."""
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.yaml"))
    }
