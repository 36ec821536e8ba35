"""Recognize what stands around an article: page furniture, photo credits, captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.vocabulary.furniture import plain
from service.vocabulary.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.texts.paragraphs import Paragraph
    from service.vocabulary.furniture import Furniture

_PATTERN_REACH = 300
_CREDIT_REACH = 120
_CREDIT_WORDS = 14
_OUTLET_REACH = 60
_OPENING_WORDS = 60
_ANYWHERE_WORDS = 80
_LABEL_CREDIT_WORDS = 10
_CAPTION_WORDS = 70
_CAPTION_FEWEST = 5
_VERB_REACH = 24
_WORD = re.compile(r"[a-z0-9'.-]{1,40}")
_QUOTED = re.compile(r"[\"“«]|''|‘‘|&(?:quot|ldquo|#34|#8220|#x201c);", re.IGNORECASE)
_SLASHED = re.compile(
    r"\(?(?:[A-Z][\w.'’-]{0,30}(?: [A-Za-z][\w.'’-]{0,30}){0,5} ?)(?:/ ?[A-Z][\w.&'’-]{0,30}(?: [A-Za-z][\w.&'’-]{0,30}){0,4} ?){1,5}\)?\.?"
)
_BETWEEN = re.compile(r"\s?[,/&;]\s?|\s(?:and|with|via)\s")
_OTHERS = frozenset(("agencies", "news agencies", "wires", "other agencies"))
_NAMED_TAIL = re.compile(
    r"\((?P<who>[^():]{2,40})(?:: |, )(?P<whose>[^():]{2,40})\)$|[©] ?(?P<owner>[^©.]{2,60})$"
)
_CREDITED = re.compile(
    r"Credits? (?:[A-Z][\w.'’-]{0,30} ?){1,5}(?:(?:/|, | ?for |via |— )(?:the )?[A-Z][^.!?]{1,60})?"
)
_CREDIT_TAIL = re.compile(
    r"(?:\((?:[^()]{0,30}photo[^()]{0,60}|[^()/]{2,40}(?:/[^()/]{2,40}){1,4})\)|\[(?:[^\[\]]{0,30}(?:photo|file|courtesy)[^\[\]]{0,60}|[^\[\]/]{2,40}(?:/[^\[\]/]{2,40}){1,4})\]|photo(?:graph)?:? [^.]{2,60}"
    r"|photo by [^.]{2,60})\.?",
    re.IGNORECASE,
)


def is_furniture(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether a paragraph is the page's, not the article's, by its own words alone."""
    words = paragraph.plain
    if not words:
        return False
    if not any(character.isalpha() for character in words) or words.rstrip(".:!?… ") in furniture.lines:
        return True
    if (
        has_pattern(paragraph, furniture)
        or is_credit(paragraph, furniture)
        or is_outlet(paragraph, furniture)
    ):
        return True
    return not is_report(paragraph, furniture) and (
        _opens_so(words, furniture) or _holds_phrase(words, furniture)
    )


