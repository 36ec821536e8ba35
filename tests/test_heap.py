"""A server's threads allocate from one heap, unless somebody has said how many there are to be."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from tests.corpora import ROOT

# Eight threads at once hold something that the C library allocates, which then tells of its heaps as XML.
PROGRAM = """
import ctypes, sys, threading
from service.cli.heap import share_one_heap
if sys.argv[1] == "shared":
    share_one_heap()
library = ctypes.CDLL(None)
library.malloc.restype = library.fdopen.restype = ctypes.c_void_p
all_there = threading.Barrier(9)
def hold():
    library.malloc(ctypes.c_size_t(1000))
    all_there.wait()
    all_there.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads:
    thread.start()
all_there.wait()
output = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, output)
library.fflush(output)
all_there.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives threads heaps of their own")
@pytest.mark.parametrize(
    ("way", "variables", "heaps"),
    [("shared", {}, 1), ("as it comes", {}, 8), ("shared", {"MALLOC_ARENA_MAX": "3"}, 3)],
)
def test_threads_share_one_heap(way: str, variables: dict[str, str], heaps: int) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", PROGRAM, way],
        cwd=ROOT,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert heaps <= told.count("<heap nr=") <= heaps + (heaps == 8)
