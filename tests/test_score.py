from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from service.dates import parse_edtf
from service.model import Kind, Named
from service.scoring.comparing import Names, date_fits, overlap, points
from service.scoring.references import ReferencesError, read_references, reference
from service.scoring.score import Score, score
from service.scoring.tally import NAMES, Tally
from service.vocabulary import read_vocabulary
from tests.sample import ADA, BO, make_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from service.model import Corpus, Date, Event, Span, Statement

CORPUS: Final = make_corpus()
VOCABULARY: Final = read_vocabulary()
BRIDGE: Final = "bridge-opening"
Members = dict[str, Any]


def pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def accepted(date: Date | None) -> list[Members]:
    if date is None:
        return []
    return [{"start": date.start.isoformat(), "end": date.end.isoformat(), "precision": date.precision}]


def of_statement(statement: Statement) -> Members:
    via = [named.name for named in statement.via]
    return {
        "id": statement.id,
        "required": True,
        "kind": str(statement.kind),
        "speakers": [party.name for party in statement.speakers],
        "also_accepted_speakers": [],
        "content": pairs(statement.content),
        "alternative_content": None,
        "quotes": pairs(statement.quotes),
        "dates_accepted": accepted(statement.date),
        "via": via,
        "via_allowed": via,
        "topics": {"required": list(statement.topics), "allowed": list(statement.topics)},
    }


def of_event(event: Event, source: str) -> Members:
    names = [party.name for party in event.participants]
    return {
        "id": event.id,
        "required": True,
        "title": event.title,
        "types_accepted": [event.type],
        "dates_accepted": accepted(event.date),
        "participants": {"required": names, "allowed": names},
        "mentions": pairs(tuple(mention.span for mention in event.mentions if mention.source == source)),
    }


def perfect(source: str = BRIDGE, published: str = "2014-02-14") -> Members:
    """Make the reference that the sample's record of `source` meets in everything."""
    served = next(one for one in CORPUS.sources if one.id == source)
    return {
        "file": served.file,
        "source": {
            "title": served.title,
            "publisher": served.publisher.name if served.publisher else "Nobody",
            "publisher_basis": "stated" if served.publisher else "unstated",
            "authors": list(served.authors),
            "published": {"date": published},
        },
        "statements": [of_statement(one) for one in CORPUS.statements if one.source == source],
        "events": [of_event(one, source) for one in CORPUS.events if source in one.sources],
    }


def scored(*references: Members, corpus: Corpus = CORPUS) -> Score:
    return score(corpus, [reference(one) for one in references], VOCABULARY)


def with_first(change: Callable[[Statement], Statement]) -> Corpus:
    """Give the sample with its first statement of the bridge changed."""
    first = next(statement for statement in CORPUS.statements if statement.source == BRIDGE)
    return replace(CORPUS, statements=tuple(change(s) if s is first else s for s in CORPUS.statements))


@pytest.mark.parametrize("source", [BRIDGE, "retold-strike"])
def test_a_record_that_meets_everything(source: str) -> None:
    result = scored(perfect(source))
    exceptions = {"sources.date"} if source != BRIDGE else set()
    assert {name for name, value in result.figures.items() if value not in (1.0, None)} == exceptions
    assert tuple(result.figures) == NAMES


def test_a_missing_statement_costs_recall() -> None:
    served = [statement for statement in CORPUS.statements if statement.source == BRIDGE]
    short = replace(CORPUS, statements=tuple(s for s in CORPUS.statements if s is not served[1]))
    result = scored(perfect(), corpus=short)
    assert result.figures["statements.recall"] == 1 - 1 / len(served)
    assert result.figures["statements.recall.direct"] == 0
    assert result.figures["statements.recall.other"] == 1
    assert result.figures["statements.precision"] == 1
    assert result.figures["statements.f1"] == pytest.approx(2 * 0.75 / 1.75)
    assert any("missed" in miss and "We shall open it on time," in miss for miss in result.misses)


def test_a_second_serving_costs_precision() -> None:
    first = next(statement for statement in CORPUS.statements if statement.source == BRIDGE)
    result = scored(
        perfect(), corpus=replace(CORPUS, statements=(*CORPUS.statements, replace(first, id="b")))
    )
    assert result.figures["statements.precision"] == 4 / 5
    assert result.figures["statements.recall"] == 1
    assert any("surplus statement" in miss for miss in result.misses)


