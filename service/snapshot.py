"""A finished record in a folder, from which any number of processes can serve it at once.

A snapshot is a folder with these files, and no others::

    snapshot            sealed (see `service.store.sealed`): the files with the size and the CRC-32 of each, MessagePack
    index               `service.query.prepared.Prepared` as MessagePack
    KIND.ndjson         the records of a kind as they are served, a line each, in the order of `Index.tables`
    texts               the texts of the sources in UTF-8, each with a line end behind it; empty where texts are withheld
    blocks.ndjson       what the lines of each source are, a line each
    search/KIND/…       tantivy's files of each kind's search index

The fingerprint of the seal stands for the code that decides what these hold, its subject is the SHA-256 of the record's
version. A record is the same bytes wherever it is made. The files are mapped into memory, so that processes share them and
the system may drop pages that nobody reads. Checksums are CRC-32, as reading a gigabyte must not take long: they find
damage, not forgery.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import secrets
import shutil
import sys
import zlib
from array import array
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import msgspec

from service.query.index import KINDS, Blobs, Index, indexed, search_in
from service.query.pieces import Pieces
from service.query.prepared import Prepared
from service.store.sealed import OtherMakeError, SealError, fingerprint, seal, unseal
from service.version import record_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MANIFEST: Final = "snapshot"
"""The file by which a folder is known for a snapshot."""

_INDEX, _TEXTS, _BLOCKS, _SEARCH = "index", "texts", "blocks.ndjson", "search"
_UNFINISHED, _FORMER = ".unfinished", ".former"
_TRIES = 3
_MEND = (
    "make it anew with onrecord parse --snapshot; texts that ONRECORD_CACHE keeps are not parsed again for it"
)


class SnapshotError(ValueError):
    """A snapshot that can't be read or written; the message says what is wrong and what would mend it, `reason` only what is."""

    def __init__(self, message: str, reason: str | None = None) -> None:
        """Take both; the message is the reason where there is none."""
        super().__init__(message)
        self.reason = reason or message


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a snapshot: how many bytes it has, and their CRC-32."""

    size: int
    crc32: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a snapshot by their paths in its folder."""

    files: dict[str, Listed]


_encoder = msgspec.msgpack.Encoder()
_manifests = msgspec.msgpack.Decoder(Manifest)
_records = msgspec.msgpack.Decoder(Prepared)


def is_snapshot(folder: Path) -> bool:
    """Tell whether a snapshot lies in `folder`, whole or not: it may have been copied in part."""
    rest = (folder / name for name in (_INDEX, _records_of(KINDS[0])))
    return (folder / MANIFEST).is_file() or all(path.is_file() for path in rest)


def write_snapshot(folder: Path, prepared: Prepared, blobs: Blobs) -> None:
    """Put a record into `folder`, which is made, or replaced where it holds a snapshot or nothing.

    It is written beside its place and then put there; who reads the former one goes on reading it. Raises `SnapshotError`
    where the folder holds something else or can't be written.
    """
    folder = folder.resolve()
    check_place(folder)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}-{secrets.token_hex(4)}{_UNFINISHED}")
    try:
        beside.mkdir(parents=True)
        _fill(beside, prepared, blobs)
        _put(beside, folder)
    except (OSError, ValueError) as error:  # tantivy tells of a full disk by the latter
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: the snapshot can't be written ({reason}); name a folder with room that may be written to"
        raise SnapshotError(message) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def check_place(folder: Path) -> None:
    """Raise `SnapshotError` where a snapshot can't be put, or would replace something else."""
    folder = folder.resolve()
    if folder.is_mount():
        message = f"{folder}: something is mounted there, which can't be replaced; name a folder inside it"
        raise SnapshotError(message)
    held = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if (folder.exists() and not folder.is_dir()) or (held and (held - _OWN or _INDEX not in held)):
        message = f"{folder}: something else is there, and a snapshot would replace it; name another folder"
        raise SnapshotError(message)


def read_snapshot(folder: Path) -> Index:
    """Give the record that lies in `folder`; raise `SnapshotError` where it is damaged or was made by other code.

    Where another one is put there meanwhile, that one is read.
    """
    for _ in range(_TRIES):
        begun = _head(folder)
        try:
            index = _read(folder)
        except SnapshotError:
            if _head(folder) == begun:
                raise
        else:
            if _head(folder) == begun:
                return index
    raise _unusable(folder, "it is replaced again and again")


def _head(folder: Path) -> bytes | None:
    with suppress(OSError):
        return (folder / MANIFEST).read_bytes()
    return None


