from __future__ import annotations

from array import array

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.ids import Ids, OwnNames
from service.query.names import Entry, Names
from service.query.pieces import Pieces

NAMES = st.text(min_size=1, max_size=8)


def records(ids: list[str]) -> Pieces:
    return Pieces.of(orjson.dumps({"id": each, "text": f'"id":"{each[::-1]}"'}) for each in ids)


@given(st.lists(st.binary(max_size=9)))
def test_pieces_come_back(pieces: list[bytes]) -> None:
    made = Pieces.of(pieces)
    assert [*made] == pieces
    assert made[:] == pieces
    assert made[::-2] == pieces[::-2]
    assert made.blob == b"".join(piece + b"\n" for piece in pieces)
    assert [*Pieces(made.blob, array("Q", made.ends))] == pieces
    for number in range(-len(pieces), len(pieces)):
        assert made[number] == pieces[number]
    with pytest.raises(IndexError):
        made[len(pieces)]


@pytest.mark.parametrize("blob", [b"", b"ab", b"ab\ncd", b"ab\ncd\n\n"])
def test_a_blob_of_another_length_is_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="the pieces end at another place"):
        Pieces(blob, Pieces.of([b"ab", b"cd"])._ends)


@given(st.lists(NAMES, unique=True), NAMES)
def test_each_id_leads_to_its_row_and_no_other_does(ids: list[str], other: str) -> None:
    made = Ids.of(records(ids))
    assert [*made] == ids
    assert made[1:] == ids[1:]
    assert [made.get(each) for each in ids] == [*range(len(ids))]
    assert made.get(other) == (ids.index(other) if other in ids else None)
    again = Ids(records(ids), array("I", made.by_id))
    assert [again.get(each) for each in ids] == [*range(len(ids))]


def test_an_id_that_two_records_have_is_refused() -> None:
    with pytest.raises(ValueError, match="two records have the same id"):
        Ids.of(records(["a", "b", "a"]))


def test_records_begin_with_their_ids() -> None:
    with pytest.raises(ValueError, match="the record in row 0 does not begin with its id"):
        Ids.of(Pieces.of([b'{"name":"a","id":"b"}']))


STATEMENTS = [
    f"{source}.s{start}-{start + 9}"
    for source in ("harbour-news", "market-day")
    for start in range(0, 900, 9)
]
OWN = OwnNames(
    Ids.of(records(STATEMENTS)), Names.of([Entry("harbour-news", "News"), Entry("market-day", "Day")])
)


def test_records_go_by_their_ids() -> None:
    assert OWN.resolve("harbour-news.s9-18") == ("harbour-news.s9-18",)
    assert OWN.name("harbour-news.s9-18") == "harbour-news.s9-18"
    with pytest.raises(KeyError):
        OWN.name("harbour-news.s9-19")


@pytest.mark.parametrize("asked", ["Harbour-News.s9-18", "harbour news.s9-18", "News.s9-18"])
def test_a_spelling_variant_of_an_id_is_known(asked: str) -> None:
    assert "harbour-news.s9-18" in (*OWN.resolve(asked), *OWN.near(asked))


@pytest.mark.parametrize(
    "asked", ["harbour-news.s9-19", "harbor-news.s9-18", "harbour-new.s9-18", "harbour-news.s9"]
)
def test_near_ids_are_of_the_source_that_may_be_meant(asked: str) -> None:
    assert "harbour-news.s9-18" in OWN.near(asked)


def test_nothing_is_near_to_nonsense() -> None:
    assert OWN.near("xyzzy") == ()
    assert OWN.near("") == ()
