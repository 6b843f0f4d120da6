import json

import pytest

from tablewright.local.resources.topic import TopicHandler
from tablewright.local.resources.topic_subscription import TopicSubscriptionHandler

HANDLER = TopicSubscriptionHandler()


@pytest.fixture
def inputs(clients):
    arn, _ = TopicHandler().create(clients, {"name": "alarms"})
    return {"topic": arn, "protocol": "email", "endpoint": "on-call@example.com"}


def test_a_subscription_lives_from_creation_to_deletion(clients, inputs):
    id_, created = HANDLER.create(clients, inputs)
    assert id_ == created["arn"]
    assert {name: created[name] for name in inputs} == inputs
    assert created == HANDLER.read(clients, id_, inputs)

    rules = {"state": ["ALARM"]}
    new = {**inputs, "filterPolicy": json.dumps(rules), "rawMessageDelivery": True}
    updated = HANDLER.update(clients, id_, inputs, new)
    assert json.loads(updated["filterPolicy"]) == rules
    assert updated["rawMessageDelivery"] is True
    assert updated == HANDLER.read(clients, id_, new)

    plain = HANDLER.update(clients, id_, new, inputs)
    assert (plain["filterPolicy"], plain["rawMessageDelivery"]) == ("", False)

    HANDLER.delete(clients, id_, updated)
    HANDLER.delete(clients, id_, updated)
    assert HANDLER.read(clients, id_, new) is None


def test_the_topic_and_the_endpoint_replace():
    assert HANDLER.replace_on == {"region", "topic", "protocol", "endpoint"}


def test_a_missing_endpoint_fails_the_check():
    problems = HANDLER.check({"topic": "arn", "protocol": "email"})

    assert [name for name, _ in problems] == ["endpoint"]
