"""Which resource types a resource of a statement can name."""

import json

import pytest

from rules.iam.actions import TABLE_OF_ACTIONS
from rules.iam.arn_formats import formats_of

SERVICES = json.loads(TABLE_OF_ACTIONS.read_text())["services"]
AT = "arn:aws:dynamodb:us-east-1:123456789012"
FILES = f"{AT}:table/dropify-prod-files"
ALL = ["backup", "export", "global-table", "import", "index", "stream", "table"]
BELOW = [kind for kind in ALL if kind != "global-table"]


def kinds_of(service, resource):
    texts = SERVICES[service]["resources"]
    formats = formats_of(texts.values())
    return sorted(kind for kind, text in texts.items() if formats[text].can_name(resource))


@pytest.mark.parametrize(
    ("resource", "kinds"),
    [
        (FILES, ["table"]),
        (f"{FILES}/index/byOwner", ["index"]),
        (f"{FILES}/stream/2026-01-31T12:00:00.000", ["stream"]),
        (f"{FILES}/stream/*", ["stream"]),
        (f"{FILES}/i*/x", ["import", "index"]),
        (f"{FILES}/*", [kind for kind in BELOW if kind != "table"]),
        (f"{FILES}*", BELOW),
        (f"{AT}:table/?", ["table"]),
        (f"{AT}:table/${{aws:PrincipalTag/team}}", BELOW),
        (f"{FILES}/index/${{aws:PrincipalTag/team}}", ["index"]),
        ("arn:aws:dynamodb:*:123456789012:table/files", ["global-table", "table"]),
        ("arn:aws:dynamodb:*", ALL),
        ("*", ALL),
        ("**", ALL),
        ("", []),
        (f"{FILES}/", []),
        (f"{AT}:table/", []),
        (f"{AT}:tables/files", []),
        ("arn:aws:dynamodb:us-east-1:table/files", []),
        ("arn:aws:dynamodb:us-east-1::table/files", []),
        ("arn:aws:s3:::files", []),
        ("arn:aws:s3:::*", []),
        (f"x{FILES}", []),
        (f"{FILES}{'x' * 2048}", []),
    ],
)
def test_a_resource_names_only_what_its_form_allows(resource, kinds):
    assert kinds_of("dynamodb", resource) == kinds


@pytest.mark.parametrize(
    ("service", "resource", "kinds"),
    [
        ("ssm", "arn:aws:ssm:us-east-1:123456789012:parameter/a/b", ["parameter"]),
        ("iam", "arn:aws:iam::123456789012:role/path/api", ["role"]),
        ("iam", "arn:aws:iam:us-east-1:123456789012:role/api", []),
        ("kms", "arn:aws:kms:us-east-1:123456789012:alias/team/x", ["alias"]),
        ("cloudwatch", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a/b:c", ["alarm"]),
        ("cloudwatch", "arn:aws:cloudwatch:us-east-1:123456789012:service/a-b-1f", ["service"]),
        ("sns", "arn:aws:sns:us-east-1:123456789012:alarms", ["topic"]),
    ],
)
def test_names_may_hold_separators_where_no_other_type_goes_on(service, resource, kinds):
    assert kinds_of(service, resource) == kinds
