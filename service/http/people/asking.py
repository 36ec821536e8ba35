"""Asking the API from inside the process, so that a page shows what its clients would get, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from service.http.arguments import Reader, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.http.endpoint import Endpoint
    from service.http.parameters import Parameter


class Answered(dict[str, Any]):
    """An answer of the API, and the `address` that gives it."""

    address: str


class Api:
    """The endpoints of the API that are asked with GET."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        """Take the endpoints that may be asked."""
        self._endpoints = {
            each.path: (each, Reader(each.parameters)) for each in endpoints if each.method == "GET"
        }

    def parameters(self, path: str) -> Sequence[Parameter]:
        """Give the parameters that the endpoint with the template `path` takes."""
        return self._endpoints[path][0].parameters

    def ask(self, path: str, query: str = "", identity: str | None = None) -> Answered:
        """Give the JSON object that the endpoint answers; raise the `Problem` that it raises.

        `path` is its template, `query` a query string as it stands in an address, `identity` the value of the path's variable.
        """
        reply, address = self._reply(path, query, identity)
        answered = Answered(orjson.loads(reply.body))
        answered.address = address
        return answered

    def text(self, path: str, identity: str) -> str:
        """Give the text that the endpoint answers; raise the `Problem` that it raises."""
        body: bytes = self._reply(path, "", identity)[0].body
        return body.decode()

    def _reply(self, path: str, query: str, identity: str | None) -> Any:
        endpoint, reader = self._endpoints[path]
        arguments = reader.arguments(query.encode())._replace(media=endpoint.media[0])
        variable = {} if identity is None else {"identity": identity}
        reply = endpoint.answer(arguments, **variable)
        place = path if identity is None else path.replace("<identity>", joined([("", identity)])[1:])
        return reply, f"{place}?{arguments.canonical}" if arguments.canonical else place


def query_of(address: str) -> str:
    """Give the query string of an address of the API."""
    return address.partition("?")[2]


def only(query: str, names: Iterable[str]) -> str:
    """Keep of a query string the parameters with these names."""
    kept = frozenset(names)
    return "&".join(piece for piece in query.split("&") if piece.partition("=")[0] in kept)


def without(query: str, names: Iterable[str]) -> str:
    """Leave the parameters with these names out of a query string."""
    left = frozenset(names)
    return "&".join(piece for piece in query.split("&") if piece and piece.partition("=")[0] not in left)


def added(query: str, more: Mapping[str, str]) -> str:
    """Give a query string with these parameters behind its own."""
    return "&".join(filter(None, (query, joined(more.items()))))
