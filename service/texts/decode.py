"""Bytes become characters: UTF-8, UTF-16 or UTF-32 by their marks, else the likeliest single encoding, with a doubt.

A byte order mark is not part of the text; line ends stay as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_SAMPLE = 64_000
"""Bytes shown to the detector: enough to tell encodings apart, little enough to be quick."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOSTLY_LATIN = 0.1
_WINDOWS = re.compile(rb"[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, the encoding they were read in, and what is doubtful about that."""

    characters: str
    encoding: str
    doubts: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Give the characters of `data`; never fails, but says in `doubts` what was guessed or could not be read."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _damaged(body, error.start) or _detected(body)


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        doubt = f"Byte {error.start} is no {encoding.upper()}; what could not be read stands as U+FFFD."
        return Decoded(data.decode(encoding, errors="replace"), encoding, (f"{doubt} {_MEND}",))


def _damaged(body: bytes, start: int) -> Decoded | None:
    """UTF-8 with a few bad bytes: more characters of several bytes are whole than broken, which no other encoding gives."""
    characters = body.decode("utf-8", errors="replace")
    broken = characters.count("�")
    whole = sum(character > "\x7f" for character in characters) - broken
    if whole <= broken:
        return None
    doubt = f"Byte {start} and {broken - 1} more are no UTF-8 and stand as U+FFFD."
    return Decoded(characters, "utf-8", (f"{doubt} {_MEND}",))


def _detected(body: bytes) -> Decoded:
    encoding = _likeliest(body)
    characters = body.decode(encoding, errors="replace")
    doubt = f"The file is not UTF-8; it was read as {encoding}, which is a guess."
    return Decoded(characters, encoding, (f"{doubt} {_MEND}",))


def _likeliest(body: bytes) -> str:
    """Windows-1252 or ISO 8859-15 where it fits a text of mostly plain Latin letters, else what the detector says."""
    sample = body[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    if high <= _MOSTLY_LATIN * len(sample) and _decodes(body, "cp1252"):
        # A currency sign nobody prints: ISO 8859-15 has the euro there. It has controls where Windows has quotation marks.
        return "iso8859-15" if b"\xa4" in body and not _WINDOWS.search(body) else "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - hardly any text comes to this

    best = from_bytes(sample).best()
    if best is not None and best.encoding not in {"ascii", "utf_8"}:
        return best.encoding
    return "cp1252" if _decodes(body, "cp1252") else "latin-1"


def _decodes(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_MEND = "Save the file as UTF-8."
