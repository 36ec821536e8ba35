"""Words for those who speak: offices, titles, honorifics, and the nouns of groups, organizations and documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from service.vocabulary.reader import VocabularyError, only_keys, read_yaml, strings

if TYPE_CHECKING:
    from pathlib import Path

Gender = Literal["m", "f"]

_FILE = "roles.yaml"
_WORDS = (
    *("titles", "groups", "organizations", "documents", "deeds", "shares", "unnamed", "not_now", "kin"),
    *("counterparts", "state_bodies", "nobody", "parties", "press", "lesser"),
)


@dataclass(frozen=True, slots=True)
class Honorific:
    """A form of address before a name ("Sen."); `role` is the calling it abbreviates, `gender` what it tells."""

    form: str
    gender: Gender | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Roles:
    """Nouns in small letters, as sets to look words up in: singular, `groups` plural.

    `offices` gives for each wording of an office the keys of the offices it can mean, best first; `office_countries` the code of the one
    country in which a wording is used; `deeds` are the documents that do what they say; `shares` count
    people who answered a poll; `not_now` are words
    like "former" before a title, `kin` relatives, `counterparts` nouns for whoever has the same office elsewhere,
    `state_bodies` nouns for bodies that every state has, `nobody` pronouns that stand for no one, `parties` adjectives of parties, `press` nouns
    for those who pass on what others said, `lesser` words that make another office of one ("deputy"); `alike` gives for a noun the one with which it shares a meaning ("congresswoman": "representative").
    """

    titles: frozenset[str]
    groups: frozenset[str]
    organizations: frozenset[str]
    documents: frozenset[str]
    deeds: frozenset[str]
    shares: frozenset[str]
    unnamed: frozenset[str]
    not_now: frozenset[str]
    kin: frozenset[str]
    counterparts: frozenset[str]
    state_bodies: frozenset[str]
    nobody: frozenset[str]
    parties: frozenset[str]
    press: frozenset[str]
    lesser: frozenset[str]
    offices: dict[str, tuple[str, ...]]
    office_countries: dict[str, str]
    alike: dict[str, str]
    honorifics: tuple[Honorific, ...]
    _genders: dict[str, Gender] = field(repr=False)
    _forms: dict[str, Honorific] = field(repr=False)

    def is_title(self, words: str) -> bool:
        """Tell whether `words` ("Foreign Minister") name an office or a calling of one person."""
        folded = words.casefold()
        return folded in self.titles or folded in self.offices

    def offices_of(self, words: str) -> tuple[str, ...]:
        """Give the offices that `words` can mean, best first; none for a word like "former" before them.

        ``offices_of("top diplomat")`` gives ``("foreign minister", "secretary of state")``.
        """
        return self.offices.get(" ".join(words.casefold().removeprefix("the ").split()), ())

    def gender(self, noun: str) -> Gender | None:
        """Give the gender a noun or an honorific tells: "spokeswoman" f, "Mr." m, "senator" None."""
        form = self._forms.get(_form(noun))
        told = self._genders.get(noun.casefold())
        return told or (form.gender if form else None)

    def honorific(self, form: str) -> Honorific | None:
        """Find a form of address, its first letter in capitals, with or without its full stop."""
        return self._forms.get(_form(form)) if form[:1].isupper() or form[:1].isdigit() else None


def read_roles(folder: Path) -> Roles:
    """Read ``folder/roles.yaml``; raise `VocabularyError` naming what is wrong."""
    where = str(folder / _FILE)
    entry = only_keys(
        read_yaml(folder, _FILE),
        {*_WORDS, "offices", "office_countries", "alike", "gender", "honorifics"},
        where,
    )
    honorifics = tuple(_honorific(item, where) for item in entry.get("honorifics", []))
    words = {key: _small(entry, key, where) for key in _WORDS}
    return Roles(
        **words,
        offices=_offices(entry.get("offices", {}), where),
        office_countries=_countries(entry.get("office_countries", {}), where),
        alike=_alike(entry.get("alike", {}), where),
        honorifics=honorifics,
        _genders=_genders(entry.get("gender", {}), where),
        _forms={_form(item.form): item for item in honorifics},
    )


def _small(entry: dict[str, Any], key: str, where: str) -> frozenset[str]:
    words = strings(entry, key, where)
    for word in words:
        if word != word.casefold():
            message = f"{where}: {key} takes small letters; write {word.casefold()!r}"
            raise VocabularyError(message)
    return frozenset(words)


def _offices(entry: dict[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {key: (key,) for key in entry}
    for key in entry:
        for wording in sorted(_small(entry, key, where)):
            found[wording] = (*found.get(wording, ()), key)
    return found


def _countries(entry: dict[str, Any], where: str) -> dict[str, str]:
    return {wording: code for code in entry for wording in sorted(_small(entry, code, where))}


def _alike(entry: dict[str, Any], where: str) -> dict[str, str]:
    return {word: key for key in entry for word in sorted(_small(entry, key, where))}


def _genders(entry: Any, where: str) -> dict[str, Gender]:
    entry = only_keys(entry, {"m", "f"}, f"{where}: gender")
    found: dict[str, Gender] = {}
    genders: tuple[Gender, ...] = ("m", "f")
    for gender in genders:
        for word in sorted(_small(entry, gender, where)):
            if found.setdefault(word, gender) != gender:
                message = f"{where}: gender: {word!r} stands under both m and f; leave it out of one"
                raise VocabularyError(message)
    return found


def _honorific(item: Any, where: str) -> Honorific:
    item = only_keys(item, {"form", "gender", "role"}, f"{where}: honorifics")
    form, gender, role = item.get("form"), item.get("gender"), item.get("role")
    if not isinstance(form, str) or gender not in {"m", "f", None} or not isinstance(role, str | None):
        message = f"{where}: honorifics: {item!r} needs form, and gender m or f where it tells one"
        raise VocabularyError(message)
    return Honorific(form, gender, role)


def _form(word: str) -> str:
    return word.casefold().replace(".", "")
