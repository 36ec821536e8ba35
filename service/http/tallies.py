"""The JSON shapes of what is counted: facets and timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http import fields as f
from service.http.parts import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marshmallow import Schema
    from marshmallow import fields as ma


class FacetValue(Shape):
    """A value and how many records have it."""

    value = f.string("The value as its filter takes it.")
    label = f.string("The name that people read.")
    count = f.integer(
        "How many records the list would have with this as the only value of its plain filter (for a year or month: of all "
        "filters by date), `all_`, `not_` and all other filters as they are.",
        minimum=0,
    )
    url = f.string(
        "This request with the value added to those of its filter, or taken out where it is among them; no cursor. A year "
        "or month takes the place of dates that are no such period, `from` and `to` among them. Where none was chosen "
        "before, the list there has `count` records."
    )


class SplitValue(Shape):
    """A value and how many of a period's records have it."""

    value = f.string("The value as its filter takes it.")
    label = f.string("The name that people read.")
    count = f.integer("How many records of the period have it.", minimum=1)


class Slot(Shape):
    """A period and how many records lie in it."""

    start = f.day("First day.")
    end = f.day("Last day, included.")
    label = f.string("The period as `date` takes it: 2014-02-14, 2014-02 or 2014.")
    count = f.integer("How many records have a date that lies in the period.", minimum=0)
    url = f.string(
        "The list of these records. The list's dates hold by overlap: it also finds those counted as wider that share a "
        "day with the period, so that its total may be more than `count`."
    )
    split = f.many(
        SplitValue,
        "The count by the values that most of all the records counted have; only with `by`. A record with several values "
        "counts in each.",
        present=False,
    )
    other = f.integer(
        "How many have none of the values of `split`; only with `by`.", present=False, minimum=0
    )


class TimelineLinks(Shape):
    """Where a timeline is, and what it counts."""

    self = f.string("This timeline.")
    list = f.string("The list of all that is counted.")


def facets_schema(plural: str, names: Iterable[str]) -> type[Schema]:
    """Make the shape of the facets of a list that can be counted by `names`."""
    members: dict[str, ma.Field[Any]] = {
        name: f.many(FacetValue, f"By {name}, the most frequent first.", present=False) for name in names
    }
    return Shape.from_dict(members, name=f"{plural.title()}Facets")
