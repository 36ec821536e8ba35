"""Put the record right: apply corrections to its statements, and tell of those that do not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.corpus.cast import Cast, NobodyError
from service.model import CorrectionReport, Misfit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.corpus.corrections import Correction, Corrections
    from service.corpus.identities import Identity
    from service.corpus.records import Settled
    from service.model import Party, Statement
    from service.vocabulary import Vocabulary

_ID = re.compile(r"(?P<source>.*)\.s(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})(?:-[0-9]{1,12})?", re.DOTALL)
_OTHER_SOURCE = "no text that was read has its source"
_NO_STATEMENT = "the record has no statement with this id"
_NO_CHANGE = "it changes nothing: the record says so already"


@dataclass
class Correcting:
    """Applies `corrections` to one statement after the other; `cast` holds everybody who can be named."""

    corrections: Corrections
    cast: Cast
    _applied: set[str] = field(default_factory=set)
    _doubtful: list[Misfit] = field(default_factory=list)
    _withdrawn: dict[str, str] = field(default_factory=dict)

    def __call__(self, statement: Statement, settled: Settled) -> Statement | None:
        """Give `statement` as corrected, as it is where nobody corrected it, or None where it is withdrawn."""
        correction = self.corrections.entries.get(statement.id)
        if correction is None:
            return statement
        self._applied.add(statement.id)
        if correction.drop:
            self._withdrawn[statement.id] = correction.reason
            return None
        corrected = _redated(statement, correction)
        if correction.speakers is not None:
            corrected = replace(corrected, speakers=self._speakers(correction, settled))
        if corrected == statement:
            mend = "take the entry away, or keep it for what a later version may find"
            self._doubtful.append(Misfit(statement.id, correction.line, _NO_CHANGE, mend))
        return replace(corrected, corrected=correction.reason)

    def report(self, texts: Iterable[Settled], statements: Iterable[Statement]) -> CorrectionReport:
        """Tell what became of the corrections, once all statements of `texts` have been through."""
        missing = [one for one in self.corrections.entries.values() if one.id not in self._applied]
        sources = {settled.item.text.id for settled in texts}
        served = list(statements) if missing else []
        return CorrectionReport(
            len(self._applied) - len({one.statement for one in self._doubtful}),
            tuple(_not_found(one, sources, served) for one in missing),
            tuple(self._doubtful),
            self._withdrawn,
        )

    def _speakers(self, correction: Correction, settled: Settled) -> tuple[Party, ...]:
        """Give the speakers who are meant; none, with a doubt, where that is not clear, as the wrong ones must go."""
        try:
            found = [self.cast.party(wanted, settled) for wanted in correction.speakers or ()]
        except NobodyError as error:
            reason = f"{error.reason}, so that the statement has no speaker"
            self._doubtful.append(Misfit(correction.id, correction.line, reason, error.mend))
            return ()
        return tuple({party.id: party for party in found}.values())


def correcting(corrections: Corrections, speakers: dict[str, Identity], vocabulary: Vocabulary) -> Correcting:
    """Make ready to correct a record that has these `speakers` by id."""
    # Nobody has to be found by name where nothing is corrected.
    return Correcting(corrections, Cast(speakers if corrections.entries else {}, vocabulary))


def _redated(statement: Statement, correction: Correction) -> Statement:
    """Give the statement with its new date; where that is unknown, the words that seemed to tell it are kept."""
    if not correction.redated:
        return statement
    words = statement.date_expression or (statement.date.expression if statement.date else None)
    same = correction.date and statement.date and correction.date.edtf == statement.date.edtf
    if same:
        return statement
    return replace(
        statement, date=correction.date, date_expression=words if correction.date is None else None
    )


def _not_found(correction: Correction, sources: set[str], statements: Iterable[Statement]) -> Misfit:
    told = _ID.fullmatch(correction.id)
    if told is None:
        mend = "copy the id from an answer: a source's id, .s, and two offsets"
        return Misfit(correction.id, correction.line, _NO_STATEMENT, mend)
    if told["source"] not in sources:
        mend = "take the entry away, or put the text back"
        return Misfit(correction.id, correction.line, _OTHER_SOURCE, mend, elsewhere=True)
    start, end = int(told["start"]), int(told["end"])
    near = tuple(
        one.id
        for one in statements
        if one.source == told["source"] and one.content[0].start < end and start < one.content[-1].end
    )
    mend = "give the correction to one of those near" if near else "take the entry away"
    return Misfit(correction.id, correction.line, _NO_STATEMENT, mend, near)
