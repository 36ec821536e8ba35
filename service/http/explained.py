"""The JSON shapes in which the kinds of errors are explained."""

from __future__ import annotations

from service.http import envelopes
from service.http import fields as f
from service.http.parts import Shape


class ExampleRequest(Shape):
    """A request that is answered with an error."""

    method = f.string("Its method.")
    path = f.string("Its path and query.")
    headers = f.mapping("The headers that matter.")
    body = f.string("What it posts.", null=True)


class ExampleAnswer(Shape):
    """The error that answers a request."""

    status = f.integer("The HTTP status.")
    headers = f.mapping("The headers that tell of the error.")
    body = f.one(envelopes.Problem, "The error.")


class ProblemExample(Shape):
    """A request and the error that answers it, made by this service."""

    request = f.one(ExampleRequest, "The request.")
    answer = f.one(ExampleAnswer, "Its answer.")


class ProblemKind(Shape):
    """A kind of error."""

    id = f.string("Its name, the last part of an error's `type`.")
    url = f.string("An error's `type`.")
    status = f.integer("The HTTP status.")
    title = f.string("The kind of error in words.")
    meaning = f.string("When it is answered.")
    mend = f.string("What helps.")
    example = f.one(
        ProblemExample, "A request that gives it; null where no single request is sure to.", null=True
    )


class FixedLinks(Shape):
    """Where a list is that has a single page."""

    self = f.string("This page.")
    first = f.string("The first page.")


class ProblemKinds(Shape):
    """Every kind of error."""

    items = f.many(ProblemKind, "The kinds, by status.")
    total = f.integer("How many there are.", minimum=0)
    links = f.one(FixedLinks, "Where the list is.")
