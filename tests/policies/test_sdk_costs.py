import gc
import itertools
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi_policy import EnforcementLevel
from pulumi_policy import policy as sdk
from pulumi_policy.version import VERSION

from rules import policies
from rules.framework import sdk_costs
from rules.framework.reading import Properties
from rules.framework.session import Session
from rules.framework.subjects import Views
from rules.framework.values import MalformedError
from rules.iam.documents import Document
from tablewright.operations.policy_report.analysis.analyzer import _LEVELS
from tablewright.operations.policy_report.analysis.bridge import _request, _resource
from tablewright.operations.policy_report.policy import Level
from tablewright.recorder.wire import write
from tests.support.policy_pack import NO_WAIVERS, PACK, level_file
from tests.support.recording import record_stack

policies(PACK / "waivers.yaml")
SPARING = sdk._PolicyAnalyzerServicer
PLAIN = SPARING.__mro__[2]

in_every_state = pytest.mark.parametrize(
    ("environment", "preview"), [*itertools.product(("staging", "prod"), (True, False))]
)


def servicer_of(kind, environment):
    servicer = kind("pack", "0.0.1", policies(PACK / "waivers.yaml"), EnforcementLevel.MANDATORY)
    config = {}
    for policy, given in level_file(environment).items():
        settings = dict(given)
        level = Level(settings.pop("enforcementLevel"))
        config[policy] = proto.PolicyConfig(
            enforcementLevel=_LEVELS[level], properties=write(settings)
        )
    servicer.Configure(proto.ConfigureAnalyzerRequest(policyConfig=config), None)
    return servicer


def answers(servicer, registrations):
    """Give every answer about a program, as it goes over the wire."""
    for each in registrations:
        request = _request(each, write(each.inputs, each.secret_inputs))
        for ask in (servicer.Remediate, servicer.Analyze):
            yield ask(request, None).SerializeToString(deterministic=True)
    resources = [_resource(each) for each in registrations]
    stack = servicer.AnalyzeStack(proto.AnalyzeStackRequest(resources=resources), None)
    yield stack.SerializeToString(deterministic=True)


def test_the_pinned_sdk_is_the_one_that_is_spared():
    assert VERSION == sdk_costs.READ
    assert issubclass(SPARING, sdk_costs._ReadingOnce)
    assert PLAIN.__module__ == sdk.__name__


def test_it_is_switched_on_once_however_many_packs_start():
    policies(PACK / "waivers.yaml")
    assert sdk._PolicyAnalyzerServicer is SPARING


def test_another_version_of_the_sdk_runs_as_it_is(monkeypatch):
    monkeypatch.setattr(sdk, "_PolicyAnalyzerServicer", PLAIN)
    monkeypatch.setattr(sdk_costs, "VERSION", "1.22.0")
    policies(PACK / "waivers.yaml")
    assert sdk._PolicyAnalyzerServicer is PLAIN


def test_an_sdk_without_those_insides_runs_as_it_is(monkeypatch):
    monkeypatch.delattr(sdk, "_PolicyAnalyzerServicer")
    policies(PACK / "waivers.yaml")
    assert not hasattr(sdk, "_PolicyAnalyzerServicer")


@in_every_state
def test_the_pack_answers_byte_for_byte_as_without(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    spared = list(answers(servicer_of(SPARING, environment), registrations))
    assert spared == list(answers(servicer_of(PLAIN, environment), registrations))
    assert any(map(len, spared))


def test_a_faulty_program_is_answered_byte_for_byte_as_without():
    recorded = record_stack("prod", preview=False).registrations
    faulty = [replace(each, inputs=dict.fromkeys(each.inputs, 7), outputs={}) for each in recorded]
    spared = list(answers(servicer_of(SPARING, "prod"), faulty))
    assert spared == list(answers(servicer_of(PLAIN, "prod"), faulty))
    assert b"malformed" in b"".join(spared)


def test_other_levels_hold_from_the_next_resource_on():
    request = _request(record_stack("prod").registrations[-1], write({}))
    servicer = servicer_of(SPARING, "prod")
    assert servicer.Analyze(request, None).not_applicable
    for each in level_file("prod"):
        config = {each: proto.PolicyConfig(enforcementLevel=proto.DISABLED)}
        servicer.Configure(proto.ConfigureAnalyzerRequest(policyConfig=config), None)
        told = servicer.Analyze(request, None)
        assert each not in {policy.policy_name for policy in told.not_applicable}


def test_four_threads_are_answered_as_one_is():
    registrations = record_stack("prod", preview=False).registrations
    servicer = servicer_of(SPARING, "prod")
    requests = [_request(each, write(each.inputs, each.secret_inputs)) for each in registrations]

    def answer(request):
        return servicer.Analyze(request, None).SerializeToString(deterministic=True)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(answer, requests)) == list(map(answer, requests))


