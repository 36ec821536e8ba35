from __future__ import annotations

from pathlib import Path

import pytest

import service.vocabulary
from service.vocabulary.publishers import Outlet, Publishers, read_publishers
from service.vocabulary.reader import VocabularyError

FOLDER = Path(service.vocabulary.__path__[0])
COURIER = Outlet(
    "the-springfield-courier",
    "The Springfield Courier",
    "paper",
    "US",
    aliases=("Courier of Springfield", "TSC", "Spc"),
    domains=("courier.example",),
    recognized_by=("Keep the Courier's presses warm",),
)
DAWN = Outlet("the-morning", "The Morning", "paper", "US", common=True)


@pytest.fixture(scope="module")
def publishers() -> Publishers:
    return read_publishers(FOLDER)


def test_the_list_is_broad_and_each_entry_is_found_by_all_its_names(publishers: Publishers) -> None:
    assert len(publishers.outlets) > 300
    assert len({outlet.country for outlet in publishers.outlets}) > 50
    for outlet in publishers.outlets:
        assert all(publishers.lookup(name) == outlet for name in (outlet.name, *outlet.aliases))
        assert len(outlet.country) == 2
        assert outlet.country.isupper()
        assert all("." in domain and domain == domain.casefold() for domain in outlet.domains)


def test_no_two_outlets_share_a_domain(publishers: Publishers) -> None:
    domains = [domain for outlet in publishers.outlets for domain in outlet.domains]
    assert len(domains) == len(set(domains))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("reuters", "reuters"),
        ("the associated press", "the-associated-press"),
        ("AP", "the-associated-press"),
        ("New York Times", "the-new-york-times"),
        ("The New York Times’s", "the-new-york-times"),
        ("Xinhua news agency", "xinhua-news-agency"),
        ("Yonhap", "yonhap-news-agency"),
        ("VOA", "voice-of-america"),
        ("Sueddeutsche Zeitung", "suddeutsche-zeitung"),
    ],
)
def test_names_are_folded(name: str, found: str, publishers: Publishers) -> None:
    outlet = publishers.lookup(name)
    assert outlet is not None
    assert outlet.id == found


def test_an_unknown_name_gives_none(publishers: Publishers) -> None:
    assert publishers.lookup("The Springfield Courier") is None
    assert publishers.lookup("") is None
    assert publishers.of_domain("courier.example") is None


def test_a_host_below_a_domain_is_its_owners() -> None:
    publishers = Publishers((COURIER,))
    assert publishers.of_domain("WWW.Courier.example") == COURIER
    assert publishers.of_domain("notcourier.example") is None


def test_names_in_running_text_are_told_by_their_case() -> None:
    publishers = Publishers((COURIER, DAWN))
    words = "Stories from The Springfield Courier and TSC, not tsc, Spc or The Morning."
    found = [words[start:end] for start, end, _ in publishers.find_names(words)]
    assert found == ["The Springfield Courier", "TSC"]
    assert list(Publishers(()).find_names(words)) == []


def test_own_phrases_are_found_in_any_case_and_with_any_apostrophe() -> None:
    words = "Help! KEEP the\xa0Courier’s presses  warm."
    ((start, end, outlet),) = Publishers((COURIER,)).find_phrases(words)
    assert outlet == COURIER
    assert words[start:end] == "KEEP the\xa0Courier’s presses  warm"


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("a: b", "list"),
        ("- {id: a, name: A, kind: paper, country: NO}", "country"),
        ("- {id: b, name: A, kind: paper, country: US}", "'a'"),
        ("- {id: a, name: A, kind: blog, country: US}", "blog"),
        ("- {id: a, name: A, kind: paper, country: US, alias: [B]}", "alias"),
        (
            (
                "- {id: a, name: A, kind: paper, country: US, aliases: [The B]}\n"
                "- {id: b, name: B, kind: paper, country: US}"
            ),
            "'b' names a",
        ),
    ],
)
def test_a_wrong_entry_is_named(yaml: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "publishers.yaml").write_text(yaml)
    with pytest.raises(VocabularyError, match=r"publishers\.yaml") as raised:
        read_publishers(tmp_path)
    assert says in str(raised.value)
