"""What is answered to a posted text: its source, statements and events, as those of the record are written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.http.views import Dumper, joined

if TYPE_CHECKING:
    from service.model import Corpus, Source


def written(corpus: Corpus) -> bytes:
    """Give the body of the answer to a text, of which `corpus` is the record: JSON."""
    dumper = Dumper(corpus, served=False)
    return b"".join(
        (
            b'{"source":',
            *(dumper.source(_noted(record, corpus)) for record in corpus.sources),
            b',"statements":',
            joined(dumper.statement(record) for record in corpus.statements),
            b',"events":',
            joined(dumper.event(record) for record in corpus.events),
            b"}",
        )
    )


def _noted(record: Source, corpus: Corpus) -> Source:
    """Let the note tell what ``/v1/corpus`` would tell of a text of the folder."""
    notes = [record.note] if record.note else []
    return replace(record, note=" ".join((*notes, *corpus.texts[record.id].doubts)) or None)
