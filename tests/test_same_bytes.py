"""The same texts give the same bytes, whatever order Python gives to its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from tests.corpora import ROOT, SEEDS

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
text = client.get(f"/v1/sources/{client.get('/v1/sources').get_json()['items'][0]['id']}/text").data
sys.stdout.buffer.write(client.post("/v1/extract", data=text, content_type="text/plain").data + b"\\n")
"""


def test_two_processes_with_other_hashes_answer_alike() -> None:
    started = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", ASK],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "ONRECORD_TEXTS": str(SEEDS)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed in ("1", "4242")
    ]
    (one, told), (other, _) = (process.communicate(timeout=120) for process in started)
    assert started[0].returncode == 0, told.decode()
    assert len(one.splitlines()) > 20
    assert [
        line for line, twin in zip(one.splitlines(), other.splitlines(), strict=True) if line != twin
    ] == []
