"""The policy pack judged in this process, as the analyzer does it: rules see the SDK's proxies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pulumi_policy import (
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    StackValidationArgs,
)
from pulumi_policy.policy import _NotApplicableError
from pulumi_policy.proxy import (
    UNKNOWN_STRING_VALUE,
    UnknownValueError,
    unknown_checking_proxy,
)

from rules import RULES
from rules.framework.judge import policies_of
from rules.framework.rule import ResourceRule
from rules.framework.session import Session
from rules.framework.waivers import WaiverFile
from tablewright.recorder import UNKNOWN
from tests.support.recording import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tablewright.recorder import Registration

PACK = ROOT / "policies"
TODAY = date(2026, 11, 21)
NO_WAIVERS = WaiverFile(today=TODAY)
NOT_APPLICABLE = "not applicable"
CANNOT_RUN = "can't run"


@dataclass(frozen=True)
class Verdict:
    """A violation as the analyzer reports it, its message split at the finding's id."""

    policy: str
    finding: str
    urn: str | None
    message: str = ""
    level: str = ""

    @property
    def blocks(self) -> bool:
        """Tell whether the verdict stops a deployment."""
        return self.level in {"mandatory", "remediate"}


def level_file(environment: str) -> dict[str, dict[str, Any]]:
    """Return the shipped level file of an environment."""
    return json.loads((PACK / "levels" / f"{environment}.json").read_text())


def rule_of(rule_id: str):
    """Return a rule of the pack by its id."""
    return next(rule for rule in RULES if rule.id == rule_id)


def policy_of(rule, session: Session):
    """Return one rule as the SDK runs it."""
    (policy,) = policies_of([rule], session)
    return policy


def settings_of(rule_id: str, environment: str | None, settings: Mapping[str, Any]) -> dict:
    """Return a rule's settings in an environment, with some of them replaced."""
    if environment is None:
        return dict(settings)
    return {**_without_level(level_file(environment)[rule_id]), **settings}


def _without_level(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "enforcementLevel"}


