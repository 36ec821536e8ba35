"""The commands that the README and docs/api.md show, run by a shell with curl against the service over the seeds.

``python -m tests.readme`` writes what they answer anew, with the members, headers and lines that each shows.
"""

from __future__ import annotations

import fnmatch
import json
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.corpora import ROOT, seeds_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

README: Final = ROOT / "README.md"
TOUR: Final = ROOT / "docs" / "api.md"
DOCUMENTS: Final = (README, TOUR)

_BLOCK: Final = re.compile(r"(?ms)^```console\n(?P<lines>.*?)^```$")
_COMMAND: Final = re.compile(r"(?ms)^\$ (?P<command>.*?(?<!\\)\n)(?P<shown>.*?)(?=^\$ |\Z)")
_ERROR: Final = re.compile(r'"/v1/problems/|^HTTP/1\.1 [45]')
_WIDTH: Final = 112
_DOTS: Final = "…"


@dataclass(frozen=True, slots=True)
class Example:
    """A command as a document shows it, and what it shows of the answer; "" where it shows nothing."""

    command: str
    shown: str


def examples(text: str) -> list[Example]:
    """Give the commands of each block that calls curl, in their order."""
    return [example for block in _BLOCK.finditer(text) for example in _commands(block["lines"])]


def _commands(lines: str) -> list[Example]:
    found = [Example(match["command"], match["shown"]) for match in _COMMAND.finditer(lines)]
    return found if any(re.search(r"\bcurl\b", each.command) for each in found) else []


# asking ---------------------------------------------------------------------------------------------------------------


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - so werkzeug calls it
        """Keep quiet."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell in a folder of its own, whose curl asks the service at `socket`, whatever host a command names."""

    folder: Path
    socket: Path

    def run(self, command: str, *, refused: bool = False) -> str:
        """Give the output of `command`; raise `AssertionError` where it fails, or does not though it is `refused`."""
        asking = f"command curl -sS --fail-with-body --unix-socket {self.socket}"
        script = f'set -o pipefail\ncurl() {{ {asking} "$@"; }}\n{command}'
        done = subprocess.run(  # noqa: S603 - the project's own documents
            ["bash", "-c", script],  # noqa: S607 - whichever bash there is
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert (done.returncode != 0) == refused, f"{command}{done.stdout}{done.stderr}"
        return done.stdout


@contextmanager
def shell(app: Flask) -> Iterator[Shell]:
    """Serve `app` to a shell."""
    with tempfile.TemporaryDirectory() as folder:
        socket, work = Path(folder) / "socket", Path(folder) / "work"
        work.mkdir()
        server = make_server(f"unix://{socket}", 0, app, threaded=True, request_handler=_Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Shell(work, socket)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


# showing --------------------------------------------------------------------------------------------------------------


def anew(example: Example, asked: Shell) -> str:
    """Run the command of `example` and give as much of its answer as it shows."""
    refused = _ERROR.search(example.shown) is not None
    return picked(asked.run(example.command, refused=refused), example.shown)


def picked(real: str, shown: str) -> str:
    """Give as much of the answer `real` as `shown` has of one: of JSON its members, of headers those, of lines so many.

    A … in `shown` stands for what is left out: members, items, lines, or a piece of a line that changes.
    """
    if not shown:
        return ""
    if shown.startswith("HTTP/"):
        head, _, body = real.replace("\r\n", "\n").partition("\n\n")
        shown_head, apart, shown_body = shown.partition("\n\n")
        return "\n".join(_headers(head.splitlines(), shown_head.splitlines())) + (
            f"\n\n{picked(body, shown_body)}" if apart else "\n"
        )
    if shown.startswith("{"):
        return f"{written(_pick(json.loads(real), json.loads(_marked(shown))))}\n"
    return _lines(real.replace("\r\n", "\n"), shown)


def _headers(real: list[str], shown: list[str]) -> list[str]:
    by_name = {line.partition(":")[0].lower(): line for line in real[1:]}
    found = [by_name.get(line.partition(":")[0].lower(), _DOTS) for line in shown[1:]]
    return [_line(one, pattern) for one, pattern in zip([real[0].strip(), *found], shown, strict=True)]


def _lines(real: str, shown: str) -> str:
    lines, patterns = real.splitlines(), shown.splitlines()
    cut = patterns[-1] == _DOTS and len(lines) >= len(patterns)
    kept = lines[: len(patterns) - 1] if cut else lines
    again = [_line(one, pattern) for one, pattern in zip(kept, patterns, strict=False)]
    return "\n".join([*again, *kept[len(again) :], *([_DOTS] if cut else [])]) + "\n"


def _line(real: str, pattern: str) -> str:
    """Give the line as the pattern has it where it fits."""
    globbed = re.sub(r"[*?\[]", "[\\g<0>]", pattern).replace(_DOTS, "*")
    return pattern if fnmatch.fnmatchcase(real, globbed) else real


def _marked(shown: str) -> str:
    """Make JSON of what is shown: objects are cut in any case, lists where they end in a string of dots."""
    bare = re.sub(r"(?:(?<=\{)|,)\s*…(?=\s*\})", "", shown)
    return re.sub(r"(,\s*|\[\s*)…(?=\s*\])", r'\1"…"', bare)


def _pick(answer: Any, shown: Any) -> Any:
    if isinstance(shown, dict) and isinstance(answer, dict):
        left_out = {_DOTS: None} if answer.keys() - shown.keys() else {}
        return {key: _pick(answer[key], value) for key, value in shown.items()} | left_out
    if isinstance(shown, list) and isinstance(answer, list) and shown:
        if shown[-1] == _DOTS:
            few = [_pick(item, pattern) for item, pattern in zip(answer, shown[:-1], strict=False)]
            return [*few, _DOTS] if len(answer) > len(few) else few
        patterns = shown + shown[-1:] * len(answer)
        return [_pick(item, pattern) for item, pattern in zip(answer, patterns, strict=False)]
    return answer


def written(value: Any, indent: int = 0) -> str:
    """Write JSON, on one line what has room there, with … for what is left out."""
    line = re.sub(r'"…"(?:: null(?=\})|(?=\]))', _DOTS, json.dumps(value, ensure_ascii=False))
    if len(line) + indent <= _WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        parts = [_DOTS if item == _DOTS else written(item, indent + 2) for item in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + f"\n{' ' * indent}]"
    parts = [
        _DOTS if key == _DOTS else f'"{key}": {written(item, indent + 2)}' for key, item in value.items()
    ]
    return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{' ' * indent}}}"


def refreshed(text: str, asked: Shell) -> str:
    """Give the `text` of a document with every answer as it is now."""

    def again(match: re.Match[str]) -> str:
        lines = match["lines"]
        for example in _commands(lines):
            before = f"$ {example.command}{example.shown}"
            lines = lines.replace(before, f"$ {example.command}{anew(example, asked)}")
        return f"```console\n{lines}```"

    return _BLOCK.sub(again, text)


if __name__ == "__main__":
    for document in DOCUMENTS:
        with shell(seeds_app()) as asked_shell:
            new = refreshed(document.read_text(encoding="utf-8"), asked_shell)
        document.write_text(new, encoding="utf-8")
        sys.stdout.write(f"{document.name}: {len(examples(new))} examples written\n")
