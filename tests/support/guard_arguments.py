"""Who judges each argument of the resources of this project."""

from tablewright.operations.guard import access_policies, parameters, tables
from tablewright.operations.guard.surroundings import alarms, attachments, endpoints, topics
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

ARGUMENTS = {
    TABLE: tables.ARGUMENTS,
    PARAMETER: parameters.ARGUMENTS,
    MANAGED_POLICY: access_policies.ARGUMENTS,
    ATTACHMENT: attachments.ARGUMENTS,
    ALARM: alarms.ARGUMENTS,
    TOPIC: topics.ARGUMENTS,
    SUBSCRIPTION: topics.SUBSCRIPTION_ARGUMENTS,
    VPC_ENDPOINT: endpoints.ARGUMENTS,
}
