"""What the command line takes."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import TYPE_CHECKING

from service.scoring.tally import NAMES
from service.texts.kinds import place
from service.version import VERSION

if TYPE_CHECKING:
    from argparse import _ActionsContainer, _SubParsersAction

_EXIT_CODES = "exit codes: 0 all is well, 1 something was found wanting, 2 the command can't be carried out"
_SETTINGS = "Settings come from the environment (ONRECORD_TEXTS and others); the README lists them."


def make_parser() -> ArgumentParser:
    """Make the parser; the chosen command's name comes out as ``command``."""
    parser = ArgumentParser(
        prog="onrecord",
        description=f"Turn news texts into the record of who said what, and serve it. {_SETTINGS}",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _serve(_add(commands, "serve", "read the texts and answer over HTTP, with gunicorn"))
    _parse(_add(commands, "parse", "write the record of texts to standard output"))
    _check(_add(commands, "check", "tell file by file what was found, and what is doubtful or rejected"))
    _score(_add(commands, "score", "hold the record of texts against references"))
    _add(commands, "openapi", "write the OpenAPI description as YAML to standard output")
    return parser


def at_least(argument: str) -> tuple[str, float]:
    """Read ``NAME=VALUE``, a figure and what it must reach; raise `ArgumentTypeError` for anything else."""
    name, _, value = argument.partition("=")
    if name not in NAMES:
        message = f"{name!r} is no figure; those are {', '.join(NAMES)}"
        raise ArgumentTypeError(message)
    try:
        wanted = float(value)
    except ValueError:
        wanted = -1.0
    if not 0 <= wanted <= 1:
        message = f"{argument!r}: write {name}= and a number from 0 to 1"
        raise ArgumentTypeError(message)
    return name, wanted


def _add(commands: _SubParsersAction[ArgumentParser], name: str, summary: str) -> ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}. {_SETTINGS}",
        epilog=_EXIT_CODES,
        formatter_class=RawDescriptionHelpFormatter,
    )


def _serve(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--bind",
        metavar="ADDRESS",
        help="host:port or unix:path (default: ONRECORD_BIND, else every address at PORT)",
    )
    parser.add_argument(
        "--workers",
        type=_positive,
        metavar="N",
        help="processes (default: WEB_CONCURRENCY, else one a core, at most 8)",
    )
    parser.add_argument(
        "--threads", type=_positive, metavar="N", help="threads of each process (default: ONRECORD_THREADS)"
    )


def _parse(parser: ArgumentParser) -> None:
    _paths(parser)
    several = parser.add_mutually_exclusive_group()
    _workers(several)
    several.add_argument(
        "--scheduler",
        type=_address,
        metavar="ADDRESS",
        help="dask scheduler whose workers parse texts, as tcp://host:8786 (needs onrecord[dask])",
    )
    parser.add_argument(
        "--format",
        choices=("json", "ndjson", "csv"),
        default="json",
        help="json: everything in one object; ndjson: a record a line; csv: the statements (default: json)",
    )
    _snapshot(parser)


def _snapshot(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--snapshot",
        type=Path,
        metavar="FOLDER",
        help="write the finished record into FOLDER instead, for ONRECORD_TEXTS to name: it is served without parsing",
    )


def _check(parser: ArgumentParser) -> None:
    _paths(parser)
    _workers(parser)


def _score(parser: ArgumentParser) -> None:
    _paths(parser)
    _workers(parser)
    parser.add_argument(
        "--references",
        type=Path,
        default=Path("tests/gold"),
        metavar="DIR",
        help="the folder of reference files, *.json (default: tests/gold)",
    )
    parser.add_argument(
        "--min",
        type=at_least,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help="exit with 1 when the figure NAME stays below VALUE",
    )
    parser.add_argument("--misses", action="store_true", help="list what is missed and what is too much")
    parser.add_argument("--json", action="store_true", help="write the figures as JSON")


def _paths(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        type=place,
        nargs="*",
        metavar="PATH",
        help="texts: files, folders of .txt files, .jsonl or .jsonl.gz files, also by URL (default: ONRECORD_TEXTS)",
    )


def _workers(parser: _ActionsContainer) -> None:
    parser.add_argument(
        "--workers",
        type=_positive,
        metavar="N",
        help="processes that parse texts (default: one a core where that pays); their number changes no answer",
    )


def _address(argument: str) -> str:
    if "://" not in argument:
        message = f"{argument!r} is no address; write it as tcp://host:8786"
        raise ArgumentTypeError(message)
    return argument


def _positive(argument: str) -> int:
    if not (argument.isascii() and argument.isdigit() and 1 <= int(argument[:5]) <= 1000):
        message = f"{argument!r} is no whole number from 1 to 1000"
        raise ArgumentTypeError(message)
    return int(argument)
