"""What `deploy/` holds, and the image: each file by the tool that judges its kind, and all of them by what they say of each other."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import kubernetes_validate  # type: ignore[import-untyped]  # it comes without types
import pytest
import yaml

from service.cli.ready import main as ready
from service.settings import SettingsError, read_bind, unknown_settings
from service.version import VERSION
from tests.corpora import ROOT, loader

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY: Final = ROOT / "deploy"
KUBERNETES: Final = DEPLOY / "kubernetes"
GUIDE: Final = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DOCKERFILE: Final = (ROOT / "Dockerfile").read_text(encoding="utf-8")
REPLICAS: Final = ("onrecord-1", "onrecord-2", "onrecord-3")
PARSER_SECONDS: Final = 60
"""So long may a parser take until it is there, where none is yet."""
QUEUE_SECONDS: Final = 5
"""So long may a text wait for its turn."""
RELEASES: Final = ("1.30", "1.37")
"""The oldest and the newest Kubernetes that the manifests are held against."""

PATIENCE: Final = 60

prometheus_is_there = pytest.mark.skipif(
    not (shutil.which("promtool") and shutil.which("prometheus")),
    reason="Prometheus is not installed, which judges and runs the alert rules",
)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 - the tests' own commands
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# the image ------------------------------------------------------------------------------------------------------------


def test_the_dockerfile_is_in_good_style() -> None:
    assert run(str(Path(sys.executable).parent / "hadolint"), "Dockerfile") == ""


def test_what_the_image_is_made_of_is_handed_over() -> None:
    """Whatever is copied from here is there, and not left out by `.dockerignore`."""
    copied = [
        source
        for names in re.findall(r"(?m)^COPY (?!--from)(.*) \S+$", DOCKERFILE)
        for source in names.split()
    ]
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line[0] == "!"
    }
    assert len(copied) > 5
    for source in copied:
        assert list(ROOT.glob(source)), source
        assert any(each.split("/")[0] == source.split("/")[0] for each in allowed), source


def test_the_image_that_is_served_has_no_installer() -> None:
    last = DOCKERFILE[DOCKERFILE.index(" AS service") :]
    assert "pip uninstall" in last
    assert "pip install" not in last
    assert "apt-get" not in last


def test_the_image_is_tried_as_it_is_built() -> None:
    """What is left out of the image would be missed there: the stage that tries it is the one that the last is made of."""
    baked = DOCKERFILE[DOCKERFILE.index("FROM service AS baked") :]
    assert "python /bake.py" in baked
    assert re.search(r"(?m)^FROM service$", baked)
    assert baked.count("COPY --from=baked") == 2


def test_one_version_everywhere() -> None:
    assert f"ARG VERSION={VERSION}\n" in DOCKERFILE
    (image,) = read(KUBERNETES / "kustomization.yaml")["images"]
    assert image == {"name": "onrecord", "newName": "onrecord", "newTag": VERSION}


def test_the_settings_of_the_image_are_settings() -> None:
    named = re.findall(r"\b(ONRECORD_\w+)=", DOCKERFILE)
    assert len(named) > 2
    assert unknown_settings(dict.fromkeys(named, "")) == ()


def test_the_settings_of_the_replicas_are_settings() -> None:
    for name in REPLICAS:
        assert unknown_settings(services()[name]["environment"]) == ()
    assert unknown_settings({each["name"]: each["value"] for each in container()["env"]}) == ()


def test_a_server_that_still_parses_stops_when_told(tmp_path: Path) -> None:
    """The first process of a container ignores what it does not handle, and gunicorn only comes after the parsing."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")},
        "ONRECORD_TEXTS": str(ROOT / "seeds"),
        "ONRECORD_BIND": f"unix:{tmp_path}/socket",
    }
    command = [sys.executable, "-c", "import sys; from service.cli import main; sys.exit(main())", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603 - ours
        assert server.stderr is not None
        assert json.loads(server.stderr.readline())["event"] == "read"
        server.terminate()
        assert server.wait(PATIENCE) == 128 + signal.SIGTERM


# compose --------------------------------------------------------------------------------------------------------------


@cache
def services() -> dict[str, Any]:
    found: dict[str, Any] = read(DEPLOY / "compose.yaml")["services"]
    return found


def test_nginx_prometheus_and_compose_mean_the_same_replicas() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    asked = re.findall(r"(?m)^\s*server (\S+):8000\b", nginx)
    (job,) = read(DEPLOY / "prometheus.yml")["scrape_configs"]
    (targets,) = (each["targets"] for each in job["static_configs"])
    assert tuple(target.removesuffix(":8000") for target in targets) == REPLICAS
    assert asked == [services()[name]["networks"]["inside"]["ipv4_address"] for name in REPLICAS]
    assert set(REPLICAS) == {name for name in services() if name not in {"nginx", "prometheus"}}
    assert services()["nginx"]["ports"] == ["${PUBLISHED:-8080}:8080"]
    assert re.search(r"\blisten 8080\b", nginx)


def test_nginx_waits_longer_than_a_text_may_take() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    waits = re.search(r"location = /v1/extract \{[^}]*\bproxy_read_timeout (\d+)s;", nginx)
    assert waits
    for name in REPLICAS:
        reading = int(services()[name]["environment"]["ONRECORD_EXTRACT_SECONDS"])
        assert PARSER_SECONDS + QUEUE_SECONDS + reading < int(waits[1])


def test_replicas_keep_their_addresses() -> None:
    """Nginx knows them by these."""
    addresses = {services()[name]["networks"]["inside"]["ipv4_address"] for name in REPLICAS}
    assert len(addresses) == 3


@pytest.mark.parametrize("name", [*REPLICAS, "nginx", "prometheus"])
def test_containers_have_no_rights_and_bounds(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"
    assert {"cpus", "memory", "pids"} <= set(service["deploy"]["resources"]["limits"])
    assert service["stop_grace_period"]
    assert not service.get("privileged")


def test_what_is_mounted_from_here_is_here() -> None:
    mounted = [
        volume.split(":")[0] for each in services().values() for volume in each["volumes"] if volume[0] == "."
    ]
    assert len(mounted) == 3
    assert all((DEPLOY / path).is_file() for path in mounted)


# Kubernetes -----------------------------------------------------------------------------------------------------------


@cache
def manifests() -> dict[str, Any]:
    """Every manifest by its kind; there is one of each."""
    names = read(KUBERNETES / "kustomization.yaml")["resources"]
    found = {each["kind"]: each for name in names for each in [read(KUBERNETES / name)]}
    assert len(found) == len(names)
    return found


def container() -> dict[str, Any]:
    (one,) = manifests()["Deployment"]["spec"]["template"]["spec"]["containers"]
    found: dict[str, Any] = one
    return found


def test_every_manifest_is_listed() -> None:
    listed = set(read(KUBERNETES / "kustomization.yaml")["resources"])
    assert listed | {"kustomization.yaml"} == {path.name for path in KUBERNETES.glob("*.yaml")}


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(
    "kind",
    [
        "Namespace",
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
    ],
)
def test_manifests_are_what_kubernetes_takes(kind: str, release: str) -> None:
    kubernetes_validate.validate(manifests()[kind], release, strict=True)


@pytest.mark.parametrize("release", RELEASES)
def test_the_ingress_of_the_guide_hands_on_what_is_for_clients(release: str) -> None:
    (text,) = (block for block in re.findall(r"(?ms)^```yaml\n(.*?)^```$", GUIDE) if "kind: Ingress" in block)
    ingress = yaml.safe_load(text)
    kubernetes_validate.validate(ingress, release, strict=True)
    (rule,) = ingress["spec"]["rules"]
    paths = {each["path"]: each["pathType"] for each in rule["http"]["paths"]}
    pages = {
        "/": "Exact",
        "/try": "Exact",
        **dict.fromkeys(("/sources", "/events", "/speakers", "/files"), "Prefix"),
    }
    assert paths == {**pages, "/v1": "Prefix", "/docs": "Prefix", "/openapi.json": "Exact"}
    service = manifests()["Service"]
    named = {"name": service["metadata"]["name"], "port": {"name": service["spec"]["ports"][0]["name"]}}
    assert all(each["backend"]["service"] == named for each in rule["http"]["paths"])


def test_a_member_that_kubernetes_does_not_know_would_be_seen() -> None:
    wrong = json.loads(json.dumps(manifests()["Deployment"]))
    wrong["spec"]["template"]["spec"]["containers"][0]["readOnly"] = True
    with pytest.raises(kubernetes_validate.ValidationError, match="readOnly"):
        kubernetes_validate.validate(wrong, RELEASES[-1], strict=True)


def test_manifests_mean_the_same_pods() -> None:
    deployment = manifests()["Deployment"]["spec"]
    labels = deployment["template"]["metadata"]["labels"]
    assert labels == deployment["selector"]["matchLabels"] == manifests()["Service"]["spec"]["selector"]
    assert labels == manifests()["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]
    assert labels == manifests()["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"]
    scaled = manifests()["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert (scaled["kind"], scaled["name"]) == ("Deployment", manifests()["Deployment"]["metadata"]["name"])
    ports = {port["name"] for port in container()["ports"]}
    assert {port["targetPort"] for port in manifests()["Service"]["spec"]["ports"]} == ports
    assert {each["httpGet"]["port"] for name, each in container().items() if name.endswith("Probe")} == ports


def test_pods_have_no_rights() -> None:
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert f"USER {pod['securityContext']['runAsUser']}\n" in DOCKERFILE
    assert pod["automountServiceAccountToken"] is False
    context = container()["securityContext"]
    assert context["readOnlyRootFilesystem"] is True
    assert context["allowPrivilegeEscalation"] is False
    assert context["capabilities"] == {"drop": ["ALL"]}


def test_a_rollout_takes_no_replica_away_before_another_is_there() -> None:
    spec = manifests()["Deployment"]["spec"]
    assert spec["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert "replicas" not in spec  # the autoscaler's
    assert manifests()["HorizontalPodAutoscaler"]["spec"]["minReplicas"] == 3
    probes = {name: each["httpGet"]["path"] for name, each in container().items() if name.endswith("Probe")}
    assert probes == {"startupProbe": "/readyz", "livenessProbe": "/livez", "readinessProbe": "/readyz"}


def test_what_is_mounted_is_where_the_image_looks() -> None:
    mounts = {mount["name"]: mount["mountPath"] for mount in container()["volumeMounts"]}
    for variable, name in {"ONRECORD_TEXTS": "texts", "ONRECORD_CACHE": "parsed", "TMPDIR": "tmp"}.items():
        assert re.search(rf"\b{variable}={mounts[name]}\b", DOCKERFILE), variable
    volumes = {
        volume["name"]: volume for volume in manifests()["Deployment"]["spec"]["template"]["spec"]["volumes"]
    }
    assert set(volumes) == set(mounts)
    (generated,) = read(KUBERNETES / "kustomization.yaml")["configMapGenerator"]
    assert volumes["texts"]["configMap"]["name"] == generated["name"]


def test_texts_of_a_config_map_are_read_once_each(tmp_path: Path) -> None:
    """They are mounted as links into a folder beside them, which another link names, so that all change at once."""
    (generated,) = read(KUBERNETES / "kustomization.yaml")["configMapGenerator"]
    inside = tmp_path / "..2026_11_22_14_00_00.1"
    inside.mkdir()
    (tmp_path / "..data").symlink_to(inside.name)
    for file in generated["files"]:
        shutil.copy(KUBERNETES / file, inside)
        (tmp_path / Path(file).name).symlink_to(Path("..data") / Path(file).name)
    found = loader().read([tmp_path])
    assert [text.file for text in found.texts] == [Path(file).name for file in generated["files"]]
    assert found.rejected == ()


def test_variables_that_kubernetes_sets_for_a_service_are_kept_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a Service called onrecord it would say ONRECORD_PORT=tcp://…, where we expect a number."""
    monkeypatch.delenv("ONRECORD_BIND", raising=False)
    monkeypatch.setenv("ONRECORD_PORT", "tcp://192.0.2.1:80")
    with pytest.raises(SettingsError, match="ONRECORD_PORT"):
        read_bind()
    assert ready() == 1
    assert manifests()["Service"]["metadata"]["name"] == "onrecord"
    assert manifests()["Deployment"]["spec"]["template"]["spec"]["enableServiceLinks"] is False


# alerts ---------------------------------------------------------------------------------------------------------------

ALERTS: Final[list[dict[str, Any]]] = read(DEPLOY / "alerts.yml")["groups"][0]["rules"]
each_alert = pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
SERIES: Final = re.compile(r"\b((?:onrecord_\w+|up)\b)(?:\{([^}]*)\})?")
LABEL: Final = re.compile(r'(\w+)(?:=~|!~|!=|=)"([^"]*)"')
_PROMETHEUS_S: Final = frozenset({"job", "instance"})


def without_threshold(expression: str) -> str:
    bare, cut = re.subn(r"\s*(==|>=|<=|<|>)\s*[\d.]+\s*\Z", "", expression)
    assert cut == 1, expression
    return bare


@prometheus_is_there
def test_prometheus_takes_rules_and_configuration() -> None:
    assert f"{len(ALERTS)} rules found" in run("promtool", "check", "rules", "deploy/alerts.yml")
    assert "SUCCESS" in run("promtool", "check", "config", "deploy/prometheus.yml")


@prometheus_is_there
def test_prometheus_takes_the_configuration_for_kubernetes(tmp_path: Path) -> None:
    """All but how pods are found, which Debian's build of it does not know."""
    configuration = read(DEPLOY / "prometheus-kubernetes.yml")
    (job,) = configuration["scrape_configs"]
    assert list(job.pop("kubernetes_sd_configs")[0]) == ["role", "namespaces", "selectors"]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    shutil.copy(DEPLOY / "alerts.yml", tmp_path)
    assert "SUCCESS" in run("promtool", "check", "config", str(tmp_path / "prometheus.yml"))


def test_rules_look_for_the_job_as_it_is_configured() -> None:
    asked = {job for alert in ALERTS for job in re.findall(r'\bjob="(\w+)"', alert["expr"])}
    for name in ("prometheus.yml", "prometheus-kubernetes.yml"):
        assert {job["job_name"] for job in read(DEPLOY / name)["scrape_configs"]} == asked


def test_prometheus_finds_the_pods_that_are_deployed() -> None:
    (job,) = read(DEPLOY / "prometheus-kubernetes.yml")["scrape_configs"]
    (found,) = job["kubernetes_sd_configs"]
    (label,) = (f"{key}={value}" for key, value in manifests()["Service"]["spec"]["selector"].items())
    assert found["namespaces"]["names"] == [manifests()["Namespace"]["metadata"]["name"]]
    assert [chosen["label"] for chosen in found["selectors"]] == [label]
    (monitor,) = (
        yaml.safe_load(block)
        for block in re.findall(r"(?ms)^```yaml\n(.*?)^```$", GUIDE)
        if "PodMonitor" in block
    )
    labels = manifests()["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert monitor["spec"]["selector"]["matchLabels"] == labels
    assert labels[monitor["spec"]["jobLabel"]] == job["job_name"]
    assert {each["port"] for each in monitor["spec"]["podMetricsEndpoints"]} == {
        port["name"] for port in container()["ports"]
    }


@pytest.mark.enable_socket
@prometheus_is_there
def test_an_empty_folder_is_told_of(tmp_path: Path) -> None:
    """As a service over no texts tells of itself, for all that is in the vocabulary."""
    (expression,) = (alert["expr"] for alert in ALERTS if alert["alert"] == "OnrecordNothingServed")
    with process(sys.executable, "-m", "tests.serving", ONRECORD_TEXTS=str(tmp_path)) as server:
        assert server.stdout is not None
        host = f"127.0.0.1:{int(server.stdout.readline())}"
        wait_until_ready(host)
        told = re.findall(r"(?m)^(onrecord_records)(\{.*\}) (\S+)$", ask(f"http://{host}/metrics").decode())
    assert len(told) == 5
    assert any(float(value) for *_, value in told)
    rules = {
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": name + labels, "values": value} for name, labels, value in told],
                "promql_expr_test": [
                    {"expr": expression, "eval_time": "0m", "exp_samples": [{"labels": "{}", "value": 0}]}
                ],
            }
        ],
    }
    (tmp_path / "rules.yml").write_text(yaml.safe_dump(rules), encoding="utf-8")
    run("promtool", "test", "rules", str(tmp_path / "rules.yml"))


@prometheus_is_there
def test_alerts_fire_when_they_should_and_only_then() -> None:
    run("promtool", "test", "rules", "deploy/alerts_test.yml")


@each_alert
def test_alerts_are_tested_and_explained(alert: dict[str, Any]) -> None:
    name = alert["alert"]
    assert f'alertname="{name}",alertstate="firing"' in (DEPLOY / "alerts_test.yml").read_text(
        encoding="utf-8"
    )
    assert alert["labels"]["severity"] in {"critical", "warning"}
    assert set(alert["annotations"]) == {"summary", "description", "runbook"}
    assert alert["annotations"]["runbook"] == f"docs/operations.md#{name.lower()}"
    assert f"\n### {name}\n" in GUIDE


def test_the_guide_explains_no_alert_that_is_not_there() -> None:
    assert set(re.findall(r"(?m)^### (Onrecord\w+)$", GUIDE)) == {alert["alert"] for alert in ALERTS}


def ask(address: str, data: bytes | None = None) -> bytes:
    request = Request(address, data, {"Content-Type": "text/plain; charset=utf-8"})  # noqa: S310 - this machine's
    with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - the same
        answer: bytes = response.read()
    return answer


@contextmanager
def process(*command: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    with subprocess.Popen(  # noqa: S603 - the tests' own commands
        command,
        cwd=ROOT,
        env={**others, **settings},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as started:
        try:
            yield started
        finally:
            started.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The host and port of a service that was asked, and read a posted text."""
    texts = tmp_path_factory.mktemp("texts")
    shutil.copy(KUBERNETES / "texts" / "harbour.txt", texts)
    with process(sys.executable, "-m", "tests.serving", ONRECORD_TEXTS=str(texts)) as server:
        assert server.stdout is not None
        host = f"127.0.0.1:{int(server.stdout.readline())}"
        use(host)
        yield host


def use(host: str) -> None:
    """Ask whether the service is ready, and for statements, and post a text."""
    for path in ("/readyz", "/v1/statements"):
        ask(f"http://{host}{path}")
    ask(f"http://{host}/v1/extract", b"The harbour stays open, Mayor Ada Example said.")


@pytest.fixture(scope="module")
def watched(served: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Prometheus that has seen the service at work."""
    home = tmp_path_factory.mktemp("prometheus")
    configuration = read(DEPLOY / "prometheus.yml")
    configuration["global"] = {"scrape_interval": "200ms", "scrape_timeout": "200ms"}
    configuration["rule_files"] = [str(DEPLOY / "alerts.yml")]
    configuration["scrape_configs"][0]["static_configs"] = [{"targets": [served]}]
    (home / "prometheus.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    options = {
        "config.file": home / "prometheus.yml",
        "storage.tsdb.path": home / "data",
        "web.listen-address": host,
    }
    with process("prometheus", *(f"--{name}={value}" for name, value in options.items())):
        wait_for(f"http://{host}", "sum_over_time(up[1m]) > 1")
        use(served)
        wait_for(f"http://{host}", "rate(onrecord_extraction_seconds_count[1m]) > 0")
        yield f"http://{host}"


def wait_for(address: str, expression: str) -> None:
    until = time.monotonic() + PATIENCE
    while not samples(address, expression):
        assert time.monotonic() < until, expression
        time.sleep(0.1)


def samples(address: str, expression: str) -> list[Any]:
    """What Prometheus answers; nothing while it does not yet."""
    try:
        answer = json.loads(ask(f"{address}/api/v1/query?{urlencode({'query': expression})}"))
    except HTTPError as error:
        if error.code != 503:
            raise
        return []
    except URLError:
        return []
    found: list[Any] = answer["data"]["result"]
    return found


@pytest.mark.enable_socket
@prometheus_is_there
@each_alert
def test_every_alert_watches_something(alert: dict[str, Any], watched: str) -> None:
    """Without its threshold each expression has a value, and a number, over a running service; with it, none."""
    found = samples(watched, without_threshold(alert["expr"]))
    assert found
    assert all(sample["value"][1] != "NaN" for sample in found)
    assert samples(watched, alert["expr"]) == []


@pytest.mark.enable_socket
@each_alert
def test_alerts_name_what_the_service_counts(alert: dict[str, Any], served: str) -> None:
    """Every metric, every label, and every route and outcome of an expression is among those that are told."""
    told = ask(f"http://{served}/metrics").decode()
    for name, chosen in SERIES.findall(alert["expr"]):
        if name == "up":
            continue
        lines = re.findall(rf"(?m)^{name}(?:\{{(.*)\}})? ", told)
        assert lines, name
        for label, value in LABEL.findall(chosen):
            values = {known for line in lines for key, known in LABEL.findall(line) if key == label}
            assert values, (name, label)
            if label == "outcome" or (label == "route" and value == "/readyz"):
                assert set(value.split("|")) <= values
    for grouped in re.findall(r"\bby \(([^)]*)\)", alert["expr"]):
        labels = set(grouped.replace(" ", "").split(",")) - _PROMETHEUS_S
        assert all(re.search(rf"[{{,]{label}=", told) for label in labels)


# the guide ------------------------------------------------------------------------------------------------------------


def test_files_that_the_guide_links_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", GUIDE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """A link to a folder with a text, beside which there is another with another text."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "harbour.txt").write_text(
            f"The {name} harbour\n\nIt stays open, Mayor Ada Example said.", encoding="utf-8"
        )
    (tmp_path / "texts").symlink_to("old")
    return tmp_path / "texts"


def takes_over(host: str, old: int) -> str:
    """Give what the guide says to do to have a new master with new texts take over."""
    commands: str
    (commands,) = (block for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", GUIDE) if "kill -USR2" in block)
    for variable, value in {"address": host, "old": str(old)}.items():
        commands, replaced = re.subn(rf"(?m)^{variable}=.*$", f"{variable}={value}", commands)
        assert replaced == 1
    return commands


@pytest.mark.enable_socket
@pytest.mark.skipif(not shutil.which("curl"), reason="the guide's commands need curl")
def test_nothing_is_told_to_a_master_that_does_not_answer() -> None:
    """What it serves must be known, or it would seem to be something new."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with process("sleep", str(PATIENCE)) as old:
        commands = takes_over(host, old.pid)
        done = subprocess.run(["bash", "-c", commands], check=False, timeout=PATIENCE)  # noqa: S603, S607 - the guide's own
        assert done.returncode == 1
        assert old.poll() is None


@pytest.mark.enable_socket
@pytest.mark.skipif(not shutil.which("curl"), reason="the guide's commands need curl")
def test_a_new_master_takes_over_as_the_guide_says(link: Path, tmp_path: Path) -> None:
    script = tmp_path / "onrecord"  # a file, which the new master is started from again
    script.write_text("import sys\nfrom service.cli import main\nsys.exit(main())\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    settings = {"PYTHONPATH": str(ROOT), "ONRECORD_TEXTS": str(link), "ONRECORD_BIND": host}
    with process(sys.executable, str(script), "serve", WEB_CONCURRENCY="1", **settings) as server:
        try:
            wait_until_ready(host)
            assert b"The old harbour" in ask(f"http://{host}/v1/sources")
            link.unlink()
            link.symlink_to("new")
            run("bash", "-euc", takes_over(host, server.pid))
            assert server.wait(PATIENCE) == 0
            assert b"The new harbour" in ask(f"http://{host}/v1/sources")
        finally:
            end(script)


def wait_until_ready(host: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError):
            ask(f"http://{host}/readyz")
            return
        assert time.monotonic() < until
        time.sleep(0.1)


def end(script: Path) -> None:
    """End all processes that run a script, whose path nobody else has."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if str(script).encode() in each.read_bytes().split(b"\0"):
                os.kill(int(each.parent.name), signal.SIGTERM)
