"""Turns rules into policies of the SDK: reads settings, applies waivers, reports violations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Final, cast

from pulumi_policy import Policy, StackValidationPolicy
from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.framework.of_types import OfTypes, refuse_other_types
from rules.framework.rule import ResourceRule, Rule, StackRule
from rules.framework.settings import REMEDIATED, Settings
from rules.framework.subjects import Resource, Views
from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pulumi_policy import ReportViolation, ResourceValidationArgs, StackValidationArgs

    from rules.framework.session import Session


def policies_of(rules: Iterable[ResourceRule | StackRule], session: Session) -> list[Policy]:
    """Return rules as the SDK runs them, all in one run."""
    views = Views(session)
    return [
        _stack_policy(rule, session, views)
        if isinstance(rule, StackRule)
        else _resource_policy(rule, session)
        for rule in rules
    ]


def _stack_policy(rule: StackRule, session: Session, views: Views) -> Policy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        settings = Settings(rule.schema(), args.get_config())
        run = _Run(rule, session, settings, "")
        run.tell(lambda: rule.check(views.of(args.resources), settings), report)

    return StackValidationPolicy(validate=validate, **rule.metadata())


def _resource_policy(rule: ResourceRule, session: Session) -> Policy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        refuse_other_types(rule.id, rule.types, args)
        settings = Settings(rule.schema(), args.get_config())
        run = _Run(rule, session, settings, args.urn)
        run.tell(lambda: rule.check(Resource.alone(args), settings), report)

    return OfTypes(
        rule.types,
        validate=validate,
        # The SDK takes plain results too; its annotation names the awaitable ones alone.
        remediate=cast("Any", _remediation_of(rule)) if rule.remediate else None,
        **rule.metadata(),
    )


FAILED: Final = "failed"
"""The finding of a rule that raised. It is told at the rule's level, and accepted by no waiver."""


class _Run:
    """One rule on one resource, or on the stack (then without URN)."""

    def __init__(self, rule: Rule, session: Session, settings: Settings, urn: str) -> None:
        self._rule = rule
        self._session = session
        self._environment = settings.environment_if_known()
        self._urn = urn

    def tell(self, check: Callable[[], Iterable[Finding]], report: ReportViolation) -> None:
        """Report every finding that no waiver accepts."""
        try:
            for finding in _with_malformed(check):
                self._tell(finding, report)
        except UnknownValueError:
            self._session.could_not_run(self._rule.id)
            raise
        except Exception as error:  # noqa: BLE001 -- let out, it would take the others' findings along
            self._session.could_not_run(self._rule.id)
            failed = Finding(FAILED, f"{_told(error)}; mend the policy")
            report(f"{failed.id}: {failed.message}", self._urn or None)

    def _tell(self, finding: Finding, report: ReportViolation) -> None:
        urn = finding.urn or self._urn
        waiver = self._session.waivers.covering(self._rule.id, urn, finding.id, self._environment)
        if waiver is None:
            report(f"{finding.id}: {finding.message}", urn or None)
        else:
            self._session.accept(waiver, finding, urn)


def _told(error: Exception) -> str:
    """Tell an error of a rule with the line of the pack that it came from."""
    lines = [frame for frame in extract_tb(error.__traceback__) if frame.filename != __file__]
    place = f" at {Path(lines[-1].filename).name}:{lines[-1].lineno}" if lines else ""
    return f"the policy itself raised {type(error).__name__} ({error}){place}"


def _with_malformed(check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Give the findings, and one more for a property that cannot be read."""
    try:
        yield from check()
    except MalformedError as error:
        yield Finding.malformed(error)


def _remediation_of(rule: ResourceRule) -> Any:  # noqa: ANN401 -- the SDK annotates it too narrowly
    def remediate(args: ResourceValidationArgs) -> object:
        refuse_other_types(rule.id, rule.types, args)
        settings = Settings(rule.schema(), args.get_config())
        if rule.remediate is None or settings.environment_if_known() not in REMEDIATED:
            return None
        try:
            additions = rule.remediate(Resource.alone(args), settings)
        except MalformedError:
            return None  # the check reports it
        inputs = cast("dict[str, Any]", args.props)
        _add(inputs, additions)
        return inputs if additions else None

    return remediate


def _add(inputs: dict[str, Any], additions: Mapping[str, Any]) -> None:
    """Set properties on the inputs themselves: the SDK's proxies keep secret what is secret."""
    for name, value in additions.items():
        held = inputs[name] if name in tuple(inputs) else None
        if isinstance(held, Mapping) and isinstance(value, Mapping):
            _add(cast("dict[str, Any]", held), value)
        else:
            inputs[name] = value
