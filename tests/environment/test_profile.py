"""The profiles are the design's table, and an ephemeral table is kept nowhere."""

import dataclasses

import pytest

from tablewright.environment import PROFILES, Environment, Profile


@pytest.mark.parametrize(
    ("environment", "retain", "days", "alarms", "guarded"),
    [
        ("local", False, 0, False, False),
        ("dev", False, 0, False, False),
        ("staging", False, 7, True, False),
        ("prod", True, 35, True, True),
    ],
)
def test_each_environment_has_the_profile_of_the_design(environment, retain, days, alarms, guarded):
    assert PROFILES[Environment(environment)] == Profile(
        retain=retain, point_in_time_recovery_days=days, alarms=alarms, guarded=guarded
    )


def test_no_environment_lacks_a_profile():
    assert set(PROFILES) == set(Environment)


@pytest.mark.parametrize("environment", list(Environment))
def test_an_ephemeral_table_has_neither_retention_nor_recovery_anywhere(environment):
    usual = PROFILES[environment]
    ephemeral = usual.for_ephemeral()
    assert ephemeral.retain is False
    assert ephemeral.point_in_time_recovery_days == 0
    assert ephemeral.alarms is usual.alarms


def test_a_profile_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PROFILES[Environment.PROD].retain = False
    with pytest.raises(TypeError):
        PROFILES[Environment.PROD] = PROFILES[Environment.DEV]
