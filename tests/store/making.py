"""Parsed texts made up: whatever the types allow, with every range inside its text and every index leading somewhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from service.extract.expressions import Part, TimeExpression, TimeKind
from service.extract.found import (
    Entity,
    Extracted,
    FoundEvent,
    FoundMention,
    FoundStatement,
    PublisherFound,
    SourceFacts,
)
from service.model import Basis, Block, FrontMatter, Kind, RetoldFrom, Role, SpeakerType, Status, Text

if TYPE_CHECKING:
    from service.extract.found import Range

words = st.text(max_size=12)
maybe_words = st.none() | words
many_words = st.lists(words, max_size=3).map(tuple)
whole = st.integers(-(2**63), 2**63 - 1)
maybe_whole = st.none() | whole
retellings = st.builds(RetoldFrom, maybe_words, maybe_words, many_words, maybe_words)
fronts = st.builds(FrontMatter, whole, maybe_words, authors=many_words, retold_from=st.none() | retellings)


@st.composite
def parsed(draw: st.DrawFn) -> Extracted:
    """Make what an extractor might have found."""
    decoded = draw(st.text(min_size=1, max_size=60))
    offset = st.integers(0, len(decoded))
    ranges: st.SearchStrategy[Range] = st.tuples(offset, offset).map(lambda pair: (min(pair), max(pair)))
    several = st.lists(ranges, max_size=3).map(tuple)
    some = st.lists(ranges, min_size=1, max_size=3).map(tuple)
    times = st.builds(
        TimeExpression,
        offset,
        offset,
        words,
        st.sampled_from(TimeKind),
        edtf=maybe_words,
        count=maybe_whole,
        exact=st.booleans(),
        part=st.none() | st.sampled_from(Part),
    ).filter(lambda time: time.start <= time.end)
    entities = draw(
        st.lists(
            st.builds(
                Entity,
                words,
                st.sampled_from(SpeakerType),
                maybe_words,
                maybe_words,
                maybe_words,
                many_words,
                several,
            ),
            max_size=3,
        )
    )
    indexes = (
        st.lists(st.sampled_from(range(len(entities))), max_size=2).map(tuple) if entities else st.just(())
    )
    mentions = st.builds(FoundMention, ranges, st.none() | times)
    events = draw(
        st.lists(
            st.builds(
                FoundEvent,
                words,
                words,
                st.sampled_from(Status),
                maybe_words,
                indexes,
                many_words,
                st.lists(mentions, min_size=1, max_size=2).map(tuple),
                maybe_words,
                st.booleans(),
            ),
            max_size=3,
        )
    )
    maybe_range = st.none() | ranges
    statements = st.builds(
        FoundStatement,
        st.sampled_from(Kind),
        some,
        several,
        maybe_range,
        maybe_range,
        indexes,
        indexes,
        maybe_range,
        maybe_range,
        st.none() | times,
        ranges,
        many_words,
        st.floats(allow_nan=False),
        st.none() | st.sampled_from(range(len(events))) if events else st.none(),
    )
    publishers = st.builds(PublisherFound, words, st.sampled_from(Basis), maybe_range)
    return Extracted(
        Text(
            draw(words),
            draw(maybe_words),
            decoded,
            hashlib.sha256(decoded.encode()).hexdigest(),
            draw(words),
            tuple(Block(draw(st.sampled_from(Role)), *one) for one in draw(several)),
            draw(st.none() | fronts),
            draw(many_words),
            draw(words),
        ),
        draw(
            st.builds(
                SourceFacts,
                maybe_words,
                st.none() | publishers,
                many_words,
                maybe_words,
                words,
                whole,
                st.none() | times,
            )
        ),
        tuple(entities),
        tuple(draw(st.lists(statements, max_size=3))),
        tuple(events),
        tuple(draw(st.lists(times, max_size=3))),
    )
