"""Who one text speaks of: mentions of people, groups, organizations and countries, resolved within the text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from service.extract.coreference import Reading
from service.extract.names import Sort
from service.extract.places import is_place
from service.extract.salience import second_subject, subject
from service.extract.settle import settled_names

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.extract.found import Entity
    from service.extract.identity import Identity
    from service.extract.lexicon import Lexicon

_MOST_CONJUNCTS = 8
_RELATIVE = frozenset(("nsubj", "nsubjpass", "dobj"))


class People:
    """The entities of one text, and which of them a word means.

    `of` and `joint` take any noun or pronoun of the document; where the text's reading passed over a noun they begin
    an entity for it, so `entities` may grow until the last question has been asked. Indexes never change.
    """

    def __init__(self, reading: Reading) -> None:
        """Take over a text that has been walked through."""
        self._ledger = reading.ledger
        self._nouns = reading.nouns
        self._starts = [paragraph.start for paragraph in reading.ledger.document.paragraphs]
        self._entities: tuple[Entity, ...] | None = None

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities by index."""
        if self._entities is None:
            self._entities = tuple(identity.frozen() for identity in self._ledger.cast.identities)
        return self._entities

    def at(self, offset: int) -> int | None:
        """Give the entity meant by the token that covers `offset` of the decoded text, None for no single one."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        paragraph = self._ledger.document.paragraphs[at]
        token = paragraph.token_at(offset)
        if not token.idx <= offset - paragraph.start < token.idx + len(token.text):
            return None
        found = self._ledger.meant.get((paragraph.index, token.i), ())
        return found[0] if len(found) == 1 else None

    def of(self, paragraph: Paragraph, token: Token) -> int | None:
        """Give the one entity that a noun or pronoun means, None for several, a place, or nothing."""
        found = self._of(paragraph, token)
        return found[0] if len(found) == 1 else None

    def joint(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give all that a noun or pronoun means together with what is coordinated behind it ("Lee and Park")."""
        other = second_subject(token)
        members = [token] if other is None else sorted((token, other), key=lambda one: one.i)
        for member in members:
            members += [child for child in member.children if child.dep_ == "conj" and child.i > member.i]
            members += self._sharing_surname(paragraph, member)
            if len(members) > _MOST_CONJUNCTS:
                break
        return tuple(dict.fromkeys(index for member in members for index in self._of(paragraph, member)))

    def _sharing_surname(self, paragraph: Paragraph, token: Token) -> list[Token]:
        """Give the given name that shares the surname of the full name at `token` ("Ann and Ben Lee")."""
        names = self._ledger.names_at(paragraph)
        name = names.get(token.i)
        if name is None or name.sort is not Sort.PERSON or not name.is_full or name.first < 2:
            return []
        other = names.get(name.first - 2)
        joined = paragraph.doc[name.first - 1].lower_ == "and"
        return [paragraph.doc[other.last]] if joined and other and other.sort is Sort.PERSON else []

    def _of(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        meant = self._ledger.meant
        spot = (paragraph.index, token.i)
        if spot not in meant:
            self._entities = None
            meant[spot] = self._passed_over(paragraph, token)
        return meant[spot]

    def _passed_over(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        if token.tag_ in {"WP", "WDT"} and token.dep_ in _RELATIVE:
            above = _antecedent(token)
            return self._of(paragraph, above) if above is not None else ()
        for child in token.children:
            if child.dep_ == "appos" and (found := self._ledger.meant.get((paragraph.index, child.i), ())):
                return found
        if author := self._author(paragraph, token):
            return author
        named = token.i in self._ledger.names_at(paragraph)
        identity = self._named(paragraph, token) if named else self._nouns.make(paragraph, token)
        return (identity.index,) if identity is not None else ()

    def _author(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give whoever made a document or a remark, where it is told: "a report by the agency", "her remarks"."""
        lexicon, word = self._ledger.lexicon, token.lemma_.lower()
        if word not in (lexicon.roles.documents - lexicon.roles.deeds) | lexicon.verbs.clause_nouns:
            return ()
        for child in token.children:
            if child.dep_ == "poss" and child.ent_type_ != "DATE":
                return self.joint(paragraph, child)
            if child.dep_ in {"prep", "agent"} and child.i > token.i and child.lower_ in {"by", "from"}:
                return next((self.joint(paragraph, c) for c in child.children if c.dep_ == "pobj"), ())
        if token.dep_ == "dobj" and token.head.lemma_.lower() in lexicon.verbs.issuing:
            issuer = subject(token.head)
            return self.joint(paragraph, issuer) if issuer is not None else ()
        return ()

    def _named(self, paragraph: Paragraph, token: Token) -> Identity | None:
        """Give an identity to a name that is neither a person's, an organization's nor a country's."""
        name = self._ledger.names_at(paragraph)[token.i]
        if is_place(token):
            return None
        if name.sort is Sort.ADJECTIVE:
            return self._nouns.make(paragraph, token) if token.dep_ in {"nsubj", "nsubjpass"} else None
        identity = self._ledger.cast.organization(name.words, name.country)
        identity.mentions.add(paragraph.range(paragraph.doc[name.first], paragraph.doc[name.last]))
        return identity


def _antecedent(token: Token) -> Token | None:
    """Give the noun that a relative pronoun's clause hangs on."""
    above = token.head
    for _ in range(3):
        if above.dep_ == "relcl":
            return above.head
        above = above.head
    return None


def find_people(document: Document, lexicon: Lexicon) -> People:
    """Read `document` and settle who is meant where."""
    reading = Reading(document, lexicon, settled_names(document, lexicon))
    reading.walk()
    return People(reading)
