"""``python -m tests.page.pictures``: the main views of the pages over the seeds, as pictures in docs/pictures."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Literal

from tests.corpora import ROOT, seeds_app
from tests.page.browsing import CHROMIUM, browser, served

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

PICTURES: Final = ROOT / "docs" / "pictures"
WIDE: Final[ViewportSize] = {"width": 1200, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]
VIEWS: Final[dict[str, tuple[str, ViewportSize, Scheme]]] = {
    "explorer": ("/?topic=sanctions", WIDE, "light"),
    "search-dark": ("/?q=missile", WIDE, "dark"),
    "source": ("/sources/003_0a30fb234150b5a7#char=707,767", WIDE, "light"),
    "event": ("", WIDE, "light"),
    "speaker-phone": ("/speakers/wang-yi", PHONE, "light"),
}
"""Each picture's name, the page that it shows, how large the window is, and its colours."""


def main() -> int:
    """Take every picture; 1 where there is no browser."""
    if CHROMIUM is None:
        sys.stderr.write("there is no chromium here; install it to take pictures\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    app = seeds_app()
    listed = app.test_client().get("/v1/events?limit=100").get_json()["items"]
    most_told = max(listed, key=lambda event: (len(event["sources"]), len(event["statements"])))[
        "url"
    ].removeprefix("/v1")
    with served(app) as address, browser() as chromium:
        for name, (view, size, scheme) in VIEWS.items():
            context = chromium.new_context(base_url=address, viewport=size, color_scheme=scheme)
            page = context.new_page()
            page.goto(view or most_told)
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
