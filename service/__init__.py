"""Onrecord: a folder of raw news texts in, the record of who said what over HTTP out.

The way the data goes, and the order in which to read the code::

    settings   what to read and how to serve it, from the environment
    model      Text, Source, Statement, Event, Speaker, Topic, Corpus: plain frozen types
    dates      days, months, seasons, years and ranges
    vocabulary what is known of the world, as YAML: topics, verbs, publishers, actors, known events

    texts      raw file  ->  Text        decoded, cut into blocks with roles, front matter read
    extract    Text      ->  Extracted   who said what in it, which events it tells, its dates as worded
    store      Extracted <-> bytes       parsed texts kept in a folder, so that none is parsed twice
    corpus     Extracted ->  Corpus      people and events joined across texts, dates settled, ids
    query      Corpus    ->  answers     filters, search, facets, timelines, paging; knows no HTTP
    http       answers   ->  responses   parameters, JSON, problems, caching; knows no text

    equipment  vocabulary and pipeline made ready, the pipeline as soon as a text needs it
    load       runs texts, extract, store and corpus over a folder
    scoring    holds a corpus against references
    cli        serve, parse, check, score, openapi

Each part imports only what stands above it; `create_app` and ``cli`` put them together.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from service.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Read the texts and give the application that serves their record; None takes the settings of the environment.

    Raises `service.settings.SettingsError` for a setting that can't be used, its kind `service.equipment.LoadError` where the
    vocabulary, the pipeline or the texts stand in the way (a rejected text only with ``ONRECORD_STRICT``).
    """
    collecting = gc.isenabled()
    gc.disable()  # everything that is made here stays: searching it for garbage takes a third of the start
    try:
        return _assemble(settings)
    finally:
        if collecting:
            gc.enable()


def _assemble(settings: Settings | None) -> Flask:
    # Imported here: every module below this package passes through this file, and `onrecord --help` must not wait for
    # a parser to load.
    from service.http.app import make_app  # noqa: PLC0415
    from service.http.library import index_corpus  # noqa: PLC0415
    from service.http.options import EVENT_TYPES, HttpOptions  # noqa: PLC0415
    from service.load import load  # noqa: PLC0415
    from service.logs import set_up_logs  # noqa: PLC0415
    from service.settings import read_settings, warn_of_unknown_settings  # noqa: PLC0415
    from service.version import code_version  # noqa: PLC0415

    set_up_logs()
    warn_of_unknown_settings()
    settings = settings or read_settings()
    loader, loaded = load(settings)
    options = HttpOptions(
        serve_text=settings.serve_text,
        max_text=settings.max_text,
        extracts=settings.extracts,
        remembered=settings.remembered,
        code_version=code_version(),
        parse_seconds=loaded.seconds,
        country_names={c.code: (c.name, *c.aliases, *c.exact) for c in loader.vocabulary.countries.countries},
        event_types=tuple(dict.fromkeys((*EVENT_TYPES, *loader.vocabulary.event_types.by_id))),
    )
    return make_app(index_corpus(loaded.corpus, options), loader.posted, options)
