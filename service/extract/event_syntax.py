"""Read who does what in a parsed clause: subjects, objects, prepositional phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
OBJECTS = frozenset(("dobj", "attr", "oprd", "dative"))
_CLAUSES = frozenset(
    ("ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "parataxis", "conj", "dep")
)
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_SHARED_SUBJECT = frozenset(("conj", "xcomp", "advcl", "dep"))
_DEEPEST = 12
"""How many governors are climbed for a subject or a clause: real sentences need four or five."""


def governors(token: Token) -> Iterator[Token]:
    """Give the governors of `token`, the nearest first, at most twelve."""
    for _ in range(_DEEPEST):
        if token.head == token:
            return
        token = token.head
        yield token


def is_verb(token: Token) -> bool:
    """Tell whether `token` heads a clause (auxiliaries as main verbs count)."""
    return token.pos_ in {"VERB", "AUX"} and token.dep_ in _CLAUSES


def clause_verb(token: Token) -> Token | None:
    """Give the verb of the clause that `token` stands in, itself where it is one; None in a clause without a verb."""
    if is_verb(token):
        return token
    return next((head for head in governors(token) if is_verb(head)), None)


def joined(token: Token) -> list[Token]:
    """Give `token` and every noun coordinated with it, in order."""
    found = [token]
    for one in found:
        beside = [child for child in one.children if child.dep_ == "appos"] if one.tag_ == "NN" else []
        found.extend(
            child
            for head in (one, *beside)
            for child in head.children
            if child.dep_ == "conj" and child.pos_ != "VERB"
        )
        if len(found) > 2 * _DEEPEST:
            break
    return found


def subjects(verb: Token) -> list[Token]:
    """Give the heads of the noun phrases that do what `verb` says, shared subjects climbed to.

    Passives give the agent, infinitives behind a passive its subject: "Lee is expected to go".
    """
    for step in range(_DEEPEST):
        if is_passive(verb):
            shared = _shared_subject(verb) if step else None
            return joined(shared) if shared is not None else agents(verb)
        if (moved := _moved(verb)) is not None:
            return joined(moved)
        own = own_subject(verb)
        if own is not None:
            return _with_first(verb, own)
        above = _shares_with(verb)
        if isinstance(above, list):
            return above
        if above is None:
            return []
        verb = above
    return []


def _with_first(verb: Token, subject: Token) -> list[Token]:
    """Give `subject` with those joined to it, also a first one that the parser took for a subject of its own."""
    first = [
        child
        for child in verb.children
        if child.dep_ in SUBJECTS
        and child.i < subject.i
        and any(one.dep_ == "cc" and one.i < subject.i for one in child.children)
    ]
    return [one for noun in (*first, subject) for one in joined(noun)]


def _shares_with(verb: Token) -> Token | list[Token] | None:
    """Where a verb without subject finds one: another verb, or the nouns themselves."""
    head = verb.head
    if verb.dep_ in {"acl", "relcl"}:
        return _from_noun(verb)
    if verb.dep_ == "pcomp":
        return clause_verb(head)
    if verb.dep_ == "xcomp" and (controller := _controller(head)) is not None:
        return joined(controller)
    if verb.dep_ in _SHARED_SUBJECT and head != verb:
        return head if head.pos_ in {"VERB", "AUX"} else clause_verb(head)
    return None


def _from_noun(verb: Token) -> Token | list[Token] | None:
    """Where a verb behind a noun finds its subject: "talks meant to …", "the man leading …", "the British vote to …"."""
    noun = verb.head
    if verb.tag_ == "VBN" and not has_auxiliary(verb):
        return agents(verb)
    if verb.tag_ == "VB":
        return _owner_of(noun) or clause_verb(noun)
    return joined(noun) if noun.pos_ in {"NOUN", "PROPN", "PRON"} else None


def _owner_of(noun: Token) -> list[Token]:
    """Give whose vote, wish or decision a noun with an infinitive is: "Lee's wish to go", "the British vote to leave"."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    return owners or (
        [noun]
        if any(child.ent_type_ in {"NORP", "GPE"} for child in noun.children if child.i < noun.i)
        else []
    )


