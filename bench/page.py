"""The pages of figures, docs/performance.md first: each bench writes its table between the markers of its section.

A section is what stands between ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``; all else on the page is written by hand.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.version import VERSION

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_CPUS: Final = Path("/proc/cpuinfo")
_MODEL: Final = re.compile(r"(?m)^model name[ \t]*: (.*)$")


def add_keep(parser: argparse.ArgumentParser, page: Path = PAGE) -> None:
    """Add the flag that asks for the table to be kept, `keep` by name."""
    parser.add_argument("--keep", action="store_true", help=f"write the table into docs/{page.name} too")


def keep(section: str, command: str, table: str, page: Path | None = None) -> None:
    """Write `table` into its section of a page, `PAGE` unless another is named, with the `command` that made it and a line naming the machine.

    Raises `ValueError` where the page has no such section, or more than one.
    """
    lines = ("```console", f"$ {command}", *table.splitlines(), "```", "", f"{machine()}.")
    kept = page or PAGE
    kept.write_text(with_section(kept.read_text("utf-8"), section, lines), "utf-8")


def with_section(page: str, section: str, lines: Iterable[str]) -> str:
    """Give `page` with `lines` as what its `section` holds; raise `ValueError` where it has no such section, or two."""
    begin, end = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    before, opened, rest = page.partition(f"{begin}\n")
    held, closed, after = rest.partition(end)
    if not (opened and closed) or begin in held + after or end in before + after:
        sections = ", ".join(re.findall(r"<!-- ([\w-]+): begin -->", page)) or "none"
        message = f"the page needs one pair of markers for {section}; it has sections {sections}"
        raise ValueError(message)
    return "\n".join([f"{before}{begin}\n", *lines, "", f"{end}{after}"])


def machine() -> str:
    """Tell what figures were measured on, and when: processor, cores, memory, Python, kernel, day."""
    known = _CPUS.read_text("utf-8") if _CPUS.exists() else ""
    model = _MODEL.search(known)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return ", ".join(
        (
            f"Onrecord {VERSION} on {model[1].strip() if model else platform.machine()}",
            f"{len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()} cores",
            f"{memory:.0f} GiB of memory",
            f"{platform.python_implementation()} {platform.python_version()}",
            f"{platform.system()} {re.split('[^0-9.]', platform.release(), maxsplit=1)[0]}",
            str(dt.datetime.now(tz=dt.UTC).date()),
        )
    )
