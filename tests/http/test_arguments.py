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
