"""Attachments of managed policies to IAM roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.local.handler import BaseHandler, Inputs, Outputs
from tablewright.local.type_tokens import ROLE_POLICY_ATTACHMENT

from .stand_ins import stand_in_role

if TYPE_CHECKING:
    from tablewright.local.clients import Clients


class RolePolicyAttachmentHandler(BaseHandler):
    """`aws:iam/rolePolicyAttachment:RolePolicyAttachment`: its id is `<role>/<policy ARN>`.

    A role that the emulator does not know is prepared as a stand-in.
    """

    type_token = ROLE_POLICY_ATTACHMENT
    replace_on = frozenset({"role", "policyArn"})
    required = ("role", "policyArn")

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Attach the policy to the role."""
        role, arn = inputs["role"], inputs["policyArn"]
        stand_in_role(clients, role)
        clients.iam.attach_role_policy(RoleName=role, PolicyArn=arn)
        return f"{role}/{arn}", _outputs(clients, role, arn)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002, ARG002 -- the provider's word
        """Tell whether the policy is still attached."""
        role, _, arn = id.partition("/")
        pages = clients.iam.get_paginator("list_attached_role_policies").paginate(RoleName=role)
        try:
            attached = {one["PolicyArn"] for page in pages for one in page["AttachedPolicies"]}
        except clients.iam.exceptions.NoSuchEntityException:
            return None
        return _outputs(clients, role, arn) if arn in attached else None

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002, ARG002 -- as above
        """Change nothing: every input replaces the attachment."""
        return _outputs(clients, new["role"], new["policyArn"])

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Detach the policy from the role."""
        role, _, arn = id.partition("/")
        try:
            clients.iam.detach_role_policy(RoleName=role, PolicyArn=arn)
        except clients.iam.exceptions.NoSuchEntityException:
            return


def _outputs(clients: Clients, role: str, arn: str) -> Outputs:
    return {"policyArn": arn, "region": clients.region, "role": role}
