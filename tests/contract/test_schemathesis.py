"""Every operation of the description, called with what the description allows and with what it does not.

`make contract` does the same with more examples, over HTTP.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import ChecksConfig, SchemathesisConfig

from service.http.options import HttpOptions
from tests.contract import generating  # noqa: F401 - what it registers is what is sent
from tests.sample import app_of, extract, make_corpus

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "25"))
CONFIGURATION: Final = SchemathesisConfig.from_path(Path(__file__).parents[2] / "schemathesis.toml")
APP: Final = app_of(make_corpus(), extract, HttpOptions(code_version="test"))
SCHEMA: Final = schemathesis.openapi.from_wsgi("/openapi.json", APP, config=CONFIGURATION)


PLAIN: Final = {"headers": {"Accept-Encoding": "identity"}}  # without HTTP nothing would unpack it
SETTINGS: Final = settings(
    max_examples=EXAMPLES, stateful_step_count=4, derandomize=True, suppress_health_check=list(HealthCheck)
)


@SCHEMA.parametrize()
@SETTINGS
def test_description_holds(case: Any) -> None:
    case.call_and_validate(**PLAIN)


class Following(SCHEMA.as_state_machine()):  # type: ignore[misc]  # the class is made as the tests run
    def get_call_kwargs(self, case: Any) -> dict[str, Any]:
        del case
        return dict(PLAIN)


TestFollowing = Following.TestCase
TestFollowing.settings = SETTINGS


def test_every_check_is_on_and_four_statuses_more_are_taken() -> None:
    checks = CONFIGURATION.projects.get_default().checks
    names = schemathesis.checks.CHECKS.get_all_names()
    assert {"use_after_free", "allow_header_conformance", "positive_data_acceptance"} <= set(names)
    assert [name for name in names if not checks.get_by_name(name=name).enabled] == []
    usual = ChecksConfig().positive_data_acceptance.expected_statuses
    taken = checks.positive_data_acceptance.expected_statuses
    assert set(taken) - set(usual) == {"304", "400", "412", "422"}
