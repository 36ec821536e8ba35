"""docs/performance.md: its sections are what the benches write, and what they write goes nowhere else."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

import pytest

from bench import page
from tests.corpora import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TWO = "# A page\n\n<!-- one: begin -->\n\nold\n\n<!-- one: end -->\n\nbetween\n\n<!-- two: begin -->\nold\n<!-- two: end -->\n"
SECTIONS = ("requests", "peers", "growth", "extract", "parallel", "start")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "performance.md"
    path.write_text(TWO, encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", path)
    return path


def test_a_table_is_kept_in_its_section_with_its_command_and_the_machine(kept: Path) -> None:
    for table in ("first\n  row", "second\n  row"):
        page.keep("two", "make bench-two", table)
    before, after = TWO.split("<!-- two: begin -->\nold\n<!-- two: end -->")
    written = kept.read_text(encoding="utf-8")
    assert written.startswith(before)
    assert written.endswith(after)
    assert "```console\n$ make bench-two\nsecond\n  row\n```\n\nOnrecord " in written
    assert "first" not in written
    assert page.machine() in written


def test_a_section_that_is_missing_is_refused(kept: Path) -> None:
    with pytest.raises(ValueError, match="one pair of markers for three; it has sections one, two"):
        page.keep("three", "make bench-three", "table")
    assert kept.read_text(encoding="utf-8") == TWO


@pytest.mark.parametrize("wrong", [TWO + TWO, TWO.replace("<!-- one: end -->\n", "")])
def test_a_section_without_one_pair_of_markers_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="one pair of markers for one"):
        page.with_section(wrong, "one", ["table"])


def test_the_machine_is_named_without_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.release", lambda: "6.1.0-harbour-17")
    monkeypatch.setattr("platform.node", lambda: "harbour")
    told = page.machine()
    assert re.fullmatch(
        r"Onrecord \S+ on .+, \d+ cores, \d+ GiB of memory, \w+ 3\.\d+\.\d+\w*, \w+ 6\.1\.0, 2\d{3}-\d\d-\d\d",
        told,
    )
    assert "harbour" not in told


def test_tables_are_kept_where_that_is_asked_for() -> None:
    parser = argparse.ArgumentParser()
    page.add_keep(parser)
    assert parser.parse_args(["--keep"]).keep is True
    assert parser.parse_args([]).keep is False


def test_the_page_names_every_bench_and_no_other() -> None:
    targets = set(re.findall(r"(?m)^(bench-\w+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert targets > {"bench-requests", "bench-start"}
    assert set(re.findall(r"make (bench-\w+)", page.PAGE.read_text(encoding="utf-8"))) == targets
    assert targets <= {f"bench-{section}" for section in SECTIONS}


def test_the_page_has_a_section_for_every_bench() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert tuple(re.findall(r"<!-- (\w+): begin -->", text)) == SECTIONS
    for section in SECTIONS:
        assert page.with_section(text, section, ["table"]) != text
