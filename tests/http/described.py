"""The operations as the description has them, for tests that leave none of them out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from service.http.openapi import document
from service.http.options import HttpOptions
from tests.sample import app_of, extract, make_corpus

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

ORIGIN: Final = {"Origin": "https://client.example"}
TEXT: Final = {"data": "“It is safe,” said a trader.", "content_type": "text/plain"}
OF_BROWSERS: Final = {
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Cache-Control",
    "Content-Encoding",
    "Vary",
}
"""Headers that a browser heeds and no page has to read."""
APP: Final = app_of(make_corpus(), extract, HttpOptions(max_text=2_000, code_version="test"))
DESCRIBED: Final = document(APP)


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = DESCRIBED["paths"][self.path][self.method.lower()]
        return found

    @property
    def parameters(self) -> tuple[dict[str, Any], ...]:
        """The parameters of the query."""
        every = [resolved(each) for each in self.described["parameters"]]
        return tuple(each for each in every if each["in"] == "query")

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each["name"] for each in self.parameters)

    @property
    def url(self) -> str:
        """The path with the id of a record that there is."""
        before, variable, after = self.path.partition("{id}")
        return before + identity(before.rstrip("/")) + after if variable else before

    def send(self, client: FlaskClient, url: str, **more: Any) -> TestResponse:
        """Send a request of this method to `url`, with a text where one is to be posted."""
        more["headers"] = ORIGIN | more.get("headers", {})
        return client.open(url, **{"method": self.method, **(TEXT if self.takes_body else {}), **more})

    @property
    def takes_body(self) -> bool:
        return "requestBody" in self.described


@cache
def identity(path: str) -> str:
    """Give the id of the first record of a list."""
    found: str = APP.test_client().get(path).get_json()["items"][0]["id"]
    return found


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference within the description."""
    if "$ref" not in part:
        return part
    found: Any = DESCRIBED
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


OPERATIONS: Final = tuple(
    Operation(method.upper(), path) for path, methods in DESCRIBED["paths"].items() for method in methods
)
PATHS: Final = tuple(DESCRIBED["paths"])
