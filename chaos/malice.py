"""A thousand requests that nobody sends who means well."""

from __future__ import annotations

import gzip
import itertools
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECRET: Final = b"GET /v1/problems HTTP/1.1\r\nHost: smuggled\r\n\r\n"
_TEXT: Final = b"The ferry waits, Mayor Ada Example said on Monday."
_SEED: Final = 20_140_214
_MUTANTS: Final = 200


@dataclass(frozen=True, slots=True)
class Hostile:
    """A request as bytes, perhaps in `pieces` sent one by one; `most` answers are right at most."""

    kind: str
    pieces: tuple[bytes, ...]
    most: int = 1

    @property
    def method(self) -> str:
        """Give the method, as far as reading the answer goes."""
        return "HEAD" if self.pieces[0].startswith(b"HEAD ") else "GET"


def hostile() -> list[Hostile]:
    """Give more than a thousand hostile requests, the same every time."""
    made = [*_smuggling(), *_lines(), *_headers(), *_paths(), *_values(), *_bodies(), *_pieces()]
    return [*made, *itertools.islice(_mutants(made), _MUTANTS)]


def _request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join((line, b"Host: localhost", *headers, b"", body))


def _get(target: str | bytes, *headers: bytes) -> bytes:
    target = target.encode() if isinstance(target, str) else target
    return _request(b"GET " + target + b" HTTP/1.1", *headers)


def _post(body: bytes, *headers: bytes, media: bytes = b"application/json", length: bool = True) -> bytes:
    told = (b"Content-Length: %d" % len(body),) if length else ()
    return _request(b"POST /v1/extract HTTP/1.1", b"Content-Type: " + media, *told, *headers, body=body)


def _smuggling() -> Iterator[Hostile]:
    """Two lengths, or one that can be read in two ways, with a second request behind."""
    codings = (
        *(
            b"chunked",
            b" chunked",
            b"chunked ",
            b"\tchunked",
            b"chunked\t",
            b"CHUNKED",
            b"xchunked",
            b"chunkedx",
        ),
        *(b"chunked, identity", b"identity, chunked", b"chunked, chunked", b"identity", b"gzip, chunked"),
        *(
            b"\x0bchunked",
            b"chunked\x00",
            b"chunked;q=1",
            b'"chunked"',
            b"chu\tnked",
            b"chunked,",
            b",chunked",
            b"",
        ),
    )
    names = (b"Transfer-Encoding:", b"Transfer-Encoding :", b"transfer-encoding:", b"X:\nTransfer-Encoding:")
    for method, name, coding in itertools.product((b"GET", b"POST"), names, codings):
        line = method + b" /v1/extract HTTP/1.1"
        for length in (5, len(_SECRET) + 5):
            headers = (b"Content-Length: %d" % length, name + coding)
            yield Hostile("smuggling", (_request(line, *headers, body=b"0\r\n\r\n" + _SECRET),), most=2)
    lengths = (
        *(
            b"5",
            b"+5",
            b"-5",
            b"-0",
            b"0x5",
            b"5,5",
            b"5, 6",
            b"5 6",
            b"5;",
            b"1e1",
            b"5.0",
            b"",
            b" ",
            b"\xd9\xa5",
        ),
        *(b"9" * 30, b"9" * 4000, b"18446744073709551621", b"5\x00", b"five", b"5_0", b"05", b"\x0b5"),
    )
    for told in lengths:
        for other in ((), (b"Content-Length: 5",), (b"Content-Length: 6",), (b"content-length: 5",)):
            given = (b"Content-Type: text/plain", b"Content-Length: " + told, *other)
            body = b"hello" + _SECRET
            yield Hostile("lengths", (_request(b"POST /v1/extract HTTP/1.1", *given, body=body),), most=2)


