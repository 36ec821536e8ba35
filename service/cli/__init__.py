"""The command line: serve, parse, check, score, openapi.

Exit codes: 0 all is well, 1 something was found wanting, 2 the command could not be carried out as it was given.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from service.cli.arguments import make_parser
from service.logs import set_up_logs

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE, FOUND_WANTING, UNUSABLE = 0, 1, 2
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the command of `argv` (None: of the process) and give its exit code.

    Only the module of the command that was asked for is imported, so that help comes at once.
    """
    if argv is None:
        signal.signal(signal.SIGTERM, _end)
    args = make_parser().parse_args(argv)
    set_up_logs()
    command = import_module(f"service.cli.{args.command}")
    try:
        code: int = command.run(args)
        sys.stdout.flush()
    except command.ERRORS as error:
        print(f"onrecord: {error}", file=sys.stderr)  # noqa: T201 - this is a command line
        return UNUSABLE
    except (
        BrokenPipeError
    ):  # whoever read the output has seen enough; the interpreter's own flush must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _end(number: int, _: object) -> NoReturn:
    """End at once, as a process does that handles no signal; once it serves, gunicorn handles them.

    The first process of a container would go on: there, what is not handled is ignored, and parsing may take minutes.
    """
    os._exit(128 + number)
