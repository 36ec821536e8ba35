"""The JSON shapes of the records. Each is dumped from a view (see `service.http.views`) or from the model itself."""

from __future__ import annotations

from service.http import fields as f
from service.http.parts import (
    Block,
    Counts,
    Date,
    Hit,
    Named,
    Published,
    RetoldFrom,
    Shape,
    Span,
    TopicLabel,
)
from service.model import Basis, Kind, SpeakerType, Status


class Publisher(Named):
    """Who published an article."""

    basis = f.choice(Basis, "stated in front matter or in the text, or inferred from the page furniture.")
    evidence = f.one(Span, "The words it was recognized by; null where front matter states it.", null=True)


class Source(Hit):
    """The article that a text holds."""

    id = f.string("The file's name without its ending; of a text that is a line of a file, the line's `id`.")
    url = f.string("Where this source is served; null for a posted text.", null=True)
    file = f.string(
        "The file's name, with the number of the line where the text is one (`news.jsonl:3`); null for a posted text.",
        null=True,
    )
    title = f.string("The headline.", null=True)
    publisher = f.one(Publisher, "Who published it; null where nothing tells.", null=True)
    authors = f.strings("Who wrote it, as printed.")
    published = f.one(Published, "When; null where no evidence narrows it down.", null=True)
    dateline = f.string("The place line that opens the article.", null=True)
    language = f.string("BCP 47 language tag.")
    words = f.integer("Words in the article.", minimum=0)
    sha256 = f.string(
        "SHA-256 of the file's bytes, of a line's text or a posted one that of its UTF-8; hexadecimal."
    )
    retold_from = f.one(RetoldFrom, "The article that this one retells; null for an original.", null=True)
    note = f.string(
        "The note of the person who looks after the texts; of a posted text also what is doubtful about it.",
        null=True,
    )
    counts = f.one(Counts, "How many records it gave.")
    blocks = f.many(Block, "What its lines are; only with `embed=blocks`.", present=False)


class SourceLabel(Shape):
    """A source as its statements carry it."""

    id = f.string("The source's id.")
    title = f.string("The headline.", null=True)
    publisher = f.one(Named, "Who published it.", null=True)
    published = f.one(Date, "When it was published.", null=True)
    retold_from = f.one(RetoldFrom, "The article that it retells; null for an original.", null=True)


class Party(Named):
    """A speaker or a participant."""

    type = f.choice(SpeakerType, "What kind of thing this is.")
    country = f.string("ISO 3166-1 alpha-2.", null=True)


class StatementSpeaker(Shape):
    """Who said it, with the role that this text gives."""

    id = f.string("The speaker's id.")
    name = f.string("The preferred name.")
    type = f.choice(SpeakerType, "What kind of thing spoke.")
    role = f.string("The role in the words of the text.", null=True)
    country = f.string("ISO 3166-1 alpha-2.", null=True)


class Selector(Shape):
    """A W3C TextQuoteSelector for the first piece of the content."""

    exact = f.string("The words.")
    prefix = f.string("What stands before them.")
    suffix = f.string("What stands after them.")


class Corrected(Shape):
    """Says that a person has put this record right."""

    reason = f.string("Why.")


