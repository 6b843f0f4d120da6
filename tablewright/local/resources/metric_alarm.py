"""CloudWatch alarms on one metric or on metric math."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.local.errors import RefusedError
from tablewright.local.handler import BaseHandler, Inputs, Outputs, Problem
from tablewright.local.type_tokens import METRIC_ALARM

from . import metric_queries, tags
from .request import without_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.local.clients import Clients

_TEXTS = {
    "alarmDescription": "AlarmDescription",
    "evaluateLowSampleCountPercentiles": "EvaluateLowSampleCountPercentile",
    "extendedStatistic": "ExtendedStatistic",
    "metricName": "MetricName",
    "namespace": "Namespace",
    "statistic": "Statistic",
    "thresholdMetricId": "ThresholdMetricId",
    "unit": "Unit",
}
_NUMBERS = {"datapointsToAlarm": "DatapointsToAlarm", "period": "Period"}
_ACTIONS = {
    "alarmActions": "AlarmActions",
    "insufficientDataActions": "InsufficientDataActions",
    "okActions": "OKActions",
}


class MetricAlarmHandler(BaseHandler):
    """`aws:cloudwatch/metricAlarm:MetricAlarm`: its id is the name."""

    type_token = METRIC_ALARM
    replace_on = frozenset({"region", "name"})
    required = ("name", "comparisonOperator", "evaluationPeriods")

    def check(self, inputs: Inputs) -> list[Problem]:
        """List also what AWS refuses in metric math."""
        return [*super().check(inputs), *metric_queries.problems(inputs)]

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Put the alarm with its tags."""
        request = _request(inputs)
        clients.cloudwatch.put_metric_alarm(**request, Tags=tags.pairs(tags.declared(inputs)))
        return inputs["name"], _existing(clients, inputs["name"])

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002, ARG002 -- the provider's word
        """Read the alarm and its tags."""
        return _outputs(clients, id)

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002, ARG002 -- as above
        """Put the whole alarm again; tags have calls of their own."""
        found = _existing(clients, id)
        clients.cloudwatch.put_metric_alarm(**_request(new))
        to_set, to_remove = tags.changes(_tags(clients, found["arn"]), tags.declared(new))
        if to_set:
            clients.cloudwatch.tag_resource(
                ResourceARN=found["arn"],
                Tags=tags.pairs(to_set),
            )
        if to_remove:
            clients.cloudwatch.untag_resource(ResourceARN=found["arn"], TagKeys=to_remove)
        return _existing(clients, id)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Delete the alarm."""
        if _describe(clients, id):
            clients.cloudwatch.delete_alarms(AlarmNames=[id])


def _request(inputs: Inputs) -> dict[str, Any]:
    request = {
        "AlarmName": inputs["name"],
        "ComparisonOperator": inputs["comparisonOperator"],
        "EvaluationPeriods": int(inputs["evaluationPeriods"]),
        "TreatMissingData": inputs.get("treatMissingData") or "missing",
        "Dimensions": metric_queries.dimension_list(inputs.get("dimensions")),
        "Metrics": metric_queries.requests(inputs.get("metricQueries")),
        **{ours: inputs.get(name) for name, ours in _TEXTS.items()},
        **{ours: int(inputs.get(name) or 0) or None for name, ours in _NUMBERS.items()},
        **{ours: list(inputs.get(name) or ()) for name, ours in _ACTIONS.items()},
    }
    whole = without_empty(request)
    whole["ActionsEnabled"] = inputs.get("actionsEnabled") is not False
    if inputs.get("threshold") is not None:
        whole["Threshold"] = float(inputs["threshold"])
    return whole


def _describe(clients: Clients, name: str) -> Mapping[str, Any] | None:
    found = clients.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm"])
    return found["MetricAlarms"][0] if found["MetricAlarms"] else None


def _existing(clients: Clients, name: str) -> Outputs:
    found = _outputs(clients, name)
    if found is None:
        raise RefusedError(f"alarm '{name}' does not exist; refresh the stack and run again")
    return found


def _tags(clients: Clients, arn: str) -> dict[str, str]:
    return tags.mapping(clients.cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"])


def _outputs(clients: Clients, name: str) -> Outputs | None:
    found = _describe(clients, name)
    if found is None:
        return None
    outputs: Outputs = {
        "actionsEnabled": bool(found.get("ActionsEnabled")),
        "arn": found["AlarmArn"],
        "comparisonOperator": found["ComparisonOperator"],
        "dimensions": metric_queries.dimension_map(found.get("Dimensions")),
        "evaluationPeriods": found["EvaluationPeriods"],
        "metricQueries": metric_queries.outputs(found.get("Metrics")),
        "name": found["AlarmName"],
        "region": clients.region,
        **tags.outputs(_tags(clients, found["AlarmArn"])),
        "treatMissingData": found.get("TreatMissingData") or "missing",
        **{ours: found.get(name) or "" for ours, name in _TEXTS.items()},
        **{ours: found.get(name) or 0 for ours, name in _NUMBERS.items()},
        **{ours: sorted(found[name]) for ours, name in _ACTIONS.items() if found.get(name)},
    }
    if found.get("Threshold") is not None:
        outputs["threshold"] = _number(found["Threshold"])
    return outputs


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value
