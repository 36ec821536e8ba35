"""Parse a text once more with familiar names in the places of its people's names.

The parser was trained on the names of its day: in "May said" it sees two verbs, in a name it never met a place or a
firm, and the sentence around comes out wrong. What it says of the words that stand in holds for the names, so that
what is read in a text does not hang on how familiar those are of whom it speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Span

from service.extract.document import Document
from service.extract.settle import settled_names
from service.extract.standins import StandIn, StandIns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.extract.document import Pipeline
    from service.extract.lexicon import Lexicon
    from service.model import Text

_HANGING: list[int | str] = ["TAG", "DEP", "HEAD"]
"""What the parser tells, as columns of spaCy's arrays of unsigned numbers; a head is told by its distance."""
_UNSIGNED = 2**64


def parse(text: Text, pipeline: Pipeline, lexicon: Lexicon) -> Document:
    """Parse `text`, the paragraphs that name people by way of stand-ins; tokens and offsets are those of the text."""
    document = pipeline.scan(text)
    stand_ins = StandIns(document, settled_names(document, lexicon), lexicon)
    found = [stand_ins.of(paragraph) for paragraph in document.paragraphs]
    docs = [paragraph.doc for paragraph in document.paragraphs]
    masks = [_Mask.over(doc, own) if own else None for doc, own in zip(docs, found, strict=True)]
    pipeline.attach([mask.doc if mask else doc for mask, doc in zip(masks, docs, strict=True)])
    for mask in filter(None, masks):
        mask.lift()
    pipeline.describe(docs)
    return Document(
        text,
        tuple(
            replace(paragraph, people=tuple(one.named for one in own))
            for paragraph, own in zip(document.paragraphs, found, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Mask:
    """A paragraph's words with others standing in: token i of `doc` stands for those behind the ones before, up to `ends[i]`."""

    real: Doc
    doc: Doc
    ends: Sequence[int]
    stand_ins: Sequence[StandIn]

    @classmethod
    def over(cls, real: Doc, stand_ins: Sequence[StandIn]) -> _Mask:
        words, spaces, ends, at = list[str](), list[bool](), list[int](), 0
        for one in (*stand_ins, None):
            kept = real[at : one.first if one else len(real)]
            words += (token.text for token in kept)
            spaces += (bool(token.whitespace_) for token in kept)
            ends += range(kept.start, kept.end)
            if one:
                words += one.words
                spaces += [*[True] * (len(one.words) - 1), bool(real[one.last].whitespace_)]
                ends += range(one.last + 1 - len(one.words), one.last + 1)
                at = one.last + 1
        return cls(real, Doc(real.vocab, words, spaces), ends, stand_ins)

    def lift(self) -> None:
        """Write to the paragraph's own words what was read of those in their places, and the names as entities."""
        strings = self.real.vocab.strings
        heads = [token.head.i for token in self.doc]
        own = [i for i, (before, end) in enumerate(pairwise((-1, *self.ends))) for _ in range(before, end)]
        rows: Any = self.doc.to_array(_HANGING)[own]
        for here, i in enumerate(own):
            if here < self.ends[i]:
                rows[here] = strings["NNP"], strings["compound"], self.ends[i] - here
            else:
                rows[here, -1] = (self.ends[heads[i]] - here) % _UNSIGNED
        self.real.from_array(_HANGING, rows)
        for one in self.stand_ins:
            for token in self.real[one.first : one.last + 1]:
                token.lemma_ = token.text
        self.real.set_ents(list(self._entities()))

    def _entities(self) -> Iterator[Span]:
        """Give the entities as they were first found, a person's where somebody stands in within no longer one."""
        people = {i for one in self.stand_ins for i in range(one.first, one.last + 1)}
        for entity in self.real.ents:
            inside = people.intersection(range(entity.start, entity.end))
            if not inside or (entity.label_ != "PERSON" and len(inside) < len(entity)):
                people -= inside
                yield entity
        for one in self.stand_ins:
            if people.issuperset(range(one.first, one.last + 1)):
                yield Span(self.real, one.first, one.last + 1, "PERSON")
