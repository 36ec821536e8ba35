"""The patterns by which expressions of time are found, made from the vocabulary's words of time.

`service.extract.timerules` has the patterns; here are the fragments they are made of. A pattern is tried only where one
of its first words stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from service.extract.timerules import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from service.vocabulary.times import TimeWords

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n)"
_END = r"(?![^\W_]|[.,:/][0-9])"
_YEAR = r"(?:1[5-9][0-9]{2}|20[0-9]{2})"
_DAY = r"[0-3]?[0-9]"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DASH = r"[-–—]"

DIGIT = "0"
"""The first word that stands for every number in digits."""
_PLAIN = (
    *("names", "reach_leads", "eve", "within", "into", "then", "turns", "vague_times", "half", "and_half"),
    *("ago", "onward", "on_from", "before_event", "after_event"),
)
"""The lists whose words stand in patterns as they are."""


class Rule(NamedTuple):
    """A pattern and the name of the value that its groups make."""

    name: str
    pattern: re.Pattern[str]


def fold(words: str) -> str:
    """Give words as the tables hold them: small letters, single spaces, no full stop at the end."""
    return " ".join(words.lower().replace("’", "'").split()).rstrip(".")


def invert(table: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    """Give what each folded word of a numbered table means."""
    return {fold(word): key for key, words in table.items() for word in words}


def either(words: Iterable[str]) -> str:
    """Give the pattern of any of the words, the longest first, with any short gap for a space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    patterns = (_GAP.join(map(re.escape, word.split())).replace("'", "['’]") for word in ordered)
    return f"(?:{'|'.join(patterns)})"


