import json

import pytest

from tablewright.local.resources.policy import PolicyHandler
from tablewright.local.resources.role_policy_attachment import RolePolicyAttachmentHandler
from tablewright.local.resources.stand_ins import STANDS_FOR

HANDLER = RolePolicyAttachmentHandler()
ROLE = "api-role"


@pytest.fixture
def inputs(clients):
    statement = {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    arn, _ = PolicyHandler().create(clients, {"name": "reads", "policy": json.dumps(document)})
    return {"role": ROLE, "policyArn": arn}


def test_an_attachment_lives_from_creation_to_deletion(clients, inputs):
    id_, created = HANDLER.create(clients, inputs)
    assert id_ == f"{ROLE}/{inputs['policyArn']}"
    assert created == {**inputs, "region": "eu-north-1"}
    assert HANDLER.read(clients, id_, inputs) == created
    assert HANDLER.update(clients, id_, inputs, inputs) == created

    HANDLER.delete(clients, id_, created)
    HANDLER.delete(clients, id_, created)
    assert HANDLER.read(clients, id_, inputs) is None


def test_a_role_made_elsewhere_gets_a_stand_in_that_nobody_can_assume(clients, inputs):
    HANDLER.create(clients, inputs)

    role = clients.iam.get_role(RoleName=ROLE)["Role"]
    assert role["Tags"] == [{"Key": STANDS_FOR, "Value": ROLE}]
    effects = {one["Effect"] for one in role["AssumeRolePolicyDocument"]["Statement"]}
    assert effects == {"Deny"}


def test_a_role_that_exists_is_left_as_it_is(clients, inputs):
    clients.iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps({}))

    HANDLER.create(clients, inputs)

    assert "Tags" not in clients.iam.get_role(RoleName=ROLE)["Role"]


def test_an_attachment_to_a_role_that_is_gone_reads_as_none(clients, inputs):
    assert HANDLER.read(clients, f"{ROLE}/{inputs['policyArn']}", inputs) is None


def test_every_input_replaces():
    assert HANDLER.replace_on == {"role", "policyArn"}
