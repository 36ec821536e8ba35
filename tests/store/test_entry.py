from __future__ import annotations

import hashlib
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.store import sealed
from service.store.entry import EntryError, decode, encode
from service.store.sealed import fingerprint
from service.texts.read import UnusableTextError, read_posted
from tests.corpora import SEEDS, loaded, loader
from tests.extract.test_properties import articles
from tests.store.making import parsed

if TYPE_CHECKING:
    from service.extract.found import Extracted

UNDER = fingerprint(["this code", "these words"])
HEADER = 116


@pytest.fixture(scope="module")
def seed() -> Extracted:
    return loaded(SEEDS).extracted[0]


@pytest.fixture(scope="module")
def written(seed: Extracted) -> bytes:
    return encode(seed, UNDER)


def made(body: bytes, sha256: str, *, magic: bytes = b"ONRECORD", version: int = sealed.VERSION) -> bytes:
    """Write an entry as the format's description has it."""
    head = struct.pack(">8sI32s32sQ", magic, version, UNDER, bytes.fromhex(sha256), len(body))
    return head + hashlib.sha256(head + body).digest() + body


@pytest.mark.parametrize("number", range(5))
def test_what_was_found_in_the_seeds_comes_back(number: int) -> None:
    found = loaded(SEEDS).extracted[number]
    assert decode(encode(found, UNDER), UNDER) == found


@given(parsed())
def test_whatever_was_found_comes_back(found: Extracted) -> None:
    again = decode(encode(found, UNDER), UNDER)
    assert again == found
    assert encode(again, UNDER) == encode(found, UNDER)


@given(articles)
@settings(max_examples=30)
def test_what_is_found_in_any_text_comes_back(text: str) -> None:
    try:
        read = read_posted(text, loader().vocabulary.furniture, title=None, published=None)
    except UnusableTextError:
        return
    found = loader().extractor.extract(read)
    assert decode(encode(found, UNDER), UNDER) == found


def test_the_format_is_as_described(seed: Extracted, written: bytes) -> None:
    body = written[HEADER:]
    assert written == made(body, seed.text.sha256)
    plain: dict[str, Any] = msgspec.msgpack.decode(body)
    assert plain["text"]["decoded"] == seed.text.decoded
    assert plain["statements"][0].keys() == set(type(seed.statements[0]).__slots__)


def test_entries_may_follow_each_other() -> None:
    file = b"".join(encode(found, UNDER) for found in loaded(SEEDS).extracted)
    found, at = [], 0
    while at < len(file):
        (length,) = struct.unpack_from(">Q", file, at + 76)
        found.append(decode(file[at : at + HEADER + length], UNDER))
        at += HEADER + length
    assert tuple(found) == loaded(SEEDS).extracted


@given(st.data())
def test_one_changed_byte_is_seen(data: st.DataObject) -> None:
    good = encode(loaded(SEEDS).extracted[0], UNDER)
    at, other = data.draw(st.integers(0, len(good) - 1)), data.draw(st.integers(1, 255))
    bad = bytearray(good)
    bad[at] ^= other
    with pytest.raises(EntryError):
        decode(bytes(bad), UNDER)


@given(st.floats(0, 1, exclude_max=True))
def test_an_entry_that_is_cut_off_is_seen(share: float) -> None:
    good = encode(loaded(SEEDS).extracted[0], UNDER)
    with pytest.raises(EntryError):
        decode(good[: int(len(good) * share)], UNDER)


@given(st.binary(max_size=300))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(EntryError):
        decode(data, UNDER)


@given(st.binary(max_size=60) | st.dictionaries(st.text(), st.text()).map(msgspec.msgpack.encode))
def test_bodies_of_other_shapes_are_refused(body: bytes) -> None:
    with pytest.raises(EntryError, match="its body can't be read"):
        decode(made(body, "00" * 32), UNDER)


def test_each_fault_is_told(seed: Extracted, written: bytes) -> None:
    body, sha256 = written[HEADER:], seed.text.sha256
    faults = {
        "it is empty": b"",
        "it is cut off": written[: HEADER - 1],
        "it is none of this program": made(body, sha256, magic=b"OFFHAND!"),
        "it is of version 2 of the format, not 1": made(body, sha256, version=2),
        f"its body has {len(body) + 1} bytes instead of {len(body)}": written + b"x",
        "its checksum is wrong": written[:-1] + bytes([written[-1] ^ 1]),
        "it was parsed by other code": encode(seed, fingerprint(["other code"])),
        "its text is another": made(body, "ab" * 32),
    }
    for told, data in faults.items():
        with pytest.raises(EntryError, match=told):
            decode(data, UNDER)


def test_what_does_not_fit_the_text_is_refused(seed: Extracted) -> None:
    end = len(seed.text.decoded)
    statement, event = seed.statements[0], seed.events[0]
    others = [
        replace(seed, text=replace(seed.text, decoded=seed.text.decoded[:50])),
        replace(seed, statements=(replace(statement, cue=(end, end + 1)),)),
        replace(seed, statements=(replace(statement, context=(5, 4)),)),
        replace(seed, statements=(replace(statement, content=()),)),
        replace(seed, statements=(replace(statement, via=(len(seed.entities),)),)),
        replace(seed, statements=(replace(statement, event=len(seed.events)),)),
        replace(seed, statements=(replace(statement, event=-1),)),
        replace(seed, events=(replace(event, mentions=()),), statements=()),
        replace(seed, events=(replace(event, participants=(-1,)),), statements=()),
        replace(seed, entities=(*seed.entities[1:], replace(seed.entities[0], mentions=((-1, 2),)))),
    ]
    for other in others:
        with pytest.raises(EntryError, match="in it"):
            decode(encode(other, UNDER), UNDER)


def test_what_decides_a_parse_decides_the_fingerprint() -> None:
    assert fingerprint(["a", "b"]) == fingerprint(iter(["a", "b"]))
    assert len({fingerprint(lines) for lines in (["a", "b"], ["b", "a"], ["a"], [])}) == 4
    assert len(UNDER) == 32
