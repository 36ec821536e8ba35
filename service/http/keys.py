"""The key that posting texts may ask for, compared in a time that tells nothing of it."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from service.http.layer import OWN
from service.http.problems import NO_KEY, Problem

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

HEADER = "X-API-Key"
"""The header in which the key may be sent instead of ``Authorization: Bearer``."""

SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "The service's key for posting, where it has one.",
    },
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": HEADER,
        "description": "The same in a header of its own.",
    },
}
"""How the description tells of them."""

_CHALLENGE = 'Bearer realm="onrecord"'


class Key:
    """Lets those who send the right key pass, or everybody where there is none."""

    def __init__(self, key: str | None) -> None:
        """Take the key; of it only a hash is kept."""
        self._digest = None if key is None else _digest(key)

    def check(self, environ: WSGIEnvironment) -> None:
        """Raise the 401 `Problem` where the request does not carry the key."""
        if self._digest is None or OWN in environ:
            return
        sent = [environ.get("HTTP_X_API_KEY", "")]
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "bearer":
            sent.append(token.strip())
        right = [hmac.compare_digest(self._digest, _digest(each)) for each in sent]
        if not any(right):
            detail = "is another than the one sent" if any(sent) else "is not sent"
            detail = f"The key for posting texts {detail}: send it as Authorization: Bearer … or as {HEADER}."
            raise Problem(NO_KEY, detail, headers={"WWW-Authenticate": _CHALLENGE})


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