def _lines() -> Iterator[Hostile]:
    """Request lines that are none."""
    versions = (
        *(
            b"HTTP/0.9",
            b"HTTP/1.2",
            b"HTTP/2.0",
            b"HTTP/3",
            b"HTTP/9.9",
            b"HTTP/1.10",
            b"HTTP/-1.1",
            b"HTTP/1.1 x",
            b"http/1.1",
        ),
        *(b"HTTP/", b"HTTP", b"HTTPS/1.1", b"HTTP/1,1", b"HTTP/1.1\x00", b"HTTP/1.1\t", b"JUNK", b""),
    )
    methods = (
        *(
            b"TRACE",
            b"TRACK",
            b"CONNECT",
            b"PROPFIND",
            b"PATCH",
            b"PUT",
            b"DELETE",
            b"get",
            b"Get",
            b"GET\x00",
            b"G\xc3\x8bT",
        ),
        *(
            b"",
            b" GET",
            b"\tGET",
            b"GET\t",
            b"G" * 300,
            b"G" * 9000,
            b"GE T",
            b"M-SEARCH",
            b"OPTIONS",
            b"(GET)",
            b"{GET}",
        ),
    )
    targets = (
        *(
            b"*",
            b"",
            b"//",
            b"///v1/topics",
            b"http://127.0.0.1/v1/topics",
            b"http://evil.example/",
            b"HTTP://[::1",
            b"http:///",
        ),
        *(
            b"localhost:80",
            b"/../../etc/passwd",
            b"/..%2f..%2fetc/passwd",
            b"\\..\\etc",
            b"/a b",
            b"/\x00",
            b"/\xff\xfe",
            b"/\x7f",
        ),
        *(
            b"?",
            b"#",
            b"/#x",
            b"/?#",
            b"/" + b"a" * 8170,
            b"/" + b"a" * 8200,
            b"/" + b"a" * 100_000,
            b"/" + b"../" * 2000,
        ),
    )
    for version in versions:
        yield Hostile("versions", (_request(b"GET /v1/topics " + version),))
    for method, target in itertools.product(methods, (b"/v1/topics", b"*", b"/v1/extract", b"/")):
        yield Hostile("methods", (_request(method + b" " + target + b" HTTP/1.1"),))
    yield from (Hostile("targets", (_get(target),)) for target in targets)
    for line in (
        *(
            b"GET /\r\n",
            b"GET /\n\n",
            b"GET / HTTP/1.1\n\n",
            b"GET / HTTP/1.1\nHost: x\n\n",
            b"\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        ),
        *(
            b"GET\r\n\r\n",
            b"\x00\x00\x00\x00",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"\r" * 9000,
            b"\n" * 9000,
            b"",
        ),
        *(
            b"GET / HTTP/1.1\r\rHost: x\r\r",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET  /  HTTP/1.1\r\n\r\n",
            b" " * 20_000,
        ),
        *(
            b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n",
            b"\x80" * 10_000,
            b"<xml/>\r\n\r\n",
            b"{}" * 5_000,
        ),
    ):
        yield Hostile("lines", (line,), most=2)


def _headers() -> Iterator[Hostile]:
    """Headers that are none, too many, too long, or mean mischief."""
    lines = (
        *(
            b"X: a\r\n b",
            b"X: a\r\n\tb",
            b" X: a",
            b"X",
            b": a",
            b"X Y: a",
            b"X\x00: a",
            b"X: a\x00b",
            b"X: a\rb",
            b"X: a\nY: b",
        ),
        *(
            b"X\xff: a",
            b"X: \xff\xfe",
            b"X\t: a",
            b"X:" + b"a" * 8_200,
            b"X:" + b"a" * 100_000,
            b"X" * 9_000 + b": a",
            b"\x0bX: a",
        ),
        *(
            b"Host: two",
            b"Host: a b",
            b"Host: [::1",
            b"Host: \x00",
            b"Host: " + b"h" * 8_000,
            b"Host: evil.example/../x",
            b"Host:",
        ),
        *(
            b"Expect: 100-continue",
            b"Expect: the-unexpected",
            b"Connection: Host, X",
            b"Connection: \x00",
            b"Connection: upgrade",
        ),
        *(
            b"Upgrade: h2c",
            b"Upgrade: websocket\r\nConnection: Upgrade",
            b"HTTP2-Settings: AAMAAABkAAQ",
            b"Range: bytes=0-0,1-1,2-2",
        ),
        *(
            b"Range: bytes=-1",
            b"Range: bytes=" + b"0-," * 2_000,
            b"X-Request-ID: a\tb",
            b"X-Request-ID: " + b"i" * 4_000,
        ),
        *(
            b'X-Request-ID: {"a":"b"}',
            b"X-Forwarded-For: " + b"1.1.1.1," * 900,
            b"Cookie: " + b"a=b; " * 1_500,
            b"Origin: null\x7f",
        ),
        *(
            b"If-None-Match: " + b'"a",' * 1_900,
            b'If-None-Match: "',
            b"If-None-Match: W/",
            b"If-Match: W/*",
            b'If-Match: "\xff"',
        ),
        *(
            b"If-Modified-Since: " + b"9" * 4_000,
            b"If-Modified-Since: Mon, 99 Foo 0000 99:99:99 GMT",
            b"If-Range: x",
        ),
        *(
            b"Accept: " + b"a/b," * 2_000,
            b"Accept: */*;q=" + b"9" * 3_000,
            b"Accept: text/html;" + b"a=" * 3_000,
            b"Accept: \xff/\xff",
        ),
        *(
            b"Accept: " + b"(" * 4_000,
            b"Accept-Encoding: " + b"gzip;q=0.1," * 700,
            b"Accept-Encoding: *;q=-1",
            b"Accept-Encoding: \x01",
        ),
        *(
            b"Content-Type: " + b"a/" * 3_000,
            b"Authorization: Basic " + b"=" * 4_000,
            b"Content-Encoding: gzip, gzip",
        ),
    )
    for line, target in itertools.product(lines, ("/v1/statements", "/nowhere")):
        yield Hostile("headers", (_get(target, line),), most=2)
    for many in (61, 64, 65, 100, 1_000, 20_000):
        yield Hostile("many headers", (_get("/v1/topics", *(b"X-%d: a" % number for number in range(many))),))


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


def _paths() -> Iterator[Hostile]:
    """Paths that lead elsewhere, or nowhere."""
    for kind, word in itertools.product(
        ("statements", "events", "sources", "speakers", "topics", "problems"), _WORDS
    ):
        yield Hostile("paths", (_get(f"/v1/{kind}/{quote(word, safe='%/:*(){}$')}"),))
    for word in _WORDS:
        yield Hostile("paths", (_get(f"/v1/sources/{quote(word, safe='%/:*(){}$')}/text"),))


def _values() -> Iterator[Hostile]:
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
        yield from (Hostile("words", (_get(f"/v1/{path}?q={quote(word, safe='%+')}"),)) for word in words)
        for name, date in itertools.product(("date", "from"), dates):
            yield Hostile("dates", (_get(f"/v1/{path}?{name}={quote(date, safe='%+')}"),))
        yield from (
            Hostile("values", (_get(f"/v1/{path}?{quote(other, safe='%=&,;+')}"),)) for other in others
        )
    for interval, by in itertools.product(("day", "x" * 3_000, "%00", ""), ("topic", "__init__", "%ff")):
        yield Hostile("values", (_get(f"/v1/timeline?of=statements&interval={interval}&by={by}"),))


_LAUGHS: Final = b"---\na: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (each, each, *([each - 1] * 9))
    for each in b"bcdefghi"
)


