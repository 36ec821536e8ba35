"""Reads texts with textacy, for `bench.extract`, which runs this file with a Python that has it and talks to it by lines.

In: a line of JSON, ``{"pipeline": NAME, "texts": [TEXT, …]}``, then an empty line for every round. Out: a line of JSON that
names the versions, ``{"textacy": …, "spacy": …}``, then for every round ``{"seconds": …, "found": …, "given_up": …}``: the
processor time, the direct quotations with a speaker, and the texts it gives up, those with an odd number of quotation marks.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

import spacy
from textacy.extract import direct_quotations

NOT_NEEDED = ("senter", "ner")
"""It goes by parts of speech, lemmas and the parse; names play no part in it."""


def read(nlp: Any, texts: list[str]) -> dict[str, float]:
    """Read all of `texts` once, in the batches that spaCy makes by itself."""
    found = given_up = 0
    started = time.process_time()
    for parsed in nlp.pipe(texts):
        try:
            found += sum(1 for _ in direct_quotations(parsed))
        except ValueError:
            given_up += 1
    return {"seconds": time.process_time() - started, "found": found, "given_up": given_up}


def main() -> int:
    """Answer line by line until there is no more to read."""
    asked = json.loads(sys.stdin.readline())
    nlp = spacy.load(asked["pipeline"], exclude=NOT_NEEDED)
    tell({name: version(name) for name in ("textacy", "spacy")})
    while sys.stdin.readline():
        tell(read(nlp, asked["texts"]))
    return 0


def tell(answer: dict[str, Any]) -> None:
    """Write a line, at once."""
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
