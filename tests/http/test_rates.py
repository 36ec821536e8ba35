"""How many requests a client may send: counted by its address, remembered answers too, told in the headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.http.options import HttpOptions
from service.http.rates import client as who
from service.settings import SettingsError, read_settings
from tests.http.test_problems import check
from tests.sample import app_of, extract

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from service.model import Corpus


def counted(corpus: Corpus, rates: str, proxies: int = 0) -> FlaskClient:
    return app_of(corpus, extract, HttpOptions(rate_limit=rates, proxies=proxies)).test_client()


def test_after_so_many_requests_there_is_a_429(corpus: Corpus) -> None:
    client = counted(corpus, "3/hour")
    for left in (2, 1, 0):
        response = client.get("/v1/statements")
        assert response.status_code == 200
        assert response.headers["RateLimit-Policy"] == '"1-hour";q=3;w=3600'
        assert response.headers["RateLimit"].startswith(f'"1-hour";r={left};t=')
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        refused = client.open("/v1/speakers", method=method)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 3_600
        assert int(refused.headers["Content-Length"]) == len(refused.data) or method == "HEAD"
    assert "ONRECORD_RATE_LIMIT" in check(client.get("/v1/speakers?x=1"), 429)["detail"]


def test_other_clients_and_those_who_watch_go_on(corpus: Corpus) -> None:
    client = counted(corpus, "1/hour")
    assert [client.get("/v1/topics").status_code for _ in range(2)] == [200, 429]
    assert client.get("/v1/topics", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200
    for path in ("/livez", "/readyz", "/metrics"):
        assert [client.get(path).status_code for _ in range(3)] == [200] * 3


def test_several_rates_all_hold(corpus: Corpus) -> None:
    client = counted(corpus, "100/hour;2/day")
    assert [client.get("/v1/topics").status_code for _ in range(3)] == [200, 200, 429]
    policy = client.get("/v1/topics").headers["RateLimit-Policy"]
    assert sorted(policy.split(", ")) == ['"1-day";q=2;w=86400', '"1-hour";q=100;w=3600']


def test_without_a_rate_nothing_is_counted(client: FlaskClient) -> None:
    assert "RateLimit" not in client.get("/v1/topics").headers


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        (None, 0, "192.0.2.9"),
        ("198.51.100.1", 0, "192.0.2.9"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("203.0.113.5, 198.51.100.1", 1, "198.51.100.1"),
        ("203.0.113.5,198.51.100.1", 2, "203.0.113.5"),
        ("198.51.100.1", 2, "192.0.2.9"),
        ("nonsense", 1, "192.0.2.9"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", 1, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", 1, "198.51.100.1"),
    ],
)
def test_who_asks(forwarded: str | None, proxies: int, address: str) -> None:
    environ = {"REMOTE_ADDR": "192.0.2.9", **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    assert who(environ, proxies) == address


@pytest.mark.parametrize("rates", ["many", "0/minute", "10/fortnight", "-1/minute", "1/minute;x"])
def test_other_rates_are_refused_by_name(monkeypatch: pytest.MonkeyPatch, rates: str) -> None:
    monkeypatch.setenv("ONRECORD_RATE_LIMIT", rates)
    with pytest.raises(SettingsError, match="ONRECORD_RATE_LIMIT"):
        read_settings(texts_named=True)
    monkeypatch.setenv("ONRECORD_RATE_LIMIT", "10/second;1000/hour")
    assert read_settings(texts_named=True).rate_limit == "10/second;1000/hour"
