"""Cursors: opaque names for the record that a page begins with, bound to the filters and the sort they came from."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

_DIGEST = 9


def write_cursor(bound: str, identity: str) -> str:
    """Give the cursor for the page of the list `bound` (its path and filters) that begins with the record `identity`."""
    return urlsafe_b64encode(_digest(bound) + identity.encode()).decode().rstrip("=")


def read_cursor(bound: str, cursor: str) -> str:
    """Give the record that `cursor` begins with; raise `ValueError` where it is none or belongs to another list."""
    try:
        content = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        identity = content[_DIGEST:].decode()
    except (Error, UnicodeError):
        identity = ""
    if not identity:
        message = "is no cursor; take one from links, or ask again without cursor."
        raise ValueError(message)
    if write_cursor(bound, identity) != cursor:
        message = "belongs to other filters or another sort; ask again without cursor."
        raise ValueError(message)
    return identity


def _digest(bound: str) -> bytes:
    return hashlib.sha256(bound.encode()).digest()[:_DIGEST]
