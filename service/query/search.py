"""Full-text search over the rows of a table: a tantivy index, ranked, with English stemming.

Queries are built term by term, never by tantivy's own parser, so that no input can be a syntax error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import tantivy
from pyroaring import BitMap
from tantivy import Filter, Occur, Order, Query, TextAnalyzerBuilder, Tokenizer

from service.query.segments import settle, writable
from service.query.words import Term, parse_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Hit = tuple[Any, tantivy.DocAddress]
    """A score, and where what was found lies in the index."""

_MOST_MEMORY = 4_000_000_000
"""How many bytes the writer may fill, as it needs them, before it begins another segment; tantivy takes no more."""
_ROW = "row"
_PLAIN = "plain"
_ANYWHERE = "anywhere"
_SCORE_DIGITS = 5
_TIES = 8
_FIRST = 80

STEMS = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .filter(Filter.stemmer("english"))
    .build()
)
"""Cuts text into words as the search compares them: small letters, no accents, stemmed."""

PLAIN = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()
"""The same cut without stemming, for prefixes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that can be searched. `path` says where the record shows it ("speakers.0.name")."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One property of all rows: how much a find in it weighs, and where a record shows it ("speakers.*.name")."""

    name: str
    boost: float
    path: str

    def passages(self, record: Mapping[str, Any]) -> list[Passage]:
        """Give the texts of this property in `record`, as it is shown; what is null has none."""
        reached: list[tuple[str, Any]] = [("", record)]
        for step in self.path.split("."):
            if step == "*":
                reached = [
                    (f"{way}.{number}", each) for way, values in reached for number, each in enumerate(values)
                ]
            else:
                reached = [(f"{way}.{step}" if way else step, value[step]) for way, value in reached]
            reached = [each for each in reached if each[1] is not None]
        return [Passage(way, text) for way, text in reached]


class Found:
    """What a search found, looked up as far as it is asked for; `terms` are what it looked for."""

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, query: Query, terms: tuple[Term, ...]
    ) -> None:
        """Take a query that was not put yet."""
        self.terms = terms
        self._schema, self._searcher, self._query = schema, searcher, query

    @cached_property
    def _first(self) -> tuple[int, list[Hit]]:
        """How many rows were found, and the best of them: most requests want no more."""
        found = self._searcher.search(self._query, limit=_FIRST)
        return found.count, found.hits  # type: ignore[attr-defined]  # not in its stubs

    @property
    def total(self) -> int:
        """How many rows were found."""
        return self._first[0]

    @cached_property
    def rows(self) -> BitMap:
        """The rows found."""
        if self.total <= len(self._first[1]):
            return BitMap(self.best(self.total))
        found = self._searcher.search(
            self._query, limit=self.total, count=False, order_by_field=_ROW, order=Order.Asc
        )
        return BitMap([row for row, _ in found.hits])

    def has(self, row: int) -> bool:
        """Tell whether `row` was found."""
        own = Query.term_query(self._schema, _ROW, row)
        both = Query.boolean_query([(Occur.Must, self._query), (Occur.Must, own)])
        return bool(self._searcher.search(both, limit=1, count=False).hits)

    def best(self, most: int) -> list[int]:
        """Give the `most` rows with the highest scores, the highest first, ties in the rows' own order.

        Scores that differ by less than a hundred-thousandth may be ties, so that no machine's arithmetic decides.
        """
        reached = most
        while True:
            reached += _TIES
            hits = self._hits(reached)
            scores = [round(score, _SCORE_DIGITS) for score, _ in hits]
            if len(hits) < reached or scores[-1] < scores[most - 1]:
                break
            reached *= 2
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in hits])
        ranked = sorted(zip(scores, rows, strict=True), key=lambda hit: (-hit[0], hit[1]))
        return [int(row or 0) for _, row in ranked[:most]]

    def _hits(self, most: int) -> list[Hit]:
        """Give the hits with the highest scores: `most` of them, fewer where there are no more."""
        if most <= _FIRST:
            return self._first[1][:most]
        return self._searcher.search(self._query, limit=most, count=False).hits


