"""One parsed text as bytes, and back: the format in which parsed texts are kept.

An entry is a header of 116 bytes, its numbers big-endian, and a body::

    bytes  what
    8      magic, ``ONRECORD``
    4      version of the format, 1
    32     fingerprint: SHA-256 over all that decides a parse beside the text (`fingerprint`)
    32     SHA-256 of the text's bytes
    8      length of the body
    32     checksum: SHA-256 over the 84 bytes before it and the body
    …      body: `service.extract.found.Extracted` as MessagePack, a map by member names for each dataclass

The header tells where an entry ends, so that entries may follow each other in one file. The body is data and nothing else:
it is decoded into the types that it is declared to have, or refused.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Final

import msgspec

from service.extract.found import Extracted
from service.store.fitting import misfit

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION: Final = 1
"""Goes up whenever the header or the way of writing the body changes."""

_MAGIC = b"ONRECORD"
_HEAD = struct.Struct(">8sI32s32sQ")
_CHECKSUM = hashlib.sha256().digest_size
_BODY = _HEAD.size + _CHECKSUM

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Extracted)


class EntryError(ValueError):
    """Bytes that are no entry, or not the one that was asked for; the message says what is wrong with them."""


def fingerprint(deciding: Iterable[str]) -> bytes:
    """Hash what decides a parse beside the text, a line each, together with the version of the format: 32 bytes."""
    lines = (f"format {VERSION}", *deciding)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "backslashreplace")).digest()


def encode(extracted: Extracted, deciding: bytes) -> bytes:
    """Write a parsed text as an entry; `deciding` is the fingerprint under which it was parsed.

    Raises `ValueError` for a text that no encoding can carry (lone surrogates).
    """
    body = _encoder.encode(extracted)
    head = _HEAD.pack(_MAGIC, VERSION, deciding, bytes.fromhex(extracted.text.sha256), len(body))
    return head + _checksum(head, body) + body


def decode(entry: bytes, deciding: bytes) -> Extracted:
    """Read a parsed text back; raise `EntryError` where the entry is damaged or was made under another fingerprint."""
    head, checksum, body = entry[: _HEAD.size], entry[_HEAD.size : _BODY], entry[_BODY:]
    if len(entry) < _BODY:
        message = "it is cut off" if entry else "it is empty"
        raise EntryError(message)
    magic, version, made_under, sha256, length = _HEAD.unpack(head)
    if magic != _MAGIC:
        message = "it is no parsed text"
    elif version != VERSION:
        message = f"it is of version {version} of the format, not {VERSION}"
    elif length != len(body):
        message = f"its body has {len(body)} bytes instead of {length}"
    elif checksum != _checksum(head, body):
        message = "its checksum is wrong"
    elif made_under != deciding:
        message = "it was parsed by other code, with another vocabulary or another pipeline"
    else:
        return _read(body, sha256.hex())
    raise EntryError(message)


def _read(body: bytes, sha256: str) -> Extracted:
    try:
        extracted = _decoder.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        message = f"its body can't be read ({error})"
        raise EntryError(message) from error
    fault = misfit(extracted) or ("its text is another" if extracted.text.sha256 != sha256 else None)
    if fault is not None:
        raise EntryError(fault)
    return extracted


def _checksum(head: bytes, body: bytes) -> bytes:
    digest = hashlib.sha256(head)
    digest.update(body)
    return digest.digest()
