"""Prod is weakened only for a written reason, and its alarms always tell somebody."""

import pytest

from tablewright.environment import Override
from tests.support.configurations import problems, settings

TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"
REASON = "Load test data of ticket 1234, gone by the end of May"
WEAKER = [
    ("retain", False, True),
    ("pointInTimeRecoveryDays", 34, 35),
    ("pointInTimeRecoveryDays", 0, 35),
    ("alarms", False, True),
]


def prod(**changes):
    return {"environment": "prod", "alarmTopicArn": TOPIC} | changes


@pytest.mark.parametrize(("key", "value", "usual"), WEAKER)
def test_prod_is_not_weakened_without_a_reason(key, value, usual):
    (problem,) = problems(**prod(**{key: value}))
    assert problem.startswith(
        f"tablewright:{key}: '{str(value).lower()}' is weaker than this environment's "
        f"{str(usual).lower()} "
    )
    assert "remove it, or write why in tablewright:weakeningReason" in problem


@pytest.mark.parametrize("reason", ["because", "x" * 40, "no no no no no no no no", "          ok"])
def test_a_reason_that_says_nothing_is_none(reason):
    (problem,) = problems(**prod(retain=False, weakeningReason=reason))
    assert "at least 3 words and 20 characters" in problem


@pytest.mark.parametrize(("key", "value", "usual"), WEAKER)
def test_prod_is_weakened_for_a_reason_and_says_so(key, value, usual):
    loaded = settings(**prod(**{key: value}, weakeningReason=REASON))
    assert loaded.overrides == (Override(key=key, usual=usual, chosen=value),)
    assert loaded.overrides[0].weakens
    assert loaded.weakening_reason == REASON
    (warning,) = loaded.warnings
    assert warning.startswith(f"tablewright:{key}: ")
    assert warning.endswith(REASON)


def test_the_profile_in_effect_is_the_weakened_one():
    changes = {"retain": False, "pointInTimeRecoveryDays": 7, "alarms": False}
    profile = settings(**prod(**changes, weakeningReason=REASON)).profile
    assert (profile.retain, profile.point_in_time_recovery_days, profile.alarms) == (
        False,
        7,
        False,
    )


def test_every_weakening_is_named():
    found = problems(**prod(retain=False, pointInTimeRecoveryDays=7, alarms=False))
    assert len(found) == 3


@pytest.mark.parametrize("refused", ["retain", "pointInTimeRecoveryDays", "alarms"])
def test_a_refused_override_hides_no_weakening(refused):
    weaker = {"retain": False, "pointInTimeRecoveryDays": 7, "alarms": False}
    found = problems(**prod(**weaker | {refused: "maybe"}))
    assert len(found) == 3
    for problem in found:
        assert ("is weaker" in problem) is not problem.startswith(f"tablewright:{refused}:")


def test_staging_may_be_weakened_freely():
    loaded = settings(environment="staging", pointInTimeRecoveryDays=0, alarms=False)
    assert [override.weakens for override in loaded.overrides] == [True, True]
    assert loaded.warnings == ()


def test_a_reason_without_weakening_is_pointed_at():
    (warning,) = settings(weakeningReason=REASON).warnings
    assert warning.startswith("tablewright:weakeningReason: nothing is weaker than the profile")


def test_alarms_that_tell_nobody_are_refused_in_prod():
    (problem,) = problems(environment="prod")
    assert problem == (
        "tablewright:alarmTopicArn: is not set, nor is tablewright:alarmEmail, so alarms would "
        "tell nobody; set one of the two"
    )


@pytest.mark.parametrize("changes", [{"environment": "staging"}, {"alarms": True}])
def test_alarms_that_tell_nobody_are_a_warning_elsewhere(changes):
    (warning,) = settings(**changes).warnings
    assert "alarms would tell nobody" in warning


@pytest.mark.parametrize("target", [{"alarmTopicArn": TOPIC}, {"alarmEmail": "a@example.com"}])
def test_one_target_for_alarms_is_enough(target):
    assert settings(environment="prod", **target).warnings == ()


def test_two_targets_for_alarms_are_refused():
    (problem,) = problems(**prod(alarmEmail="a@example.com"))
    assert problem.startswith("tablewright:alarmEmail: 'a@example.com' is set beside ")


def test_prod_without_alarms_needs_no_target():
    assert settings(environment="prod", alarms=False, weakeningReason=REASON)
