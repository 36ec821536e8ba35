"""From settings to a record that can be asked: read from a snapshot, else made of texts, or as it was kept of them."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from service.cores import usable_cores
from service.corpus.build import version_of
from service.equipment import LoadError
from service.http.library import index_corpus, prepared_for
from service.http.options import EVENT_TYPES, HttpOptions
from service.load import load_corrections, make_loader, refuse_misfits, refuse_nothing, refuse_rejected
from service.logs import tell_account, tell_texts
from service.posted.reading import apart
from service.snapshot import SnapshotError, is_snapshot, read_snapshot, write_snapshot
from service.version import code_version

if TYPE_CHECKING:
    from pathlib import Path

    from service.corpus.corrections import Corrections
    from service.http.options import ExtractFn
    from service.load import Loader, Texts
    from service.model import Corpus
    from service.query.index import Index
    from service.settings import Settings
    from service.vocabulary import Vocabulary

KEPT: Final = 2
"""How many finished records a cache keeps: the one in use and the one before it."""

_RECORDS = "records"
_STALE = 3_600
"""Seconds after which what was never put into its place is taken for what a killed process has left."""

log = structlog.get_logger("onrecord")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record, what reads posted texts as its own were read, and how it is to be served."""

    index: Index
    read: ExtractFn
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
    return Opened(index, apart(settings).read, options_for(settings, loader.vocabulary, index, seconds))


def options_for(
    settings: Settings, vocabulary: Vocabulary, index: Index | None = None, seconds: float | None = None
) -> HttpOptions:
    """Say how a record is served; `seconds` are those that it took to make or read the one of `index`."""
    own = index.events.axes["type"].names.ids if index else ()
    return HttpOptions(
        serve_text=settings.serve_text,
        max_text=settings.max_text,
        extracts=settings.extracts,
        extract_key=settings.extract_key,
        rate_limit=settings.rate_limit,
        proxies=settings.proxies,
        readers=max(1, usable_cores() - 1),
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
    log.info(
        "snapshot read",
        folder=str(settings.texts),
        corpus=account.version,
        extractor=account.extractor,
        rejected=sum(not one.aside for one in account.rejected),
        doubtful=len(account.doubts),
    )
    if settings.strict:
        refuse_rejected(account.rejected)
        refuse_misfits(account.corrections.misfits)
    loader = make_loader(settings, at_once=False)
    other = sorted(
        name for name, digest in loader.vocabulary.hashes.items() if account.vocabularies.get(name) != digest
    )
    if other:
        log.warning(
            "another vocabulary",
            files=other,
            mend="the snapshot was made with other ones, which decide its record; posted texts are read with these. Make it "
            "anew, or let ONRECORD_VOCABULARY name the folder that it was made with",
        )
    return index, loader


def _from_texts(settings: Settings) -> tuple[Index, Loader]:
    corrections, loader = load_corrections(settings), make_loader(settings)
    texts = loader.read([settings.texts])
    if settings.strict:
        refuse_rejected(texts.rejected)
        refuse_nothing(texts)
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
        log.warning("the record is not kept", reason=error.reason)
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
        index = read_snapshot(place)
    except SnapshotError as error:
        log.warning("a kept record is thrown away and made anew", folder=str(place), reason=error.reason)
        shutil.rmtree(place, ignore_errors=True)
        return None
    with suppress(OSError):
        os.utime(place)  # it is in use
    log.info("kept record read", folder=str(place), corpus=index.account.version)
    return index


def _tidy(place: Path) -> None:
    """Remove all kept records but `place` and those that were used last, and what killed processes have left.

    Processes that serve one go on.
    """
    with suppress(OSError):
        others = [(path.stat().st_mtime, path) for path in place.parent.iterdir() if path != place]
        kept = sorted((each for each in others if not each[1].name.startswith(".")), reverse=True)
        left = [each for each in others if each[1].name.startswith(".") and each[0] < time.time() - _STALE]
        for _, path in (*kept[KEPT - 1 :], *left):
            shutil.rmtree(path, ignore_errors=True)
