"""The direction of imports, and which part may know which framework."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

import service

PACKAGE: Final = Path(service.__file__).parent
ORDER: Final = (
    "model",
    "dates",
    "cores",
    "vocabulary",
    "texts",
    "extract",
    "store",
    "corpus",
    "query",
    "settings",
    "logs",
    "http",
    "version",
    "snapshot",
    "equipment",
    "load",
    "posted",
    "record",
    "scoring",
    "gunicorn_conf",
    "cli",
)
"""A part imports only itself and what stands before it."""

EVERYTHING: Final = "__init__"
"""The package's own file, which puts the parts together."""

NO_SETTINGS: Final = frozenset(ORDER[: ORDER.index("settings")]) | {"version", "logs", "scoring"}
ONLY_IN: Final = {
    "argparse": {"cli"},
    "distributed": {"store"},
    "flask": {"http", EVERYTHING},
    "fsspec": {"texts"},
    "marshmallow": {"http"},
    "gunicorn": {"cli"},
    "msgspec": {"store", "snapshot"},
    "prometheus_client": {"http"},
    "spacy": {"extract"},
    "tantivy": {"query"},
    "yaml": {"vocabulary", "texts", "http"},
}
"""The parts that may import a framework."""

MODULES: Final = sorted(PACKAGE.rglob("*.py"))
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Give the dotted names that a module imports anywhere, also only for its types."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they lead"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def parts_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(path) if name.startswith("service.")}


def test_every_part_has_its_place() -> None:
    assert {part_of(path) for path in MODULES} == {*ORDER, EVERYTHING}


@each_module
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    if part == EVERYTHING:
        assert parts_imported(path) <= set(ORDER)
    else:
        assert parts_imported(path) <= set(ORDER[: ORDER.index(part) + 1])


@each_module
def test_only_what_meets_the_environment_reads_settings(path: Path) -> None:
    assert part_of(path) not in NO_SETTINGS or "settings" not in parts_imported(path)


@each_module
def test_frameworks_stay_in_their_parts(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    assert [name for name in roots & ONLY_IN.keys() if part_of(path) not in ONLY_IN[name]] == []


def test_a_wrong_import_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "wrong.py"
    module.write_text("def f():\n    from service.http import app\n    import flask\n", encoding="utf-8")
    assert parts_imported(module) == {"http"}
    assert "flask" in imported(module)
