import json

import pytest

from tablewright.local.resources.topic import TopicHandler

HANDLER = TopicHandler()
ARN = "arn:aws:sns:eu-north-1:123456789012:alarms"
DOCUMENT = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": ARN,
        }
    ],
}


def inputs(**changes):
    return {"name": "alarms", **changes}


def test_a_topic_lives_from_creation_to_deletion(clients):
    old = inputs(displayName="Alarms", tags={"Owner": "you", "Old": "1"})
    id_, created = HANDLER.create(clients, old)
    assert id_ == ARN
    assert (created["displayName"], created["tags"]) == ("Alarms", {"Owner": "you", "Old": "1"})
    assert created == HANDLER.read(clients, ARN, old)

    new = inputs(policy=json.dumps(DOCUMENT), kmsMasterKeyId="alias/aws/sns", tags={"Owner": "me"})
    updated = HANDLER.update(clients, ARN, old, new)
    assert json.loads(updated["policy"]) == DOCUMENT
    assert (updated["displayName"], updated["kmsMasterKeyId"]) == ("", "alias/aws/sns")
    assert updated["tags"] == {"Owner": "me"}
    assert updated == HANDLER.read(clients, ARN, new)

    HANDLER.delete(clients, ARN, updated)
    HANDLER.delete(clients, ARN, updated)
    assert HANDLER.read(clients, ARN, new) is None


def test_a_policy_that_is_no_longer_declared_stays(clients):
    old = inputs(policy=json.dumps(DOCUMENT))
    _, created = HANDLER.create(clients, old)

    assert HANDLER.update(clients, ARN, old, inputs())["policy"] == created["policy"]


@pytest.mark.parametrize("property_", ["name", "fifoTopic", "region"])
def test_what_makes_a_topic_another_one_replaces_it(property_):
    assert property_ in HANDLER.replace_on
