"""Read raw texts: a folder of files, one file, or a text that was posted."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from service.model import Rejected, Text, text_key
from service.texts.blocks import find_blocks
from service.texts.decode import Decoded, decode
from service.texts.front import Front, Given, read_front, with_given
from service.texts.kinds import is_lines, is_text
from service.texts.language import detect_language

if TYPE_CHECKING:
    from pathlib import Path

    from service.vocabulary.furniture import Furniture

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_CONTROL_SHARE = 0.05
_SURROGATE = re.compile(r"[\ud800-\udfff]")
NOTHING_GIVEN = Given()

Known = Callable[[str], "Text | None"]
"""Gives a text that was read before by its `Text.key`, None where it was not."""


def nothing_known(key: str) -> None:
    """Stand in where nothing was read before."""
    del key


class TextsError(ValueError):
    """A folder of texts that can't be read; the message names it and the mend."""


class UnusableTextError(TextsError):
    """A text that holds no article: `reason` says why, `mend` what would help."""

    def __init__(self, reason: str, mend: str) -> None:
        """Keep both halves of the message apart for whoever reports them."""
        super().__init__(f"{reason}; {mend}")
        self.reason = reason
        self.mend = mend


def read_folder(
    folder: Path, furniture: Furniture, *, max_bytes: int, known: Known = nothing_known
) -> tuple[tuple[Text, ...], tuple[Rejected, ...]]:
    """Read every ``*.txt`` of `folder` in the order of names; give the texts and what was left out.

    Whatever else lies there, folders among it, is told of as left aside; only names that begin with a full stop are
    passed over. `max_bytes` bounds a file's size; `known` is asked for each text before it is cut into blocks. Raises `TextsError` where there is no such folder or it can't be listed.
    """
    try:
        home = folder.resolve(strict=True)
        paths = sorted(path for path in home.iterdir() if path.name[0] != ".")
    except FileNotFoundError as error:
        message = f"{folder}: there is no such folder; create it or name another folder of .txt files"
        raise TextsError(message) from error
    except NotADirectoryError as error:
        message = f"{folder}: this is no folder; name the folder that holds the .txt files"
        raise TextsError(message) from error
    except OSError as error:
        message = f"{folder}: the folder can't be listed ({error.strerror}); let the service's user read it"
        raise TextsError(message) from error
    texts: dict[str, Text] = {}
    rejected: list[Rejected] = []
    names: dict[str, str | None] = {}
    for path in paths:
        found = _aside(path) or _read_inside(path, home, furniture, max_bytes, known)
        if isinstance(found, Text) and found.sha256 in texts:
            twin = texts[found.sha256].file
            found = Rejected(path.name, f"it has the same bytes as {twin}", "remove one of the two")
        elif isinstance(found, Text) and names.setdefault(found.id, found.file) != found.file:
            twin = names[found.id]
            found = Rejected(path.name, f"it has the same name as {twin}", "rename one of the two")
        if isinstance(found, Text):
            texts[found.sha256] = found
        else:
            rejected.append(found)
    return tuple(texts.values()), tuple(rejected)


def no_text(name: str) -> Rejected:
    """Tell of a file in a folder whose name does not say that it is a text."""
    mend = "name it by itself to have its lines read" if is_lines(name) else "rename it if it is a text"
    return Rejected(_shown(name), "its name does not end in .txt", mend, aside=True)


def _aside(path: Path) -> Rejected | None:
    """Tell of what does not say that it is a text; None for a name that ends in ``.txt``, in letters of either case."""
    if is_text(path.name):
        return None
    if path.is_symlink() and path.is_dir():
        reason = "it is a link to a folder, which is not read"
        return Rejected(_shown(path.name), reason, "move its texts beside the others", aside=True)
    if path.is_dir():
        held = sum(one.casefold().endswith(".txt") for one in _names_in(path))
        holds = (
            f"and the {held} texts in it are"
            if held > 1
            else "and the text in it is"
            if held
            else "and it is"
        )
        reason = f"it is a folder inside the folder, {holds} not read"
        return Rejected(_shown(path.name), reason, "move its texts beside the others", aside=True)
    return no_text(path.name)


