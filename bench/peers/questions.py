"""What the servers are asked: a page of a speaker's statements between two days, as many different ones as are wanted."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIMIT: Final = 20
DAYS: Final = 2000
_STEP: Final = 7

Page = tuple[int, list[Any]]
"""How many statements there are in all, and the first of them as decoded JSON."""


@dataclass(frozen=True, slots=True)
class Question:
    """The first `LIMIT` statements of the speaker with the id `speaker`, from the day `first` to the day `last`."""

    speaker: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions about `speaker`, `DAYS` times `DAYS` different ones, which all take in the days from `first` to `last`."""

    speaker: str
    first: dt.date
    last: dt.date

    def some(self, begin: int, count: int) -> Iterator[Question]:
        """Give `count` questions from the one with the number `begin` on, which take in much and little by turns."""
        for number in range(begin, begin + count):
            before = number % DAYS
            after = (number // DAYS + before * _STEP) % DAYS
            yield Question(
                self.speaker, self.first - dt.timedelta(days=before), self.last + dt.timedelta(days=after)
            )


def questions(statements: Iterable[bytes]) -> Questions:
    """Ask about whoever says most, from and to days between which there is a page of it.

    `statements` are those of the record as JSON; some must have speakers and dates.
    """
    records = [json.loads(each) for each in statements]
    speakers = Counter(party["id"] for record in records for party in record["speakers"])
    ((speaker, _),) = speakers.most_common(1)
    days = sorted(
        dt.date.fromisoformat(record["date"]["start"])
        for record in records
        if record["date"] and any(party["id"] == speaker for party in record["speakers"])
    )
    begin = max(0, (len(days) - LIMIT) // 2)
    return Questions(speaker, days[begin], days[begin : begin + LIMIT][-1])


def path(question: Question) -> str:
    """Give the path and query by which the service is asked, and all peers but datasette."""
    asked = {"speaker": question.speaker, "from": question.first, "to": question.last, "limit": LIMIT}
    return f"/v1/statements?{urlencode(asked)}"


def page(body: bytes) -> Page:
    """Read the answer to `path`."""
    answer = json.loads(body)
    return answer["total"], answer["items"]


def datasette_path(question: Question) -> str:
    """Give the path and query by which datasette is asked: its table's page without what it would work out unasked.

    Its own filter through another table (`_through`) loses its value where another filter stands beside it (0.65).
    """
    speaker = question.speaker.replace("'", "''")
    asked = {
        "_where": f"row in (select statement from statement_speakers where speaker = '{speaker}')",  # noqa: S608 - quoted
        "end__gte": question.first,
        "start__lte": question.last,
        "_size": LIMIT,
        "_shape": "objects",
        "_col": "json",
        "_nofacet": 1,
        "_nosuggest": 1,
    }
    return f"/record/statements.json?{urlencode(asked)}"


def datasette_page(body: bytes) -> Page:
    """Read the answer to `datasette_path`."""
    answer = json.loads(body)
    return answer["filtered_table_rows_count"], [json.loads(row["json"]) for row in answer["rows"]]
