import pytest

from tablewright.local.clients import Clients
from tablewright.local.errors import UnsupportedTypeError
from tablewright.local.invokes import answer


def test_the_caller_is_the_emulator_s_account(clients):
    found = answer(clients, "aws:index/getCallerIdentity:getCallerIdentity", {})

    assert (found["accountId"], found["id"]) == ("123456789012", "123456789012")
    assert found["arn"].startswith("arn:aws:sts::123456789012:")


@pytest.mark.parametrize(
    ("arguments", "region"), [({}, "eu-north-1"), ({"region": "eu-west-1"}, "eu-west-1")]
)
def test_the_region_is_that_of_the_stack_unless_named(clients, arguments, region):
    found = answer(clients, "aws:index/getRegion:getRegion", arguments)

    assert (found["region"], found["name"], found["id"]) == (region, region, region)
    assert found["endpoint"] == f"ec2.{region}.amazonaws.com"


@pytest.mark.parametrize(
    ("region", "partition", "suffix", "prefix"),
    [
        ("eu-north-1", "aws", "amazonaws.com", "com.amazonaws"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com", "com.amazonaws"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
    ],
)
def test_the_partition_follows_from_the_region(emulator, region, partition, suffix, prefix):
    clients = Clients(emulator.endpoint, region)

    assert answer(clients, "aws:index/getPartition:getPartition", {}) == {
        "dnsSuffix": suffix,
        "id": partition,
        "partition": partition,
        "reverseDnsPrefix": prefix,
    }


def test_an_unknown_function_is_told_with_the_file_to_change(clients):
    with pytest.raises(UnsupportedTypeError, match=r"'aws:s3/getBucket:getBucket' has no answer"):
        answer(clients, "aws:s3/getBucket:getBucket", {})
