"""A level file is read as the engine reads it, and every mistake is told with its line."""

import json

import pytest

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.levels import level_file, load_levels
from tablewright.operations.policy_report.policy import Level, Policy

ENVIRONMENT = {"environment": {"type": "string", "enum": ["dev", "prod"]}}
DAYS = {"minDays": {"type": "number", "minimum": 1, "default": 35}}
WINDOW = Policy(id="window", level=Level.ADVISORY, settings={**ENVIRONMENT, **DAYS})
NAMES = Policy(id="names", level=Level.MANDATORY)
POLICIES = (WINDOW, NAMES)
IN_PROD = {"enforcementLevel": "mandatory", "environment": "prod"}


@pytest.fixture
def write(tmp_path):
    def to_file(content):
        path = tmp_path / "prod.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1))
        return path

    return to_file


def load(path):
    return load_levels(path, POLICIES, "prod")


def test_what_a_file_leaves_out_keeps_its_default(write):
    applied = load(write({"window": {"environment": "prod"}}))
    assert applied["window"].level is Level.ADVISORY
    assert applied["window"].settings == {"environment": "prod", "minDays": 35}
    assert applied["names"].level is Level.MANDATORY


def test_an_entry_goes_before_all_and_all_before_the_packs_own_level(write):
    applied = load(write({"all": "disabled", "window": {**IN_PROD, "minDays": 7}}))
    assert applied["window"].level is Level.MANDATORY
    assert applied["window"].settings["minDays"] == 7
    assert applied["names"].level is Level.DISABLED


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ('{\n "window": {\n', 3, "is no JSON"),
        ("[]", 1, "must be an object"),
        ({"window": IN_PROD, "windwo": "mandatory"}, 6, "did you mean 'window'?"),
        ({"window": IN_PROD, "other": "mandatory"}, 6, "remove the entry"),
        ({"window": {**IN_PROD, "enforcementLevel": "strict"}}, 2, "'strict' is none of"),
        ({"window": IN_PROD, "names": 3}, 6, "must be a level, or an object"),
        ({"window": {**IN_PROD, "minDay": 3}}, 2, "has no setting 'minDay'"),
        ({"window": {**IN_PROD, "minDays": "3"}}, 2, "is not of type 'number'"),
        ({"window": {**IN_PROD, "minDays": 0}}, 2, "less than the minimum of 1"),
        ({"window": {**IN_PROD, "environment": "dev"}}, 2, "must be 'prod', and is 'dev'"),
        ({"names": "advisory"}, 1, "must be 'prod', and is None"),
        ({"all": {"minDays": 3}, "window": IN_PROD}, 2, "has no setting 'minDays'"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(write, content, line, told):
    path = write(content)
    with pytest.raises(OperationError) as refused:
        load(path)
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert told in str(refused.value)


def test_every_mistake_is_told_at_once(write):
    with pytest.raises(OperationError) as refused:
        load(write({"window": {**IN_PROD, "a": 1, "b": 2}, "other": "mandatory"}))
    assert len(str(refused.value).splitlines()) == 3


def test_an_entry_given_twice_is_refused_because_only_one_would_count(write):
    with pytest.raises(OperationError, match="'names' is given twice"):
        load(write('{"names": "mandatory", "names": "disabled"}'))


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
