"""The patterns by which expressions of time are found, made from the vocabulary's words of time.

Every pattern is bounded: lists of words, at most four digits, and gaps of at most three blanks, so that none can
backtrack without end. A pattern is tried only where one of its first words stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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

# What starts a pattern (lists of `TimeWords`, or words in plus signs), its name, the pattern.
_TEMPLATES = (
    ("months", "month_day", r"{month}{g}{day}{run}(?:,?{g}(?P<year>{y}))?(?:{end}|{run_on})"),
    ("+0+ +the+", "month_day", r"(?:the{g})?{day}{run}{g}(?:of{g})?{month}(?:,?{g}(?P<year>{y}))?{end}"),
    ("+0+", "month_day", r"{day}\.{g}{short_month}(?P<last_day>)?{g}(?P<year>{y}){end}"),
    ("+0+", "iso", r"(?P<year>{y})(?P<mark>[-/])(?P<month_number>[01]?[0-9])(?P=mark)(?P<day>{d})(?![0-9])"),
    ("+0+", "dotted", r"(?P<day>{d})\.(?P<month_number>[01]?[0-9])\.(?P<year>{y}){end}"),
    ("+0+", "slashed", r"(?P<first>{d})/(?P<second>{d})/(?P<year>{y}|[0-9]{{2}})(?![/0-9])"),
    ("months", "month_year", r"{month}(?:,|{g}of)?{g}(?P<year>{y}){end}"),
    ("months", "month_of_year", r"{month}(?:{g}of)?{g}{direction}{g}{years}{end}"),
    ("months", "month", r"{month}{end}"),
    ("directions", "month", r"{direction}{g}{month}{end}"),
    ("weekdays", "weekday", r"{weekday}(?:{g}{day_time})?{end}"),
    ("weekdays", "weekday", r"{weekday}(?:{g}of)?{g}{direction}{g}(?P<in_week>{weeks}){end}"),
    ("directions", "weekday", r"{direction}{g}{weekday}(?:{g}{day_time})?{end}"),
    ("told", "told_weekday", r"{told}{g}{weekday}(?:{g}{day_time})?{end}"),
    ("seasons", "season_year", r"{season}(?:{g}of)?{g}(?P<year>{y}){end}"),
    ("seasons", "season", r"{season}{end}(?!{g}of\b)"),
    ("directions", "season", r"{direction}{g}{season}{end}"),
    ("+the+ +0+", "decade", r"(?:the{g})?(?P<decade>(?:1[5-9][0-9]|20[0-9])0)['’]?s{end}"),
    ("+0+", "year_run", r"(?P<year>{y}){dash}(?P<last_year>{y}){end}"),
    ("+0+", "year", r"(?P<year>{y}){end}"),
    ("names", "name", r"(?i:{names}){end}"),
    ("day_names", "day_name", r"(?P<day_name>(?i:{day_names})){end}"),
    ("told", "told_unit", r"{told}{g}(?:{unit}|{day_time}){end}"),
    ("reach_leads", "reach", r"(?i:{reach_leads}){g}{reach}(?:{g}{number})?{g}{unit}{end}"),
    ("directions", "calendar", r"{direction}{g}{unit}{end}"),
    ("earlier later", "calendar", r"{side}{g}{direction}{g}{unit}{end}"),
    ("earlier later", "calendar", r"{side}{g}in{g}the{g}{unit}{end}"),
    ("+over+ +on+ +at+ +during+", "calendar", r"(?i:over|on|at|during){g}the{g}(?P<unit>{weekends}){end}"),
    ("numbers vague_numbers +0+", "counted", r"{number}{g}{unit}{g}{relation}{end}"),
    ("+the+", "counted", r"the{g}{unit}{g}{relation}{end}"),
    ("units", "uncounted", r"{unit}{g}(?i:{uncounted}){end}"),
    ("eve", "eve", r"(?i:{eve}){end}"),
    ("within", "within", r"(?i:{within}){g}{number}{g}{unit}{end}"),
)


class Rule(NamedTuple):
    """A pattern and the name of the value that its groups make."""

    name: str
    pattern: re.Pattern[str]


def fold(words: str) -> str:
    """Give words as the tables hold them: small letters, single spaces, no full stop at the end."""
    return " ".join(words.lower().split()).rstrip(".")


def invert(table: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    """Give what each folded word of a numbered table means."""
    return {fold(word): key for key, words in table.items() for word in words}


def either(words: Iterable[str]) -> str:
    """Give the pattern of any of the words, the longest first, with any short gap for a space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_GAP.join(map(re.escape, word.split())) for word in ordered) + ")"


def opening(words: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern of any of the words and the gap or hyphen after it."""
    return re.compile(rf"(?i:{either(words)})(?:{_GAP}|[-–])")


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
    for starts, name, template in _TEMPLATES:
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
    units = [word for forms in words.units.values() for word in forms]
    uncounted = (*words.ago, *words.earlier, *words.later)
    return {
        "g": _GAP,
        "end": _END,
        "run_on": r"(?<=[0-9]{4})(?=[0-9]{1,2}:[0-9]{2})",  # "June 3, 20154:31 PM", where a line end was lost
        "y": _YEAR,
        "d": _DAY,
        "dash": _DASH,
        "day": rf"(?P<day>{_DAY}){_ORDINAL}(?![^\W_]|[.:/%][0-9])",
        "run": rf"(?:{_GAP}?(?:{_DASH}|to|and|through){_GAP}?(?P<last_day>{_DAY}){_ORDINAL}(?![^\W_]|[.:/%][0-9]))?",
        "month": f"(?P<month>{_capital(words.months)})",
        "short_month": f"(?P<month>{_short(words.months)})",
        "weekday": f"(?P<weekday>{_capital({key: forms[:1] for key, forms in words.weekdays.items()})})",
        "season": f"(?P<season>(?i:{either(_all(words.seasons))}))",
        "direction": f"(?P<direction>(?i:{either((*words.before, *words.now, *words.after))}))",
        "told": f"(?P<told>(?i:{either((*words.before_told, *words.now_told, *words.after_told))}))",
        "side": f"(?P<side>(?i:{either((*words.earlier, *words.later))}))",
        "reach": f"(?P<reach>(?i:{either((*words.past_reach, *words.coming_reach))}))",
        "unit": f"(?P<unit>(?i:{either(units)}))",
        "years": f"(?i:{either(words.units['year'])})",
        "weeks": f"(?i:{either(words.units['week'])})",
        "weekends": f"(?i:{either(words.units['weekend'])})",
        "number": f"(?P<number>{_numbers(words)})",
        "relation": f"(?P<relation>(?i:{either(_relations(words))}))",
        "uncounted": either(uncounted),
        "day_time": f"(?P<day_time>(?i:{either(words.day_times)}))",
        "day_names": either(_all(words.day_names)),
        "names": either(words.names),
        "reach_leads": either(words.reach_leads),
        "eve": either(words.eve),
        "within": either(words.within),
    }


def _all(table: Mapping[int, tuple[str, ...]]) -> list[str]:
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
