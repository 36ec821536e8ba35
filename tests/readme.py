"""The examples of the README: requests, and the members of their answers that it shows.

``python -m tests.readme`` writes the examples anew from the answers of today, with the members that each shows.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, Final

from tests.corpora import ROOT, seeds_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

README: Final = ROOT / "README.md"

_EXAMPLE: Final = re.compile(
    r"(?m)^\$ curl '?localhost:8000(?P<path>/[^'\s]*)'?(?: -H 'Content-Type: application/json' -d '(?P<body>\{[^']*\})')?\n(?P<shown>\{(?s:.*?)\})\n```$"
)
_WIDTH: Final = 112


def examples(text: str) -> list[tuple[str, str | None, str]]:
    """Give the path, the posted JSON (None: nothing is posted) and the shown answer of each example."""
    return [(match["path"], match["body"], match["shown"]) for match in _EXAMPLE.finditer(text)]


def anew(path: str, body: str | None, shown: str, client: FlaskClient) -> str:
    """Give the answer to `path`, with no other members and as many items as `shown` has."""
    posted = None if body is None else json.loads(body)
    response = client.get(path) if posted is None else client.post(path, json=posted)
    return written(_pick(response.get_json(), json.loads(_without_dots(shown))))


def _without_dots(shown: str) -> str:
    return re.sub(r",\s*…(?=\s*[}\]])", "", shown)


def _pick(answer: Any, shown: Any) -> Any:
    if isinstance(shown, dict) and isinstance(answer, dict):
        left_out = {"…": None} if answer.keys() - shown.keys() else {}
        return {key: _pick(answer[key], value) for key, value in shown.items()} | left_out
    if isinstance(shown, list) and isinstance(answer, list) and shown:
        patterns = shown + shown[-1:] * len(answer)
        return [_pick(item, pattern) for item, pattern in zip(answer, patterns, strict=False)]
    return answer


def written(value: Any, indent: int = 0) -> str:
    """Write JSON, on one line what has room there, with … for the members left out."""
    line = json.dumps(value, ensure_ascii=False).replace(', "…": null}', ", …}")
    if len(line) + indent <= _WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        parts = [written(item, indent + 2) for item in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + f"\n{' ' * indent}]"
    parts = ["…" if key == "…" else f'"{key}": {written(item, indent + 2)}' for key, item in value.items()]
    return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{' ' * indent}}}"


def refreshed(text: str, client: FlaskClient) -> str:
    """Give the README's `text` with every example's answer as it is now."""

    def again(match: re.Match[str]) -> str:
        return match[0].replace(match["shown"], anew(match["path"], match["body"], match["shown"], client))

    return _EXAMPLE.sub(again, text)


if __name__ == "__main__":
    README.write_text(
        refreshed(README.read_text(encoding="utf-8"), seeds_app().test_client()), encoding="utf-8"
    )
    sys.stdout.write(f"{README.name}: {len(examples(README.read_text(encoding='utf-8')))} examples written\n")
