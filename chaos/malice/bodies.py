"""Bodies that blow up, go deep, or are not what they say."""

from __future__ import annotations

import gzip
import itertools
from typing import TYPE_CHECKING, Final

from chaos.malice.request import TEXT, Hostile, post

if TYPE_CHECKING:
    from collections.abc import Iterator


_LAUGHS: Final = b"---\na: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (each, each, *([each - 1] * 9))
    for each in b"bcdefghi"
)


def bodies() -> Iterator[Hostile]:
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
    yield from (Hostile("documents", (post(document),)) for document in documents)
    medias = (b"text/plain; charset=" + b"x" * 900, b"text/plain; charset=rot13", b"text/plain; charset=zlib", b"text/plain; charset=utf-7",
              b"text/plain; charset=idna", b"text/plain; charset=\xff", b"multipart/form-data", b"multipart/form-data; boundary=x",
              b"application/x-www-form-urlencoded", b"image/png", b"/", b"text/", b"text/plain;" + b"a=b;" * 900, b'text/plain; charset="')  # fmt: skip
    yield from (Hostile("medias", (post(TEXT, media=media),)) for media in medias)
    for coding, body in (
        *(
            (b"gzip", bomb),
            (b"gzip", gzip.compress(bomb)),
            (b"gzip", b"\x1f\x8b"),
            (b"gzip", gzip.compress(TEXT)[:-4]),
            (b"gzip", b"x"),
        ),
        *(
            (b"deflate", b"x"),
            (b"br", b"x"),
            (b"gzip,gzip", gzip.compress(TEXT)),
            (b"\xff", b"x"),
            (b"gzip", gzip.compress(b"") * 3_000),
        ),
    ):
        yield Hostile("codings", (post(body, b"Content-Encoding: " + coding, media=b"text/plain"),))
    texts = (
        *(
            _LAUGHS + b"---\n" + TEXT,
            b"---\n!!python/object/apply:os.system ['true']\n---\n" + TEXT,
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
    yield from (Hostile("texts", (post(text, media=b"text/plain"),)) for text in texts)
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
        chunked = post(size + end, b"Transfer-Encoding: chunked", media=b"text/plain", length=False)
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
            (post(body, b"Transfer-Encoding: chunked", media=b"text/plain", length=False),),
            most=2,
        )
