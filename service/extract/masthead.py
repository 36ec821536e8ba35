"""Recognize who published an article by the page around it: names, phrases and addresses of its outlet."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from service.extract.found import PublisherFound
from service.model import Basis, Role
from service.texts.bylines import read_byline
from service.texts.datelines import read_dateline
from service.texts.page import is_credit_line
from service.vocabulary.furniture import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.extract.found import Range
    from service.model import Block, Text
    from service.vocabulary.furniture import Furniture
    from service.vocabulary.publishers import Outlet, Publishers

_PHRASE, _LINE, _NAME, _ADDRESS, _AGENCY = range(5)
"""How well evidence tells, best first: a phrase, the name alone on a line, the name in furniture, an address, an agency."""
_HOST = re.compile(r"(?<![\w.-])(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,6}(?![\w-])", re.IGNORECASE)
_EDGE = 500
"""Blocks from either end of a text that show its publisher."""
_REACH = 2000
_FOLLOWING = 1000
_LINE_END = re.compile(r"[\r\n\u2028\u2029]")
_SUFFIX = re.compile(r"\s(?:[|–—-]|::?)\s(?=[^|–—]{2,60}$)")
_NAMING = re.compile(
    r"\W{0,3}(?:(?:©|\(c\)|copyright)[\W\d]{0,20}(?:by |the )?|(?:first |originally )?published (?:in|by) |source: ?)"
    r"(?P<name>[^,.|©0-9]{2,60})",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\W{0,3}(?P<name>[^|–—0-9]{2,40}?)\s{0,2}(?:[|–—]|\s-\s)")
_AND = re.compile(r"\sand\s|\s?/\s?", re.IGNORECASE)
_OWNED = re.compile(r"\W{0,3}(?:©|\(c\)|copyright)", re.IGNORECASE)
_ROLES = (Role.FURNITURE, Role.BYLINE, Role.TIMESTAMP)

_Evidence = tuple[int, "Outlet", "Range", Basis]
"""How well it tells, whom it shows, the words, and whether they state or only suggest it."""


def find_publisher(text: Text, publishers: Publishers, furniture: Furniture) -> PublisherFound | None:
    """Give the publisher that front matter states or the page around the article shows; None where nothing does.

    An outlet that the article only cites, and the agency that a picture is from, are not its publisher. A name in print
    is the basis ``stated``, anything else ``inferred``.
    """
    front = text.front
    if front and front.publisher:
        known = publishers.lookup(front.publisher)
        return PublisherFound(known.name if known else front.publisher, Basis.STATED, None)
    if front and front.url:
        owner = _owner(front.url, publishers)
        if owner:
            return PublisherFound(owner.name, Basis.INFERRED, None)
    found = list(_evidence(text, publishers, furniture))
    namings = Counter(outlet.id for _, outlet, _, _ in found)
    best = min(found, key=lambda one: (one[0], -namings[one[1].id], one[2]), default=None)
    return PublisherFound(best[1].name, best[3], best[2]) if best else None


def cut_masthead(headline: str, publishers: Publishers) -> tuple[str, Range | None]:
    """Give a headline without the outlet's name after it ("… | The Daily Planet"), and where that name stands."""
    last = max(_SUFFIX.finditer(headline), key=lambda match: match.start(), default=None)
    if last is None or publishers.lookup(headline[last.end() :]) is None:
        return headline, None
    return headline[: last.start()].rstrip(), (last.end(), len(headline))


def line_of(text: Text, block: Block) -> str:
    """Give the beginning of the paragraph that `block` (its dateline) stands at the head of."""
    return _LINE_END.split(text.decoded[block.start : block.end + _FOLLOWING], maxsplit=1)[0]


def _owner(url: str, publishers: Publishers) -> Outlet | None:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return publishers.of_domain(host) if host else None


def _evidence(text: Text, publishers: Publishers, furniture: Furniture) -> Iterator[_Evidence]:
    body = next((block.start for block in text.blocks if block.role is Role.BODY), len(text.decoded))
    edges = (*text.blocks[:_EDGE], *text.blocks[max(_EDGE, len(text.blocks) - _EDGE) :])
    for block in edges:
        if block.role is Role.HEADLINE:
            yield from _after_headline(text, block, publishers)
        elif block.role is Role.DATELINE:
            yield from _agency(text, block, publishers, furniture)
        elif block.role in _ROLES:
            yield from _shown(text, block, publishers, furniture, above=block.start < body)
        if block.role is Role.BYLINE:
            yield from _affiliation(text, block, publishers, furniture)


