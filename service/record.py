"""From settings to a record that can be asked: read from a snapshot, else made of texts, or as it was kept of them."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from service.corpus.build import version_of
from service.equipment import LoadError
from service.http.library import index_corpus, prepared_for
from service.http.options import EVENT_TYPES, HttpOptions
from service.load import load_corrections, make_loader, refuse_misfits, refuse_rejected
from service.logs import tell_account, tell_texts
from service.snapshot import SnapshotError, is_snapshot, read_snapshot, write_snapshot
from service.version import code_version

if TYPE_CHECKING:
    from pathlib import Path

    from service.corpus.corrections import Corrections
    from service.load import Loader, Texts
    from service.model import Corpus
    from service.query.index import Index
    from service.settings import Settings
    from service.vocabulary import Vocabulary

KEPT: Final = 2
"""How many finished records a cache keeps: the one in use and the one before it."""

_RECORDS = "records"

log = structlog.get_logger("onrecord")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record, what reads further texts as its own were read, and how it is to be served."""

    index: Index
    loader: Loader
    options: HttpOptions


def open_record(settings: Settings) -> Opened:
    """Give the record that `settings` ask for; raise `LoadError`.

    With `strict` also for any text left out, and for any correction that does not fit the record.
    """
    start = time.perf_counter()
    snapshot = is_snapshot(settings.texts)
    index, loader = _from_snapshot(settings) if snapshot else _from_texts(settings)
    seconds = round(time.perf_counter() - start, 3)
    log.info(
        "ready",
        sources=len(index.sources.records),
        statements=len(index.statements.records),
        events=len(index.events.records),
        seconds=seconds,
        corpus=index.account.version,
    )
    return Opened(index, loader, options_for(settings, loader.vocabulary, index, seconds))


def options_for(
    settings: Settings, vocabulary: Vocabulary, index: Index | None = None, seconds: float | None = None
) -> HttpOptions:
    """Say how a record is served; `seconds` are those that it took to make or read the one of `index`."""
    own = index.events.axes["type"].names.ids if index else ()
    return HttpOptions(
        serve_text=settings.serve_text,
        max_text=settings.max_text,
        extracts=settings.extracts,
        remembered=settings.remembered,
        code_version=code_version(),
        parse_seconds=seconds,
        country_names={c.code: (c.name, *c.aliases, *c.exact) for c in vocabulary.countries.countries},
        event_types=tuple(dict.fromkeys((*EVENT_TYPES, *vocabulary.event_types.by_id, *own))),
    )


def keep_snapshot(corpus: Corpus, options: HttpOptions, folder: Path) -> None:
    """Write the finished record of `corpus` into `folder`, as `options` would have it served; raise `SnapshotError`."""
    write_snapshot(folder, *prepared_for(corpus, options))
    log.info("snapshot written", folder=str(folder), corpus=corpus.version, texts=options.serve_text)


def _from_snapshot(settings: Settings) -> tuple[Index, Loader]:
    if settings.corrections is not None:
        message = (
            "ONRECORD_CORRECTIONS: ONRECORD_TEXTS names a snapshot, which holds a finished record; make the snapshot with the "
            "corrections and unset this"
        )
        raise LoadError(message)
    try:
        index = read_snapshot(settings.texts)
    except SnapshotError as error:
        message = f"ONRECORD_TEXTS: {error}"
        raise LoadError(message) from error
    if index.whole_texts and not settings.serve_text:
        message = (
            "ONRECORD_SERVE_TEXT is false, and ONRECORD_TEXTS names a snapshot that holds the texts; make the snapshot with "
            "ONRECORD_SERVE_TEXT=false too"
        )
        raise LoadError(message)
    if settings.serve_text and not index.whole_texts:
        log.warning("texts are not served", reason="the snapshot was made with ONRECORD_SERVE_TEXT=false")
    account = index.account
    log.info("snapshot read", folder=str(settings.texts), corpus=account.version)
    tell_account(account)
    if settings.strict:
        refuse_rejected(account.rejected)
        refuse_misfits(account.corrections.misfits)
    return index, make_loader(settings, at_once=False)


def _from_texts(settings: Settings) -> tuple[Index, Loader]:
    corrections, loader = load_corrections(settings), make_loader(settings)
    texts = loader.read([settings.texts])
    if settings.strict:
        refuse_rejected(texts.rejected)
    place = _place(
        settings, version_of(texts.texts, texts.rejected, loader.vocabulary, loader.version, corrections)
    )
    index = _kept(place) if place else None
    if index is None:
        index = _made(settings, loader, texts, corrections, place)
    else:
        tell_texts(texts.texts, texts.rejected)
        tell_account(index.account)
    if settings.strict:
        refuse_rejected(index.account.rejected)
        refuse_misfits(index.account.corrections.misfits)
    return index, loader


def _made(
    settings: Settings, loader: Loader, texts: Texts, corrections: Corrections, place: Path | None
) -> Index:
    """Make the record of `texts`; where there is a `place` to keep it, it is read from there, mapped into memory."""
    corpus = loader.load(texts, corrections).corpus
    options = options_for(settings, loader.vocabulary)
    if place is None or corpus.rejected != texts.rejected:  # what failed may not fail again
        return index_corpus(corpus, options)
    try:
        keep_snapshot(corpus, options, place)
        _tidy(place)
        return read_snapshot(place)
    except SnapshotError as error:
        log.warning("the record is not kept", reason=str(error))
        return index_corpus(corpus, options)


def _place(settings: Settings, version: str) -> Path | None:
    if settings.cache is None:
        return None
    return settings.cache / _RECORDS / (version if settings.serve_text else f"{version}-withheld")


def _kept(place: Path) -> Index | None:
    """Give the record that is kept in `place`; None where there is none, or where it can't be used."""
    if not is_snapshot(place):
        return None
    try:
        return read_snapshot(place)
    except SnapshotError as error:
        log.warning("a kept record is made anew", reason=str(error))
        return None


def _tidy(place: Path) -> None:
    """Remove all kept records but the `KEPT` that were made last; processes that serve one go on."""
    with suppress(OSError):
        made = sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for former in made[KEPT:]:
            shutil.rmtree(former, ignore_errors=True)
