from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from service.settings import (
    TABLE,
    Setting,
    Settings,
    SettingsError,
    read_settings,
    unknown_settings,
    warn_of_unknown_settings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for setting in TABLE:
        monkeypatch.delenv(setting.variable, raising=False)
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    settings = read_settings()
    assert settings.texts == Path("seeds")
    assert (settings.vocabulary / "reader.py").is_file()
    assert (settings.strict, settings.serve_text) == (False, True)
    assert (settings.max_text, settings.extracts, settings.max_file) == (1_000_000, 2, 10_000_000)
    assert settings.bind == "0.0.0.0:8000"


def test_every_setting_stands_in_the_table() -> None:
    documented = {setting.variable.removeprefix("ONRECORD_").lower() for setting in TABLE}
    assert documented == {field.name for field in fields(Settings)} | {"port", "extract_key_file"}
    assert len({setting.variable for setting in TABLE}) == len(TABLE)
    assert all(setting.meaning for setting in TABLE)


def test_values_are_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_TEXTS", str(tmp_path))
    monkeypatch.setenv("ONRECORD_STRICT", "yes")
    monkeypatch.setenv("ONRECORD_SERVE_TEXT", "0")
    monkeypatch.setenv("ONRECORD_MAX_TEXT", "20")
    monkeypatch.setenv("ONRECORD_EXTRACTS", "7")
    settings = read_settings()
    assert (settings.texts, settings.strict, settings.serve_text) == (tmp_path, True, False)
    assert (settings.max_text, settings.extracts) == (20, 7)


def test_texts_may_be_a_file_with_a_text_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("news.jsonl", "news.jsonl.gz"):
        monkeypatch.setenv("ONRECORD_TEXTS", str(tmp_path / name))
        with pytest.raises(SettingsError, match=rf"{name} is no folder or \.jsonl file; set it to one"):
            read_settings()
        assert read_settings(texts_named=True).texts == tmp_path / name
        (tmp_path / name).touch()
        assert read_settings().texts == tmp_path / name


@pytest.mark.parametrize(
    ("value", "folder"), [(None, None), ("", None), ("none", None), ("kept/texts", Path("kept/texts"))]
)
def test_parsed_texts_are_kept_nowhere_unless_a_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, value: str | None, folder: Path | None
) -> None:
    if value is not None:
        monkeypatch.setenv("ONRECORD_CACHE", value)
    assert read_settings().cache == folder


@pytest.mark.parametrize(
    ("bind", "port", "result"),
    [
        (None, "9000", "0.0.0.0:9000"),
        ("127.0.0.1:1", "9000", "127.0.0.1:1"),
        ("0.0.0.0:8000", "9000", "0.0.0.0:8000"),
        ("unix:/run/onrecord", None, "unix:/run/onrecord"),
    ],
)
def test_bind_beats_port(
    monkeypatch: pytest.MonkeyPatch, bind: str | None, port: str | None, result: str
) -> None:
    for name, value in (("ONRECORD_BIND", bind), ("PORT", port)):
        if value is not None:
            monkeypatch.setenv(name, value)
    assert read_settings().bind == result


@pytest.mark.parametrize("bind", [":80", "localhost:80", "[::1]:80", "unix:/run/socket", "unix:socket"])
def test_addresses(monkeypatch: pytest.MonkeyPatch, bind: str) -> None:
    monkeypatch.setenv("ONRECORD_BIND", bind)
    assert read_settings().bind == bind


def test_the_port_of_our_own_beats_the_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "7000")
    monkeypatch.setenv("ONRECORD_PORT", "7001")
    assert read_settings().bind == "0.0.0.0:7001"


def test_variables_that_are_no_settings() -> None:
    environment = {
        "ONRECORD_TEXT": "a",
        "ONRECORD_XYZZY": "b",
        "ONRECORD_TEXTS": "c",
        "OTHER": "d",
        "PORT": "1",
    }
    assert unknown_settings(environment) == (("ONRECORD_TEXT", "ONRECORD_TEXTS"), ("ONRECORD_XYZZY", None))


def test_no_setting_is_unknown() -> None:
    assert unknown_settings({setting.variable: setting.default for setting in TABLE}) == ()


