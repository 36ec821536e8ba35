"""The YAML between ``---`` lines at a text's head: what it states of the article, and what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from service.dates import parse_edtf
from service.model import FrontMatter, RetoldFrom
from service.texts.names import split_names

if TYPE_CHECKING:
    from collections.abc import Callable

_FENCE = re.compile(r"---[ \t]{0,40}(?:\r\n|\n|\r|\Z)")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONGEST = 16_000
"""Characters between the fences; what is longer is an article with ornaments."""
_MOST_BRACKETS = 50
"""Brackets that are opened: nested without bound they would cost the reader quadratic time."""
_MOST_NAMED = 5
"""Unknown keys that are named one by one; more are the same mistake."""
_PLAIN_KEYS = ("title", "publisher", "dateline", "language", "url", "note")
_KEYS = (*_PLAIN_KEYS, "authors", "published", "retold_from")
_RETOLD_KEYS = ("publisher", "title", "authors", "published")
_ANY_KEY = re.compile(rf"^(?:{'|'.join(_KEYS)})\s{{0,20}}:", re.MULTILINE)
_UNCLOSED = "The front matter is read as part of the article: close it with a line of ---."
_NULLS = frozenset(("", "~", "null"))


@dataclass(frozen=True, slots=True)
class Front:
    """Front matter (None where the text has none) with a doubt for each member that was ignored."""

    matter: FrontMatter | None
    doubts: tuple[str, ...] = ()


def read_front(decoded: str) -> Front:
    """Read the front matter of a text; never fails: what can't be used is ignored with a doubt that says the mend."""
    inside = _between_fences(decoded)
    if inside is None:
        opening = _FENCE.match(decoded)
        begun = opening is not None and _ANY_KEY.match(decoded, opening.end()) is not None
        return Front(None, (_UNCLOSED,) if begun else ())
    start, stop, end = inside
    source = decoded[start:stop]
    if not _ANY_KEY.search(source):
        return Front(None)
    if source.count("[") + source.count("{") > _MOST_BRACKETS:
        return Front(FrontMatter(end), ("The front matter is ignored: it holds too many brackets.",))
    try:
        entry = yaml.load(source, Loader=_Strings)  # noqa: S506 - builds only strings, lists and mappings  # nosec B506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Front(FrontMatter(end), (f"The front matter is ignored: {_where(error)}.",))
    if not isinstance(entry, dict):
        return Front(FrontMatter(end), ("The front matter is ignored: write it as lines of `key: value`.",))
    members = _Members(entry)
    return Front(members.matter(end), tuple(members.doubts))


@dataclass(frozen=True, slots=True)
class Given:
    """What is stated beside a text and not in it; `published` is EDTF."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None

    def digest(self) -> str | None:
        """Hash it: 32 hexadecimal digits, None where nothing is given."""
        members = {name: getattr(self, name) for name in self.__slots__}
        given = {name: words for name, words in members.items() if words is not None}
        written = repr(sorted(given.items())).encode("utf-8", "backslashreplace")
        return hashlib.sha256(written).hexdigest()[:32] if given else None


def with_given(front: Front, given: Given) -> Front:
    """Give `front` with what came beside the text, which wins over what it states."""
    if given == Given():
        return front
    members = _Members({"title": given.title, "publisher": given.publisher, "published": given.published})
    beside, stated = members.matter(0), front.matter or FrontMatter(0)
    matter = replace(
        stated,
        title=beside.title or stated.title,
        publisher=beside.publisher or stated.publisher,
        published=beside.published or stated.published,
    )
    return Front(matter, (*front.doubts, *members.doubts))


def _between_fences(decoded: str) -> tuple[int, int, int] | None:
    """Where the lines between the fences begin and end, and where the article begins."""
    opening = _FENCE.match(decoded)
    if opening is None:
        return None
    at = opening.end()
    while at < min(len(decoded), _LONGEST):
        closing = _FENCE.match(decoded, at)
        if closing is not None:
            return opening.end(), at, closing.end()
        line_end = _LINE_END.search(decoded, at, _LONGEST)
        if line_end is None:
            return None
        at = line_end.end()
    return None


class _AliasError(ValueError):
    """An alias on this line of the YAML, counted from 0."""

    def __init__(self, line: int) -> None:
        """Say what to do instead; the fence is line 1 of the file."""
        super().__init__(f"line {line + 2}: aliases (`*name`) are not read; write the value out")


class _Strings(yaml.BaseLoader):
    """Every scalar stays the string that was written; an alias is refused, so that nothing can multiply."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
            raise _AliasError(event.start_mark.line if event.start_mark else 0)
        return super().compose_node(parent, index)


def _where(error: Exception) -> str:
    if isinstance(error, _AliasError):
        return str(error)
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it is no YAML"
    # The fence is line 1 of the file.
    return f"line {mark.line + 2}: {problem}" if mark is not None else str(problem)


class _Members:
    """The members of a mapping, each checked; `doubts` collects what was ignored."""

    def __init__(self, entry: dict[Any, Any]) -> None:
        self._entry = entry
        self.doubts: list[str] = []

    def matter(self, end: int) -> FrontMatter:
        self._refuse_unknown(self._entry, _KEYS, "")
        return FrontMatter(
            end,
            **{key: self._take(self._entry, key, "", _string) for key in _PLAIN_KEYS},
            authors=self._take(self._entry, "authors", "", _names) or (),
            published=self._take(self._entry, "published", "", _edtf),
            retold_from=self._retold(),
        )

    def _retold(self) -> RetoldFrom | None:
        inner = self._entry.get("retold_from")
        if inner is None or (isinstance(inner, str) and inner in _NULLS):
            return None
        if not isinstance(inner, dict):
            self._ignore("retold_from", f"takes a mapping of {', '.join(_RETOLD_KEYS)}")
            return None
        self._refuse_unknown(inner, _RETOLD_KEYS, "retold_from.")
        return RetoldFrom(
            publisher=self._take(inner, "publisher", "retold_from.", _string),
            title=self._take(inner, "title", "retold_from.", _string),
            authors=self._take(inner, "authors", "retold_from.", _names) or (),
            published=self._take(inner, "published", "retold_from.", _edtf),
        )

    def _take(self, entry: dict[Any, Any], key: str, prefix: str, read: Callable[[Any], Any]) -> Any:
        value = entry.get(key)
        if value is None or (isinstance(value, str) and value.strip() in _NULLS):
            return None
        try:
            return read(value)
        except ValueError as error:
            self._ignore(prefix + key, str(error))
            return None

    def _refuse_unknown(self, entry: dict[Any, Any], known: tuple[str, ...], prefix: str) -> None:
        unknown = [key for key in entry if key not in known]
        for key in unknown[:_MOST_NAMED]:
            self._ignore(f"{prefix}{key}", f"is unknown; known are {', '.join(known)}")

    def _ignore(self, key: str, why: str) -> None:
        self.doubts.append(f"Front matter `{key}` is ignored: it {why}.")


def _string(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    message = f"takes one string, not a {'list' if isinstance(value, list) else 'mapping'}"
    raise ValueError(message)


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_names(value)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(" ".join(name.split()) for name in value if name.strip())
    message = "takes a list of names"
    raise ValueError(message)


def _edtf(value: Any) -> str:
    written = _string(value)
    try:
        return parse_edtf(written).edtf
    except ValueError as error:
        message = f"takes a date such as 2014-02-14 or 2014-02 ({error})"
        raise ValueError(message) from error
