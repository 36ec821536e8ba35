"""Settle noun phrases for pairs, countries and organizations: "both sides", "that country", "the committee"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.names import Sort
from service.extract.nouns import stands_for_somebody
from service.extract.salience import Trace, governor, subject
from service.model import SpeakerType

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.identity import Identity
    from service.extract.ledger import Ledger
    from service.extract.nouns import Nouns
    from service.extract.phrases import Phrase

_PARTIES = frozenset(
    ("sides", "countries", "nations", "governments", "capitals", "states", "powers", "parties")
)
_LAND = frozenset(("country", "nation", "state"))
_SCENE = frozenset(("at", "in", "on", "during", "after", "before", "into", "inside", "near"))
_PLACES = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))
_BODY_NAMES = frozenset((Sort.ORGANIZATION, Sort.UNKNOWN))
_VERBS = frozenset(("VBD", "VBZ", "MD", "RB"))
_REACH = 12
"""Sentences back to which "both" may reach."""
_FAINT = 0.3
_PROMINENT = 0.9


class Bodies:
    """Reads these phrases of one text."""

    def __init__(self, ledger: Ledger, nouns: Nouns) -> None:
        """Read and write in `ledger`; `nouns` describes phrases."""
        self._ledger = ledger
        self._nouns = nouns

    def read(self, paragraph: Paragraph, token: Token) -> bool:
        """Settle the token where it is such a phrase's noun; tell whether it was."""
        if token.lower_ in {"both", "two"} and token.dep_ in _PLACES:
            return self._read_pair(paragraph, token, token, countries=False)
        if not stands_for_somebody(token, self._ledger.lexicon):
            return False
        phrase = self._nouns.describe(paragraph, token.i)
        if phrase.number in {"both", "two"} and phrase.definite:
            first = paragraph.doc[phrase.first]
            return self._read_pair(paragraph, token, first, countries=phrase.noun in _PARTIES)
        if token.lower_ in _LAND and self._read_land(paragraph, token, phrase):
            return True
        lexicon = self._ledger.lexicon
        if lexicon.is_organization_noun(token.text) and not lexicon.is_person_noun(token.text):
            return self._read_organization(paragraph, token, phrase)
        return False

    def _read_pair(self, paragraph: Paragraph, token: Token, first: Token, *, countries: bool) -> bool:
        found = self._pair(countries=True) if countries else ()
        found = found or self._pair(countries=False)
        if found:
            self._ledger.mention_several(paragraph, token, found, first)
        return bool(found)

    def _pair(self, *, countries: bool) -> tuple[int, ...]:
        """Give the two who were set side by side last: countries (also by their people) or persons."""
        last: int | None = None
        loose: list[int] = []
        for trace in self._ledger.salience.back():
            last = trace.sentence if last is None else last
            if last - trace.sentence > _REACH:
                break
            found = self._lands(trace) if countries else self._nouns.people(trace)
            if len(found) == 2:
                return found
            if len(found) == 1 and found[0] not in loose and trace.weight >= _PROMINENT and not trace.quoted:
                loose.append(found[0])
        return (loose[1], loose[0]) if len(loose) >= 2 else ()

    def _lands(self, trace: Trace) -> tuple[int, ...]:
        """Give the countries of those whom a mention names; whoever has none stands for themselves."""
        cast = self._ledger.cast
        named = [cast[index] for index in trace.entities]
        if not any(one.country for one in named):
            return ()
        if any(one.type is SpeakerType.GROUP and not one.country for one in named):
            return ()
        found = (cast.country(one.country).index if one.country else one.index for one in named)
        return tuple(dict.fromkeys(found))

    def _read_land(self, paragraph: Paragraph, token: Token, phrase: Phrase) -> bool:
        """Settle "the isolated country": the country spoken of last that is not the clause's own subject."""
        if not phrase.definite or phrase.possessor is not None or phrase.complement:
            return False
        ledger = self._ledger
        verb = governor(token)
        own = subject(verb) if verb is not None else None
        barred = ledger.known(paragraph, own) if own is not None and own.i != token.i else ()
        for trace in ledger.salience.back():
            if len(trace.entities) != 1 or trace.entities == barred or trace.weight < _FAINT:
                continue
            land = ledger.cast[trace.entities[0]]
            if land.type is SpeakerType.COUNTRY:
                ledger.mention(paragraph, token, land, paragraph.doc[phrase.first])
                return True
        return False

    def _read_organization(self, paragraph: Paragraph, token: Token, phrase: Phrase) -> bool:
        """Settle "the committee": the organization whose name ends so, else one by its words."""
        scene = token.dep_ == "pobj" and token.head.lower_ in _SCENE and token.text.islower()
        if phrase.indefinite or scene:
            return False
        identity = self._named(paragraph, phrase) or self._called(paragraph, phrase) or self._same(phrase)
        identity = identity or self._nouns.keyed(SpeakerType.ORGANIZATION, paragraph, phrase)
        self._ledger.mention(paragraph, token, identity, paragraph.doc[phrase.first])
        self._ledger.join(paragraph, token)
        return True

    def _named(self, paragraph: Paragraph, phrase: Phrase) -> Identity | None:
        """Give the organization whose name stands before the noun ("the Acme news agency")."""
        names = self._ledger.names_at(paragraph)
        lexicon = self._ledger.lexicon
        for at in range(phrase.head - 1, max(phrase.first, phrase.head - 3) - 1, -1):
            name = names.get(at)
            if name is None or name.sort is not Sort.ORGANIZATION:
                continue
            whole = paragraph.doc[name.first : phrase.head + 1].text
            actor = lexicon.actor(whole)
            words = lexicon.publisher(whole) or (actor.name if actor else name.words)
            return self._ledger.cast.organization(words, name.country)
        return None

    def _called(self, paragraph: Paragraph, phrase: Phrase) -> Identity | None:
        """Give the organization whose name is set off by commas behind the noun ("the teachers' union, the Acme, says")."""
        doc, at = paragraph.doc, phrase.head + 1
        if not phrase.definite or at + 2 >= len(doc) or doc[at].text != ",":
            return None
        at += 2 if doc[at + 1].lower_ == "the" else 1
        name = self._ledger.names_at(paragraph).get(at)
        if name is None or name.first != at or name.sort not in _BODY_NAMES or name.last + 2 >= len(doc):
            return None
        closed = doc[name.last + 1].text == "," and doc[name.last + 2].tag_ in _VERBS
        return self._ledger.cast.organization(name.words, name.country) if closed else None

    def _same(self, phrase: Phrase) -> Identity | None:
        plain = phrase.definite and phrase.words == phrase.noun and phrase.possessor is None
        return self._ledger.cast.body(phrase.noun) if plain and not phrase.country else None
