"""From settings to the record: read the vocabulary and the texts, extract each, build the corpus."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import structlog

from service.corpus.build import build
from service.corpus.corrections import NONE, CorrectionsError, read_corrections
from service.equipment import Equipment, LoadError, recipe
from service.extract.processes import ProcessEndedError
from service.logs import tell_account, tell_rejected, tell_texts
from service.model import Rejected
from service.store.cluster import Cluster, ClusterError
from service.store.parsing import parse
from service.texts.inputs import read_place
from service.texts.read import TextsError, nothing_known, read_posted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from service.corpus.corrections import Corrections
    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Corpus, Misfit, Text
    from service.settings import Settings
    from service.texts.kinds import Place

_ENDED = "a process that parsed texts was ended from outside, most likely for want of memory; give it more"
_KEPT = "; what was parsed is kept, and the next start does the rest"
_LOST = "; with ONRECORD_CACHE the next start would only do the rest"

log = structlog.get_logger("onrecord")


class UnreadyError(RuntimeError):
    """A posted text can't be read, for a cause that is not in the text."""


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
    """A vocabulary and a pipeline, which turn any texts into a record."""

    def __init__(
        self,
        vocabulary: Path,
        pipeline: str,
        *,
        max_file: int,
        cache: Path | None = None,
        at_once: bool = True,
        scheduler: str | None = None,
    ) -> None:
        """Read the vocabulary; `max_file` bounds a file in bytes, `cache` is the folder of parsed texts. Raises `LoadError`.

        Where `cache` holds texts already, or not `at_once`, the pipeline is loaded with the first text that needs it. Where
        there is a `scheduler` (``tcp://host:8786``), the workers of its cluster parse.
        """
        self._equipment = Equipment(vocabulary, pipeline, cache, at_once=at_once and scheduler is None)
        self._cluster = Cluster(scheduler, recipe(vocabulary, pipeline)) if scheduler else None
        self._max_file = max_file
        self.vocabulary = self._equipment.vocabulary
        self.version = self._equipment.version

    @property
    def extractor(self) -> Extractor:
        """What finds everything in a text; raises `LoadError` where the pipeline was not needed before and can't be loaded."""
        return self._equipment.extractor()

    def read(self, places: Iterable[Place]) -> Texts:
        """Read files, folders of ``.txt`` files, and files with a text a line, by path or by URL.

        A text of the same name as an earlier one is left out, and so is one of the same bytes with the same title, publisher
        and date beside them. Raises `LoadError` for a path that doesn't exist and for what can't be listed or opened.
        """
        texts: list[Text] = []
        rejected: list[Rejected] = []
        named: dict[str, Text] = {}
        keyed: dict[str, Text] = {}
        for text in chain.from_iterable(map(self._read, places)):
            if isinstance(text, Rejected):
                rejected.append(text)
            elif twin := keyed.get(text.key) or named.get(text.id):
                rejected.append(_repeated(text, twin))
            else:
                texts.append(text)
                named[text.id] = keyed[text.key] = text
        return Texts(tuple(texts), tuple(rejected))

    def load(self, texts: Texts, corrections: Corrections = NONE, processes: int | None = None) -> Loaded:
        """Extract every text and build the record, telling the log what was read, left out, corrected or doubtful.

        So many `processes` parse, one a core unless said, or the cluster's workers; a text whose parsing fails is left out.
        Raises `LoadError` where a process was ended from outside, and where the cluster can't parse.
        """
        start = time.perf_counter()
        tell_texts(texts.texts, texts.rejected)
        kept = self._equipment.kept
        try:
            parsed = parse(texts.texts, self._equipment.extractor, kept, processes, self._cluster)
        except ProcessEndedError as error:
            raise LoadError(_ENDED + (_KEPT if kept else _LOST)) from error
        except ClusterError as error:
            message = f"{error}{_KEPT if kept else _LOST}"
            raise LoadError(message) from error
        tell_rejected(parsed.failed)
        rejected = (*texts.rejected, *parsed.failed)
        corpus = build(parsed.extracted, rejected, self.vocabulary, self.version, corrections)
        tell_account(corpus.account)
        seconds = round(time.perf_counter() - start, 3)
        log.info(
            "parsed",
            sources=len(corpus.sources),
            statements=len(corpus.statements),
            events=len(corpus.events),
            seconds=seconds,
            corpus=corpus.version,
        )
        return Loaded(corpus, parsed.extracted, seconds)

    def posted(self, text: str, title: str | None, published: str | None) -> Corpus:
        """Make the record of one posted text; `published` is EDTF. Raises `TextsError` where it holds no article.

        For one thread at a time. Raises `UnreadyError` where the pipeline was not needed before and can't be loaded.
        """
        read = read_posted(text, self.vocabulary.furniture, title=title, published=published)
        try:
            extractor = self.extractor
        except LoadError as error:
            raise UnreadyError(str(error)) from error
        return build([extractor.extract(read)], [], self.vocabulary, self.version)

    def _read(self, where: Place) -> Iterator[Text | Rejected]:
        known = self._equipment.kept.text if self._equipment.kept else nothing_known
        try:
            yield from read_place(where, self.vocabulary.furniture, max_bytes=self._max_file, known=known)
        except TextsError as error:
            raise LoadError(str(error)) from error


