"""Scenarios of usage quotas."""

SCENARIOS = ()
