"""JSON-LD as a processor reads it, without the network and without leave to lose anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyld import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE: Final = "https://record.example"
ELSEWHERE: Final = f"{BASE}/another/path"

Node = dict[str, Any]


class LostError(ValueError):
    """The document says something that does not reach its reader."""


class Linked:
    """The document that was found under the path and query `url`: expanded, compacted, and as RDF."""

    def __init__(self, document: Node, url: str) -> None:
        """Read `document`; raise `LostError` or PyLD's own `JsonLdError` where it can't be read whole."""
        options = {"base": f"{BASE}{url}", "documentLoader": _refuse}
        if any(value is None for _, value in _members(document)):
            message = "null says nothing"
            raise LostError(message)
        expanded = jsonld.expand(document, options, on_property_dropped=_lose)
        if expanded != jsonld.expand(document, {**options, "base": ELSEWHERE}):
            message = "an address is neither absolute nor path-absolute"
            raise LostError(message)
        (self.root,) = expanded
        self.nodes: list[Node] = list(_nodes(self.root))
        self.compacted: Node = jsonld.compact(expanded, document["@context"], {**options, "base": ""})
        self.quads: list[str] = jsonld.to_rdf(
            document, {**options, "format": "application/n-quads"}
        ).splitlines()
        if len(self.quads) != sum(map(_triples, jsonld.flatten(document, None, options))):
            message = "a triple is missing; an address may be none"
            raise LostError(message)
        if jsonld.expand(self.compacted, options) != expanded:
            message = "compacted it is no longer the same"
            raise LostError(message)


def _refuse(url: str, options: Any) -> Any:
    del options
    message = f"{url} would have to be fetched"
    raise LostError(message)


def _lose(name: str | None) -> None:
    message = f"{name} is dropped"
    raise LostError(message)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield name, each
            yield from _members(each)
    elif isinstance(value, list):
        for each in value:
            yield from _members(each)


def _nodes(value: Any) -> Iterator[Node]:
    """Give every node of what is expanded, the values left out."""
    if isinstance(value, dict) and "@value" not in value:
        if "@list" not in value:
            yield value
        for each in value.values():
            yield from _nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _nodes(each)


def _triples(node: Node) -> int:
    """Count the triples that a flattened node says; a list takes two more for each of its members."""
    values = [each for name, several in node.items() if name != "@id" for each in several]
    return sum(1 + 2 * len(each["@list"]) if "@list" in each else 1 for each in values)
