"""Every argument that the installed provider has is decided: judged, or harmless for a reason."""

import pulumi_aws as aws
import pytest
from pulumi_aws.dynamodb import _inputs as dynamodb_inputs

from tablewright.operations.guard.scene import Harmless
from tablewright.operations.guard.tables import (
    attributes,
    indexes,
    recovery,
    replicas,
    throughput,
    ttl,
)
from tests.support.guard_arguments import ARGUMENTS
from tests.support.recording import (
    ALARM,
    ATTACHMENT,
    MANAGED_POLICY,
    PARAMETER,
    SUBSCRIPTION,
    TABLE,
    TOPIC,
    VPC_ENDPOINT,
)

PROVIDER = {
    TABLE: aws.dynamodb.TableArgs,
    PARAMETER: aws.ssm.ParameterArgs,
    MANAGED_POLICY: aws.iam.PolicyArgs,
    ATTACHMENT: aws.iam.RolePolicyAttachmentArgs,
    ALARM: aws.cloudwatch.MetricAlarmArgs,
    TOPIC: aws.sns.TopicArgs,
    SUBSCRIPTION: aws.sns.TopicSubscriptionArgs,
    VPC_ENDPOINT: aws.ec2.VpcEndpointArgs,
}
COMPUTED = {"tagsAll", "version"}
NESTED = {
    "TableAttributeArgs": attributes._KNOWN,
    "TableGlobalSecondaryIndexArgs": indexes._JUDGED | indexes._IN_PLACE,
    "TableGlobalSecondaryIndexKeySchemaArgs": indexes._KEY,
    "TableGlobalSecondaryIndexOnDemandThroughputArgs": throughput.MAXIMA,
    "TableGlobalSecondaryIndexWarmThroughputArgs": throughput.WARM_UNITS,
    "TableOnDemandThroughputArgs": throughput.MAXIMA,
    "TableWarmThroughputArgs": throughput.WARM_UNITS,
    "TablePointInTimeRecoveryArgs": recovery._WINDOW,
    "TableServerSideEncryptionArgs": recovery._ENCRYPTION,
    "TableReplicaArgs": replicas._KNOWN,
    "TableTtlArgs": ttl._KNOWN,
}


@pytest.mark.parametrize("token", ARGUMENTS)
def test_every_argument_of_the_provider_is_decided_and_none_is_invented(token):
    of_provider = set(names_of(PROVIDER[token]))
    assert set(ARGUMENTS[token]) - COMPUTED == of_provider
    for decided in ARGUMENTS[token].values():
        assert not isinstance(decided, Harmless) or decided.because


@pytest.mark.parametrize("name", NESTED)
def test_every_nested_argument_of_the_providers_table_is_known(name):
    assert set(NESTED[name]) == set(names_of(getattr(dynamodb_inputs, name)))


def names_of(arguments):
    """Give the provider's own names of the arguments of one of its classes."""
    for name, value in vars(arguments).items():
        if isinstance(value, property):
            yield vars(value.fget).get("_pulumi_name") or name
