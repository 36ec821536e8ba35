"""The units of `deploy/systemd`: what systemd says of them, what they must fit, and what the guide says to do with them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
import yaml

from service import gunicorn_conf
from service.settings import read_settings, unknown_settings
from tests.corpora import ROOT

if TYPE_CHECKING:
    from pathlib import Path

UNITS: Final = ROOT / "deploy" / "systemd"
GUIDE: Final = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECTION: Final = GUIDE[GUIDE.index("\n## On one machine, with systemd\n") : GUIDE.index("\n## Sizing\n")]
PATIENCE: Final = 60
MOST_EXPOSED: Final = 10
"""Of a hundred, by `systemd-analyze security`: below 20 it calls a service safe."""
PROGRAM: Final = "/opt/onrecord/current/bin/onrecord"

NGINX: Final = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
systemd_is_there = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not installed, which judges its units"
)


@cache
def unit(name: str) -> dict[str, dict[str, list[str]]]:
    """Give what a unit says, by section and name; every line is one or the other, or a comment."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), defaultdict(list))
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals, line
            section[key].append(value)
    return found


def said(name: str) -> str:
    """Give what the service's unit says once."""
    (value,) = unit("onrecord.service")["Service"][name]
    return value


def environment() -> dict[str, str]:
    return dict(each.split("=", 1) for each in unit("onrecord.service")["Service"]["Environment"])


