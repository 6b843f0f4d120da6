import json
from pathlib import Path

import pytest

from tablewright.recorder import OfflineBackend, Registration

STATE = Path(__file__).parent / "recordings" / "state.json"
BACKEND = OfflineBackend(region="eu-north-1")
RESOURCES = [
    one
    for one in json.loads(STATE.read_text())["deployment"]["resources"]
    if one["custom"] and not one["type"].startswith("pulumi:")
]


def registration(type_, **inputs):
    return Registration(
        urn="urn:pulumi:s::p::x::one",
        type=type_,
        name="one",
        custom=True,
        parent=None,
        inputs=inputs,
    )


@pytest.mark.parametrize("one", RESOURCES, ids=lambda one: one["urn"].rpartition("::")[2])
def test_ids_and_arns_are_those_that_the_provider_gave(one):
    inputs = {key: value for key, value in one["inputs"].items() if key != "__defaults"}
    id_, outputs = BACKEND.create(registration(one["type"], **inputs))
    assert id_ == one["id"]
    assert outputs["arn"] == one["outputs"]["arn"]
    assert outputs["tagsAll"] == one["outputs"]["tagsAll"]
    assert outputs.items() >= inputs.items()
    expected = one["outputs"].get("streamArn", "").partition("/stream/")[0]
    assert outputs.get("streamArn", "").partition("/stream/")[0] == expected


@pytest.mark.parametrize(
    ("type_", "inputs", "id_", "arn"),
    [
        ("sns/topic:Topic", {"name": "t"}, "arn:aws:sns:eu-north-1:123456789012:t", None),
        ("ec2/vpcEndpoint:VpcEndpoint", {}, "vpce-", "arn:aws:ec2:eu-north-1:123456789012:vpc-end"),
        ("sns/topicSubscription:TopicSubscription", {"topic": "arn:t"}, "arn:t:", "arn:t:"),
        (
            "iam/rolePolicyAttachment:RolePolicyAttachment",
            {"role": "r", "policyArn": "p"},
            "r/p",
            "",
        ),
        ("s3/bucket:Bucket", {"bucket": "b"}, "one-", ""),
    ],
)
def test_other_types_get_ids_of_the_right_form(type_, inputs, id_, arn):
    made, outputs = BACKEND.create(registration(f"aws:{type_}", **inputs))
    assert made.startswith(id_)
    assert outputs.get("arn", "").startswith(id_ if arn is None else arn)
    assert (made, outputs) == BACKEND.create(registration(f"aws:{type_}", **inputs))


def test_a_resource_that_names_its_region_is_made_there():
    inputs = {"name": "t", "region": "eu-west-1", "streamEnabled": True}
    _, outputs = BACKEND.create(registration("aws:dynamodb/table:Table", **inputs))
    assert outputs["arn"] == "arn:aws:dynamodb:eu-west-1:123456789012:table/t"
    assert outputs["streamArn"].startswith(f"{outputs['arn']}/stream/")
    _, policy = BACKEND.create(registration("aws:iam/policy:Policy", **inputs))
    assert policy["arn"] == "arn:aws:iam::123456789012:policy/t"


def test_it_says_who_and_where_the_caller_is():
    china = OfflineBackend(region="cn-north-1", account="210987654321", partition="aws-cn")
    caller = china.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})
    assert caller["accountId"] == "210987654321"
    assert caller["arn"] == "arn:aws-cn:iam::210987654321:user/offline"
    assert china.invoke("aws:index/getRegion:getRegion", {})["region"] == "cn-north-1"
    assert china.invoke("aws:index/getRegion:getRegion", {"region": "x"})["region"] == "x"
    assert china.invoke("aws:index/getPartition:getPartition", {})["partition"] == "aws-cn"


def test_a_look_up_it_does_not_know_is_an_error():
    with pytest.raises(LookupError, match=r"getCallerIdentity.*pass a backend"):
        BACKEND.invoke("aws:ec2/getVpc:getVpc", {})
