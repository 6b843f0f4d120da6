"""AccountAlarms: what exists once a stack: the topic that alarms tell, and the user-error alarm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Label, Settings

USER_ERRORS = "user-errors"
"""The last part of the name of the alarm on refused requests."""


@dataclass(frozen=True, kw_only=True)
class AccountAlarmsArgs:
    """Who is told: an existing topic, or an e-mail address for which one is made."""

    label: Label
    tags: Mapping[str, str]
    topic_arn: str | None = None
    email: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take what a stack's configuration says."""
        return cls(
            label=settings.label,
            tags=settings.tags(),
            topic_arn=settings.alarm_topic_arn,
            email=settings.alarm_email,
        )


class AccountAlarms(pulumi.ComponentResource):
    """The stack's alarm topic, and an alarm on requests that DynamoDB refuses as wrong.

    `UserErrors` is counted per account and region and has no table dimension (page "DynamoDB
    metrics and dimensions"), so one alarm serves the stack.
    """

    topic_arn: pulumi.Output[str] | None
    alarm_names: pulumi.Output[list[str]]

    def __init__(
        self, name: str, args: AccountAlarmsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:AccountAlarms", name, None, opts)
        self.topic_arn = self._topic(name, args)
        alarm = args.label.alarm(USER_ERRORS)
        aws.cloudwatch.MetricAlarm(
            f"{name}-{USER_ERRORS}",
            name=alarm,
            alarm_description="DynamoDB refuses requests of this account and region as wrong",
            namespace="AWS/DynamoDB",
            metric_name="UserErrors",
            statistic="Sum",
            period=300,
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=10,
            evaluation_periods=1,
            treat_missing_data="notBreaching",
            alarm_actions=[self.topic_arn] if self.topic_arn is not None else None,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.alarm_names = pulumi.Output.from_input([alarm])
        topic = {} if self.topic_arn is None else {"topicArn": self.topic_arn}
        self.register_outputs({"alarmNames": [alarm], **topic})

    def _topic(self, name: str, args: AccountAlarmsArgs) -> pulumi.Output[str] | None:
        """Use the topic that is there, or make one that CloudWatch of this account may use.

        It stays without a key: CloudWatch cannot publish to a topic under the AWS-managed one.
        """
        if args.topic_arn:
            return pulumi.Output.from_input(args.topic_arn)
        if not args.email:
            return None
        child = pulumi.ResourceOptions(parent=self)
        topic = aws.sns.Topic(f"{name}-topic", name=args.label.topic(), tags=args.tags, opts=child)
        aws.sns.TopicSubscription(
            f"{name}-email",
            topic=topic.arn,
            protocol="email",
            endpoint=args.email,
            opts=child,
        )
        return topic.arn
