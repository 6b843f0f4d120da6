"""Pulumi.yaml describes every key, and each stack file loads as it is."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tablewright.environment import ConfigurationError, Environment, Settings
from tablewright.environment.configuration_schema import KEYS, Configuration
from tablewright.models.catalog import CATALOG
from tablewright.recorder import load_configuration
from tests.support.configurations import configuration, settings

ROOT = Path(__file__).parents[2]
DESCRIBED = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
STACKS = [environment.value for environment in Environment]
FULL_KEYS = {f"tablewright:{key}" for key in KEYS}


def stack_file(stack):
    return yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text())["config"]


def load(stack):
    return Settings.of(load_configuration(ROOT, stack)[1])


def test_the_project_describes_exactly_the_keys_of_the_schema():
    assert set(DESCRIBED) == FULL_KEYS


@pytest.mark.parametrize("key", sorted(FULL_KEYS))
def test_a_key_is_described_in_a_sentence_with_its_type(key):
    entry = DESCRIBED[key]
    assert entry["description"].endswith(".")
    assert entry["type"] in {"string", "integer", "boolean", "array", "object"}
    assert (entry["type"] == "array") == ("items" in entry)


def test_only_what_each_stack_must_decide_has_no_default():
    required = {f.alias for f in Configuration.model_fields.values() if f.is_required()}
    undecided = {key for key, entry in DESCRIBED.items() if "default" not in entry}
    assert undecided == {f"tablewright:{key}" for key in required - {"project"}}


def test_the_projects_defaults_change_nothing():
    defaults = {
        key.removeprefix("tablewright:"): entry["default"]
        for key, entry in DESCRIBED.items()
        if "default" in entry
    }
    assert settings(**defaults) == settings(project=defaults["project"])


def test_every_example_of_the_schema_is_a_value_that_passes():
    examples = {field.alias: field.examples[0] for field in Configuration.model_fields.values()}
    del examples["alarmEmail"]  # alarms go to a topic or an address
    assert settings(**examples).label.project == "dropify"


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_uses_described_keys_only(stack):
    assert {key for key in stack_file(stack) if key.startswith("tablewright:")} <= set(DESCRIBED)


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_loads_without_problem_or_warning(stack):
    loaded = load(stack)
    assert loaded.environment.value == stack
    assert loaded.label.prefix == f"dropify-{stack}"
    assert loaded.region == "us-east-1"
    assert loaded.overrides == loaded.warnings == ()


def test_the_local_stack_deploys_every_store_with_the_audit_trail():
    assert load("local").stores == tuple(CATALOG)
    assert load("local").enable_audit_trail is True


@pytest.mark.parametrize("stack", STACKS)
def test_only_the_local_stack_skips_what_needs_aws(stack):
    settings_of_provider = {key for key in stack_file(stack) if key.startswith("aws:")}
    local_only = {
        "aws:accessKey",
        "aws:secretKey",
        "aws:skipCredentialsValidation",
        "aws:skipMetadataApiCheck",
        "aws:skipRegionValidation",
    }
    assert settings_of_provider == {"aws:region"} | (local_only if stack == "local" else set())


@pytest.mark.parametrize("stack", STACKS)
def test_no_stack_file_says_where_an_emulator_is(stack):
    assert "127.0.0.1" not in (ROOT / f"Pulumi.{stack}.yaml").read_text()
    assert "localhost" not in (ROOT / f"Pulumi.{stack}.yaml").read_text()


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=30), max_size=6))
def test_whatever_the_text_a_key_holds_it_loads_or_is_a_configuration_error(changes):
    raw = configuration() | {f"tablewright:{key}": value for key, value in changes.items()}
    try:
        Settings.of(raw)
    except ConfigurationError as error:
        refused = {
            problem.key.split(":")[1].split(".")[0].split("[")[0] for problem in error.problems
        }
        assert refused <= set(changes) | {"alarmTopicArn", "alarmEmail"}
