"""Where a stack deploys, as the provider answers."""

import pytest

from components import AwsScope
from tablewright.models.catalog import SHOP
from tablewright.recorder import OfflineBackend, record
from tests.support.component_samples import SCOPE
from tests.support.recording import label_of


@pytest.mark.parametrize("preview", [False, True])
def test_the_scope_is_looked_up_during_a_preview_too(preview):
    found = []
    record(
        lambda: found.append(AwsScope.look_up()),
        project="tablewright",
        stack="dev",
        configuration={},
        backend=OfflineBackend(region="eu-west-1", account="210987654321", partition="aws-cn"),
        preview=preview,
    )
    assert found == [AwsScope(partition="aws-cn", region="eu-west-1", account="210987654321")]


def test_arns_are_of_the_stacks_tables_in_every_region():
    arns = SCOPE.arns(
        SHOP, label_of("dev"), replica_regions=("eu-west-1",), streams=frozenset({"shop"})
    )
    assert arns.table("shop") == tuple(
        f"arn:aws:dynamodb:{region}:123456789012:table/dropify-dev-shop"
        for region in ("us-east-1", "eu-west-1")
    )
    assert arns.streams == {"shop"}
