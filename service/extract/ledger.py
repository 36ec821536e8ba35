"""What has been settled while a text is read: which token means whom, and how lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.cast import Cast
from service.extract.names import Name, Sort
from service.extract.salience import Salience, Trace, governor, second_subject, subject, weight
from service.model import SpeakerType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.extract.identity import Identity
    from service.extract.lexicon import Lexicon

Spot = tuple[int, int]
"""Number of a paragraph and index of a token in it."""
_EXAMPLES = frozenset(("including", "like", "as"))
_MOST_MEMBERS = 8
_MEETING = frozenset(("meet", "marry", "join"))
_COMPANY = 0.5


class Ledger:
    """The book of one reading: `meant` gives the entities for every token that stands for somebody.

    `order` numbers the token being read and `sentence` its sentence, both over the whole text.
    """

    def __init__(self, document: Document, lexicon: Lexicon, names: Mapping[int, Sequence[Name]]) -> None:
        """Open the book on a document; `names` are its names by number of paragraph."""
        self.document = document
        self.lexicon = lexicon
        self.cast = Cast(lexicon)
        self.salience = Salience()
        self.meant: dict[Spot, tuple[int, ...]] = {}
        self.order = 0
        self.sentence = 0
        self._names = {
            index: {i: name for name in found for i in range(name.first, name.last + 1)}
            for index, found in names.items()
        }
        self._quoted: dict[int, frozenset[int]] = {}

    def names_at(self, paragraph: Paragraph) -> dict[int, Name]:
        """Give the name at each token of a paragraph that belongs to one."""
        return self._names.get(paragraph.index, {})

    def person(self, name: Name) -> Identity:
        """Give the person whom a name means at this point of the text."""
        if name.is_full:
            return self.cast.add_full_name(name)
        spot = (name.paragraph, name.last)
        if known := self.meant.get(spot):
            return self.cast[known[0]]
        identity = self.cast.named(name, self.order)
        self.meant[spot] = (identity.index,)
        return identity

    def known(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give whom a token means, a person's name also before it has been read."""
        name = self.names_at(paragraph).get(token.i)
        if name is not None and name.sort is Sort.PERSON:
            return (self.person(name).index,)
        return self.meant.get((paragraph.index, token.i), ())

    def mention(self, paragraph: Paragraph, token: Token, identity: Identity, first: Token) -> None:
        """Record that the phrase from `first` to `token` means `identity`."""
        identity.times += 1
        self.mention_several(paragraph, token, (identity.index,), first)
        self.join_company(paragraph, token, identity)

    def mention_several(
        self, paragraph: Paragraph, token: Token, found: tuple[int, ...], first: Token
    ) -> None:
        """Record that the phrase from `first` to `token` means all of `found`."""
        self.meant[paragraph.index, token.i] = found
        for index in found:
            self.cast[index].mentions.add(paragraph.range(first, token))
            self.cast[index].seen = self.order
        if found:
            plural = len(found) > 1 or self.cast[found[0]].type is SpeakerType.GROUP
            self.trace(paragraph, token, found, weight(token), plural=plural)

    def join(self, paragraph: Paragraph, token: Token) -> None:
        """Remember coordinated mentions as one joint mention when the last of them has been read."""
        members = [token]
        while (
            members[-1].dep_ == "conj" and members[-1].head.i < members[-1].i and len(members) < _MOST_MEMBERS
        ):
            members.append(members[-1].head)
        other = second_subject(token)
        if other is not None and other.i < token.i:
            members.append(other)
        if len(members) < 2 or members[-1].head.lower_ in _EXAMPLES:
            return
        found = tuple(dict.fromkeys(i for member in reversed(members) for i in self.known(paragraph, member)))
        if len(found) > 1:
            self.trace(paragraph, token, found, weight(token) + 0.1, plural=True)

    def join_company(self, paragraph: Paragraph, token: Token, identity: Identity) -> None:
        """Remember those who do something with one another ("met", "spoke with") as a weaker joint mention."""
        above = token.head
        together = token.dep_ == "pobj" and above.lower_ == "with"
        together = together or (token.dep_ == "dobj" and above.lemma_ in _MEETING)
        if not together or identity.type is SpeakerType.ORGANIZATION:
            return
        verb = governor(token)
        other = subject(verb) if verb is not None else None
        found = self.known(paragraph, other) if other is not None else ()
        if len(found) == 1 and found[0] != identity.index:
            self.trace(paragraph, token, (found[0], identity.index), _COMPANY, plural=True)

    def trace(
        self, paragraph: Paragraph, token: Token, found: tuple[int, ...], prominence: float, *, plural: bool
    ) -> None:
        """Let later words look back at a mention."""
        quoted = token.i in self.quoted(paragraph)
        where = (self.order, self.sentence, paragraph.index)
        self.salience.note(Trace(found, *where, prominence, quoted, plural))

    def quoted(self, paragraph: Paragraph) -> frozenset[int]:
        """Give the tokens of a paragraph that stand in quotation marks."""
        if paragraph.index not in self._quoted:
            self._quoted[paragraph.index] = frozenset(_inside_quotes(paragraph))
        return self._quoted[paragraph.index]


def _inside_quotes(paragraph: Paragraph) -> Iterator[int]:
    quotes = iter(paragraph.quotes)
    quote = next(quotes, None)
    for token in paragraph.doc:
        at = paragraph.start + token.idx
        while quote is not None and quote.end <= at:
            quote = next(quotes, None)
        if quote is not None and quote.start <= at:
            yield token.i
