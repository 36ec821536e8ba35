"""Reporting cues in a parsed paragraph: verbs, fixed phrases, ``according to`` and nouns, each with its subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.extract.setting import FINITE, RELATIVES, SUBJECTS, has_subject
from service.extract.subjects import find_subject
from service.vocabulary.verbs import Frames

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from spacy.tokens import Doc, Token

    from service.vocabulary.verbs import ReportingVerbs

_NEAR = 4
"""Words before a verb within which its auxiliaries stand; farther ones belong to a quotation."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting cue. `head` is the verb, noun or preposition; `first`..`last` the cue's words.

    `subject` is the head of the noun phrase that speaks, None where the sentence has none; `quoter` who is said to have
    quoted the speaker ("The Times quoted him as saying").
    """

    head: Token
    first: Token
    last: Token
    frames: Frames
    subject: Token | None
    quoter: Token | None = None

    @property
    def relative(self) -> Token | None:
        """Give the pronoun that stands for the speaker in a relative clause ("who" in "Lee, who said")."""
        verb = self.head
        while verb.dep_ == "conj" and not has_subject(verb):
            verb = verb.head
        own = (child for child in verb.children if child.dep_ in SUBJECTS and child.lower_ in RELATIVES)
        return next(own, None) if verb.dep_ in {"relcl", "acl"} else None


def find_cues(doc: Doc, verbs: ReportingVerbs) -> Iterator[Cue]:
    """Give every reporting cue of a paragraph in order, those inside quotation marks too."""
    for token in doc:
        cue = _preposition_cue(token, verbs)
        if cue is None and token.pos_ in {"VERB", "AUX"}:
            cue = _verb_cue(token, verbs)
        elif cue is None and token.pos_ in {"NOUN", "PROPN"}:
            cue = _noun_cue(token, verbs)
        if cue is not None:
            yield cue


def colon_cue(doc: Doc, verbs: ReportingVerbs, people: Container[str], *, headline: bool) -> Cue | None:
    """Read "Rubio: I Still Believe …" in a headline and "BROWN: I think …" in a transcript: a name, a colon, the words.

    In an interview a person's name need not be in capitals where a quotation opens behind the colon.
    `people` are the last words, in small letters, of people's names in the text. Where the headline goes on with a verb
    that reports, a name that is none of theirs is its topic: "Norway: Mayor Vows to Rebuild".
    """
    colon = next((token for token in doc[1:9] if token.text == ":"), None)
    if colon is None or colon.i + 3 > len(doc):
        return None
    name = doc[: colon.i]
    known = name[-1].lower_ in people
    if headline and not known and any(verbs.has_form(token.lower_) for token in doc[colon.i + 1 :]):
        return None
    if not (known or any(token.pos_ == "PROPN" for token in name)) or any(t.tag_ in FINITE for t in name):
        return None
    named = name.root.pos_ == "PROPN" or name.root.ent_type_ == "PERSON"
    quoting = known and named and doc[colon.i + 1].is_quote
    if not headline and not quoting and not all(token.is_upper or not token.is_alpha for token in name):
        return None
    return Cue(colon, colon, colon, Frames(frozenset(("colon",))), name[-1] if known else name.root)


def _verb_cue(token: Token, verbs: ReportingVerbs) -> Cue | None:
    lemma = token.lemma_.lower()
    if lemma == "quote":
        return _quoted_as(token)
    particle = next((child for child in token.children if _is_particle(child, token)), None)
    last = token
    if particle is not None and (frames := verbs.verbs.get(f"{lemma} {particle.lower_}")):
        last = particle
    else:
        frames = verbs.verbs.get(lemma)
    for phrase in verbs.phrases.get(lemma, ()):
        behind = {child.lower_: child for child in token.subtree if token.i < child.i <= token.i + 6}
        if phrase.words <= set(behind):
            frames, last = (
                phrase.frames,
                max((behind[word] for word in phrase.words), key=lambda word: word.i),
            )
    if frames is None or _is_modifier(token) or _is_unrealized(token, verbs):
        return None
    subject = find_subject(token)
    if frames.addressee_is_object and subject is not None and _is_addressed(token, subject):
        return None
    return Cue(token, _first_of(token), last, frames, subject)


def _is_modifier(token: Token) -> bool:
    """Whether the form is an adjective or noun in disguise: "the said plan", "reported gains"."""
    return token.dep_ in {"amod", "compound", "case", "mark", "prep", "aux", "auxpass"}


def _is_particle(child: Token, verb: Token) -> bool:
    """Whether a word goes with its verb ("shot back"), as the parser says or by standing right behind."""
    return child.dep_ == "prt" or (child.dep_ == "advmod" and child.i == verb.i + 1)


def _is_addressed(verb: Token, subject: Token) -> bool:
    """Whether its subject was told and did not tell: "Lee, asked whether it would rain, replied", "Asked whether …"."""
    objects = any(child.dep_ in {"dobj", "dative"} for child in verb.children)
    passive = verb.dep_ == "advcl" or (verb.dep_ == "xcomp" and verb.i > 0 and verb.nbor(-1).text == ",")
    if verb.tag_ in {"VBN", "VBD"} and passive and not objects:
        return not any(child.dep_ in {"aux", "auxpass", *SUBJECTS} for child in verb.children)
    answers = any(
        c.i > verb.i and c.tag_ in FINITE and c.dep_ == "ccomp" and c.i > 0 and c.nbor(-1).text == ","
        for c in verb.children
    )
    return answers and not objects and subject.i < verb.i and verb.nbor(-1).text == ","


def _is_unrealized(token: Token, verbs: ReportingVerbs) -> bool:
    """Whether it was only meant to be said: "he wanted to announce"."""
    governor = token.head
    return token.tag_ == "VB" and token.dep_ == "xcomp" and governor.lemma_.lower() in verbs.unrealized


def _quoted_as(token: Token) -> Cue | None:
    """Read "was quoted (by X) as saying" and "X quoted him as saying"."""
    marker = next((child for child in token.children if child.dep_ == "prep" and child.lower_ == "as"), None)
    saying = next((child for child in marker.children if child.dep_ == "pcomp"), None) if marker else None
    if saying is None:
        return None
    frames = Frames(frozenset(("clause", "quote")))
    passive = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
    if passive is not None:
        by = next((c for v in (token, saying) for c in v.children if _is_by(c)), None)
        quoter = next((child for child in by.children if child.dep_ == "pobj"), None) if by else None
        return Cue(saying, _first_of(token), saying, frames, passive, quoter)
    quoted = next((child for child in token.children if child.dep_ in {"dobj", "dative"}), None)
    return Cue(saying, token, saying, frames, quoted, find_subject(token)) if quoted is not None else None


def _is_by(token: Token) -> bool:
    return token.dep_ == "agent" or (token.dep_ == "prep" and token.lower_ == "by")


def _noun_cue(token: Token, verbs: ReportingVerbs) -> Cue | None:
    lemma = token.lemma_.lower()
    for nouns, frame, dep in (
        (verbs.clause_nouns, "clause", {"acl", "ccomp", "relcl"}),
        (verbs.infinitive_nouns, "infinitive", {"acl", "xcomp"}),
    ):
        if lemma not in nouns:
            continue
        clause = next(
            (c for c in token.children if c.dep_ in dep and c.i > token.i and _fits(c, frame)), None
        )
        owner = _owner(token)
        if clause is not None and owner is not None:
            return Cue(token, token, token, Frames(frozenset((f"noun-{frame}",))), owner)
    return None


def _fits(clause: Token, frame: str) -> bool:
    words = {child.lower_: child for child in clause.children if child.i < clause.i}
    if frame == "clause":
        that = words.get("that")
        return that is not None and that.dep_ == "mark" and any(c.dep_ in SUBJECTS for c in clause.children)
    return clause.tag_ == "VB" and "to" in words


def _owner(noun: Token) -> Token | None:
    """Whose noun it is: "his warning", "the senator's vow", "a call by Spain", "Spain made the offer"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            return next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
    governor = noun.head
    return find_subject(governor) if noun.dep_ in {"dobj", "attr"} and governor.pos_ == "VERB" else None


def _preposition_cue(token: Token, verbs: ReportingVerbs) -> Cue | None:
    for words in verbs.prepositions:
        if token.lower_ != words[0]:
            continue
        behind = token.doc[token.i : token.i + len(words)]
        if tuple(word.lower_ for word in behind) != words:
            continue
        last = behind[-1]
        speaker = next((c for c in last.children if c.dep_ == "pobj"), None)
        if speaker is None:
            speaker = next((c for c in token.children if c.dep_ == "pobj"), None)
        if speaker is not None:
            return Cue(token, token, last, Frames(frozenset(("preposition",))), speaker)
    return None


def _first_of(verb: Token) -> Token:
    """Give the first auxiliary of a verb: "has been" in "has been quoted"."""
    return min(
        (c for c in verb.children if c.dep_ in {"aux", "auxpass"} and verb.i - _NEAR <= c.i < verb.i),
        key=lambda c: c.i,
        default=verb,
    )
