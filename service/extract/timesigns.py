"""Whether words that may be a time are one, by the words around them: "in May", but not "Ms. May"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.extract.timegrammar import either, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from service.vocabulary.times import TimeWords

_BEHIND = 24
_CLAUSE = 120
"""Code points before "in two weeks" within which a word of the future tells that it is a time."""
_STOP = re.compile(r"[.!?;]\s")


class TimeSigns:
    """Judges bare months, seasons, years and counts by what stands around them."""

    def __init__(self, words: TimeWords) -> None:
        """Make the patterns of the words that may stand before and behind."""
        self._full_months = {fold(forms[0]) for forms in words.months.values()}
        self._doubtful = {fold(name) for name in words.doubtful_months}
        self._month_lead = _before(words.month_leads)
        self._month_holder = _before(words.month_holders)
        self._breaker = re.compile(rf"\s+(?:{either(words.month_breakers)})\b")
        self._year_lead = _before(words.year_leads)
        self._year_breaker = re.compile(rf"(?:\s|-)(?:{either(words.year_breakers)})\b")
        self._season_lead = _before(words.season_leads)
        self._future = re.compile(rf"(?i:(?:\b|(?=['’])){either(words.futures)})\b")
        self._judges: dict[str, Callable[[re.Match[str], str], bool]] = {
            "month": self._is_month,
            "season": lambda _match, before: self._season_lead.search(before) is not None,
            "the_season": lambda _match, _before: False,
            "year": self._is_year,
            "century": lambda match, _before: match[0].lower().startswith("the"),
            "into": lambda match, _before: bool(match["time"]) or self._lies_ahead(match),
        }
        self._first = re.compile(rf"(?i:\b{either(words.firsts)})\b")

    def tell_time(self, name: str, match: re.Match[str]) -> bool:
        """Tell whether a match of the rule `name` is a time where no word before it has already told so."""
        judge = self._judges.get(name)
        if judge is None or match.groupdict().get("direction"):
            return True
        return judge(match, match.string[max(0, match.start() - _BEHIND) : match.start()].lower())

    def _is_month(self, match: re.Match[str], before: str) -> bool:
        name = fold(match["month"])
        if name not in self._full_months:
            return False
        if name not in self._doubtful and not match[0].isupper():
            return True
        if self._month_lead.search(before):
            return True
        following = match.string[match.end() : match.end() + _BEHIND]
        held = self._month_holder.search(before) is not None and not match[0].isupper()
        return held and re.match(r"\s+[a-z]", following) is not None and not self._breaker.match(following)

    def _is_year(self, match: re.Match[str], before: str) -> bool:
        following = match.string[match.end() : match.end() + _BEHIND]
        led = before.endswith("(") or self._year_lead.search(before) is not None
        return led and not self._year_breaker.match(following)

    def _lies_ahead(self, match: re.Match[str]) -> bool:
        """Tell whether a word of the future stands before "in two weeks" in its sentence, and none of a series between."""
        before = match.string[max(0, match.start() - _CLAUSE) : match.start()]
        before = _STOP.split(before)[-1]
        futures = [found.end() for found in self._future.finditer(before)]
        return bool(futures) and not self._first.search(before, futures[-1])


def _before(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w]){either(words)}(?:\s{{1,3}}|-)$")
