"""``python -m tests.audit``: ask PyPI whether what the service is locked to has known weaknesses.

Says what could not be asked, since an answer that is missing is no good news; fails only where a weakness is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from tests.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

IGNORED: Final[Mapping[str, str]] = {}
"""Weaknesses that do not concern the service, by their ids, each with the reason."""

LOCK: Final = "requirements/run.txt"
COMMAND: Final = (
    *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--timeout", "20"),
    *("--require-hashes", "--disable-pip", "--requirement", LOCK),
)


def asked() -> tuple[list[dict[str, Any]], str]:
    """Give what is known of each package, nothing where PyPI can't be asked, and the last line of what went wrong."""
    done = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - above
    try:
        dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return [], (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
    return dependencies, ""


def found(dependencies: Iterable[Mapping[str, Any]]) -> list[str]:
    """Give a line for each known weakness that is not ignored."""
    return [
        f"{each['name']} {each['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'no release'}"
        for each in dependencies
        for known in each.get("vulns", ())
        if not {known["id"], *known["aliases"]} & IGNORED.keys()
    ]


def main() -> int:
    """Tell what is known; 1 where it is a weakness."""
    dependencies, failure = asked()
    unknown = [each["name"] for each in dependencies if "skip_reason" in each]
    weak = found(dependencies)
    if failure:
        told = [f"{LOCK}: PyPI could not be asked, so nothing is known ({failure})"]
    else:
        told = [
            f"{LOCK}: {len(dependencies) - len(unknown)} packages asked about, {len(weak)} known weaknesses"
        ]
    if unknown:
        told.append(f"NOT known to PyPI as asked here, so nothing is known of them: {', '.join(unknown)}")
    print(*told, *weak, sep="\n")  # noqa: T201 - a program
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
