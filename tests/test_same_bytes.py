"""The same texts give the same bytes, whatever order Python gives to its sets, parsed now or read back."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.corpora import ROOT, SEEDS

if TYPE_CHECKING:
    from pathlib import Path

ASK: Final = """
import sys
from service import create_app

client = create_app().test_client()
waiting = [f"/v1/{kind}?limit=100" for kind in ("statements", "events", "sources", "speakers", "topics")]
waiting += ["/v1/statements?q=sanctions", "/v1/events?sort=-date", "/v1/statements?speaker=nobdy", "/v1/corpus", "/"]
for path in waiting:
    answer = client.get(path)
    assert answer.status_code == 200, path
    sys.stdout.buffer.write(f"{path} {answer.headers['ETag']}\\n".encode() + answer.data + b"\\n")
    waiting += [link for link in [(answer.get_json().get("links") or {}).get("next")] if link]
print("before a text is posted:", *sorted({"spacy", "thinc", "numpy"} & sys.modules.keys()), file=sys.stderr)
text = client.get(f"/v1/sources/{client.get('/v1/sources').get_json()['items'][0]['id']}/text").data
sys.stdout.buffer.write(client.post("/v1/extract", data=text, content_type="text/plain").data + b"\\n")
"""


def start(**environment: str) -> subprocess.Popen[bytes]:
    """Start a process that asks a service of its own for everything."""
    given = {"PYTHONPATH": str(ROOT), "ONRECORD_TEXTS": str(SEEDS), **environment}
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", ASK],
        env={**os.environ, **given},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def answers(process: subprocess.Popen[bytes]) -> tuple[list[bytes], str]:
    """Give the lines that it was answered, and what it told."""
    out, told = process.communicate(timeout=120)
    assert process.returncode == 0, told.decode()
    assert len(out.splitlines()) > 20
    return out.splitlines(), told.decode()


def different(one: list[bytes], other: list[bytes]) -> list[bytes]:
    return [line for line, twin in zip(one, other, strict=True) if line != twin]


def test_two_processes_with_other_hashes_answer_alike() -> None:
    started = [start(PYTHONHASHSEED=seed, ONRECORD_CACHE="") for seed in ("1", "4242")]
    (one, _), (other, _) = map(answers, started)
    assert different(one, other) == []


def test_a_start_with_kept_texts_answers_alike_and_loads_the_parser_only_for_posted_ones(
    tmp_path: Path,
) -> None:
    cold, told = answers(start(ONRECORD_CACHE=str(tmp_path)))
    assert "before a text is posted: numpy spacy thinc\n" in told
    warm, told = answers(start(ONRECORD_CACHE=str(tmp_path)))
    assert "before a text is posted:\n" in told
    assert "texts are read apart" in told
    assert different(cold, warm) == []