def test_what_is_not_required_costs_nothing_either_way() -> None:
    expected = perfect()
    expected["statements"][0]["required"] = False
    assert scored(expected).figures["statements.precision"] == 1
    without = replace(
        CORPUS, statements=tuple(s for s in CORPUS.statements if s.id != expected["statements"][0]["id"])
    )
    assert scored(expected, corpus=without).figures["statements.recall"] == 1


@pytest.mark.parametrize(("kept", "found"), [(0.85, True), (0.75, False)])
def test_content_must_overlap(kept: float, found: bool) -> None:  # noqa: FBT001 - a parameter of the test
    expected = perfect()
    start, end = expected["statements"][0]["content"][0]
    expected["statements"][0]["content"] = [[start, start + round((end - start) * kept)]]
    assert (scored(expected).figures["statements.recall"] == 1) is found


def test_alternative_content_is_right_too() -> None:
    expected = perfect()
    expected["statements"][0]["alternative_content"] = expected["statements"][0]["content"]
    expected["statements"][0]["content"] = [[0, 5]]
    assert scored(expected).figures["statements.recall"] == 1


def test_a_wrong_speaker_is_no_find_and_a_list_of_names_no_answer() -> None:
    for speakers in ((BO,), (ADA, BO), ()):
        changed = with_first(lambda statement, given=speakers: replace(statement, speakers=given))  # type: ignore[misc]
        assert scored(perfect(), corpus=changed).figures["statements.recall"] == 0.75


def test_a_speaker_who_is_also_accepted() -> None:
    expected = perfect()
    expected["statements"][0]["also_accepted_speakers"] = ["the mayor Bo Sample"]
    changed = with_first(lambda statement: replace(statement, speakers=(BO,)))
    result = scored(expected, corpus=changed)
    assert result.figures["statements.recall"] == 1
    assert result.figures["statements.speakers"] == 1


def test_one_of_two_joint_speakers_is_half_an_answer() -> None:
    expected = perfect()
    expected["statements"][0]["speakers"] = [ADA.name, BO.name]
    result = scored(expected)
    assert result.figures["statements.recall"] == 1
    assert result.figures["statements.speakers"] == 0.75


@pytest.mark.parametrize(
    ("figure", "change"),
    [
        ("statements.kind", lambda s: replace(s, kind=Kind.DIRECT)),
        ("statements.date", lambda s: replace(s, date=parse_edtf("2014-02-13"))),
        ("statements.date", lambda s: replace(s, date=None)),
        ("statements.via", lambda s: replace(s, via=(Named("x", "Daily Sample"),))),
        ("topics.precision", lambda s: replace(s, topics=(*s.topics, "syria"))),
        ("topics.recall", lambda s: replace(s, topics=())),
    ],
)
def test_each_fact_has_its_figure(figure: str, change: Callable[[Statement], Statement]) -> None:
    before, after = scored(perfect()).figures, scored(perfect(), corpus=with_first(change)).figures
    fallen = {name for name in NAMES if (after[name] or 0) < (before[name] or 0)}
    assert fallen == {figure} | ({"topics.f1"} if figure.startswith("topics") else set())


def test_quotes_must_be_exact() -> None:
    corpus = replace(CORPUS, statements=tuple(replace(s, quotes=()) for s in CORPUS.statements))
    assert scored(perfect(), corpus=corpus).figures["statements.quotes"] == 0


def test_events_by_type_and_words() -> None:
    expected = perfect()
    expected["events"][0]["types_accepted"] = ["execution"]
    result = scored(expected)
    assert result.figures["events.recall"] == result.figures["events.precision"] == 0
    assert any("missed event" in miss for miss in result.misses)
    assert any("surplus event" in miss for miss in result.misses)


def test_an_event_goes_by_the_date_that_its_source_tells() -> None:
    expected = perfect()
    expected["events"][0]["dates_accepted"] = [{"start": "2014-06", "end": "2014-06", "precision": "month"}]
    assert scored(expected).figures["events.date"] == 0
    events = tuple(
        replace(event, mentions=tuple(replace(m, date=parse_edtf("2014-06-03")) for m in event.mentions))
        for event in CORPUS.events
    )
    assert scored(expected, corpus=replace(CORPUS, events=events)).figures["events.date"] == 1


