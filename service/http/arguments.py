"""Strict reading of query strings: what is not declared, or not written as declared, is refused by name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from service.dates import parse_edtf
from service.http.endpoint import JSON
from service.http.parameters import MAX_LIMIT, MAX_WORDS, Form, Parameter
from service.http.problems import Fault, Problem, invalid
from service.model import Date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Value = str | int | float | Date
"""What a parameter's value is read as."""

_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parameters of one request, read; `given` and `canonical` stand in the order of their declaration.

    `media` is the Content-Type that the answer is to have.
    """

    given: dict[str, tuple[Value, ...]]
    canonical: tuple[tuple[str, str], ...]
    media: str = JSON

    def text(self, name: str) -> str | None:
        """Give the single value of a parameter that is text."""
        value = self.given.get(name, (None,))[0]
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the values of a parameter that is text; () where it is not given."""
        return tuple(value for value in self.given.get(name, ()) if isinstance(value, str))

    def query(self, without: Iterable[str] = (), **other: str) -> str:
        """Write the parameters as a query string, leaving some out and adding `other`; "" where none are left."""
        left_out = {*without, *other}
        pairs = [(name, value) for name, value in self.canonical if name not in left_out]
        return joined((*pairs, *other.items()))


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """Write names and values as a query string."""
    return "&".join(f"{name}={quote(value, safe=_PLAIN)}" for name, value in pairs)


def read_arguments(query: bytes, declared: Sequence[Parameter]) -> Arguments:
    """Read the query string of a request; raise the 400 `Problem` that names everything wrong with it."""
    raw = _split(query)
    known = {parameter.name: parameter for parameter in declared}
    faults = [_unknown(name, known) for name in raw if name not in known]
    given: dict[str, tuple[Value, ...]] = {}
    canonical: list[tuple[str, str]] = []
    for parameter in declared:
        if parameter.name in raw:
            try:
                values = _values(parameter, raw[parameter.name])
                given[parameter.name] = tuple(_READERS[parameter.form](parameter, value) for value in values)
                canonical += [(parameter.name, written(parameter, value)) for value in values]
            except _Refused as refused:
                faults.append(Fault("query", parameter.name, refused.detail, refused.did_you_mean))
    faults += _ends(given)
    if faults:
        raise invalid(*faults)
    return Arguments(given, tuple(canonical))


@dataclass
class _Refused(Exception):  # noqa: N818 - never leaves this module
    detail: str
    did_you_mean: str | None = None


def _split(query: bytes) -> dict[str, list[str]]:
    raw: defaultdict[str, list[str]] = defaultdict(list)
    for piece in query.split(b"&"):
        if piece:
            name, _, value = piece.partition(b"=")
            raw[_decoded(name)].append(_decoded(value))
    return raw


