"""Settle whom a noun phrase without a name means: "the secretary", "her uncle", "a State Department official"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.identity import role_words
from service.extract.phrases import Phrase, describe
from service.extract.salience import Trace, governor, place, subject
from service.model import SpeakerType
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from service.extract.apposition import Apposed
    from service.extract.document import Paragraph
    from service.extract.identity import Identity
    from service.extract.ledger import Ledger
    from service.extract.lexicon import Lexicon

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PREDICATE = frozenset(("attr", "oprd", "acomp"))
_MODIFIER = frozenset(("compound", "nmod", "amod", "npadvmod"))
_NOBODY = frozenset(("neither", "no", "every", "each", "any"))
_INDIVIDUALS = frozenset((SpeakerType.PERSON, SpeakerType.UNNAMED))
_PROMINENT = 0.9
_LONG_AGO = 150
"""Tokens back beyond which a description that says more than a role is hardly its holder's."""
_HIGHEST = 3
_JUST_NOW = 3
"""Sentences back to which a description that fits nobody's role may reach."""


def stands_for_somebody(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun names, and does not only describe: no modifier, no predicate, no title's end."""
    if token.tag_ not in _NOUNS or token.dep_ in _MODIFIER or place(token).dep_ in _PREDICATE:
        return False
    above = token.head
    if token.dep_ != "pobj":
        return True
    if above.lower_ == "of":
        named = above.head.tag_ in {"NNP", "NNPS"} and token.text[0].isupper()
        return not (named or lexicon.roles.is_title(f"{above.head.text} of {token.text}"))
    return above.lower_ != "as"


class Nouns:
    """Reads the noun phrases for people of one text."""

    def __init__(self, ledger: Ledger) -> None:
        """Read and write in `ledger`."""
        self._ledger = ledger
        self._unnamed: dict[str, int] = {}
        self._kin: dict[tuple[int, str], int] = {}
        self._states: dict[str, int] = {}
        """Bodies of a country by their own names without it ("Joint Chiefs of Staff"), the one met last."""

    def describe(self, paragraph: Paragraph, head: int) -> Phrase:
        """Describe the noun phrase of a token."""
        return describe(paragraph.doc, head, self._ledger.names_at(paragraph), self._ledger.lexicon)

    def role_of(self, paragraph: Paragraph, beside: Apposed) -> tuple[str | None, str | None]:
        """Give the role's words without article and country, and the country."""
        phrase = self.describe(paragraph, beside.head)
        if phrase.noun in self._ledger.lexicon.roles.counterparts:
            return self._office_of_owner(paragraph, phrase), phrase.country
        behind = paragraph.doc[beside.head + 1 : beside.last + 1].text
        owners = [self._ledger.cast[index] for index in self._owners(paragraph, phrase)]
        lands = (one.country for one in owners if one.type is SpeakerType.COUNTRY)
        return f"{phrase.words} {behind}".strip(), phrase.country or next(lands, None)

    def counterpart(self, paragraph: Paragraph, token: Token) -> tuple[str | None, str | None]:
        """Give office and country of a "counterpart": the office of whose counterpart it is."""
        phrase = self.describe(paragraph, token.i)
        return self._office_of_owner(paragraph, phrase), phrase.country

    def _office_of_owner(self, paragraph: Paragraph, phrase: Phrase) -> str | None:
        owners = [self._ledger.cast[index] for index in self._owners(paragraph, phrase)]
        return owners[0].roles[0] if len(owners) == 1 and owners[0].roles else None

    def remember_kin(self, paragraph: Paragraph, token: Token, identity: Identity) -> None:
        """Remember that "her uncle" has been given a name."""
        if not self._ledger.lexicon.is_kin(token.text):
            return
        phrase = self.describe(paragraph, token.i)
        for owner in self._owners(paragraph, phrase):
            self._kin[owner, phrase.noun] = identity.index
            identity.aliases[f"{self._ledger.cast[owner].name}'s {phrase.words}"] = None

    def read(self, paragraph: Paragraph, token: Token) -> bool:
        """Settle the token where it is a noun for people; tell whether it was."""
        lexicon = self._ledger.lexicon
        if any(child.lower_ in _NOBODY for child in token.children):
            return False
        if not stands_for_somebody(token, lexicon):
            self._learn(paragraph, token)
            return False
        if lexicon.is_group_noun(token.text):
            self.read_group(paragraph, token)
            return True
        if token.tag_ in {"NN", "NNP"} and lexicon.is_person_noun(token.text):
            self._read_person(paragraph, token)
            return True
        return False

    def _learn(self, paragraph: Paragraph, token: Token) -> None:
        """Learn a role that is told of somebody ("he came as secretary of state", "Lee is the mayor")."""
        if token.tag_ not in {"NN", "NNP"} or not self._ledger.lexicon.is_person_noun(token.text):
            return
        bearers = [self._ledger.cast[i] for i in self._described(paragraph, token)]
        if len(bearers) != 1 or bearers[0].type is not SpeakerType.PERSON or bearers[0].roles:
            return
        phrase = self.describe(paragraph, token.i)
        roles = self._ledger.lexicon.roles
        if not phrase.indefinite and (roles.is_title(phrase.role) or roles.is_title(phrase.words)):
            self._ledger.cast.give_role(bearers[0], phrase.role, phrase.country)

    def _described(self, paragraph: Paragraph, token: Token) -> tuple[int, ...]:
        above = token.head
        owner: Token | None = None
        if token.dep_ == "pobj" and above.lower_ == "as":
            owner = next((child for child in above.head.children if child.dep_ == "poss"), None)
        elif token.dep_ != "attr" or above.tag_ not in {"VBZ", "VBP"}:
            return ()
        verb = governor(token)
        owner = owner if owner is not None else subject(verb) if verb is not None else None
        return self._ledger.known(paragraph, owner) if owner is not None else ()

    def read_group(self, paragraph: Paragraph, token: Token) -> None:
        """Settle a plural noun as the group that goes by its words."""
        phrase = self.describe(paragraph, token.i)
        identity = self.keyed(SpeakerType.GROUP, paragraph, phrase)
        self._ledger.mention(paragraph, token, identity, paragraph.doc[phrase.first])
        self._ledger.join(paragraph, token)

    def make(self, paragraph: Paragraph, token: Token) -> Identity | None:
        """Give the identity for a noun that the reading passed over, begun where there is none."""
        if token.ent_type_ in {"DATE", "TIME"} or not self._may_stand(token):
            return None
        phrase = self.describe(paragraph, token.i)
        kind = SpeakerType.GROUP if phrase.plural or token.tag_ == "JJ" else SpeakerType.UNNAMED
        identity = self.keyed(kind, paragraph, phrase)
        identity.mentions.add(paragraph.range(paragraph.doc[phrase.first], token))
        return identity

    def _may_stand(self, token: Token) -> bool:
        """Tell whether a word can stand for somebody: a noun, or alone in the place of one ("some said")."""
        lexicon = self._ledger.lexicon
        if token.lower_ in lexicon.roles.nobody or lexicon.is_event_noun(token.lemma_):
            return False
        if token.tag_ in _NOUNS:
            return True
        reports = lexicon.is_reporting(token.head.lemma_.lower()) or token.tag_ == "JJ"
        return token.dep_ in {"nsubj", "nsubjpass"} and token.tag_ in {"JJ", "CD", "DT"} and reports

    def keyed(self, kind: SpeakerType, paragraph: Paragraph, phrase: Phrase) -> Identity:
        """Give the identity that goes by the phrase's words, with its possessor's name before them."""
        owners = self._owners(paragraph, phrase)
        owner = _possessive(self._ledger.cast[owners[0]]) if len(owners) == 1 else ""
        if kind is SpeakerType.ORGANIZATION and not owners and phrase.possessor is not None:
            owner = _possessor_words(paragraph.doc, phrase)
        name = f"{owner}{phrase.full} {phrase.complement}".strip()
        known = self._states.get(_proper_words(phrase)) if phrase.country is None else None
        if known is not None and kind is SpeakerType.GROUP and not owner:
            return self._ledger.cast[known]
        identity = self._ledger.cast.keyed(kind, name[:1].upper() + name[1:], phrase.country)
        if phrase.country is not None and kind is SpeakerType.GROUP and (words := _proper_words(phrase)):
            self._states[words] = identity.index
        return identity

    def people(self, trace: Trace) -> tuple[int, ...]:
        """Give the entities of a mention if they are single people all of them."""
        cast = self._ledger.cast
        return trace.entities if all(cast[i].type in _INDIVIDUALS for i in trace.entities) else ()

    def _owners(self, paragraph: Paragraph, phrase: Phrase) -> tuple[int, ...]:
        if phrase.possessor is None:
            return ()
        return self._ledger.meant.get((paragraph.index, phrase.possessor), ())

    def _read_person(self, paragraph: Paragraph, token: Token) -> None:
        phrase = self.describe(paragraph, token.i)
        identity = self._bearer(paragraph, token, phrase) or self._stranger(paragraph, phrase)
        identity.gender = identity.gender or self._ledger.lexicon.roles.gender(token.text)
        self._ledger.mention(paragraph, token, identity, paragraph.doc[phrase.first])
        self._ledger.join(paragraph, token)

    def _bearer(self, paragraph: Paragraph, token: Token, phrase: Phrase) -> Identity | None:
        """Give the person of the text whom a noun means."""
        cast = self._ledger.cast
        if self._ledger.lexicon.is_kin(token.text):
            keys = ((owner, phrase.noun) for owner in self._owners(paragraph, phrase))
            found = next((self._kin[key] for key in keys if key in self._kin), None)
            return cast[found] if found is not None else None
        above = self._ledger.meant.get((paragraph.index, token.head.i), ()) if token.dep_ == "appos" else ()
        if len(above) == 1 and cast[above[0]].type in _INDIVIDUALS:
            return cast[above[0]]
        if phrase.noun in self._ledger.lexicon.roles.counterparts:
            office = self._office_of_owner(paragraph, phrase)
            return cast.holder(office, phrase.country) if office and phrase.country else None
        bare = token.text[0].isupper()
        if phrase.indefinite or not (phrase.definite or phrase.country or bare):
            return None
        if phrase.possessor is not None and phrase.country is None:
            return None
        return self._holder(phrase, self._subjects_above(paragraph, token))

    def _subjects_above(self, paragraph: Paragraph, token: Token) -> set[int]:
        """Give the subjects of the verbs that a noun stands below: it is somebody else ("Lee told the billionaire")."""
        found: set[int] = set()
        verb = governor(token)
        for _ in range(_HIGHEST):
            own = subject(verb) if verb is not None else None
            if own is not None and own.i != token.i:
                found.update(self._ledger.known(paragraph, own))
            verb = governor(verb) if verb is not None else None
        return found

    def _holder(self, phrase: Phrase, barred: set[int]) -> Identity | None:
        """Give the holder of a role, else the stranger introduced by its noun, else the only one it can mean."""
        cast = self._ledger.cast
        holder = cast.holder(phrase.role, phrase.country)
        if holder is None and phrase.complement:
            holder = cast.holder(phrase.words, phrase.country)
        if holder is None and phrase.definite and phrase.country is None and phrase.noun in self._unnamed:
            stranger = cast[self._unnamed[phrase.noun]]
            if set(phrase.words.casefold().split()) <= set(stranger.name.casefold().split()):
                return stranger
        if holder is not None and self._is_far_fetched(phrase, holder):
            return self._only_one(phrase, barred)
        return holder or self._only_one(phrase, barred)

    def _is_far_fetched(self, phrase: Phrase, holder: Identity) -> bool:
        """Tell whether it is more than roles tell of somebody, one of several and mentioned long ago ("the Iowa senator")."""
        known = {word for role in holder.roles for word in role.casefold().split()}
        more = set(phrase.words.casefold().split()) - known - self._ledger.lexicon.roles.parties
        long_ago = 0 <= holder.seen < self._ledger.order - _LONG_AGO
        return long_ago and len(more) > 0 and len(self._ledger.cast.holders(phrase.role, phrase.country)) > 1

    def _only_one(self, phrase: Phrase, barred: set[int]) -> Identity | None:
        """Give the person spoken of just now whom a description fits that no role of theirs tells ("the billionaire").

        Where it fits several, the one whom the last sentence was about.
        """
        roles = self._ledger.lexicon.roles
        if (
            not phrase.definite
            or phrase.complement
            or phrase.noun in roles.unnamed
            or roles.offices_of(phrase.words)
        ):
            return None
        gender = roles.gender(phrase.noun)
        near: dict[int, tuple[int, float]] = {}
        for trace in self._ledger.salience.back():
            if self._ledger.sentence - trace.sentence > _JUST_NOW:
                break
            if trace.weight >= _PROMINENT and not trace.quoted and len(trace.entities) == 1:
                best = near.get(trace.entities[0], (0, 0.0))
                near[trace.entities[0]] = max(best, (trace.sentence, trace.weight))
        people = [one for one in map(self._ledger.cast.__getitem__, near) if one.type is SpeakerType.PERSON]
        people = [one for one in people if gender is None or one.gender in {gender, None}]
        fits = [one for one in people if not one.roles and one.index not in barred]
        if len(fits) == 1:
            return fits[0]
        if phrase.words == phrase.noun:
            return None
        free = fits or [one for one in people if one.index not in barred]
        last = [one for one in free if near[one.index] == max(near[other.index] for other in free)]
        told = any(word[0].isupper() for word in phrase.words.split()[:-1])
        return (
            last[0]
            if len(last) == 1 and (fits or (told and not self._contradicts(phrase, last[0])))
            else None
        )

    def _contradicts(self, phrase: Phrase, one: Identity) -> bool:
        """Tell whether somebody's role is the described one elsewhere: "Ohio governor" for "the Iowa governor"."""
        words = phrase.words.casefold().split()
        return any(role_words(role)[-1:] == words[-1:] for role in one.roles)

    def _stranger(self, paragraph: Paragraph, phrase: Phrase) -> Identity:
        """Begin somebody whom the text does not name; the holder of a country's office is a person all the same."""
        roles = self._ledger.lexicon.roles
        office = roles.offices_of(phrase.role) or roles.offices_of(phrase.words)
        one = office and phrase.definite and phrase.country is not None
        identity = self.keyed(SpeakerType.PERSON if one else SpeakerType.UNNAMED, paragraph, phrase)
        self._ledger.cast.give_role(identity, phrase.role, phrase.country)
        if identity.type is SpeakerType.UNNAMED:
            self._unnamed[phrase.noun] = identity.index
        return identity


def _possessive(owner: Identity) -> str:
    """Give "Anna Lee's ", "James's ", but "soldiers' " and "the Philippines' "."""
    plural = owner.type is not SpeakerType.PERSON and owner.name.endswith("s")
    return f"{owner.name}' " if plural else f"{owner.name}'s "


def _possessor_words(doc: Doc, phrase: Phrase) -> str:
    """Give whose an organization is where that is nobody's name ("Alpine farmers' " of "the Alpine farmers' union")."""
    if phrase.possessor is None or doc[phrase.possessor].tag_ == "PRP$":
        return ""
    words = doc[phrase.first : phrase.possessor + 1]
    start = next((token.i for token in words if token.tag_ not in {"DT", "PDT", "CD"}), phrase.possessor)
    return f"{doc[start : phrase.possessor + 2].text} "


def _proper_words(phrase: Phrase) -> str:
    """Give the words of a name of several ("joint chiefs of staff"), folded; "" where it is no name."""
    words = f"{phrase.words} {phrase.complement}".split()
    return fold(" ".join(words)) if len(words) > 1 and all(w[0].isupper() or w == "of" for w in words) else ""
