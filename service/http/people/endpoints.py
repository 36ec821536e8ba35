"""The pages for people as endpoints, which are no part of the API's description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.http.endpoint import HTML, Endpoint, Reply
from service.http.people import addresses, explorer, records, trying
from service.http.people.asking import Api
from service.http.people.rendering import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from service.http.arguments import Arguments
    from service.http.resources.extract import Reading


def endpoints(api: Iterable[Endpoint], reading: Reading) -> tuple[Endpoint, ...]:
    """Serve pages over the endpoints of the API, and one that lets `reading` read a text."""
    asked = Api(api)
    about = asked.ask("/v1/corpus")
    listed = asked.parameters(explorer.PATH)

    def explored(arguments: Arguments) -> Reply:
        return page("explorer", here="explorer", about=about, **explorer.view(asked, arguments))

    return (
        Endpoint(
            path=addresses.EXPLORER,
            name="page_explorer",
            tag="page",
            summary="Statements for people",
            description="Statements with what they can be narrowed down by.",
            answer=explored,
            parameters=tuple(each for each in listed if each.name not in addresses.SHAPING),
            media=(HTML,),
            described=False,
            from_forms=True,
        ),
        *(_record(kind, view, asked, about) for kind, view in _VIEWS.items()),
        *trying.endpoints(reading, about),
    )


def _record(
    kind: str, view: Callable[[Api, str], dict[str, Any]], api: Api, about: Mapping[str, Any]
) -> Endpoint:
    noun = kind.removesuffix("s")

    def shown(arguments: Arguments, identity: str) -> Reply:
        del arguments
        return page(noun, here=kind, about=about, **view(api, identity))

    return Endpoint(
        path=f"/{kind}/<identity>",
        name=f"page_{noun}",
        tag="page",
        summary=f"One {noun} for people",
        description=f"What there is on record of one {noun}.",
        answer=shown,
        media=(HTML,),
        problems=(404,),
        identity=f"The {noun}'s id.",
        described=False,
    )


_VIEWS: Mapping[str, Callable[[Api, str], dict[str, Any]]] = {
    "sources": records.source,
    "events": records.event,
    "speakers": records.speaker,
}
