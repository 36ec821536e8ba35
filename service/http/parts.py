"""The JSON shapes of which those of the records are made: spans, dates, names, finds."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema

from service.http import fields as f
from service.model import Basis, Precision, Role


class Shape(Schema):
    """An object of an answer. Clients are to expect further members, so none are ruled out."""

    class Meta:
        """Nothing is said about other members."""

        unknown = EXCLUDE


class View(Shape):
    """Reads a member from the view where it has one, else from the record that the view wraps."""

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Look `attr` up on `obj`, then on ``obj.record``."""
        value = super().get_attribute(obj, attr, _MISSING)
        return super().get_attribute(obj.record, attr, default) if value is _MISSING else value


class Span(Shape):
    """A stretch of the decoded text, in Unicode code points."""

    start = f.integer("First code point.", minimum=0)
    end = f.integer("One past the last code point.", minimum=0)
    text = f.string("The words between start and end.")


class Date(Shape):
    """Whole days from start to end, both included."""

    edtf = f.string("The date in ISO 8601-2 (EDTF).")
    start = f.day("First day.")
    end = f.day("Last day, included.")
    precision = f.choice(Precision, "The grain of the date.")
    basis = f.choice(
        Basis,
        "stated: printed or in front matter; relative: words such as “Friday”, resolved; "
        "document: the source's own date, as nothing else was said; inferred: worked out from evidence.",
    )
    expression = f.string("The words that gave the date; null where none did.", null=True)


class Published(View, Date):
    """The date of an article and what it was read from."""

    evidence = f.many(Span, "The words of the text that the date was worked out from.")


class Named(Shape):
    """An id and the name that people read."""

    id = f.string("The id, a slug of the name.")
    name = f.string("The preferred name.")


class TopicLabel(Shape):
    """A topic as records carry it."""

    id = f.string("The topic's id.")
    label = f.string("The topic's preferred label.")


class RetoldFrom(Shape):
    """The article that a retelling retells."""

    publisher = f.string("Its publisher.", null=True)
    title = f.string("Its title.", null=True)
    authors = f.strings("Its authors.")
    published = f.string("Its date of publication, EDTF.", null=True)


class Counts(Shape):
    """How many records belong to something."""

    statements = f.integer("Statements.", minimum=0)
    events = f.integer("Events.", minimum=0)


class Mark(Shape):
    """A find, in code points of the member that `field` names."""

    start = f.integer("First code point.", minimum=0)
    end = f.integer("One past the last code point.", minimum=0)


class Highlight(Shape):
    """The finds of a search in one member of a record."""

    field = f.string(
        "The member, with dots between levels (`context.text`, `speakers.0.name`); `text` of a source is its text as "
        "/v1/sources/{id}/text serves it."
    )
    html = f.string("An excerpt around the first find as HTML: everything escaped, each find in <mark>.")
    marks = f.many(Mark, "Every find, at most 100, in the member's first 50,000 characters.")


class Hit(View):
    """A record that a search can find."""

    highlight = f.many(
        Highlight, "Where the words of `q` stand; only in lists, and only with `q`.", present=False
    )


class Block(Shape):
    """A run of lines of one kind."""

    role = f.choice(Role, "What it is to the article.")
    start = f.integer("First code point.", minimum=0)
    end = f.integer("One past the last code point.", minimum=0)


_MISSING = object()
