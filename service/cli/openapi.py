"""``onrecord openapi``: the description of the HTTP interface, which the repository keeps as openapi.yaml."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from service.http.app import make_app
from service.http.library import index_corpus
from service.http.openapi import describe
from service.http.options import HttpOptions
from service.model import Corpus

if TYPE_CHECKING:
    from argparse import Namespace

ERRORS: tuple[type[Exception], ...] = ()
"""Nothing that a user gives can go wrong here."""


def run(args: Namespace) -> int:
    """Write the description, which depends on no text and no setting."""
    del args
    nothing = Corpus("", "", (), {}, (), (), (), (), (), {})
    sys.stdout.write(describe(make_app(index_corpus(nothing, HttpOptions()), _refuse)))
    return 0


def _refuse(text: str, title: str | None, published: str | None) -> NoReturn:
    del text, title, published
    message = "nothing is read for the description"
    raise ValueError(message)
