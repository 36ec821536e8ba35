"""Whether a single name beside a verb that reports is somebody's or a body's, by what the text around it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.document import MARK, OUTSIDE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from service.extract.document import Paragraph
    from service.extract.lexicon import Lexicon

_CLAUSE = 14
"""Tokens behind a reporting verb within which a pronoun takes up its subject."""
_BEFORE = 120
"""Tokens before a name in which those are looked for who belong to it."""
_APPOSITION = 12
_PERSON = frozenset(("he", "she", "his", "her"))
_BEING = frozenset(("is", "was", "'s"))
"""Behind these an "it" may stand for nothing ("it was raining")."""
_WHERE = frozenset(("in", "at", "across", "outside", "inside", "near"))
_LANDS = frozenset(("GPE", "LOC", "FAC", "NORP"))
_DAYS = frozenset(("DATE", "TIME"))
_WITH_NAME = frozenset(("NN", "NNS", "JJ", "POS", "CD"))
_GOVERNING = frozenset(("of", "for", "with", "by", "from", "to", "in", "at"))
_STOPS = frozenset((".", "?", "!", ";"))


def own_pronoun(paragraph: Paragraph, name: Token, lexicon: Lexicon) -> str | None:
    """Give "he" or "it" where such a pronoun takes up `name` in what the verb behind it reports, else None."""
    doc = paragraph.doc
    if not _opens_phrase(name) or _has_officer_before(doc, name, lexicon):
        return None
    for token in doc[name.i + 2 : name.i + 2 + _CLAUSE]:
        if token.text in _STOPS or paragraph.inside[token.i] != OUTSIDE:
            return None
        if token.lower_ in _PERSON:
            return "he"
        if token.lower_ == "its" or (token.lower_ == "it" and not _is_empty(doc, token.i)):
            return "it"
        named = token.tag_ in {"NNP", "NNPS"} and token.ent_type_ not in _DAYS
        if named or lexicon.is_person_noun(token.text) or lexicon.is_group_noun(token.text):
            return None
    return None


def _has_officer_before(doc: Doc, name: Token, lexicon: Lexicon) -> bool:
    """Tell whether a person of the name's was just told of, whom "he" may mean: "Acme's chairman … Acme said he"."""
    owners = (token for token in doc[max(0, name.i - _BEFORE) : name.i] if token.text == name.text)
    return any(
        doc[owner.i + 1].tag_ == "POS" and lexicon.is_person_noun(doc[owner.i + 2].text)
        for owner in owners
        if owner.i + 2 < name.i
    )


def _opens_phrase(name: Token) -> bool:
    """Tell whether nothing before a name goes with it: not "a writer for the site Acme said he …"."""
    before = name.nbor(-1) if name.i else None
    return before is None or (before.tag_ not in _WITH_NAME and before.lower_ not in _GOVERNING)


def _is_empty(doc: Doc, at: int) -> bool:
    return at + 1 < len(doc) and doc[at + 1].lower_ in _BEING


def may_be_person(paragraph: Paragraph, name: Token, lexicon: Lexicon) -> bool:
    """Tell whether the speaker at `name`, of whom nothing else is told, is written and placed as a person is.

    What the parser takes for a place is one only with words of its own in quotation marks.
    """
    if (
        not _opens_phrase(name)
        or name.tag_ != "NNP"
        or any(sign.isupper() for sign in name.text[1:])
        or lexicon.is_group_noun(name.text)
        or _has_officer_before(paragraph.doc, name, lexicon)
    ):
        return False
    return name.ent_type_ not in _LANDS or _is_beside_quotation(paragraph, name)


def _is_beside_quotation(paragraph: Paragraph, name: Token) -> bool:
    """Tell whether a quotation ends right before the name and its verb, in either order."""
    return any(i >= 0 and paragraph.inside[i] == MARK for i in (name.i - 1, name.i - 2))


def is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a name is shown here to be a body's or a place's: by an article, "at", or a noun for a body behind."""
    doc = token.doc
    before = doc[token.i - 1].lower_ if token.i else ""
    if before in _WHERE:
        return True
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is None:
        return before == "the"
    if after.tag_ in {"NN", "NNS"}:
        return lexicon.is_organization_noun(after.text)
    return before == "the" or (after.text == "," and _has_body_behind(doc, token.i + 2, lexicon))


def _has_body_behind(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Tell whether a phrase for a body begins at `start`: "a trade group in the north"."""
    if start >= len(doc) or doc[start].tag_ != "DT":
        return False
    noun = None
    for token in doc[start + 1 : start + _APPOSITION]:
        if not token.tag_.startswith(("NN", "JJ", "VBG", "VBN", "HYPH")):
            break
        noun = token if token.tag_ in {"NN", "NNP"} else noun
    return noun is not None and lexicon.is_organization_noun(noun.text)
