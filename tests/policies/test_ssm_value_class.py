"""Plain parameters hold names and ARNs alone; everything else is encrypted."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE
from rules.parameters.secrets import looks_secret
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ssm-value-class"
AT = "/dropify-prod/tables"
TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/dropify-prod-files"
STREAM_ARN = f"{TABLE_ARN}/stream/2026-01-01T00:00:00.000"
POLICY_ARN = "arn:aws:iam::123456789012:policy/dropify-prod-shop-events"
KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-123456789012"
ACCESS_KEY = "AKIA" + "IOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
NAME = {"name": f"{AT}/files-table-name", "type": "String", "value": "dropify-prod-files"}
SECURE = {"name": "/dropify-prod/db/password", "type": "SecureString", "keyId": KEY_ARN}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("files-table-name", "dropify-prod-files"),
        ("files-table-arn", TABLE_ARN),
        ("files-stream-arn", STREAM_ARN),
        ("events-policy-arn", POLICY_ARN),
        ("files-by-owner-index-name", "OrdersByCustomerAndDateV2"),
        ("api-keys-table-name", "dropify-prod-api-keys"),
        ("files-table-arn", UNKNOWN),
        ("api-keys-table-name", UNKNOWN),
    ],
)
def test_an_export_is_plain(path, value):
    inputs = {"name": f"{AT}/{path}", "type": "String", "value": value}
    assert findings(judge_resource(RULE, PARAMETER, inputs)) == []


@pytest.mark.parametrize("kind", ["String", "StringList"])
@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (f"{AT}/files", "dropify-prod-files", ["not-export"]),
        (f"{AT}/files", UNKNOWN, ["not-export"]),
        (f"{AT}/files-table-name/x", "dropify-prod-files", ["not-export"]),
        (f"{AT}/files-table-arn", "dropify-prod-files", ["not-export"]),
        (f"{AT}/files-table-arn", STREAM_ARN, ["not-export"]),
        (f"{AT}/files-stream-arn", TABLE_ARN, ["not-export"]),
        (f"{AT}/api-policy-arn", TABLE_ARN, ["not-export"]),
        (f"{AT}/api-policy-arn", "arn:aws:iot:us-east-1:1:policy/api", ["not-export"]),
        (f"{AT}/files-table-name", "correct horse battery", ["not-export"]),
        ("/dropify-prod/db/password", "a", ["secret-name"]),
        ("/dropify-prod/db/dbPassword", "a", ["secret-name"]),
        ("/dropify-prod/db/MASTERPASSWORD1", "a", ["secret-name"]),
        ("/dropify-prod/db/signing_keys", "a", ["secret-name"]),
        ("/dropify-prod/db/signingKey", "a", ["secret-name"]),
        ("/dropify-prod/db/kEy", "a", ["secret-name"]),
        ("/dropify-prod/db/monkey", "a", ["not-export"]),
        (f"{AT}/db-password-table-name", "hunter2", ["secret-name"]),
        (f"{AT}/files-table-name", ACCESS_KEY, ["secret-value"]),
        (f"{AT}/files-table-arn", SECRET_KEY, ["secret-value"]),
        ("/dropify-prod/db/url", "postgres://me:pw@host/db", ["not-export", "secret-value"]),
    ],
)
def test_a_plain_parameter_is_an_export_without_a_secret(kind, path, value, expected):
    inputs = {"name": path, "type": kind, "value": value}
    verdicts = judge_resource(RULE, PARAMETER, inputs)
    assert findings(verdicts) == expected
    assert value is UNKNOWN or len(value) < 5 or value not in "".join(v.message for v in verdicts)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"value": SECRET_KEY}, []),
        ({"keyId": None}, ["key"]),
        ({"keyId": ""}, ["key"]),
        ({"keyId": "alias/aws/ssm"}, ["key"]),
        ({"keyId": "arn:aws:kms:us-east-1:123456789012:alias/AWS/ssm"}, ["key"]),
        ({"keyId": "alias/dropify"}, []),
        ({"keyId": UNKNOWN}, []),  # the key of a resource
        ({"insecureValue": "a"}, ["insecure-value"]),
        ({"insecureValue": UNKNOWN}, ["insecure-value"]),
        ({"insecureValue": None}, []),
        ({"insecureValue": "a", "keyId": UNKNOWN}, ["insecure-value"]),
    ],
)
def test_a_secure_parameter_has_a_customer_managed_key(changes, expected):
    assert findings(judge_resource(RULE, PARAMETER, {**SECURE, **changes})) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"value": None, "insecureValue": "dropify-prod-files"}, ["insecure-value"]),
        ({"value": None, "insecureValue": ACCESS_KEY}, ["insecure-value", "secret-value"]),
        ({"value": None, "valueWo": ACCESS_KEY}, ["secret-value"]),
        ({"type": "string"}, ["type"]),
        ({"type": None}, ["type"]),
        ({"type": UNKNOWN}, [CANNOT_RUN]),
        ({"type": UNKNOWN, "insecureValue": "a"}, ["insecure-value", CANNOT_RUN]),
        ({"name": UNKNOWN}, [CANNOT_RUN]),
        ({"name": UNKNOWN, "value": ACCESS_KEY}, ["secret-value", CANNOT_RUN]),
        ({"tags": UNKNOWN, "description": UNKNOWN}, []),
        ({"value": ["a"]}, ["malformed"]),
        ({"name": None}, ["not-export"]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(changes, expected):
    assert findings(judge_resource(RULE, PARAMETER, {**NAME, **changes})) == expected


def test_other_types_are_not_judged():
    assert findings(judge_resource(RULE, TABLE, {})) == [NOT_APPLICABLE]


def test_the_settings_say_which_paths_are_exports_and_which_words_are_secret():
    inputs = {"name": "/orders/name", "type": "String", "value": "orders"}
    for settings, expected in [
        ({"tableNameSuffix": "/name"}, []),
        ({"tableNameSuffix": ""}, ["not-export"]),
        ({"secretWords": ["orders"]}, ["secret-name"]),
    ]:
        assert findings(judge_resource(RULE, PARAMETER, inputs, settings=settings)) == expected


@pytest.mark.parametrize(
    "value",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "id=ASIA" + "IOSFODNN7EXAMPLE;",
        SECRET_KEY,
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
        "ghp_" + "0123456789abcdef",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "dropify-prod-q7Zt3kP9xW2mB8vL4nRj",
        "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    ],
)
def test_keys_and_tokens_look_secret(value):
    assert looks_secret(value)


@pytest.mark.parametrize(
    "value",
    [
        TABLE_ARN,
        STREAM_ARN,
        POLICY_ARN,
        "arn:aws:iam::123456789012:policy/service-role/AWSReservedSSOAdministratorAccess",
        "OrdersByCustomerAndDateV2",
        "OrdersByCustomerAndDateAndRegionV2Index",
        "Todo-abcdefghijklmnopqrstuvwxyz-dev",
        "stack-OrdersTable-1ABCDEF2GHIJK",
        "0" * 64,
        "a" * 100_000,
        "://" * 30_000,
    ],
)
def test_names_and_arns_do_not_look_secret(value):
    assert not looks_secret(value)


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_projects_own_parameters_keep_the_rule(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
