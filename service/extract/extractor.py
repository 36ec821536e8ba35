"""Extract: one text in, everything that is said and told in it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.document import Document, Pipeline
from service.extract.events import EventVocabulary, find_events
from service.extract.found import Extracted
from service.extract.lexicon import Lexicon
from service.extract.people import find_people
from service.extract.reparsing import parse
from service.extract.source import find_facts
from service.extract.statements import Tools, find_statements
from service.extract.times import Times
from service.extract.topics import TopicFinder

if TYPE_CHECKING:
    from service.model import Text
    from service.vocabulary import Vocabulary


class Extractor:
    """A vocabulary and a pipeline, made ready once; extracting keeps nothing between texts."""

    def __init__(self, vocabulary: Vocabulary, pipeline: Pipeline) -> None:
        """Compile the vocabulary's patterns."""
        self.vocabulary = vocabulary
        self.pipeline = pipeline
        self._times = Times(vocabulary.times)
        self._topics = TopicFinder(vocabulary.topics)
        self._events = EventVocabulary(
            vocabulary.event_types, vocabulary.event_triggers, vocabulary.countries, vocabulary.known_events
        )
        self._lexicon = Lexicon(
            vocabulary.countries,
            vocabulary.roles,
            vocabulary.names,
            vocabulary.verbs,
            vocabulary.actors,
            vocabulary.publishers,
            frozenset(vocabulary.event_triggers.nouns),
        )

    def parse(self, text: Text) -> Document:
        """Give the parsed paragraphs from which `text` is read."""
        return parse(text, self.pipeline, self._lexicon)

    def extract(self, text: Text) -> Extracted:
        """Give what `text` says; a text that is not English comes back with its facts alone."""
        times = self._times.find(text.decoded)
        facts = find_facts(text, self.vocabulary.publishers, self.vocabulary.furniture, times)
        document = self.parse(text) if text.language == "en" else Document(text, ())
        people = find_people(document, self._lexicon)
        events = find_events(document, people, times, self._topics, self._events)
        words = self.vocabulary
        tools = Tools(people, times, events, self._topics, words.verbs, words.publishers, self._lexicon)
        statements = find_statements(document, tools)
        return Extracted(text, facts, people.entities, statements, events, times)
