"""The two endpoints that every kind of record has: the list and the single record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.http import formats
from service.http.embedding import embed_parameter, embeds
from service.http.endpoint import Endpoint
from service.http.envelopes import list_schema
from service.http.parameters import Form
from service.http.renditions import Renditions
from service.http.selection import fields_parameter, members, members_page

if TYPE_CHECKING:
    from marshmallow import Schema

    from service.http.library import Library
    from service.http.listing import Collection
    from service.http.parameters import Parameter


def endpoints(
    library: Library, collection: Collection, schema: type[Schema], lists: str, gives: str
) -> tuple[Endpoint, ...]:
    """Serve `collection` as a list and record by record; `lists` and `gives` describe the two.

    Both take the members that are wanted, what is to come along, and the format.
    """
    in_lists = (
        *collection.parameters,
        *_shaping(collection.name, schema, listed=True),
        formats.format_parameter(formats.OF_LISTS),
    )
    collection = replace(collection, parameters=tuple(sorted(in_lists, key=_is_cursor)))
    renditions = Renditions(collection, library)
    page = list_schema(schema, collection.name, collection.parameters)
    listed = Endpoint(
        path=collection.path,
        name=f"list_{collection.name}",
        tag=collection.name,
        summary=f"List {collection.name}",
        description=lists,
        answer=renditions.listed,
        parameters=collection.parameters,
        schema=page,
        selected=members_page(page, schema),
        media=tuple(formats.MEDIA[each] for each in formats.OF_LISTS),
    )
    single = Endpoint(
        path=f"{collection.path}/<identity>",
        name=f"get_{collection.noun}",
        tag=collection.name,
        summary=f"Get one {collection.noun}",
        description=gives,
        answer=renditions.single,
        parameters=(
            *_shaping(collection.name, schema, listed=False),
            formats.format_parameter(formats.OF_RECORDS),
        ),
        schema=schema,
        selected=members(schema),
        media=tuple(formats.MEDIA[each] for each in formats.OF_RECORDS),
        problems=(404,),
        identity=f"The {collection.noun}'s id.",
    )
    return listed, single


_FIELDS = {
    "statements": "id,text,speakers.name,date.edtf",
    "events": "id,title,date.edtf",
    "sources": "id,title,publisher.name",
    "speakers": "id,name",
    "topics": "id,label",
}


def _is_cursor(parameter: Parameter) -> bool:
    """Put the cursor last, where links write it, so that a page is named as the link to it was."""
    return parameter.form is Form.CURSOR


def _shaping(kind: str, schema: type[Schema], *, listed: bool) -> tuple[Parameter, ...]:
    fields = fields_parameter(schema, _FIELDS[kind], listed=listed)
    embed = (embed_parameter(kind),) if embeds(kind) else ()
    return (fields, *embed, formats.PRETTY)
