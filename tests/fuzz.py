"""Fuzz the extraction: `python -m tests.fuzz --inputs 100000` reads that many made-up texts, fresh ones every time.

Half are put together from pieces of speech, half are any characters at all. Each is held to what the property tests
hold every text to; the first that breaks a rule is made as small as it gets, printed, and ends the run with 1. The
property tests themselves take the same inputs in every run, so that luck decides no change's fate; luck is for here.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.corpora import loader
from tests.extract.test_properties import articles, check, extract, record

if TYPE_CHECKING:
    from collections.abc import Sequence


def fuzz(inputs: int) -> None:
    """Read `inputs` random texts and check what each gives; raise `AssertionError`, or what a reader raised, for the first bad one."""
    extractor = loader().extractor

    @settings(
        max_examples=inputs,
        database=None,
        derandomize=False,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(text=st.one_of(articles, st.text()))
    def hold(text: str) -> None:
        extracted = extract(extractor, text)
        if extracted is not None:
            check(record([extracted], extractor.vocabulary))

    hold()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzz; give 0 when every text held."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--inputs", type=int, default=100_000, help="how many texts to read (default: %(default)s)"
    )
    inputs = parser.parse_args(arguments).inputs
    started = time.monotonic()
    fuzz(inputs)
    sys.stdout.write(f"{inputs} texts read in {time.monotonic() - started:.0f} s, each record sound\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
