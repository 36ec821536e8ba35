from __future__ import annotations

from tests.extract.people_reading import lexicon


def test_every_title_is_opened_by_its_first_word() -> None:
    roles = lexicon().roles
    titles = [wording.split() for wording in roles.titles | roles.offices.keys()]
    assert len(titles) > 100
    for words in titles:
        assert lexicon().opens_title(words[0].title())
        assert lexicon().title_length([*words, "lee"]) == len(words)
    assert not lexicon().opens_title("rain")
