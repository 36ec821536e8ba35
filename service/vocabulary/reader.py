"""Read vocabulary files: YAML by the safe loader, with errors that name the file, the entry and the mend."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import yaml

from service.vocabulary.expansion import refuse_multiplied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING, _LIST, _MAPPING = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


_read: ContextVar[dict[str, Any] | None] = ContextVar("read", default=None)


class VocabularyError(ValueError):
    """A vocabulary file that can't be used; the message names the file, the entry and what would be right."""


def read_yaml(folder: Path, name: str) -> Any:
    """Load ``folder/name``; raise `VocabularyError` where it is missing or no YAML. What it gives is not to be changed."""
    path = folder / name
    try:
        return _document(path.read_bytes())
    except FileNotFoundError:
        message = (
            f"{path}: the vocabulary folder lacks this file; copy it from the package's service/vocabulary"
        )
    except (OSError, ValueError, yaml.YAMLError) as error:
        message = f"{path}: {error}"
    raise VocabularyError(message)


@contextmanager
def remembering(known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Take what `known` has of the files read inside, by the SHA-256 of their bytes; give all there is to know so far.

    Inside, each file that is not known is added, and each that is asked for twice is parsed once.
    """
    read = dict(known)
    token = _read.set(read)
    try:
        yield read
    finally:
        _read.reset(token)


def strings(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Give the list of strings under `key` (absent: empty); `where` names the entry in an error."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        message = f"{where}: {key} takes a list of strings; put quotation marks around {value!r}"
        raise VocabularyError(message)
    return tuple(value)


def only_keys(entry: Any, allowed: set[str], where: str) -> dict[str, Any]:
    """Give `entry` back when it is a mapping with no key outside `allowed`, else raise `VocabularyError`."""
    if not isinstance(entry, dict):
        message = f"{where}: expected a mapping, found {entry!r}"
        raise VocabularyError(message)
    unknown = set(entry) - allowed
    if unknown:
        message = f"{where}: unknown key {min(map(str, unknown))!r}; known are {', '.join(sorted(allowed))}"
        raise VocabularyError(message)
    return entry


def _document(data: bytes) -> Any:
    read = _read.get()
    if read is None:
        return _parsed(data)
    name = hashlib.sha256(data).hexdigest()
    if name not in read:
        read[name] = _parsed(data)
    return read[name]


def _parsed(data: bytes) -> Any:
    return yaml.load(data.decode("utf-8"), Loader=_Loader)  # noqa: S506 - it is a safe loader  # nosec B506


class _Loader(_SAFE):  # type: ignore[misc]  # which of the two it is shows when it runs
    """The safe loader with a short way to strings, lists and mappings, nearly all there is: a third less time."""

    def __init__(self, written: str) -> None:
        """Take the document."""
        super().__init__(written)
        self._may_have_aliases = "*" in written

    def construct_document(self, node: yaml.Node) -> Any:
        """Give what the document holds; the safe loader's own way makes, or refuses, what the short way can't make.

        Raises `service.vocabulary.expansion.ExpansionError` where aliases make it larger than is read.
        """
        if self._may_have_aliases:
            refuse_multiplied(node)
        try:
            return self._short(node, {})
        except (yaml.YAMLError, AttributeError, TypeError, RecursionError):
            self.constructed_objects: dict[yaml.Node, Any] = {}
            self.recursive_objects: dict[yaml.Node, Any] = {}
            return super().construct_document(node)

    def _short(self, node: yaml.Node, made: dict[yaml.Node, Any]) -> Any:
        """`made` are the lists and mappings of before, to which aliases may lead."""
        tag, held = node.tag, node.value
        if tag == _STRING and isinstance(held, str):
            return held
        if node in made:
            return made[node]
        if tag == _LIST:
            items: list[Any] = []
            made[node] = items
            items.extend([self._short(one, made) for one in held])
            return items
        if tag == _MAPPING:
            mapping: dict[Any, Any] = {}
            made[node] = mapping
            for key, value in held:
                mapping[self._short(key, made)] = self._short(value, made)
            return mapping
        return self.construct_object(node, deep=True)
