"""The files of the pages: our own, and those of Swagger UI, which its package brings along."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import flask_swagger_ui  # type: ignore[import-untyped]  # it comes without types

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

PATH = "/files"
"""Where the files are served."""

CSS = "text/css; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"

_OWN = files("service.http") / "static"
_SWAGGER_UI = files(flask_swagger_ui) / "dist"
_FILES = (
    (_OWN / "docs.css", CSS),
    (_OWN / "docs.js", SCRIPT),
    (_OWN / "page.css", CSS),
    (_OWN / "page.js", SCRIPT),
    (_SWAGGER_UI / "swagger-ui.css", CSS),
    (_SWAGGER_UI / "swagger-ui-bundle.js", SCRIPT),
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a page; `name` is what the template calls it."""

    name: str
    media: str
    body: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """Give the files by the names they are served under, which change with what is in them, so that they may be kept."""
    read = (_read(file, media) for file, media in _FILES)
    return {_served_as(asset): asset for asset in read}


def _read(file: Traversable, media: str) -> Asset:
    return Asset(file.name, media, file.read_bytes())


def _served_as(asset: Asset) -> str:
    stem, _, ending = asset.name.rpartition(".")
    return f"{stem}.{hashlib.sha256(asset.body).hexdigest()[:12]}.{ending}"


def address_of(name: str) -> str:
    """Give the address of the file that templates call `name`; raise `KeyError` where there is none."""
    return _addresses()[name]


@cache
def _addresses() -> Mapping[str, str]:
    return {asset.name: f"{PATH}/{served}" for served, asset in assets().items()}
