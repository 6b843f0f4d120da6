"""One way to build each component alone, for the tests that hold for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import components
from tablewright.models.catalog import FILE_SHARING, SHOP
from tests.support.recording import label_of, profile_of, tags_of

if TYPE_CHECKING:
    import pulumi

SCOPE = components.AwsScope(partition="aws", region="us-east-1", account="123456789012")
TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:on-call"
ENVIRONMENT = "prod"
PLAIN = {
    "project": "dropify",
    "environment": ENVIRONMENT,
    "owner": "team-data",
    "cost_center": "0042",
    "account_id": SCOPE.account,
    "region": SCOPE.region,
    "alarm_topic_arn": TOPIC_ARN,
}
_LABEL = label_of(ENVIRONMENT)
_TAGS = tags_of(ENVIRONMENT, "shop")
_SHOP = SHOP.tables[0]


def store_args(model=SHOP, environment=ENVIRONMENT, **changes) -> components.DataStoreArgs:
    """Return the arguments of a store, with others where the test needs them."""
    arguments = {
        "model": model,
        "label": label_of(environment),
        "profile": profile_of(environment),
        "scope": SCOPE,
        "tags": tags_of(environment, model.name),
        "alarm_topic_arn": TOPIC_ARN,
    }
    return components.DataStoreArgs(**(arguments | changes))


def table(opts: pulumi.ResourceOptions | None = None, **changes) -> components.Table:
    """Build the shop's table."""
    arguments = {
        "spec": _SHOP,
        "table_name": _LABEL.table(_SHOP.name),
        "profile": profile_of(ENVIRONMENT),
        "tags": _TAGS,
    }
    return components.Table("sample", components.TableArgs(**(arguments | changes)), opts)


def _exports(opts):
    args = components.TableExportsArgs(tables=((_SHOP, table()),), label=_LABEL, tags=_TAGS)
    return components.TableExports("sample", args, opts)


def _policies(opts):
    args = components.ConsumerPoliciesArgs(plan=store_args().plan_access(), tags=_TAGS)
    return components.ConsumerPolicies("sample", args, opts)


def _alarms(opts):
    args = components.TableAlarmsArgs(
        spec=_SHOP, operations=("GetItem",), label=_LABEL, tags=_TAGS, topic_arn=TOPIC_ARN
    )
    return components.TableAlarms("sample", args, opts)


def _account_alarms(opts):
    args = components.AccountAlarmsArgs(label=_LABEL, tags=_TAGS, email="on-call@example.com")
    return components.AccountAlarms("sample", args, opts)


def _endpoint(opts):
    args = components.DynamodbEndpointArgs(
        vpc_id="vpc-0123456789abcdef0",
        route_table_ids=("rtb-0123456789abcdef0",),
        plans=(store_args().plan_access(),),
        scope=SCOPE,
        label=_LABEL,
        tags=_TAGS,
    )
    return components.DynamodbEndpoint("sample", args, opts)


SAMPLES = {
    "AccountAlarms": _account_alarms,
    "ConsumerPolicies": _policies,
    "DataStore": lambda opts: components.DataStore("sample", store_args(FILE_SHARING), opts),
    "DynamodbEndpoint": _endpoint,
    "FileSharingStore": lambda opts: components.FileSharingStore("sample", PLAIN, opts),
    "SingleTableStore": lambda opts: components.SingleTableStore("sample", PLAIN, opts),
    "Table": table,
    "TableAlarms": _alarms,
    "TableExports": _exports,
}
"""A builder by class name; each takes the component's options."""