def _bodies() -> Iterator[Hostile]:
    """Bodies that blow up, go deep, or are not what they say."""
    bomb = gzip.compress(bytes(40_000_000), 9)
    documents = (
        *(
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b'{"text":' * 5_000 + b"1" + b"}" * 5_000,
            b"{" * 70_000,
            b'"' + b"\\u0000" * 9_000,
        ),
        *(
            b'{"text":' + b"9" * 50_000 + b"}",
            b'{"text":NaN}',
            b'{"text":1e999}',
            b'{"text":"\\ud800"}',
            b'{"text":"\xff\xfe"}',
        ),
        *(
            b'{"text":null}',
            b'{"text":[]}',
            b'{"text":{}}',
            b'{"text":"a","text":"b"}',
            b'{"text":""}',
            b"null",
            b"0",
            b'""',
            b"",
            b"{}",
        ),
        *(
            b"\xef\xbb\xbf{}",
            b'{"text":"a"}x',
            b'{"text":"a","__proto__":{}}',
            b'{"text":"a","title":' + b'"x"' * 3 + b"}",
        ),
        *(
            b'{"text":"a","published":"' + b"9" * 4_000 + b'"}',
            b'{"text":"a","title":"' + b"t" * 60_000 + b'"}',
        ),
        *(
            b'{"' + b"k" * 60_000 + b'":1}',
            b'{"text":"a",' + b",".join(b'"k%d":1' % n for n in range(3_000)) + b"}",
        ),
    )
    yield from (Hostile("documents", (_post(document),)) for document in documents)
    medias = (b"text/plain; charset=" + b"x" * 900, b"text/plain; charset=rot13", b"text/plain; charset=zlib", b"text/plain; charset=utf-7",
              b"text/plain; charset=idna", b"text/plain; charset=\xff", b"multipart/form-data", b"multipart/form-data; boundary=x",
              b"application/x-www-form-urlencoded", b"image/png", b"/", b"text/", b"text/plain;" + b"a=b;" * 900, b'text/plain; charset="')  # fmt: skip
    yield from (Hostile("medias", (_post(_TEXT, media=media),)) for media in medias)
    for coding, body in (
        *(
            (b"gzip", bomb),
            (b"gzip", gzip.compress(bomb)),
            (b"gzip", b"\x1f\x8b"),
            (b"gzip", gzip.compress(_TEXT)[:-4]),
            (b"gzip", b"x"),
        ),
        *(
            (b"deflate", b"x"),
            (b"br", b"x"),
            (b"gzip,gzip", gzip.compress(_TEXT)),
            (b"\xff", b"x"),
            (b"gzip", gzip.compress(b"") * 3_000),
        ),
    ):
        yield Hostile("codings", (_post(body, b"Content-Encoding: " + coding, media=b"text/plain"),))
    texts = (
        *(
            _LAUGHS + b"---\n" + _TEXT,
            b"---\n!!python/object/apply:os.system ['true']\n---\n" + _TEXT,
            b"---\n" * 9_000,
            b"---\n" + b"[" * 9_000,
        ),
        *(
            b"\x00" * 60_000,
            b"\xff\xfe" + b"a\x00" * 900,
            b'"' * 9_000,
            b"\xe2\x80\x9c" * 9_000,
            b"said " * 5_000,
            b"(" * 9_000,
        ),
        *(
            b"a" * 60_000,
            b"\r" * 60_000,
            b"- " * 9_000,
            b"Mr. " * 5_000,
            b"1. " * 5_000,
            b"\xe2\x80\xae" * 3_000,
            b"http://" * 5_000,
        ),
    )
    yield from (Hostile("texts", (_post(text, media=b"text/plain"),)) for text in texts)
    sizes = (
        *(
            b"-1",
            b"FFFFFFFFFFFFFFFFF",
            b"0x5",
            b"5 ",
            b" 5",
            b"5;a=b",
            b"5;" + b"a" * 20_000,
            b'5;a="\x00"',
            b"g",
            b"",
            b"5\n",
            b"+5",
        ),
        *(b"00000000000000000005", b"5_0", b"\xd9\xa5", b"5\r", b"5;\n"),
    )
    for size, end in itertools.product(
        sizes, (b"\r\nhello\r\n0\r\n\r\n", b"\nhello\n0\n\n", b"\r\nhelloX0\r\n\r\n", b"\r\nhel")
    ):
        chunked = _post(size + end, b"Transfer-Encoding: chunked", media=b"text/plain", length=False)
        yield Hostile("chunks", (chunked,), most=2)
    for trailer in (
        b"X: " + b"a" * 20_000,
        b"Content-Length: 5",
        b"X: a\r\n b",
        b"\x00",
        b"Transfer-Encoding: chunked",
    ):
        body = b"5\r\nhello\r\n0\r\n" + trailer + b"\r\n\r\n"
        yield Hostile(
            "trailers",
            (_post(body, b"Transfer-Encoding: chunked", media=b"text/plain", length=False),),
            most=2,
        )


