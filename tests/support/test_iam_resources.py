"""The table of actions against parliament's copy of the Service Authorization Reference."""

import parliament
import pytest

from tests.support.iam_resources import ACTIONS, ANY, LEADING_KEY_ACTIONS, covers, kind_of

TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/dropify-dev-files"
_PRIVILEGES = {
    f"{service['prefix']}:{privilege['privilege']}": privilege["resource_types"]
    for service in parliament.iam_definition
    for privilege in service["privileges"]
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_accepts_the_resources_that_the_reference_names(action):
    named = {entry["resource_type"].rstrip("*") for entry in _PRIVILEGES[action]} - {""}
    if action.startswith("dynamodb:"):
        assert (named or {ANY}) == ACTIONS[action]
    else:
        assert ACTIONS[action] <= (named or {ANY})


def test_the_same_actions_carry_leading_keys_as_in_the_reference():
    carrying = {
        action
        for action in ACTIONS
        if any("dynamodb:LeadingKeys" in entry["condition_keys"] for entry in _PRIVILEGES[action])
    }
    assert carrying == LEADING_KEY_ACTIONS


@pytest.mark.parametrize(
    ("resource", "kind"),
    [
        ("*", "*"),
        (TABLE, "table"),
        (f"{TABLE}/index/byOwner", "index"),
        (f"{TABLE}/stream/2026-01-31T12:00:00.000", "stream"),
        (f"{TABLE}/stream/*", "stream"),
        (f"{TABLE}/index/*", None),
        (f"{TABLE}/stream/2026*", None),
        (f"{TABLE}/backup/1", None),
        ("arn:aws:dynamodb:eu-central-1::table/files", None),
        ("arn:aws:cloudwatch:eu-central-1:123456789012:alarm:dropify-dev-x", "alarm"),
        ("arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*", None),
        ("arn:aws:sns:eu-central-1:123456789012:dropify-dev-alarms", "topic"),
        ("arn:aws:sns:eu-central-1:123456789012:dropify-dev-alarms:subscription", None),
        ("arn:aws:iam::123456789012:role/service/api", "role"),
        ("arn:aws:iam::123456789012:policy/dropify-dev-api", "policy"),
        ("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/dropify/x", "parameter"),
    ],
)
def test_an_arn_tells_its_kind(resource, kind):
    assert kind_of(resource) == kind


def test_only_the_label_of_a_stream_is_covered_by_a_wildcard():
    assert covers(f"{TABLE}/stream/*", f"{TABLE}/stream/2026")
    assert not covers(f"{TABLE}/stream/*", f"{TABLE}/stream/a/b")
    assert not covers(f"{TABLE}/stream/*", TABLE)
    assert not covers(TABLE, f"{TABLE}/stream/2026")
