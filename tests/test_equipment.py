"""What a record is made with: when the pipeline is loaded, and what makes kept texts another version's."""

from __future__ import annotations

import pickle
import shutil
import sys
from importlib.metadata import packages_distributions
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Final

import pytest
from structlog.testing import capture_logs

from service import equipment
from service.equipment import DECIDING, Equipment, LoadError
from service.extract.installed import Installed, find_pipeline
from service.load import Loader
from service.settings import TABLE
from service.store.folder import Folder
from service.store.sealed import fingerprint
from service.version import EXTRACTION
from service.vocabulary import OWN
from tests.corpora import SEEDS, loaded, loader
from tests.sample import app_of
from tests.test_architecture import MODULES, ORDER, imported, part_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from service.extract.document import Pipeline

PIPELINE: Final = next(setting.default for setting in TABLE if setting.variable == "ONRECORD_PIPELINE")
CARRIERS: Final = {"fsspec", "orjson", "structlog"}
"""What brings texts and what stands beside them, as they are, of which a text's key has both; and what tells of it."""
ARTICLE: Final = "Mayor Ada Example told reporters in Oslo on Friday that the old bridge would reopen in May."


class Loads:
    """Stands in for loading the pipeline: counts, hands out the one that is loaded already, fails while it is told to."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.count = 0
        self.fails = False

    def __call__(self, name: str) -> Pipeline:
        self.count += 1
        if self.fails:
            message = f"{name}: no room"
            raise LoadError(message)
        return self.pipeline


@pytest.fixture
def loads(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Loads:
    stand_in = Loads(pipeline)
    monkeypatch.setattr(equipment, "_load", stand_in)
    return stand_in


def made(cache: Path | None, vocabulary: Path = OWN, pipeline: str = PIPELINE) -> Loader:
    return Loader(vocabulary, pipeline, max_file=10_000_000, cache=cache)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder that holds what the seeds say."""
    folder = Folder(tmp_path / "kept", equipment._deciding(OWN, find_pipeline(PIPELINE)))
    for found in loaded(SEEDS).extracted:
        folder.put(found)
    return folder.root


@pytest.fixture
def client(cache: Path) -> FlaskClient:
    warm = made(cache)
    return app_of(warm.load(warm.read([SEEDS])).corpus, warm.posted).test_client()


def test_without_a_folder_the_pipeline_is_loaded_at_once(loads: Loads) -> None:
    assert made(None).extractor is not None
    assert loads.count == 1


def test_with_an_empty_folder_too(loads: Loads, tmp_path: Path) -> None:
    made(tmp_path)
    assert loads.count == 1


def test_with_kept_texts_it_is_loaded_for_the_first_posted_one(client: FlaskClient, loads: Loads) -> None:
    assert client.get("/v1/statements").get_json()["total"] == len(loaded(SEEDS).corpus.statements)
    assert loads.count == 0
    for _ in range(2):
        assert client.post("/v1/extract", json={"text": ARTICLE}).get_json()["statements"]
    assert loads.count == 1


def test_with_kept_texts_it_is_loaded_for_a_new_one(cache: Path, loads: Loads, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(ARTICLE, encoding="utf-8")
    warm = made(cache)
    record = warm.load(warm.read([SEEDS, tmp_path / "new.txt"]), processes=1)
    assert len(record.corpus.sources) == 6
    assert loads.count == 1
    again = made(cache)
    assert again.load(again.read([SEEDS, tmp_path / "new.txt"])).corpus == record.corpus
    assert loads.count == 1


def test_kept_texts_give_the_same_record(cache: Path) -> None:
    warm = made(cache)
    record = warm.load(warm.read([SEEDS]))
    assert record.corpus == loaded(SEEDS).corpus
    assert record.extracted == loaded(SEEDS).extracted


def test_a_pipeline_that_cannot_be_loaded_fails_the_posted_text_alone(
    client: FlaskClient, loads: Loads
) -> None:
    loads.fails = True
    with capture_logs() as logs:
        answer = client.post("/v1/extract", json={"text": ARTICLE})
    assert answer.status_code == 500
    assert answer.get_json()["type"] == "/v1/problems/internal-error"
    (line,) = [line for line in logs if line["log_level"] == "error"]
    assert line["route"] == "/v1/extract"
    assert line["exception"]
    assert client.get("/readyz").status_code == 200
    assert client.get("/v1/statements").status_code == 200
    loads.fails = False
    assert client.post("/v1/extract", json={"text": ARTICLE}).status_code == 200


def test_threads_that_need_it_at_once_load_it_once(cache: Path, loads: Loads) -> None:
    warm, gate, got = made(cache), Barrier(8), []

    def need() -> None:
        gate.wait()
        got.append(warm.extractor)

    threads = [Thread(target=need) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in got}) == 1
    assert (len(got), loads.count) == (8, 1)


