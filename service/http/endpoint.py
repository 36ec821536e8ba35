"""What an endpoint is: its address, what it takes, what it answers, and the function that answers."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from marshmallow import Schema

    from service.http.parameters import Parameter
    from service.http.problems import ProblemKind

JSON = "application/json"
"""The media type of every answer that is no error, no text and no description."""

YAML = "application/yaml"
"""The media type of the description, RFC 9512."""

PLAIN = "text/plain; charset=utf-8"
"""The media type of texts."""

MARKDOWN = "text/markdown; charset=utf-8"
"""The media type of explanations, RFC 7763."""

HTML = "text/html; charset=utf-8"
"""The media type of pages."""

_NONE: Mapping[str, str] = MappingProxyType({})


class Reply(NamedTuple):
    """The answer of an endpoint, before conditions and headers: bytes of one media type.

    `links` go into the Link header by relation, `headers` as they are. A `stream` stands in place of the body; `length` is
    how many bytes it has, None where only reading it would tell.
    """

    body: bytes = b""
    media: str = JSON
    links: Mapping[str, str] = _NONE
    headers: Mapping[str, str] = _NONE
    stream: Iterable[bytes] | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path and method. `answer` takes the arguments read by `parameters` and the path's variables.

    `media` are the types it can answer in, of which the arguments name the one that is asked for; `schema` is the shape of
    a JSON answer, and `selected` its shape where ``fields=`` leaves members out; `problems` the statuses of the errors it
    gives beyond those that every endpoint may give, or their kinds where a status stands for another one; `body` the shape of a JSON body that it takes (it then also takes
    plain text); `negotiated` false serves its one type whatever Accept says; `lasting` answers carry an ETag and may be
    kept, others are not stored; `identity` describes the path's variable, "" where it has none; `described` false leaves it
    out of the description, as a part of a page and none of the API; `from_forms` takes a parameter without a value, as the
    empty field of a form, for one that was not given; `secured` ones may ask for a key.
    """

    path: str
    name: str
    tag: str
    summary: str
    description: str
    answer: Callable[..., Reply]
    parameters: tuple[Parameter, ...] = ()
    schema: type[Schema] | None = None
    selected: type[Schema] | None = None
    media: tuple[str, ...] = (JSON,)
    problems: tuple[int | ProblemKind, ...] = ()
    method: str = "GET"
    body: type[Schema] | None = None
    negotiated: bool = True
    lasting: bool = True
    identity: str = ""
    described: bool = True
    from_forms: bool = False
    secured: bool = False