def seen_by_a_stack_policy(kind, request):
    """Return everything that the second policy of a stack is told."""
    seen = []

    def look(args, _report):
        seen.append(
            [
                (
                    *(each.resource_type, each.urn, each.name, each.parent and each.parent.urn),
                    *(each.opts.protect, list(each.opts.ignore_changes), list(each.opts.aliases)),
                    *(each.provider and each.provider.urn, dict(each.props)),
                    [other.urn for other in each.dependencies],
                    {
                        name: [other.urn for other in others]
                        for name, others in each.property_dependencies.items()
                    },
                )
                for each in args.resources
            ]
        )

    both = [sdk.StackValidationPolicy(name, "d", look) for name in ("one", "two")]
    kind("pack", "0.0.1", both, EnforcementLevel.MANDATORY).AnalyzeStack(request, None)
    first, second = seen
    assert repr(first) == repr(second)
    return second


def test_a_stack_policy_is_told_what_the_sdk_tells_it():
    table, topic, provider = "urn:table", "urn:topic", proto.AnalyzerProviderResource(urn="urn:aws")
    options = proto.AnalyzerResourceOptions(protect=True, ignoreChanges=["a"], aliases=["b"])
    request = proto.AnalyzeStackRequest(
        resources=[
            proto.AnalyzerResource(type="t", name="table", urn=table, provider=provider),
            proto.AnalyzerResource(
                type="t",
                name="topic",
                urn=topic,
                properties=write({"name": "x"}),
                options=options,
                parent=table,
                dependencies=[table, "urn:gone"],
                propertyDependencies={
                    "name": proto.AnalyzerPropertyDependencies(urns=[table, "urn:gone"])
                },
            ),
        ]
    )
    told = seen_by_a_stack_policy(SPARING, request)
    assert repr(told) == repr(seen_by_a_stack_policy(PLAIN, request))
    assert told[1][3] == table


@pytest.mark.parametrize("policies_read", [3, 12])
def test_a_stack_is_read_once_however_many_policies_there_are(monkeypatch, policies_read):
    read = []
    real = sdk.deserialize_properties
    monkeypatch.setattr(
        sdk, "deserialize_properties", lambda given: read.append(given) or real(given)
    )
    stack_rules = [
        policy
        for policy in policies(PACK / "waivers.yaml")
        if isinstance(policy, sdk.StackValidationPolicy)
    ][:policies_read]
    assert len(stack_rules) == policies_read
    resources = [_resource(each) for each in record_stack("prod").registrations]
    servicer = SPARING("pack", "0.0.1", stack_rules, EnforcementLevel.MANDATORY)
    servicer.AnalyzeStack(proto.AnalyzeStackRequest(resources=resources), None)
    assert len(read) == len(resources)


def test_the_collector_is_held_for_a_stack_and_let_go_after_it():
    held = []
    policy = sdk.StackValidationPolicy("p", "d", lambda _args, _report: held.append(gc.isenabled()))
    servicer = SPARING("pack", "0.0.1", [policy], EnforcementLevel.MANDATORY)
    servicer.AnalyzeStack(proto.AnalyzeStackRequest(), None)
    assert (held, gc.isenabled()) == ([False], True)


def test_rules_share_the_view_of_one_stack_and_of_no_other():
    views = Views(Session(NO_WAIVERS))
    one, other = [], []
    seen = [views.of(given) for given in (one, one, other, one)]
    assert seen[0] is seen[1]
    assert len(set(map(id, seen))) == 3


def test_an_access_policy_that_was_read_before_is_told_by_its_own_place():
    text = json.dumps({"Statement": [{"Effect": "Allow", "Action": "a:B"}, {"Effect": "Perhaps"}]})
    for place in ("policy", "inlinePolicies[1]", "policy"):
        document = Document(place, Properties({"policy": text}), "policy")
        good, bad = document.readings()
        assert good().actions == ("a:B",)
        with pytest.raises(MalformedError, match=re.escape(place)):
            bad()
