"""Settle whom a noun phrase without a name means: "the secretary", "both sides", "a State Department official"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.extract.phrases import Phrase, describe
from service.extract.salience import Trace, governor, place, subject
from service.model import SpeakerType

if TYPE_CHECKING:
    from spacy.tokens import Token

    from service.extract.apposition import Apposed
    from service.extract.cast import Identity
    from service.extract.coreference import Reading
    from service.extract.document import Paragraph

_PARTIES = frozenset(("sides", "countries", "nations", "governments", "capitals", "states", "powers", "parties"))
_LAND = frozenset(("country", "nation", "state"))
_PREDICATE = frozenset(("attr", "oprd", "acomp"))
_MODIFIER = frozenset(("compound", "nmod", "amod", "npadvmod"))
_SCENE = frozenset(("at", "in", "on", "during", "after", "before", "into", "inside", "near"))
_REACH = 12


class Nouns:
    """Reads the noun phrases of one text within its `Reading`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._unnamed: dict[str, int] = {}
        self._kin: dict[tuple[int, str], int] = {}

    def describe(self, paragraph: Paragraph, head: int) -> Phrase:
        """Describe the noun phrase of a token."""
        names = self._reading.names_at(paragraph.index)
        return describe(paragraph.doc, head, names, self._reading.lexicon)

    def role_of(self, paragraph: Paragraph, beside: Apposed) -> tuple[str, str | None]:
        """Give the role's words without article and country, and the country."""
        phrase = self.describe(paragraph, beside.head)
        behind = paragraph.doc[beside.head + 1 : beside.last + 1].text
        owners = [self._reading.cast[index] for index in self._owners(paragraph, phrase)]
        lands = (one.country for one in owners if one.type is SpeakerType.COUNTRY)
        return f"{phrase.words} {behind}".strip(), phrase.country or next(lands, None)

    def remember_kin(self, paragraph: Paragraph, token: Token, identity: Identity) -> None:
        """Remember that "her uncle" has been given a name."""
        if not self._reading.lexicon.is_kin(token.text):
            return
        phrase = self.describe(paragraph, token.i)
        for owner in self._owners(paragraph, phrase):
            self._kin[owner, phrase.noun] = identity.index
            identity.aliases[f"{self._reading.cast[owner].name}'s {phrase.words}"] = None

    def read(self, paragraph: Paragraph, token: Token) -> None:
        """Settle the token where it is a noun for people, bodies or countries."""
        if token.lower_ in {"both", "two"} and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            self._reading.mention_several(paragraph, token, self._pair(countries=False), token)
            return
        if token.tag_ not in {"NN", "NNS", "NNP", "NNPS"} or token.dep_ in _MODIFIER | _PREDICATE:
            return
        if place(token).dep_ in _PREDICATE or self._is_in_title(token):
            return
        if token.dep_ == "pobj" and token.head.lower_ == "as":
            return
        lexicon = self._reading.lexicon
        if token.tag_ in {"NNS", "NNPS"} or lexicon.is_group_noun(token.text):
            self._read_plural(paragraph, token)
        elif lexicon.is_person_noun(token.text):
            self._read_person(paragraph, token)
        elif token.lower_ in _LAND and self._read_land(paragraph, token):
            return
        elif lexicon.is_organization_noun(token.text):
            self._read_body(paragraph, token)

    def _is_in_title(self, token: Token) -> bool:
        """Whether the token is only the end of a title ("secretary of State")."""
        above = token.head
        if token.dep_ != "pobj" or above.lower_ != "of":
            return False
        return self._reading.lexicon.roles.is_title(f"{above.head.text} of {token.text}")

    def make(self, paragraph: Paragraph, token: Token) -> Identity | None:
        """Give the identity for a noun that the walk passed over, begun where there is none."""
        if token.tag_ not in {"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "DT"} or token.ent_type_ in {"DATE", "TIME"}:
            return None
        if token.tag_ in {"DT", "CD", "JJ"} and token.dep_ not in {"nsubj", "nsubjpass"}:
            return None
        phrase = self.describe(paragraph, token.i)
        kind = SpeakerType.GROUP if phrase.plural or token.tag_ == "JJ" else SpeakerType.UNNAMED
        identity = self._keyed(kind, paragraph, phrase)
        identity.mentions.add(paragraph.range(paragraph.doc[phrase.first], token))
        return identity

    def _read_plural(self, paragraph: Paragraph, token: Token) -> None:
        phrase = self.describe(paragraph, token.i)
        reading = self._reading
        first = paragraph.doc[phrase.first]
        if phrase.number in {"both", "two"} and phrase.definite:
            found = self._pair(countries=phrase.noun in _PARTIES)
            if found:
                reading.mention_several(paragraph, token, found, first)
                return
        if not reading.lexicon.is_group_noun(token.text):
            return
        identity = self._keyed(SpeakerType.GROUP, paragraph, phrase)
        reading.mention(paragraph, token, identity, first)
        reading.join(paragraph, token)

    def _read_person(self, paragraph: Paragraph, token: Token) -> None:
        phrase = self.describe(paragraph, token.i)
        identity = self._holder(paragraph, token, phrase) or self._stranger(paragraph, phrase)
        identity.gender = identity.gender or self._reading.lexicon.roles.gender(token.text)
        self._reading.mention(paragraph, token, identity, paragraph.doc[phrase.first])
        self._reading.join(paragraph, token)

    def _holder(self, paragraph: Paragraph, token: Token, phrase: Phrase) -> Identity | None:
        """The person of the text whom a role means."""
        cast = self._reading.cast
        if self._reading.lexicon.is_kin(token.text):
            owners = self._owners(paragraph, phrase)
            found = next((self._kin[o, phrase.noun] for o in owners if (o, phrase.noun) in self._kin), None)
            return cast[found] if found is not None else None
        if token.dep_ == "appos" and (above := self._reading.meant.get((paragraph.index, token.head.i))):
            if len(above) == 1 and cast[above[0]].type in {SpeakerType.PERSON, SpeakerType.UNNAMED}:
                return cast[above[0]]
        bare = not phrase.indefinite and token.text[0].isupper()
        if phrase.indefinite or not (phrase.definite or phrase.country or bare):
            return None
        if phrase.possessor is not None and phrase.country is None:
            return None
        holder = cast.holder(phrase.role, phrase.country, self._reading.order)
        if holder is None and phrase.complement:
            holder = cast.holder(phrase.words, phrase.country, self._reading.order)
        if holder is None and phrase.definite and phrase.country is None and phrase.noun in self._unnamed:
            return cast[self._unnamed[phrase.noun]]
        return holder

    def _stranger(self, paragraph: Paragraph, phrase: Phrase) -> Identity:
        lexicon = self._reading.lexicon
        office = lexicon.roles.offices_of(phrase.role) or lexicon.roles.offices_of(phrase.words)
        definite = phrase.definite and phrase.country is not None
        kind = SpeakerType.PERSON if office and definite else SpeakerType.UNNAMED
        identity = self._keyed(kind, paragraph, phrase)
        self._reading.cast.give_role(identity, phrase.role, phrase.country)
        if kind is SpeakerType.UNNAMED:
            self._unnamed[phrase.noun] = identity.index
        return identity

    def _keyed(self, kind: SpeakerType, paragraph: Paragraph, phrase: Phrase) -> Identity:
        """The identity that goes by the phrase's words, with its possessor's name before them."""
        words = f"{phrase.full} {phrase.complement}".strip()
        owner = ""
        if phrase.possessor is not None:
            owners = self._owners(paragraph, phrase)
            owner = self._reading.cast[owners[0]].name + "'s " if len(owners) == 1 else ""
        name = owner + words
        return self._reading.cast.keyed(kind, name[:1].upper() + name[1:], phrase.country)

    def _owners(self, paragraph: Paragraph, phrase: Phrase) -> tuple[int, ...]:
        if phrase.possessor is None:
            return ()
        return self._reading.meant.get((paragraph.index, phrase.possessor), ())

    def _read_land(self, paragraph: Paragraph, token: Token) -> bool:
        """Settle "the isolated country": the country spoken of last."""
        phrase = self.describe(paragraph, token.i)
        if not phrase.definite or phrase.possessor is not None or phrase.complement:
            return False
        cast = self._reading.cast
        verb = governor(token)
        own = subject(verb) if verb is not None else None
        barred = self._reading.meant.get((paragraph.index, own.i), ()) if own is not None else ()
        for trace in self._reading.salience.back():
            if len(trace.entities) != 1 or trace.entities == barred or trace.weight < 0.3:
                continue
            if cast[trace.entities[0]].type is SpeakerType.COUNTRY:
                self._reading.mention(paragraph, token, cast[trace.entities[0]], paragraph.doc[phrase.first])
                return True
        return False

    def _read_body(self, paragraph: Paragraph, token: Token) -> None:
        """Settle "the committee": the organization whose name ends so, else one by its words."""
        phrase = self.describe(paragraph, token.i)
        if phrase.indefinite or (token.dep_ == "pobj" and token.head.lower_ in _SCENE and token.text.islower()):
            return
        identity = self._named_body(paragraph, phrase) or self._same_body(phrase) or self._keyed(SpeakerType.ORGANIZATION, paragraph, phrase)
        self._reading.mention(paragraph, token, identity, paragraph.doc[phrase.first])
        self._reading.join(paragraph, token)

    def _named_body(self, paragraph: Paragraph, phrase: Phrase) -> Identity | None:
        """The organization whose name stands before the noun ("the Acme news agency")."""
        names = self._reading.names_at(paragraph.index)
        for at in range(phrase.head - 1, max(phrase.first, phrase.head - 3) - 1, -1):
            name = names.get(at)
            if name is not None and name.sort.name == "ORGANIZATION":
                whole = paragraph.doc[name.first : phrase.head + 1].text
                known = self._reading.lexicon.publisher(whole) or self._reading.lexicon.actor(whole)
                words = name.words if known is None else known if isinstance(known, str) else known.name
                return self._reading.cast.organization(words, name.country)
        return None

    def _same_body(self, phrase: Phrase) -> Identity | None:
        if not phrase.definite or phrase.country or phrase.possessor is not None or phrase.words != phrase.noun:
            return None
        best: Identity | None = None
        for one in self._reading.cast.identities:
            if one.type is SpeakerType.ORGANIZATION and one.name.casefold().split()[-1] == phrase.noun:
                best = one if best is None or one.seen > best.seen else best
        return best

    def _pair(self, *, countries: bool) -> tuple[int, ...]:
        """The two who have been set side by side last: countries (also by their people) or persons."""
        sentence = None
        loose: list[int] = []
        for trace in self._reading.salience.back():
            sentence = trace.sentence if sentence is None else sentence
            if sentence - trace.sentence > _REACH:
                break
            found = self._lands(trace) if countries else self._people(trace)
            if len(found) == 2:
                return found
            if len(found) == 1 and found[0] not in loose and trace.weight >= 0.6 and not trace.quoted:
                loose.append(found[0])
        return (loose[1], loose[0]) if len(loose) >= 2 else ()

    def _people(self, trace: Trace) -> tuple[int, ...]:
        cast = self._reading.cast
        kinds = {SpeakerType.PERSON, SpeakerType.UNNAMED}
        return trace.entities if all(cast[i].type in kinds for i in trace.entities) else ()

    def _lands(self, trace: Trace) -> tuple[int, ...]:
        """The countries of those whom a mention names; whoever has none stands for themselves."""
        cast = self._reading.cast
        lands = [code for index in trace.entities if (code := cast[index].country)]
        if not lands or any(cast[i].type is SpeakerType.GROUP and not cast[i].country for i in trace.entities):
            return ()
        found = (cast.country(code).index if (code := cast[i].country) else i for i in trace.entities)
        return tuple(dict.fromkeys(found))