def _read(folder: Path) -> Index:
    try:
        files = _manifest(folder).files
        held = {name: _mapped(folder / name) for name in files}
        for name, listed in files.items():
            _check(name, held[name], listed)
        prepared = _records.decode(held[_INDEX])
        return indexed(prepared, _blobs(held, prepared), {kind: folder / _SEARCH / kind for kind in KINDS})
    except OtherMakeError as error:
        raise _unusable(folder, "it was made by another version of this program") from error
    except OSError as error:
        raise _unusable(folder, f"{error.filename} can't be read, {error.strerror}") from error
    except (ValueError, KeyError, msgspec.MsgspecError) as error:
        raise _unusable(folder, str(error)) from error


def _unusable(folder: Path, reason: str) -> SnapshotError:
    return SnapshotError(f"{folder}: the snapshot can't be used: {reason}; {_MEND}", reason)


def _made_by() -> bytes:
    """Give the fingerprint of what decides what the files hold."""
    return fingerprint(
        (f"record {record_version()}", f"tantivy {version('tantivy')}", f"numbers {sys.byteorder}")
    )


def _fill(folder: Path, prepared: Prepared, blobs: Blobs) -> None:
    (folder / _INDEX).write_bytes(_encoder.encode(prepared))
    for path, pieces in _pieces(blobs).items():
        (folder / path).write_bytes(pieces.blob)
    for kind in KINDS:
        place = folder / _SEARCH / kind
        place.mkdir(parents=True)
        search_in(place, kind, prepared, blobs)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    manifest = Manifest({name: _measured(files[name]) for name in sorted(files)})
    subject = hashlib.sha256(prepared.account.version.encode()).digest()
    (folder / MANIFEST).write_bytes(seal(_encoder.encode(manifest), _made_by(), subject))


def _put(beside: Path, folder: Path) -> None:
    """Put what is finished in its place, what stood there aside, and that away; or back, where something stands in the way."""
    former = beside.with_suffix(_FORMER)
    if folder.exists():
        folder.rename(former)
    try:
        beside.rename(folder)
    except OSError:
        if former.exists() and not folder.exists():
            former.rename(folder)
        raise
    finally:
        shutil.rmtree(former, ignore_errors=True)


def _manifest(folder: Path) -> Manifest:
    try:
        _, body = unseal((folder / MANIFEST).read_bytes(), _made_by())
    except SealError as error:
        if isinstance(error, OtherMakeError):
            raise
        message = f"of its file {MANIFEST}, {error}"
        raise ValueError(message) from error
    manifest = _manifests.decode(body)
    wanted = {_INDEX, *_pieces_of(KINDS)}
    if not wanted <= manifest.files.keys() or not all(map(_NAMED.fullmatch, manifest.files)):
        message = f"its file {MANIFEST} does not list a snapshot's files"
        raise ValueError(message)
    return manifest


def _check(name: str, held: bytes | mmap.mmap, listed: Listed) -> None:
    """Raise `ValueError` where a file, of which these are the bytes, is not what the manifest says."""
    if len(held) != listed.size:
        message = f"{name} has {len(held)} bytes instead of {listed.size}"
        raise ValueError(message)
    if zlib.crc32(held) != listed.crc32:
        message = f"the checksum of {name} is wrong"
        raise ValueError(message)
    if isinstance(held, mmap.mmap):
        held.madvise(mmap.MADV_DONTNEED)  # else all that was looked at would count as this process's


def _measured(path: Path) -> Listed:
    held = _mapped(path)
    return Listed(len(held), zlib.crc32(held))


def _pieces(blobs: Blobs) -> Mapping[str, Pieces]:
    pieces = (*(blobs.records[kind] for kind in KINDS), blobs.texts, blobs.blocks)
    return dict(zip(_pieces_of(KINDS), pieces, strict=True))


def _pieces_of(kinds: Iterable[str]) -> tuple[str, ...]:
    return (*map(_records_of, kinds), _TEXTS, _BLOCKS)


def _records_of(kind: str) -> str:
    return f"{kind}.ndjson"


_OWN = {MANIFEST, _INDEX, _SEARCH, *_pieces_of(KINDS)}
_NAMED = re.compile(rf"[a-z]+(?:\.ndjson)?|{_SEARCH}/(?:{'|'.join(KINDS)})/[\w.]+", re.ASCII)


def _blobs(held: Mapping[str, bytes | mmap.mmap], prepared: Prepared) -> Blobs:
    def mapped(name: str, ends: bytes) -> Pieces:
        return Pieces(held[name], array("Q", ends))

    tables = prepared.tables
    return Blobs(
        records={kind: mapped(_records_of(kind), tables[kind].ends) for kind in KINDS},
        texts=mapped(_TEXTS, prepared.text_ends),
        blocks=mapped(_BLOCKS, prepared.block_ends),
    )


def _mapped(path: Path) -> bytes | mmap.mmap:
    with path.open("rb") as file:
        if not path.stat().st_size:  # nothing can't be mapped
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
