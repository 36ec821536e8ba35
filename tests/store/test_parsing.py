from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

import pytest
from structlog.testing import capture_logs

from service.extract.processes import ProcessEndedError
from service.store.folder import Folder
from service.store.parsing import parse
from service.store.sealed import fingerprint
from tests.corpora import SEEDS, loaded, loader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from service.extract.extractor import Extractor
    from service.extract.found import Extracted
    from service.model import Text

HERE = os.getpid()


class Known:
    """Stands in for an extractor: knows what the seeds say, counts what it is asked, fails and dies where it is told to."""

    def __init__(self, *, fails: Iterable[str] = (), dies: Iterable[str] = ()) -> None:
        self.found = {one.text.id: one for one in loaded(SEEDS).extracted}
        self.fails, self.dies = fails, dies
        self.asked: list[str] = []

    def extract(self, text: Text) -> Extracted:
        self.asked.append(text.id)
        if text.id in self.dies and os.getpid() != HERE:
            os._exit(9)
        if text.id in self.fails:
            message = f"what {text.id} says"
            raise LookupError(message)
        return self.found[text.id]

    @property
    def make(self) -> Callable[[], Extractor]:
        return lambda: cast("Extractor", self)


def refuse() -> Extractor:
    pytest.fail("nothing was missing")


@pytest.fixture(scope="module")
def texts() -> tuple[Text, ...]:
    return loader().read([SEEDS]).texts


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, fingerprint(["this code"]))


@pytest.mark.parametrize("processes", [1, 2, None])
def test_the_second_time_nothing_is_extracted(
    texts: tuple[Text, ...], folder: Folder, processes: int | None
) -> None:
    first = parse(texts, Known().make, folder, processes)
    assert first.extracted == loaded(SEEDS).extracted
    assert parse(texts, refuse, folder, processes) == first


def test_only_what_is_missing_is_extracted_and_the_order_stays(
    texts: tuple[Text, ...], folder: Folder
) -> None:
    parse(texts[1:4:2], Known().make, folder)
    known = Known()
    assert parse(texts, known.make, folder, 1).extracted == loaded(SEEDS).extracted
    assert known.asked == [text.id for text in (texts[0], texts[2], texts[4])]


def test_without_a_folder_everything_is_extracted(texts: tuple[Text, ...]) -> None:
    known = Known()
    assert parse(texts, known.make, None, 1).extracted == loaded(SEEDS).extracted
    assert known.asked == [text.id for text in texts]
    assert parse((), refuse).extracted == ()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_text_whose_parsing_fails_is_told_of_and_left_out(
    texts: tuple[Text, ...], folder: Folder, processes: int, capfd: pytest.CaptureFixture[str]
) -> None:
    parsed = parse(texts, Known(fails=[texts[2].id]).make, folder, processes)
    assert [one.text for one in parsed.extracted] == [*texts[:2], *texts[3:]]
    (failed,) = parsed.failed
    assert failed.file == texts[2].file
    assert "LookupError" in failed.reason
    assert f"what {texts[2].id} says" in capfd.readouterr().err
    known = Known()
    assert parse(texts, known.make, folder).failed == ()
    assert known.asked == [texts[2].id]


def test_what_was_parsed_before_a_process_was_killed_is_not_lost(
    texts: tuple[Text, ...], folder: Folder
) -> None:
    with pytest.raises(ProcessEndedError):
        parse(texts, Known(dies=[texts[-1].id]).make, folder, 2)
    kept = [text.id for text in texts if folder.get(text)]
    assert len(kept) >= len(texts) - 2  # all but the deadly one and the one that the other process was at
    known = Known()
    assert parse(texts, known.make, folder, 1).extracted == loaded(SEEDS).extracted
    assert known.asked == [text.id for text in texts if text.id not in kept]


def test_the_rate_is_told(texts: tuple[Text, ...], folder: Folder) -> None:
    with capture_logs() as logs:
        parse(texts[1:], Known().make, folder, 2)
        parse(texts, Known().make, folder, 2)
    assert [line["event"] for line in logs] == ["extracted", "kept"] * 2
    first, _, second, kept = logs
    assert (first["texts"], first["processes"]) == (4, 2)
    assert first["words_per_second"] > first["texts_per_second"] > 0
    assert (second["texts"], second["processes"]) == (1, 1)
    assert (kept["texts"], kept["missing"]) == (4, 1)
