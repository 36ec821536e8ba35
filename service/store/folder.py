"""A folder of parsed texts: an entry in a file of its own for each text, under the fingerprint of what decides parses.

``FOLDER/<fingerprint>/<SHA-256 of the text's bytes>.parsed``, and where something was stated beside the text
``<SHA-256>-<hash of that>.parsed`` (`Text.key`). The names are hexadecimal digits and a hyphen, nothing from outside.
A file is written beside its place and then put there, so that no process ever reads half of one and several may share the
folder; each file is checked when it is read, and one that is damaged is thrown away. The folder is an aid: whatever is
wrong with it is told to the log, and the texts are parsed.

Entries under another fingerprint are never read. When something is to be written, the folders of fingerprints are counted,
and all but the `_KEPT` that were used last are removed with the entries in them, so that the folder does not grow with every
change of code or vocabulary, while several versions may be at work side by side. An entry whose text is gone stays with the
others of its fingerprint.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from service.store.entry import EntryError, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.extract.found import Extracted
    from service.model import Text

_KEPT = 4
"""Fingerprints whose entries are kept, the one in use among them."""
_STALE = 3_600
"""Seconds after which a file that was never put into its place is taken for one that a killed process has left."""
_ENDING, _UNFINISHED = ".parsed", ".unfinished"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_MEND = "let ONRECORD_CACHE name a folder with room that the service may write to; until then texts are parsed anew at each start"

log = structlog.get_logger("onrecord")


class Folder:
    """The entries of one fingerprint in a folder, which need not exist yet."""

    def __init__(self, root: Path, fingerprint: bytes) -> None:
        """Take the folder as it is, noting only that it is in use; nothing is written before `prepare` or `put`."""
        self.root = root
        self._fingerprint = fingerprint
        self._home = root / fingerprint.hex()
        self._writable = True
        self._held: dict[str, Extracted] = {}
        with suppress(OSError):
            os.utime(self._home)

    def is_empty(self) -> bool:
        """Tell whether it holds no entry of this fingerprint at all."""
        return next(_entries(self._home), None) is None

    def get(self, text: Text) -> Extracted | None:
        """Give what was found in `text` when it was parsed, None where that is not kept or can't be used."""
        kept = self._held.pop(text.key, None) or self._find(text.key)
        if kept is None or replace(kept.text, id=text.id, file=text.file) != text:  # read in another way
            return None
        return replace(kept, text=text)

    def text(self, key: str) -> Text | None:
        """Give the text of this key as it was read, under the name that it had; None where it is not kept.

        What was found in it is held until `get` asks for it.
        """
        kept = self._find(key)
        if kept is None:
            return None
        self._held[key] = kept
        return kept.text

    def _find(self, key: str) -> Extracted | None:
        path = self._path(key)
        try:
            return _of(key, decode(path.read_bytes(), self._fingerprint))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, EntryError) as error:
            _throw_away(
                path, f"it can't be read ({error.strerror})" if isinstance(error, OSError) else str(error)
            )
            return None

    def prepare(self) -> None:
        """Make the folder ready for writing, and remove what is no longer of use there.

        Called before texts are parsed in several processes, so that one of them tells the log what stands in the way.
        """
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            os.utime(self._home)  # fails where nothing can be written
        except OSError as error:
            self._give_up(error)
        else:
            with suppress(OSError):
                _tidy(self.root, self._home)

    def put(self, extracted: Extracted) -> None:
        """Keep what was found in a text; where that can't be done the log is told, once in a process."""
        if not self._writable:
            return
        try:
            entry = encode(extracted, self._fingerprint)
        except ValueError as error:
            log.warning("not kept", file=extracted.text.file, reason=str(error))
        else:
            self.put_entry(extracted.text, entry)

    def put_entry(self, text: Text, entry: bytes) -> None:
        """Keep what was found in `text`, written as an entry of this folder's fingerprint already."""
        if not self._writable:
            return
        path = self._path(text.key)
        unfinished = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}{_UNFINISHED}")
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(entry)
            unfinished.replace(path)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            self._give_up(error)

    def _path(self, key: str) -> Path:
        name = "-".join(bytes.fromhex(digits).hex() for digits in key.split("-"))
        return self._home / f"{name}{_ENDING}"

    def _give_up(self, error: OSError) -> None:
        self._writable = False
        log.warning("parsed texts can't be kept", folder=str(self.root), reason=error.strerror, mend=_MEND)


def _of(key: str, kept: Extracted) -> Extracted:
    """Give `kept` back where it lies under its own key; raise `EntryError`."""
    if kept.text.key != key:
        message = "it is another text's"
        raise EntryError(message)
    return kept


def _throw_away(path: Path, reason: str) -> None:
    log.warning("a kept text is thrown away and parsed anew", file=str(path), reason=reason)
    with suppress(OSError):
        path.unlink()


def _tidy(root: Path, home: Path) -> None:
    """Remove the entries of the fingerprints that were not used for longest, and what killed processes have left."""
    for path in home.glob(f"*{_UNFINISHED}"):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _STALE:
                path.unlink()
    others = [path for path in root.iterdir() if _FINGERPRINT.fullmatch(path.name) and path != home]
    for folder in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        with suppress(OSError):
            for path in (*_entries(folder), *folder.glob(f"*{_UNFINISHED}")):
                path.unlink()
            folder.rmdir()
            log.info("kept texts of another version removed", folder=str(folder))


def _entries(home: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(home) as found:
        yield from (Path(one.path) for one in found if one.name.endswith(_ENDING))
