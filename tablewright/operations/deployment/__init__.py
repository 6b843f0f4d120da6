"""Deploys a stack on AWS in stages: preview, guard, policies, up, verification, and a report."""
