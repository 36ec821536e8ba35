"""Parse a text: its paragraphs as spaCy documents whose tokens know where they stand in the decoded text.

The parser sees the same number of characters as the text has, with quotation marks, spaces and apostrophes made
uniform, so that every offset counts in the decoded text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import spacy

from service.extract.components import step
from service.extract.quotes import Quote, find_quotes
from service.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from service.extract.found import Range
    from service.model import Text

_SPEAKING_ROLES = frozenset((Role.HEADLINE, Role.DECK, Role.CAPTION, Role.BODY))
_LONGEST_PIECE = 3_000
"""Characters parsed at once: a paragraph beyond this is parsed in pieces cut at sentence ends, so that time and
memory stay linear in the length of the text, whatever the reading of one sentence costs."""
_SENTENCE_END = re.compile(r"[.?!][\"'”’»)\]]{0,3}\s")
OUTSIDE, MARK = -1, -2
"""In place of a quotation's number: a token outside quotation marks, a quotation mark."""
_LONGEST_WORD = 120
NOT_NEEDED = ("senter",)
"""Comes with the pipelines but stays off where there is a parser."""
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚ʼ", "'"),
        "―": "—",
        **dict.fromkeys("\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005", " "),
        **dict.fromkeys(
            "\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff", " "
        ),
    }
)


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """Tokens `first` to `last` of a paragraph that name a person; `full` tells a full name from a part of one."""

    first: int
    last: int
    full: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block that may hold speech (or a piece of a very long one), parsed; its quotes are the outermost ones.

    `doc` holds the tokens of ``decoded[start:end]``; a token stands at ``start + token.idx``. `text` are the words as the
    parser saw them, as many characters as the stretch has. `inside` gives, for each token, the number of the quotation in
    whose words it stands, `OUTSIDE`, or `MARK` for a quotation mark; `people` the names of people that are
    sure, in order.
    """

    index: int
    role: Role
    start: int
    end: int
    doc: Doc
    quotes: tuple[Quote, ...]
    text: str
    inside: tuple[int, ...]
    people: tuple[PersonNamed, ...] = ()

    def range(self, first: Token, last: Token) -> Range:
        """Give the stretch of the decoded text from token `first` to token `last`, both included."""
        return self.start + first.idx, self.start + last.idx + len(last.text)

    def token_at(self, offset: int) -> Token:
        """Give the token at `offset` of the decoded text, or the last one that begins before it."""
        behind = bisect_right(self.doc, offset - self.start, key=lambda token: token.idx)
        return self.doc[max(0, behind - 1)]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the paragraphs that may hold speech: headline, deck, captions and body, in order."""

    text: Text
    paragraphs: tuple[Paragraph, ...]

    def of_role(self, *roles: Role) -> Iterator[Paragraph]:
        """Give the paragraphs of these roles in order."""
        return (paragraph for paragraph in self.paragraphs if paragraph.role in roles)


class Pipeline:
    """A spaCy pipeline by name, loaded once. Raises `OSError` with spaCy's advice where it is not installed.

    A text is read in steps, each with the components that it needs, which annotate its paragraphs in place: `scan`,
    `attach`, `describe`.
    """

    def __init__(self, name: str) -> None:
        """Load the pipeline."""
        self.name = name
        self._nlp: Language = spacy.load(name, exclude=NOT_NEEDED)
        self._steps = {name: step(component) for name, component in self._nlp.pipeline}

    @property
    def version(self) -> str:
        """Name and version of the pipeline's model."""
        return f"{self._nlp.meta['lang']}_{self._nlp.meta['name']}-{self._nlp.meta['version']}"

    def scan(self, text: Text) -> Document:
        """Cut the speaking blocks of `text` into words with tags and entities, not yet parsed."""
        blocks = [block for block in text.blocks if block.role in _SPEAKING_ROLES]
        quotes = find_quotes(text.decoded, [(block.start, block.end) for block in blocks])
        pieces = [
            (block.role, start, end, own[_first_from(own, start) : _first_from(own, end)])
            for block, own in zip(blocks, quotes, strict=True)
            for start, end in _pieces(text.decoded, block.start, block.end, own)
        ]
        docs = [self._nlp.make_doc(_uniform(text.decoded, start, end, own)) for _, start, end, own in pieces]
        read = [doc for doc in docs if len(doc)]
        self._run(read, _Part.TAGS, _Part.NAMES)
        for doc in read:
            _mark_sentences(doc)
        return Document(
            text,
            tuple(
                Paragraph(index, role, start, end, doc, own, doc.text, tuple(_inside(doc, start, own)))
                for index, ((role, start, end, own), doc) in enumerate(zip(pieces, docs, strict=True))
                if len(doc)
            ),
        )

    def attach(self, docs: Sequence[Doc]) -> None:
        """Tell of each word in paragraphs on which other it hangs, and how; those without tags are tagged first."""
        self._run([doc for doc in docs if not doc.has_annotation("TAG")], _Part.TAGS)
        for doc in docs:
            _forget_sentences(doc)
        self._run(docs, _Part.HEADS)

    def describe(self, docs: Sequence[Doc]) -> None:
        """Tell part of speech and lemma of each word in paragraphs that have tags and heads."""
        self._run(docs, _Part.FORMS)

    def _run(self, docs: Sequence[Doc], *parts: _Part) -> None:
        for name, run in self._steps.items():
            if _PARTS.get(name, _Part.TAGS) in parts:
                run(docs)


