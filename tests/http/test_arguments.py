from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.http.arguments import Reader
from service.http.problems import Problem
from service.http.resources.statements import PARAMETERS

if TYPE_CHECKING:
    from service.http.arguments import Arguments
    from service.http.problems import Fault

READER: Final = Reader(PARAMETERS)
PIECES: Final = (
    b"speaker=ada",
    b"speaker=bo,%22Doe,%20Cy%22",
    b"sp%65aker=ada",
    b"not_topic=fish+quotas",
    b"kind=direct",
    b"kind=wrong",
    b"date=2014-02",
    b"date=March 14, 2014",
    b"from=2014",
    b"from=2013-02-30",
    b"to=2013-05-01",
    b"to=2015",
    b"min_confidence=0.5",
    b"q=%ff",
    b"q=a%",
    b"q=",
    b"limit=7",
    b"facets=topic,year",
    b"facet_limit=3",
    b"form=1",
    b"=",
    b"",
)
PADDING: Final = b"&" * 300
"""Says nothing, and makes a query too long for its pieces to be remembered."""


def read(reader: Reader, query: bytes) -> Arguments | tuple[Fault, ...]:
    try:
        return reader.arguments(query)
    except Problem as problem:
        return problem.faults


@given(st.lists(st.sampled_from(PIECES), max_size=5).map(b"&".join))
def test_pieces_are_read_alike_by_themselves_and_together(query: bytes) -> None:
    first = read(READER, query)
    assert first == read(READER, query) == read(Reader(PARAMETERS), PADDING + query)


@pytest.mark.parametrize("piece", ["q=word", "q=" + "w" * 500])
def test_what_is_remembered_is_bounded(piece: str) -> None:
    reader = Reader(PARAMETERS)
    for number in range(1000):
        reader.arguments(f"{piece}{number}".encode())
    assert reader._remembered.cache_info().currsize == (0 if len(piece) > 200 else 512)


# how much may be asked ------------------------------------------------------------------------------------------------


def fault_of(query: str) -> Fault:
    with pytest.raises(Problem) as refused:
        READER.arguments(query.encode())
    (fault,) = refused.value.faults
    return fault


def test_values_are_bounded_over_all_parameters_and_repeated_ones_count_once() -> None:
    many = ",".join(f"a{number}" for number in range(150))
    READER.arguments(f"speaker={many}&topic={many.replace(',', ',b')[:200]}".encode())
    READER.arguments(f"speaker={many},{many}&speaker={many}".encode())
    fault = fault_of(f"topic={many[:200]}&speaker={many}&not_speaker={many}")
    assert fault.name == "speaker"
    assert "at most 200 are taken" in fault.detail


def test_words_that_stand_for_many_are_bounded() -> None:
    prefixes = "+".join(f"{letter}*" for letter in "abcdefgh")
    READER.arguments(f"q={prefixes}+a**+%22b* c*%22".replace(" ", "+").replace("+a**", "").encode())
    fault = fault_of(f"q={prefixes}+-i*")
    assert fault.name == "q"
    assert "has 9 words that end in *; at most 8 are taken" in fault.detail
    assert "at most 1000 are taken" in fault_of(f"q={'+'.join(['a*'] * 500)}").detail


@pytest.mark.parametrize(
    "name", ["limit", "date", "kind", "min_confidence", "facets", "fields", "sort", "x" * 7_000]
)
def test_no_value_however_long_is_told_at_length(name: str) -> None:
    assert len(fault_of(f"{name}={'9' * 7_900}").detail) < 1_000
