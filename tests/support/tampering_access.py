"""Changes to parameters, policies and alarms, and the problem that each makes."""

from __future__ import annotations

import json

from tablewright.operations.verify import Status
from tests.support.deployed_stack import ROLE
from tests.support.tampering_tables import ACCOUNT, PREFIX

TAGS = {
    "Project": "dropify",
    "Environment": "staging",
    "Owner": "team-data",
    "CostCenter": "0042",
    "ManagedBy": "pulumi",
    "Team": "data",
}
ALARM = {
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "Period": 60,
    "Statistic": "Sum",
    "Namespace": "AWS/DynamoDB",
}
GRANT = {"Effect": "Allow", "Action": "dynamodb:Scan", "Resource": "*"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [GRANT]})


def arn(name):
    return f"arn:aws:iam::{ACCOUNT}:policy/{PREFIX}-{name}"


def change_vpc_endpoint(to):
    found = to.ec2.describe_vpc_endpoints()["VpcEndpoints"][0]["VpcEndpointId"]
    to.ec2.modify_vpc_endpoint(VpcEndpointId=found, PolicyDocument=POLICY)


def replace_system_errors(to):
    name = f"{PREFIX}-users-system-errors"
    to.cloudwatch.delete_alarms(AlarmNames=[name])
    to.cloudwatch.put_metric_alarm(
        AlarmName=name,
        MetricName="SystemErrors",
        Dimensions=[{"Name": "TableName", "Value": f"{PREFIX}-users"}],
        **ALARM,
    )


def change_topic_tags(to):
    topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:{PREFIX}-alarms"
    to.sns.untag_resource(ResourceArn=topic, TagKeys=["Owner"])


# What is done, and the one problem that must come of it: resource, property, status, deployed.
CHANGES = [
    (
        lambda to: to.ssm.add_tags_to_resource(
            ResourceType="Parameter",
            ResourceId=f"/{PREFIX}/tables/users-table-name",
            Tags=[{"Key": "Owner", "Value": "somebody"}],
        ),
        (
            "parameter /dropify-staging/tables/users-table-name",
            "tags",
            Status.DIFFERENT,
            {**TAGS, "DataModel": "file_sharing", "Owner": "somebody"},
        ),
    ),
    (
        lambda to: to.iam.untag_policy(PolicyArn=arn("shop-events"), TagKeys=["Team"]),
        (
            "managed policy dropify-staging-shop-events",
            "tags",
            Status.DIFFERENT,
            {key: value for key, value in TAGS.items() if key != "Team"} | {"DataModel": "shop"},
        ),
    ),
    (
        replace_system_errors,
        (
            "alarm dropify-staging-users-system-errors",
            "metrics",
            Status.DIFFERENT,
            ["SystemErrors (TableName=dropify-staging-users)"],
        ),
    ),
    (
        replace_system_errors,
        ("alarm dropify-staging-users-system-errors", "metric math", Status.DIFFERENT, "[]"),
    ),
    (
        replace_system_errors,
        ("alarm dropify-staging-users-system-errors", "actions", Status.DIFFERENT, []),
    ),
    (
        lambda to: to.cloudwatch.untag_resource(
            ResourceARN=f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:{PREFIX}-user-errors",
            TagKeys=["Owner"],
        ),
        (
            "alarm dropify-staging-user-errors",
            "tags",
            Status.DIFFERENT,
            {key: value for key, value in TAGS.items() if key != "Owner"} | {"DataModel": "shared"},
        ),
    ),
    (
        lambda to: to.ssm.put_parameter(
            Name=f"/{PREFIX}/tables/files-table-name", Value="elsewhere", Overwrite=True
        ),
        (
            "parameter /dropify-staging/tables/files-table-name",
            "value",
            Status.DIFFERENT,
            "elsewhere",
        ),
    ),
    (
        lambda to: to.ssm.delete_parameter(Name=f"/{PREFIX}/quota/user-quotas-table-arn"),
        (
            "parameter /dropify-staging/quota/user-quotas-table-arn",
            "existence",
            Status.MISSING,
            None,
        ),
    ),
    (
        lambda to: to.iam.create_policy_version(
            PolicyArn=arn("shop-storefront"), PolicyDocument=POLICY, SetAsDefault=True
        ),
        (
            "managed policy dropify-staging-shop-storefront",
            "document",
            Status.DIFFERENT,
            "Allow dynamodb:Scan on *",
        ),
    ),
    (
        lambda to: to.iam.delete_policy(PolicyArn=arn("kv-storage-admin")),
        ("managed policy dropify-staging-kv-storage-admin", "existence", Status.MISSING, None),
    ),
    (
        lambda to: to.iam.detach_role_policy(RoleName=ROLE, PolicyArn=arn("shop-events")),
        (
            "role api-service",
            "attached dropify-staging-shop-events",
            Status.MISSING,
            None,
        ),
    ),
    (
        lambda to: to.cloudwatch.delete_alarms(AlarmNames=[f"{PREFIX}-users-read-throttle"]),
        ("alarm dropify-staging-users-read-throttle", "existence", Status.MISSING, None),
    ),
    (
        lambda to: to.cloudwatch.disable_alarm_actions(AlarmNames=[f"{PREFIX}-user-errors"]),
        ("alarm dropify-staging-user-errors", "actions enabled", Status.DIFFERENT, False),
    ),
    (
        lambda to: to.cloudwatch.put_metric_alarm(
            AlarmName=f"{PREFIX}-files-write-throttle",
            MetricName="ReadThrottleEvents",
            AlarmActions=[f"arn:aws:sns:us-east-1:{ACCOUNT}:{PREFIX}-alarms"],
            Tags=[{"Key": k, "Value": v} for k, v in {**TAGS, "DataModel": "file_sharing"}.items()],
            **ALARM,
        ),
        (
            "alarm dropify-staging-files-write-throttle",
            "metrics",
            Status.DIFFERENT,
            ["ReadThrottleEvents"],
        ),
    ),
    (
        change_topic_tags,
        (
            "topic dropify-staging-alarms",
            "tags",
            Status.DIFFERENT,
            {key: value for key, value in TAGS.items() if key != "Owner"} | {"DataModel": "shared"},
        ),
    ),
    (
        change_vpc_endpoint,
        (None, "policy", Status.DIFFERENT, "Allow dynamodb:Scan on *"),
    ),
]