def _after_headline(text: Text, block: Block, publishers: Publishers) -> Iterator[_Evidence]:
    _, where = cut_masthead(text.decoded[block.start : block.end], publishers)
    outlet = publishers.lookup(text.decoded[block.start + where[0] : block.end]) if where else None
    if where and outlet:
        yield _LINE, outlet, (block.start + where[0], block.start + where[1]), Basis.STATED


def _agency(text: Text, block: Block, publishers: Publishers, furniture: Furniture) -> Iterator[_Evidence]:
    words = line_of(text, block)
    dateline = read_dateline(words, furniture)
    outlet = publishers.lookup(dateline.agency) if dateline and dateline.agency else None
    if dateline and dateline.agency and outlet:
        start = block.start + words.index(dateline.agency)
        yield _AGENCY, outlet, (start, start + len(dateline.agency)), Basis.INFERRED


def _shown(
    text: Text, block: Block, publishers: Publishers, furniture: Furniture, *, above: bool
) -> Iterator[_Evidence]:
    """Give what a piece of the page shows; of a picture's credit, nothing.

    An everyday name alone on a line ("Foreign Affairs") is an outlet's `above` the body, a section's or a tag's below.
    """
    words = text.decoded[block.start : block.end]
    for start, end, outlet in publishers.find_phrases(words):
        yield _rank(outlet, _PHRASE), outlet, (block.start + start, block.start + end), Basis.INFERRED
    if is_credit_line(words, furniture):
        return
    alone = publishers.lookup(words.strip(" .|©=-*"))
    if alone and plain(words) not in furniture.lines and _is_named_so(words, alone, above=above):
        yield _rank(alone, _LINE), alone, (block.start, block.end), Basis.STATED
        return
    yield from _named(words, block.start, publishers)
    for start, end, outlet in publishers.find_names(words):
        # Articles thank agencies for part of the reporting; only a mark of ownership makes one the publisher.
        if outlet.kind != "agency" or _OWNED.match(words):
            yield _rank(outlet, _NAME), outlet, (block.start + start, block.start + end), Basis.STATED
    for match in _HOST.finditer(words[:_REACH]):
        owner = publishers.of_domain(match.group())
        if owner:
            yield _ADDRESS, owner, (block.start + match.start(), block.start + match.end()), Basis.INFERRED


def _named(words: str, base: int, publishers: Publishers) -> Iterator[_Evidence]:
    """Give whom a line names as owner, as source, or first of all before a bar ("Source: Courier and agencies")."""
    match = _NAMING.match(words) or _FIRST.match(words)
    if match is None:
        return
    name = _AND.split(match.group("name").strip(), maxsplit=1)[0]
    outlet = publishers.lookup(name)
    if outlet and _is_named_so(name, outlet, above=True):
        start = base + match.start("name") + match.group("name").index(name)
        yield _rank(outlet, _NAME), outlet, (start, start + len(name)), Basis.STATED


def _is_named_so(words: str, outlet: Outlet, *, above: bool) -> bool:
    """Tell whether an everyday name stands in its own letters, or in capitals, to name an outlet."""
    bare = words.strip(" .|©=-*")
    written = {form for name in (outlet.name, *outlet.aliases) for form in (name, f"The {name}")}
    return not outlet.common or (above and (bare.isupper() or bare in written))


def _rank(outlet: Outlet, rank: int) -> int:
    return _AGENCY if outlet.kind == "agency" else rank


def _affiliation(
    text: Text, block: Block, publishers: Publishers, furniture: Furniture
) -> Iterator[_Evidence]:
    """Give the outlet beside the author's name where its everyday name is not looked for elsewhere ("Jane Doe, The Hill")."""
    words = text.decoded[block.start : block.end]
    byline = read_byline(words, furniture)
    for name in byline.outlets if byline else ():
        outlet, at = publishers.lookup(name), words.find(name)
        if outlet and at >= 0:
            yield _rank(outlet, _NAME), outlet, (block.start + at, block.start + at + len(name)), Basis.STATED
