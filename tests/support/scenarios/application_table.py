"""Scenarios of application table."""

SCENARIOS = ()
