"""Walk through a text and settle for every name, role, group and pronoun who is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.apposition import Apposed, apposed, apposed_several
from service.extract.bodies import Bodies
from service.extract.ledger import Ledger
from service.extract.names import Name, Sort
from service.extract.nouns import Nouns
from service.extract.places import is_dateline, is_place
from service.extract.pronouns import PRONOUNS
from service.extract.references import References
from service.extract.salience import weight
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.extract.identity import Identity
    from service.extract.lexicon import Lexicon

_ADJECTIVE = 0.4
"""Prominence of a country that is only there as an adjective."""


class Reading:
    """Reads one text once, in order; what it settles stands in `ledger`."""

    def __init__(self, document: Document, lexicon: Lexicon, names: Mapping[int, Sequence[Name]]) -> None:
        """Begin all people with full names, so that surnames and roles may look ahead to them."""
        self.ledger = Ledger(document, lexicon, names)
        self.nouns = Nouns(self.ledger)
        self._bodies = Bodies(self.ledger, self.nouns)
        self._references = References(self.ledger)
        self._roles: dict[int, dict[int, Name]] = {}
        self._apposed: dict[tuple[int, int], Apposed] = {}
        self._several: dict[tuple[int, int], tuple[Name, ...]] = {}
        for paragraph in document.paragraphs:
            self._prepare(paragraph, names.get(paragraph.index, ()))
        for found in names.values():
            self._prepare_single(found)

    def _prepare(self, paragraph: Paragraph, names: Iterable[Name]) -> None:
        """Note the titles and appositions of a paragraph's people."""
        roles = self._roles.setdefault(paragraph.index, {})
        people = [name for name in names if name.sort is Sort.PERSON]
        taken = {i for name in people for i in range(name.first, name.last + 1)}
        for name in people:
            for i in range(name.left, name.first):
                roles.setdefault(i, name)
        self._prepare_several(paragraph, people)
        for name in people:
            beside = apposed(paragraph.doc, name, self.ledger.lexicon, taken)
            if beside is not None and beside.head not in taken:
                roles.setdefault(beside.head, name)
                self._apposed[paragraph.index, name.first] = beside
            if name.is_full:
                identity = self.ledger.cast.add_full_name(name)
                self._learn_role(paragraph, identity, beside)

    def _prepare_several(self, paragraph: Paragraph, people: Sequence[Name]) -> None:
        """Note nouns for several people whose names stand behind ("the two ministers, Ann Lee and Paul Stone,")."""
        for head, names in apposed_several(paragraph.doc, people, self.ledger.lexicon):
            self._several[paragraph.index, head] = names

    def _prepare_single(self, names: Iterable[Name]) -> None:
        """Begin people who go by one name and have a title, where nobody has that name in full."""
        for name in names:
            if name.sort is Sort.PERSON and not name.is_full and name.role:
                self.ledger.cast.begin_single(name)

    def _learn_role(self, paragraph: Paragraph, identity: Identity, beside: Apposed | None) -> None:
        if beside is None:
            return
        role, country = self.nouns.role_of(paragraph, beside)
        self.ledger.cast.give_role(identity, role, country)
        gender = self.ledger.lexicon.roles.gender(paragraph.doc[beside.head].text)
        identity.gender = identity.gender or gender

    def walk(self) -> None:
        """Read the whole text in order."""
        for paragraph in self.ledger.document.paragraphs:
            self.ledger.sentence += 1
            for token in paragraph.doc:
                self.ledger.order += 1
                if token.is_sent_start and self._speaks_itself(paragraph, token):
                    self.ledger.sentence += 1
                self._read(paragraph, token)
        self.ledger.cast.settle_countries()

    def _speaks_itself(self, paragraph: Paragraph, first: Token) -> bool:
        """Tell whether a sentence has words outside quotation marks: quoted ones make no distance for the author's."""
        quoted = self.ledger.quoted(paragraph)
        return any(token.is_alpha and token.i not in quoted for token in first.sent)

    def _read(self, paragraph: Paragraph, token: Token) -> None:
        name = self.ledger.names_at(paragraph).get(token.i)
        if name is not None:
            if token.i == name.first:
                self._read_name(paragraph, name)
        elif several := self._several.get((paragraph.index, token.i)):
            self._read_several(paragraph, token, several)
        elif token.i in self._roles[paragraph.index]:
            self._read_role(paragraph, token)
        elif token.lower_ in PRONOUNS and token.tag_ in {"PRP", "PRP$"}:
            self._references.read(paragraph, token)
        elif not self._bodies.read(paragraph, token) and not self.nouns.read(paragraph, token):
            self._read_thing(paragraph, token)

    def _read_thing(self, paragraph: Paragraph, token: Token) -> None:
        """Remember a subject that is nobody: "it" and "they" may mean it."""
        if token.dep_ in {"nsubj", "nsubjpass"} and token.tag_ in {"NN", "NNS"}:
            self.ledger.trace(paragraph, token, (), weight(token), plural=token.tag_ == "NNS")

    def _read_role(self, paragraph: Paragraph, token: Token) -> None:
        """Let a title or role beside a name mean the name's bearer."""
        name = self._roles[paragraph.index][token.i]
        identity = self.ledger.person(name)
        self.ledger.meant.setdefault((paragraph.index, token.i), (identity.index,))
        if token.lower_ in self.ledger.lexicon.roles.counterparts:
            self.ledger.cast.give_role(identity, *self.nouns.counterpart(paragraph, token))
        beside = self._apposed.get((paragraph.index, name.first))
        if beside is not None and beside.head == token.i:
            identity.mentions.add(paragraph.range(paragraph.doc[beside.first], paragraph.doc[beside.last]))
            self._learn_role(paragraph, identity, beside)
            self.nouns.remember_kin(paragraph, token, identity)
            self.ledger.join_company(paragraph, token, identity)

    def _read_several(self, paragraph: Paragraph, token: Token, names: Sequence[Name]) -> None:
        """Let a plural noun mean those whose names stand behind it, each of whom has the role that it tells."""
        people = [self.ledger.person(name) for name in names]
        phrase = self.nouns.describe(paragraph, token.i)
        role = phrase.words.removesuffix("s")
        for one in people:
            told = self.ledger.lexicon.is_person_noun(role.rsplit(None, 1)[-1])
            self.ledger.cast.give_role(one, role if told else None, phrase.country)
        found = tuple(dict.fromkeys(one.index for one in people))
        self.ledger.mention_several(paragraph, token, found, paragraph.doc[phrase.first])

    def _read_name(self, paragraph: Paragraph, name: Name) -> None:
        ledger, token, first = self.ledger, paragraph.doc[name.last], paragraph.doc[name.first]
        if name.sort is Sort.ADJECTIVE:
            self._read_adjective(paragraph, name)
        elif family := self._family(paragraph, name):
            ledger.mention_several(paragraph, token, family, first)
        elif (identity := self._bearer(paragraph, name)) is not None:
            for i in range(name.first, name.last + 1):
                ledger.meant[paragraph.index, i] = (identity.index,)
            ledger.mention(paragraph, token, identity, first)
            self._learn_country(paragraph, name)
            outer = _outer(paragraph, name)
            if name.is_full and outer.dep_ in {"nsubj", "nsubjpass"}:
                identity.presented = paragraph.index
            ledger.join(paragraph, outer)
        elif name.sort is Sort.CAPITAL:
            ledger.meant |= {(paragraph.index, i): () for i in range(name.first, name.last + 1)}

    def _read_adjective(self, paragraph: Paragraph, name: Name) -> None:
        """Let "its" look back at a country that is only there as an adjective; "Democrats" are a group."""
        token = paragraph.doc[name.last]
        if token.tag_ in {"NNPS", "NNS"}:
            self.nouns.read_group(paragraph, token)
        elif name.country:
            country = self.ledger.cast.country(name.country)
            self.ledger.trace(paragraph, token, (country.index,), _ADJECTIVE, plural=False)

    def _family(self, paragraph: Paragraph, name: Name) -> tuple[int, ...]:
        """Give those who share a surname in the plural ("the Lees")."""
        if name.is_full or paragraph.doc[name.last].tag_ != "NNPS" or name.country:
            return ()
        return self.ledger.cast.bearers(name.words.removesuffix("s"))

    def _bearer(self, paragraph: Paragraph, name: Name) -> Identity | None:
        cast = self.ledger.cast
        if name.sort is Sort.PERSON:
            return self.ledger.person(name)
        if name.sort is Sort.ORGANIZATION:
            return cast.organization(name.words, name.country)
        if name.sort is Sort.COUNTRY and name.country:
            return cast.country(name.country)
        if name.sort is Sort.CAPITAL and name.country:
            lies = is_place(paragraph.doc[name.last]) or is_dateline(name.first, paragraph.doc)
            return None if lies else cast.country(name.country)
        return None

    def _learn_country(self, paragraph: Paragraph, name: Name) -> None:
        """Learn from "Lee's South Korea" where Lee belongs."""
        if name.sort is not Sort.COUNTRY or name.first < 2 or paragraph.doc[name.first - 1].tag_ != "POS":
            return
        cast = self.ledger.cast
        for index in self.ledger.meant.get((paragraph.index, name.first - 2), ()):
            if cast[index].type is SpeakerType.PERSON:
                cast.give_role(cast[index], None, name.country)


def _outer(paragraph: Paragraph, name: Name) -> Token:
    """Give the token of a name by which it hangs in its sentence."""
    inside = range(name.left, name.last + 1)
    hanging = (i for i in reversed(inside) if paragraph.doc[i].head.i not in inside)
    return paragraph.doc[next(hanging, name.last)]
