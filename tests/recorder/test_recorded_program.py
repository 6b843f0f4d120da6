import json
from pathlib import Path

import pytest

from tablewright.recorder import UNKNOWN, Recording, Registration, record

RECORDINGS = Path(__file__).parent / "recordings"
CIPHERTEXT = "4dabf18193072939515e22adb298388d"


@pytest.fixture(scope="module")
def recording() -> Recording:
    return run()


def run(*, preview: bool = False) -> Recording:
    program = RECORDINGS / "program.py"
    return record(program, project="tablewright", stack="prod", configuration={}, preview=preview)


def engine_state() -> dict[str, dict]:
    """Every resource of the engine's state but the default provider, which it adds by itself."""
    state = json.loads((RECORDINGS / "state.json").read_text())
    resources = state["deployment"]["resources"]
    return {one["urn"]: one for one in resources if one["type"] != "pulumi:providers:aws"}


def as_engine(one: Registration) -> dict:
    return {
        "type": one.type,
        "custom": one.custom,
        "parent": one.parent,
        "protect": one.protect,
        "retainOnDelete": one.retain_on_delete,
        "dependencies": sorted(one.dependencies),
        "propertyDependencies": {k: list(v) for k, v in one.property_dependencies.items()},
        "additionalSecretOutputs": list(one.additional_secret_outputs),
    }


def from_state(one: dict) -> dict:
    return {
        "type": one["type"],
        "custom": one["custom"],
        "parent": one.get("parent"),
        "protect": one.get("protect", False),
        "retainOnDelete": one.get("retainOnDelete", False),
        "dependencies": sorted(one.get("dependencies", [])),
        "propertyDependencies": one.get("propertyDependencies", {}),
        "additionalSecretOutputs": one.get("additionalSecretOutputs", []),
    }


@pytest.mark.parametrize("preview", [False, True])
def test_a_program_registers_what_the_engine_saw(preview):
    recorded = {one.urn: as_engine(one) for one in run(preview=preview).registrations}
    assert recorded == {urn: from_state(one) for urn, one in engine_state().items()}


def test_the_inputs_are_those_of_the_engine(recording):
    for urn, one in engine_state().items():
        expected = {k: v for k, v in one.get("inputs", {}).items() if k != "__defaults"}
        inputs = dict(recording.by_urn(urn).inputs)
        encrypted = {
            key
            for key, value in expected.items()
            if isinstance(value, dict) and CIPHERTEXT in value
        }
        assert recording.by_urn(urn).secret_inputs == encrypted
        assert inputs.keys() == expected.keys()
        for key in expected.keys() - encrypted:
            assert inputs[key] == expected[key], (urn, key)


def test_the_outputs_of_components_and_the_exports_are_those_of_the_engine(recording):
    for urn, one in engine_state().items():
        if not one["custom"]:
            assert recording.by_urn(urn).outputs == one["outputs"]
    stack = recording.registrations[0]
    assert (stack.type, stack.source_position) == ("pulumi:pulumi:Stack", None)
    assert recording.exports == stack.outputs != {}


def test_whole_numbers_are_integers_as_boto3_demands(recording):
    table = recording.only("aws:dynamodb/table:Table", "files")
    days = table.inputs["pointInTimeRecovery"]["recoveryPeriodInDays"]
    assert (days, type(days)) == (35, int)


def test_secrets_are_unwrapped_and_named(recording):
    parameter = recording.only("aws:ssm/parameter:Parameter", "users-table-name")
    assert parameter.inputs["value"] == "dropify-prod-users"
    assert parameter.secret_inputs == {"value"}


def test_a_source_position_names_the_line_of_the_declaration(recording):
    lines = (RECORDINGS / "program.py").read_text().splitlines()
    declared = {
        "tablewright:index:DataStore": 'store = Store("file-sharing")',
        "aws:iam/policy:Policy": 'aws.iam.Policy("api-access"',
        "aws:cloudwatch/metricAlarm:MetricAlarm": "aws.cloudwatch.MetricAlarm(",
    }
    for token, text in declared.items():
        position = recording.only(token).source_position
        assert position.file == "program.py"
        assert text in lines[position.line - 1]


def test_a_preview_has_no_ids_and_nothing_but_the_inputs_as_outputs():
    table = run(preview=True).only("aws:dynamodb/table:Table", "files")
    assert table.id is None
    assert table.outputs == table.inputs
    assert UNKNOWN not in table.inputs.values()
