"""Type tokens of the resources that the rules judge, as the AWS provider spells them."""

from typing import Final

TABLE: Final = "aws:dynamodb/table:Table"
TABLE_REPLICA: Final = "aws:dynamodb/tableReplica:TableReplica"
GLOBAL_SECONDARY_INDEX: Final = "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex"
TABLE_RESOURCE_POLICY: Final = "aws:dynamodb/resourcePolicy:ResourcePolicy"
KINESIS_DESTINATION: Final = "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination"

SCALING_TARGET: Final = "aws:appautoscaling/target:Target"
SCALING_POLICY: Final = "aws:appautoscaling/policy:Policy"
BACKUP_SELECTION: Final = "aws:backup/selection:Selection"
EVENT_SOURCE_MAPPING: Final = "aws:lambda/eventSourceMapping:EventSourceMapping"
PIPE: Final = "aws:pipes/pipe:Pipe"
METRIC_ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE_ALARM: Final = "aws:cloudwatch/compositeAlarm:CompositeAlarm"

PARAMETER: Final = "aws:ssm/parameter:Parameter"

CLOUD_CONTROL: Final = "aws:cloudcontrol/resource:Resource"
CLOUD_FORMATION_STACK: Final = "aws:cloudformation/stack:Stack"

MANAGED_POLICY: Final = "aws:iam/policy:Policy"
ROLE: Final = "aws:iam/role:Role"
ROLE_POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
USER_POLICY: Final = "aws:iam/userPolicy:UserPolicy"
GROUP_POLICY: Final = "aws:iam/groupPolicy:GroupPolicy"
POLICY_ATTACHMENT: Final = "aws:iam/policyAttachment:PolicyAttachment"
ROLE_POLICY_ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
USER_POLICY_ATTACHMENT: Final = "aws:iam/userPolicyAttachment:UserPolicyAttachment"
GROUP_POLICY_ATTACHMENT: Final = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"
ROLE_POLICY_ATTACHMENTS_EXCLUSIVE: Final = (
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
)
USER_POLICY_ATTACHMENTS_EXCLUSIVE: Final = (
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive"
)
GROUP_POLICY_ATTACHMENTS_EXCLUSIVE: Final = (
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive"
)

PERMISSION_SET_INLINE_POLICY: Final = (
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
)
PERMISSION_SET_MANAGED_POLICY: Final = (
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
)
PERMISSION_SET_MANAGED_POLICIES_EXCLUSIVE: Final = (
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive"
)
