"""The files of a search index: written so that the same rows give the same bytes, and opened where nothing can be written."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_META, _MANAGED = "meta.json", ".managed.json"
_LOCKS = ".tantivy-*.lock"
_TRIES = 10


def settle(folder: Path) -> None:
    """Bring the index that tantivy wrote into `folder` into its lasting form.

    Segments, which it names at random, are numbered; lists stand in order; locks go; all may read the files.
    """
    meta = (folder / _META).read_text(encoding="utf-8")
    for number, segment in enumerate(json.loads(meta)["segments"]):
        given = segment["segment_id"]
        lasting = f"00000000-0000-4000-8000-{number:012}"
        meta = meta.replace(given, lasting)
        for path in folder.glob(f"{given.replace('-', '')}.*"):
            path.rename(path.with_name(f"{lasting.replace('-', '')}{path.suffix}"))
    (folder / _META).write_text(meta, encoding="utf-8")
    for path in folder.glob(_LOCKS):
        path.unlink()
    (folder / _MANAGED).unlink()
    names = sorted(path.name for path in folder.iterdir())
    (folder / _MANAGED).write_text(json.dumps(names), encoding="utf-8")
    for path in folder.iterdir():
        path.chmod(0o644)


@contextmanager
def writable(folder: Path) -> Iterator[Path]:
    """Give for a while a folder of links to the files in `folder` in which tantivy can put its lock."""
    links = Path(tempfile.mkdtemp(prefix="onrecord-"))
    try:
        for path in folder.iterdir():
            (links / path.name).symlink_to(path.resolve())
        yield links
    finally:
        # A thread of tantivy's looks at what it opened once more, and may put its lock into a folder that is being emptied.
        for _ in range(_TRIES):
            if links.exists():
                shutil.rmtree(links, ignore_errors=True)
