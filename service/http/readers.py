"""Reading single values of parameters: each form with what is wrong with another, and what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.dates import parse_edtf
from service.http.near import LONGEST, nearest, shortened
from service.http.parameters import MAX_LIMIT, MAX_PREFIXES, MAX_WORDS, Form, Parameter
from service.http.usual_dates import as_written_here
from service.model import Date
from service.query.words import parse_words

if TYPE_CHECKING:
    from collections.abc import Callable

Value = str | int | float | Date
"""What a parameter's value is read as."""

_COUNT = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_BARE_FRACTION = re.compile(r"0?[.,]([0-9]{1,20})", re.ASCII)
_ON = frozenset({"true", "yes", "on", "y", "t"})
_OFF = frozenset({"false", "no", "off", "n", "f"})


@dataclass
class Refused(Exception):  # noqa: N818 - it becomes a fault before anybody sees it
    """A value that is not taken: what is wrong with it and what would be right."""

    detail: str
    did_you_mean: str | None = None


def reader_of(form: Form) -> Callable[[Parameter, str], Value]:
    """Give the function that reads a value of a parameter of `form`; it raises `Refused` for what is none."""
    return _READERS[form]


def read_date(text: str) -> Date:
    """Read a date in EDTF; raise `Refused` with how it would be written where that is clear."""
    try:
        return parse_edtf(text[:LONGEST])
    except ValueError as error:
        meant = as_written_here(text)
        if len(meant) == 1:
            detail = f"{shortened(text)!r} is written {meant[0]} here."
            raise Refused(detail, meant[0]) from None
        if meant:
            detail = f"{shortened(text)!r} can be read as {' or as '.join(meant)}; write which."
            raise Refused(detail) from None
        detail = f"{error}."
        raise Refused(detail) from None


def _open(parameter: Parameter, value: str) -> str:
    del parameter
    return value


def _closed(parameter: Parameter, value: str) -> str:
    if value in parameter.values:
        return value
    detail = f"{shortened(value)!r} is none of {', '.join(parameter.values)}."
    raise Refused(
        detail, _switch(value) if parameter.values == ("0", "1") else nearest(value, parameter.values)
    )


def _switch(value: str) -> str | None:
    word = value.lower()
    return "1" if word in _ON else "0" if word in _OFF else None


def _member(parameter: Parameter, value: str) -> str:
    if value in parameter.values:
        return value
    near = nearest(value, parameter.values)
    meant = f"; did you mean {near}?" if near else "; name members as a record has them."
    detail = f"{shortened(value)!r} is no member of these records{meant}"
    raise Refused(detail, near)


def _date(parameter: Parameter, value: str) -> Date:
    del parameter
    return read_date(value)


def _fraction(parameter: Parameter, value: str) -> float:
    del parameter
    number = float(value) if _FRACTION.fullmatch(value) else -1
    if not 0 <= number <= 1:
        bare = _BARE_FRACTION.fullmatch(value)
        detail = f"{shortened(value)!r} is no number from 0 to 1."
        raise Refused(detail, f"0.{bare[1]}" if bare else None)
    return number + 0.0  # no -0.0 in answers


def _count(parameter: Parameter, value: str) -> int:
    del parameter
    number = int(value) if _COUNT.fullmatch(value) else 0
    if not 1 <= number <= MAX_LIMIT:
        whole = _WHOLE.fullmatch(value.strip(" "))
        detail = f"{shortened(value)!r} is no whole number from 1 to {MAX_LIMIT}."
        raise Refused(detail, str(min(max(int(whole[0]), 1), MAX_LIMIT)) if whole else None)
    return number


def _words(parameter: Parameter, value: str) -> str:
    del parameter
    if not value:
        detail = "is empty; say what to search for or leave the parameter out."
        raise Refused(detail)
    if len(value) > MAX_WORDS:
        detail = f"has {len(value)} characters; at most {MAX_WORDS} are taken."
        raise Refused(detail)
    prefixes = sum(term.prefix for term in parse_words(value)) if value.count("*") > MAX_PREFIXES else 0
    if prefixes > MAX_PREFIXES:
        detail = (
            f"has {prefixes} words that end in *; at most {MAX_PREFIXES} are taken. Write some of them out."
        )
        raise Refused(detail)
    return value


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
