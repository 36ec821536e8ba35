"""What the server and the processes that read posted texts say to each other, over sockets that only they hold.

A question is the JSON list of text, title and date of publication, and ends where its writer stops writing. An answer is a
byte that says what it is, eight that tell its length, big-endian, and so many more.
"""

from __future__ import annotations

import socket
import struct
import time
from enum import Enum
from typing import NamedTuple

import orjson

_HEAD = struct.Struct(">cQ")
_PIECE = 1 << 16


class Sign(Enum):
    """What an answer is: a body, or why there is none."""

    READ = b"R"
    UNUSABLE = b"U"
    NO_MEMORY = b"M"
    FAILED = b"F"


class Question(NamedTuple):
    """A text to be read, and what is said about it; `published` is EDTF."""

    text: str
    title: str | None = None
    published: str | None = None


def ask(line: socket.socket, question: Question, seconds: float) -> tuple[Sign, bytes]:
    """Send a question and give its answer; raise `TimeoutError` where that takes longer, `OSError` where nobody answers."""
    until = time.monotonic() + seconds
    line.settimeout(seconds)
    line.sendall(orjson.dumps(tuple(question)))
    line.shutdown(socket.SHUT_WR)
    told = _rest(line, until)
    if len(told) < _HEAD.size or len(told) != _HEAD.size + _HEAD.unpack_from(told)[1]:
        message = "the answer is cut off"
        raise ConnectionError(message)
    return Sign(_HEAD.unpack_from(told)[0]), told[_HEAD.size :]


def hear(line: socket.socket) -> Question:
    """Give the question that is asked, as soon as it is there as a whole."""
    return Question(*orjson.loads(_rest(line, None)))


def answer(line: socket.socket, sign: Sign, body: bytes) -> None:
    """Answer the question that was asked."""
    line.sendall(_HEAD.pack(sign.value, len(body)))
    line.sendall(body)


def _rest(line: socket.socket, until: float | None) -> bytes:
    """Give all that is written until the other end stops writing; raise `TimeoutError` where that is not `until` then."""
    pieces = bytearray()
    while True:
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            line.settimeout(left)
        piece = line.recv(_PIECE)
        if not piece:
            return bytes(pieces)
        pieces += piece