class _Part(Enum):
    """What a component tells of words: what all others stand on, or one thing on it."""

    TAGS, NAMES, HEADS, FORMS = range(4)


_PARTS = {
    "ner": _Part.NAMES,
    "parser": _Part.HEADS,
    "attribute_ruler": _Part.FORMS,
    "lemmatizer": _Part.FORMS,
}


def _mark_sentences(doc: Doc) -> None:
    """Mark where sentences begin, by their stops: the tokenizer leaves those of abbreviations with their words."""
    stopped = True
    for token in doc:
        token.is_sent_start = stopped and (token.text[0].isupper() or not token.i)
        if token.text in {".", "?", "!"}:
            stopped = True
        elif not (token.is_quote or token.is_space or token.text in {")", "]"}):
            stopped = False


def _forget_sentences(doc: Doc) -> None:
    """Leave it to the parser where sentences begin."""
    marks: Any = doc.to_array(["SENT_START"])
    doc.from_array(["SENT_START"], marks * 0)


def _first_from(quotes: Sequence[Quote], offset: int) -> int:
    return bisect_left(quotes, offset, key=lambda quote: quote.start)


def _inside(doc: Doc, start: int, quotes: Sequence[Quote]) -> Iterator[int]:
    position = 0
    for token in doc:
        at = start + token.idx
        while position < len(quotes) and quotes[position].end <= at:
            position += 1
        if position < len(quotes) and quotes[position].start <= at:
            quote = quotes[position]
            yield position if quote.inner_start <= at < quote.inner_end else MARK
        else:
            yield OUTSIDE


def _pieces(text: str, start: int, end: int, quotes: Sequence[Quote]) -> Iterator[Range]:
    while end - start > _LONGEST_PIECE:
        cut = _cut(text, start, quotes)
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, start: int, quotes: Sequence[Quote]) -> int:
    """Give where a piece ends: behind a sentence, best outside quotation marks; else before a word; else anywhere."""
    end = start + _LONGEST_PIECE
    stops = [m.end() - 1 for m in _SENTENCE_END.finditer(text, start + _LONGEST_PIECE // 2, end)]
    for stop in reversed(stops):
        before = _first_from(quotes, stop) - 1
        if before < 0 or quotes[before].end <= stop:
            return stop
    space = text.rfind(" ", start + 1, end)
    return stops[-1] if stops else space if space > start else end


def _uniform(text: str, start: int, end: int, quotes: Sequence[Quote]) -> str:
    """Give the stretch as the parser is shown it: as many characters, one kind of quotation mark, plain spaces."""
    raw = list(text[start:end].translate(_SAME_LENGTH))
    for quote in quotes:
        opening = range(quote.start - start, quote.inner_start - start)
        closing = range(quote.inner_end - start, quote.end - start)
        for marks, keep in ((opening, -1), (closing, 0)):
            for at in marks:
                if at < len(raw):
                    raw[at] = " "
            if len(marks) and marks[keep] < len(raw):
                raw[marks[keep]] = '"'
    return _LONG_WORD.sub(lambda match: match.group()[:-1] + " ", "".join(raw))


_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD}}}")
