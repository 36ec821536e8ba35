"""Read files with a text a line: JSON objects with ``id`` and ``text``, and what they state beside the text."""

from __future__ import annotations

import gzip
import re
from typing import IO, TYPE_CHECKING, Any, cast

import orjson

from service.dates import parse_edtf
from service.model import Rejected, Text
from service.texts.front import Given
from service.texts.read import UnusableTextError, nothing_known, read_bytes, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.texts.read import Known
    from service.vocabulary.furniture import Furniture

_NEEDED = ("id", "text")
_BESIDE = ("title", "published", "publisher")
_MEMBERS = (*_NEEDED, *_BESIDE)
_SKIPPED = 1_000_000
"""Bytes of a line that is too large which are passed over at once."""
_LONGEST_ID = 200
_UNFIT = re.compile(r"[/\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_KINDS = {bool: "truth value", list: "list", dict: "mapping"}
_MEND = 'write one JSON object a line, {"id": "…", "text": "…"}, with title, published and publisher where they are known'
_ID_MEND = (
    f"give it an id that could be a file's name: up to {_LONGEST_ID} characters, no slash, no full stop first"
)
_MOST_NAMED = 5
_SHOWN = 40


def read_lines(
    file: IO[bytes], name: str, furniture: Furniture, *, max_bytes: int, known: Known = nothing_known
) -> Iterator[Text | Rejected]:
    """Read the texts of a file called `name`, gzipped where that ends in ``.gz``; give each, or why its line is left out.

    A line is held at a time, and `max_bytes` bounds it as it stands, whatever the size of the file. Lines with nothing but
    white space are passed over. A file that breaks off is told of as the line at which it does; those before it are given.
    """
    for number, line in enumerate(_lines(_unpacked(file, name), max_bytes), 1):
        where = f"{name}:{number}"
        try:
            if isinstance(line, UnusableTextError):
                raise line
            if line.strip():
                yield _read(line.removeprefix(_BYTE_ORDER_MARK), where, furniture, known)
        except UnusableTextError as error:
            yield Rejected(where, error.reason, error.mend)


def _unpacked(file: IO[bytes], name: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if name.casefold().endswith(".gz") else file


def _lines(file: IO[bytes], max_bytes: int) -> Iterator[bytes | UnusableTextError]:
    """Give each line, or why there is none to read; after one that the file breaks off in there are no more."""
    try:
        while line := file.readline(max_bytes + 2):
            if len(line.rstrip(b"\r\n")) <= max_bytes:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(_SKIPPED)
            yield too_large(max_bytes)
    except Exception as error:  # noqa: BLE001 - whatever file system it is on has errors of its own
        told = f"the file can't be read from here on ({' '.join(str(error).split()) or type(error).__name__})"
        yield UnusableTextError(told, "write the file anew; the lines before this one are read")


def _read(line: bytes, where: str, furniture: Furniture, known: Known) -> Text:
    members = _members(line)
    return read_bytes(
        members["text"].encode(),
        _identity(members["id"]),
        where,
        furniture,
        given=_given(members),
        known=known,
    )


def _members(line: bytes) -> dict[str, str]:
    """Give the members of a line that have a value; raise `UnusableTextError` for what is no such object."""
    try:
        members: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        reason = f"it is no JSON ({error})"
        raise UnusableTextError(reason, _MEND) from None
    if not isinstance(members, dict):
        reason = "it is JSON, but no object"
        raise UnusableTextError(reason, _MEND)
    unknown = [f"`{name[:_SHOWN]}`" for name in members if name not in _MEMBERS]
    if unknown:
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        reason = f"it has unknown members: {', '.join(unknown[:_MOST_NAMED])}{more}"
        raise UnusableTextError(reason, f"leave them out; known are {', '.join(_MEMBERS)}")
    for name in _MEMBERS:
        _check(name, members.get(name))
    return {name: value for name, value in members.items() if value is not None}


def _check(name: str, value: object) -> None:
    if value is None and name in _NEEDED:
        reason = f"it has no `{name}`"
        raise UnusableTextError(reason, _MEND)
    if value is not None and not isinstance(value, str):
        reason = f"its `{name}` is a {_KINDS.get(type(value), 'number')}, not a string"
        raise UnusableTextError(reason, f"write `{name}` as a string")


def _identity(name: str) -> str:
    """Give an id back that may stand in an address, as the name of a file without its ending may."""
    if not name.strip():
        reason = "its `id` is empty"
    elif name[0] == "." or name != name.strip():
        reason = "its `id` begins with a full stop, or white space is around it"
    elif _UNFIT.search(name):
        reason = "its `id` has a slash or a control character in it"
    elif len(name) > _LONGEST_ID:
        reason = f"its `id` is longer than {_LONGEST_ID} characters"
    else:
        return name
    raise UnusableTextError(reason, _ID_MEND)


def _given(members: dict[str, str]) -> Given:
    given = {name: words for name in _BESIDE if (words := " ".join(members.get(name, "").split()))}
    if "published" in given:
        try:
            given["published"] = parse_edtf(given["published"]).edtf
        except ValueError as error:
            reason = f"its `published` is no date that is known here ({error})"
            raise UnusableTextError(reason, "write it as EDTF, or leave it out") from None
    return Given(**given)