def _decoded(piece: bytes) -> str:
    if _BAD_ESCAPE.search(piece):
        raise _encoding(
            piece, "a percent sign must be followed by two hexadecimal digits; write %25 for the sign itself."
        )
    try:
        return unquote_to_bytes(piece.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise _encoding(piece, "the percent-encoded bytes are not UTF-8.") from None


def _encoding(piece: bytes, detail: str) -> Problem:
    return invalid(Fault("query", _short(piece.decode(errors="replace")), detail))


def _unknown(name: str, known: Iterable[str]) -> Fault:
    near = get_close_matches(name[:_SHOWN], known, n=1)
    detail = "there is no such parameter here."
    if near:
        detail = f"there is no such parameter here; did you mean {near[0]}?"
    return Fault("query", _short(name), detail, near[0] if near else None)


def _values(parameter: Parameter, written: list[str]) -> list[str]:
    if not parameter.many:
        if len(written) > 1:
            detail = "takes a single value but is given more than once."
            raise _Refused(detail)
        return written
    values: dict[str, None] = {}
    for each in written:
        pieces = list(_listed(each))
        if pieces == [""]:
            detail = "has no value; name one or leave the parameter out."
            raise _Refused(detail)
        if "" in pieces:
            detail = f"{_short(each)!r} has an empty value between its commas; name one there or take the comma out."
            raise _Refused(detail)
        values.update(dict.fromkeys(pieces))
    return list(values)


def _listed(written: str) -> Iterable[str]:
    """Cut at commas, but not within a value in double quotes, inside which "" stands for one; "" where nothing stands."""
    position = 0
    while position <= len(written):
        start = position
        while start < len(written) and written[start] == " ":
            start += 1
        quoted = _quoted(written, start)
        if quoted is not None:
            value, position = quoted
            yield value
            continue
        end = written.find(",", start)
        end = len(written) if end < 0 else end
        value, position = written[start:end].rstrip(" "), end + 1
        yield value


def _quoted(written: str, start: int) -> tuple[str, int] | None:
    """Read a value in double quotes; None where none begins at `start` or nothing closes it before a comma or the end."""
    if not written.startswith('"', start):
        return None
    position, value = start + 1, ""
    while (end := written.find('"', position)) >= 0:
        value += written[position:end]
        if not written.startswith('""', end):
            after = end + 1 + (len(written[end + 1 :]) - len(written[end + 1 :].lstrip(" ")))
            return (value, after + 1) if after == len(written) or written[after] == "," else None
        value, position = f'{value}"', end + 2
    return None


def written(parameter: Parameter, value: str) -> str:
    """Write a value as a list of values takes it, in double quotes where it would not be read as one without."""
    if not parameter.many or not (set(value) & {",", '"'} or value != value.strip(" ")):
        return value
    escaped = value.replace('"', '""')
    return f'"{escaped}"'


def _open(parameter: Parameter, value: str) -> str:
    del parameter
    return value


def _closed(parameter: Parameter, value: str) -> str:
    if value in parameter.values:
        return value
    near = get_close_matches(value[:_SHOWN].lower(), parameter.values, n=1)
    detail = f"{_short(value)!r} is none of {', '.join(parameter.values)}."
    raise _Refused(detail, near[0] if near else None)


def _member(parameter: Parameter, value: str) -> str:
    if value in parameter.values:
        return value
    near = get_close_matches(value[:_SHOWN].lower(), parameter.values, n=1)
    meant = f"; did you mean {near[0]}?" if near else "; name members as a record has them."
    detail = f"{_short(value)!r} is no member of these records{meant}"
    raise _Refused(detail, near[0] if near else None)


def _date(parameter: Parameter, value: str) -> Date:
    del parameter
    try:
        return parse_edtf(value[:_SHOWN])
    except ValueError as error:
        detail = f"{error}."
        raise _Refused(detail) from None


def _fraction(parameter: Parameter, value: str) -> float:
    del parameter
    number = float(value) if _FRACTION.fullmatch(value) else -1
    if not 0 <= number <= 1:
        detail = f"{_short(value)!r} is no number from 0 to 1."
        raise _Refused(detail)
    return number + 0.0  # no -0.0 in answers


def _count(parameter: Parameter, value: str) -> int:
    del parameter
    number = int(value) if _COUNT.fullmatch(value) else 0
    if not 1 <= number <= MAX_LIMIT:
        detail = f"{_short(value)!r} is no whole number from 1 to {MAX_LIMIT}."
        raise _Refused(detail)
    return number


def _words(parameter: Parameter, value: str) -> str:
    del parameter
    if not value:
        detail = "is empty; say what to search for or leave the parameter out."
        raise _Refused(detail)
    if len(value) > MAX_WORDS:
        detail = f"has {len(value)} characters; at most {MAX_WORDS} are taken."
        raise _Refused(detail)
    return value


def _ends(given: dict[str, tuple[Value, ...]]) -> Iterable[Fault]:
    first, last = given.get("from", (None,))[0], given.get("to", (None,))[0]
    if isinstance(first, Date) and isinstance(last, Date) and first.start > last.end:
        yield Fault("query", "from", f"{first.edtf} lies after to={last.edtf}.")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_PLAIN = "-._~/:*"
_READERS: dict[Form, Callable[[Parameter, str], Value]] = {
    Form.OPEN: _open,
    Form.CLOSED: _closed,
    Form.DATE: _date,
    Form.BOUND: _date,
    Form.FRACTION: _fraction,
    Form.COUNT: _count,
    Form.WORDS: _words,
    Form.CURSOR: _open,
    Form.MEMBERS: _member,
}
