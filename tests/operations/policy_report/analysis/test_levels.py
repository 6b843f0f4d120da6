"""A level file is read as the engine reads it, and every mistake is told with its line."""

import json

import pytest

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.levels import level_file, load_levels
from tablewright.operations.policy_report.policy import Level, Policy, Severity

ENVIRONMENT = {"environment": {"type": "string", "enum": ["dev", "prod"]}}
DAYS = {"minDays": {"type": "number", "minimum": 1, "default": 35}}
WINDOW = Policy(id="window", tags=("remediates",), settings={**ENVIRONMENT, **DAYS})
NAMES = Policy(id="names", severity=Severity.CRITICAL)
POLICIES = (WINDOW, NAMES)
IN_PROD = {"enforcementLevel": "mandatory", "environment": "prod"}
BOTH = {"window": IN_PROD, "names": "mandatory"}
WAIVERS = (Policy(id="waiver-in-use"), Policy(id="waiver-hygiene"))


@pytest.fixture
def write(tmp_path):
    def to_file(content):
        path = tmp_path / "prod.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1))
        return path

    return to_file


def load(path, policies=POLICIES, environment="prod"):
    return load_levels(path, policies, environment)


def mistakes(path, *arguments):
    """Give what is told of a file, without the file."""
    with pytest.raises(OperationError) as refused:
        load(path, *arguments)
    return [line.removeprefix(f"{path}:") for line in str(refused.value).splitlines()]


def test_a_setting_that_a_file_leaves_out_keeps_its_default(write):
    applied = load(write({**BOTH, "window": {**IN_PROD, "enforcementLevel": "remediate"}}))
    assert applied["window"].level is Level.REMEDIATE
    assert applied["window"].settings == {"environment": "prod", "minDays": 35}


def test_an_entry_goes_before_all(write):
    levels = {"all": "mandatory", "window": {**IN_PROD, "enforcementLevel": "advisory"}}
    applied = load(write({**levels, "window": {**levels["window"], "minDays": 7}}))
    assert applied["window"].level is Level.ADVISORY
    assert applied["window"].settings["minDays"] == 7
    assert applied["names"].level is Level.MANDATORY


def test_a_file_may_be_indented_with_tabs(write):
    assert load(write(json.dumps(BOTH, indent="\t")))["names"].level is Level.MANDATORY


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ('{\n "window": {\n', 3, "is not valid JSON"),
        ('{"a":\n' + "[" * 100_000, 1, "is nested too deeply"),
        ("[]", 1, "must be an object"),
        ({**BOTH, "other": "mandatory"}, 7, "remove the entry"),
        ({**BOTH, "windwo": "mandatory"}, 7, "did you mean 'window'?"),
        ({**BOTH, "window": {**IN_PROD, "enforcementLevel": "strict"}}, 2, "'strict' is none of"),
        ({**BOTH, "window": {**IN_PROD, "enforcementLevel": {}}}, 2, "{} is none of"),
        ({**BOTH, "names": 3}, 6, "must be a level, or an object"),
        ({**BOTH, "window": {**IN_PROD, "minDay": 3}}, 2, "has no setting 'minDay'"),
        ({**BOTH, "window": {**IN_PROD, "minDays": "3"}}, 2, "is not of type 'number'"),
        ({**BOTH, "window": {**IN_PROD, "minDays": 0}}, 2, "less than the minimum of 1"),
        ({**BOTH, "window": {**IN_PROD, "environment": "dev"}}, 2, "must be 'prod', and is 'dev'"),
        ({**BOTH, "window": "mandatory"}, 2, "must be 'prod', and is missing"),
        ({**BOTH, "all": {"minDays": 3}}, 7, "has no setting 'minDays'"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(write, content, line, told):
    [mistake] = mistakes(write(content))
    assert mistake.startswith(f"{line}: ")
    assert told in mistake


def test_every_mistake_is_told_at_once(write):
    path = write({**BOTH, "window": {**IN_PROD, "a": 1, "b": 2}, "other": "mandatory"})
    assert len(mistakes(path)) == 3


def test_what_is_given_twice_is_refused_because_only_one_would_count(write):
    text = '{"window":\n {"minDays": 1,\n "minDays": 2},\n "names": "mandatory",\n "names": "off"}'
    assert mistakes(write(text)) == [
        "3: 'minDays' is given twice; keep one",
        "5: 'names' is given twice; keep one",
    ]


def test_a_level_must_be_given_by_the_entry_or_by_all(write):
    without = {**BOTH, "window": {"environment": "prod"}}
    assert mistakes(write(without)) == [
        (
            "2: 'window': enforcementLevel is missing; give one of disabled, advisory, mandatory, "
            "remediate"
        )
    ]
    assert mistakes(write({**without, "window": {**IN_PROD, "enforcementLevel": None}}))
    assert load(write({**without, "all": "mandatory"}))["window"].level is Level.MANDATORY


def test_a_policy_without_entry_is_told_with_what_to_add(write):
    assert mistakes(write({})) == [
        '1: \'window\' has no entry; add "window": {"enforcementLevel": …, "environment": "prod"}',
        '1: \'names\' has no entry; add "names": {"enforcementLevel": …}',
    ]
    [told] = mistakes(write({"all": "mandatory"}))  # which names no environment
    assert told.startswith("1: 'window' has no entry; ")


def test_a_mistyped_policy_is_not_told_as_missing_too(write):
    assert mistakes(write({"windwo": IN_PROD, "names": "mandatory"})) == [
        "2: the pack has no policy 'windwo'; did you mean 'window'?"
    ]


@pytest.mark.parametrize(
    ("levels", "environment", "told"),
    [
        ({"names": "remediate"}, "prod", "the policy cannot remediate (it lacks the tag"),
        ({"names": "advisory"}, "prod", "in prod a policy of severity critical must block"),
        ({"all": "disabled"}, "prod", "in prod a policy of severity critical must block"),
        ({"names": "advisory"}, "dev", ""),
        ({"waiver-hygiene": "advisory"}, "dev", "must be mandatory: without it, waivers that "),
        ({"waiver-in-use": "disabled"}, "dev", "an accepted violation must be told"),
        ({"waiver-in-use": "advisory"}, "prod", ""),
    ],
)
def test_what_must_block_or_be_told_cannot_be_switched_off(write, levels, environment, told):
    policies = (NAMES, *WAIVERS)
    others = WAIVERS if "all" in levels else policies
    rest = {each.id: "mandatory" for each in others if each.id not in levels}
    path = write({**levels, **rest})
    if told:
        [mistake] = mistakes(path, policies, environment)
        assert mistake.startswith("2: ")
        assert told in mistake
    else:
        assert load(path, policies, environment)


def test_an_unknown_environment_is_told_with_those_that_there_are(tmp_path):
    (tmp_path / "levels").mkdir()
    (tmp_path / "levels" / "prod.json").write_text("{}")
    with pytest.raises(OperationError, match=r"no levels for environment 'qa'.*there are: prod"):
        level_file(tmp_path, "qa")


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    path = tmp_path / "prod.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(OperationError, match="cannot be read"):
        load(path)