def test_a_wrong_name_is_told_at_the_start_also_with_kept_texts(cache: Path) -> None:
    with pytest.raises(LoadError, match=r"ONRECORD_PIPELINE: 'no_such_pipeline' .*spacy download"):
        made(cache, pipeline="no_such_pipeline")


def test_another_vocabulary_code_pipeline_or_package_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, model = tmp_path / "vocabulary", tmp_path / "model"
    shutil.copytree(OWN, words, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    installed = Installed("own", "en_own-1", model)
    versions = [equipment._deciding(words, installed)]
    assert equipment._deciding(words, installed) == versions[0]

    def another(pipeline: Installed = installed) -> None:
        versions.append(equipment._deciding(words, pipeline))

    (words / "verbs.yaml").write_text((words / "verbs.yaml").read_text() + "# a note\n")
    another()
    (model / "weights").write_bytes(b"2")
    another()
    another(Installed("own", "en_own-2", model))
    monkeypatch.setattr(equipment, "extraction_version", lambda: "other code")
    another()
    monkeypatch.setattr(equipment, "version", lambda package: f"{package} of tomorrow")
    another()
    assert len(set(versions)) == len(versions) == 6


def test_every_package_that_reading_and_extracting_use_decides() -> None:
    deciding = {one.removesuffix(".py") for one in EXTRACTION}
    # how many cores there are decides how soon, not what
    assert deciding == {*ORDER[: ORDER.index("extract") + 1]} - {"cores"}
    used = {name.split(".")[0] for path in MODULES if part_of(path) in deciding for name in imported(path)}
    foreign = used - sys.stdlib_module_names - {"service"}
    distributions = {packages_distributions()[name][0].lower() for name in foreign - CARRIERS}
    assert distributions <= set(DECIDING)
    assert foreign >= CARRIERS


def test_a_recipe_makes_elsewhere_what_is_made_here(tmp_path: Path, loads: Loads) -> None:
    own = equipment.recipe(OWN, PIPELINE)
    assert own == equipment.Recipe(None, PIPELINE)
    assert fingerprint(own.deciding()) == equipment._deciding(OWN, find_pipeline(PIPELINE))
    assert own.extractor().vocabulary.hashes == loader().vocabulary.hashes
    assert loads.count == 1
    words = tmp_path / "vocabulary"
    shutil.copytree(OWN, words, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    other = equipment.recipe(words, PIPELINE)
    assert (other.vocabulary, other.deciding()) == (words, own.deciding())
    (words / "verbs.yaml").write_text((words / "verbs.yaml").read_text() + "# a note\n")
    assert len(set(other.deciding()) - set(own.deciding())) == 1
    assert pickle.loads(pickle.dumps(other)) == other  # noqa: S301 - our own
    with pytest.raises(LoadError, match="no_such_pipeline"):
        equipment.recipe(OWN, "no_such_pipeline").deciding()


def test_where_others_parse_the_pipeline_is_not_loaded(loads: Loads) -> None:
    elsewhere = Loader(OWN, PIPELINE, max_file=10_000_000, scheduler="tcp://127.0.0.1:1")
    assert loads.count == 0
    assert elsewhere.read([SEEDS]).texts == loader().read([SEEDS]).texts


def test_an_equipment_tells_its_version() -> None:
    assert Equipment(OWN, PIPELINE, None).version == loader().version
