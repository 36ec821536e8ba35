"""Corrections as those who run the service and those who read its answers meet them; everybody here is invented."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from structlog.testing import capture_logs

import service.load
from service import create_app
from service.cli import main, reading
from service.corpus.build import build
from service.corpus.corrections import read_corrections
from service.equipment import LoadError
from service.settings import read_settings
from tests.corpora import ROOT, SEEDS, loaded, loader
from tests.sample import app_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from service.settings import Settings

BRIDGE: Final = """Council to mend the bridge

OSLO, March 3, 2014 — The old bridge will be mended before the winter comes back, Mayor Ada Example said on Monday.

“Nobody shall wait until the winter comes back,” said Bo Sample, who keeps the ferry.
"""
FERRY: Final = """Ferry to run on

BERGEN, March 4, 2014 — “Nobody shall wait until the winter comes back,” Ada Example, the mayor, told reporters.
"""
MENDED, WAITING = "bridge.s50-108", "bridge.s146-192"
ADA: Final = {"id": "ada-example", "name": "Ada Example", "type": "person", "role": "Mayor", "country": None}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    for module in (service.load, reading):
        monkeypatch.setattr(module, "make_loader", lambda *_, **_beside: loader())
    monkeypatch.setenv("ONRECORD_TEXTS", str(folder))
    return read_settings()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    del settings
    path = tmp_path / "corrections.yaml"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv("ONRECORD_CORRECTIONS", str(path))
    return path


def serve(file: Path, written: str) -> FlaskClient:
    file.write_text(written, encoding="utf-8")
    return create_app().test_client()


def get(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_json()


def test_without_corrections_nothing_is_corrected(settings: Settings) -> None:
    client = create_app(settings).test_client()
    said = get(client, "/v1/statements?sort=source")["items"]
    assert [each["id"] for each in said[:2]] == [MENDED, WAITING]
    assert {each["corrected"] for each in said} == {None}
    assert get(client, "/v1/corpus")["corrections"] == {
        "applied": 0,
        "withdrawn": 0,
        "not_found": [],
        "doubtful": [],
    }


def test_another_speaker_holds_everywhere(file: Path) -> None:
    before = serve(file, "")
    client = serve(file, f"{WAITING}:\n  speaker: ada-example\n  reason: Sample read out her words.\n")
    said = get(client, f"/v1/statements/{WAITING}")
    assert said["speakers"] == [ADA]
    assert said["corrected"] == {"reason": "Sample read out her words."}
    assert get(before, "/v1/statements?speaker=sample")["total"] == 1
    assert get(client, "/v1/statements?speaker=bo-sample")["total"] == 0
    assert get(client, "/v1/statements?speaker=ada example")["total"] == 3
    assert get(client, "/v1/speakers/ada-example")["counts"]["statements"] == 3
    assert client.get("/v1/speakers/bo-sample").status_code == 404
    assert get(client, "/v1/corpus")["corrections"]["applied"] == 1


def test_the_same_words_are_linked_by_who_said_them_in_truth(file: Path) -> None:
    before = serve(file, "")
    client = serve(file, f"{WAITING}:\n  speaker: Ada Example\n  reason: Sample read out her words.\n")
    (other,) = [each["id"] for each in get(before, "/v1/statements?source=ferry")["items"]]
    assert get(before, f"/v1/statements/{WAITING}")["also_in"] == []
    assert get(client, f"/v1/statements/{WAITING}")["also_in"] == [other]
    assert get(client, f"/v1/statements/{other}")["also_in"] == [WAITING]


def test_version_and_etags_change_with_corrections(file: Path) -> None:
    dropped = f"{WAITING}:\n  drop: true\n  reason: He said no such thing.\n"
    clients = [serve(file, ""), serve(file, dropped), serve(file, dropped.replace("such", "other"))]
    assert len({get(client, "/v1/corpus")["version"] for client in clients}) == 3
    assert len({client.get(f"/v1/statements/{MENDED}").headers["ETag"] for client in clients}) == 3


def test_what_is_dropped_is_gone_and_says_why(file: Path) -> None:
    client = serve(file, f"{WAITING}:\n  drop: true\n  reason: He said no such thing.\n")
    answer = client.get(f"/v1/statements/{WAITING}")
    assert answer.status_code == 404
    assert answer.get_json()["detail"] == (
        f"The statement '{WAITING}' was withdrawn by a correction: He said no such thing."
    )
    assert WAITING not in [each["id"] for each in get(client, "/v1/statements")["items"]]
    assert get(client, "/v1/sources/bridge")["counts"]["statements"] == 1
    assert client.get("/v1/speakers/bo-sample").status_code == 404
    corrections = get(client, "/v1/corpus")["corrections"]
    assert (corrections["applied"], corrections["withdrawn"]) == (1, 1)


@pytest.mark.parametrize(
    ("written", "edtf", "precision"),
    [("2013-05-04", "2013-05-04", "day"), ("2013-05", "2013-05", "month"), ("2013", "2013", "year")],
)
def test_another_date(file: Path, written: str, edtf: str, precision: str) -> None:
    client = serve(file, f"{MENDED}:\n  date: {written}\n  reason: She said it the year before.\n")
    date = get(client, f"/v1/statements/{MENDED}")["date"]
    assert (date["edtf"], date["precision"], date["basis"], date["expression"]) == (
        edtf,
        precision,
        "stated",
        None,
    )
    assert MENDED in [each["id"] for each in get(client, "/v1/statements?date=2013-05")["items"]]


def test_an_unknown_date_keeps_the_words_that_seemed_to_tell_it(file: Path) -> None:
    client = serve(file, f"{MENDED}:\n  date: null\n  reason: It is not clear which Monday.\n")
    said = get(client, f"/v1/statements/{MENDED}")
    assert (said["date"], said["date_expression"]) == (None, "Monday")


def test_a_new_speaker(file: Path) -> None:
    new = "{name: Cai Sampler, type: person, role: Harbour master, country: 'NO'}"
    client = serve(file, f"{WAITING}:\n  speaker: {new}\n  reason: The paper mended it the next day.\n")
    speaker = {
        "id": "cai-sampler",
        "name": "Cai Sampler",
        "type": "person",
        "role": "Harbour master",
        "country": "NO",
    }
    assert get(client, f"/v1/statements/{WAITING}")["speakers"] == [speaker]
    assert get(client, "/v1/speakers/cai-sampler")["role"] == "Harbour master"
    assert get(client, "/v1/statements?speaker=cai%20sampler&country=NO")["total"] == 1


def test_one_new_speaker_of_two_statements(file: Path) -> None:
    new = "  speaker: {name: Cai Sampler, type: person}\n  reason: It was Sampler.\n"
    client = serve(file, f"{WAITING}:\n{new}{MENDED}:\n{new}")
    assert get(client, "/v1/speakers/cai-sampler")["counts"]["statements"] == 2


def test_a_namesake_from_elsewhere_is_somebody_else(file: Path) -> None:
    namesakes = f"""\
{WAITING}:
  speaker: {{name: Bo Sample, type: organization, country: DK}}
  reason: It is a firm of this name.
