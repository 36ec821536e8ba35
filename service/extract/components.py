"""Run a pipeline's components over paragraphs, to the same end as they run themselves, but quicker.

Two of spaCy's components spend most of their time on what a reading does not need. A transition-based component (parser,
names) gives up the interpreter's lock while it walks through the words, and then takes it anew for almost every move that
it weighs; walking through the same public steps with the lock kept takes half the time for names. The attribute ruler
matches all its rules at every word; whether a rule for a single word applies hangs on that word alone, so it is asked once
for each kind of word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, DependencyParser, EntityRecognizer, TrainablePipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

_TOKENS_AT_ONCE = 4_000
"""So many words, or one paragraph, are computed at once: bounds the memory that a long text takes."""


def step(component: Any) -> Callable[[Sequence[Doc]], None]:
    """Give the function that annotates paragraphs in place, as `component` of a spaCy pipeline would."""
    if isinstance(component, AttributeRuler):
        return _each(_Rules(component))
    if isinstance(component, DependencyParser | EntityRecognizer) and _is_greedy(component):
        return _batched(component, _Walk(component))
    if isinstance(component, TrainablePipe):
        return _batched(component, component.predict)
    return _each(component)


def _is_greedy(component: Any) -> bool:
    """Tell whether a transition-based component takes one move after the other, and a layer of its own scores each."""
    layers = component.model.attrs
    return component.cfg["beam_width"] == 1 and layers["has_upper"] and not layers["unseen_classes"]


def _each(annotate: Callable[[Doc], object]) -> Callable[[Sequence[Doc]], None]:
    def run(docs: Sequence[Doc]) -> None:
        for doc in docs:
            annotate(doc)

    return run


def _batched(component: Any, predict: Callable[[Sequence[Doc]], Any]) -> Callable[[Sequence[Doc]], None]:
    def run(docs: Sequence[Doc]) -> None:
        for batch in _batches(docs):
            component.set_annotations(batch, predict(batch))

    return run


def _batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    tokens = 0
    for doc in docs:
        if batch and tokens + len(doc) > _TOKENS_AT_ONCE:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


class _Walk:
    """The greedy walk of a transition-based component through words, all paragraphs one move at a time."""

    def __init__(self, component: Any) -> None:
        self._component = component

    def __call__(self, docs: Sequence[Doc]) -> list[Any]:
        """Give the final state of each paragraph."""
        states: list[Any] = self._component.moves.init_batch(docs)
        layers = self._component.model.predict(docs)
        walking = [state for state in states if not state.is_final()]
        while walking:
            features = layers.state2vec.predict(layers.get_token_ids(walking))
            walking = self._component.transition_states(walking, layers.vec2scores.predict(features))
        return states


class _Rules:
    """The rules of an attribute ruler: those for single words by kind of word, the others matched in the paragraph.

    A kind is a tag and a dependency, with the word where some rule names it.
    """

    def __init__(self, ruler: Any) -> None:
        self._ruler = ruler
        self._alone, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        named = set[str]()
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                words = _words(pattern)
                named.update(words or ())
                (self._others if words is None else self._alone).add(str(number), [pattern])
        self._named = {ruler.vocab.strings.add(word) for word in named}
        self._kinds: dict[tuple[int, ...], list[int]] = {}

    def __call__(self, doc: Doc) -> None:
        """Annotate a paragraph; of several rules for a word, later ones have precedence, as the ruler has it."""
        matches = list(self._others(doc, allow_missing=True))
        for at, (word, *rest) in enumerate(doc.to_array(["LOWER", "IS_SPACE", "TAG", "DEP"]).tolist()):
            kind = (word if word in self._named else 0, *rest)
            if kind not in self._kinds:
                self._kinds[kind] = [rule for rule, _, _ in self._alone(doc[at : at + 1], allow_missing=True)]
            matches += ((rule, at, at + 1) for rule in self._kinds[kind])
        number = self._ruler.vocab.strings.__getitem__
        self._ruler.set_annotations(doc, sorted((int(number(rule)), rule, *span) for rule, *span in matches))


def _words(pattern: Sequence[dict[str, Any]]) -> list[str] | None:
    """Give the words (in lower case) that a pattern for a single word names, None for one that asks more than its kind."""
    asked = pattern[0].get("LOWER", {"IN": []})
    words = [asked] if isinstance(asked, str) else asked.get("IN")
    fits = len(pattern) == 1 and pattern[0].keys() <= {"LOWER", "IS_SPACE", "TAG", "DEP"}
    return words if fits else None
