"""The JSON shapes of what the service says of itself: the corpus, the probes, the index."""

from __future__ import annotations

from service.http import fields as f
from service.http import parts
from service.http.parts import Shape


class Rejected(Shape):
    """A file that is not served."""

    file = f.string("The file's name, with the number of the line where that is a text (`news.jsonl:3`).")
    reason = f.string("Why.")
    mend = f.string("What would mend it.")


class Doubtful(Shape):
    """A text that is served though something about it is doubtful."""

    source = f.string("The source's id.")
    doubts = f.strings("What is doubtful.")


class Misfit(Shape):
    """A correction that does not fit the record."""

    statement = f.string("The statement's id, as the file of corrections has it.")
    line = f.integer("The line of the file on which the correction stands.", minimum=1)
    reason = f.string("Why it does not fit.")
    mend = f.string("What would mend it.")
    near = f.strings("Ids of statements whose words overlap those that the id tells.")


class Corrections(Shape):
    """What people have put right, and what became of it."""

    applied = f.integer("How many corrections hold.", minimum=0)
    withdrawn = f.integer("How many of these take a statement out of the record.", minimum=0)
    not_found = f.many(Misfit, "Corrections of statements that the record does not have.")
    doubtful = f.many(
        Misfit, "Corrections that name a speaker who is not clear, or change nothing that is served."
    )


class CorpusCounts(parts.Counts):
    """How many records of each kind are served."""

    sources = f.integer("Sources.", minimum=0)
    speakers = f.integer("Speakers.", minimum=0)
    topics = f.integer("Topics.", minimum=0)


class Corpus(Shape):
    """What is served and what it was made of."""

    version = f.string("Changes when texts, vocabulary, corrections, pipeline or code change.")
    extractor = f.string(
        "The program that extracted the record, with its version and those of its parts. No person has checked what it "
        "found, but for the statements that say so in `corrected`."
    )
    counts = f.one(CorpusCounts, "How many records are served.")
    vocabularies = f.mapping("The vocabulary's files, each with the SHA-256 of its content.")
    rejected = f.many(Rejected, "Files that are not served and why.")
    left_aside = f.many(
        Rejected, "What else lies in the folder and is not read, and why: other files, folders."
    )
    doubtful = f.many(Doubtful, "Texts that are served though something is doubtful.")
    corrections = f.one(Corrections, "What people have put right in the record.")


class Live(Shape):
    """Says that the process answers."""

    status = f.string("live.")


class Ready(Shape):
    """Says that the record is loaded."""

    status = f.string("ready.")
    version = f.string("The corpus version.")
    parse_seconds = f.number(
        "How many seconds parsing the texts took, as the log has it.", null=True, minimum=0
    )
    counts = f.one(CorpusCounts, "How many records are served.")


class ServiceIndex(Shape):
    """Where everything is."""

    name = f.string("The name of the service.")
    version = f.string("The version of the code.")
    corpus = f.string("The corpus version.")
    links = f.mapping("The paths, by what is found there.")
