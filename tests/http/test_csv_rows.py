"""Rows that hold what the records hold, and that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.http.csv_rows import COLUMNS, harmless, lines
from tests.sample import app_of, extract, make_corpus

CLIENT = app_of(make_corpus(), extract).test_client()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


UNFILLED = {"same_as", "date_expression"}
"""What no record of the sample has; `date_expression` is filled in statements."""


def table(query: str) -> list[dict[str, str]]:
    response = CLIENT.get(f"/v1/{query}")
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.data.decode(), newline=""), strict=True))


def one(kind: str, identity: str) -> dict[str, str]:
    (row,) = (row for row in table(f"{kind}?format=csv") if row["id"] == identity)
    return row


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_header_is_the_columns(kind: str) -> None:
    header = CLIENT.get(f"/v1/{kind}?format=csv").data.split(b"\r\n")[0]
    assert header.decode() == ",".join(COLUMNS[kind])
    assert not header.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_leads_somewhere(kind: str) -> None:
    """A column whose way is misspelt would fail here, or be empty in every record."""
    filled = {column for row in table(f"{kind}?format=csv") for column, cell in row.items() if cell}
    assert set(COLUMNS[kind]) - filled <= UNFILLED


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_member_has_its_column(kind: str) -> None:
    (record, *_) = CLIENT.get(f"/v1/{kind}").get_json()["items"]
    assert record.keys() - {column.partition(".")[0] for column in COLUMNS[kind]} <= {"selector"}


def test_lists_are_joined_and_what_is_null_is_empty() -> None:
    joint = one("statements", "market-174-195")
    assert joint["speakers.id"] == "ada-example; bo-sample"
    assert joint["speakers.name"] == "Ada Example; Bo Sample"
    assert joint["speakers.role"] == "minister; mayor"
    assert joint["source.publisher.name"] == "Market Post"
    assert (joint["addressee"], joint["via.id"], joint["source.retold_from.publisher"]) == ("", "", "")
    fee = one("events", "market-99-120")
    assert fee["mentions.source"] == "market day é; retold-strike"
    assert (fee["dates_differ"], fee["date.edtf"]) == ("true", "2014-02-27/2014-03-02")
    assert one("sources", "market day é")["authors"] == "Réné Autor; A. Writer"


def test_a_list_in_which_some_have_nothing_keeps_its_places() -> None:
    talks = one("events", "quota-150-190")
    assert talks["participants.country"] == "NO; SE"
    (line,) = list(
        lines(("speakers.role",), [b'{"speakers":[{"role":null},{"role":"mayor"},{"role":null}]}'])
    )[1:]
    assert line == b"; mayor; \r\n"
    (line,) = list(lines(("speakers.role",), [b'{"speakers":[{"role":null},{"role":null}]}']))[1:]
    assert line == b'""\r\n'


def test_fields_pick_columns_in_their_order() -> None:
    rows = table("statements?format=csv&fields=speakers.name,id,source.publisher,date&kind=direct")
    assert list(rows[0]) == [
        *("speakers.name", "id", "source.publisher.id", "source.publisher.name"),
        *("date.edtf", "date.start", "date.end", "date.precision", "date.basis"),
    ]
    assert list(table("topics?format=csv&fields=counts,counts.events")[0]) == [
        "counts.statements",
        "counts.events",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert harmless(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert harmless(f"a {start}") == f"a {start}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_part_of_a_cell_is_a_formula(start: str) -> None:
    assert harmless(f"a;{start}b; {start}c") == f"a;'{start}b; '{start}c"
    assert harmless(f"a\t{start}b\r\n{start}c") == f"a\t'{start}b\r\n'{start}c"
    assert harmless(f"a {start}b") == f"a {start}b"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_formula_comes_out_of_a_text(start: str) -> None:
    corpus = make_corpus()
    evil = f'{start}HYPERLINK("http://evil.example"; "click")'
    sources = tuple(replace(each, title=evil, authors=(evil, evil)) for each in corpus.sources)
    client = app_of(replace(corpus, sources=sources), extract).test_client()
    for kind in ("sources", "statements"):
        text = client.get(f"/v1/{kind}?format=csv").data.decode()
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
        assert f"'{evil}" in cells
        assert kind == "statements" or f"'{evil}; '{evil}" in cells
        assert [cell for cell in cells if cell.startswith(start)] == []


@given(st.lists(st.fixed_dictionaries({"id": TEXTS, "also_in": st.lists(TEXTS, max_size=3)}), max_size=5))
def test_what_is_written_is_read_back(records: list[dict[str, Any]]) -> None:
    written = b"".join(lines(("id", "also_in"), map(orjson.dumps, records)))
    read = list(csv.reader(io.StringIO(written.decode(), newline=""), strict=True))
    assert read[0] == ["id", "also_in"]
    assert len(read) == len(records) + 1
    for row, record in zip(read[1:], records, strict=True):
        joined = "; ".join(map(harmless, record["also_in"])) if any(record["also_in"]) else ""
        assert row == [harmless(record["id"]), joined]
