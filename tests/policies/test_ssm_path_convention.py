"""Every parameter is where others look for it, and is nobody else's."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    findings,
    judge_registrations,
    judge_stack,
    stack_resource,
    urn_of,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ssm-path-convention"
PATH = "/dropify-prod/tables/files-table-name"


def parameter(path, name="thing", provider=None, **outputs):
    return stack_resource(PARAMETER, name, {"name": path, **outputs}, provider=provider)


def found(*parameters, **keywords):
    return findings(judge_stack(RULE, parameters, **keywords))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PATH, []),
        ("/dropify-prod/tables/a.b_C-1", []),
        ("/dropify-dev/tables/files-table-name", ["other-environment"]),
        ("/dropify-local/tables/files-table-name", ["other-environment"]),
        ("/dropify-PROD/tables/files-table-name", ["pattern"]),
        ("/dropify-prod-dev/tables/files-table-name", ["pattern"]),
        ("/other-prod/tables/files-table-name", ["pattern"]),
        ("/dropify-prod/files-table-name", ["pattern"]),
        ("/dropify-prod/a/b/files-table-name", ["pattern"]),
        ("/dropify-prod//files-table-name", ["pattern"]),
        (f"{PATH}/", ["pattern"]),
        (f"{PATH}\n", ["pattern"]),
        ("/dropifyXprod/tables/files", ["pattern"]),
        (f"/dropify-prod/tables/{'a' * 1000}", ["pattern"]),
        ("/" * 1_000_000, ["pattern"]),
        (PATH.removeprefix("/"), ["no-slash"]),
        ("arn:aws:ssm:us-east-1:123456789012:parameter/dropify-prod/tables/files", ["no-slash"]),
        ("", ["no-slash"]),
        (None, ["no-slash"]),
        ("/aws/service/files", ["reserved"]),
        ("/SSM/files", ["reserved"]),
        ("awsFiles", ["reserved"]),
        (5, ["malformed"]),
        (UNKNOWN, [CANNOT_RUN]),
    ],
)
def test_a_path_has_the_agreed_form(path, expected):
    assert found(parameter(path)) == expected


def test_a_message_names_the_parameter_and_shows_no_more_of_a_path_than_one_reads():
    [verdict] = judge_stack(RULE, [parameter("/" + "a" * 5000, value="hunter2")])
    assert verdict.urn == urn_of(PARAMETER)
    assert len(verdict.message) < 250
    assert "hunter2" not in verdict.message
    assert "/dropify-prod/*/*" in verdict.message


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (True, ["overwrite"]),
        (False, []),
        (None, []),
        (UNKNOWN, [CANNOT_RUN]),
        ("true", ["malformed"]),
    ],
)
def test_a_parameter_overwrites_none(flag, expected):
    assert found(parameter(PATH, overwrite=flag)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, ["duplicate"]),
        ({"region": "us-east-1"}, {"region": "us-east-1"}, ["duplicate"]),
        ({"region": "us-east-1"}, {"region": "eu-west-1"}, []),
        ({"region": "us-east-1"}, {"region": UNKNOWN}, [CANNOT_RUN]),
        ({"provider": {"region": "us-east-1"}}, {"provider": {"region": "eu-west-1"}}, []),
        ({"provider": {"region": "eu-west-1"}}, {"region": "eu-west-1"}, ["duplicate"]),
        (
            {"provider": {"region": "us-east-1"}},
            {"provider": {"region": "us-east-1"}},
            ["duplicate"],
        ),
        ({"provider": {"profile": "one"}}, {"provider": {"profile": "two"}}, []),
        ({"provider": {"assumeRoles": '[{"roleArn":"a"}]'}}, {"provider": {}}, []),
        ({"provider": {"accessKey": "one"}}, {"provider": {"accessKey": "two"}}, ["duplicate"]),
        ({}, {"provider": {"region": UNKNOWN}}, [CANNOT_RUN]),
        ({"region": "eu-west-1"}, {"region": UNKNOWN, "provider": {"region": "us-east-1"}}, []),
    ],
)
def test_a_path_is_used_once_in_a_region(first, second, expected):
    pair = (parameter(PATH, "first", **first), parameter(PATH, "second", **second))
    verdicts = judge_stack(RULE, pair)
    assert findings(verdicts) == expected
    assert all(verdict.urn in {None, urn_of(PARAMETER, "second")} for verdict in verdicts)


def test_a_region_is_read_only_where_a_path_repeats():
    assert found(parameter(PATH, region=UNKNOWN), parameter(f"{PATH}2", "other")) == []


def test_what_is_known_is_judged_before_what_is_unknown():
    unknown = parameter(UNKNOWN, "unknown", overwrite=True)
    others = [parameter("files", "first"), parameter("files", "second")]
    expected = ["no-slash", "no-slash", "overwrite", "duplicate", CANNOT_RUN]
    assert found(unknown, *others) == expected


def test_other_types_are_not_judged():
    assert found(stack_resource(TABLE, "files", {"name": UNKNOWN, "overwrite": True})) == []


def test_the_settings_say_the_form_and_without_them_it_names_the_environment():
    assert found(parameter("/prod.tables"), settings={"pathPattern": "/{environment}.*"}) == []
    assert found(parameter("/prodXtables"), settings={"pathPattern": "/{environment}.*"}) == [
        "pattern"
    ]
    alone = {"environment": "dev"}
    assert found(parameter("/shop-dev/a/b"), environment=None, settings=alone) == []
    assert found(parameter("/shop-prod/a/b"), environment=None, settings=alone) == [
        "other-environment"
    ]
    assert found(parameter("/aws-dev/a/b"), environment=None, settings=alone) == ["reserved"]
    assert found(parameter(PATH), environment=None) == ["malformed"]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_projects_own_paths_keep_the_rule(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
