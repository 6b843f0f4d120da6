"""SSM parameters: values, types and tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright.operations.verify.access import managed_policies, table_paths
from tablewright.operations.verify.comparison import NOT_REPORTED, reported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_ssm import SSMClient

    from tablewright.operations.verify.comparison import Comparison
    from tablewright.operations.verify.stack import Stack

_NAMES_A_CALL = 10


@dataclass(frozen=True)
class Parameter:
    """One parameter as it must be."""

    path: str
    value: object
    tags: Mapping[str, str]


def check_parameters(
    stack: Stack, streams: Mapping[str, str | None], ssm: SSMClient, into: Comparison
) -> None:
    """Compare every parameter; `streams` maps a physical table name to its stream's ARN."""
    expected = list(_expected(stack, streams))
    for start in range(0, len(expected), _NAMES_A_CALL):
        group = expected[start : start + _NAMES_A_CALL]
        names = [parameter.path for parameter in group]
        answer: Any = into.read(
            f"parameters {names[0]} and {len(names) - 1} more",
            "existence",
            lambda names=names: ssm.get_parameters(Names=names),  # type: ignore[misc]
        )
        if answer is None:
            continue
        found = {parameter["Name"]: parameter for parameter in answer["Parameters"]}
        for parameter in group:
            _check(parameter, found.get(parameter.path), ssm, into)


def _expected(stack: Stack, streams: Mapping[str, str | None]) -> Iterator[Parameter]:
    for model in stack.settings.models:
        scope = stack.arns(model)
        tags = stack.settings.tags(model.name)
        for table in model.tables:
            name = scope.table_names[table.name]
            values = (name, scope.table(table.name)[0], streams.get(name) or NOT_REPORTED)
            for path, value in zip(table_paths(stack, table), values, strict=False):
                yield Parameter(path, value, tags)
        for policy in managed_policies(stack, model):
            yield Parameter(policy.path, policy.arn, tags)


def _check(
    expected: Parameter, found: Mapping[str, Any] | None, ssm: SSMClient, into: Comparison
) -> None:
    resource = f"parameter {expected.path}"
    into.compare(resource, "existence", "there", found and "there")
    if found is None:
        return
    if expected.value is NOT_REPORTED:
        # The stream itself is not there, or its table could not be read; that is noted there.
        into.undeclared(resource, "value", f"{found['Value']}, but no such stream is known")
    else:
        into.compare(resource, "value", expected.value, found["Value"])
    into.compare(resource, "type", "String", reported(found, "Type"))
    tags: Any = into.read(
        resource,
        "tags",
        lambda: ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=expected.path)[
            "TagList"
        ],
    )
    into.compare_tags(resource, expected.tags, tags)
