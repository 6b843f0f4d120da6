"""A recorded program under a pack: the engine's part, without an engine."""

import os
import signal

import pulumi
import pytest
from pulumi.runtime.proto import analyzer_pb2

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.analyzer import Analyzer
from tablewright.operations.policy_report.analysis.bridge import judge
from tablewright.operations.policy_report.analysis.levels import PolicyLevel
from tablewright.operations.policy_report.policy import Level
from tablewright.recorder import record
from tests.support.packs import write_pack

TOKEN = "aws:ssm/parameter:Parameter"
PROGRAM = """
def shout(args, report):
    if args.resource_type != "aws:ssm/parameter:Parameter":
        args.not_applicable("no parameter")
    if args.name == "broken":
        raise KeyError("x")
    if args.props["value"] == "loud":
        report("loud-value: lower it")

def mark(args):
    if args.resource_type != "aws:ssm/parameter:Parameter":
        args.not_applicable("no parameter")
    args.props["description"] = args.get_config()["text"]
    return args.props

def together(args, report):
    parameters = [r for r in args.resources if r.resource_type.startswith("aws:ssm")]
    for parameter in parameters:
        depends = [d.name for d in parameter.property_dependencies.get("value", [])]
        if parameter.opts.protect:
            report(f"protected: {','.join(depends)}", parameter.urn)
    if any(parameter.name == "explode" for parameter in parameters):
        raise RuntimeError("no such thing")
    for parameter in parameters:
        if parameter.provider:
            region = parameter.provider.props["region"]
            report(f"provider: {parameter.provider.name} in {region}", parameter.urn)
    if len(parameters) > 2:
        report("many: remove some")

PolicyPack("small", [
    ResourceValidationPolicy("shout", "Nothing is loud.", validate=shout,
                             severity=Severity.HIGH),
    ResourceValidationPolicy("mark", "All are marked.", remediate=mark,
        config_schema=PolicyConfigSchema({"text": {"type": "string", "default": "marked"}})),
    StackValidationPolicy("together", "Together they are few.", together),
])
"""
MARK = PolicyLevel(Level.REMEDIATE, {"text": "marked"})


@pytest.fixture(scope="module")
def analyzer(tmp_path_factory):
    with Analyzer(write_pack(tmp_path_factory.mktemp("packs") / "pack", PROGRAM)) as started:
        yield started


@pytest.fixture
def judged(analyzer):
    def run(build, *, preview=False, **levels):
        recording = record(
            build, project="tablewright", stack="prod", configuration={}, preview=preview
        )
        applied = {
            "shout": PolicyLevel(levels.get("shout", Level.MANDATORY), {}),
            "mark": PolicyLevel(levels.get("mark", Level.DISABLED), MARK.settings),
            "together": PolicyLevel(levels.get("together", Level.ADVISORY), {}),
        }
        return judge(analyzer, recording, applied, level_file="levels/prod.json")

    return run


def parameter(name, value="quiet", **options):
    import pulumi_aws as aws

    return aws.ssm.Parameter(
        name, type="String", value=value, opts=pulumi.ResourceOptions(**options)
    )


def test_a_violation_is_told_with_its_resource_and_level(judged):
    report = judged(lambda: parameter("one", "loud"))
    (violation,) = report.violations
    assert (violation.policy, violation.finding, violation.message, violation.level) == (
        "shout",
        "loud-value",
        "lower it",
        Level.MANDATORY,
    )
    assert violation.urn.endswith(f"{TOKEN}::one")
    assert not report.ok
    assert report.position(violation.urn).file.endswith("test_bridge.py")


@pytest.mark.parametrize(
    ("level", "told", "ok"),
    [(Level.MANDATORY, 1, False), (Level.ADVISORY, 1, True), (Level.DISABLED, 0, True)],
)
def test_the_level_decides_what_blocks(judged, level, told, ok):
    report = judged(lambda: parameter("one", "loud"), shout=level)
    assert (len(report.violations), report.ok) == (told, ok)
    assert report.policy("shout").level is level


def test_one_process_judges_one_stack_after_another_at_its_own_levels(judged):
    assert not judged(lambda: parameter("one", "loud")).ok
    assert judged(lambda: parameter("one", "loud"), shout=Level.ADVISORY).ok
    assert not judged(lambda: parameter("one", "loud")).ok