def is_outlet(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether a line is nothing but an outlet's name."""
    return (
        paragraph.text[-1] not in ".:?!"
        and len(paragraph.plain) < _OUTLET_REACH
        and (
            fold(paragraph.plain.strip("|©=-* ")) in furniture.outlets
            or (paragraph.text.startswith("(") and _are_outlets(paragraph.plain.strip("()"), furniture))
        )
    )


def _are_outlets(words: str, furniture: Furniture) -> bool:
    """Tell whether words name outlets and nothing else: "france 24 with afp", "ap, reuters and agencies"."""
    parts = _BETWEEN.split(words)
    known = [fold(part) in furniture.outlets or part in furniture.credits.agencies for part in parts]
    return any(known) and all(one or part in _OTHERS for one, part in zip(known, parts, strict=True))


def has_pattern(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether one of the vocabulary's patterns covers a whole short paragraph (a player's clock, a copyright line)."""
    words = paragraph.plain
    return len(words) <= _PATTERN_REACH and furniture.patterns.fullmatch(words) is not None


def is_report(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether a paragraph quotes or reports somebody's words, which page furniture does not."""
    if is_quoting(paragraph):
        return True
    words = _WORD.findall(paragraph.plain)
    return len(words) > 5 and reports_at_all(words, furniture)


def is_quoting(paragraph: Paragraph) -> bool:
    """Tell whether double quotation marks stand in a paragraph."""
    return _QUOTED.search(paragraph.text[:2000]) is not None


def reports_at_all(words: Iterable[str], furniture: Furniture) -> bool:
    """Tell whether a word that reports somebody's speech is among `words` (folded)."""
    return any(word in furniture.reports for word in words)


def is_credit(paragraph: Paragraph, furniture: Furniture) -> bool:
    """Tell whether a paragraph only names a photographer and the agencies that carry the picture."""
    return len(paragraph.text) <= _CREDIT_REACH and is_credit_line(paragraph.text, furniture)


def is_credit_line(line: str, furniture: Furniture) -> bool:
    """Tell the same of a line of at most 120 characters; any longer one is none."""
    if len(line) > _CREDIT_REACH:
        return False
    words = plain(line).strip("().")
    bare = words.lstrip("- ")
    if bare in furniture.credits.agencies:
        return True
    opened = _opens_with(words, furniture.credits.openings) and words.count(" ") < _CREDIT_WORDS
    return (
        opened
        or _CREDITED.fullmatch(line) is not None
        or _SLASHED.fullmatch(line) is not None
        or _names_picture(line, furniture)
    )


def _names_picture(line: str, furniture: Furniture) -> bool:
    """Tell whether a line is "photo", perhaps with words for its kind before it, and whom it is by after it."""
    words = line.strip("()[] ").split()
    if not 2 <= len(words) <= _LABEL_CREDIT_WORDS or line.endswith((".", "?", "!", ":")):
        return False
    bare = [plain(word).strip(",.:") for word in words]
    known = furniture.credits
    noun = next((at for at, word in enumerate(bare) if word in known.nouns), None)
    if noun is None:
        return False
    kinds = known.words | known.nouns
    before, after = " ".join(bare[:noun]), bare[noun + 1 :]
    kind = before in known.agencies or all(word in kinds for word in bare[:noun])
    if not after:
        return bool(before) and kind
    named = all(
        word in kinds or original[0].isupper()
        for word, original in zip(after, words[noun + 1 :], strict=True)
    )
    return kind and named and after[0] in known.words


def caption_score(paragraph: Paragraph, furniture: Furniture) -> int:
    """Score how much a paragraph's own words look like a caption's; two are enough, one with a credit beside it."""
    words = paragraph.plain
    if not words or paragraph.words > _CAPTION_WORDS:
        return 0
    captions = furniture.captions
    if _opens_with(words, captions.openings) or _FILE_PHOTO.match(words):
        return 3
    if is_report(paragraph, furniture):
        return 0
    tokens = _WORD.findall(words)[:_VERB_REACH]
    marked = any(mark in words for mark in captions.marks)
    shows = any(token in captions.verbs for token in tokens[1:])
    dated = _ends_dated(words, furniture)
    credited = _CREDIT_TAIL.search(paragraph.text, max(0, len(paragraph.text) - _CREDIT_REACH))
    tail = (
        2
        if (credited and credited.end() == len(paragraph.text)) or _has_credit(paragraph.text, furniture)
        else 0
    )
    verbless = _is_verbless(paragraph.text, tokens, furniture)
    weekday = verbless and words.rstrip(".) ").endswith(tuple(furniture.timestamps.weekdays))
    return 2 * marked + shows + (dated or weekday) + tail + verbless


def _has_credit(text: str, furniture: Furniture) -> bool:
    """Tell whether it ends in whom the picture is by: "(ABC News: Jane Doe)", "(Jane Doe, AFP)", "© Jane Doe, AFP"."""
    match = _NAMED_TAIL.search(text, max(0, len(text) - _CREDIT_REACH))
    if match is None:
        return False
    names = [name for name in match.groups() if name]
    return match["owner"] is not None or any(
        fold(name) in furniture.outlets
        or plain(name) in furniture.credits.agencies
        or plain(name) in furniture.credits.nouns
        for name in names
    )


_FILE_PHOTO = re.compile(
    r"\(?(?:in )?(?:this|a)(?: [a-z0-9.,]{1,20}){0,5} (?:file )?(?:photo|photograph|image|picture)\b"
)


_NAMES_THEN = re.compile(
    r"(?:[A-Z][\w.'’-]{0,30} (?:and |of (?:the )?)?){1,10}(?=[a-z])|(?:[A-Z][\w.'’-]{0,30} ){0,5}[A-Z][\w.'’-]{0,30}, "
)


def _is_verbless(text: str, tokens: Sequence[str], furniture: Furniture) -> bool:
    """Tell whether it is names, then where and with whom they are, without a verb ("Poe with Moe at the dam")."""
    names = _NAMES_THEN.match(text)
    if names is None or len(tokens) < _CAPTION_FEWEST:
        return False
    captions = furniture.captions
    following = plain(text[names.end() : names.end() + 40]).split()
    placed = names.group().endswith(", ") or bool(following and following[0] in captions.places)
    return placed and not any(
        token in captions.finite or token in captions.verbs or token.endswith("ed") for token in tokens
    )


def _ends_dated(words: str, furniture: Furniture) -> bool:
    """Tell whether it ends in a full date ("in Seoul on Feb. 13, 2014.")."""
    tail = words.rstrip(".) ")[-24:].replace(",", " ").split()[-3:]
    if len(tail) < 3:
        return False
    month = any(token.strip(".") in furniture.timestamps.months for token in tail[:2])
    day = any(token.isdigit() and len(token) <= 2 for token in tail[:2])
    return month and day and tail[2].isdigit() and len(tail[2]) == 4


def _opens_with(words: str, openings: tuple[str, ...]) -> bool:
    """Tell whether it begins with one of the phrases, up to a word's end."""
    return words.startswith(openings) and any(
        words.startswith(opening)
        and not (opening[-1].isalnum() and words[len(opening) : len(opening) + 1].isalnum())
        for opening in openings
    )


def _opens_so(words: str, furniture: Furniture) -> bool:
    return words.count(" ") < _OPENING_WORDS and _opens_with(words, furniture.openings)


def _holds_phrase(words: str, furniture: Furniture) -> bool:
    return words.count(" ") < _ANYWHERE_WORDS and any(phrase in words for phrase in furniture.anywhere)
