"""Every rule is classified as the pack promises, and ships at the level that it promises."""

import json
from importlib import import_module
from urllib.parse import urlsplit

import pytest

from rules import META, RULES, framework
from rules.framework.rule import ResourceRule, Rule
from rules.framework.settings import ENVIRONMENTS
from tests.policies.expected_rules import EXPECTED
from tests.support.policy_pack import PACK, level_file

PROMISED = {promise.id: promise for promise in EXPECTED}
LEVEL_OF = {"local": 0, "dev": 0, "staging": 1, "prod": 2}
EXEMPTING = {
    "administrators",
    "consumedElsewhere",
    "coveredElsewhere",
    "ephemeralTables",
    "externalResources",
    "identifyingWords",
    "scanConsumers",
    "servicesWithoutSource",
    "starActions",
    "trustedAccounts",
    "trustedOrganizations",
}
FILES = [file for file in (PACK / "rules").glob("*.py") if file.stem != "__init__"]

of_every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_the_pack_holds_exactly_the_promised_rules_in_their_order():
    assert [rule.id for rule in RULES] == [promise.id for promise in EXPECTED]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_rules_holds_one_and_the_pack_runs_it(file):
    module = import_module(f"rules.{file.stem}")
    held = [value.id for value in vars(module).values() if isinstance(value, Rule)]
    assert held == [file.stem.replace("_", "-")]
    assert held[0] in [rule.id for rule in RULES]


def test_the_map_of_the_framework_names_every_module():
    modules = {file.stem for file in (PACK / "rules" / "framework").glob("*.py")} - {"__init__"}
    assert {name for name in modules if f"`{name}`" not in framework.__doc__} == set()


def test_what_judges_the_waivers_runs_last():
    assert [rule.id for rule in RULES[-2:]] == [rule.id for rule in META]
    assert META[-1].id == "waiver-hygiene"


@of_every_rule
def test_a_rule_is_classified_as_promised(rule):
    promise = PROMISED[rule.id]
    resource = isinstance(rule, ResourceRule)
    assert rule.severity.value == promise.severity
    assert ("resource" if resource else "stack") == promise.kind
    assert tuple(rule.mappings.tags()) == promise.controls
    assert (resource and rule.remediate is not None) == promise.remediates
    assert rule.default_level.value == promise.levels[LEVEL_OF["prod"]]


@of_every_rule
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_level_file_holds_the_promised_level(rule, environment):
    entry = level_file(environment)[rule.id]
    assert entry["enforcementLevel"] == PROMISED[rule.id].levels[LEVEL_OF[environment]]
    assert entry["environment"] == environment
    assert set(entry) - {"enforcementLevel"} <= set(rule.schema())


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_level_file_names_every_rule_once_in_the_packs_order(environment):
    text = (PACK / "levels" / f"{environment}.json").read_text()
    pairs = json.loads(text, object_pairs_hook=list)
    assert [name for name, _ in pairs] == [rule.id for rule in RULES]


@of_every_rule
def test_a_rule_says_how_to_keep_it(rule):
    assert rule.demands.endswith(".")
    assert rule.remediation_steps.endswith(".")
    assert urlsplit(rule.url).scheme == "https"


@of_every_rule
def test_a_rule_says_which_setting_exempts_from_it(rule):
    exempting = EXEMPTING & set(rule.settings)
    assert [name for name in exempting if name not in rule.remediation_steps] == []


def test_exempting_settings_exist():
    assert set().union(*(rule.settings for rule in RULES)) >= EXEMPTING


@of_every_rule
def test_every_setting_has_a_default_and_says_what_it_is(rule):
    for name, schema in rule.settings.items():
        assert "default" in schema, name
        assert schema["description"].endswith("."), name
