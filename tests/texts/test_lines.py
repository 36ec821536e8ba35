from __future__ import annotations

import gzip
import hashlib
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.model import Rejected, Text
from service.texts.lines import read_lines

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

ARTICLE = "Dam to open\n\nThe minister said that the dam would be ready by the end of the year.\n\nIt is.\n"
LIMIT = 10_000


def line(**members: Any) -> bytes:
    return json.dumps({"id": "dam", "text": ARTICLE, **members}).encode() + b"\n"


def read(
    data: bytes, furniture: Furniture, name: str = "news.jsonl", limit: int = LIMIT
) -> list[Text | Rejected]:
    return list(read_lines(io.BytesIO(data), name, furniture, max_bytes=limit))


def texts(data: bytes, furniture: Furniture, name: str = "news.jsonl") -> list[Text]:
    found = read(data, furniture, name)
    return [one for one in found if isinstance(one, Text)]


def test_a_line_is_read_as_a_file_of_its_text_would_be(furniture: Furniture) -> None:
    (text,) = texts(line(), furniture)
    assert (text.id, text.file, text.decoded) == ("dam", "news.jsonl:1", ARTICLE)
    assert text.sha256 == text.key == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (text.front, text.encoding, text.language, text.doubts) == (None, "utf-8", "en", ())
    assert text.span(text.blocks[0].start, text.blocks[0].end).text == "Dam to open"


def test_what_stands_beside_the_text_is_front_matter_without_length(furniture: Furniture) -> None:
    (text,) = texts(line(title=" Dam  to open ", publisher="The Example", published="2014-02"), furniture)
    assert text.front is not None
    assert (text.front.end, text.front.title) == (0, "Dam to open")
    assert (text.front.publisher, text.front.published) == ("The Example", "2014-02")


def test_what_stands_beside_the_text_wins_over_its_front_matter(furniture: Furniture) -> None:
    inside = f"---\ntitle: Dam\npublished: 2013\nlanguage: en\n---\n{ARTICLE}"
    (text,) = texts(line(text=inside, published="2014-02"), furniture)
    assert text.front is not None
    assert (text.front.title, text.front.published, text.front.language) == ("Dam", "2014-02", "en")
    assert text.decoded[text.front.end :] == ARTICLE


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_members_without_a_value_are_as_if_left_out(furniture: Furniture, nothing: str | None) -> None:
    assert texts(line(title=nothing, published=nothing, publisher=nothing), furniture) == texts(
        line(), furniture
    )


def test_the_same_text_with_something_else_beside_it_is_another(furniture: Furniture) -> None:
    beside: list[dict[str, str]] = [
        {},
        {"title": "A"},
        {"publisher": "A"},
        {"title": "A", "publisher": "A"},
        {"title": "B"},
    ]
    found = texts(b"".join(line(**members) for members in beside), furniture)
    assert len({text.key for text in found}) == len(found) == len(beside)
    assert len({text.sha256 for text in found}) == 1
    assert texts(line(title=" A "), furniture)[0].key == found[1].key


def test_blank_lines_are_passed_over_and_counted(furniture: Furniture) -> None:
    data = (
        b"\xef\xbb\xbf"
        + line(id="one")
        + b"\n \t\r\n"
        + line(id="two").replace(b"\n", b"\r\n")
        + line(id="three")[:-1]
    )
    assert [(text.id, text.file) for text in texts(data, furniture)] == [
        ("one", "news.jsonl:1"),
        ("two", "news.jsonl:4"),
        ("three", "news.jsonl:5"),
    ]


def test_a_gzipped_file_is_read(furniture: Furniture) -> None:
    packed = gzip.compress(line(id="one")) + gzip.compress(line(id="two"))
    assert [text.id for text in texts(packed, furniture, "News.JSONL.GZ")] == ["one", "two"]


REFUSED: dict[bytes, tuple[str, str]] = {
    b'{"id": "a", "text": ': ("it is no JSON (", '{"id": "…", "text": "…"}'),
    b'{"id": "a", "text": "\\ud800"}': ("it is no JSON (", "one JSON object a line"),
    b'{"id": "a", "text": "\xff"}': ("it is no JSON (", "one JSON object a line"),
    b'["a", "b"]': ("it is JSON, but no object", "one JSON object a line"),
    b'{"text": "Words."}': ("it has no `id`", "one JSON object a line"),
    b'{"id": "a"}': ("it has no `text`", "one JSON object a line"),
    b'{"id": "a", "text": null}': ("it has no `text`", "one JSON object a line"),
    b'{"id": 7, "text": "Words."}': ("its `id` is a number, not a string", "write `id` as a string"),
    b'{"id": "a", "text": ["Words."]}': ("its `text` is a list, not a string", "write `text`"),
    b'{"id": "a", "text": "Words.", "title": true}': (
        "its `title` is a truth value, not a string",
        "write `title`",
    ),
    b'{"id": "a", "text": "Words.", "publisher": {}}': ("its `publisher` is a mapping", "write `publisher`"),
    b'{"id": "a", "text": "Words.", "url": "x", "author": "y"}': (
        "it has unknown members: `url`, `author`",
        "leave them out; known are id, text, title, published, publisher",
    ),
    b'{"id": "a", "text": " \\n"}': ("it is empty", "or remove it"),
    b'{"id": "a", "text": "\\u0000\\u0001"}': ("it is binary", "plain text"),
    b'{"id": "a", "text": "Words.", "published": "May"}': ("its `published` is no date", "write it as EDTF"),
    b'{"id": " ", "text": "Words."}': ("its `id` is empty", "give it an id"),
    b'{"id": "a/b", "text": "Words."}': ("has a slash", "no slash"),
    b'{"id": "a\\nb", "text": "Words."}': ("control character", "no slash"),
    b'{"id": "..", "text": "Words."}': ("begins with a full stop", "no full stop first"),
    b'{"id": "a ", "text": "Words."}': ("white space is around it", "give it an id"),
    b'{"id": "' + b"a" * 201 + b'", "text": "Words."}': ("is longer than 200 characters", "up to 200"),
    b'{"id": "a", "text": "' + b"x" * LIMIT + b'"}': (
        f"it is larger than {LIMIT} bytes",
        "ONRECORD_MAX_FILE",
    ),
}


