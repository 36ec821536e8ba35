"""The whole chain held to account: how right the record of the texts is that people have annotated."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.model import Basis
from service.scoring.references import read_references
from service.scoring.score import score
from service.texts.read import TextsError
from tests.corpora import GOLD, ORIGINALS, ORIGINALS_GOLD, SEEDS, loaded, loader, scored
from tests.renaming import CASTS, Renaming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.model import Corpus, Span

LEAST: Final = {
    "sources.title": 1.0,
    "sources.publisher": 1.0,
    "sources.authors": 1.0,
    "sources.date": 0.9,
    "statements.precision": 0.90,
    "statements.recall": 0.90,
    "statements.kind": 0.95,
    "statements.quotes": 0.95,
    "statements.date": 0.90,
    "statements.via": 0.90,
    "topics.f1": 0.85,
    "events.precision": 0.75,
    "events.recall": 0.80,
    "events.date": 0.85,
    "events.participants": 0.80,
}
"""What the record must reach, by figure."""

CHANGE: Final = 0.03
"""By how much a figure may change with everybody's name."""

FOLDERS: Final = [
    pytest.param(SEEDS, GOLD, id="seeds"),
    pytest.param(
        ORIGINALS,
        ORIGINALS_GOLD,
        id="originals",
        marks=pytest.mark.skipif(
            not ORIGINALS.is_dir(),
            reason="the original articles are not kept with the project and were not found beside it",
        ),
    ),
]

each_folder = pytest.mark.parametrize(("texts", "references"), FOLDERS)


@each_folder
@pytest.mark.parametrize("figure", LEAST)
def test_the_record_is_right(texts: Path, references: Path, figure: str) -> None:
    result = scored(texts, references)
    value = result.figures[figure]
    assert value is not None
    assert value >= LEAST[figure], "\n".join(result.misses)


@each_folder
@pytest.mark.parametrize("cast", ["english", "words", "particles", "korean", "arabic", "single"])
def test_nothing_hangs_on_a_known_name(texts: Path, references: Path, cast: str, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "references").mkdir()
    for path in sorted(references.glob("*.json")):
        _rename(path, texts, tmp_path, CASTS[cast])
    record = loader().load(loader().read([tmp_path / "texts"])).corpus
    result = score(record, read_references(tmp_path / "references"), loader().vocabulary)
    before = scored(texts, references).figures
    changes = {name: (before[name] or 0.0, result.figures[name] or 0.0) for name in LEAST}
    far = {name: pair for name, pair in changes.items() if abs(pair[0] - pair[1]) > CHANGE + 1e-9}
    assert far == {}, "\n".join(result.misses)


def _rename(path: Path, texts: Path, target: Path, cast: Renaming) -> None:
    """Write a reference and its text with invented names; a text without front matter gets its date of publication."""
    reference = json.loads(path.read_text(encoding="utf-8"))
    assert set(reference["people"]) <= cast.people
    text = (texts / reference["file"]).read_bytes().decode()
    head = f"---\npublished: {reference['source']['published']['date']}\n---\n"
    head = "" if text.startswith("---") else head
    (target / "texts" / reference["file"]).write_bytes((head + cast.renamed(text)).encode())
    other = cast.move_reference(reference, cast.moved(text, head)) | {"file": reference["file"]}
    (target / "references" / path.name).write_text(json.dumps(other), encoding="utf-8")


@each_folder
@pytest.mark.parametrize("cast", CASTS.values(), ids=CASTS)
def test_renaming_moves_a_reference_with_its_words(texts: Path, references: Path, cast: Renaming) -> None:
    for path in references.glob("*.json"):
        reference = json.loads(path.read_text(encoding="utf-8"))
        text = (texts / reference["file"]).read_bytes().decode()
        move, other = cast.moved(text, "head"), "head" + cast.renamed(text)
        for statement in reference["statements"]:
            for start, end in statement["content"]:
                words = cast.renamed(text[start:end])
                assert other[move(start) + 1 : move(end)] == words[1:]
                assert other[move(start)].casefold() == words[0].casefold()


@pytest.mark.parametrize("cast", CASTS.values(), ids=CASTS)
def test_a_misspelled_name_stays_misspelled(cast: Renaming) -> None:
    name, misspelled = cast.renamed("At Yun Byung-se"), cast.renamed("At Yun Byung-sen")
    assert misspelled[:-1] == name


@each_folder
def test_every_span_holds_its_words(texts: Path, references: Path) -> None:
    del references
    corpus = loaded(texts).corpus
    assert len(list(spans(corpus))) > 100
    for source, span in spans(corpus):
        assert corpus.texts[source].decoded[span.start : span.end] == span.text


PIECES = st.sampled_from(
    (
        "“We will come,” Ada Example said on Friday. “And stay.”",
        "The minister told reporters in Oslo that talks\n",
        "HARBOURTOWN, Norway — ",
        "‘‘It is done,’’ he added.\n\n",
        '"Never," she said; “nobody knows"',
        "According to the Daily Sample, ",
        "Mr. Sample, the mayor, and Di Probe agreed ",
        "🐟 é ",
        "\r\n\r\n",
        "Sign up for our newsletter\n",
        "By Cy Muster\n",
        "---\n",
        "“",
        "”",
        "'",
    )
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join))
def test_every_span_of_any_text_holds_its_words(text: str) -> None:
    try:
        corpus = loader().posted(text, None, None)
    except TextsError:
        return
    for source, span in spans(corpus):
        assert corpus.texts[source].decoded[span.start : span.end] == span.text


def spans(corpus: Corpus) -> Iterator[tuple[str, Span]]:
    for source in corpus.sources:
        yield from ((source.id, span) for span in source.published_evidence)
        if source.publisher and source.publisher.evidence:
            yield source.id, source.publisher.evidence
    for statement in corpus.statements:
        optional = (statement.mention, statement.cue)
        found = (*statement.content, *statement.quotes, statement.context, *(one for one in optional if one))
        yield from ((statement.source, span) for span in found)
    for event in corpus.events:
        yield from ((mention.source, mention.span) for mention in event.mentions)


@pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason="the original articles are not kept with the project and were not found"
)
def test_texts_that_tell_the_same_event_date_each_other(tmp_path: Path) -> None:
    sources = loaded(ORIGINALS).corpus.sources
    printed = {s.id: s.published for s in sources if s.published and s.published.basis is Basis.STATED}
    assert printed
    for source in sources:
        data = (ORIGINALS / f"{source.id}.txt").read_bytes()
        for span in source.published_evidence if source.id in printed else ():
            data = data.replace(span.text.encode(), b"")
        (tmp_path / f"{source.id}.txt").write_bytes(data)
    again = {s.id: s.published for s in loader().load(loader().read([tmp_path])).corpus.sources}
    for name, date in printed.items():
        found = again[name]
        assert found is not None
        assert (found.edtf, found.basis) == (date.edtf, Basis.INFERRED)
