from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.http.options import HttpOptions
from tests.sample import WRITTEN, app_of, extract

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus


@pytest.fixture
def withheld(corpus: Corpus) -> FlaskClient:
    return app_of(corpus, extract, HttpOptions(serve_text=False, code_version="test")).test_client()


def test_there_are_no_texts(withheld: FlaskClient) -> None:
    response = withheld.get("/v1/sources/bridge-opening/text")
    assert response.status_code == 404
    assert "switched off" in response.get_json()["detail"]


def test_contexts_are_cut_to_the_statements(withheld: FlaskClient) -> None:
    for item in withheld.get("/v1/statements?limit=100").get_json()["items"]:
        first, last = item["content"][0], item["content"][-1]
        assert (item["context"]["start"], item["context"]["end"]) == (first["start"], last["end"])
        decoded = WRITTEN[item["source"]["id"]]
        assert item["context"]["text"] == decoded[first["start"] : last["end"]]
        assert (item["selector"]["prefix"], item["selector"]["suffix"]) == ("", "")


def test_a_search_does_not_give_away_the_texts(withheld: FlaskClient, client: FlaskClient) -> None:
    assert client.get("/v1/sources?q=trucks").get_json()["total"] == 1
    assert withheld.get("/v1/sources?q=trucks").get_json()["total"] == 0
    assert withheld.get("/v1/sources?q=dockers").get_json()["total"] == 1


def test_answers_differ_in_etag(withheld: FlaskClient, client: FlaskClient) -> None:
    assert withheld.get("/v1/statements").headers["ETag"] != client.get("/v1/statements").headers["ETag"]
