"""A backup plan covers every table."""

import pytest

from rules.framework.tokens import BACKUP_SELECTION, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import CANNOT_RUN, findings, judge_stack, stack_resource
from tests.support.stacks import verdicts_of

RULE = "ddb-backup-plan"
NAME = "dropify-prod-files"
ARN = f"arn:aws:dynamodb:us-east-1:123456789012:table/{NAME}"
TAGS = {"Environment": "prod", "Backup": "daily"}


def table(**properties):
    return stack_resource(TABLE, "files", {"name": NAME, "tags": TAGS, **properties})


DEPLOYED = table(arn=ARN, tagsAll={**TAGS, "Owner": "platform"})


def selection(*, depends=None, **properties):
    outputs = {"planId": "plan", "iamRoleArn": "role", **properties}
    return stack_resource(BACKUP_SELECTION, "selection", outputs, depends=depends)


def tag(key, value):
    return {"key": f"aws:ResourceTag/{key}", "value": value}


@pytest.mark.parametrize(
    ("selected", "covered"),
    [
        ({"resources": [ARN]}, True),
        ({"resources": ["*"]}, True),
        ({"resources": ["arn:aws:dynamodb:*:*:table/*"]}, True),
        ({"resources": ["arn:aws:dynamodb:*"]}, True),
        ({"resources": ["arn:aws:dynamodb:*:*:table/dropify-prod-*"]}, True),
        ({"resources": [f"{ARN}-old"]}, False),
        ({"resources": [ARN.removesuffix("s")]}, False),
        ({"resources": ["arn:aws:dynamodb:*:*:table/dropify-dev-*"]}, False),
        ({"resources": ["arn:aws:s3:::*"]}, False),
        ({"resources": ["arn:aws:s3:*"]}, False),
        ({"resources": [], "notResources": ["arn:aws:s3:::*"]}, True),
        ({"resources": ["*"], "notResources": ["arn:aws:dynamodb:*:*:table/*"]}, False),
        ({"selectionTags": [{"type": "STRINGEQUALS", "key": "Backup", "value": "daily"}]}, True),
        ({"selectionTags": [{"type": "STRINGEQUALS", "key": "Backup", "value": "never"}]}, False),
        (
            {"selectionTags": [{"key": "A", "value": "b"}, {"key": "Backup", "value": "daily"}]},
            True,
        ),
        ({"resources": [ARN], "selectionTags": [{"key": "A", "value": "b"}]}, False),
        ({"resources": ["*"], "conditions": [{"stringEquals": [tag("Backup", "daily")]}]}, True),
        ({"resources": ["*"], "conditions": [{"stringEquals": [tag("Backup", "no")]}]}, False),
        ({"resources": ["*"], "conditions": [{"stringLikes": [tag("Environment", "p*")]}]}, True),
        ({"resources": ["*"], "conditions": [{"stringLikes": [tag("Missing", "*")]}]}, False),
        ({"resources": ["*"], "conditions": [{"stringNotEquals": [tag("Backup", "no")]}]}, True),
        (
            {"resources": ["*"], "conditions": [{"stringNotEquals": [tag("Backup", "daily")]}]},
            False,
        ),
        ({"resources": ["*"], "conditions": [{"stringNotLikes": [tag("Backup", "d*")]}]}, False),
        (
            {
                "resources": ["*"],
                "conditions": [
                    {"stringEquals": [tag("Backup", "daily")], "stringLikes": [tag("Owner", "x*")]}
                ],
            },
            False,
        ),
    ],
)
@pytest.mark.parametrize("of", [DEPLOYED, table()], ids=["deployed", "previewed"])
def test_a_selection_covers_a_table_by_its_arn_and_by_its_tags(selected, covered, of):
    expected = [] if covered else ["table"]
    assert findings(judge_stack(RULE, [of, selection(**selected)])) == expected


def test_an_arn_of_another_region_is_another_table():
    elsewhere = selection(resources=[ARN.replace("us-east-1", "eu-west-1")])
    assert findings(judge_stack(RULE, [DEPLOYED, elsewhere])) == ["table"]


def test_a_table_without_selection_is_named_and_no_table_demands_nothing():
    (verdict,) = judge_stack(RULE, [table()])
    assert verdict.urn == table().urn
    assert NAME in verdict.message
    assert findings(judge_stack(RULE, [selection(resources=["*"])])) == []


def test_one_selection_of_several_is_enough():
    resources = [table(), selection(resources=["arn:aws:s3:::*"]), selection(resources=["*"])]
    assert findings(judge_stack(RULE, resources)) == []


def test_unknown_arns_are_linked_by_what_they_come_from():
    of, other = table(), stack_resource(TABLE, "users", {"name": "dropify-prod-users"})
    named = selection(resources=[UNKNOWN], depends={"resources": [of]})
    verdicts = judge_stack(RULE, [of, other, named])
    assert [(verdict.finding, verdict.urn) for verdict in verdicts] == [("table", other.urn)]
    left_out = selection(resources=["*"], notResources=[UNKNOWN], depends={"notResources": [other]})
    verdicts = judge_stack(RULE, [of, other, left_out])
    assert [verdict.urn for verdict in verdicts] == [other.urn]


def test_what_is_known_is_judged_before_what_is_unknown():
    mixed = selection(resources=[UNKNOWN, ARN])
    assert findings(judge_stack(RULE, [DEPLOYED, mixed])) == []
    other = stack_resource(TABLE, "users", {"name": "dropify-prod-users", "tags": UNKNOWN})
    tagged = selection(selectionTags=[{"key": "Backup", "value": "no"}])
    assert findings(judge_stack(RULE, [other, table(), tagged])) == ["table", CANNOT_RUN]
    assert findings(judge_stack(RULE, [table(), selection(resources=UNKNOWN)])) == [CANNOT_RUN]


def test_a_setting_names_tables_that_a_plan_outside_of_the_stack_covers():
    settings = {"coveredElsewhere": ["files"]}
    assert findings(judge_stack(RULE, [table()], settings=settings)) == []
    other = stack_resource(TABLE, "files", {"name": "dropify-dev-files"})
    assert findings(judge_stack(RULE, [other], settings=settings)) == ["table"]


def test_a_list_of_another_type_is_a_violation():
    assert findings(judge_stack(RULE, [table(), selection(resources=7)])) == ["malformed"]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_leaves_backups_to_plans_elsewhere_and_is_told_so(environment, preview):
    found = set(findings(verdicts_of(RULE, environment, preview=preview)))
    assert found == {"table"}