def _names_in(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _read_inside(
    path: Path, home: Path, furniture: Furniture, max_bytes: int, known: Known
) -> Text | Rejected:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Rejected(_shown(path.name), "it is a link that leads nowhere", "remove or mend the link")
    if home not in target.parents:
        return Rejected(
            _shown(path.name), "it is a link that leads out of the folder", "copy the file itself here"
        )
    return _read(path, target, furniture, max_bytes, known)


def read_file(
    path: Path, furniture: Furniture, *, max_bytes: int, known: Known = nothing_known
) -> Text | Rejected:
    """Read one file; give the text, or why it is left out (empty, binary, too large, no regular file, unreadable).

    A text that is `known` already, by the SHA-256 of its bytes, is given as it is known, under the name it has now.
    """
    return _read(path, path, furniture, max_bytes, known, follow=True)


def _read(
    path: Path, target: Path, furniture: Furniture, max_bytes: int, known: Known, *, follow: bool = False
) -> Text | Rejected:
    """Read the file `target` under the name that `path` has; a link is put in its place only where it is to be followed."""
    name = _shown(path.name)
    if name != path.name:
        return Rejected(name, "its name is no UTF-8", "rename the file")
    try:
        data = _bytes(target, max_bytes, 0 if follow else os.O_NOFOLLOW)
        text = read_bytes(data, path.stem, path.name, furniture, known=known)
    except UnusableTextError as error:
        return Rejected(name, error.reason, error.mend)
    except OSError as error:
        return Rejected(name, f"it can't be read ({error.strerror})", "let the service's user read it")
    return text


def read_posted(text: str, furniture: Furniture, *, title: str | None, published: str | None) -> Text:
    """Read a text that came without a file; `title` and `published` (EDTF) win over its own front matter.

    Raises `UnusableTextError` for a text that is empty or binary. Lone surrogates, which no encoding can carry, become U+FFFD.
    """
    decoded = Decoded(text, "utf-8")
    if _SURROGATE.search(text):
        doubt = "The text holds lone surrogates; they stand as U+FFFD."
        decoded = Decoded(_SURROGATE.sub("\ufffd", text), "utf-8", (doubt,))
    given = Given(title=title, published=published)
    front = with_given(read_front(decoded.characters), given)
    sha256 = hashlib.sha256(decoded.characters.encode()).hexdigest()
    name = f"posted-{sha256[:16]}"
    return replace(_build(name, None, sha256, decoded, front, furniture), beside=given.digest())


def read_bytes(
    data: bytes,
    identity: str,
    file: str,
    furniture: Furniture,
    *,
    given: Given = NOTHING_GIVEN,
    known: Known = nothing_known,
) -> Text:
    """Read the bytes of a text that is called `identity` and comes from `file`; what is `given` wins over its front matter.

    Raises `UnusableTextError` where it is empty or binary.
    """
    sha256, beside = hashlib.sha256(data).hexdigest(), given.digest()
    before = known(text_key(sha256, beside))
    if before is not None:
        return replace(before, id=identity, file=file)
    decoded = decode(data)
    front = with_given(read_front(decoded.characters), given)
    return replace(_build(identity, file, sha256, decoded, front, furniture), beside=beside)


def too_large(max_bytes: int) -> UnusableTextError:
    """Make the error for what has more bytes than are read."""
    return UnusableTextError(f"it is larger than {max_bytes} bytes", "split it, or raise ONRECORD_MAX_FILE")


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _bytes(path: Path, max_bytes: int, flags: int) -> bytes:
    """Give what a file holds. It is opened without waiting and looked at again then: another may have taken its place."""
    _refuse_special(path.stat().st_mode)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    with os.fdopen(descriptor, "rb") as file:
        _refuse_special(os.fstat(descriptor).st_mode)
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise too_large(max_bytes)
    return data


def _refuse_special(mode: int) -> None:
    if not stat.S_ISREG(mode):
        reason = "it is no regular file"
        raise UnusableTextError(reason, "leave only text files in the folder")


def _build(
    identity: str, file: str | None, sha256: str, decoded: Decoded, front: Front, furniture: Furniture
) -> Text:
    characters, matter = decoded.characters, front.matter
    start = matter.end if matter else 0
    _refuse_unusable(characters, start)
    stated = matter.language if matter else None
    language = _primary(stated) if stated else detect_language(characters[start:], furniture)
    return Text(
        id=identity,
        file=file,
        decoded=characters,
        sha256=sha256,
        encoding=decoded.encoding,
        blocks=find_blocks(
            characters,
            start,
            matter.title if matter else None,
            furniture,
            matter.publisher if matter else None,
        ),
        front=matter,
        doubts=(*decoded.doubts, *front.doubts, *_language_doubts(language, stated)),
        language=language,
    )


def _refuse_unusable(characters: str, start: int) -> None:
    control = len(_CONTROL.findall(characters))
    if "\x00" in characters or control > _CONTROL_SHARE * len(characters):
        reason = "it is binary, not text"
        raise UnusableTextError(reason, "save the article as plain text in UTF-8")
    if not characters[start:].strip("\ufeff \t\r\n\f\v\xa0"):
        reason = "it is empty"
        raise UnusableTextError(reason, "put the article's text into it, or remove it")


def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag.casefold(), maxsplit=1)[0]


def _language_doubts(language: str, stated: str | None) -> tuple[str, ...]:
    if language == "en":
        return ()
    if stated:
        return (f"The text is in {stated}, not English; nothing was looked for in it.",)
    mend = "if it is English, say so in front matter: put the lines `---`, `language: en`, `---` before it"
    return (f"The text does not read as English, so nothing was looked for in it; {mend}.",)
