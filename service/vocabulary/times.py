"""The words of time, read from ``times.yaml``: months, weekdays, seasons, units, numbers, directions."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "times.yaml"
UNITS = ("day", "week", "weekend", "month", "year", "decade", "quarter", "century")
PARTS = (
    *("early", "middle", "late", "first_half", "second_half"),
    *("first_quarter", "second_quarter", "third_quarter", "fourth_quarter"),
    *("first_week", "second_week", "third_week", "last_week", "first_day", "last_day"),
)

_NUMBERED = {
    "months": range(1, 13),
    "weekdays": range(1, 8),
    "seasons": range(21, 25),
    "day_names": range(-7, 8),
    "numbers": range(1, 100),
    "ordinals": range(1, 32),
}
_NAMED = {"units": UNITS, "parts": PARTS, "middles": UNITS, "ends": UNITS, "holding": ("week", "weekend")}
_HOLIDAYS = tuple(
    f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, monthrange(2000, month)[1] + 1)
)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of one language's news by what they mean; the file itself says how each list is used.

    The numbered tables give the words of each month (1 to 12), weekday (Monday 1 to Sunday 7), EDTF season (21 to 24),
    day counted from publication, number, and place in a row; months and weekdays list the full name first. `holidays`
    gives the names of days by month and day ("12-25").
    """

    months: Mapping[int, tuple[str, ...]]
    weekdays: Mapping[int, tuple[str, ...]]
    seasons: Mapping[int, tuple[str, ...]]
    day_names: Mapping[int, tuple[str, ...]]
    numbers: Mapping[int, tuple[str, ...]]
    ordinals: Mapping[int, tuple[str, ...]]
    holidays: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    middles: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    holding: Mapping[str, tuple[str, ...]]
    reaches: Mapping[str, int]
    doubtful_months: tuple[str, ...]
    month_leads: tuple[str, ...]
    month_holders: tuple[str, ...]
    month_breakers: tuple[str, ...]
    season_leads: tuple[str, ...]
    day_times: tuple[str, ...]
    half: tuple[str, ...]
    and_half: tuple[str, ...]
    vague_numbers: tuple[str, ...]
    vague_times: tuple[str, ...]
    turns: tuple[str, ...]
    before: tuple[str, ...]
    now: tuple[str, ...]
    after: tuple[str, ...]
    before_told: tuple[str, ...]
    now_told: tuple[str, ...]
    after_told: tuple[str, ...]
    then: tuple[str, ...]
    ago: tuple[str, ...]
    hence: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    on_from: tuple[str, ...]
    onward: tuple[str, ...]
    before_event: tuple[str, ...]
    after_event: tuple[str, ...]
    past_reach: tuple[str, ...]
    coming_reach: tuple[str, ...]
    reach_leads: tuple[str, ...]
    into: tuple[str, ...]
    futures: tuple[str, ...]
    firsts: tuple[str, ...]
    within: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    range_starts: tuple[str, ...]
    range_joins: tuple[str, ...]
    pair_joins: tuple[str, ...]
    year_breakers: tuple[str, ...]
    year_leads: tuple[str, ...]
    eve: tuple[str, ...]
    names: tuple[str, ...]


def read_times(folder: Path) -> TimeWords:
    """Read the words of time; raise `VocabularyError` where the file is missing or a table is not what it should be."""
    keys = [field.name for field in fields(TimeWords)]
    entry = only_keys(read_yaml(folder, FILE), set(keys), FILE)
    return TimeWords(**{key: _member(entry, key) for key in keys})


def _member(entry: dict[str, Any], key: str) -> Any:
    where = f"{FILE}: {key}"
    if key == "holidays":
        return _table(entry.get(key), _HOLIDAYS, where)
    if key in _NUMBERED or key in _NAMED:
        return _table(entry.get(key), _NUMBERED.get(key) or _NAMED[key], where)
    if key == "reaches":
        return _counts(entry.get(key), where)
    words = strings(entry, key, FILE)
    if not words:
        message = f"{where}: no word is listed; copy the list from the package's {FILE}"
        raise VocabularyError(message)
    return words


def _table(value: Any, keys: range | tuple[str, ...], where: str) -> dict[int | str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        message = (
            f"{where}: expected a mapping from {keys[0]} … {keys[-1]} to lists of words, found {value!r}"
        )
        raise VocabularyError(message)
    for key in value:
        if type(key) is not type(keys[0]) or key not in keys:
            message = f"{where}: unknown key {key!r}; keys run from {keys[0]} to {keys[-1]}"
            raise VocabularyError(message)
    return {key: strings(value, key, where) for key in value}


def _counts(value: Any, where: str) -> dict[str, int]:
    if not isinstance(value, dict) or not all(
        unit in UNITS and isinstance(count, int) for unit, count in value.items()
    ):
        message = (
            f"{where}: expected a mapping from units ({', '.join(UNITS)}) to whole numbers, found {value!r}"
        )
        raise VocabularyError(message)
    return dict(value)
