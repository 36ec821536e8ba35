"""The vocabulary's files as they were read, kept beside the parsed texts: YAML takes thirty times as long to read again.

``FOLDER/vocabulary.documents`` holds the documents of the vocabulary that was read last, by the SHA-256 of their files, so
that what it says of a file is true whenever it is read. They are sealed (`service.store.sealed`) under what decides how they
are read; a file that is damaged or was made otherwise is passed over, and written anew. MessagePack has no days, so they go
as extensions of type 1, in ISO 8601.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from service.store.sealed import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME = "vocabulary.documents"
_DAY = 1
_AS_THEY_ARE = (str, int, float, bool)


def kept_documents(root: Path, deciding: bytes) -> dict[str, Any]:
    """Give the documents kept in the folder `root`, by the SHA-256 of their files; none where they can't be used."""
    try:
        _, body = unseal((root / _NAME).read_bytes(), deciding)
        return msgspec.msgpack.decode(body, type=dict[str, Any], ext_hook=_day)
    except (OSError, ValueError, RecursionError):
        return {}


def keep_documents(root: Path, documents: Mapping[str, Any], deciding: bytes) -> None:
    """Keep `documents`, in place of those kept before; what can't be written, for want of room or by its kind, is not kept."""
    unfinished = root / f"{_NAME}.{os.getpid()}-{secrets.token_hex(4)}.unfinished"
    with suppress(OSError, TypeError, ValueError, OverflowError, RecursionError):
        body = msgspec.msgpack.encode(_plain(documents))
        root.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(seal(body, deciding, hashlib.sha256("".join(documents).encode()).digest()))
            unfinished.replace(root / _NAME)
        finally:
            unfinished.unlink(missing_ok=True)


def _plain(document: Any) -> Any:
    if isinstance(document, dict):
        return {_plain(key): _plain(value) for key, value in document.items()}
    if isinstance(document, list):
        return [_plain(item) for item in document]
    if type(document) is date:
        return msgspec.msgpack.Ext(_DAY, document.isoformat().encode())
    if document is not None and type(document) not in _AS_THEY_ARE:
        message = f"{type(document).__name__} would not come back as it is"
        raise TypeError(message)
    return document


def _day(code: int, data: memoryview) -> date:
    if code != _DAY:
        message = f"there is no extension of type {code}"
        raise ValueError(message)
    return date.fromisoformat(bytes(data).decode())
