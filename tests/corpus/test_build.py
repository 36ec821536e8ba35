from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.corpus.build import build
from service.model import Basis, Counts, Rejected, SpeakerType, Status
from tests.corpus.making import Draft

if TYPE_CHECKING:
    from service.extract.found import Extracted
    from service.model import Corpus
    from service.vocabulary import Vocabulary

WORDS = "the bridge will open on time and under budget"


def first() -> Draft:
    draft = Draft(
        "first", f"“{WORDS},” Ida Holm said.\n\nHolm met Omar Diaz in Lima on 3 May 2011. It rained."
    )
    draft.who("Ida Holm", SpeakerType.PERSON, "Premier", "DK", "Holm").who("Omar Diaz", country="PE")
    draft.who("The Daily Sample", SpeakerType.ORGANIZATION)
    draft.says(WORDS, quotes=(WORDS,), cue="said", topics=("sanctions",), event=0)
    return draft.tells("Holm met Omar Diaz in Lima on 3 May 2011", "meeting", 0, 1, place="Lima")


def second() -> Draft:
    draft = Draft("second", f"Ida Holm: “{WORDS}.” Ida Holm met Omar Diaz in Lima on Tuesday.")
    draft.who("Ida Holm", country="DK").who("Omar Diaz").who("The Daily Sample", SpeakerType.ORGANIZATION)
    draft.says(WORDS, quotes=(WORDS,), via=(2,))
    return draft.tells("Ida Holm met Omar Diaz in Lima on Tuesday", "meeting", 0, 1, place="Lima")


def built(vocabulary: Vocabulary, *drafts: Draft, extractor: str = "test") -> Corpus:
    return build([draft.done() for draft in drafts], [], vocabulary, extractor)


def test_one_event_told_by_two_texts(vocabulary: Vocabulary) -> None:
    corpus = built(vocabulary, first(), second())
    (event,) = corpus.events
    assert event.sources == ("first", "second")
    assert [(mention.source, mention.span.text) for mention in event.mentions] == [
        ("first", "Holm met Omar Diaz in Lima on 3 May 2011"),
        ("second", "Ida Holm met Omar Diaz in Lima on Tuesday"),
    ]
    assert event.date is not None
    assert event.date.edtf == "2011-05-03"
    assert event.status is Status.HAPPENED
    assert {party.id for party in event.participants} == {"ida-holm", "omar-diaz"}
    assert event.plover == vocabulary.event_types.plover("meeting")


def test_statements_point_to_their_event_and_back(vocabulary: Vocabulary) -> None:
    corpus = built(vocabulary, first(), second())
    (event,), (said, repeated) = corpus.events, corpus.statements
    assert said.event == event.id
    assert repeated.event is None
    assert event.statements == (said.id,)


def test_ids_are_made_of_source_and_offsets(vocabulary: Vocabulary) -> None:
    corpus = built(vocabulary, first())
    assert [statement.id for statement in corpus.statements] == ["first.s1-46"]
    assert [event.id for event in corpus.events] == ["first.e65-105"]
    alone, together = corpus.statements[0].id, built(vocabulary, second(), first()).statements[0].id
    assert alone == together


def test_records_of_the_same_offsets_have_ids_of_their_own(vocabulary: Vocabulary) -> None:
    draft = first()
    draft.says(WORDS, speakers=(1,))
    draft.says(WORDS, speakers=())
    ids = [statement.id for statement in built(vocabulary, draft).statements]
    assert ids == ["first.s1-46", "first.s1-46-2", "first.s1-46-3"]


def test_the_same_words_in_two_sources_point_to_each_other(vocabulary: Vocabulary) -> None:
    said, repeated = built(vocabulary, first(), second()).statements
    assert said.also_in == (repeated.id,)
    assert repeated.also_in == (said.id,)


def test_counts(vocabulary: Vocabulary) -> None:
    corpus = built(vocabulary, first(), second())
    assert [source.counts for source in corpus.sources] == [Counts(1, 1), Counts(1, 1)]
    speakers = {speaker.id: speaker.counts for speaker in corpus.speakers}
    assert speakers == {"ida-holm": Counts(2, 1), "omar-diaz": Counts(0, 1), "the-daily-sample": Counts(0, 0)}


def test_a_broader_topic_counts_its_narrower_ones(vocabulary: Vocabulary) -> None:
    narrow = next(entry for entry in vocabulary.topics.entries if entry.broader)
    draft = Draft("one", "Ida Holm said so.").who("Ida Holm").says("so", topics=(narrow.id,))
    counts = {topic.id: topic.counts.statements for topic in built(vocabulary, draft).topics}
    assert set(counts) == {entry.id for entry in vocabulary.topics.entries}
    assert {topic for topic, count in counts.items() if count} == {
        narrow.id,
        *vocabulary.topics.ancestors(narrow.id),
    }
    assert set(counts.values()) == {0, 1}


def test_whoever_does_nothing_is_no_speaker(vocabulary: Vocabulary) -> None:
    draft = Draft("one", "Ida Holm said so.").who("Ida Holm").who("Omar Diaz").says("so")
    assert [speaker.id for speaker in built(vocabulary, draft).speakers] == ["ida-holm"]


def test_the_order_of_the_texts_makes_no_difference(vocabulary: Vocabulary) -> None:
    third = Draft("third", "Ida Holm said so.").who("Ida Holm", country="NO").says("so")
    drafts = [first(), second(), third]
    corpus = built(vocabulary, *drafts)
    assert corpus == built(vocabulary, *drafts[::-1])
    assert corpus == built(vocabulary, drafts[1], drafts[2], drafts[0])


def test_the_version_changes_with_everything_that_makes_the_record(vocabulary: Vocabulary) -> None:
    def version(
        one: Extracted, *rejected: Rejected, extractor: str = "test", words: Vocabulary = vocabulary
    ) -> str:
        return build([one], rejected, words, extractor).version

    item = first().done()
    hashes = {**vocabulary.hashes, "topics": "0" * 64}
    versions = {
        version(item),
        version(item, extractor="other"),
        version(item, Rejected("a.txt", "it is empty", "remove it")),
        version(item, words=replace(vocabulary, hashes=hashes)),
        version(replace(item, text=replace(item.text, sha256="0" * 64))),
        version(replace(item, text=replace(item.text, id="renamed"))),
    }
    assert len(versions) == 6
    assert version(item) == version(first().done())


def test_nothing_makes_an_empty_record(vocabulary: Vocabulary) -> None:
    corpus = built(vocabulary)
    assert (corpus.sources, corpus.statements, corpus.events, corpus.speakers) == ((), (), (), ())
    assert {topic.counts for topic in corpus.topics} == {Counts(0, 0)}


def test_a_statement_without_a_time_has_the_date_of_its_source(vocabulary: Vocabulary) -> None:
    corpus = built(vocabulary, first())
    date = corpus.statements[0].date
    assert date is not None
    assert (date.edtf, date.basis) == ("2011-05-04", Basis.DOCUMENT)
