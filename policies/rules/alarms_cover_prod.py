"""Somebody is told when DynamoDB throttles, fails, or refuses requests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.regions import region_if_known
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import number, texts
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX
from rules.tables.alarm_faults import AlarmJudge, Limits
from rules.tables.alarms import (
    READ_THROTTLING,
    SYSTEM_ERRORS,
    USER_ERRORS,
    WRITE_THROTTLING,
    Alarms,
    Signal,
)
from rules.tables.notifications import Composites
from rules.tables.stack_tables import StackTables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackIndex, StackTable

_THROTTLING: Final = {"read-throttle": READ_THROTTLING, "write-throttle": WRITE_THROTTLING}


def _check(stack: Stack, settings: Settings) -> Iterator[Finding]:
    tables = StackTables(stack)
    if not tables.all:
        return
    limits = Limits(settings.number("highestThreshold"), settings.number("longestWindow"))
    judge = AlarmJudge(Alarms(stack, tables), Composites(stack), limits)
    findings = known_first(
        *(_table(table, judge, settings) for table in tables.all),
        *(judge.user_errors(table, _no_user_errors(table)) for table in tables.all),
        tables.unread(GLOBAL_SECONDARY_INDEX),
    )
    told: set[Finding] = set()
    for finding in findings:
        if finding not in told:  # one alarm may watch much
            told.add(finding)
            yield finding


def _table(table: StackTable, judge: AlarmJudge, settings: Settings) -> Iterator[Finding]:
    return known_first(
        _throttling(judge, Signal("", table.urn), table.label, table.urn),
        table.each_index(lambda index: _index(table, index, judge)),
        *(
            _system_errors(table, operation, judge)
            for operation in settings.texts("operations") or ("",)
        ),
    )


def _index(table: StackTable, index: StackIndex, judge: AlarmJudge) -> Iterator[Finding]:
    what = f"index '{index.name}' of {table.label}"
    yield from _throttling(judge, Signal("", table.urn, index.name), what, index.resource.urn)


def _throttling(judge: AlarmJudge, of: Signal, what: str, urn: str) -> Iterator[Finding]:
    prefix = "index-" if of.index else ""
    signals = [(id_, replace(of, metric=metric)) for id_, metric in _THROTTLING.items()]
    return known_first(
        *(
            judge.watched(signal, Finding(prefix + id_, _missing(signal, what), urn))
            for id_, signal in signals
        )
    )


def _system_errors(table: StackTable, operation: str, judge: AlarmJudge) -> Iterator[Finding]:
    signal = Signal(SYSTEM_ERRORS, table.urn, operation=operation or "any")
    alone = judge.on_table_alone(table.urn)
    missing = Finding("system-errors", _missing(signal, table.label), table.urn)
    if alone:
        missing = _on_table_alone(table, alone)
    if operation:
        return judge.watched(signal, missing)
    return judge.system_errors(table.urn, missing)


def _no_user_errors(table: StackTable) -> Finding:
    """Tell what is missing; DynamoDB counts them for all tables of a region at once."""
    region = region_if_known(table.resource)
    where = f"the account in {region}" if region else "the account"
    return Finding("user-errors", _missing(Signal(USER_ERRORS), where))


def _missing(signal: Signal, what: str) -> str:
    names = {
        "TableName": signal.table,
        "GlobalSecondaryIndexName": signal.index,
        "Operation": signal.operation,
    }
    dimensions = " and ".join(name for name, value in names.items() if value)
    operation = f" for {signal.operation} operations" if signal.operation else ""
    return (
        f"no alarm watches {signal.metric}{operation} of {what}; add one on the namespace "
        f"AWS/DynamoDB with {f'the dimensions {dimensions}' if dimensions else 'no dimension'}"
    )


def _on_table_alone(table: StackTable, alarm: Resource) -> Finding:
    return Finding(
        "system-errors-dimension",
        f"the alarm on {SYSTEM_ERRORS} of {table.label} never fires, for the metric exists per "
        "table and operation only; add up the operations in use with metric math",
        alarm.urn,
    )


ALARMS_COVER_PROD = StackRule(
    id="alarms-cover-prod",
    demands="Alarms tell somebody of throttled reads and writes of every table and index, of "
    "system errors of every table, and of user errors in every region.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="Add a cloudwatch.MetricAlarm for each metric that the message names, with "
    "alarm_actions; with tablewright, set tablewright:alarmTopicArn or tablewright:alarmEmail.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
    mappings=Mappings(
        security_hub=("CloudWatch.15", "CloudWatch.17"),
        checkov=("CKV_AWS_319~",),
    ),
    settings={
        "operations": texts(
            "Operations whose system errors must be watched for every table, such as GetItem; "
            "without any, an alarm on one or more is enough.",
            pattern="^[A-Z][A-Za-z]+$",
        ),
        "highestThreshold": number("The highest threshold that an alarm may have.", 100, minimum=1),
        "longestWindow": number(
            "The most seconds that an alarm may look at: its period times its evaluationPeriods.",
            3_600,
            minimum=60,
            maximum=86_400,
        ),
    },
    check=_check,
)
