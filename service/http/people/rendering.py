"""The pages' templates: what they may call, and the headers that guard what they make."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from service.http.assets import address_of
from service.http.endpoint import HTML, Reply
from service.http.people import addresses
from service.http.people.wording import date_basis, date_explained, date_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GUARDED = {
    # Nothing but what this service serves itself, and no script or style inside a page.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""The headers of every page."""


def page(template: str, **shown: Any) -> Reply:
    """Make a page of a template of ``templates/people``."""
    body = _environment().get_template(f"people/{template}.html").render(**shown)
    return Reply(body.encode(), HTML, headers=GUARDED)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("service.http"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        lstrip_blocks=True,
    )
    environment.globals.update(
        asset=_Assets(),
        shown=date_shown,
        explained=date_explained,
        basis=date_basis,
        marked=marked,
        as_it_stands=as_it_stands,
        page_of=addresses.page_of,
        explorer=addresses.explorer,
        explorer_of=addresses.explorer_of,
        only_with=addresses.only_with,
    )
    return environment


class _Assets:
    def __getitem__(self, name: str) -> str:
        return address_of(name)


def marked(text: str, marks: Sequence[Mapping[str, int]]) -> Iterator[tuple[str, bool]]:
    """Cut a text at `marks`, which do not overlap: each piece with whether it is marked."""
    position = 0
    for mark in marks:
        yield text[position : mark["start"]], False
        yield text[mark["start"] : mark["end"]], True
        position = mark["end"]
    yield text[position:], False


def as_it_stands(text: str) -> Markup:
    """Write a text as HTML in which every character counts: line ends, which a browser makes one character each, are told."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 - it is escaped  # nosec B704
