"""A spaCy pipeline looked up without spaCy: whether it is there, and which one it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class NoPipelineError(ValueError):
    """There is no pipeline of that name; the message says what is there instead."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A pipeline that can be loaded by `name`; `version` is the name and version of its model, `folder` where it lies."""

    name: str
    version: str
    folder: Path

    def digest(self) -> str:
        """Hash the names and bytes of all its files, trained anew under the same version or not."""
        hashed = hashlib.blake2b(
            digest_size=32
        )  # twice as fast as SHA-256 where the processor has no help for that
        for path in sorted(
            path for path in self.folder.rglob("*") if path.suffix != ".pyc" and path.is_file()
        ):
            content = path.read_bytes()
            hashed.update(f"{path.relative_to(self.folder).as_posix()} {len(content)}\n".encode())
            hashed.update(content)
        return hashed.hexdigest()


def find_pipeline(name: str) -> Installed:
    """Find the pipeline of an installed package, or in a folder; raise `NoPipelineError`.

    That it can be loaded too is seen when it is.
    """
    folder = _package(name) or Path(name)
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        version = f"{meta['lang']}_{meta['name']}-{meta['version']}"
    except FileNotFoundError:
        there = (
            f"{folder} holds no meta.json" if folder.is_dir() else "no package and no folder has this name"
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        there = f"{folder / 'meta.json'} can't be read: {error!r}"
    else:
        return Installed(name, version, folder)
    raise NoPipelineError(there)


def _package(name: str) -> Path | None:
    """Give the folder of a package without importing it."""
    spec = find_spec(name) if name.isidentifier() else None
    places = (spec.submodule_search_locations if spec else None) or []
    return next((Path(place) for place in places), None)
