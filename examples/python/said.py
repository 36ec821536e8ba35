"""``python said.py http://localhost:8000 "Wang Yi" sanctions``: everything that somebody said on a topic.

With ``--keep FILE`` the same records go into a file, which is fetched anew only when something changed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from onrecord_client import IncompleteError, Onrecord, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord_client import Filters

STATEMENTS = "/v1/statements"


def said(onrecord: Onrecord, speaker: str, topic: str) -> Iterator[str]:
    """Give a line for each statement by `speaker` on `topic`, before them what the service knows nothing by."""
    filters: Filters = {"speaker": [speaker], "topic": [topic], "limit": 5}
    for number, page in enumerate(onrecord.pages(STATEMENTS, filters)):
        for hint in page.get("hints", []) if number == 0 else []:
            near = ", ".join(each["name"] for each in hint["near"]) or "nothing"
            yield f"no {hint['param']} is known as {hint['value']}; near it: {near}"
        for statement in page["items"]:
            date = statement["date"]["edtf"] if statement["date"] else "undated"
            names = " and ".join(each["name"] for each in statement["speakers"])
            yield f"{date}  {names}: {statement['text']} ({statement['source']['title']})"


def main(argv: Sequence[str] | None = None, transport: httpx.BaseTransport | None = None) -> int:
    """Carry out the command; `transport` is another way to the service than over the network."""
    parser = argparse.ArgumentParser(description="Tell everything that somebody said on a topic.")
    parser.add_argument("url", help="where the service is, such as http://localhost:8000")
    parser.add_argument("speaker", help="an id, a name or an alias")
    parser.add_argument("topic", help="an id or a label")
    parser.add_argument("--keep", metavar="FILE", type=Path, help="keep the records in this file instead")
    args = parser.parse_args(argv)
    with httpx.Client(base_url=args.url, transport=transport) as http:
        try:
            for line in _lines(Onrecord(http), args):
                print(line)
        except (ProblemError, IncompleteError, httpx.HTTPError) as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _lines(onrecord: Onrecord, args: argparse.Namespace) -> Iterator[str]:
    if args.keep is None:
        yield from said(onrecord, args.speaker, args.topic)
        return
    changed = onrecord.keep(STATEMENTS, {"speaker": [args.speaker], "topic": [args.topic]}, args.keep)
    yield f"{args.keep} is {'new' if changed else 'as it was'}"


if __name__ == "__main__":
    sys.exit(main())
