"""The program: read the stack's settings, build its stores, export what they offer."""

import pulumi

from components import (
    AccountAlarms,
    AccountAlarmsArgs,
    AwsScope,
    DataStore,
    DataStoreArgs,
    DynamodbEndpoint,
    DynamodbEndpointArgs,
)
from tablewright.environment import Settings

settings = Settings.load()
for warning in settings.warnings:
    pulumi.log.warn(warning)
scope = AwsScope.look_up()
alarms = (
    AccountAlarms("account-alarms", AccountAlarmsArgs.of(settings))
    if settings.profile.alarms
    else None
)
topic_arn = alarms.topic_arn if alarms else None
stores = {
    model.name: DataStore(
        model.name.replace("_", "-"), DataStoreArgs.of(settings, model, scope, topic_arn)
    )
    for model in settings.models
}
if settings.vpc_endpoint:
    plans = tuple(store.access for store in stores.values())
    DynamodbEndpoint("dynamodb", DynamodbEndpointArgs.of(settings, plans, scope))
for name, store in stores.items():
    pulumi.export(name, store.outputs)
