"""Who one text speaks of: mentions of people, groups, organizations and countries, resolved within the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from service.extract.coreference import Reading
from service.extract.names import Name, Sort, bare, find_names
from service.extract.titlecase import is_title_case, names_in_headline
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Document, Paragraph
    from service.extract.found import Entity
    from service.extract.lexicon import Lexicon

_MOST_CONJUNCTS = 8


class People:
    """The entities of one text, and which of them a word means.

    `of` and `joint` take any noun or pronoun of the document; where the text's reading passed over a noun they begin
    an entity for it, so `entities` may grow until the last question has been asked. Indexes never change.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._starts = [paragraph.start for paragraph in reading.document.paragraphs]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities by index."""
        return tuple(identity.frozen() for identity in self._reading.cast.identities)

    def at(self, offset: int) -> int | None:
        """Give the entity meant by the token that covers `offset` of the decoded text, None for no single one."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        paragraph = self._reading.document.paragraphs[at]
        token = paragraph.token_at(offset)
        if not token.idx <= offset - paragraph.start < token.idx + len(token.text):
            return None
        found = self._reading.meant.get((paragraph.index, token.i), ())
        return found[0] if len(found) == 1 else None

    def of(self, paragraph: Paragraph, token: Token) -> int | None:
        """Give the one entity that a noun or pronoun means, None for several, a place, or nothing."""
        found = self._of(paragraph, token)
        return found[0] if len(found) == 1 else None

    def joint(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        """Give all that a noun or pronoun means together with what is coordinated behind it ("Lee and Park")."""
        members = [token]
        for member in members:
            members += [child for child in member.children if child.dep_ == "conj" and child.i > member.i]
            if len(members) > _MOST_CONJUNCTS:
                break
        return tuple(dict.fromkeys(index for member in members for index in self._of(paragraph, member)))

    def _of(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        meant = self._reading.meant
        spot = (paragraph.index, token.i)
        if spot not in meant:
            meant[spot] = self._passed_over(paragraph, token)
        return meant[spot]

    def _passed_over(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        if token.tag_ in {"WP", "WDT"} and token.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            above = _antecedent(token)
            return self._of(paragraph, above) if above is not None else ()
        identity = self._reading.nouns.make(paragraph, token)
        return (identity.index,) if identity is not None else ()


def _antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun's clause hangs on."""
    above = token.head
    for _ in range(3):
        if above.dep_ == "relcl":
            return above.head
        above = above.head
    return None


def find_people(document: Document, lexicon: Lexicon) -> People:
    """Read `document` and settle who is meant where."""
    names = _settle(_all_names(document, lexicon), document, lexicon)
    reading = Reading(document, lexicon, names)
    reading.walk()
    return People(reading)


def _all_names(document: Document, lexicon: Lexicon) -> dict[int, list[Name]]:
    plain = [paragraph for paragraph in document.paragraphs if not is_title_case(paragraph)]
    lower = frozenset(token.text for paragraph in plain for token in paragraph.doc if token.text.islower())
    return {paragraph.index: find_names(paragraph, lexicon, lower) for paragraph in plain}


def _settle(names: dict[int, list[Name]], document: Document, lexicon: Lexicon) -> dict[int, list[Name]]:
    """Let all occurrences of a word decide together whether it is a person's name; then read the headlines."""
    everything = [name for found in names.values() for name in found]
    alone = {
        fold(n.words) for n in everything if not n.is_full and (n.sort is Sort.PERSON or n.honorific or n.role)
    }
    settled = {index: [_full(name, alone, lexicon) for name in found] for index, found in names.items()}
    full = [n for found in settled.values() for n in found if n.sort is Sort.PERSON and n.is_full]
    surely = {fold(word) for name in full for word in bare(name.words)}
    surely |= {fold(n.words) for n in everything if not n.is_full and (n.honorific or n.role)}
    settled = {
        index: [_single(name, surely, document, lexicon) for name in found] for index, found in settled.items()
    }
    known = [name for found in settled.values() for name in found]
    for paragraph in document.paragraphs:
        if paragraph.index not in settled:
            settled[paragraph.index] = names_in_headline(paragraph, known, lexicon)
    return settled


def _is_open(name: Name) -> bool:
    """Whether a name's sort may still be corrected."""
    fixed = {Sort.PERSON, Sort.COUNTRY, Sort.CAPITAL, Sort.THING}
    return name.sort not in fixed and not (name.sort is Sort.ADJECTIVE and name.country)


def _full(name: Name, alone: set[str], lexicon: Lexicon) -> Name:
    """Correct a name of several words by a given name, or by one of its words standing alone for a person."""
    words = name.words.split()
    if not name.is_full or not _is_open(name) or len(words) > 4:
        return name
    if any(lexicon.is_organization_noun(word) or word.islower() for word in words) or lexicon.publisher(name.words):
        return name
    person = lexicon.is_given(words[0]) or fold(words[-1]) in alone or fold(words[0]) in alone
    return replace(name, sort=Sort.PERSON, gender=lexicon.gender(name.words)) if person else name


def _single(name: Name, surely: set[str], document: Document, lexicon: Lexicon) -> Name:
    """Correct a name of one word by the full names of people, or as a short name of a country ("the North")."""
    if name.is_full or not _is_open(name):
        return name
    context = lexicon.countries.by_context_name(name.words)
    if context is not None and _has_article(name, document):
        return replace(name, sort=Sort.COUNTRY, country=context.code, words=context.name)
    return replace(name, sort=Sort.PERSON) if fold(name.words) in surely else name


def _has_article(name: Name, document: Document) -> bool:
    paragraph = document.paragraphs[name.paragraph]
    return name.first > 0 and paragraph.doc[name.first - 1].lower_ == "the"

