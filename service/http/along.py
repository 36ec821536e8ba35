"""The JSON shapes of what records bring along (``embed=``); those of the records refer to them by name."""

from __future__ import annotations

from service.http import fields as f
from service.http import parts, schemas


class StatementEmbedded(parts.Shape):
    """What a statement brings along, as far as `embed` asks for it."""

    source = f.one(schemas.Source, "The article that reports it.", present=False)
    event = f.one(schemas.Event, "The event at which it was said.", null=True, present=False)
    speakers = f.many(schemas.Speaker, "Who said it.", present=False)


class Twin(parts.Shape):
    """A statement that reports the same words."""

    id = f.string("The statement's id.")
    source = f.string("The id of the source that reports it.")


class Shared(parts.Shape):
    """A statement that other sources report too."""

    id = f.string("The statement's id.")
    also_in = f.many(Twin, "Where else.")


class Outlet(parts.Shape):
    """What one source reports of an event."""

    source = f.one(schemas.SourceLabel, "The source.")
    mentions = f.many(schemas.Mention, "Where it tells the event, with the date as it tells it.")
    statements = f.many(schemas.Statement, "What it reports to have been said at the event or about it.")
    around = f.many(
        schemas.Statement,
        "What else it reports those who took part to have said on the event's days: the participants themselves, and people "
        "of the countries among them.",
    )
    shared = f.many(Shared, "Those of all these statements whose words other sources report too.")
    only_here = f.strings("Ids of those that no other source reports.")


class EventEmbedded(parts.Shape):
    """What an event brings along, as far as `embed` asks for it."""

    sources = f.many(schemas.Source, "The sources that tell it.", present=False)
    statements = f.many(schemas.Statement, "The statements made at it or about it.", present=False)
    speakers = f.many(schemas.Speaker, "Who took part, then who else spoke.", present=False)
    coverage = f.many(Outlet, "Source by source, what each has of it, alone or as others do.", present=False)