def _moved(verb: Token) -> Token | None:
    """Give whom an infinitive right behind "on", "upon", "for" or "from" somebody is about: "pressure on Spain to go"."""
    to = next((child for child in verb.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    before = to.nbor(-1) if to is not None and verb.tag_ == "VB" and to.i > 0 else None
    if before is None or before.ent_type_ in {"DATE", "TIME"}:
        return None
    if before.dep_ == "pobj" and before.head.lower_ in {"on", "upon", "for", "from"}:
        return before
    return None


def _controller(verb: Token) -> Token | None:
    """Give the object that does the infinitive under `verb`: "urged Spain to go"."""
    return next(
        (child for child in verb.children if child.dep_ in {"dobj", "dative"} and child.pos_ != "VERB"), None
    )


def own_subject(verb: Token) -> Token | None:
    """Give the head of the subject that stands with `verb` itself; a relative pronoun gives the noun it stands for.

    Of two, the nearest before the verb: "Lima, Lee told reporters, must answer".
    """
    found = [child for child in verb.children if child.dep_ in SUBJECTS]
    subject = next((child for child in reversed(found) if child.i < verb.i), found[0] if found else None)
    if subject is not None and subject.lower_ in _RELATIVES and verb.dep_ in {"relcl", "acl"}:
        return verb.head
    return subject


def patients(verb: Token) -> list[Token]:
    """Give the heads of what `verb` is done to: objects, a passive's subject, the noun before "made by Beijing"."""
    if is_passive(verb):
        own = _shared_subject(verb)
        return joined(own) if own is not None else []
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not has_auxiliary(verb):
        return [verb.head]
    if verb.dep_ == "relcl" and any(c.tag_ == "WDT" and c.dep_ == "dobj" for c in verb.children):
        return [verb.head]
    found = [child for child in verb.children if child.dep_ in OBJECTS and child.i > verb.i]
    return [one for child in found for one in joined(child)]


def relative_object(verb: Token) -> list[Token]:
    """Give the noun that a clause without a pronoun says something about: "the sanctions it imposed"."""
    bare = verb.dep_ == "relcl" and verb.head.i < verb.i and own_subject(verb) not in {None, verb.head}
    return [verb.head] if bare and not any(c.tag_ in {"WDT", "WP", "WRB"} for c in verb.children) else []


def _shared_subject(verb: Token) -> Token | None:
    """Give the subject of `verb`, or the one it shares with the verb that it is coordinated with."""
    for _ in range(_DEEPEST):
        own = own_subject(verb)
        if own is not None or verb.dep_ != "conj":
            return own
        verb = verb.head
    return None


def agents(verb: Token) -> list[Token]:
    """Give the heads of the nouns after a passive's "by"."""
    by = (
        child
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
    )
    return [one for prep in by for noun in prep.children if noun.dep_ == "pobj" for one in joined(noun)]


def is_passive(verb: Token) -> bool:
    """Tell whether `verb` is a passive with its auxiliary, also one shared with a verb before: "was arrested and shot"."""
    for _ in range(_DEEPEST):
        if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
            return True
        alone = verb.dep_ == "conj" and verb.tag_ == "VBN" and not has_auxiliary(verb)
        if not alone or own_subject(verb) is not None:
            return False
        verb = verb.head
    return False


def has_auxiliary(verb: Token) -> bool:
    """Tell whether an auxiliary stands with `verb`."""
    return any(child.dep_ in {"aux", "auxpass"} for child in verb.children)


def phrases(head: Token) -> Iterator[tuple[str, Token]]:
    """Give the prepositional phrases of `head` as the preposition in small letters and the head of its noun.

    Phrases behind a particle count ("goes on to Lima", "back in Rome"), and the last of two prepositions ("out of").
    """
    for child in head.children:
        if child.dep_ in {"prt", "advmod"} and child.i > head.i:
            yield from phrases(child)
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "VERB"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield child.lower_, noun
                elif noun.dep_ == "prep":
                    yield from ((noun.lower_, inner) for inner in noun.children if inner.dep_ == "pobj")


def complements(head: Token, words: frozenset[str]) -> list[Token]:
    """Give the nouns after any of the prepositions `words` under `head`, coordinated ones with them."""
    heads = (head, *((head.head,) if shared_phrases(head) else ()))
    return [one for place in heads for word, noun in phrases(place) if word in words for one in joined(noun)]


def shared_phrases(noun: Token) -> list[Token]:
    """Give the prepositional phrases that the parser hung from the first of two coordinated nouns: "arrest and trial of"."""
    if noun.dep_ != "conj" or noun.head.pos_ not in {"NOUN", "PROPN"}:
        return []
    return [child for child in noun.head.children if child.dep_ == "prep" and child.i > noun.i]
