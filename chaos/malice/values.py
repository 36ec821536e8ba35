"""Paths that lead elsewhere, and values that are dear to check."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from chaos.malice.request import Hostile, get

if TYPE_CHECKING:
    from collections.abc import Iterator


_WORDS: Final = (
    *(
        "\x00",
        "%",
        "%zz",
        "%u0041",
        "%c0%ae",
        "%ff%fe",
        "%ed%a0%80",
        "%00",
        "%0d%0aSet-Cookie:%20a=b",
        "%2e%2e%2f" * 20,
        "%25" * 500,
    ),
    *(
        "../" * 50,
        "a" * 7_000,
        "%F0%9F%98%80" * 300,
        "%E2%80%AE",
        "'%20OR%201=1--",
        "%22" * 2_000,
        "{{7*7}}",
        "${jndi:ldap://x}",
        "%3Cscript%3E",
    ),
)


def paths() -> Iterator[Hostile]:
    """Paths that lead elsewhere, or nowhere."""
    for kind, word in itertools.product(
        ("statements", "events", "sources", "speakers", "topics", "problems"), _WORDS
    ):
        yield Hostile("paths", (get(f"/v1/{kind}/{quote(word, safe='%/:*(){}$')}"),))
    for word in _WORDS:
        yield Hostile("paths", (get(f"/v1/sources/{quote(word, safe='%/:*(){}$')}/text"),))


def values() -> Iterator[Hostile]:
    """Values that are dear to check: words, dates, cursors, lists."""
    words = (
        *(
            "(" * 3_000,
            ")" * 3_000,
            "[" * 3_000,
            '"' * 3_001,
            "-" * 3_000,
            "*" * 3_000,
            "a*+" * 1_000,
            "a+" * 3_000,
            "+AND+" * 800,
        ),
        *(
            "a" * 7_000,
            "a+OR+" * 1_000,
            "-a+" * 2_000,
            '"a+b"+' * 800,
            "%00" * 1_000,
            "%ff" * 1_000,
            "a:b:" * 1_000,
            "\\" * 3_000,
            "~9" * 900,
        ),
        *(
            "(a+)%2B$" * 400,
            "x" * 60 + "!",
            "%CC%81" * 1_000,
            "%E0%A5%8D" * 700,
            "field:*",
            "[a+TO+z]",
            "%5E" * 2_000,
            "a^999999999999999",
        ),
    )
    dates = (
        *(
            "9" * 4_000,
            "2014-" * 1_000,
            "2014-02-30",
            "0000",
            "-0001",
            "99999-01-01",
            "2014-13",
            "2014/2013",
            "/",
            "../2014",
            "2014/" * 500,
        ),
        *(
            "1" * 4_000 + "!",
            "2014-02-14T" + "0" * 3_000,
            "%D9%A2%D9%A0%D9%A1%D9%A4",
            "2014-W01",
            "20XX",
            "2014-02~",
            "[2014,2015]",
            "{2014..2015}",
        ),
        *("+" * 2_000, "-" * 3_000, "2014-0" + "0" * 3_000 + "1", "Y-17E7", "1e9", "NaN", "2014-02-14" * 300),
    )
    others = (
        *(
            "limit=-1",
            "limit=1e9",
            "limit=" + "9" * 4_000,
            "limit=%D9%A5",
            "limit=0x10",
            "limit=1_0",
            "limit=",
            "limit=5&limit=6",
        ),
        *(
            "cursor=" + "A" * 4_000,
            "cursor=%00",
            "cursor=eyJhIjoxfQ",
            "cursor=....",
            "cursor=" + "=" * 500,
            "cursor=__class__",
        ),
        *(
            "fields=" + "id," * 2_000,
            "fields=__dict__",
            "embed=" + "a," * 2_000,
            "facets=" + "topic," * 900,
            "facet_limit=-1",
        ),
        *(
            "sort=" + "-" * 3_000,
            "format=" + "x" * 3_000,
            "pretty=" + "1" * 3_000,
            "&" * 7_000,
            "=" * 7_000,
            ";" * 7_000,
            "a=b&" * 1_800,
        ),
        *(
            "speaker=" + "," * 4_000,
            'speaker="' + "a" * 4_000,
            "speaker=" + "a," * 3_000,
            "not_speaker=" + "b," * 3_000,
            "%00=%00",
        ),
        *(
            "speaker=" + quote("\u202e" * 500),
            "topic=" + "%ff" * 500,
            "all_topic=" + "a," * 2_000,
            "min_confidence=nan",
            "min_confidence=1e999",
        ),
    )
    for path in ("statements", "events", "sources"):
        yield from (Hostile("words", (get(f"/v1/{path}?q={quote(word, safe='%+')}"),)) for word in words)
        for name, date in itertools.product(("date", "from"), dates):
            yield Hostile("dates", (get(f"/v1/{path}?{name}={quote(date, safe='%+')}"),))
        yield from (
            Hostile("values", (get(f"/v1/{path}?{quote(other, safe='%=&,;+')}"),)) for other in others
        )
    for interval, by in itertools.product(("day", "x" * 3_000, "%00", ""), ("topic", "__init__", "%ff")):
        yield Hostile("values", (get(f"/v1/timeline?of=statements&interval={interval}&by={by}"),))
