"""Walk through a text and settle for every name, role, group and pronoun who is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.apposition import Apposed, apposed
from service.extract.cast import Cast, Identity
from service.extract.names import Name, Sort
from service.extract.nouns import Nouns
from service.extract.places import is_dateline, is_place
from service.extract.pronouns import PRONOUNS, Chooser, Place
from service.extract.salience import Salience, Trace, governor, subject, weight
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.extract.lexicon import Lexicon

_EXAMPLES = frozenset(("including", "like", "as"))
_SPEECH = 120
"""Tokens from the head of a quoted sentence within which its speaker is looked for."""
Spot = tuple[int, int]
"""Number of a paragraph and index of a token in it."""


class Reading:
    """What has been settled so far of one text; `meant` gives the entities for every token that stands for somebody."""

    def __init__(self, document: Document, lexicon: Lexicon, names: Mapping[int, Sequence[Name]]) -> None:
        self.document = document
        self.lexicon = lexicon
        self.cast = Cast(lexicon)
        self.salience = Salience()
        self.meant: dict[Spot, tuple[int, ...]] = {}
        self._paragraphs = {paragraph.index: paragraph for paragraph in document.paragraphs}
        self._names = {index: {i: n for n in found for i in range(n.first, n.last + 1)} for index, found in names.items()}
        self._roles: dict[int, dict[int, Name]] = {}
        self._apposed: dict[tuple[int, int], Apposed] = {}
        self._quoted: dict[int, frozenset[int]] = {}
        self._sentence = 0
        self._order = 0
        self.nouns = Nouns(self)
        for paragraph in document.paragraphs:
            self._prepare(paragraph, names.get(paragraph.index, ()))

    @property
    def order(self) -> int:
        """The number of the token that is being read, counted over the text."""
        return self._order

    def names_at(self, paragraph: int) -> dict[int, Name]:
        """Give the name at each token of a paragraph that belongs to one."""
        return self._names.get(paragraph, {})

    def _prepare(self, paragraph: Paragraph, names: Iterable[Name]) -> None:
        """Begin the people with full names, their roles told beside them included."""
        doc = paragraph.doc
        roles = self._roles.setdefault(paragraph.index, {})
        people = [name for name in names if name.sort is Sort.PERSON]
        taken = {i for name in people for i in range(name.first, name.last + 1)}
        for name in people:
            for i in range(name.left, name.first):
                roles.setdefault(i, name)
            beside = apposed(doc, name, self.lexicon, taken)
            if beside is not None and beside.head not in taken:
                roles.setdefault(beside.head, name)
                self._apposed[paragraph.index, name.first] = beside
            if name.is_full:
                self._introduce(paragraph, name, beside)

    def _introduce(self, paragraph: Paragraph, name: Name, beside: Apposed | None) -> None:
        identity = self.cast.add_full_name(name)
        if beside is not None:
            role, country = self.nouns.role_of(paragraph, beside)
            self.cast.give_role(identity, role, country)
            identity.gender = identity.gender or self.lexicon.roles.gender(paragraph.doc[beside.head].text)

    def walk(self) -> None:
        """Read the whole text in order."""
        for paragraph in self.document.paragraphs:
            self._sentence += 1
            for token in paragraph.doc:
                self._order += 1
                if token.is_sent_start:
                    self._sentence += 1
                self._read(paragraph, token)

    def _read(self, paragraph: Paragraph, token: Token) -> None:
        name = self.names_at(paragraph.index).get(token.i)
        if name is not None:
            if token.i == name.first:
                self._read_name(paragraph, name)
        elif token.i in self._roles.get(paragraph.index, {}):
            self._read_role(paragraph, token)
        elif token.lower_ in PRONOUNS and token.tag_ in {"PRP", "PRP$"}:
            self._read_pronoun(paragraph, token)
        else:
            self.nouns.read(paragraph, token)
            self._note_thing(paragraph, token)

    def _note_thing(self, paragraph: Paragraph, token: Token) -> None:
        """Remember a subject that is nobody: "it" and "they" may mean it."""
        if token.dep_ in {"nsubj", "nsubjpass"} and token.tag_ in {"NN", "NNS"}:
            if (paragraph.index, token.i) not in self.meant:
                self._trace(paragraph, token, (), weight(token), plural=token.tag_ == "NNS")

    def _read_role(self, paragraph: Paragraph, token: Token) -> None:
        """A title or role beside a name means the name's bearer."""
        name = self._roles[paragraph.index][token.i]
        identity = self.person(name)
        self.meant.setdefault((paragraph.index, token.i), (identity.index,))
        beside = self._apposed.get((paragraph.index, name.first))
        if beside is not None and beside.head == token.i:
            identity.mentions.add(paragraph.range(paragraph.doc[beside.first], paragraph.doc[beside.last]))
            role, country = self.nouns.role_of(paragraph, beside)
            self.cast.give_role(identity, role, country)
            self.nouns.remember_kin(paragraph, token, identity)
            self._join_company(paragraph, token, identity)

    def person(self, name: Name) -> Identity:
        """Give the person whom a name means at this point of the text."""
        if name.is_full:
            return self.cast.add_full_name(name)
        spot = (name.paragraph, name.last)
        if spot in self.meant and self.meant[spot]:
            return self.cast[self.meant[spot][0]]
        identity = self.cast.named(name, self._order)
        self.meant[spot] = (identity.index,)
        return identity

    def _read_name(self, paragraph: Paragraph, name: Name) -> None:
        token = paragraph.doc[name.last]
        identity = self._bearer(paragraph, name)
        if identity is None:
            for i in range(name.first, name.last + 1):
                self.meant.setdefault((paragraph.index, i), ())
            self._note_adjective(paragraph, name)
            return
        for i in range(name.first, name.last + 1):
            self.meant[paragraph.index, i] = (identity.index,)
        self.mention(paragraph, token, identity, paragraph.doc[name.first])
        self._learn_country(paragraph, name)
        self.join(paragraph, self._outer(paragraph, name))

    def _learn_country(self, paragraph: Paragraph, name: Name) -> None:
        """Learn from "Lee's South Korea" where Lee belongs."""
        if name.sort is Sort.COUNTRY and name.first > 1 and paragraph.doc[name.first - 1].tag_ == "POS":
            for index in self.meant.get((paragraph.index, name.first - 2), ()):
                if self.cast[index].type is SpeakerType.PERSON:
                    self.cast.give_role(self.cast[index], None, name.country)

    def _outer(self, paragraph: Paragraph, name: Name) -> Token:
        """The token of a name by which it hangs in its sentence."""
        inside = range(name.left, name.last + 1)
        for i in range(name.last, name.left - 1, -1):
            if paragraph.doc[i].head.i not in inside:
                return paragraph.doc[i]
        return paragraph.doc[name.last]

    def _bearer(self, paragraph: Paragraph, name: Name) -> Identity | None:
        token = paragraph.doc[name.last]
        if name.sort is Sort.PERSON:
            return self.person(name)
        if name.sort is Sort.ORGANIZATION:
            return self.cast.organization(name.words, name.country)
        if name.sort is Sort.COUNTRY and name.country:
            return self.cast.country(name.country)
        if name.sort is Sort.CAPITAL and name.country:
            return None if is_place(token) or is_dateline(name.first, paragraph.doc) else self.cast.country(name.country)
        return None

    def _note_adjective(self, paragraph: Paragraph, name: Name) -> None:
        """Let "its" look back at a country that is only there as an adjective ("North Korean threats")."""
        if name.sort is Sort.ADJECTIVE and name.country and name.words[0].isupper():
            country = self.cast.country(name.country)
            self._trace(paragraph, paragraph.doc[name.last], (country.index,), 0.4, plural=False)

    def _read_pronoun(self, paragraph: Paragraph, token: Token) -> None:
        chooser = Chooser(self.cast, self.salience, lambda other: self._known(paragraph, other))
        quoted = self._is_quoted(paragraph, token)
        speakers = self._speakers(paragraph, token) if quoted else frozenset()
        place = Place(self._sentence, paragraph.index, self._order, quoted, speakers)
        found = self._ahead(paragraph, token) or chooser.choose(token, place)
        self.meant[paragraph.index, token.i] = found
        for index in found:
            self.cast[index].seen = self._order
            self.cast[index].mentions.add(paragraph.range(token, token))
        if found:
            many = len(found) > 1 or self.cast[found[0]].type is SpeakerType.GROUP
            self._trace(paragraph, token, found, weight(token), plural=many)

    def _speakers(self, paragraph: Paragraph, token: Token) -> frozenset[int]:
        """The people who are subjects outside quotation marks in the sentence of a quoted pronoun or right behind it."""
        found: set[int] = set()
        first = token.sent.start
        for other in paragraph.doc[first : first + _SPEECH]:
            if other.dep_ != "nsubj" or other.i in self._quoted_tokens(paragraph):
                continue
            if self.lexicon.is_reporting(other.head.lemma_.lower()):
                found.update(self._known(paragraph, other))
        return frozenset(found)

    def _quoted_tokens(self, paragraph: Paragraph) -> frozenset[int]:
        if paragraph.index not in self._quoted:
            self._quoted[paragraph.index] = frozenset(t.i for t in paragraph.doc if self._in_quote(paragraph, t))
        return self._quoted[paragraph.index]

    def _ahead(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Look ahead from a possessive before the main clause ("For his part, Mr. Lee said")."""
        if token.tag_ != "PRP$" or token.lower_ in {"its", "their"}:
            return ()
        phrase = token.head.head
        if phrase.dep_ != "prep" or phrase.head.dep_ != "ROOT" or phrase.head.i < token.i:
            return ()
        found = subject(phrase.head)
        if found is None or found.i < token.i:
            return ()
        name = self.names_at(paragraph.index).get(found.i)
        if name is None or name.sort is not Sort.PERSON:
            return ()
        person = self.person(name)
        return (person.index,) if person.gender in {None, "f" if token.lower_ == "her" else "m"} else ()

    def _known(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        name = self.names_at(paragraph.index).get(token.i)
        if name is not None and name.sort is Sort.PERSON:
            return (self.person(name).index,)
        return self.meant.get((paragraph.index, token.i), ())

    def mention(self, paragraph: Paragraph, token: Token, identity: Identity, first: Token | None = None) -> None:
        """Record that `token` (its phrase beginning at `first`) means `identity`."""
        self.meant[paragraph.index, token.i] = (identity.index,)
        identity.mentions.add(paragraph.range(first if first is not None else token, token))
        identity.seen = self._order
        identity.times += 1
        plural = identity.type is SpeakerType.GROUP
        self._trace(paragraph, token, (identity.index,), weight(token), plural=plural)
        self._join_company(paragraph, token, identity)

    def mention_several(self, paragraph: Paragraph, token: Token, found: tuple[int, ...], first: Token) -> None:
        """Record that `token` means several identities jointly."""
        self.meant[paragraph.index, token.i] = found
        for index in found:
            self.cast[index].mentions.add(paragraph.range(first, token))
            self.cast[index].seen = self._order
        if found:
            self._trace(paragraph, token, found, weight(token), plural=True)

    def join(self, paragraph: Paragraph, token: Token) -> None:
        """Remember coordinated mentions as one joint mention when the last of them has been read."""
        members = [token]
        while members[-1].dep_ == "conj" and members[-1].head.i < members[-1].i and len(members) < 8:
            members.append(members[-1].head)
        if len(members) < 2 or members[-1].head.lower_ in _EXAMPLES:
            return
        found = tuple(dict.fromkeys(i for m in reversed(members) for i in self._known(paragraph, m)))
        if len(found) > 1:
            self._trace(paragraph, token, found, weight(token) + 0.1, plural=True)

    def _join_company(self, paragraph: Paragraph, token: Token, identity: Identity) -> None:
        """Remember those who do something with one another ("met with") as a weaker joint mention."""
        above = token.head
        if token.dep_ != "pobj" or above.lower_ != "with" or identity.type is SpeakerType.ORGANIZATION:
            return
        verb = governor(token)
        other = subject(verb) if verb is not None else None
        found = self._known(paragraph, other) if other is not None else ()
        if len(found) == 1 and found[0] != identity.index:
            self._trace(paragraph, token, (found[0], identity.index), 0.5, plural=True)

    def _trace(
        self, paragraph: Paragraph, token: Token, found: tuple[int, ...], prominence: float, *, plural: bool
    ) -> None:
        quoted = self._is_quoted(paragraph, token)
        self.salience.note(
            Trace(found, self._order, self._sentence, paragraph.index, token.i, prominence, quoted, plural)
        )

    def _is_quoted(self, paragraph: Paragraph, token: Token) -> bool:
        return token.i in self._quoted_tokens(paragraph)

    def _in_quote(self, paragraph: Paragraph, token: Token) -> bool:
        return paragraph.quote_at(paragraph.start + token.idx) is not None
