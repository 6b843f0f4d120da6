"""IAM managed policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.local.handler import BaseHandler, Inputs, Outputs
from tablewright.local.type_tokens import POLICY

from . import tags
from .documents import normalized

if TYPE_CHECKING:
    from tablewright.local.clients import Clients

_MOST_VERSIONS = 5


class PolicyHandler(BaseHandler):
    """`aws:iam/policy:Policy`: a document with its versions; its id is the ARN."""

    type_token = POLICY
    replace_on = frozenset({"name", "namePrefix", "path", "description"})
    required = ("name", "policy")

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Create the policy with its first version."""
        request: dict[str, Any] = {
            "PolicyName": inputs["name"],
            "Path": inputs.get("path") or "/",
            "PolicyDocument": normalized(inputs["policy"]),
            "Tags": tags.pairs(tags.declared(inputs)),
        }
        if description := inputs.get("description"):
            request["Description"] = description
        arn = clients.iam.create_policy(**request)["Policy"]["Arn"]
        return arn, _outputs(clients, arn)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002, ARG002 -- the provider's word
        """Read the policy and its default version."""
        try:
            return _outputs(clients, id)
        except clients.iam.exceptions.NoSuchEntityException:
            return None

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002, ARG002 -- as above
        """Make a changed document the default version; the oldest goes when there are five."""
        found = _outputs(clients, id)
        document = normalized(new["policy"])
        if document != found["policy"]:
            _make_room(clients, id)
            clients.iam.create_policy_version(
                PolicyArn=id, PolicyDocument=document, SetAsDefault=True
            )
        to_set, to_remove = tags.changes(found["tagsAll"], tags.declared(new))
        if to_set:
            clients.iam.tag_policy(PolicyArn=id, Tags=tags.pairs(to_set))
        if to_remove:
            clients.iam.untag_policy(PolicyArn=id, TagKeys=to_remove)
        return _outputs(clients, id)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Delete the older versions, then the policy."""
        try:
            for version in _older_versions(clients, id):
                clients.iam.delete_policy_version(PolicyArn=id, VersionId=version)
            clients.iam.delete_policy(PolicyArn=id)
        except clients.iam.exceptions.NoSuchEntityException:
            return


def _make_room(clients: Clients, arn: str) -> None:
    older = _older_versions(clients, arn)
    if len(older) + 1 >= _MOST_VERSIONS:
        clients.iam.delete_policy_version(PolicyArn=arn, VersionId=older[0])


def _older_versions(clients: Clients, arn: str) -> list[str]:
    """List every version but the default one, oldest first."""
    versions = clients.iam.list_policy_versions(PolicyArn=arn)["Versions"]
    older = [one["VersionId"] for one in versions if not one["IsDefaultVersion"]]
    return sorted(older, key=lambda version: int(version.removeprefix("v")))


def _outputs(clients: Clients, arn: str) -> Outputs:
    found = clients.iam.get_policy(PolicyArn=arn)["Policy"]
    version = clients.iam.get_policy_version(PolicyArn=arn, VersionId=found["DefaultVersionId"])
    return {
        "arn": found["Arn"],
        "attachmentCount": found["AttachmentCount"],
        "description": found.get("Description", ""),
        "name": found["PolicyName"],
        "namePrefix": "",
        "path": found["Path"],
        "policy": normalized(version["PolicyVersion"]["Document"]),
        "policyId": found["PolicyId"],
        "region": clients.region,
        **tags.outputs(tags.mapping(found.get("Tags") or [])),
    }