def make_loader(settings: Settings, *, at_once: bool = True, scheduler: str | None = None) -> Loader:
    """Make the loader that `settings` ask for, without the pipeline unless `at_once`; raise `LoadError`.

    Where there is a `scheduler`, the workers of its cluster parse.
    """
    return Loader(
        settings.vocabulary,
        settings.pipeline,
        max_file=settings.max_file,
        cache=settings.cache,
        at_once=at_once,
        scheduler=scheduler,
    )


def load_corrections(settings: Settings) -> Corrections:
    """Read the corrections that `settings` name, none where they name no file; raise `LoadError`."""
    if settings.corrections is None:
        return NONE
    try:
        return read_corrections(settings.corrections)
    except CorrectionsError as error:
        message = f"ONRECORD_CORRECTIONS: {error}"
        raise LoadError(message) from error


def _repeated(text: Text, twin: Text) -> Rejected:
    shared, mend = "bytes", "remove one of the two"
    if text.key != twin.key:
        shared, mend = "name", "rename one of the two, or give it another `id` where it is a line of a file"
    elif text.beside is not None:
        shared = "text, title, publisher and date"
    return Rejected(text.file or text.id, f"it has the same {shared} as another text, {twin.file}", mend)


def refuse_rejected(rejected: Iterable[Rejected]) -> None:
    """Raise `LoadError` where a text was left out, as strictness asks for."""
    told = [f"{one.file}: {one.reason}, {one.mend}" for one in rejected if not one.aside]
    if told:
        message = f"ONRECORD_STRICT is set and texts were rejected: {'; '.join(told)}"
        raise LoadError(message)


def refuse_nothing(texts: Texts) -> None:
    """Raise `LoadError` where there was no text at all, as strictness asks for."""
    if not texts.texts:
        message = "ONRECORD_STRICT is set and ONRECORD_TEXTS holds no text; let it name what does"
        raise LoadError(message)


def refuse_misfits(misfits: Iterable[Misfit]) -> None:
    """Raise `LoadError` where a correction does not fit, as strictness asks for."""
    told = [_misfit(one) for one in misfits]
    if told:
        message = f"ONRECORD_STRICT is set and corrections do not fit: {'; '.join(told)}"
        raise LoadError(message)


def _misfit(one: Misfit) -> str:
    near = f" ({', '.join(one.near)})" if one.near else ""
    return f"line {one.line}: {one.statement}: {one.reason}; {one.mend}{near}"
