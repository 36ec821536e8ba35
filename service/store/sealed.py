"""Bytes under a header that says what they are, under what they were made and whether they are whole.

The header has 116 bytes, its numbers big-endian::

    bytes  what
    8      magic, ``ONRECORD``
    4      version of the format, 1
    32     fingerprint: SHA-256 over all that decides the body beside its subject (`fingerprint`)
    32     subject: SHA-256 of what the body was made of
    8      length of the body
    32     checksum: SHA-256 over the 84 bytes before it and the body
    …      body

The header tells where the body ends, so that sealed bytes may follow each other in one file.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION: Final = 1
"""Goes up whenever the header or the way of writing a body changes."""

_MAGIC = b"ONRECORD"
_HEAD = struct.Struct(">8sI32s32sQ")
_CHECKSUM = hashlib.sha256().digest_size
_BODY = _HEAD.size + _CHECKSUM


class SealError(ValueError):
    """Bytes that are not sealed, not whole, or made under another fingerprint; the message says which."""


def fingerprint(deciding: Iterable[str]) -> bytes:
    """Hash what decides a body beside its subject, a line each, together with the version of the format: 32 bytes."""
    lines = (f"format {VERSION}", *deciding)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "backslashreplace")).digest()


def seal(body: bytes, deciding: bytes, subject: bytes) -> bytes:
    """Put `body` under a header; `deciding` is the fingerprint under which it was made, `subject` a SHA-256."""
    head = _HEAD.pack(_MAGIC, VERSION, deciding, subject, len(body))
    return head + _checksum(head, body) + body


def unseal(sealed: bytes, deciding: bytes) -> tuple[bytes, bytes]:
    """Give the subject and the body; raise `SealError` where `sealed` is damaged or was made under another fingerprint."""
    head, checksum, body = sealed[: _HEAD.size], sealed[_HEAD.size : _BODY], sealed[_BODY:]
    if len(sealed) < _BODY:
        message = "it is cut off" if sealed else "it is empty"
        raise SealError(message)
    magic, version, made_under, subject, length = _HEAD.unpack(head)
    if magic != _MAGIC:
        message = "it is none of this program's files"
    elif version != VERSION:
        message = f"it is of version {version} of the format, not {VERSION}"
    elif length != len(body):
        message = f"its body has {len(body)} bytes instead of {length}"
    elif checksum != _checksum(head, body):
        message = "its checksum is wrong"
    elif made_under != deciding:
        raise OtherMakeError
    else:
        return subject, body
    raise SealError(message)


class OtherMakeError(SealError):
    """Bytes that are whole but were made under another fingerprint."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("it was made under other circumstances")


def _checksum(head: bytes, body: bytes) -> bytes:
    digest = hashlib.sha256(head)
    digest.update(body)
    return digest.digest()