def script(word: str) -> str:
    """Give the one script of the guide's section that has `word`, as far as it asks for no other user's rights."""
    (found,) = (block for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", SECTION) if word in block)
    return re.sub(r"(?m)^sudo .*\n", "", found)


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 - the tests' own commands
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units and the templates that the guide makes of them, with a program that is there."""
    folder = tmp_path / "units"
    shutil.copytree(UNITS, folder)
    commands = script("onrecord@.socket")
    assert commands.startswith("cd deploy/systemd\n")
    run("bash", "-euc", commands.removeprefix("cd deploy/systemd\n"), cwd=folder)
    for path in folder.glob("*.service"):
        text = path.read_text(encoding="utf-8")
        assert text.count(f"ExecStart={PROGRAM} ") == 1
        path.write_text(text.replace(PROGRAM, sys.executable), encoding="utf-8")
    return folder


# the units ------------------------------------------------------------------------------------------------------------


@systemd_is_there
@pytest.mark.parametrize("instance", ["", "@8001"])
def test_systemd_takes_the_units(units: Path, instance: str) -> None:
    for path in units.iterdir():
        path.rename(
            path.with_name(path.name.replace("@", instance)) if instance and "@" in path.name else path
        )
    names = [f"onrecord{instance}.{kind}" for kind in ("service", "socket")]
    assert run("systemd-analyze", "verify", *names, cwd=units) == ""


@systemd_is_there
def test_a_line_that_systemd_does_not_know_would_be_seen(units: Path) -> None:
    with (units / "onrecord.socket").open("a", encoding="utf-8") as file:
        file.write("\n[Socket]\nBacklogs=1\n")
    assert "'Backlogs'" in run("systemd-analyze", "verify", "onrecord.socket", cwd=units)


@systemd_is_there
def test_the_service_may_do_little(units: Path) -> None:
    judged = ("systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}")
    assert "SAFE" in run(*judged, units / "onrecord.service")


def test_what_is_said_twice_is_said_with_intent() -> None:
    for name in ("onrecord.service", "onrecord.socket"):
        several = {
            key for section in unit(name).values() for key, values in section.items() if len(values) > 1
        }
        assert several <= {"Environment", "SystemCallFilter"}


def test_the_settings_of_the_unit_are_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = environment()
    assert unknown_settings(given) == ()
    for name, value in given.items():
        monkeypatch.setenv(name, str(tmp_path) if name == "ONRECORD_TEXTS" else value)
    assert str(read_settings().cache) == f"/var/cache/{said('CacheDirectory')}"
    assert f"ln -sfn texts-1 {given['ONRECORD_TEXTS']}\n" in SECTION


def test_the_unit_runs_what_the_guide_installs() -> None:
    assert said("ExecStart") == f"{PROGRAM} serve"
    assert "ln -sfn $version /opt/onrecord/current" in SECTION
    assert said("EnvironmentFile").removeprefix("-") in SECTION
    assert unit("onrecord.socket")["Socket"]["ListenStream"] == ["127.0.0.1:8000"]
    assert "curl localhost:8000/readyz" in SECTION


def test_a_stop_leaves_time_for_what_is_being_answered() -> None:
    drained = int(environment().get("ONRECORD_DRAIN_SECONDS", "0"))
    assert int(said("TimeoutStopSec").removesuffix("s")) >= drained + gunicorn_conf.graceful_timeout + 10
    assert said("KillMode") == "mixed"  # gunicorn's master tells its workers by itself
    assert said("TimeoutStartSec") == "30min"
    assert "half an hour" in SECTION


def test_a_service_that_can_t_start_keeps_its_address() -> None:
    """Given up by systemd, the socket would be closed; and one reader that is ended must not end all."""
    assert unit("onrecord.service")["Unit"]["StartLimitIntervalSec"] == ["0"]
    assert (said("Restart"), said("RestartSec"), said("OOMPolicy")) == ("on-failure", "5s", "continue")
    assert said("Type") == "notify"
    assert "ExecReload" not in unit("onrecord.service")["Service"]


def test_bounds_are_those_of_a_replica() -> None:
    replica = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["x-onrecord"]
    limits = replica["deploy"]["resources"]["limits"]
    assert said("MemoryMax").lower() == limits["memory"]
    assert said("CPUQuota") == f"{int(limits['cpus']) * 100}%"
    assert said("TasksMax") == str(limits["pids"])
    assert environment()["WEB_CONCURRENCY"] in replica["environment"]["WEB_CONCURRENCY"]
    for name in ("ONRECORD_EXTRACT_SECONDS", "ONRECORD_EXTRACT_MEMORY"):
        assert environment()[name] == replica["environment"][name]


def test_two_instances_have_an_address_each_and_one_cache(units: Path) -> None:
    assert "ListenStream=127.0.0.1:%i\n" in (units / "onrecord@.socket").read_text(encoding="utf-8")
    template = (units / "onrecord@.service").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^(?:Requires|After)=(.*)$", template) == ["onrecord@%i.socket"] * 2
    assert "CacheDirectory=onrecord\n" in template


# nginx ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def configuration(tmp_path: Path) -> str:
    """What the guide makes of `deploy/nginx.conf`."""
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "nginx.conf", tmp_path / "deploy")
    run("bash", "-euc", script("nginx.conf"), cwd=tmp_path)
    return (tmp_path / "nginx.conf").read_text(encoding="utf-8")


def test_nothing_of_the_containers_is_left(configuration: str) -> None:
    lines = [line for line in configuration.splitlines() if not line.lstrip().startswith("#")]
    assert re.findall(r"(?m)^ *server (\S+) ", "\n".join(lines)) == ["127.0.0.1:8000"]
    assert not re.search(r"\btmp\b|/dev/|172\.30\.|\b8080\b", "\n".join(lines))
    assert "\nuser www-data;\nworker_processes 1;\n" in configuration


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
@pytest.mark.parametrize("address", ["127.0.0.1:8000", "unix:/run/onrecord.sock"])
def test_nginx_takes_it(configuration: str, tmp_path: Path, address: str) -> None:
    assert NGINX is not None
    user = "" if os.geteuid() else "user root;"  # whoever that is by name here, and there may be no www-data
    changes = {
        "user www-data;": user,
        "/var/log/nginx/": f"{tmp_path}/",
        "/var/lib/nginx/": f"{tmp_path}/",
        "/run/nginx.pid": f"{tmp_path}/nginx.pid",
        "127.0.0.1:8000": address,
        "listen 80 ": "listen 127.0.0.1:18080 ",
    }
    for old, new in changes.items():
        assert old in configuration
        configuration = configuration.replace(old, new)
    path = tmp_path / "tried.conf"
    path.write_text(configuration, encoding="utf-8")
    assert "test is successful" in run(NGINX, "-t", "-e", "stderr", "-c", path)
