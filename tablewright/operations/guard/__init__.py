"""Judges a preview before it is deployed: what would be lost, fail or break, and what to do."""
