"""What costs money or grants access says whose it is."""

import pytest
from pulumi_policy.deserialize import deserialize_properties, serialize_properties

from rules.framework.tokens import MANAGED_POLICY, METRIC_ALARM, PARAMETER, ROLE, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
    remediated,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "required-tags"
TAGS = {
    "Project": "dropify",
    "Environment": "staging",
    "Owner": "team-data",
    "CostCenter": "0042",
    "ManagedBy": "pulumi",
    "DataModel": "shop",
}
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


def without(*keys):
    return {key: value for key, value in TAGS.items() if key not in keys}


def judged(tags, token=TABLE, **settings):
    return findings(
        judge_resource(RULE, token, {"tags": tags}, environment="staging", settings=settings)
    )


@pytest.mark.parametrize("token", [TABLE, ROLE, MANAGED_POLICY, PARAMETER])
def test_every_taggable_kind_is_judged(token):
    assert judged(TAGS, token) == []
    assert judged(without("Owner"), token) == ["missing"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (None, ["missing"] * 6),
        ({}, ["missing"] * 6),
        (without("Owner", "CostCenter"), ["missing"] * 2),
        ({**without("Owner"), "owner": "team-data"}, ["missing"]),
        ({**TAGS, "Owner": None}, ["missing"]),
        ({**TAGS, "Owner": "  "}, ["missing"]),
        ({**TAGS, "Environment": "prod"}, ["environment"]),
        ({**TAGS, "Environment": "Staging"}, ["environment"]),
        ({**TAGS, "Owner": 7}, ["malformed"]),
        ([{"Key": "Owner", "Value": "me"}], ["malformed"]),
        ("Owner=me", ["malformed"]),
        (UNKNOWN, [CANNOT_RUN]),
        ({**TAGS, "Owner": UNKNOWN}, [CANNOT_RUN]),
        ({**without("Project"), "Owner": UNKNOWN}, ["missing", CANNOT_RUN]),
        ({**TAGS, "Environment": "prod", "Owner": UNKNOWN}, ["environment", CANNOT_RUN]),
        ({**TAGS, "Team": UNKNOWN}, []),
    ],
)
def test_every_required_tag_is_there_and_the_environment_is_right(tags, expected):
    assert judged(tags) == expected


def test_the_settings_say_which_tags_are_required():
    assert judged({"env": "staging"}, requiredTags=["env"], environmentTag="env") == []
    assert judged({"env": "dev"}, requiredTags=[], environmentTag="env") == ["environment"]
    assert judged({}, requiredTags=[], environmentTag="env") == ["missing"]
    assert judged({}, requiredTags=[], environmentTag="") == []


def test_tags_that_only_a_provider_adds_do_not_count():
    inputs = {"tagsAll": TAGS}
    assert findings(judge_resource(RULE, TABLE, inputs, environment="staging")) == ["missing"] * 6


def test_other_resources_are_not_judged():
    assert judged({}, METRIC_ALARM) == [NOT_APPLICABLE]


def test_without_a_level_file_the_environment_tag_cannot_be_right():
    verdicts = judge_resource(RULE, TABLE, {"tags": TAGS}, environment=None)
    assert findings(verdicts) == ["malformed"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (without("ManagedBy", "Environment"), TAGS),
        ({**TAGS, "ManagedBy": None}, TAGS),
        (without("Environment", "Owner"), without("Owner")),
        (None, {"Environment": "staging", "ManagedBy": "pulumi"}),
    ],
)
def test_a_remediation_adds_the_tags_that_the_settings_know(tags, expected):
    assert remediated(RULE, TABLE, {"tags": tags})["tags"] == expected


@pytest.mark.parametrize(
    "tags",
    [TAGS, without("Owner"), {**TAGS, "Environment": "prod"}, {**TAGS, "ManagedBy": ""}, "Owner"],
)
def test_a_remediation_overrides_nothing_and_makes_up_nothing(tags):
    assert remediated(RULE, TABLE, {"tags": tags}) is None


def test_a_remediation_adds_only_what_is_required():
    settings = {"requiredTags": ["Owner"], "environmentTag": ""}
    assert remediated(RULE, TABLE, {"tags": {}}, settings=settings) is None


def test_a_remediation_keeps_a_secret_tag_secret():
    secret = {**SECRET, "value": "team-data"}
    given = {"tags": {**without("ManagedBy"), "Owner": secret}}
    inputs = remediated(RULE, TABLE, deserialize_properties(given, proxy_secrets=True))
    assert serialize_properties(inputs) == {"tags": {**TAGS, "Owner": secret}}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_project_tags_what_it_registers(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
