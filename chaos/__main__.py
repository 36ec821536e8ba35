"""The command; what it does stands in `chaos`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import chaos
from bench.page import add_keep, keep
from chaos.faults import FAULTS
from chaos.page import PAGE
from chaos.rows import LONG, SHORT, table
from chaos.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a promise was broken, or a control shows nothing."""
    parser = argparse.ArgumentParser(
        prog="python -m chaos", description=(chaos.__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--only", choices=FAULTS, nargs="+", help="the faults to try (default: all)")
    parser.add_argument("--short", action="store_true", help="do what the tests do")
    add_keep(parser, PAGE)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        stage = Stage(Path(folder))
        rows = [FAULTS[name](stage, SHORT if args.short else LONG) for name in args.only or FAULTS]
    shown = "\n".join(table(rows))
    sys.stdout.write(f"{shown}\n")
    for row in rows:
        sys.stderr.writelines(f"{row.fault}: {seen}\n" for seen in (*row.seen, row.broken) if seen)
    if args.keep:
        keep("chaos", "make chaos", shown, PAGE)
    return 0 if all(row.is_kept() for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
