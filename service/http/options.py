"""What the HTTP part needs to know beyond the corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

EVENT_TYPES = (
    "meeting",
    "visit",
    "press-conference",
    "talks",
    "nuclear-test",
    "missile-test",
    "military-exercise",
    "resolution",
    "vote",
    "appointment",
    "execution",
    "agreement",
    "withdrawal",
    "threat",
    "sanction",
    "deployment",
    "speech",
    "other",
)
"""The event types that clients are promised."""

ExtractFn = Callable[[str, str | None, str | None], bytes]
"""Reads a text with its title and its date of publication (EDTF), both or either None, and gives the body that answers it;
raises `ValueError` with a message for the client where the text can't be used, and `EndedError`. Called by as many threads
at a time as `HttpOptions.readers` says."""


class TooCostlyError(ValueError):
    """A text that took more to read than it may."""


class LateError(TooCostlyError):
    """A text that took longer to read than it may."""

    def __init__(self, seconds: float) -> None:
        """Say how many seconds it had."""
        super().__init__(
            f"takes more than {seconds:g} s to read (ONRECORD_EXTRACT_SECONDS); send it in parts, or have the setting raised."
        )


class TooMuchMemoryError(TooCostlyError):
    """A text that took more memory to read than it may."""

    def __init__(self) -> None:
        """Say what helps."""
        super().__init__(
            "takes more memory to read than it may (ONRECORD_EXTRACT_MEMORY); send it in parts, or have the setting raised."
        )


class EndedError(RuntimeError):
    """What read a text was ended from outside; the text may be fine."""


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """How the record is served.

    `serve_text` False withholds the texts and cuts contexts down to the statements; `max_text` is the longest text in
    characters that is read on request, `extracts` how many such texts are read or wait at once, `readers` how many of them are
    read, and `patience` the seconds that one waits at most; `code_version` changes with the code; `parse_seconds` is how long the corpus
    took to make; `event_types` are the values that the filter by event type takes; `country_names` gives for a country's
    code (ISO 3166-1 alpha-2) the names that the filter by country takes beside it, the preferred one first; `remembered` is
    how many bytes of answers each process keeps, to give them again; `extract_key` is what whoever posts a text must send; `rate_limit` is how many requests a client may send, as `service.http.rates` has it, and
    `proxies` how many stand in front.
    """

    serve_text: bool = True
    max_text: int = 1_000_000
    extracts: int = 2
    readers: int = 1
    patience: float = 5.0
    code_version: str = "0"
    parse_seconds: float | None = None
    event_types: tuple[str, ...] = EVENT_TYPES
    remembered: int = 64_000_000
    rate_limit: str | None = None
    proxies: int = 0
    extract_key: str | None = field(default=None, repr=False)
    country_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
