"""What a JSON-LD processor does to the documents of the service, as far as they go: expansion of terms and addresses.

It knows the context's ``@vocab`` and its term definitions with ``@id``, ``@type`` and ``@container: @list``, and refuses all
else, so that a document which needs more is noticed here.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

_KEYWORDS = {"@id", "@type", "@value", "@context"}
_DEFINITION = {"@id", "@type", "@container"}


class LinkedDataError(ValueError):
    """The document can't be expanded, or would lose something by it."""


class Expansion:
    """Expands one document that was found under the address `base`."""

    def __init__(self, document: dict[str, Any], base: str) -> None:
        self._base = base
        self._context: dict[str, Any] = document["@context"]
        self._vocabulary: str = self._context["@vocab"]
        for term, definition in self._context.items():
            if term != "@vocab" and not definition.keys() <= _DEFINITION:
                message = f"{term} is defined by {definition}"
                raise LinkedDataError(message)
        self.nodes: list[dict[str, Any]] = []
        self.root = self._node({key: value for key, value in document.items() if key != "@context"})

    def _node(self, node: dict[str, Any]) -> dict[str, Any]:
        expanded: dict[str, Any] = {}
        for key, value in node.items():
            if key == "@id":
                expanded["@id"] = self._address(value)
            elif key == "@type":
                expanded["@type"] = [
                    self._term(each) for each in ([value] if isinstance(value, str) else value)
                ]
            else:
                expanded[self._term(key)] = self._values(key, value)
        self.nodes.append(expanded)
        return expanded

    def _values(self, key: str, value: Any) -> list[Any]:
        definition = self._context.get(key, {})
        values = [self._value(definition, each) for each in (value if isinstance(value, list) else [value])]
        return [{"@list": values}] if definition.get("@container") == "@list" else values

    def _value(self, definition: dict[str, Any], value: Any) -> Any:
        match value:
            case dict() if "@value" in value:
                if value.keys() != {"@value", "@type"}:
                    message = f"{value} is no typed value"
                    raise LinkedDataError(message)
                return {"@value": value["@value"], "@type": self._absolute(value["@type"])}
            case dict():
                return self._node(value)
            case str() if definition.get("@type") == "@id":
                return {"@id": self._address(value)}
            case str() | int() | float() | bool():
                return {"@value": value}
            case _:
                message = f"{value!r} says nothing"
                raise LinkedDataError(message)

    def _term(self, term: str) -> str:
        if term.startswith("@"):
            message = f"{term} is not known here; {', '.join(sorted(_KEYWORDS))} are"
            raise LinkedDataError(message)
        if ":" in term:
            return self._absolute(term)
        defined = self._context.get(term, {}).get("@id")
        return self._absolute(defined or f"{self._vocabulary}{term}")

    def _address(self, reference: str) -> str:
        if not reference.startswith("/") and not urlsplit(reference).scheme:
            message = f"{reference!r} is neither absolute nor path-absolute"
            raise LinkedDataError(message)
        return self._absolute(urljoin(self._base, reference))

    def _absolute(self, address: str) -> str:
        parts = urlsplit(address)
        if not (parts.scheme and parts.netloc and address.isascii() and " " not in address):
            message = f"{address!r} is no absolute address"
            raise LinkedDataError(message)
        return address
