"""Read corrections: what a person has put right in the record, statement by statement, from one YAML file.

::

    source.s120-180:            # the statement's id
      drop: true                # it is taken out of the record; or, instead, one or both of
      speaker: Ada Example      # an id or a name, a mapping of name, type, role and country, a list of these, or null
      date: 2014-02-14          # EDTF, or null
      reason: She spoke of him. # shown with the statement
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from service.dates import parse_edtf
from service.model import SpeakerType
from service.vocabulary.placed import PlacedError, read_placed

if TYPE_CHECKING:
    from pathlib import Path

    from service.model import Date
    from service.vocabulary.placed import Placed

_KEYS = ("drop", "speaker", "date", "reason")
_SPEAKER_KEYS = ("name", "type", "role", "country")
_CODE = re.compile(r"[A-Z]{2}")


class CorrectionsError(ValueError):
    """A file of corrections that can't be used; the message names the file, the line, the entry and the mend."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A speaker as a correction names them: `name` an id or a name; the rest None where nothing is said."""

    name: str
    type: SpeakerType | None = None
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What is changed in the statement `id`. `speakers` None leaves them as they are, () takes them away.

    `date` counts only where `redated`; None then says that the day is unknown. `line` is where the entry stands.
    """

    id: str
    line: int
    reason: str
    drop: bool = False
    speakers: tuple[Wanted, ...] | None = None
    redated: bool = False
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of one file by statement id; `digest` is the SHA-256 of its bytes, "" where there is no file."""

    entries: dict[str, Correction]
    digest: str = ""


NONE = Corrections({})
"""Nothing was put right."""


def read_corrections(path: Path) -> Corrections:
    """Read the corrections in `path`; raise `CorrectionsError` for what can't be used."""
    try:
        entries = read_placed(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (PlacedError, OSError) as error:
        raise CorrectionsError(str(error)) from error
    return Corrections({entry.key: _correction(entry, path) for entry in entries}, digest)


def _correction(entry: Placed, path: Path) -> Correction:
    try:
        return _read(entry)
    except ValueError as error:
        message = f"{path}, line {entry.line}: {entry.key}: {error}"
        raise CorrectionsError(message) from error


def _read(entry: Placed) -> Correction:
    members = _members(entry.value, _KEYS, "an entry")
    if members.keys() <= {"reason"}:
        _refuse("it changes nothing; add drop, speaker or date, or take it away")
    drop = members.get("drop", False)
    if "drop" in members and drop is not True:
        _refuse(f"drop takes true, found {drop!r}; to keep the statement, take drop away")
    if drop and len(members) > 2:
        _refuse("what is dropped has no speaker and no date; take either drop or the others away")
    return Correction(
        entry.key,
        entry.line,
        _words(members.get("reason"), "reason", "why this is put right, in words that readers are shown"),
        drop,
        _speakers(members["speaker"]) if "speaker" in members else None,
        "date" in members,
        _date(members.get("date")),
    )


def _speakers(value: Any) -> tuple[Wanted, ...]:
    if value is None:
        return ()
    return tuple(_speaker(each) for each in (value if isinstance(value, list) else [value]))


def _speaker(value: Any) -> Wanted:
    if not isinstance(value, dict):
        return Wanted(_words(value, "speaker", "an id, a name, or a mapping of name, type, role and country"))
    given = _members(value, _SPEAKER_KEYS, "speaker")
    kind, country = given.get("type"), given.get("country")
    if kind is not None and kind not in set(SpeakerType):
        _refuse(f"type takes one of {', '.join(SpeakerType)}, found {kind!r}")
    if country is not None and not (isinstance(country, str) and _CODE.fullmatch(country)):
        _refuse(f"country takes a code of ISO 3166-1 in quotation marks, such as {'NO'!r}, found {country!r}")
    return Wanted(
        _words(given.get("name"), "name", "the speaker's id or name"),
        None if kind is None else SpeakerType(kind),
        None if given.get("role") is None else _words(given["role"], "role", "the role in words"),
        country,
    )


def _date(value: Any) -> Date | None:
    """Read a date as YAML gives it: a day and a year come as such, everything else in EDTF as a string."""
    if value is None:
        return None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return parse_edtf(value.isoformat())
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_edtf(f"{value:04}")
    return parse_edtf(_words(value, "date", "an EDTF date such as 2014-02-14, or null"))


def _members(value: Any, known: tuple[str, ...], what: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        _refuse(f"{what} takes {', '.join(known)} below it, found {value!r}")
    unknown = [key for key in value if key not in known]
    if unknown:
        _refuse(f"there is no {unknown[0]!r} here; known are {', '.join(known)}")
    return value


def _words(value: Any, key: str, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        _refuse(f"{key} takes {what}; " + ("add it" if value is None else f"found {value!r}"))
    return " ".join(value.split())


def _refuse(message: str) -> NoReturn:
    raise ValueError(message)
