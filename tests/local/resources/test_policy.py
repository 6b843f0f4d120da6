import json

import pytest

from tablewright.local.resources.policy import PolicyHandler

HANDLER = PolicyHandler()
ARN = "arn:aws:iam::123456789012:policy/dropify-local-api"


def inputs(action="dynamodb:GetItem", **changes):
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return {"name": "dropify-local-api", "policy": document, **changes}


def versions(clients):
    return {one["VersionId"] for one in clients.iam.list_policy_versions(PolicyArn=ARN)["Versions"]}


def test_an_access_policy_lives_from_creation_to_deletion(clients):
    id_, created = HANDLER.create(clients, inputs(description="reads", tags={"Owner": "you"}))
    assert id_ == ARN
    assert json.loads(created["policy"]) == json.loads(inputs()["policy"])
    assert (created["description"], created["tags"]) == ("reads", {"Owner": "you"})

    new = inputs("dynamodb:Query", description="reads", tags={"Owner": "me", "New": "1"})
    updated = HANDLER.update(clients, ARN, inputs(), new)
    assert json.loads(updated["policy"]) == json.loads(new["policy"])
    assert updated["tags"] == {"Owner": "me", "New": "1"}
    assert updated == HANDLER.read(clients, ARN, new)

    HANDLER.delete(clients, ARN, updated)
    HANDLER.delete(clients, ARN, updated)
    assert HANDLER.read(clients, ARN, new) is None


def test_the_oldest_version_goes_when_there_are_five(clients):
    HANDLER.create(clients, inputs("dynamodb:Action0"))

    for number in range(1, 8):
        old, new = (inputs(f"dynamodb:Action{n}") for n in (number - 1, number))
        outputs = HANDLER.update(clients, ARN, old, new)

    assert versions(clients) == {"v4", "v5", "v6", "v7", "v8"}
    assert "Action7" in outputs["policy"]


@pytest.mark.parametrize("spacing", [None, 4])
def test_another_spelling_of_the_document_makes_no_new_version(clients, spacing):
    HANDLER.create(clients, inputs())
    respelled = json.dumps(json.loads(inputs()["policy"]), indent=spacing, sort_keys=True)

    HANDLER.update(clients, ARN, inputs(), inputs(policy=respelled))

    assert versions(clients) == {"v1"}


def test_name_path_and_description_replace():
    assert HANDLER.replace_on == {"name", "namePrefix", "path", "description"}