def test_a_misspelt_setting_is_warned_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.settings.unknown_settings", lambda: (("ONRECORD_TEXT", "ONRECORD_TEXTS"),))
    warn_of_unknown_settings.cache_clear()
    with capture_logs() as told:
        warn_of_unknown_settings()
        warn_of_unknown_settings()
    warn_of_unknown_settings.cache_clear()
    (line,) = told
    assert line["log_level"] == "warning"
    assert (line["variable"], line["did_you_mean"]) == ("ONRECORD_TEXT", "ONRECORD_TEXTS")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ONRECORD_TEXTS", "nowhere"),
        ("ONRECORD_TEXTS", ""),
        ("ONRECORD_VOCABULARY", "nowhere"),
        ("ONRECORD_PIPELINE", ""),
        ("ONRECORD_STRICT", "perhaps"),
        ("ONRECORD_SERVE_TEXT", ""),
        ("ONRECORD_MAX_TEXT", "0"),
        ("ONRECORD_MAX_TEXT", "1_000"),
        ("ONRECORD_MAX_TEXT", "٣"),
        ("ONRECORD_EXTRACTS", "0"),
        ("ONRECORD_MAX_FILE", "9" * 20),
        ("ONRECORD_MAX_FILE", "-5"),
        ("ONRECORD_REMEMBERED", "-1"),
        ("ONRECORD_BIND", ""),
        ("ONRECORD_BIND", "8000"),
        ("ONRECORD_BIND", "localhost"),
        ("ONRECORD_BIND", "localhost:"),
        ("ONRECORD_BIND", "localhost:http"),
        ("ONRECORD_BIND", "localhost:65536"),
        ("ONRECORD_BIND", "http://localhost:80"),
        ("ONRECORD_BIND", "::1:80"),
        ("ONRECORD_BIND", "unix:"),
        ("ONRECORD_PORT", "0"),
        ("ONRECORD_PORT", ""),
        ("PORT", "65536"),
        ("PORT", "eighty"),
    ],
)
def test_an_unusable_value_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable):
        read_settings()


@pytest.fixture
def _somebody_else(tmp_path: Path) -> Iterator[None]:
    """Have no more rights than others have, who may not look into the folder `closed`."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "file.jsonl").touch()
    closed.chmod(0)
    anybody = os.geteuid() == 0
    if anybody:
        tmp_path.chmod(0o755)
        os.seteuid(65_534)
    try:
        yield
    finally:
        if anybody:
            os.seteuid(0)
        closed.chmod(0o700)


@pytest.mark.usefixtures("_somebody_else")
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ONRECORD_TEXTS", "closed"),
        ("ONRECORD_TEXTS", "closed/folder"),
        ("ONRECORD_TEXTS", "closed/file.jsonl"),
        ("ONRECORD_VOCABULARY", "closed"),
        ("ONRECORD_CORRECTIONS", "closed/file"),
        ("ONRECORD_EXTRACT_KEY_FILE", "closed/file"),
    ],
)
def test_what_the_service_may_not_read_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=f"{variable}: {value} can't be read; let the service's user"):
        read_settings()


@pytest.mark.parametrize("setting", [each for each in TABLE if each.bounds], ids=lambda each: each.variable)
def test_bounds_are_kept(monkeypatch: pytest.MonkeyPatch, setting: Setting) -> None:
    assert setting.bounds is not None
    least, most = setting.bounds.least, setting.bounds.most
    for usable in (least, most):
        monkeypatch.setenv(setting.variable, str(usable))
        read_settings()
    for beyond in (least - 1, most + 1):
        monkeypatch.setenv(setting.variable, str(beyond))
        with pytest.raises(
            SettingsError, match=f"{setting.variable}: .* a whole number from {least} to {most}$"
        ):
            read_settings()


# the key --------------------------------------------------------------------------------------------------------------

KEY = "correct-horse-battery"


def test_the_key_comes_from_the_environment_or_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert read_settings().extract_key is None
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")
    monkeypatch.setenv("ONRECORD_EXTRACT_KEY_FILE", str(tmp_path / "key"))
    assert read_settings().extract_key == KEY
    monkeypatch.setenv("ONRECORD_EXTRACT_KEY", KEY)
    with pytest.raises(SettingsError, match="both set"):
        read_settings()
    monkeypatch.delenv("ONRECORD_EXTRACT_KEY_FILE")
    assert read_settings().extract_key == KEY


@pytest.mark.parametrize("key", ["short", "with white space in it", "ümläute-und-so-weiter", "a" * 501])
def test_a_key_that_is_none_is_refused_and_not_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    (tmp_path / "key").write_text(key, encoding="utf-8")
    for variable, value in (
        ("ONRECORD_EXTRACT_KEY", key),
        ("ONRECORD_EXTRACT_KEY_FILE", str(tmp_path / "key")),
    ):
        monkeypatch.setenv(variable, value)
        with pytest.raises(SettingsError, match="ONRECORD_EXTRACT_KEY: a key has 16 to 500") as refused:
            read_settings()
        assert key not in str(refused.value)
        monkeypatch.delenv(variable)


def test_settings_do_not_tell_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_EXTRACT_KEY", KEY)
    assert KEY not in repr(read_settings())
