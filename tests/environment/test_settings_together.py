"""What one key demands of another, each of which could stand alone."""

from tests.support.configurations import problems, settings

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234"
ENDPOINT = {"vpcId": "vpc-01234567", "routeTableIds": ["rtb-01234567"]}


def test_a_replica_needs_the_own_region():
    (problem,) = problems(replicaRegions=["eu-west-1"], region=None)
    assert problem.startswith("aws:region: is not set")


def test_a_key_s_partition_is_told_from_its_own_region_too():
    (problem,) = problems(customerManagedKeyArn=KEY.replace("aws:", "aws-cn:"), region=None)
    assert "is of partition aws-cn, but us-east-1 is in aws" in problem


def test_the_endpoint_s_name_is_one_tag_more():
    most = {f"k{number}": "v" for number in range(43)}
    assert settings(vpcEndpoint=ENDPOINT, extraTags=most)
    assert settings(vpcEndpoint=ENDPOINT, extraTags=most | {"Name": "mine"})
    assert settings(extraTags=most | {"k43": "v"})
    (problem,) = problems(vpcEndpoint=ENDPOINT, extraTags=most | {"k43": "v"})
    assert problem == (
        "tablewright:extraTags: 44 extra and 6 required tags leave none of the 50 that AWS takes "
        "for the Name of the VPC endpoint; keep at most 43, or give a Name among them"
    )
    assert len(problems(vpcEndpoint=ENDPOINT, extraTags=most | {"k43": "v", "k44": "v"})) == 1


def test_a_replica_needs_a_key_of_its_region():
    (problem,) = problems(replicaRegions=["eu-west-1"], customerManagedKeyArn=KEY)
    assert problem.startswith("tablewright:customerManagedKeyArn: ")
    assert "use a multi-region key (its id begins with mrk-)" in problem
