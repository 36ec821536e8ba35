"""Read a pronoun where it stands: what is known of its place, and the few cases in which it looks ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.names import Sort
from service.extract.pronouns import MEN, PRONOUNS, WOMEN, Chooser, Place, gender_of
from service.extract.salience import subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.ledger import Ledger
    from service.extract.names import Name

_SPEECH = 120
"""Tokens from the head of a quoted sentence within which its speaker is looked for; as many before a name are read."""
_BELONGING = frozenset(("poss", "compound", "nmod", "pobj"))


class References:
    """Settles the pronouns of one text."""

    def __init__(self, ledger: Ledger) -> None:
        """Read and write in `ledger`."""
        self._ledger = ledger

    def read(self, paragraph: Paragraph, token: Token) -> None:
        """Settle the pronoun at `token`."""
        ledger = self._ledger
        quoted = token.i in ledger.quoted(paragraph)
        speakers = self._speakers(paragraph, token) if quoted else frozenset()
        place = Place(ledger.sentence, paragraph.index, ledger.order, quoted, speakers)
        found = self._part(paragraph, token) or self._clause(paragraph, token, place)
        found = found or (() if quoted else self._sayer(paragraph, token))
        found = found or self._chooser(paragraph).choose(token, place)
        ledger.mention_several(paragraph, token, found, token)

    def _speakers(self, paragraph: Paragraph, token: Token) -> frozenset[int]:
        """Give those who say the sentence of a quoted pronoun, in it or right behind it."""
        ledger = self._ledger
        first = token.sent.start
        return frozenset(
            index
            for other in paragraph.doc[first : first + _SPEECH]
            if other.dep_ == "nsubj"
            and other.i not in ledger.quoted(paragraph)
            and ledger.lexicon.is_reporting(other.head.lemma_.lower())
            for index in ledger.known(paragraph, other) or self._speaker(paragraph, other)
        )

    def _speaker(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give whom a pronoun behind its own quoted words will mean."""
        if token.lower_ not in PRONOUNS:
            return ()
        ledger = self._ledger
        place = Place(ledger.sentence, paragraph.index, ledger.order, quoted=False)
        return self._chooser(paragraph).choose(token, place)

    def _chooser(self, paragraph: Paragraph) -> Chooser:
        ledger = self._ledger
        return Chooser(ledger.cast, ledger.salience, lambda other: ledger.known(paragraph, other))

    def _part(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Look ahead from a possessive before the main clause ("For his part, Mr. Lee said")."""
        if token.tag_ != "PRP$" or token.lower_ in {"its", "their"}:
            return ()
        phrase = token.head.head
        if phrase.dep_ != "prep" or phrase.head.dep_ != "ROOT" or phrase.head.i < token.i:
            return ()
        return self._named_subject(paragraph, phrase.head, token)

    def _clause(self, paragraph: Paragraph, token: Token, place: Place) -> tuple[int, ...]:
        """Look ahead from a clause before the main one that opens its paragraph ("When she came, Ms. Lee said")."""
        verb = token.head
        if token.dep_ != "nsubj" or token.lower_ not in {"he", "she"} or place.quoted:
            return ()
        main = verb.head.head if verb.head.pos_ == "ADV" else verb.head
        if verb.dep_ != "advcl" or main.i < verb.i:
            return ()
        if any(
            trace.paragraph == paragraph.index and trace.entities for trace in self._ledger.salience.back()
        ):
            return ()
        return self._named_subject(paragraph, main, token)

    def _sayer(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give whoever says of himself what "he" does, by a name not read as a person's: "Wenders said he would go"."""
        own = token if token.tag_ == "PRP" else token.head
        said = own.head
        if token.lower_ not in MEN | WOMEN or own.dep_ not in {"nsubj", "nsubjpass"} or said.dep_ != "ccomp":
            return ()
        ledger = self._ledger
        sayer = subject(said.head) if ledger.lexicon.is_reporting(said.head.lemma_.lower()) else None
        name = ledger.names_at(paragraph).get(sayer.i) if sayer is not None and sayer.i < token.i else None
        if name is None or not self._may_be_person(paragraph, name):
            return ()
        person, gender = ledger.cast.person_after_all(name, ledger.order), gender_of(token)
        if person.gender not in {None, gender}:
            return ()
        person.gender = gender
        last = paragraph.doc[name.last]
        if ledger.known(paragraph, last) != (person.index,):
            ledger.mention(paragraph, last, person, paragraph.doc[name.first])
        return (person.index,)

    def _may_be_person(self, paragraph: Paragraph, name: Name) -> bool:
        """Tell whether nothing but a doubtful label makes the name of one word another thing's than a person's."""
        lexicon, words = self._ledger.lexicon, name.words
        doubtful = name.sort in {Sort.ORGANIZATION, Sort.UNKNOWN} and name.first == name.last
        article = name.first > 0 and paragraph.doc[name.first - 1].tag_ == "DT"
        known = name.country or lexicon.actor(words) or lexicon.publisher(words) or lexicon.state_body(words)
        plainly = article or words.isupper() or lexicon.is_organization_noun(words)
        return doubtful and not (known or plainly or self._has_people(paragraph, name))

    def _has_people(self, paragraph: Paragraph, name: Name) -> bool:
        """Tell whether somebody was named by an office of the name's shortly before: "Norvex's chairman"."""
        before = paragraph.doc[max(0, name.first - _SPEECH) : name.first]
        holders = (
            token.head.head if token.dep_ == "pobj" else token.head
            for token in before
            if token.text == name.words and token.dep_ in _BELONGING
        )
        return any(self._ledger.lexicon.is_person_noun(holder.text) for holder in holders)

    def _named_subject(self, paragraph: Paragraph, verb: Token, token: Token) -> tuple[int, ...]:
        """Give the person named as the subject of `verb` behind `token`, where the pronoun's gender allows it."""
        found = subject(verb)
        if found is None or found.i < token.i:
            return ()
        name = self._ledger.names_at(paragraph).get(found.i)
        if name is None or name.sort is not Sort.PERSON:
            return ()
        person = self._ledger.person(name)
        return (person.index,) if person.gender in {None, gender_of(token)} else ()
