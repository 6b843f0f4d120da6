"""Subscriptions to SNS topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.local.errors import RefusedError
from tablewright.local.handler import BaseHandler, Inputs, Outputs
from tablewright.local.type_tokens import TOPIC_SUBSCRIPTION

from .documents import normalized

if TYPE_CHECKING:
    from tablewright.local.clients import Clients

_DOCUMENTS = {
    "deliveryPolicy": "DeliveryPolicy",
    "filterPolicy": "FilterPolicy",
    "redrivePolicy": "RedrivePolicy",
}
_TEXTS = {
    "filterPolicyScope": "FilterPolicyScope",
    "subscriptionRoleArn": "SubscriptionRoleArn",
}


class TopicSubscriptionHandler(BaseHandler):
    """`aws:sns/topicSubscription:TopicSubscription`: its id is the ARN.

    The emulator confirms every subscription at once; AWS asks the owner of an address first.
    """

    type_token = TOPIC_SUBSCRIPTION
    replace_on = frozenset({"region", "topic", "protocol", "endpoint"})
    required = ("topic", "protocol", "endpoint")

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Subscribe the endpoint to the topic."""
        arn = clients.sns.subscribe(
            TopicArn=inputs["topic"],
            Protocol=inputs["protocol"],
            Endpoint=inputs["endpoint"],
            Attributes=_attributes(inputs),
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]
        return arn, _existing(clients, arn, inputs)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002 -- the provider's word
        """Read the subscription."""
        return _outputs(clients, id, inputs)

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002 -- as above
        """Set what changed, and set to nothing what is no longer declared."""
        before, after = _attributes(old), _attributes(new)
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                clients.sns.set_subscription_attributes(
                    SubscriptionArn=id,
                    AttributeName=name,
                    AttributeValue=after.get(name, ""),
                )
        return _existing(clients, id, new)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """End the subscription."""
        if _outputs(clients, id, {}):
            clients.sns.unsubscribe(SubscriptionArn=id)


def _attributes(inputs: Inputs) -> dict[str, str]:
    attributes = {ours: str(inputs[name]) for name, ours in _TEXTS.items() if inputs.get(name)}
    attributes |= {
        ours: normalized(inputs[name]) for name, ours in _DOCUMENTS.items() if inputs.get(name)
    }
    attributes["RawMessageDelivery"] = "true" if inputs.get("rawMessageDelivery") else "false"
    return attributes


def _existing(clients: Clients, arn: str, inputs: Inputs) -> Outputs:
    found = _outputs(clients, arn, inputs)
    if found is None:
        raise RefusedError(f"subscription '{arn}' does not exist; refresh the stack and run again")
    return found


def _outputs(clients: Clients, arn: str, inputs: Inputs) -> Outputs | None:
    try:
        answer = clients.sns.get_subscription_attributes(SubscriptionArn=arn)
    except clients.sns.exceptions.NotFoundException:
        return None
    found: dict[str, Any] = dict(answer["Attributes"])
    return {
        "arn": arn,
        "confirmationTimeoutInMinutes": inputs.get("confirmationTimeoutInMinutes") or 1,
        "confirmationWasAuthenticated": found.get("ConfirmationWasAuthenticated") == "true",
        "endpoint": found["Endpoint"],
        "endpointAutoConfirms": bool(inputs.get("endpointAutoConfirms")),
        "ownerId": found["Owner"],
        "pendingConfirmation": found.get("PendingConfirmation") == "true",
        "protocol": found["Protocol"],
        "rawMessageDelivery": found.get("RawMessageDelivery") == "true",
        "region": clients.region,
        "topic": found["TopicArn"],
        **{name: found.get(ours) or "" for name, ours in _TEXTS.items()},
        **{
            name: normalized(found[ours]) if found.get(ours) else ""
            for name, ours in _DOCUMENTS.items()
        },
    }
