"""What keeps a request, a text and a file from doing more than they should, held for the code as a whole."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests import audit
from tests.corpora import ROOT
from tests.test_architecture import MODULES, PACKAGE, each_module, imported

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSAFE_MODULES: Final = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "code", "codeop", "pty"}
"""They make objects, or programs, of bytes."""
UNSAFE_CALLS: Final = {"eval", "exec", "compile", "__import__", "breakpoint"}
UNSAFE_ATTRIBUTES: Final = {
    *("os.system", "os.popen", "yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "yaml.unsafe_load_all"),
    *("yaml.UnsafeLoader", "yaml.FullLoader", "yaml.Loader", "numpy.load", "tempfile.mktemp"),
}
SAFE_LOADERS: Final = {"_Loader", "_Strings"}
"""The classes that `yaml.load` may be given: one is a safe loader, the other makes nothing but strings."""


def unsafe(module: str) -> Iterator[str]:
    """Name what `module` uses of all this."""
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in UNSAFE_CALLS:
            yield node.func.id
        if isinstance(node, ast.Attribute) and ast.unparse(node) in UNSAFE_ATTRIBUTES:
            yield ast.unparse(node)
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            if called == "yaml.load" and given.get("Loader") not in SAFE_LOADERS:
                yield f"yaml.load with {given.get('Loader')}"
            if called.startswith("subprocess.") and given.get("shell", "False") != "False":
                yield "a shell"


@each_module
def test_nothing_makes_programs_or_objects_of_bytes(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} & UNSAFE_MODULES == set()
    assert list(unsafe(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "eval(text)",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.load(text)",
        "os.system(text)",
        "subprocess.run(text, shell=True)",
    ],
)
def test_what_is_unsafe_would_be_seen(line: str) -> None:
    assert list(unsafe(line))


def test_the_loaders_make_nothing_but_plain_data() -> None:
    named = {path: path.read_text(encoding="utf-8") for path in MODULES}
    bases = {
        node.name: ast.unparse(node.bases[0])
        for module in named.values()
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.ClassDef) and node.name in SAFE_LOADERS
    }
    assert bases == {"_Loader": "_SAFE", "_Strings": "yaml.BaseLoader"}


# files ----------------------------------------------------------------------------------------------------------------

ASKS: Final = """
import json, sys
from tests.http.described import OPERATIONS
from tests.sample import app_of, extract, make_corpus
from service.http.options import HttpOptions

opened, rounds = [], []
TOUCHING = {"open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink",
    "os.truncate", "os.utime", "shutil.copyfile", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp", "subprocess.Popen", "os.exec",
    "os.system", "os.posix_spawn", "socket.connect"}
sys.addaudithook(lambda event, told: opened.append(f"{event} {told[0] if told else ''}") if event in TOUCHING else None)
HOSTILE = ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/secret", "/etc/passwd", "//etc/passwd", "file:///etc/passwd",
    "secret%00.txt", "....//secret", "C:\\\\secret", "~root/secret", "%c0%ae%c0%ae/secret", "secret.txt", "seeds", "*", "$(id)", "`id`", "|id"]
app = app_of(make_corpus(), extract, HttpOptions())
client = app.test_client()

def ask(values):
    for operation in OPERATIONS:
        operation.send(client, operation.url)
        for value in values:
            client.open(operation.path.replace("{id}", value), method=operation.method)
            client.open(operation.url.rstrip("/") + "/x/" + value, method=operation.method)
            for name in operation.names:
                client.open(operation.url, method=operation.method, query_string=name + "=" + value)
            for name in ("ACCEPT", "ACCEPT_ENCODING", "IF_NONE_MATCH", "X_REQUEST_ID", "HOST", "X_FORWARDED_FOR", "REFERER", "COOKIE"):
                client.open(operation.url, method=operation.method, environ_overrides={"HTTP_" + name: value})
            client.post("/v1/extract", json={"text": value, "title": value, "published": value})

for values in (HOSTILE[:1], HOSTILE):
    opened.clear()
    ask(values)
    rounds.append(list(opened))
print(json.dumps(rounds))
"""


def test_no_request_leads_to_a_file() -> None:
    """What is first needed is loaded once, from the package and its libraries; after that nothing is opened at all."""
    done = subprocess.run(  # noqa: S603 - this interpreter, and a program written here
        [sys.executable, "-c", ASKS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    first, rest = json.loads(done.stdout.splitlines()[-1])
    own = (
        str(PACKAGE),
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
    )
    others = [
        each
        for each in first
        if not each.partition(" ")[2].startswith((*own, str(ROOT / "tests"), *map(str, map(Path, sys.path))))
    ]
    assert others == []
    assert rest == []


# what is known of the packages ----------------------------------------------------------------------------------------


def report(monkeypatch: pytest.MonkeyPatch, stdout: str, stderr: str = "") -> None:
    done = subprocess.CompletedProcess((), 1, stdout, stderr)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_more: done)


def known(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0", **more}


WEAK: Final = {
    "id": "PYSEC-2026-1",
    "fix_versions": ["1.1"],
    "aliases": ["CVE-2026-1"],
    "description": "It is weak.",
}


def test_a_known_weakness_fails_the_audit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report(monkeypatch, json.dumps({"dependencies": [known("safe", vulns=[]), known("weak", vulns=[WEAK])]}))
    assert audit.main() == 1
    told = capsys.readouterr().out
    assert "2 packages asked about, 1 known weaknesses\nweak 1.0: PYSEC-2026-1, mended in 1.1" in told
    monkeypatch.setattr(audit, "IGNORED", {"CVE-2026-1": "the service does not call what is weak"})
    assert audit.main() == 0


def test_what_could_not_be_asked_is_told_and_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report(
        monkeypatch, json.dumps({"dependencies": [known("safe", vulns=[]), known("odd", skip_reason="no")]})
    )
    assert audit.main() == 0
    assert "nothing is known of them: odd" in capsys.readouterr().out
    report(monkeypatch, "", "Traceback\nConnectionError: no network")
    assert audit.main() == 0
    assert (
        "PyPI could not be asked, so nothing is known (ConnectionError: no network)"
        in capsys.readouterr().out
    )


def test_every_ignored_weakness_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in audit.IGNORED.values())
