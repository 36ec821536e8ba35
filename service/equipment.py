"""What a record is made with, made ready once: the vocabulary, and the pipeline as soon as a text needs it."""

from __future__ import annotations

import sys
import time
import unicodedata
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING

import structlog

from service.extract.installed import NoPipelineError, find_pipeline
from service.extract.processes import beside
from service.settings import SettingsError
from service.store.documents import keep_documents, kept_documents
from service.store.folder import Folder
from service.store.sealed import fingerprint
from service.version import code_version, extraction_version
from service.vocabulary import file_hashes, read_vocabulary
from service.vocabulary.reader import VocabularyError, remembering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from service.extract.document import Pipeline
    from service.extract.extractor import Extractor
    from service.extract.installed import Installed
    from service.vocabulary import Vocabulary

DECIDING = ("spacy", "thinc", "numpy", "charset-normalizer", "pyyaml", "rapidfuzz")
"""The packages whose versions decide what is found in a text, beside the pipeline's own."""

log = structlog.get_logger("onrecord")


class LoadError(SettingsError):
    """The record can't be made of what the settings name; the message says why and what would mend it."""


class Equipment:
    """A vocabulary, an extractor that is made when it is needed, and the folder that keeps what it found."""

    def __init__(self, vocabulary: Path, pipeline: str, cache: Path | None, *, at_once: bool = True) -> None:
        """Read the vocabulary; raise `LoadError` where it or the pipeline is not there.

        The pipeline is loaded beside it, unless `cache` holds parsed texts or it need not be there `at_once`: then with the
        first text that needs it.
        """
        self._installed = _find(pipeline)
        self._making = Lock()
        self._extractor: Extractor | None = None
        self.kept = Folder(cache, _deciding(vocabulary, self._installed)) if cache else None
        if at_once and (self.kept is None or self.kept.is_empty()):
            with beside(_read, vocabulary, cache) as words:
                parser = _load(pipeline)
                self.vocabulary = _checked(words)
            self._extractor = _make(self.vocabulary, parser)
        else:
            self.vocabulary = _checked(lambda: _read(vocabulary, cache))
        self.version = f"onrecord {code_version()}, spaCy {version('spacy')}, {self._installed.version}"

    def extractor(self) -> Extractor:
        """Give what finds everything in a text, made by the first thread that asks for it; raise `LoadError`."""
        with self._making:
            if self._extractor is None:
                start = time.perf_counter()
                self._extractor = _make(self.vocabulary, _load(self._installed.name))
                log.info("pipeline loaded", seconds=round(time.perf_counter() - start, 3))
            return self._extractor


def _deciding(vocabulary: Path, pipeline: Installed) -> bytes:
    """Give the fingerprint of all that decides what is found in a text beside its bytes."""
    return fingerprint(
        (
            f"code {extraction_version()}",
            f"python {sys.version_info[:2]}, unicode {unicodedata.unidata_version}",
            *(f"{package} {version(package)}" for package in DECIDING),
            f"pipeline {pipeline.version} {pipeline.digest()}",
            *(f"{name}.yaml {digest}" for name, digest in sorted(file_hashes(vocabulary).items())),
        )
    )


def _read(vocabulary: Path, cache: Path | None) -> Vocabulary:
    """Read the vocabulary; its files as they were read stay in `cache`, for the next start."""
    if cache is None:
        return read_vocabulary(vocabulary)
    deciding = _parser()
    kept = kept_documents(cache, deciding)
    with remembering(kept) as read:
        words = read_vocabulary(vocabulary)
    if read.keys() != kept.keys():
        used = set(words.hashes.values())
        keep_documents(cache, {name: document for name, document in read.items() if name in used}, deciding)
    return words


def _parser() -> bytes:
    """Give the fingerprint of all that decides what a file of the vocabulary says beside its bytes."""
    return fingerprint((f"code {extraction_version()}", f"pyyaml {version('pyyaml')}"))


def _find(name: str) -> Installed:
    try:
        return find_pipeline(name)
    except NoPipelineError as error:
        raise _unusable(name, error) from error


def _load(name: str) -> Pipeline:
    from service.extract.document import Pipeline  # noqa: PLC0415 - spaCy, which not every start needs

    try:
        return Pipeline(name)
    except (OSError, ValueError, ImportError, AttributeError) as error:
        raise _unusable(name, error) from error


def _make(vocabulary: Vocabulary, parser: Pipeline) -> Extractor:
    from service.extract.extractor import Extractor  # noqa: PLC0415 - the same

    return Extractor(vocabulary, parser)


def _unusable(name: str, error: Exception) -> LoadError:
    told = " ".join(str(error).split())
    mend = "install it where the service runs (python -m spacy download NAME, or pip install its package), or unset it"
    return LoadError(f"ONRECORD_PIPELINE: {name!r} can't be loaded as a spaCy pipeline; {mend} ({told})")


def _checked(read: Callable[[], Vocabulary]) -> Vocabulary:
    try:
        return read()
    except (VocabularyError, OSError) as error:
        message = f"ONRECORD_VOCABULARY: {error}"
        raise LoadError(message) from error
