"""Managed policies as they are made: names, paths, roles, and who gets none."""

import json

from components import ConsumerPolicies, ConsumerPoliciesArgs, TableOptions
from tablewright.models.catalog import FILE_SHARING
from tests.support.component_samples import store_args
from tests.support.recording import (
    ATTACHMENT,
    MANAGED_POLICY,
    PARAMETER,
    record_component,
    tags_of,
)


def recording_of(*, preview=False, **changes):
    plan = store_args(FILE_SHARING, **changes).plan_access()
    args = ConsumerPoliciesArgs(plan=plan, tags=tags_of("prod", "file_sharing"))
    return record_component(lambda: ConsumerPolicies("access", args), preview=preview)


def test_each_planned_policy_is_made_with_its_document():
    recording = recording_of()
    plan = store_args(FILE_SHARING).plan_access()
    made = {one.inputs["name"]: one.inputs["policy"] for one in recording.of_type(MANAGED_POLICY)}
    assert made == {policy.name: policy.document for policy in plan.policies}
    assert all(json.loads(text)["Version"] == "2012-10-17" for text in made.values())


def test_the_arn_of_each_is_found_under_its_path():
    recording = recording_of()
    arns = {one.inputs["name"]: one.outputs["arn"] for one in recording.of_type(MANAGED_POLICY)}
    assert {one.inputs["name"]: one.inputs["value"] for one in recording.of_type(PARAMETER)} == {
        policy.path: arns[policy.name] for policy in store_args(FILE_SHARING).plan_access().policies
    }


def test_descriptions_tell_the_verifier_from_the_consumers():
    told = {
        one.inputs["name"].removeprefix("dropify-prod-file-sharing-"): one.inputs["description"]
        for one in recording_of().of_type(MANAGED_POLICY)
    }
    assert told["api"] == "What api of file_sharing needs, derived from its access patterns"
    assert told["verifier"].startswith("Lets the check after a deployment read")


def test_a_consumer_whose_stream_is_missing_is_reported_at_the_component():
    recording = recording_of()
    (message,) = recording.messages
    assert message.text.startswith("consumer 'audit' of 'file_sharing' gets no access policy")
    assert message.urn == recording.only("tablewright:index:ConsumerPolicies").urn
    assert recording_of(table_options=TableOptions(enable_audit_trail=True)).messages == ()


def test_an_attachment_waits_for_its_policy():
    recording = recording_of(role_names={"api": ("web",)})
    (attachment,) = recording.of_type(ATTACHMENT)
    (urn,) = attachment.property_dependencies["policyArn"]
    assert recording.by_urn(urn).inputs["name"] == "dropify-prod-file-sharing-api"


def test_documents_are_known_at_preview():
    for one in recording_of(preview=True).of_type(MANAGED_POLICY):
        assert json.loads(one.inputs["policy"])["Statement"]
