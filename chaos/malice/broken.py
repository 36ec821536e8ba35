"""Requests that break off, come in pieces, or have bytes that are others."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from chaos.malice.request import TEXT, Hostile, get, post

if TYPE_CHECKING:
    from collections.abc import Iterator


_SEED: Final = 20_140_214


def pieces() -> Iterator[Hostile]:
    """Send requests in pieces, or break them off."""
    whole = get("/v1/topics", b"X: a")
    yield from (Hostile("broken off", (whole[:length],)) for length in range(1, len(whole), 3))
    yield Hostile("pieces", tuple(whole[place : place + 5] for place in range(0, len(whole), 5)))
    posted = post(TEXT, media=b"text/plain")
    yield from (
        Hostile("broken off", (posted[:length],)) for length in range(len(posted) - 60, len(posted), 10)
    )
    yield Hostile("pipelined", (whole * 20,), most=20)


def mutants(made: list[Hostile]) -> Iterator[Hostile]:
    """Give requests of which some bytes are others."""
    luck = Random(_SEED)  # noqa: S311 - the same every time is what is wanted
    plain = [
        get("/v1/statements?q=boats&limit=3", b"Accept: application/json"),
        post(TEXT, media=b"text/plain"),
    ]
    plain += [one.pieces[0] for one in made if len(one.pieces[0]) < 400 and one.most == 1]
    while True:
        raw = bytearray(luck.choice(plain) or b"x")
        for _ in range(luck.randint(1, 4)):
            raw[luck.randrange(len(raw))] = luck.randrange(256)
        yield Hostile("mutants", (bytes(raw),), most=20)
