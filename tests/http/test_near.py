"""What was likely meant by a name or a path that is not known."""

from __future__ import annotations

from typing import Final

import pytest

from service.http.near import nearest, shortened
from service.http.options import EVENT_TYPES
from service.http.paths import near_path

TEMPLATES: Final = (
    *("/", "/v1/plants", "/v1/plants/<identity>", "/v1/plants/<identity>/leaf", "/v1/soils", "/rootz"),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Meeting", "meeting"),
        ("meetings", "meeting"),
        ("nuclear test", "nuclear-test"),
        ("NUCLEAR_TEST", "nuclear-test"),
        ("nuclear", "nuclear-test"),
        ("conference", "press-conference"),
        ("test", None),
        ("a", None),
        ("", None),
        ("wholly different", None),
        ("x" * 100_000, None),
    ],
)
def test_a_name(written: str, meant: str | None) -> None:
    assert nearest(written, EVENT_TYPES) == meant


def test_what_differs_by_a_sign_is_told_apart() -> None:
    assert nearest("-DATE", ("date", "-date")) == "-date"
    assert nearest("Date", ("-date", "date")) == "date"


def test_what_is_long_is_cut() -> None:
    assert shortened("a" * 80) == "a" * 80
    assert shortened("a" * 81) == "a" * 80 + "…"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/plant", "/v1/plants"),
        ("/v1/plants/", "/v1/plants"),
        ("/v1//plants", "/v1/plants"),
        ("/V1/Plants", "/v1/plants"),
        ("/plants", "/v1/plants"),
        ("/v1/plant/oak", "/v1/plants/oak"),
        ("/v1/plants/oak/", "/v1/plants/oak"),
        ("/plants/oak", "/v1/plants/oak"),
        ("/v1/plants/oak tree/leaves", "/v1/plants/oak%20tree/leaf"),
        ("/v1/soils/oak", "/v1/soils"),
        ("/rooty", "/rootz"),
        ("/v1", None),
        ("/wholly/elsewhere", None),
        ("/a/b/c/d/e", None),
        ("/" + "x" * 100_000, None),
        ("/v1/<script>/oak", None),
    ],
)
def test_a_path(path: str, meant: str | None) -> None:
    assert near_path(path, TEMPLATES) == meant