def _pieces() -> Iterator[Hostile]:
    """Send requests in pieces, or break them off."""
    whole = _get("/v1/topics", b"X: a")
    yield from (Hostile("broken off", (whole[:length],)) for length in range(1, len(whole), 3))
    yield Hostile("pieces", tuple(whole[place : place + 5] for place in range(0, len(whole), 5)))
    posted = _post(_TEXT, media=b"text/plain")
    yield from (
        Hostile("broken off", (posted[:length],)) for length in range(len(posted) - 60, len(posted), 10)
    )
    yield Hostile("pipelined", (whole * 20,), most=20)


def _mutants(made: list[Hostile]) -> Iterator[Hostile]:
    """Give requests of which some bytes are others."""
    luck = Random(_SEED)  # noqa: S311 - the same every time is what is wanted
    plain = [
        _get("/v1/statements?q=boats&limit=3", b"Accept: application/json"),
        _post(_TEXT, media=b"text/plain"),
    ]
    plain += [one.pieces[0] for one in made if len(one.pieces[0]) < 400 and one.most == 1]
    while True:
        raw = bytearray(luck.choice(plain) or b"x")
        for _ in range(luck.randint(1, 4)):
            raw[luck.randrange(len(raw))] = luck.randrange(256)
        yield Hostile("mutants", (bytes(raw),), most=20)