@pytest.mark.parametrize("bad", REFUSED, ids=lambda bad: bad[:40].decode("utf-8", "replace"))
def test_a_line_that_is_refused_is_told_of_with_its_number_and_the_others_are_read(
    furniture: Furniture, bad: bytes
) -> None:
    reason, mend = REFUSED[bad]
    first, refused, last = read(line(id="one") + bad + b"\n" + line(id="two"), furniture)
    assert isinstance(first, Text)
    assert isinstance(last, Text)
    assert (first.id, last.id, last.file) == ("one", "two", "news.jsonl:3")
    assert isinstance(refused, Rejected)
    assert (refused.file, refused.aside) == ("news.jsonl:2", False)
    assert reason in refused.reason
    assert mend in refused.mend


def test_many_unknown_members_are_not_all_named(furniture: Furniture) -> None:
    (refused,) = read(line(**{f"m{number}": 1 for number in range(9)}), furniture)
    assert isinstance(refused, Rejected)
    assert refused.reason == "it has unknown members: `m0`, `m1`, `m2`, `m3`, `m4` and 4 more"


def test_a_line_as_large_as_may_be_is_read(furniture: Furniture) -> None:
    data = line()
    size = len(data) - 1
    for ends in (b"\n", b"\r\n", b""):
        (text,) = read(data[:-1] + ends, furniture, limit=size)
        assert isinstance(text, Text)
        (refused,) = read(data[:-1] + ends, furniture, limit=size - 1)
        assert isinstance(refused, Rejected)


class Endless(io.RawIOBase):
    """A file without line ends, which counts how much of it is asked for at once."""

    def __init__(self, length: int) -> None:
        self.left, self.most = length, 0

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert size > 0
        self.most = max(self.most, size)
        given = min(size, self.left)
        self.left -= given
        return b"x" * given


def test_a_line_without_end_is_never_held_whole(furniture: Furniture) -> None:
    file = Endless(50_000_000)
    (refused,) = read_lines(file, "news.jsonl", furniture, max_bytes=LIMIT)  # type: ignore[arg-type]  # all that is asked of it
    assert isinstance(refused, Rejected)
    assert (refused.file, file.left, file.most) == ("news.jsonl:1", 0, 1_000_000)


def test_a_gzipped_file_that_breaks_off_gives_the_lines_before(furniture: Furniture) -> None:
    numbers = [hashlib.sha256(bytes([number])).hexdigest() for number in range(200)]
    packed = gzip.compress(b"".join(line(id=number, text=f"Dam {number} to open.") for number in numbers))
    found = read(packed[: len(packed) // 2], furniture, "news.jsonl.gz")
    *before, last = found
    assert 20 < len(before) < 180
    assert [one.id for one in before if isinstance(one, Text)] == numbers[: len(before)]
    assert isinstance(last, Rejected)
    assert last.file == f"news.jsonl.gz:{len(before) + 1}"
    assert "can't be read from here on" in last.reason


def test_a_file_that_is_no_gzip_is_told_of(furniture: Furniture) -> None:
    (refused,) = read(line(), furniture, "news.jsonl.gz")
    assert isinstance(refused, Rejected)
    assert "Not a gzipped file" in refused.reason


def test_a_known_line_is_given_as_it_is_known(furniture: Furniture) -> None:
    (before,) = texts(line(title="A"), furniture)
    known = {before.key: replace(before, language="xx")}
    data = io.BytesIO(line(id="b", title="A") + line(id="c"))
    first, second = read_lines(data, "b.jsonl", furniture, max_bytes=LIMIT, known=known.get)
    assert first == replace(before, id="b", file="b.jsonl:1", language="xx")
    assert isinstance(second, Text)
    assert (second.language, second.front) == ("en", None)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.binary(max_size=60)
        | st.dictionaries(
            st.sampled_from(["id", "text", "title", "published"]), st.text(max_size=9) | st.integers()
        ).map(lambda members: json.dumps(members).encode()),
        max_size=6,
    )
)
def test_any_lines_are_read_or_rejected_each_once(furniture: Furniture, lines: list[bytes]) -> None:
    lines = [one.replace(b"\n", b" ") for one in lines]
    for name in ("any.jsonl", "any.jsonl.gz"):
        data = b"\n".join(lines)
        found = read(gzip.compress(data) if name.endswith(".gz") else data, furniture, name)
        numbers = [int(str(one.file).rpartition(":")[2]) for one in found]
        assert numbers == [number for number, one in enumerate(lines, 1) if one.strip()]
