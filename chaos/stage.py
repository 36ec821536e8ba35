"""What every fault is tried on: texts, parsed once and kept, and replicas that serve them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Final

from chaos.asking import Question, answered
from chaos.load import promised
from chaos.servers import ROOT, Proxy, Service, ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from chaos.load import Told

SEEDS: Final = ROOT / "seeds"
_SEEDS: Final = 3
_SERVERS: Final = 3
"""So many stand in nginx's configuration."""
NEWS: Final = """\
---
title: Harbour town to count its boats again
publisher: The Example Courier
published: 2016-05-04
---
EXAMPLEVILLE — The harbour town will count its boats again, Mayor Ada Example said on Tuesday.

“We lost three of them in the fog,” Example told reporters. Harbour master Bo Sample said that the fog would lift by Friday.
"""
"""A text that is new: of our own writing, and about nobody."""

LONG_TEXT: Final = NEWS.partition("---\n\n")[2] + "".join(
    f"\nOn day {number} of the count, Mayor Ada Example said that {number} boats were there. “Count them again,” she told the "
    f"harbour master, who replied that {number + 1} had been there in the morning, before the fog came in from the sea.\n"
    for number in range(1, 60)
)
"""A text that takes a while to read."""

READS: Final = tuple(
    map(
        Question,
        (
            *(f"/v1/statements?limit={limit}" for limit in range(1, 11)),
            *(f"/v1/events?limit={limit}&sort=-date" for limit in range(1, 6)),
            *(f"/v1/sources?limit={limit}" for limit in range(1, 5)),
            "/v1/statements?q=nuclear&limit=20",
            "/v1/statements?facets=topic,speaker&limit=5",
            "/v1/timeline?of=statements&interval=year",
            "/v1/topics",
            "/v1/speakers?limit=50",
        ),
    )
)
"""What readers ask for: pages, searches, counts."""

EXTRACTION: Final = Question("/v1/extract", "POST", LONG_TEXT.encode(), {"Content-Type": "text/plain"})
"""A text to be read."""


class Stage:
    """A folder with texts and what was parsed of them, from which servers are started; removed by whoever made it.

    `renewed` are the right answers to `READS` once the texts are renewed, `extracted` is the right body to `EXTRACTION`.
    """

    def __init__(self, folder: Path) -> None:
        """Take an empty folder. The texts are parsed here, those that are to come too, so that every start is quick."""
        self.folder = folder
        self.cache = folder / "cache"
        self.small: tuple[Path, Mapping[str, set[Told]]] | None = None
        self._numbers = count()
        texts = self.texts()
        self.renew(texts)
        with self.served(texts) as service:
            self.renewed = promised(service.port, READS)
            self.extracted = answered(service.port, EXTRACTION).body

    def texts(self) -> Path:
        """Make a folder of texts."""
        made = self.fresh("texts")
        made.mkdir()
        for seed in sorted(SEEDS.glob("*.txt"))[:_SEEDS]:
            shutil.copy(seed, made)
        return made

    def renew(self, texts: Path) -> None:
        """Put a new text into a folder of texts, whole from the first moment on."""
        unfinished = texts / "harbour.unfinished"
        unfinished.write_text(NEWS, encoding="utf-8")
        unfinished.rename(texts / "harbour.txt")

    def fresh(self, name: str) -> Path:
        """Give a path where nothing is yet."""
        return self.folder / f"{name}-{next(self._numbers)}"

    def service(
        self,
        texts: Path,
        port: int = 0,
        *,
        workers: int = 1,
        environment: Mapping[str, str] | None = None,
        through: Sequence[str | Path] = (),
    ) -> Service:
        """Start a server of `texts`, which is not ready yet."""
        given = {
            "ONRECORD_TEXTS": str(texts),
            "ONRECORD_CACHE": str(self.cache),
            "WEB_CONCURRENCY": str(workers),
            **(environment or {}),
        }
        return Service(given, self.fresh("service"), port, through=through)

    def again(self, service: Service, texts: Path | None = None) -> Service:
        """Start a server like one that has ended, at its port and of its texts unless others are named."""
        environment = {**service.environment, **({"ONRECORD_TEXTS": str(texts)} if texts else {})}
        return Service(environment, self.fresh("service"), service.port)

    @contextmanager
    def served(
        self, texts: Path | None = None, *, workers: int = 1, environment: Mapping[str, str] | None = None
    ) -> Iterator[Service]:
        """Let one server run for a while, which is ready by then."""
        service = self.service(texts or self.texts(), workers=workers, environment=environment)
        with ending(service):
            yield service.wait()

    @contextmanager
    def replicated(self, number: int, texts: Path | None = None) -> Iterator[list[Service]]:
        """Let replicas run for a while; those that are in the list at the end are ended, whichever those are."""
        served = texts or self.texts()
        services = [self.service(served) for _ in range(number)]
        try:
            for service in services:
                service.wait()
            yield services
        finally:
            for service in services:
                service.kill()

    @contextmanager
    def proxied(
        self, services: Sequence[Service], change: Callable[[str], str] | None = None
    ) -> Iterator[Proxy]:
        """Let nginx run in front of up to three replicas for a while; `change` makes its configuration a control's."""
        ports = [service.port for service in services]
        proxy = Proxy((ports * _SERVERS)[:_SERVERS], self.fresh("nginx"), change)
        with ending(proxy):
            yield proxy.wait()
