"""Scenarios of file sharing."""

SCENARIOS = ()
