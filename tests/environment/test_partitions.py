"""A region's partition is told by its name."""

import boto3
import pytest

from tablewright.environment.partitions import partition_of

SESSION = boto3.Session()
REGIONS = [
    (region, partition)
    for partition in SESSION.get_available_partitions()
    for region in SESSION.get_available_regions("dynamodb", partition)
]


@pytest.mark.parametrize(("region", "partition"), REGIONS)
def test_a_region_is_in_the_partition_that_botocore_names(region, partition):
    assert partition_of(region) == partition


def test_botocore_names_regions_of_several_partitions():
    assert {"aws", "aws-cn", "aws-us-gov"} <= {partition for _, partition in REGIONS}