class Search:
    """The search index of one table."""

    def __init__(self, fields: Iterable[Field], index: tantivy.Index) -> None:
        """Take the index that was made of `fields`."""
        self.fields = tuple(fields)
        _register(index)
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def of(
        cls, fields: Iterable[Field], records: Iterable[Mapping[str, Any]], folder: Path | None = None
    ) -> Search:
        """Index `records`, one a row as they are shown, by `fields`: in memory, or in files in an empty `folder`."""
        fields = tuple(fields)
        index = tantivy.Index(_schema(fields), None if folder is None else str(folder))
        # Else a thread would watch the files, and lock them now and then.
        index.config_reader(reload_policy="manual")
        _register(index)
        writer = index.writer(_MOST_MEMORY, num_threads=1)
        for row, record in enumerate(records):
            writer.add_document(_document(row, fields, record))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        search = cls(fields, index)
        if folder is not None:
            settle(folder)
        return search

    @classmethod
    def opened(cls, fields: Iterable[Field], folder: Path) -> Search:
        """Open the index that was made in `folder` of the same `fields`; raise `ValueError` where it can't be.

        The files are mapped into memory, and stay so when they are removed.
        """
        with writable(folder) as links:
            index = tantivy.Index.open(str(links))
            index.config_reader(reload_policy="manual")
            return cls(fields, index)

    @property
    def count(self) -> int:
        """How many rows are indexed."""
        return self._searcher.num_docs

    def find(self, q: str) -> Found:
        """Find the rows in which every wanted term of `q` stands somewhere and no excluded one does.

        A `q` without a single word finds nothing.
        """
        terms = tuple(term for term in parse_words(q) if STEMS.analyze(term.text))
        if not terms or not self.count:
            return Found(self._schema, self._searcher, Query.empty_query(), terms)
        parts = [self._part(term) for term in _merged(terms)]
        if all(term.excluded for term in terms):
            parts.append((Occur.Must, Query.all_query()))
        return Found(self._schema, self._searcher, Query.boolean_query(parts), terms)

    def _part(self, term: Term) -> tuple[Occur, Query]:
        """Give what `term` asks for: to be absent; or to stand in some field, and to weigh what it weighs in each that has it.

        Where a word stands, one list of rows tells for all fields. What it weighs is asked field by field, since tantivy reads
        thousands of rows ahead to join lists that it could as well look up.
        """
        if term.prefix:
            return Occur.MustNot if term.excluded else Occur.Must, self._prefix(PLAIN.analyze(term.text))
        words = STEMS.analyze(term.text)
        each = [self._in_field(field, words) for field in self.fields]
        if len(words) == 1:
            anywhere = Query.term_query(self._schema, _ANYWHERE, words[0])
        else:
            anywhere = Query.boolean_query([(Occur.Should, query) for query in each])
        if term.excluded:
            return Occur.MustNot, anywhere
        weighed = Query.const_score_query(anywhere, 0.0)
        for query in each:
            weighed = Query.boolean_query([(Occur.Must, weighed), (Occur.Should, query)])
        return Occur.Must, weighed

    def _in_field(self, field: Field, words: list[str]) -> Query:
        if len(words) == 1:
            query = Query.term_query(self._schema, field.name, words[0])
        else:
            query = Query.phrase_query(self._schema, field.name, list(words))
        return Query.boost_query(query, field.boost)

    def _prefix(self, words: list[str]) -> Query:
        ends = [term for term, _ in self._searcher.terms_with_prefix(_PLAIN, words[-1])]
        parts = [(Occur.Must, Query.term_query(self._schema, _PLAIN, word)) for word in words[:-1]]
        parts.append((Occur.Must, Query.term_set_query(self._schema, _PLAIN, ends)))
        return Query.boolean_query(parts)


def _register(index: tantivy.Index) -> None:
    """Let `index` know how its fields are cut into words, which its files do not say."""
    index.register_tokenizer("stems", STEMS)
    index.register_tokenizer("plain", PLAIN)


def _document(row: int, fields: Iterable[Field], record: Mapping[str, Any]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned(_ROW, row)
    for field in fields:
        for passage in field.passages(record):
            document.add_text(field.name, passage.text)
            document.add_text(_PLAIN, passage.text)
            document.add_text(_ANYWHERE, passage.text)
    return document


def _schema(fields: Iterable[Field]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_ROW, fast=True, indexed=True)
    builder.add_text_field(_PLAIN, tokenizer_name="plain", index_option="freq")
    builder.add_text_field(_ANYWHERE, tokenizer_name="stems", index_option="basic")
    for field in fields:
        builder.add_text_field(field.name, tokenizer_name="stems")
    return builder.build()


def _merged(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Leave out what is asked twice, which would cost time and change nothing but the scores."""
    return tuple(dict.fromkeys(terms))
