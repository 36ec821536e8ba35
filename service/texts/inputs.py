"""Read texts from wherever they are: folders, files, files with a text a line, and all of these by URL."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from service.texts.kinds import Place, is_lines
from service.texts.lines import read_lines
from service.texts.read import TextsError, nothing_known, read_file, read_folder
from service.texts.urls import read_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.model import Rejected, Text
    from service.texts.read import Known
    from service.vocabulary.furniture import Furniture


def read_place(
    where: Place, furniture: Furniture, *, max_bytes: int, known: Known = nothing_known
) -> Iterator[Text | Rejected]:
    """Give the texts of a folder, a file or a file with a text a line, and what was left out, as they are read.

    `max_bytes` bounds a file, or a line of a file with a text a line; `known` is asked for each text before it is cut into
    blocks. Raises `TextsError` where there is nothing, or where it can't be listed or opened.
    """
    if isinstance(where, str):
        yield from read_url(where, furniture, max_bytes=max_bytes, known=known)
    elif not where.exists():
        message = f"{where}: there is no such file or folder; name one that is there"
        raise TextsError(message)
    elif where.is_dir():
        yield from chain(*read_folder(where, furniture, max_bytes=max_bytes, known=known))
    elif is_lines(where.name) and where.is_file():
        try:
            file = where.open("rb")
        except OSError as error:
            message = f"{where}: it can't be read ({error.strerror}); let the service's user read it"
            raise TextsError(message) from error
        with file:
            yield from read_lines(file, where.name, furniture, max_bytes=max_bytes, known=known)
    else:
        yield read_file(where, furniture, max_bytes=max_bytes, known=known)
