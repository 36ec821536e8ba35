"""One parsed text as bytes, and back: the format in which parsed texts are kept.

An entry is sealed (see `service.store.sealed`). Its fingerprint stands for all that decides a parse beside the text, its
subject is the SHA-256 of the text's bytes, and its body is `service.extract.found.Extracted` as MessagePack, a map by member
names for each dataclass. The body is data and nothing else: it is decoded into the types that it is declared to have, or
refused.
"""

from __future__ import annotations

import msgspec

from service.extract.found import Extracted
from service.store.fitting import misfit
from service.store.sealed import OtherMakeError, SealError, seal, unseal

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Extracted)


class EntryError(ValueError):
    """Bytes that are no entry, or not the one that was asked for; the message says what is wrong with them."""


def encode(extracted: Extracted, deciding: bytes) -> bytes:
    """Write a parsed text as an entry; `deciding` is the fingerprint under which it was parsed.

    Raises `ValueError` for a text that no encoding can carry (lone surrogates).
    """
    return seal(_encoder.encode(extracted), deciding, bytes.fromhex(extracted.text.sha256))


def decode(entry: bytes, deciding: bytes) -> Extracted:
    """Read a parsed text back; raise `EntryError` where the entry is damaged or was made under another fingerprint."""
    try:
        subject, body = unseal(entry, deciding)
    except OtherMakeError as error:
        message = "it was parsed by other code, with another vocabulary or another pipeline"
        raise EntryError(message) from error
    except SealError as error:
        raise EntryError(str(error)) from error
    return _read(body, subject.hex())


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