def opening(words: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern of any of the words and the gap or hyphen after it."""
    return re.compile(rf"(?i:{either(words)})(?:{_GAP}|[-–])")


def joining(words: TimeWords) -> re.Pattern[str]:
    """Give the pattern of what joins two expressions to a run; its group ``word`` is None for a dash."""
    return re.compile(rf"(?:{_GAP}(?P<word>(?i:{either(words.range_joins)})){_GAP}|{_GAP}?{_DASH}{_GAP}?)")


def unit_going_on(words: TimeWords) -> re.Pattern[str]:
    """Give the pattern of the unit in "the end of the year", its plural and shorter ones left out."""
    units = (forms[0] for unit, forms in words.units.items() if unit not in {"day", "weekend"})
    return re.compile(rf"(?i:the){_GAP}(?P<unit>(?i:{either(units)})){_END}(?!{_GAP}of\b)")


def weekday_before(words: TimeWords) -> re.Pattern[str]:
    """Give the pattern of a weekday, short or full, and what parts it from the date after it ("Fri., ")."""
    return re.compile(rf"(?P<weekday>{_capital(words.weekdays, dot='')})\.?,?{_GAP}(?:the{_GAP})?")


def first_word(words: str) -> str:
    """Give the first run of letters of some words in small letters, `DIGIT` for a number."""
    return DIGIT if words[0].isdigit() else re.split(r"[\W\d_]", words, maxsplit=1)[0].lower()


def rules(words: TimeWords) -> dict[str, tuple[Rule, ...]]:
    """Give the rules that may match where a first word (folded; `DIGIT` for any number) stands."""
    parts = _fragments(words)
    table: dict[str, list[Rule]] = {}
    for starts, name, template in TEMPLATES:
        rule = Rule(name, re.compile(template.format_map(parts)))
        for start in dict.fromkeys(_starts(words, starts)):
            table.setdefault(start, []).append(rule)
    return {start: tuple(found) for start, found in table.items()}


def _starts(words: TimeWords, starts: str) -> Iterator[str]:
    groups = {"directions": "before now after", "told": "before_told now_told after_told"}
    for name in " ".join(groups.get(start, start) for start in starts.split()).split():
        if name.startswith("+"):
            yield name.strip("+")
            continue
        member = getattr(words, name)
        lists = [member] if isinstance(member, tuple) else list(member.values())
        yield from (first_word(word) for words_ in lists for word in words_)


def _fragments(words: TimeWords) -> dict[str, str]:
    return {
        "g": _GAP,
        "end": _END,
        "run_on": r"(?<=[0-9]{4})(?=[0-9]{1,2}:[0-9]{2})",  # "June 3, 20154:31 PM", where a line end was lost
        "y": _YEAR,
        "d": _DAY,
        "dash": _DASH,
        **_dates(words),
        **_counts(words),
        **{name: either(getattr(words, name)) for name in _PLAIN},
    }


def _dates(words: TimeWords) -> dict[str, str]:
    """Give the fragments of named days, months, seasons and years."""
    full_weekdays = {key: forms[:1] for key, forms in words.weekdays.items()}
    ordinal = either(_all(words.ordinals))
    return {
        "day": rf"(?P<day>{_DAY}){_ORDINAL}(?![^\W_]|[.:/%][0-9])",
        "run": rf"(?:{_GAP}?(?:{_DASH}|to|and|through){_GAP}?(?P<last_day>{_DAY}){_ORDINAL}(?![^\W_]|[.:/%][0-9]))?",
        "ordinal_day": f"(?P<day>(?i:{ordinal}))",
        "numbered_day": rf"(?P<day>{_DAY})(?:st|nd|rd|th)",
        "century": f"(?P<century>[12]?[0-9](?:st|nd|rd|th)|(?i:{ordinal}))",
        "month": f"(?P<month>{_capital(words.months)})",
        "short_month": f"(?P<month>{_short(words.months)})",
        "weekday": f"(?P<weekday>{_capital(full_weekdays)})",
        "some_weekdays": f"(?P<weekday>{_capital(full_weekdays)})s?",
        "season": f"(?P<season>(?i:{either(_all(words.seasons))}))",
        "holiday": f"(?P<holiday>{either(_all(words.holidays))})",
        "day_time": f"(?P<day_time>(?i:{either(words.day_times)}))",
        "day_names": either(_all(words.day_names)),
        "middles": either(_all(words.middles)),
        "ends": either(_all(words.ends)),
    }


def _counts(words: TimeWords) -> dict[str, str]:
    """Give the fragments of directions, numbers and units."""
    single_words = [word for forms in words.parts.values() for word in forms if " " not in word]
    return {
        "direction": f"(?P<direction>(?i:{either((*words.before, *words.now, *words.after))}))",
        "told": f"(?P<told>(?i:{either((*words.before_told, *words.now_told, *words.after_told))}))",
        "side": f"(?P<side>(?i:{either((*words.earlier, *words.later))}))",
        "reach": f"(?P<reach>(?i:{either((*words.past_reach, *words.coming_reach))}))",
        "part": f"(?P<part>(?i:{either(single_words)}))",
        "unit": f"(?P<unit>(?i:{either(_all(words.units))}))",
        "years": f"(?i:{either(words.units['year'])})",
        "weeks": f"(?i:{either(words.units['week'])})",
        "weekends": f"(?i:{either(words.units['weekend'])})",
        "centuries": either(words.units["century"]),
        "number": f"(?P<number>{_numbers(words)})",
        "relation": f"(?P<relation>(?i:{either(_relations(words))}))",
        "uncounted": either((*words.ago, *words.earlier, *words.later)),
    }


def _all(table: Mapping[Any, tuple[str, ...]]) -> list[str]:
    return [word for words in table.values() for word in words]


def _relations(words: TimeWords) -> tuple[str, ...]:
    return (
        *words.ago,
        *words.hence,
        *words.earlier,
        *words.later,
        *words.before_event,
        *words.after_event,
    )


def _capital(table: Mapping[int, tuple[str, ...]], dot: str = r"\.?") -> str:
    """Give the pattern of names as news writes them, `dot` allowed after short forms."""
    full = [form for forms in table.values() for form in (forms[0], forms[0].upper())]
    short = [form for forms in table.values() for word in forms[1:] for form in (word, word.upper())]
    return f"(?:{either(full)}|{either(short)}{dot})" if short else either(full)


def _short(table: Mapping[int, tuple[str, ...]]) -> str:
    """Give the pattern of the short forms alone."""
    return either(form for forms in table.values() for word in forms[1:] for form in (word, word.upper()))


def _numbers(words: TimeWords) -> str:
    tens = [word for number in range(20, 100, 10) for word in words.numbers.get(number, ())]
    ones = [word for number in range(1, 10) for word in words.numbers.get(number, ()) if len(word) > 2]
    plain = either((*_all(words.numbers), *words.vague_numbers))
    return rf"[0-9]{{1,3}}|(?i:{either(tens)}[- ]{either(ones)}|{plain})"
