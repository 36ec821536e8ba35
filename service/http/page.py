"""Markdown as the HTML of a page: headings that can be linked to, tables that fit a phone, commands to copy from a terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from service.vocabulary.naming import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and where it is; `within` are the headings of the next level that stand under it."""

    anchor: str
    title: str
    within: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML; `sections` are its second-level headings with the third-level ones under them."""

    html: Markup
    sections: tuple[Section, ...]


def rendered(markdown: str) -> Rendered:
    """Render CommonMark with tables; HTML in it stays text."""
    parser = _parser()
    tokens = parser.parse(markdown)
    sections: list[Section] = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            anchor = slug(inline.content)
            opening.attrSet("id", anchor)
            if opening.tag == "h2":
                sections.append(Section(anchor, inline.content))
            elif opening.tag == "h3" and sections:
                within = (*sections[-1].within, Section(anchor, inline.content))
                sections[-1] = replace(sections[-1], within=within)
    html = Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - markdown-it has escaped it  # nosec B704
    return Rendered(html, tuple(sections))


def _fence(renderer: RendererProtocol, tokens: Sequence[Token], index: int, *args: object) -> str:
    del renderer, args
    return f"<pre><code>{_escaped(tokens[index].content)}</code></pre>\n"


def _escaped(code: str) -> str:
    """Escape what HTML would read as its own, and leave the & of a query as it is, to be copied where nothing renders it."""
    references = _AMPERSAND.sub(
        lambda each: each[0] if unescape(each[0]) == each[0] else f"&amp;{each[0][1:]}", code
    )
    return references.replace("<", "&lt;").replace(">", "&gt;")


def _table_open(renderer: RendererProtocol, *args: object) -> str:
    del renderer, args
    return '<div class="table">\n<table>\n'


def _table_close(renderer: RendererProtocol, *args: object) -> str:
    del renderer, args
    return "</table>\n</div>\n"


_AMPERSAND = re.compile(r"&#?\w*;?")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - sixty modules, which nobody needs before the page is asked for

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser
