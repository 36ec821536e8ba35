"""The days that one text's expressions of time mean, once its date of publication is settled."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from service.dates import length, restated
from service.extract.expressions import FROM_THE_STORY, TimeKind
from service.extract.resolving import resolve
from service.model import Basis, Status

if TYPE_CHECKING:
    from service.extract.expressions import TimeExpression
    from service.extract.found import Extracted
    from service.extract.resolving import Tense
    from service.model import Date

_TENSES: dict[Status, Tense] = {
    Status.HAPPENED: "past",
    Status.PLANNED: "future",
    Status.HYPOTHETICAL: "future",
}
_BESIDE = 48
"""Code points behind "the day before" within which what it counts from must begin."""
_HALT = re.compile(r"[.,;:!?()\n\"“”]")


class Calendar:
    """Resolves expressions of one text against its date and, where they count from it, the date told before."""

    def __init__(self, item: Extracted, published: Date | None) -> None:
        """Index times and events by place; `published` None leaves only dates that are printed whole."""
        self.published = published
        self._text = item.text.decoded
        self._events = item.events
        self._mentions = sorted(
            (mention.range[0], number)
            for number, event in enumerate(item.events)
            for mention in event.mentions
        )
        self._times = item.times
        self._starts = [time.start for time in item.times]
        self._paragraphs = [block.start for block in item.text.blocks]

    def of(self, time: TimeExpression | None, status: Status = Status.HAPPENED) -> Date | None:
        """Give the days that `time` means in a clause of that status; None where nothing tells."""
        if time is None:
            return None
        narrative = None
        if time.kind is TimeKind.BESIDE:
            narrative = self._told_behind(time)
        elif time.kind in FROM_THE_STORY:
            narrative = self._told_before(time)
        return resolve(time, document=self.published, narrative=narrative, tense=_TENSES[status])

    def of_saying(self, time: TimeExpression | None) -> Date | None:
        """Give the date of what was said at `time`: the text's own where no time is told, or one that is yet to come."""
        date = self.of(time)
        ahead = date is not None and self.published is not None and date.start > self.published.end
        return self.of_document() if time is None or ahead else date

    def of_document(self) -> Date | None:
        """Give the date of publication as that of what the text tells without a date of its own."""
        return restated(self.published, Basis.DOCUMENT) if self.published else None

    def _told_before(self, time: TimeExpression) -> Date | None:
        """Give the nearest date told before `time` in its paragraph.

        What follows on it or falls together with it ("the next day", "at the time") may look to the paragraph before.
        """
        paragraph = bisect_right(self._paragraphs, time.start)
        farthest = paragraph if time.count is not None and time.count < 0 else paragraph - 1
        for index in range(bisect_right(self._starts, time.start - 1) - 1, -1, -1):
            earlier = self._times[index]
            if bisect_right(self._paragraphs, earlier.start) < farthest:
                return None
            if earlier.kind not in FROM_THE_STORY:
                return resolve(earlier, document=self.published, tense="past")
        return None

    def _told_behind(self, time: TimeExpression) -> Date | None:
        """Give the date of what the words behind `time` name: a time of their own, else an event dated in the text."""
        halt = _HALT.search(self._text, time.end, time.end + _BESIDE)
        end = halt.start() if halt else time.end + _BESIDE
        for behind in self._times[bisect_left(self._starts, time.end) : bisect_left(self._starts, end)]:
            if behind.kind not in FROM_THE_STORY:
                return resolve(behind, document=self.published, tense="past")
        first = bisect_left(self._mentions, (time.end, 0))
        for start, number in self._mentions[first : first + 1]:
            if start < end:
                return self._date_of(number, time)
        return None

    def _date_of(self, number: int, besides: TimeExpression) -> Date | None:
        """Give the closest date that any mention of an event has, but by the expression `besides`."""
        event = self._events[number]
        told = (
            resolve(mention.time, document=self.published, tense=_TENSES[event.status])
            for mention in event.mentions
            if mention.time is not None
            and mention.time.kind not in FROM_THE_STORY
            and mention.time != besides
        )
        found = min(filter(None, told), key=length, default=None)
        if found is None and event.current and not any(mention.time for mention in event.mentions):
            return self.of_document()
        return found
