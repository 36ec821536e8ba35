"""How a query string, dates, words and names are read: written anew for the slow reading, from nothing of the service."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

Record = dict[str, Any]
Pairs = list[tuple[str, str]]
"""The names and values of a query string."""

LENGTHS: Final = {"day": 10, "month": 7, "year": 4}
"""How much of a day's ISO 8601 form names the period that it lies in."""

SINGLE: Final = {"q", "min_confidence", "from", "to", "sort"}
"""The parameters whose value is one, commas and all."""


def grouped(pairs: Pairs) -> dict[str, list[str]]:
    """Give the values of each parameter, each once, those of several in one cut at their commas."""
    asked: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, value in pairs:
        several = [value] if name in SINGLE else next(csv.reader([value], skipinitialspace=True))
        asked[name] |= dict.fromkeys(several)
    return {name: list(values) for name, values in asked.items()}


def dates(record: Record) -> tuple[dt.date, dt.date] | None:
    """Give the first and the last day of a record's date."""
    date = record.get("date", record.get("published"))
    return date and (dt.date.fromisoformat(date["start"]), dt.date.fromisoformat(date["end"]))


def days(record: Record) -> list[dt.date]:
    """Give every day of a record's date."""
    date = dates(record)
    if date is None:
        return []
    return [date[0] + dt.timedelta(days=number) for number in range((date[1] - date[0]).days + 1)]


def period(record: Record, interval: str) -> str | None:
    """Give the day, month or year that all of a record's date lies in; None where there is none."""
    date = dates(record)
    labels = {day.isoformat()[: LENGTHS[interval]] for day in date or ()}
    return labels.pop() if len(labels) == 1 else None


def overlap(date: tuple[dt.date, dt.date] | None, first: dt.date, last: dt.date) -> bool:
    """Tell whether a date shares a day with `first` to `last`."""
    return date is not None and date[0] <= last and first <= date[1]


def ends(edtf: str) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of 2014, 2014-02, 2014-02-14, 2014-21 (spring) or an interval of these."""
    first, _, last = edtf.partition("/")
    if last:
        return ends(first)[0], ends(last)[1]
    year, *more = map(int, edtf.split("-"))
    match more:
        case []:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        case [month, day]:
            return dt.date(year, month, day), dt.date(year, month, day)
        case [24]:
            return dt.date(year, 12, 1), ends(f"{year + 1:04}-02")[1]
        case [21 | 22 | 23 as season]:
            month = 3 * (season - 20)
            return dt.date(year, month, 1), ends(f"{year:04}-{month + 2:02}")[1]
    (month,) = more
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


@cache
def tokens(text: str) -> list[str]:
    """Cut a text into its words as ``q`` compares them, before stemming."""
    return re.findall(r"[^\W_]+", bare(text))


def says(passages: list[list[str]], q: str) -> bool:
    """Tell whether passages, as words, have all that `q` asks for and nothing that it excludes (nothing is stemmed)."""
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|(\S+))', q):
        if word.endswith("*"):
            found = any(each.startswith(word[:-1]) for passage in passages for each in passage)
        else:
            wanted = f" {' '.join(tokens(phrase or word))} "
            found = any(wanted in f" {' '.join(passage)} " for passage in passages)
        if found == bool(minus):
            return False
    return True


def publishers(source: Record) -> dict[str, str]:
    """Give the publishers that a source is found under by id: its own, and that of the article which it retells."""
    found = {}
    if source["retold_from"] and source["retold_from"]["publisher"]:
        retold = source["retold_from"]["publisher"]
        found[slug(retold)] = retold
    if source["publisher"]:
        found[source["publisher"]["id"]] = source["publisher"]["name"]
    return found


def initials(name: str) -> str:
    """Give the initials that a publisher of three words or more is known by."""
    words = name.removeprefix("The ").split()
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def bare(text: str) -> str:
    """Give a text in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()


@cache
def squeezed(name: str) -> str:
    """Give what is left of a name when its spelling does not matter: no hyphens, spaces, full stops or leading "the"."""
    words = re.sub("[-‐‑–]", " ", re.sub("[’‘`]", "'", bare(name))).replace(".", "").split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "".join(words)


def slug(name: str) -> str:
    """Give a name as an id."""
    return "-".join(re.findall("[a-z0-9]+", re.sub("['’‘`.]", "", bare(name))))


def tally(sets: Iterable[set[str]]) -> Counter[str]:
    """Count in how many of `sets` each value is."""
    return Counter(value for each in sets for value in each)
