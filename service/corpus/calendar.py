"""The days that one text's expressions of time mean, once its date of publication is settled."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from service.dates import restated
from service.extract.expressions import TimeKind
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
_FROM_THE_STORY = frozenset((TimeKind.TOLD, TimeKind.BESIDE))


class Calendar:
    """Resolves expressions of one text against its date and, where they count from it, the date told before."""

    def __init__(self, item: Extracted, published: Date | None) -> None:
        """Read nothing yet; `published` None leaves only dates that are printed whole."""
        self.published = published
        self._times = item.times
        self._starts = [time.start for time in item.times]
        self._paragraphs = [block.start for block in item.text.blocks]

    def of(self, time: TimeExpression | None, status: Status = Status.HAPPENED) -> Date | None:
        """Give the days that `time` means in a clause of that status; None where nothing tells."""
        if time is None:
            return None
        narrative = self._told_before(time) if time.kind in _FROM_THE_STORY else None
        return resolve(time, document=self.published, narrative=narrative, tense=_TENSES[status])

    def of_document(self) -> Date | None:
        """Give the date of publication as that of what the text tells without a date of its own."""
        return restated(self.published, Basis.DOCUMENT) if self.published else None

    def _told_before(self, time: TimeExpression) -> Date | None:
        """Give the nearest date told before `time` in its paragraph."""
        paragraph = bisect_right(self._paragraphs, time.start)
        for index in range(bisect_right(self._starts, time.start - 1) - 1, -1, -1):
            earlier = self._times[index]
            if bisect_right(self._paragraphs, earlier.start) != paragraph:
                return None
            if earlier.kind not in _FROM_THE_STORY:
                return resolve(earlier, document=self.published, tense="past")
        return None
