"""Metric math of an alarm, between the provider's form and CloudWatch's."""

from collections.abc import Iterable, Mapping
from typing import Any

from tablewright.local.handler import Inputs, Outputs, Problem

from .request import without_empty

_MOST_METRICS = 10


def problems(inputs: Inputs) -> list[Problem]:
    """List what CloudWatch refuses: not exactly one result, or more than ten metrics."""
    queries = inputs.get("metricQueries")
    if not isinstance(queries, list) or not queries:
        return []
    found = []
    results = [one["id"] for one in queries if one.get("returnData")]
    if len(results) != 1:
        reason = f"{len(results)} of them return data ({', '.join(results)}); let exactly one do it"
        found.append(("metricQueries", reason))
    metrics = sum(1 for one in queries if one.get("metric"))
    if metrics > _MOST_METRICS:
        reason = f"{metrics} metrics, but an alarm takes {_MOST_METRICS}; split the alarm"
        found.append(("metricQueries", reason))
    return found


def requests(queries: Iterable[Inputs] | None) -> list[dict[str, Any]]:
    """Turn declared queries into CloudWatch's."""
    return [_request(query) for query in queries or ()]


def outputs(metrics: Iterable[Mapping[str, Any]] | None) -> list[Outputs]:
    """Turn CloudWatch's queries into outputs, sorted by id."""
    found = [_output(metric) for metric in metrics or ()]
    return sorted(found, key=lambda one: str(one["id"]))


def dimension_list(dimensions: Mapping[str, str] | None) -> list[dict[str, str]]:
    """Turn a mapping of dimensions into CloudWatch's list."""
    return [{"Name": name, "Value": value} for name, value in sorted((dimensions or {}).items())]


def dimension_map(dimensions: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """Turn CloudWatch's list of dimensions into a mapping."""
    return {one["Name"]: one["Value"] for one in dimensions or ()}


def _request(query: Inputs) -> dict[str, Any]:
    request = without_empty(
        {
            "Id": query["id"],
            "AccountId": query.get("accountId"),
            "Expression": query.get("expression"),
            "Label": query.get("label"),
            "Period": int(query.get("period") or 0) or None,
            "MetricStat": _statistic(query.get("metric")),
        }
    )
    return {**request, "ReturnData": bool(query.get("returnData"))}


def _statistic(metric: Inputs | None) -> dict[str, Any] | None:
    if not metric:
        return None
    measured = without_empty(
        {
            "Namespace": metric.get("namespace"),
            "MetricName": metric["metricName"],
            "Dimensions": dimension_list(metric.get("dimensions")),
        }
    )
    statistic = {"Metric": measured, "Period": int(metric["period"]), "Stat": metric["stat"]}
    return without_empty({**statistic, "Unit": metric.get("unit")})


def _output(found: Mapping[str, Any]) -> Outputs:
    output: Outputs = {
        "accountId": found.get("AccountId", ""),
        "expression": found.get("Expression", ""),
        "id": found["Id"],
        "label": found.get("Label", ""),
        "period": found.get("Period", 0),
        "returnData": bool(found.get("ReturnData")),
    }
    if statistic := found.get("MetricStat"):
        measured = statistic["Metric"]
        output["metric"] = {
            "dimensions": dimension_map(measured.get("Dimensions")),
            "metricName": measured["MetricName"],
            "namespace": measured.get("Namespace", ""),
            "period": statistic["Period"],
            "stat": statistic["Stat"],
            "unit": statistic.get("Unit", ""),
        }
    return output
