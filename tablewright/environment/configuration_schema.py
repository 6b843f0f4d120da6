"""Every configuration key of a stack with its form; Pulumi.yaml describes each in words.

The first example of a field is shown by an error about it, and stands in for a refused value
while the other keys are checked, so each example is a value that passes.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from tablewright.environment.field_types import (
    Flag,
    KeyText,
    OptionalObject,
    ProfileDays,
    ProfileFlag,
    Regions,
    RequestUnits,
    RoleNames,
    Text,
    TextByKey,
    Texts,
    matching,
)
from tablewright.environment.profile import Environment  # noqa: TC001 - pydantic reads it when it builds the model

NAMESPACE: Final = "tablewright"

TableClass = Literal["STANDARD", "STANDARD_INFREQUENT_ACCESS"]

_KEY_ARN = r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+"
_TOPIC_ARN = r"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}(\.fifo)?"
_A_KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
_A_TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"

KeyArn = Annotated[
    Text, matching(_KEY_ARN, "the ARN of a KMS key", f"write a key's ARN, no alias: {_A_KEY}")
]
TopicArn = Annotated[
    Text, matching(_TOPIC_ARN, "the ARN of an SNS topic", f"write an ARN: {_A_TOPIC}")
]
Email = Annotated[
    Text,
    matching(r"[^@\s]+@[^@\s]+\.[^@\s.]+", "an e-mail address", "write one: on-call@example.com"),
]
VpcId = Annotated[
    Text, matching(r"vpc-[0-9a-f]{8,17}", "a VPC's id", "write an id: vpc-0123456789abcdef0")
]
RouteTableId = Annotated[
    Text,
    matching(r"rtb-[0-9a-f]{8,17}", "a route table's id", "write an id: rtb-0123456789abcdef0"),
]

_STRICT_KEYS = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)


class VpcEndpoint(BaseModel):
    """Where the gateway endpoint for DynamoDB goes."""

    model_config = _STRICT_KEYS

    vpc_id: VpcId
    route_table_ids: tuple[RouteTableId, ...] = Field(min_length=1)


class Configuration(BaseModel):
    """The keys as a stack writes them; None where it leaves the matter open."""

    model_config = _STRICT_KEYS

    environment: Environment = Field(examples=["dev"])
    project: KeyText = Field(examples=["dropify"])
    owner: KeyText = Field(examples=["team-data"])
    cost_center: KeyText = Field(examples=["1234"])
    stores: Texts = Field(examples=[["file_sharing", "shop"]], min_length=1)
    enable_audit_trail: Flag = Field(default=False, examples=[True])
    point_in_time_recovery_days: ProfileDays = Field(default=None, examples=[35])
    retain: ProfileFlag = Field(default=None, examples=[True])
    alarms: ProfileFlag = Field(default=None, examples=[True])
    weakening_reason: KeyText | None = Field(
        default=None, examples=["Load test data of ticket 1234, gone by the end of May"]
    )
    customer_managed_key_arn: KeyArn | None = Field(default=None, examples=[_A_KEY])
    alarm_topic_arn: TopicArn | None = Field(default=None, examples=[_A_TOPIC])
    alarm_email: Email | None = Field(default=None, examples=["on-call@example.com"])
    table_class: TableClass = Field(default="STANDARD", examples=["STANDARD_INFREQUENT_ACCESS"])
    max_read_request_units: RequestUnits = Field(default=None, examples=[1000])
    max_write_request_units: RequestUnits = Field(default=None, examples=[1000])
    replica_regions: Regions = Field(default=(), examples=[["eu-west-1"]])
    role_names: RoleNames = Field(default={}, examples=[{"file_sharing/api": ["api-service"]}])
    vpc_endpoint: Annotated[VpcEndpoint | None, OptionalObject] = Field(
        default=None,
        examples=[{"vpcId": "vpc-0123456789abcdef0", "routeTableIds": ["rtb-0123456789abcdef0"]}],
    )
    extra_tags: TextByKey = Field(default={}, examples=[{"Team": "data"}])


KEYS: Final = tuple(to_camel(name) for name in Configuration.model_fields)
"""The configuration keys without their namespace."""
