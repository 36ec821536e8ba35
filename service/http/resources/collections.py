"""The two endpoints that every kind of record has: the list and the single record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.http.endpoint import Endpoint
from service.http.envelopes import list_schema

if TYPE_CHECKING:
    from marshmallow import Schema

    from service.http.listing import Collection


def endpoints(collection: Collection, schema: type[Schema], lists: str, gives: str) -> tuple[Endpoint, ...]:
    """Serve `collection` as a list and record by record; `lists` and `gives` describe the two."""
    listed = Endpoint(
        path=collection.path,
        name=f"list_{collection.name}",
        tag=collection.name,
        summary=f"List {collection.name}",
        description=lists,
        answer=collection.page,
        parameters=collection.parameters,
        schema=list_schema(schema, collection.name, collection.parameters),
    )
    single = Endpoint(
        path=f"{collection.path}/<identity>",
        name=f"get_{collection.noun}",
        tag=collection.name,
        summary=f"Get one {collection.noun}",
        description=gives,
        answer=collection.item,
        schema=schema,
        problems=(404,),
        identity=f"The {collection.noun}'s id.",
    )
    return listed, single
