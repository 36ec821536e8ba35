"""Onrecord: a folder of raw news texts in, the record of who said what over HTTP out.

The way the data goes, and the order in which to read the code::

    settings   what to read and how to serve it, from the environment
    model      Text, Source, Statement, Event, Speaker, Topic, Corpus: plain frozen types
    dates      days, months, seasons, years and ranges
    cores      how many of them this process may use
    vocabulary what is known of the world, as YAML: topics, verbs, publishers, actors, known events

    texts      raw file  ->  Text        decoded, cut into blocks with roles, front matter read
    extract    Text      ->  Extracted   who said what in it, which events it tells, its dates as worded
    store      Extracted <-> bytes       parsed texts kept in a folder, so that none is parsed twice
    corpus     Extracted ->  Corpus      people and events joined across texts, dates settled, ids
    query      Corpus    ->  answers     filters, search, facets, timelines, paging; knows no HTTP
    http       answers   ->  responses   parameters, JSON, problems, caching; knows no text
    snapshot   a finished record in files, from which processes serve it without parsing

    equipment  vocabulary and pipeline made ready, the pipeline as soon as a text needs it
    load       runs texts, extract, store and corpus over a folder
    posted     posted texts read apart, in processes that can be ended
    record     the finished record that the settings ask for, from texts, the cache or a snapshot
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
    from service.logs import set_up_logs  # noqa: PLC0415, I001 - before all that would import structlog as it comes
    from service.http.app import make_app  # noqa: PLC0415
    from service.record import open_record  # noqa: PLC0415
    from service.settings import read_settings, warn_of_unknown_settings  # noqa: PLC0415

    set_up_logs()
    warn_of_unknown_settings()
    opened = open_record(settings or read_settings())
    return make_app(opened.index, opened.read, opened.options)
