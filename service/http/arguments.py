"""Strict reading of query strings: what is not declared, or not written as declared, is refused by name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote_to_bytes

from service.http import comma_lists
from service.http.endpoint import JSON
from service.http.near import LONGEST, nearest, shortened
from service.http.parameters import MAX_VALUES, Form, Parameter
from service.http.problems import Fault, invalid
from service.http.readers import Refused, Value, reader_of
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


class Said(NamedTuple):
    """What a request says by one parameter, which stands in `place` among those declared.

    `values` are as they were read, `piece` how they are written in links; `condition` is the filter by value that they are;
    `shown` tells them as they were understood, None where only the record tells who is meant.
    """

    name: str
    place: int
    values: tuple[Value, ...]
    piece: str
    shown: Any
    condition: Condition | None


class Arguments(NamedTuple):
    """The parameters of one request, read; all of them stand in the order of their declaration.

    `given` has their values by name, and `canonical` is all of them in a query string; `conditions` are the filters by value;
    `media` is the Content-Type that the answer is to have.
    """

    said: list[Said]
    given: dict[str, tuple[Value, ...]]
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
        return "&".join([each.piece for each in self.said if each.name not in without])


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """Write names and values as a query string."""
    return "&".join([f"{name}={_quoted(value)}" for name, value in pairs])


def without_empty(query: bytes) -> bytes:
    """Leave out of a query string what has a name and no value: the fields of a form that nothing was written into."""
    return b"&".join(piece for piece in query.split(b"&") if not piece.endswith(b"="))


def _quoted(value: str) -> str:
    return value if _UNRESERVED.fullmatch(value) else quote(value, safe=_PLAIN)


def written(parameter: Parameter, value: str) -> str:
    """Write a value as `parameter` takes it."""
    return comma_lists.written(value) if parameter.many else value


class Reader:
    """Reads query strings for the parameters of an endpoint.

    How single pieces of them were read is remembered: of the last ones that were neither long nor wrong.
    """

    def __init__(self, declared: Iterable[Parameter]) -> None:
        """Take the parameters that the endpoint has."""
        self._declared = {each.name: each for each in declared}
        self._readers = {name: reader_of(each.form) for name, each in self._declared.items()}
        self._places = {name: place for place, name in enumerate(self._declared)}
        self._bounds = {self._places.get(name, -1) for name in ("from", "to")}
        self._dependent = {self._places[each.name] for each in self._declared.values() if each.needs}
        self._remembered = lru_cache(_REMEMBERED)(self._piece)

    def arguments(self, query: bytes) -> Arguments:
        """Read the query string of a request; raise the 400 `Problem` that names everything wrong with it."""
        said = self._piecewise(query) if len(query) <= _SHORT else None
        if said is None:
            said = self._together(query)
        given = {each.name: each.values for each in said}
        canonical = "&".join([each.piece for each in said])
        conditions = tuple([each.condition for each in said if each.condition is not None])
        return Arguments(said, given, canonical, conditions)

    def _piecewise(self, query: bytes) -> list[Said] | None:
        """Read each piece by itself; None where that does not do: one is wrong, or several have to do with each other."""
        try:
            said = [self._remembered(piece) for piece in query.split(b"&") if piece]
        except (Refused, KeyError):
            return None
        said.sort(key=_PLACE)
        places = {each.place for each in said}
        alone = len(places) == len(said) and not places & self._dependent
        return said if alone and not (self._bounds <= places and any(_ends(said))) else None

    def _piece(self, piece: bytes) -> Said:
        name, _, value = piece.partition(b"=")
        return self._read(_decoded(name), [_decoded(value)])

    def _together(self, query: bytes) -> list[Said]:
        """Read all that a query string says of each parameter; raise the 400 `Problem` that names everything wrong with it."""
        raw, faults = _split(query)
        if not raw.keys() <= self._declared.keys():
            faults += _unknown([name for name in raw if name not in self._declared], list(self._declared))
        said: dict[str, Said] = {}
        for name in sorted(raw.keys() & self._declared.keys(), key=self._places.__getitem__):
            try:
                said[name] = self._read(name, raw[name])
                _check_company(self._declared[name], raw)
            except Refused as refused:
                refused = _as_a_whole(self._declared[name], raw[name], refused)
                faults.append(Fault("query", name, refused.detail, refused.did_you_mean))
        faults += _ends(said.values())
        faults += _too_many([each for each in said.values() if self._declared[each.name].many])
        if faults:
            raise invalid(*faults)
        return list(said.values())

    def _read(self, name: str, raw: Sequence[str]) -> Said:
        """Read one parameter; raise `Refused` where it is wrong, `KeyError` where there is none of the name."""
        parameter = self._declared[name]
        values, read_value = _values(parameter, raw), self._readers[name]
        read = tuple([read_value(parameter, value) for value in values])
        piece = "&".join([f"{name}={_quoted(written(parameter, value))}" for value in values])
        by_value = parameter.axis and (parameter.form is Form.OPEN or parameter.form is Form.CLOSED)
        condition = Condition(name, parameter.axis, parameter.mode, tuple(values)) if by_value else None
        return Said(name, self._places[name], read, piece, _shown(parameter, read), condition)


def _shown(parameter: Parameter, values: Sequence[Value]) -> Any:
    if parameter.form is Form.OPEN:
        return None
    shown = [_plain(parameter.name, value) for value in values]
    return shown if parameter.many else shown[0]


def _plain(name: str, value: Value) -> Any:
    if not isinstance(value, Date):
        return value
    if name == "from":
        return value.start
    return value.end if name == "to" else {"edtf": value.edtf, "start": value.start, "end": value.end}


_PLACE = attrgetter("place")


def _split(query: bytes) -> tuple[Mapping[str, list[str]], list[Fault]]:
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
    if b"%" not in piece and piece.isascii():
        return piece.replace(b"+", b" ").decode()
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


def _too_many(said: Sequence[Said]) -> Iterable[Fault]:
    count = sum(len(each.values) for each in said)
    if count > MAX_VALUES:
        most = max(said, key=lambda each: len(each.values))
        detail = f"the parameters with several values have {count} in all; at most {MAX_VALUES} are taken. Ask in several requests."
        yield Fault("query", most.name, detail)


def _ends(said: Iterable[Said]) -> Iterable[Fault]:
    bounds = [each.values[0] for each in said if each.name in {"from", "to"}]
    if len(bounds) < 2:
        return
    first, last = bounds
    if isinstance(first, Date) and isinstance(last, Date) and first.start > last.end:
        detail = f"{first.edtf} lies after to={last.edtf}; give the earlier date as from."
        yield Fault("query", "from", detail)
