"""Parse a text once more with familiar names in the places of its people's names.

The parser was trained on the names of its day: in "May said" it sees two verbs, in a name it never met a place or a
firm, and the sentence around comes out wrong. What it says of the words that stand in holds for the names, so that
what is read in a text does not hang on how familiar those are of whom it speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from service.extract.document import Document
from service.extract.settle import settled_names
from service.extract.standins import StandIn, StandIns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from service.extract.document import Pipeline
    from service.extract.lexicon import Lexicon
    from service.model import Text

Row = tuple[str, str, str, str, int, str]


def parse(text: Text, pipeline: Pipeline, lexicon: Lexicon) -> Document:
    """Parse `text`, the paragraphs that name people by way of stand-ins; tokens and offsets are those of the text."""
    document = pipeline.scan(text)
    stand_ins = StandIns(document, settled_names(document, lexicon), lexicon)
    found = [stand_ins.of(paragraph) for paragraph in document.paragraphs]
    masks = [_Mask.over(p.doc, own) for p, own in zip(document.paragraphs, found, strict=True)]
    parsed = pipeline.parse(mask.doc for mask in masks)
    return Document(
        text,
        tuple(
            replace(paragraph, doc=mask.lifted(doc), people=tuple(one.named for one in own))
            for paragraph, own, mask, doc in zip(document.paragraphs, found, masks, parsed, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Mask:
    """A paragraph's `words` with others standing in: token i of `doc` stands for the tokens `groups[i]`."""

    real: Doc
    doc: Doc
    groups: tuple[range, ...]
    names: frozenset[int]
    stand_ins: Sequence[StandIn]

    @classmethod
    def over(cls, real: Doc, stand_ins: Sequence[StandIn]) -> _Mask:
        words, groups, names, at = list[str](), list[range](), set[int](), 0
        for one in stand_ins:
            groups += (range(i, i + 1) for i in range(at, one.first))
            words += (token.text for token in real[at : one.first])
            cut = one.last if len(one.words) > 1 else one.first
            names.update(range(len(groups), len(groups) + len(one.words)))
            groups += [range(one.first, cut)] * (len(one.words) > 1) + [range(cut, one.last + 1)]
            words += one.words
            at = one.last + 1
        groups += (range(i, i + 1) for i in range(at, len(real)))
        words += (token.text for token in real[at:])
        spaces = [
            bool(real[group[-1]].whitespace_) or (i in names and i + 1 in names)
            for i, group in enumerate(groups)
        ]
        return cls(real, Doc(real.vocab, words, spaces), tuple(groups), frozenset(names), stand_ins)

    def lifted(self, parsed: Doc) -> Doc:
        """Give the paragraph's own words with what the parser said of `parsed`."""
        rows = [row for token in parsed for row in self._rows(token)]
        tags, poses, morphs, lemmas, heads, deps = map(list, zip(*rows, strict=True))
        return Doc(
            self.real.vocab,
            [token.text for token in self.real],
            [bool(token.whitespace_) for token in self.real],
            tags=tags,
            pos=poses,
            morphs=morphs,
            lemmas=lemmas,
            heads=heads,
            deps=deps,
            ents=self._entities(),
        )

    def _entities(self) -> list[str]:
        """Give the entity of each word as it was first found, a person's where somebody stands in within no longer one."""
        found = ["O"] * len(self.real)
        people = {i for one in self.stand_ins for i in range(one.first, one.last + 1)}
        for entity in self.real.ents:
            inside = people.intersection(range(entity.start, entity.end))
            if not inside or (entity.label_ != "PERSON" and len(inside) < len(entity)):
                people -= inside
                found[entity.start : entity.end] = _labels(entity.label_, len(entity))
        for one in self.stand_ins:
            if people.issuperset(range(one.first, one.last + 1)):
                found[one.first : one.last + 1] = _labels("PERSON", one.last + 1 - one.first)
        return found

    def _rows(self, token: Token) -> Iterator[Row]:
        """Give tag, part of speech, morphology, lemma, head and dependency of each word a token stands for."""
        group = self.groups[token.i]
        for i in group:
            last = i == group[-1]
            name = token.i in self.names
            yield (
                token.tag_ if last or not name else "NNP",
                token.pos_ if last or not name else "PROPN",
                str(token.morph) if last or not name else "",
                self.real[i].text if name else token.lemma_,
                self.groups[token.head.i][-1] if last else group[-1],
                token.dep_ if last else "compound",
            )


def _labels(label: str, length: int) -> list[str]:
    return [f"B-{label}", *[f"I-{label}"] * (length - 1)]
