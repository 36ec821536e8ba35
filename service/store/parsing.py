"""Many texts parsed: those that are kept read back, the others extracted in several processes and kept."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog

from service.extract.found import Extracted
from service.extract.processes import processes_for, reading
from service.model import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from service.extract.extractor import Extractor
    from service.model import Text
    from service.store.folder import Folder

_MANY = 20
"""Above so many texts a terminal is shown how far the parsing is."""

log = structlog.get_logger("onrecord")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was found in texts, in their order, and those of them whose parsing failed."""

    extracted: tuple[Extracted, ...]
    failed: tuple[Rejected, ...]


def parse(
    texts: Sequence[Text],
    make_extractor: Callable[[], Extractor],
    kept: Folder | None = None,
    processes: int | None = None,
) -> Parsed:
    """Give what is found in `texts`, whose ids differ; the extractor is made only where one of them is not in `kept`.

    `processes` are as many as there are cores where that pays, unless said; their number does not show in what is found.
    Each text is kept as soon as it is parsed, so that nothing is lost when a process is ended. Raises `ProcessEndedError`
    then.
    """
    known = {text.id: one for text in texts if kept and (one := kept.get(text))}
    missing = [text for text in texts if text.id not in known]
    failed: tuple[Rejected, ...] = ()
    if missing:
        extractor = make_extractor()  # before the fork, so that all processes share it
        if kept:
            kept.prepare()
        fresh = _extract(missing, partial(_one, extractor, kept), processes_for(missing, processes))
        failed = tuple(one for one in fresh if isinstance(one, Rejected))
        known |= {one.text.id: one for one in fresh if isinstance(one, Extracted)}
    if kept:
        log.info("kept", texts=len(texts) - len(missing), missing=len(missing), folder=str(kept.root))
    return Parsed(tuple(known[text.id] for text in texts if text.id in known), failed)


def _extract(
    texts: Sequence[Text], read: Callable[[Text], Extracted | Rejected], processes: int
) -> list[Extracted | Rejected]:
    from tqdm import tqdm  # noqa: PLC0415 - needed only where something is missing

    start = time.perf_counter()
    shown = len(texts) > _MANY and sys.stderr.isatty()
    with reading(read, texts, processes) as found:
        fresh = list(tqdm(found, "parsing", len(texts), unit="text", disable=not shown, file=sys.stderr))
    seconds = time.perf_counter() - start
    words = sum(one.facts.words for one in fresh if isinstance(one, Extracted))
    log.info(
        "extracted",
        texts=len(texts),
        processes=processes,
        seconds=round(seconds, 3),
        texts_per_second=round(len(texts) / seconds, 1),
        words_per_second=round(words / seconds),
    )
    return fresh


def _one(extractor: Extractor, kept: Folder | None, text: Text) -> Extracted | Rejected:
    try:
        extracted = extractor.extract(text)
    except Exception as error:
        log.exception("parsing failed", file=text.file)
        reason = f"parsing it failed ({type(error).__name__}), which is a defect of this program"
        return Rejected(
            text.file or text.id, reason, "report what the log says of it; the other texts are served"
        )
    if kept:
        kept.put(extracted)
    return extracted