"""
    (speaker,) = get(serve(file, namesakes), f"/v1/statements/{WAITING}")["speakers"]
    assert (speaker["name"], speaker["type"]) == ("Bo Sample", "organization")
    assert speaker["id"] != "bo-sample"


def test_a_speaker_of_the_vocabulary(file: Path) -> None:
    client = serve(file, f"{WAITING}:\n  speaker: [South Korea, ada-example]\n  reason: Both wrote it.\n")
    speakers = get(client, f"/v1/statements/{WAITING}")["speakers"]
    assert [(one["id"], one["type"], one["country"]) for one in speakers] == [
        ("south-korea", "country", "KR"),
        ("ada-example", "person", None),
    ]
    assert get(client, "/v1/statements?speaker=Seoul")["total"] == 1


def test_a_statement_of_nobody(file: Path) -> None:
    client = serve(file, f"{WAITING}:\n  speaker: null\n  reason: The paper does not know who said it.\n")
    assert get(client, f"/v1/statements/{WAITING}")["speakers"] == []
    assert get(client, "/v1/corpus")["corrections"]["doubtful"] == []


def test_an_unknown_id_is_told_with_what_is_near(file: Path) -> None:
    written = "bridge.s58-100:\n  drop: true\n  reason: No.\ngone.s1-2:\n  date: 2013\n  reason: Old.\nbridge:\n  date: 2013\n  reason: Old.\n"
    with capture_logs() as logs:
        client = serve(file, written)
    corrections = get(client, "/v1/corpus")["corrections"]
    assert corrections["applied"] == 0
    told = [(one["statement"], one["line"], one["near"]) for one in corrections["not_found"]]
    assert told == [("bridge.s58-100", 1, [MENDED]), ("gone.s1-2", 4, []), ("bridge", 7, [])]
    assert [one["reason"] for one in corrections["not_found"]] == [
        "the record has no statement with this id",
        "no text that was read has its source",
        "the record has no statement with this id",
    ]
    warned = [line["statement"] for line in logs if line["event"] == "correction does not fit"]
    assert warned == ["bridge.s58-100", "gone.s1-2", "bridge"]


def test_a_speaker_who_is_not_clear_leaves_nobody(file: Path) -> None:
    client = serve(file, f"{WAITING}:\n  speaker: Dee Nowhere\n  reason: Not Sample.\n")
    said = get(client, f"/v1/statements/{WAITING}")
    assert (said["speakers"], said["corrected"]) == ([], {"reason": "Not Sample."})
    corrections = get(client, "/v1/corpus")["corrections"]
    assert corrections["applied"] == 0
    (doubt,) = corrections["doubtful"]
    assert doubt["reason"].startswith("nobody in the record or the vocabulary is known as 'Dee Nowhere'")
    assert "name and type" in doubt["mend"]


def test_what_changes_nothing_is_told(file: Path) -> None:
    client = serve(file, f"{WAITING}:\n  speaker: Bo Sample\n  reason: It was him.\n")
    (doubt,) = get(client, "/v1/corpus")["corrections"]["doubtful"]
    assert (doubt["statement"], doubt["line"]) == (WAITING, 1)
    assert "changes nothing" in doubt["reason"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("gone.s1-2:\n  drop: true\n  reason: No.\n", r"line 1: gone\.s1-2: no text .* has its source"),
        (f"{WAITING}:\n  speaker: Dee Nowhere\n  reason: No.\n", "Dee Nowhere"),
    ],
)
def test_strict_refuses_what_does_not_fit(file: Path, written: str, told: str) -> None:
    file.write_text(written, encoding="utf-8")
    with pytest.raises(LoadError, match=f"ONRECORD_STRICT.*{told}"):
        create_app(replace(read_settings(), strict=True))


def test_strict_starts_where_corrections_fit(file: Path) -> None:
    file.write_text(f"{WAITING}:\n  drop: true\n  reason: No.\n", encoding="utf-8")
    client = create_app(replace(read_settings(), strict=True)).test_client()
    assert get(client, "/v1/statements")["total"] == 2


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("- a\n", r"line 1: expected entries"),
        ("a.s1-2: yes\n", r"line 1: a\.s1-2: an entry takes drop, speaker, date, reason below it"),
        ("\na.s1-2:\n  drop: true\n", r"line 2: a\.s1-2: reason takes why .*; add it"),
        ("a.s1-2:\n  drop: true\n  reason: ''\n", r"a\.s1-2: reason takes .* found ''"),
        ("a.s1-2:\n  reason: Why not\n", r"a\.s1-2: it changes nothing; add drop, speaker or date"),
        ("a.s1-2: {}\n", r"a\.s1-2: it changes nothing"),
        ("a.s1-2: {drop: false, reason: Not so}\n", r"drop takes true, found False"),
        ("a.s1-2: {drop: true, date: 2013, reason: Not so}\n", r"what is dropped has no speaker and no date"),
        (
            "a.s1-2: {speeker: b, reason: Not so}\n",
            r"there is no 'speeker' here; known are drop, speaker, date",
        ),
        ("a.s1-2: {drop: true, reason: No}\n", r"reason takes .* found False"),
        ("a.s1-2: {speaker: 5, reason: Not so}\n", r"speaker takes an id, a name, .*found 5"),
        (
            "a.s1-2: {speaker: {type: person}, reason: Not so}\n",
            r"name takes the speaker's id or name; add it",
        ),
        ("a.s1-2: {speaker: {name: B, kind: person}, reason: Not so}\n", r"there is no 'kind' here"),
        ("a.s1-2: {speaker: {name: B, type: firm}, reason: Not so}\n", r"type takes one of person, group"),
        ("a.s1-2: {speaker: {name: B, country: NO}, reason: Not so}\n", r"in quotation marks.*found False"),
        ("a.s1-2: {speaker: {name: B, role: [C]}, reason: Not so}\n", r"role takes the role in words"),
        ("a.s1-2: {date: 2013-02-30, reason: Not so}\n", r"line 1: a\.s1-2: day is out of range"),
        ("a.s1-2: {date: '2013-02-30', reason: Not so}\n", r"2013-02 has no day 30"),
        ("a.s1-2: {date: soon, reason: Not so}\n", r"'soon' is no date; write 2014"),
        ("a.s1-2: {date: 2013-02-03 10:00:00, reason: Not so}\n", r"date takes an EDTF date"),
        (
            "a.s1-2: {drop: true, reason: Not so}\na.s1-2: {drop: true, reason: Not so}\n",
            r"line 2: a\.s1-2 stands on",
        ),
        ("a.s1-2: {drop: true, drop: true, reason: Not so}\n", r"line 1: drop stands on line 1 already"),
        ("a.s1-2: {drop: true\n", r"corrections\.yaml, line \d"),
        ("a.s1-2: !!python/name:os.system\n", r"corrections\.yaml, line 1"),
        ("[" * 100_000, r"corrections\.yaml"),
        ("a.s1-2: \x00\n", r"corrections\.yaml"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_line_and_entry(file: Path, written: str, told: str) -> None:
    file.write_text(written, encoding="utf-8")
    with pytest.raises(LoadError, match=told) as refused:
        create_app()
    assert str(refused.value).startswith(f"ONRECORD_CORRECTIONS: {file}")


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("\n## Putting it right\n") :]
    (written,), (shown,) = (
        re.findall(rf"(?ms)^```{form}\n(.*?)^```$", section[: section.index("\n## ", 1)])
        for form in ("yaml", "json")
    )
    (tmp_path / "corrections.yaml").write_text(written, encoding="utf-8")
    corrections = read_corrections(tmp_path / "corrections.yaml")
    corpus = build(loaded(SEEDS).extracted, (), loader().vocabulary, "test", corrections)
    assert corpus.corrections.misfits == ()
    dropped, changed = corrections.entries
    client = app_of(corpus, loader().posted).test_client()
    assert client.get(f"/v1/statements/{dropped}").status_code == 404
    served = get(client, f"/v1/statements/{changed}")
    assert {key: served[key] for key in json.loads(shown)} == json.loads(shown)


def test_a_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    del settings
    monkeypatch.setenv("ONRECORD_CORRECTIONS", "nowhere.yaml")
    with pytest.raises(ValueError, match=r"ONRECORD_CORRECTIONS: nowhere\.yaml is no file"):
        read_settings()


def test_check_tells_what_became_of_corrections(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        f"{WAITING}:\n  drop: true\n  reason: No.\nbridge.s58-100:\n  drop: true\n  reason: No.\n",
        encoding="utf-8",
    )
    assert main(["check"]) == 1
    shown = capsys.readouterr().out
    assert "corrections: 1 applied, 1 of them withdrawing a statement\n" in shown
    assert "  line 4      bridge.s58-100: the record has no statement with this id\n" in shown
    assert f"near {MENDED}\n" in shown


def test_check_of_one_text_takes_corrections_of_others_as_they_are(file: Path) -> None:
    file.write_text(f"{WAITING}:\n  drop: true\n  reason: No.\n", encoding="utf-8")
    texts = read_settings().texts
    assert main(["check", str(texts / "ferry.txt")]) == 0
    assert main(["check", str(texts / "bridge.txt")]) == 0


def test_parse_writes_what_is_corrected(file: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file.write_text(f"{WAITING}:\n  date: 2013\n  reason: A year before.\n", encoding="utf-8")
    assert main(["parse", "--format", "ndjson"]) == 0
    assert b'"corrected":{"reason":"A year before."}' in capfdbinary.readouterr().out


def test_the_command_line_refuses_a_file_that_cannot_be_used(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("a.s1-2:\n  drop: true\n", encoding="utf-8")
    assert main(["check"]) == 2
    assert "line 1: a.s1-2: reason takes" in capsys.readouterr().err