def test_a_remediation_is_applied_before_the_resource_is_judged(judged):
    report = judged(lambda: parameter("one"), mark=Level.REMEDIATE)
    (change,) = report.remediated
    assert (change.policy, change.properties) == ("mark", ("description",))
    assert change.urn.endswith("::one")


def test_rules_of_the_whole_stack_see_dependencies_options_and_each_other(judged):
    def build():
        first = parameter("first")
        parameter("second", first.name, protect=True)
        parameter("third")

    report = judged(build)
    told = [(each.finding, each.message, each.urn is None) for each in report.violations]
    assert told == [("protected", "first", False), ("many", "remove some", True)]


@pytest.mark.parametrize("preview", [True, False])
def test_rules_of_the_whole_stack_see_explicit_providers(judged, preview):
    def build():
        import pulumi_aws as aws

        parameter("first", provider=aws.Provider("abroad", region="eu-west-1"))
        parameter("second")

    report = judged(build, preview=preview)
    told = [(each.finding, each.message, each.urn[-7:]) for each in report.violations]
    assert told == [("provider", "abroad in eu-west-1", "::first")]


def test_an_unknown_value_is_a_policy_that_could_not_run_at_its_own_level(judged):
    def build():
        parameter("second", parameter("first").arn)

    report = judged(build, preview=True)
    (not_run,) = report.not_run
    assert (not_run.policy, not_run.level) == ("shout", Level.MANDATORY)
    assert "value" in not_run.reason
    assert not report.ok
    assert report.blocking[0].policy == "policy-was-evaluated"
    assert judged(build, preview=True, shout=Level.ADVISORY).ok


def test_a_pack_that_raises_judged_nothing_of_that_call_whatever_the_levels(judged):
    report = judged(
        lambda: [parameter("broken"), parameter("one", "loud")],
        shout=Level.ADVISORY,
        mark=Level.ADVISORY,
    )
    assert [each.policy for each in report.not_run] == ["shout", "mark"]
    for failure in report.not_run:
        assert failure.urn.endswith("::broken")
        assert "'x'" in failure.reason
    assert not report.ok
    assert [each.finding for each in report.violations] == ["loud-value"]


def test_stack_policies_beside_one_that_raises_are_not_called_kept(judged):
    report = judged(lambda: [parameter("one"), parameter("explode")])
    assert [(each.policy, each.urn) for each in report.not_run] == [("together", None)]
    assert not report.ok


def test_a_pack_that_ends_half_way_is_one_clear_error(tmp_path):
    program = """
def die(args, report):
    import os, sys
    print("out of memory", file=sys.stderr, flush=True)
    os._exit(3)
PolicyPack("dying", [ResourceValidationPolicy("die", "Dies.", validate=die)])
"""
    recording = record(
        lambda: parameter("one"), project="p", stack="s", configuration={}, preview=True
    )
    applied = {"die": PolicyLevel(Level.MANDATORY, {})}
    with (
        Analyzer(write_pack(tmp_path / "pack", program)) as dying,
        pytest.raises(OperationError, match=r"the policy pack ended(.|\n)*out of memory"),
    ):
        judge(dying, recording, applied, level_file="")


def test_a_pack_that_ended_before_it_was_asked_is_one_clear_error(tmp_path):
    program = "PolicyPack('p', [StackValidationPolicy('s', 'S.', lambda args, report: None)])"
    with Analyzer(write_pack(tmp_path / "pack", program)) as ended:
        os.kill(ended.pid, signal.SIGKILL)
        with pytest.raises(OperationError, match="ended, or does not answer"):
            ended.policies()


def test_what_a_policy_does_not_judge_is_told_apart_from_what_it_passes(judged):
    report = judged(lambda: parameter("one"))
    urns = {urn for policy, urn in report.not_applicable if policy == "shout"}
    assert [urn.rsplit("::", 1)[1] for urn in urns] == ["tablewright-prod"]


def test_a_secret_reaches_the_rules_but_not_the_report(judged):
    report = judged(lambda: parameter("one", pulumi.Output.secret("loud")), mark=Level.REMEDIATE)
    assert [each.finding for each in report.violations] == ["loud-value"]
    assert report.remediated[0].properties == ("description",)


def test_retain_on_delete_is_invisible_to_a_pack():
    fields = {field.name for field in analyzer_pb2.AnalyzerResourceOptions.DESCRIPTOR.fields}
    assert "protect" in fields
    assert not [name for name in fields if "retain" in name.lower()]
