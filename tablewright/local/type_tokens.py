"""The resource types that live in the emulator."""

from typing import Final

TABLE: Final = "aws:dynamodb/table:Table"
PARAMETER: Final = "aws:ssm/parameter:Parameter"
POLICY: Final = "aws:iam/policy:Policy"
ROLE_POLICY_ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
METRIC_ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC: Final = "aws:sns/topic:Topic"
TOPIC_SUBSCRIPTION: Final = "aws:sns/topicSubscription:TopicSubscription"
VPC_ENDPOINT: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