class Statement(Hit):
    """Somebody is reported to have said something."""

    id = f.string("Built from the source and the offsets.")
    url = f.string("Where this statement is served; null for a posted text.", null=True)
    kind = f.choice(Kind, "direct: all inside quotation marks; indirect: none; mixed: some.")
    text = f.string("The pieces of the content joined with “ … ”.")
    content = f.many(
        Span, "What was said, without cue and speaker, in as many pieces as the attribution splits it into."
    )
    quotes = f.many(Span, "The stretches inside quotation marks, marks excluded.")
    speakers = f.many(StatementSpeaker, "Who said it; several where they spoke jointly.")
    mention = f.one(Span, "The words that name the speaker here (“he”).", null=True)
    cue = f.one(Span, "The reporting word or phrase.", null=True)
    addressee = f.string("To whom, in the words of the text.", null=True)
    date = f.one(Date, "When it was said; null where unknown.", null=True)
    date_expression = f.string("The words that tell when, also where they could not be resolved.", null=True)
    place = f.string("Where it was said, in the words of the text.", null=True)
    topics = f.many(TopicLabel, "What it is about; the most specific topics only.")
    via = f.many(Named, "Through whom the source got the words.")
    confidence = f.number(
        "How sure the extraction is, for sorting out: surest is what stands in quotation marks with a cue, then “said that …”, "
        "“according to …”, then other cues and quotations without one. It is lowered where few words were said, where a "
        "pronoun names the speaker, and most where nobody is known to have said it.",
        minimum=0,
        maximum=1,
    )
    also_in = f.strings(
        "Ids of statements in other sources that carry nearly the same quoted words of the same speaker, however each "
        "source cut them; at most 100, the first by id."
    )
    event = f.string("Id of the event at which it was said.", null=True)
    source = f.one(SourceLabel, "The article that reports it.")
    context = f.one(Span, "The whole sentences.")
    selector = f.one(Selector, "Finds the first piece again in another edition of the text.")
    corrected = f.one(Corrected, "Why a person changed this record; null where nobody did.", null=True)
    embedded = f.one("StatementEmbedded", "Records that belong to it; only with `embed`.", present=False)


class Mention(Shape):
    """The words of one source that tell an event."""

    source = f.string("The source's id.")
    start = f.integer("First code point.", attribute="span.start", minimum=0)
    end = f.integer("One past the last code point.", attribute="span.end", minimum=0)
    text = f.string("The words, a clause at most.", attribute="span.text")
    date = f.one(Date, "The date as this source tells it.", null=True)


class Event(Hit):
    """Something that happened, is planned, or is threatened or thought possible."""

    id = f.string("Built from the first mention's source and offsets.")
    url = f.string("Where this event is served; null for a posted text.", null=True)
    type = f.string("What kind of event; the vocabulary lists the types.")
    plover = f.string("The event type in PLOVER; null where it has none.", null=True)
    title = f.string("The event in a few words.")
    date = f.one(Date, "The best supported date; null where unknown.", null=True)
    date_expression = f.string("The words that tell when, also where they could not be resolved.", null=True)
    dates_differ = f.boolean("Whether the sources tell different dates.")
    status = f.choice(
        Status,
        "happened: it took place; planned: it is to; hypothetical: it is only threatened or thought possible.",
    )
    place = f.string("Where.", null=True)
    participants = f.many(Party, "Who took part.")
    topics = f.many(TopicLabel, "What it is about.")
    mentions = f.many(Mention, "Where the sources tell it.")
    sources = f.strings("Ids of the sources that tell it.")
    statements = f.strings("Ids of the statements made at it or about it.")
    embedded = f.one("EventEmbedded", "Records that belong to it; only with `embed`.", present=False)


class Speaker(Hit):
    """One person, group, organization or country across all sources."""

    id = f.string("A slug of the name.")
    url = f.string("Where this speaker is served.")
    name = f.string("The preferred name.")
    type = f.choice(SpeakerType, "What kind of thing this is.")
    role = f.string("The role that the texts give.", null=True)
    country = f.string("ISO 3166-1 alpha-2.", null=True)
    aliases = f.strings("Other names in use, each of which the filters take.")
    same_as = f.strings("Wikidata ids.")
    counts = f.one(Counts, "How many records name them.")


class Topic(Hit):
    """An entry of the topic vocabulary, in SKOS terms."""

    id = f.string("The topic's id.")
    url = f.string("Where this topic is served.")
    label = f.string("The preferred label.")
    definition = f.string("What falls under it.")
    alt_labels = f.strings("Other labels, each of which the filters take.")
    broader = f.strings("Ids of broader topics.")
    counts = f.one(Counts, "How many records carry it.")
