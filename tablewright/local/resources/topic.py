"""SNS topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.local.errors import RefusedError
from tablewright.local.handler import BaseHandler, Inputs, Outputs
from tablewright.local.type_tokens import TOPIC

from . import tags
from .documents import normalized

if TYPE_CHECKING:
    from tablewright.local.clients import Clients

_ATTRIBUTES = {
    "deliveryPolicy": "DeliveryPolicy",
    "displayName": "DisplayName",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
    "tracingConfig": "TracingConfig",
}
_DOCUMENTS = frozenset({"policy", "deliveryPolicy"})


class TopicHandler(BaseHandler):
    """`aws:sns/topic:Topic`: its id is the ARN."""

    type_token = TOPIC
    replace_on = frozenset({"region", "name", "namePrefix", "fifoTopic"})
    required = ("name",)

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Create the topic with its attributes and tags."""
        request: dict[str, Any] = {"Name": inputs["name"], "Attributes": _attributes(inputs)}
        if inputs.get("fifoTopic"):
            request["Attributes"]["FifoTopic"] = "true"
        if declared := tags.declared(inputs):
            request["Tags"] = tags.pairs(declared)
        arn = clients.sns.create_topic(**request)["TopicArn"]
        return arn, _existing(clients, arn)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002, ARG002 -- the provider's word
        """Read the topic's attributes and tags."""
        return _outputs(clients, id)

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002 -- as above
        """Set what changed, and set to nothing what is no longer declared."""
        found = _existing(clients, id)
        before, after = _attributes(old), _attributes(new)
        for name in sorted({*before, *after}):
            # SNS takes no empty policy: without one a topic keeps what it has.
            if before.get(name) != after.get(name) and (name in after or name != "Policy"):
                clients.sns.set_topic_attributes(
                    TopicArn=id, AttributeName=name, AttributeValue=after.get(name, "")
                )
        to_set, to_remove = tags.changes(found["tagsAll"], tags.declared(new))
        if to_set:
            clients.sns.tag_resource(ResourceArn=id, Tags=tags.pairs(to_set))
        if to_remove:
            clients.sns.untag_resource(ResourceArn=id, TagKeys=to_remove)
        return _existing(clients, id)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Delete the topic with its subscriptions."""
        clients.sns.delete_topic(TopicArn=id)


def _attributes(inputs: Inputs) -> dict[str, str]:
    return {
        ours: normalized(inputs[name]) if name in _DOCUMENTS else str(inputs[name])
        for name, ours in _ATTRIBUTES.items()
        if inputs.get(name)
    }


def _existing(clients: Clients, arn: str) -> Outputs:
    found = _outputs(clients, arn)
    if found is None:
        raise RefusedError(f"topic '{arn}' does not exist; refresh the stack and run again")
    return found


def _outputs(clients: Clients, arn: str) -> Outputs | None:
    try:
        found = clients.sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    except clients.sns.exceptions.NotFoundException:
        return None
    attached = clients.sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
    return {
        "arn": arn,
        "contentBasedDeduplication": found.get("ContentBasedDeduplication") == "true",
        "deliveryPolicy": _document(found.get("DeliveryPolicy")),
        "displayName": found.get("DisplayName", ""),
        "fifoTopic": found.get("FifoTopic") == "true",
        "kmsMasterKeyId": found.get("KmsMasterKeyId", ""),
        "name": arn.rpartition(":")[2],
        "namePrefix": "",
        "owner": found["Owner"],
        "policy": _document(found.get("Policy")),
        "region": clients.region,
        "signatureVersion": int(found.get("SignatureVersion", 0)),
        **tags.outputs(tags.mapping(attached)),
        "tracingConfig": found.get("TracingConfig", ""),
    }


def _document(text: str | None) -> str:
    return normalized(text) if text else ""
