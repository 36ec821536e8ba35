"""Read vocabulary files: YAML by the safe loader, with errors that name the file, the entry and the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


class VocabularyError(ValueError):
    """A vocabulary file that can't be used; the message names the file, the entry and what would be right."""


def read_yaml(folder: Path, name: str) -> Any:
    """Load ``folder/name``; raise `VocabularyError` where it is missing or no YAML."""
    path = folder / name
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except FileNotFoundError:
        message = (
            f"{path}: the vocabulary folder lacks this file; copy it from the package's service/vocabulary"
        )
    except (OSError, ValueError, yaml.YAMLError) as error:
        message = f"{path}: {error}"
    raise VocabularyError(message)


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


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
