"""Compares a deployed stack with its declaration on a schedule: what differs, and the way back."""
