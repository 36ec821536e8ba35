"""The declared parameters of an endpoint: from this one table come both their reading and their description."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from service.query.ask import Mode
from service.query.table import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LIMIT = 100
"""How many records a page holds at most."""

DEFAULT_LIMIT = 20
"""How many records a page holds when nothing is said."""

DEFAULT_FACET_LIMIT = 10
"""How many values a facet has at most when nothing is said."""

MAX_WORDS = 1000
"""How many characters a full-text query has at most."""

MAX_PREFIXES = 8
"""How many words of a full-text query may end in an asterisk: each stands for as many words as there are."""

MAX_VALUES = 200
"""How many values the parameters of a request have in all, those with several: each that nobody knows is looked for."""


class Form(StrEnum):
    """How a parameter's values are written and what they may be."""

    OPEN = "open"
    CLOSED = "closed"
    DATE = "date"
    BOUND = "bound"
    FRACTION = "fraction"
    COUNT = "count"
    WORDS = "words"
    CURSOR = "cursor"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter.

    `axis` is what a filter by value looks at and `mode` how; `values` the closed list; `many` whether it may be
    repeated or list several values with commas between; `default` what holds when it is not given; `needs` names the
    parameter without which this one has nothing to do and is refused; `only` tells beside which other one it holds, as a
    query has it (``of=events``), "" where it always does.
    """

    name: str
    form: Form
    description: str
    values: tuple[str, ...] = ()
    many: bool = False
    axis: str = ""
    mode: Mode = Mode.ANY
    example: str | None = None
    default: int | str | None = None
    needs: str = ""
    only: str = ""


def open_filter(name: str, description: str, example: str) -> Parameter:
    """Declare a filter that takes ids, names or aliases."""
    return Parameter(name, Form.OPEN, description, many=True, axis=name, example=example)


def closed_filter(name: str, values: Iterable[str], description: str) -> Parameter:
    """Declare a filter that takes values of a closed list."""
    return Parameter(name, Form.CLOSED, description, tuple(map(str, values)), many=True, axis=name)


def all_of(parameter: Parameter) -> Parameter:
    """Declare the filter that wants all the values of `parameter` at once."""
    description = f"Like `{parameter.name}`, but a record must have all the values."
    return replace(parameter, name=f"all_{parameter.name}", description=description, mode=Mode.ALL)


def none_of(parameter: Parameter) -> Parameter:
    """Declare the filter that leaves out what has any of the values of `parameter`."""
    description = f"Leaves out what `{parameter.name}` would find; an unknown value leaves out nothing."
    return replace(parameter, name=f"not_{parameter.name}", description=description, mode=Mode.NONE)


def with_modes(filters: Iterable[Parameter], plural: Iterable[str]) -> tuple[Parameter, ...]:
    """Add to `filters` the ``not_`` form of each, and the ``all_`` form of those in `plural`."""
    filters, plural = tuple(filters), frozenset(plural)
    return (
        *filters,
        *(all_of(each) for each in filters if each.name in plural),
        *(none_of(each) for each in filters),
    )


def facets(*names: str) -> tuple[Parameter, ...]:
    """Declare the parameters for facets of a list, which is counted by `names`."""
    description = (
        "Counts the records by these as well. The counts of a facet leave out its own plain filter (`speaker` that of "
        "`speaker=`; year and month `date`, `from` and `to`: a record counts where its date shares a day with them); `all_`, "
        "`not_` and all other filters hold. The `url` of a value is this request with the value chosen beside those of "
        "its kind that were chosen before, or dropped where it was one of them."
    )
    return Parameter("facets", Form.CLOSED, description, names, many=True, example=names[0]), FACET_LIMIT


FACET_LIMIT = Parameter(
    "facet_limit",
    Form.COUNT,
    f"How many values a facet has at most, 1 to {MAX_LIMIT} ({DEFAULT_FACET_LIMIT}): those of most records. Values that are "
    "filtered by go before others. Only with `facets`.",
    example="5",
    default=DEFAULT_FACET_LIMIT,
    needs="facets",
)
"""How many values a facet has."""

SPLIT_LIMIT = replace(
    FACET_LIMIT,
    description=f"How many values the split has at most, 1 to {MAX_LIMIT} ({DEFAULT_FACET_LIMIT}): those of most records. "
    "Only with `by`.",
    needs="by",
)
"""How many values the split of a timeline has."""

_DATES = "2014, 2014-02, 2014-02-14, a season such as 2013-21, or an interval such as 2013-01/2014"

DATES = (
    Parameter(
        "date",
        Form.DATE,
        f"Records whose date shares a day with one of these: {_DATES}. Undated records match none.",
        many=True,
        example="2014-02",
    ),
    Parameter(
        "from",
        Form.BOUND,
        f"Records that reach to the first day of this date or later: {_DATES}. Of an interval its beginning counts, and "
        "`query` says which day that is.",
        example="2013",
    ),
    Parameter(
        "to",
        Form.BOUND,
        f"Records that begin on the last day of this date or earlier: {_DATES}. Of an interval its end counts, and `query` "
        "says which day that is.",
        example="2013-12",
    ),
)
"""The filters by date."""

MIN_CONFIDENCE = Parameter(
    "min_confidence",
    Form.FRACTION,
    "The least confidence, from 0 to 1; what lowers it is told at the member.",
    axis="confidence",
    example="0.5",
)
"""The floor for confidence."""

WORDS = Parameter(
    "q",
    Form.WORDS,
    f'Full text: words (stemmed; all of them must occur), "phrases", -word, prefix* (at most {MAX_PREFIXES} of these); at most {MAX_WORDS} characters. '
    "Hits carry `highlight`. A `q` without any word finds nothing.",
    example='"missile defense"',
)
"""The full-text query."""

SORT = Parameter(
    "sort",
    Form.CLOSED,
    "The order: by date (default), by date backwards, by source and offset, or by relevance (default with `q`, and only "
    "with it). Ties go by source and offset; undated records come last.",
    values=tuple(map(str, Sort)),
)
"""The order of a dated list."""

PAGE = (
    Parameter(
        "limit",
        Form.COUNT,
        f"How many records a page holds, 1 to {MAX_LIMIT} ({DEFAULT_LIMIT}).",
        example="20",
        default=DEFAULT_LIMIT,
    ),
    Parameter(
        "cursor",
        Form.CURSOR,
        "Where the page begins: take it from `links`. It holds only for the filters and the sort it was given out for.",
    ),
)
"""The paging of every list."""
