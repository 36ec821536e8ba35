"""From settings to the record: read the vocabulary and the texts, extract each, build the corpus."""

from __future__ import annotations

import sys
import time
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import structlog
from tqdm import tqdm

from service.corpus.build import build
from service.corpus.corrections import NONE, CorrectionsError, read_corrections
from service.extract.document import Pipeline
from service.extract.extractor import Extractor
from service.extract.processes import beside, extracting
from service.model import Rejected
from service.settings import SettingsError
from service.texts.read import TextsError, read_file, read_folder, read_posted
from service.version import code_version
from service.vocabulary import read_vocabulary
from service.vocabulary.reader import VocabularyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from service.corpus.corrections import Corrections
    from service.extract.found import Extracted
    from service.model import Corpus, CorrectionReport, Misfit, Text
    from service.settings import Settings

_MANY = 20
"""Above so many texts a terminal is shown how far the parsing is."""

log = structlog.get_logger("onrecord")


class LoadError(SettingsError):
    """The record can't be made of what the settings name; the message says why and what would mend it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What was read: the texts, and the files that were left out."""

    texts: tuple[Text, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A corpus, what it was built of, and how many seconds that took, as the log has it."""

    corpus: Corpus
    extracted: tuple[Extracted, ...]
    seconds: float


class Loader:
    """A vocabulary and a pipeline made ready once, which turn any texts into a record."""

    def __init__(self, vocabulary: Path, pipeline: str, *, max_file: int) -> None:
        """Read the vocabulary and load the pipeline; `max_file` bounds a file in bytes. Raises `LoadError`."""
        with beside(read_vocabulary, vocabulary) as words:
            parser = _pipeline(pipeline)
            try:
                self.vocabulary = words()
            except (VocabularyError, OSError) as error:
                message = f"ONRECORD_VOCABULARY: {error}"
                raise LoadError(message) from error
        self.extractor = Extractor(self.vocabulary, parser)
        self._max_file = max_file
        self.version = f"onrecord {code_version()}, spaCy {version('spacy')}, {parser.version}"

    def read(self, paths: Iterable[Path]) -> Texts:
        """Read files and folders of ``.txt`` files; a text of the same name or bytes as an earlier one is left out.

        Raises `LoadError` for a path that doesn't exist and for a folder that can't be listed.
        """
        texts: list[Text] = []
        rejected: list[Rejected] = []
        for path in paths:
            found = self._read(path)
            rejected += found.rejected
            for text in found.texts:
                twin = next((one for one in texts if one.id == text.id or one.sha256 == text.sha256), None)
                if twin is None:
                    texts.append(text)
                else:
                    rejected.append(_repeated(text, twin))
        return Texts(tuple(texts), tuple(rejected))

    def load(self, texts: Texts, corrections: Corrections = NONE) -> Loaded:
        """Extract every text and build the record, telling the log what was read, left out, corrected or doubtful.

        Raises `LoadError` where a process that parsed texts was ended from outside.
        """
        start = time.perf_counter()
        _tell(texts)
        shown = len(texts.texts) > _MANY and sys.stderr.isatty()
        total = len(texts.texts)
        try:
            with extracting(self.extractor, texts.texts) as found:
                extracted = tuple(
                    tqdm(found, "parsing", total, unit="text", disable=not shown, file=sys.stderr)
                )
        except BrokenProcessPool as error:
            message = "a process that parsed texts was ended from outside, most likely for want of memory; give it more"
            raise LoadError(message) from error
        corpus = build(extracted, texts.rejected, self.vocabulary, self.version, corrections)
        _tell_doubts(corpus)
        _tell_corrections(corpus.corrections)
        seconds = round(time.perf_counter() - start, 3)
        log.info(
            "parsed",
            sources=len(corpus.sources),
            statements=len(corpus.statements),
            events=len(corpus.events),
            seconds=seconds,
            corpus=corpus.version,
        )
        return Loaded(corpus, extracted, seconds)

    def posted(self, text: str, title: str | None, published: str | None) -> Corpus:
        """Make the record of one posted text; `published` is EDTF. Raises `TextsError` where it holds no article.

        For one thread at a time.
        """
        read = read_posted(text, self.vocabulary.furniture, title=title, published=published)
        return build([self.extractor.extract(read)], [], self.vocabulary, self.version)

    def _read(self, path: Path) -> Texts:
        furniture = self.vocabulary.furniture
        if not path.exists():
            message = f"{path}: there is no such file or folder; name one that is there"
            raise LoadError(message)
        if path.is_file():
            found = read_file(path, furniture, max_bytes=self._max_file)
            return Texts((), (found,)) if isinstance(found, Rejected) else Texts((found,), ())
        try:
            return Texts(*read_folder(path, furniture, max_bytes=self._max_file))
        except TextsError as error:
            raise LoadError(str(error)) from error


def make_loader(settings: Settings) -> Loader:
    """Make the loader that `settings` ask for; raise `LoadError`."""
    return Loader(settings.vocabulary, settings.pipeline, max_file=settings.max_file)


def load(settings: Settings) -> tuple[Loader, Loaded]:
    """Make the record that `settings` ask for; raise `LoadError`.

    With `strict` also for any text left out, and for any correction that does not fit the record.
    """
    corrections = load_corrections(settings)
    loader = make_loader(settings)
    texts = loader.read([settings.texts])
    faults = [one for one in texts.rejected if not one.aside]
    if settings.strict and faults:
        message = "ONRECORD_STRICT is set and texts were rejected: " + "; ".join(
            f"{one.file}: {one.reason}, {one.mend}" for one in faults
        )
        raise LoadError(message)
    loaded = loader.load(texts, corrections)
    misfits = loaded.corpus.corrections.misfits
    if settings.strict and misfits:
        message = "ONRECORD_STRICT is set and corrections do not fit: " + "; ".join(map(_misfit, misfits))
        raise LoadError(message)
    return loader, loaded


def load_corrections(settings: Settings) -> Corrections:
    """Read the corrections that `settings` name, none where they name no file; raise `LoadError`."""
    if settings.corrections is None:
        return NONE
    try:
        return read_corrections(settings.corrections)
    except CorrectionsError as error:
        message = f"ONRECORD_CORRECTIONS: {error}"
        raise LoadError(message) from error


def _pipeline(name: str) -> Pipeline:
    try:
        return Pipeline(name)
    except (OSError, ValueError, ImportError, AttributeError) as error:
        told = " ".join(str(error).split())
        mend = "install it where the service runs (python -m spacy download NAME, or pip install its package), or unset it"
        message = f"ONRECORD_PIPELINE: {name!r} can't be loaded as a spaCy pipeline; {mend} ({told})"
        raise LoadError(message) from error


def _repeated(text: Text, twin: Text) -> Rejected:
    shared = "bytes" if text.sha256 == twin.sha256 else "name"
    mend = "remove one of the two" if shared == "bytes" else "rename one of the two"
    return Rejected(text.file or text.id, f"it has the same {shared} as another text, {twin.file}", mend)


def _tell(texts: Texts) -> None:
    aside = sum(one.aside for one in texts.rejected)
    log.info("read", texts=len(texts.texts), rejected=len(texts.rejected) - aside, aside=aside)
    if not texts.texts:
        log.warning(
            "no texts",
            mend="put .txt files into the folder, or let ONRECORD_TEXTS name the one that holds them",
        )
    for one in texts.rejected:
        log.warning(
            "left aside" if one.aside else "rejected", file=one.file, reason=one.reason, mend=one.mend
        )


def _tell_doubts(corpus: Corpus) -> None:
    for text in corpus.texts.values():
        for doubt in text.doubts:
            log.warning("doubtful", file=text.file, doubt=doubt)


def _tell_corrections(report: CorrectionReport) -> None:
    if report.applied:
        log.info("corrected", statements=report.applied, withdrawn=len(report.withdrawn))
    for one in report.misfits:
        log.warning(
            "correction does not fit",
            statement=one.statement,
            line=one.line,
            reason=one.reason,
            mend=one.mend,
            near=one.near,
        )


def _misfit(one: Misfit) -> str:
    near = f" ({', '.join(one.near)})" if one.near else ""
    return f"line {one.line}: {one.statement}: {one.reason}; {one.mend}{near}"
