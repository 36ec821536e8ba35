"""Strict reading of query strings: what is not declared, or not written as declared, is refused by name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from service.http import comma_lists
from service.http.endpoint import JSON
from service.http.near import LONGEST, nearest, shortened
from service.http.parameters import Form, Parameter
from service.http.problems import Fault, invalid
from service.http.readers import Refused, Value, read_value
from service.http.usual_dates import as_written_here
from service.model import Date
from service.query.ask import Condition

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*", re.ASCII)
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PLAIN = "-._~/:*"
_MODES = ("all_", "not_")
_HELPED = 20
_REMEMBERED, _SHORT = 512, 200


@dataclass(frozen=True, slots=True)
class Said:
    """What a request says by one parameter: its values, how they are written in links, and the filter by value that it is."""

    parameter: Parameter
    values: tuple[Value, ...]
    piece: str
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parameters of one request, read; all of them stand in the order of their declaration.

    `given` has their values, `pieces` what each is in a query string, and `canonical` all of these together; `conditions` are
    the filters by value among them; `media` is the Content-Type that the answer is to have.
    """

    given: dict[str, tuple[Value, ...]]
    pieces: dict[str, str]
    canonical: str
    conditions: tuple[Condition, ...]
    media: str = JSON

    def text(self, name: str) -> str | None:
        """Give the single value of a parameter that is text."""
        value = self.given.get(name, (None,))[0]
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the values of a parameter that is text; () where it is not given."""
        return tuple(value for value in self.given.get(name, ()) if isinstance(value, str))

    def query(self, without: Container[str]) -> str:
        """Write the parameters as a query string, leaving some out; "" where none are left."""
        return "&".join([piece for name, piece in self.pieces.items() if name not in without])


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """Write names and values as a query string."""
    return "&".join([f"{name}={_quoted(value)}" for name, value in pairs])


def _quoted(value: str) -> str:
    return value if _UNRESERVED.fullmatch(value) else quote(value, safe=_PLAIN)


def written(parameter: Parameter, value: str) -> str:
    """Write a value as `parameter` takes it."""
    return comma_lists.written(value) if parameter.many else value


class Reader:
    """Reads query strings for the parameters of an endpoint.

    What is said by single parameters is remembered: of the last ones that were neither long nor wrong.
    """

    def __init__(self, declared: Iterable[Parameter]) -> None:
        """Take the parameters that the endpoint has."""
        self._declared = {each.name: each for each in declared}
        self._places = {name: place for place, name in enumerate(self._declared)}
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def arguments(self, query: bytes) -> Arguments:
        """Read the query string of a request; raise the 400 `Problem` that names everything wrong with it."""
        raw, faults = _split(query)
        known = raw.keys() & self._declared.keys()
        if len(known) < len(raw):
            faults += _unknown([name for name in raw if name not in known], list(self._declared))
        read = self._remembered if len(query) <= _SHORT else self._read
        said: dict[str, Said] = {}
        for name in sorted(known, key=self._places.__getitem__):
            try:
                said[name] = read(name, tuple(raw[name]))
                _check_company(said[name].parameter, raw)
            except Refused as refused:
                refused = _as_a_whole(self._declared[name], raw[name], refused)
                faults.append(Fault("query", name, refused.detail, refused.did_you_mean))
        given = {name: each.values for name, each in said.items()}
        if "from" in given and "to" in given:
            faults += _ends(given)
        if faults:
            raise invalid(*faults)
        pieces = {name: each.piece for name, each in said.items()}
        conditions = tuple([each.condition for each in said.values() if each.condition is not None])
        return Arguments(given, pieces, "&".join(pieces.values()), conditions)

    def _read(self, name: str, raw: tuple[str, ...]) -> Said:
        """Read one parameter; raise `Refused` where it is wrong."""
        parameter = self._declared[name]
        values = _values(parameter, raw)
        read = tuple([read_value(parameter, value) for value in values])
        piece = joined([(name, written(parameter, value)) for value in values])
        by_value = parameter.axis and (parameter.form is Form.OPEN or parameter.form is Form.CLOSED)
        condition = Condition(name, parameter.axis, parameter.mode, tuple(values)) if by_value else None
        return Said(parameter, read, piece, condition)


def _split(query: bytes) -> tuple[Mapping[str, list[str]], list[Fault]]:
    raw: defaultdict[str, list[str]] = defaultdict(list)
    if b"%" not in query and query.isascii():
        for text in query.replace(b"+", b" ").decode().split("&"):
            name, _, value = text.partition("=")
            if text:
                raw[name].append(value)
        return raw, []
    return _split_escaped(query)


def _split_escaped(query: bytes) -> tuple[Mapping[str, list[str]], list[Fault]]:
    raw: defaultdict[str, list[str]] = defaultdict(list)
    faults: list[Fault] = []
    for piece in query.split(b"&"):
        if piece:
            name, _, value = piece.partition(b"=")
            told = name.decode(errors="replace")
            try:
                told = _decoded(name)
                read = _decoded(value)
                raw[told].append(read)
            except Refused as refused:
                faults.append(Fault("query", shortened(told), refused.detail, refused.did_you_mean))
    return raw, faults


def _decoded(piece: bytes) -> str:
    shown = piece.decode(errors="replace")
    if _BAD_ESCAPE.search(piece):
        detail = f"in {shortened(shown)!r} a percent sign is not followed by two hexadecimal digits; write %25 for the sign."
        meant = _BAD_ESCAPE.sub(b"%25", piece).decode(errors="replace")
        raise Refused(detail, meant if len(shown) <= LONGEST else None)
    try:
        return unquote_to_bytes(piece.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        detail = f"{shortened(shown)!r} is not UTF-8 where percent signs stand for bytes; encode the text as UTF-8 first."
        raise Refused(detail) from None


def _unknown(names: Sequence[str], known: Sequence[str]) -> Iterable[Fault]:
    for number, name in enumerate(names):
        near = nearest(name, known) if number < _HELPED else None
        detail = "there is no such parameter here"
        if near:
            detail = f"{detail}; did you mean {near}?"
        elif number == 0:
            detail = f"{detail}; {_taken(known)}."
        else:
            detail = f"{detail}."
        yield Fault("query", shortened(name), detail, near)


def _taken(names: Sequence[str]) -> str:
    """Tell which parameters a path takes, but for the variants of its filters."""
    plain = [name for name in names if not name.startswith(_MODES)]
    return f"the path takes {', '.join(plain)}" if plain else "the path takes none"


def _values(parameter: Parameter, written: Sequence[str]) -> Sequence[str]:
    if not parameter.many:
        if len(written) > 1:
            detail = "takes a single value but is given more than once."
            raise Refused(detail)
        if not written[0] and parameter.form is not Form.WORDS:
            raise _empty(parameter)
        return written
    values: dict[str, None] = {}
    for each in written:
        pieces = list(comma_lists.values_of(each))
        if pieces == [""]:
            raise _empty(parameter)
        if "" in pieces:
            detail = f"{shortened(each)!r} has an empty value between its commas; name one there or take the comma out."
            raise Refused(detail)
        values.update(dict.fromkeys(pieces))
    return list(values)


def _empty(parameter: Parameter) -> Refused:
    those = f" of {', '.join(parameter.values)}," if parameter.form is Form.CLOSED else ""
    return Refused(f"has no value; name one{those} or leave the parameter out.")


def _as_a_whole(parameter: Parameter, written: Sequence[str], refused: Refused) -> Refused:
    """Tell of a date that was cut at a comma of its own, as in "March 14, 2014", how it is written here."""
    for each in written if parameter.form is Form.DATE else ():
        meant = as_written_here(each) if "," in each else ()
        if len(meant) == 1:
            return Refused(f"{shortened(each)!r} is written {meant[0]} here.", meant[0])
    return refused


def _check_company(parameter: Parameter, raw: Container[str]) -> None:
    if parameter.needs and parameter.needs not in raw:
        detail = (
            f"does nothing without {parameter.needs}; add {parameter.needs} or leave {parameter.name} out."
        )
        raise Refused(detail)


def _ends(given: Mapping[str, tuple[Value, ...]]) -> Iterable[Fault]:
    first, last = given.get("from", (None,))[0], given.get("to", (None,))[0]
    if isinstance(first, Date) and isinstance(last, Date) and first.start > last.end:
        detail = f"{first.edtf} lies after to={last.edtf}; give the earlier date as from."
        yield Fault("query", "from", detail)