def test_participants_must_be_complete_and_accepted_by_some_source() -> None:
    market, strike = perfect("market day é"), perfect("retold-strike")
    for expected in (market, strike):
        expected["events"] = [event for event in expected["events"] if event["id"] == "market-99-120"]
    strike["events"][0]["participants"] = {"required": [ADA.name], "allowed": [ADA.name]}
    assert scored(strike).figures["events.participants"] == 0
    assert scored(market, strike).figures["events.participants"] == 1
    strike["events"][0]["participants"]["required"] = ["Sweden"]
    assert scored(market, strike).figures["events.participants"] == 0.5


def test_a_long_mention_tells_no_event() -> None:
    long = [
        replace(
            event, mentions=tuple(replace(m, span=replace(m.span, start=0, end=401)) for m in event.mentions)
        )
        for event in CORPUS.events
    ]
    assert scored(perfect(), corpus=replace(CORPUS, events=tuple(long))).figures["events.recall"] == 0


def test_facts_of_sources() -> None:
    expected = perfect("market day é", published="2014-03-01")
    assert scored(expected).figures["sources.date"] == 0.5
    expected["source"] |= {"title": "Another", "publisher": "Another", "authors": []}
    figures = scored(expected).figures
    assert [figures[f"sources.{name}"] for name in ("title", "publisher", "authors")] == [0, 0, 0]
    assert scored(perfect("quota-dispute")).figures["sources.publisher"] == 1
    assert scored(perfect("quota-dispute")).figures["sources.date"] == 0


def test_a_text_that_is_not_served() -> None:
    figures = scored(perfect() | {"file": "elsewhere.txt"}).figures
    assert figures["statements.recall"] == figures["events.recall"] == figures["sources.title"] == 0
    assert figures["statements.precision"] is None
    assert figures["statements.f1"] is None


# the parts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("US", "the United States", True),
        ("PRC", "China", True),
        ("Xinhua", "Xinhua News Agency", True),
        ("Kim Jong-un", "Kim Jong Un", True),
        ("President Ada Example", "Ada Example", True),
        ("a State Department official", "State Department official", True),
        ("Example", "Ada Example", False),
        ("North Korea", "South Korea", False),
        ("Ada Example", "Bo Example", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert Names(VOCABULARY).same(one, other) is same
    assert Names(VOCABULARY).same(other, one) is same


def test_overlap() -> None:
    assert overlap(points([(0, 10)]), points([(5, 15)])) == 5 / 15
    assert overlap(points([(0, 4), (6, 10)]), points([(0, 10)])) == 8 / 10
    assert overlap(points([]), points([])) == 0


@pytest.mark.parametrize(
    ("served", "right", "fits"),
    [
        ("2014-02-14", ["2014-02"], True),
        ("2014-02", ["2014-02-14"], False),
        ("2014-02", ["2013", "2014-01/2014-03"], True),
        (None, ["2014"], False),
        (None, [], True),
        ("2014", [], True),
        ("2014-02-14", [], False),
    ],
)
def test_dates(served: str | None, right: list[str], fits: bool) -> None:  # noqa: FBT001 - a parameter of the test
    date = parse_edtf(served) if served else None
    assert date_fits(date, [parse_edtf(one) for one in right]) is fits


def test_harmonic_mean_of_nothing_right() -> None:
    tally = Tally()
    tally.count("topics.precision", 0, 3)
    tally.count("topics.recall", 0, 2)
    assert tally.figures()["topics.f1"] == 0


# reading references ---------------------------------------------------------------------------------------------------


def test_references_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name, source in (("b", BRIDGE), ("a", "retold-strike")):
        (tmp_path / f"{name}.json").write_text(json.dumps(perfect(source)), encoding="utf-8")
    assert [one.file for one in read_references(tmp_path)] == ["retold-strike.txt", "bridge-opening.txt"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "Expecting"),
        ("[]", "list"),
        (json.dumps(perfect() | {"source": {}}), "'title' is missing"),
        (
            json.dumps({key: value for key, value in perfect().items() if key != "events"}),
            "'events' is missing",
        ),
        (json.dumps(perfect(published="soon")), "soon"),
        (json.dumps(perfect() | {"events": [{**perfect()["events"][0], "mentions": [[1]]}]}), "unpack"),
    ],
)
def test_a_reference_that_cannot_be_used_is_named(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "wrong.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReferencesError, match=r"wrong\.json") as raised:
        read_references(tmp_path)
    assert told in str(raised.value)


def test_no_references(tmp_path: Path) -> None:
    with pytest.raises(ReferencesError, match="no reference files"):
        read_references(tmp_path)