def raw(value: object) -> Any:
    """Return a recorded value as it goes over the wire."""
    if value is UNKNOWN:
        return UNKNOWN_STRING_VALUE
    if isinstance(value, dict):
        return {name: raw(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [raw(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def options(
    *,
    protect: bool = False,
    ignore_changes: Sequence[str] = (),
    delete_before_replace: bool | None = None,
    parent: str | None = None,
) -> PolicyResourceOptions:
    """Return the options of a resource as a rule sees them."""
    timeouts = PolicyCustomTimeouts(0, 0, 0)
    return PolicyResourceOptions(
        protect, list(ignore_changes), delete_before_replace, [], timeouts, [], parent
    )


def urn_of(token: str, name: str = "thing") -> str:
    """Return the URN of a resource at the top of a stack."""
    return f"urn:pulumi:prod::tablewright::{token}::{name}"


def judge_resource(
    rule_id: str,
    token: str,
    inputs: Mapping[str, Any],
    *,
    environment: str | None = "prod",
    name: str = "thing",
    waivers: WaiverFile = NO_WAIVERS,
    settings: Mapping[str, Any] | None = None,
    **resource_options: Any,
) -> list[Verdict]:
    """Return what a rule reports on one resource; CANNOT_RUN and NOT_APPLICABLE as findings."""
    rule = rule_of(rule_id)
    urn = urn_of(token, name)
    args = ResourceValidationArgs(
        token,
        unknown_checking_proxy(raw(inputs)),
        urn,
        name,
        options(**resource_options),
        None,
        settings_of(rule_id, environment, settings or {}),
    )
    return _judged(policy_of(rule, Session(waivers)), args, "", urn)


def judge_stack(
    rule_id: str,
    resources: Sequence[PolicyResource],
    *,
    environment: str | None = "prod",
    session: Session | None = None,
    settings: Mapping[str, Any] | None = None,
) -> list[Verdict]:
    """Return what a rule of the whole stack reports."""
    rule = rule_of(rule_id)
    config = settings_of(rule_id, environment, settings or {})
    args = StackValidationArgs(list(resources), config)
    return _judged(policy_of(rule, session or Session(NO_WAIVERS)), args, "", None)


def stack_resource(
    token: str,
    name: str,
    outputs: Mapping[str, Any],
    *,
    depends: Mapping[str, Sequence[PolicyResource]] | None = None,
    parent: PolicyResource | None = None,
    provider: Mapping[str, Any] | None = None,
    **resource_options: Any,
) -> PolicyResource:
    """Return a resource as rules of the whole stack see it."""
    related = {key: list(others) for key, others in (depends or {}).items()}
    return PolicyResource(
        token,
        unknown_checking_proxy(raw(outputs)),
        urn_of(token, name),
        name,
        options(**resource_options),
        None if provider is None else provider_of(provider),
        parent,
        [other for others in related.values() for other in others],
        related,
    )


def provider_of(inputs: Mapping[str, Any], urn: str = "") -> PolicyProviderResource:
    """Return an explicit provider as rules see it."""
    props = unknown_checking_proxy(raw(inputs))
    return PolicyProviderResource("pulumi:providers:aws", props, urn, "provider")


def remediated(
    rule_id: str,
    token: str,
    inputs: Mapping[str, Any],
    *,
    environment: str = "staging",
    settings: Mapping[str, Any] | None = None,
) -> dict[str, Any] | None:
    """Return the inputs after a rule's remediation, None where it changes nothing."""
    config = settings_of(rule_id, environment, settings or {})
    props = raw(inputs)
    args = ResourceValidationArgs(token, props, urn_of(token), "thing", options(), None, config)
    return policy_of(rule_of(rule_id), Session(NO_WAIVERS)).remediate(args)


def judge_registrations(
    registrations: Iterable[Registration],
    environment: str,
    *,
    waivers: WaiverFile = NO_WAIVERS,
    only: str | None = None,
) -> list[Verdict]:
    """Return what the whole pack, or one rule, reports on a recorded program, by level."""
    registrations = tuple(registrations)
    session = Session(waivers)
    levels = level_file(environment)
    rules = RULES if only is None else [rule_of(only)]
    enabled = [rule for rule in rules if levels[rule.id]["enforcementLevel"] != "disabled"]
    config = {rule.id: _without_level(levels[rule.id]) for rule in enabled}
    policies = {each.name: each for each in policies_of(enabled, session)}
    alone = [rule for rule in enabled if isinstance(rule, ResourceRule)]
    verdicts: list[Verdict] = []
    for each in registrations:
        args = _resource_args(each)
        for rule in (rule for rule in alone if each.type in rule.types):
            of_rule = ResourceValidationArgs(*args, config[rule.id])
            policy = policies[rule.id]
            verdicts += _judged(policy, of_rule, levels[rule.id]["enforcementLevel"], each.urn)
    resources = as_stack(registrations)
    for rule in (rule for rule in enabled if rule not in alone):
        stack_args = StackValidationArgs(resources, config[rule.id])
        level = levels[rule.id]["enforcementLevel"]
        verdicts += _judged(policies[rule.id], stack_args, level, None)
    return verdicts


def as_stack(registrations: Iterable[Registration]) -> list[PolicyResource]:
    """Return recorded resources as rules of the whole stack see them."""
    by_urn: dict[str, PolicyResource] = {}
    registrations = tuple(registrations)
    providers = {
        each.urn: provider_of(each.inputs, each.urn)
        for each in registrations
        if each.type.startswith("pulumi:providers:")
    }
    for each in registrations:
        properties = unknown_checking_proxy(raw({**each.inputs, **each.outputs}))
        related = {
            name: [by_urn[urn] for urn in urns if urn in by_urn]
            for name, urns in each.property_dependencies.items()
        }
        by_urn[each.urn] = PolicyResource(
            each.type,
            properties,
            each.urn,
            each.name,
            _options_of(each),
            providers.get(each.provider.rpartition("::")[0]),
            by_urn.get(each.parent or ""),
            [by_urn[urn] for urn in each.dependencies if urn in by_urn],
            related,
        )
    return list(by_urn.values())


def _options_of(each: Registration) -> PolicyResourceOptions:
    return options(
        protect=each.protect,
        ignore_changes=each.ignore_changes,
        delete_before_replace=each.delete_before_replace,
        parent=each.parent,
    )


def _resource_args(each: Registration) -> tuple[Any, ...]:
    inputs = unknown_checking_proxy(raw(each.inputs))
    return (each.type, inputs, each.urn, each.name, _options_of(each), None)


def _judged(policy: Any, args: Any, level: str, urn: str | None) -> list[Verdict]:
    verdicts: list[Verdict] = []

    def report(message: str, where: str | None = None) -> None:
        finding, _, text = message.partition(": ")
        verdicts.append(Verdict(policy.name, finding, where, text, level))

    try:
        policy.validate(args, report)
    except UnknownValueError as error:
        verdicts.append(Verdict(policy.name, CANNOT_RUN, urn, error.message, level))
    except _NotApplicableError:
        verdicts.append(Verdict(policy.name, NOT_APPLICABLE, urn))
    return verdicts


def findings(verdicts: Iterable[Verdict]) -> list[str]:
    """Return the ids of what was found, in order."""
    return [verdict.finding for verdict in verdicts]
