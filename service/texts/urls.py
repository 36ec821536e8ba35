"""Read texts by URL (``s3://…``, ``file:///…``), through whichever file system of fsspec knows its kind."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from service.model import Rejected, Text
from service.texts.kinds import is_lines, is_text
from service.texts.lines import read_lines
from service.texts.read import TextsError, UnusableTextError, no_text, nothing_known, read_bytes, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.texts.read import Known
    from service.vocabulary.furniture import Furniture

_MISSING = "texts by URL are read with fsspec, which is not installed; run pip install onrecord[dask]"


def read_url(
    url: str, furniture: Furniture, *, max_bytes: int, known: Known = nothing_known
) -> Iterator[Text | Rejected]:
    """Read a file with a text a line, a text, or the ``.txt`` files of a folder in the order of names.

    `max_bytes` bounds a text. Raises `TextsError` where fsspec or what it needs for this kind of URL is not installed, where
    there is nothing, or where what is there can't be listed or opened.
    """
    with _told(url):
        files, path = _connect(url)
        name = _name(path)
        folder = not is_lines(name) and not is_text(name) and files.isdir(path)
        entries = _entries(files, path) if folder else []
        file = None if folder else files.open(path, "rb")
    if file is None:
        yield from (_entry(files, entry, furniture, max_bytes, known) for entry in entries)
        return
    with file:
        if is_lines(name):
            lines = io.BufferedReader(file)  # some of fsspec's files read lines of any length only
            yield from read_lines(lines, name, furniture, max_bytes=max_bytes, known=known)
        else:
            with _told(url):
                text = _read(file, name, furniture, max_bytes, known)
            yield text


def without_login(url: str) -> str:
    """Give a URL without the name and password that may stand in it, to be shown."""
    login = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
    return url.replace(f"{login}@", "", 1) if login else url


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn whatever a file system raises into a `TextsError`."""
    shown = without_login(url)
    try:
        yield
    except TextsError:
        raise
    except FileNotFoundError as error:
        message = f"{shown}: there is no such file or folder; name one that is there"
        raise TextsError(message) from error
    except ImportError as error:
        message = f"{shown}: this kind of URL needs a package that is not installed ({error})"
        raise TextsError(message) from error
    except Exception as error:  # each file system has errors of its own
        why = " ".join(str(error).split()).replace(url, shown) or type(error).__name__
        message = f"{shown}: it can't be read ({why})"
        raise TextsError(message) from error


def _connect(url: str) -> tuple[Any, str]:
    """Give the file system of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, which only URLs need
    except ImportError as error:
        message = f"{without_login(url)}: {_MISSING}"
        raise TextsError(message) from error
    files, path = url_to_fs(url)
    return files, str(path)


def _entries(files: Any, path: str) -> list[dict[str, Any]]:
    found = (entry for entry in files.ls(path, detail=True) if entry["name"].strip("/") != path.strip("/"))
    return sorted(
        (entry for entry in found if _name(entry["name"])[:1] != "."), key=lambda entry: str(entry["name"])
    )


def _entry(
    files: Any, entry: dict[str, Any], furniture: Furniture, max_bytes: int, known: Known
) -> Text | Rejected:
    name = _name(entry["name"])
    if entry["type"] == "directory":
        reason = "it is a folder inside the folder, and it is not read"
        return Rejected(name, reason, "name it by itself", aside=True)
    if not is_text(name):
        return no_text(name)
    try:
        with files.open(entry["name"], "rb") as file:
            return _read(file, name, furniture, max_bytes, known)
    except Exception as error:  # noqa: BLE001 - each file system has errors of its own
        why = " ".join(str(error).split()) or type(error).__name__
        return Rejected(name, f"it can't be read ({why})", "let the one who runs this read it")


def _read(file: Any, name: str, furniture: Furniture, max_bytes: int, known: Known) -> Text | Rejected:
    data = file.read(max_bytes + 1)
    try:
        if len(data) > max_bytes:
            raise too_large(max_bytes)
        return read_bytes(data, name.rpartition(".")[0] or name, name, furniture, known=known)
    except UnusableTextError as error:
        return Rejected(name, error.reason, error.mend)


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
