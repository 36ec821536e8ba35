from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.ask import Request, answer
from service.query.highlight import highlights
from service.query.search import Field, Search
from service.query.words import Term, parse_words
from tests.sample import index_of, make_corpus

TEXTS = (
    "Sanctions on the North 🙂 are naïve, the envoy said; six-party talks may resume",
    "Talks with all six parties, a party said",
    "Deploying <b>missiles</b> & more",
    "",
)


def search_of(*texts: str) -> Search:
    return Search.of([Field("text", 1, "text")], ({"text": text or None} for text in texts))


SEARCH = search_of(*TEXTS)
INDEX = index_of(make_corpus())


@pytest.mark.parametrize(
    ("q", "rows"),
    [
        ("sanction", {0}),
        ("SANCTIONED", {0}),
        ("naive", {0}),
        ("talk party", {0, 1}),
        ('"six party talks"', {0}),
        ("six-party", {0, 1}),
        ("“six party talks", {0}),
        ("talks -sanctions", {1}),
        ("-talks", {2, 3}),
        ('talks -"party talks"', {1}),
        ("mis*", {2}),
        ("depl* miss*", {2}),
        ("missi", set()),
        ("talks -naïv*", {1}),
        ("six-par*", {0, 1}),
        ("talks talks talks", {0, 1}),
        ("OR", set()),
        ("envoy AND said", set()),
        ("🙂", set()),
        ('* - -- "" “', set()),
    ],
)
def test_what_a_query_finds(q: str, rows: set[int]) -> None:
    assert set(SEARCH.find(q).rows) == rows


def test_terms() -> None:
    assert parse_words('a "b c" -d e* -"f g" -h* "i') == (
        Term("a"),
        Term("b c"),
        Term("d", excluded=True),
        Term("e", prefix=True),
        Term("f g", excluded=True),
        Term("h", prefix=True, excluded=True),
        Term("i"),
    )


@given(st.text(max_size=60))
def test_every_string_is_a_query(q: str) -> None:
    found = SEARCH.find(q)
    for row in found.rows:
        highlights(SEARCH, found, {"text": TEXTS[row]})


@given(st.text(alphabet='ab*-" \0🙂“”(){}[]:^~\\/+!', max_size=30))
def test_no_punctuation_breaks_a_query(q: str) -> None:
    assert set(SEARCH.find(q).rows) <= set(range(len(TEXTS)))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=12))
def test_marks_lie_in_their_passage_and_do_not_overlap(texts: list[str], q: str) -> None:
    search = search_of(*texts)
    found = search.find(q)
    for row in found.rows:
        for highlight in highlights(search, found, {"text": texts[row]}):
            ends = [end for mark in highlight.marks for end in mark]
            assert ends == sorted(ends)
            assert ends[-1] <= len(texts[row])
            assert all(start < end for start, end in highlight.marks)


def test_marks_count_code_points() -> None:
    found = SEARCH.find("envoy naive")
    (highlight,) = highlights(SEARCH, found, {"text": TEXTS[0]})
    assert [TEXTS[0][start:end] for start, end in highlight.marks] == ["naïve", "envoy"]
    assert highlight.html == (
        "Sanctions on the North 🙂 are <mark>naïve</mark>, the <mark>envoy</mark> said; six-party talks may resume"
    )


def test_excerpts_are_escaped() -> None:
    found = SEARCH.find("missiles")
    (highlight,) = highlights(SEARCH, found, {"text": TEXTS[2]})
    assert highlight.html == "Deploying &lt;b&gt;<mark>missiles</mark>&lt;/b&gt; &amp; more"


def test_a_long_passage_is_cut_at_words() -> None:
    text = "first " * 200 + "needle " + "last " * 200
    search = search_of(text)
    (highlight,) = highlights(search, search.find("needle"), {"text": text})
    assert highlight.html.startswith("… first")
    assert highlight.html.endswith("last …")
    assert "<mark>needle</mark>" in highlight.html
    assert unescape(re.sub("</?mark>|… | …", "", highlight.html)) in text


def test_excluded_words_are_not_marked() -> None:
    found = SEARCH.find("talks -sanctions")
    (highlight,) = highlights(SEARCH, found, {"text": TEXTS[1]})
    assert [TEXTS[1][start:end] for start, end in highlight.marks] == ["Talks"]


def test_a_find_in_what_was_said_ranks_above_one_in_its_surroundings() -> None:
    rows = answer(INDEX.statements, Request(words="bridge")).rows
    shown = [INDEX.statements.shown(row) for row in rows]
    assert "bridge" in shown[0]["text"]
    assert any("bridge" not in record["text"] for record in shown)


def test_sources_are_found_by_their_text_but_not_by_page_furniture() -> None:
    assert answer(INDEX.sources, Request(words="trucks")).total == 1
    assert answer(INDEX.sources, Request(words="newsletter")).total == 0


def test_offsets_in_a_source_are_those_of_its_text() -> None:
    corpus = make_corpus()
    found = answer(INDEX.sources, Request(words="muster"))
    (row,) = found.rows
    assert found.found is not None
    marks = {h.path: h.marks for h in highlights(INDEX.sources.search, found.found, INDEX.sources.shown(row))}
    decoded = corpus.texts[INDEX.sources.ids[row]].decoded
    assert [decoded[start:end] for start, end in marks["text"]] == ["Muster", "Muster"]


def test_the_same_rows_rank_the_same_each_time() -> None:
    again = index_of(make_corpus())
    for q in ("the", "said", "bridge", "qu*"):
        assert (
            answer(INDEX.statements, Request(words=q)).rows == answer(again.statements, Request(words=q)).rows
        )
