"""Compares what is deployed with what models and settings declare."""

from tablewright.operations.verify.check import Check, Status
from tablewright.operations.verify.report import Report
from tablewright.operations.verify.run import verify

__all__ = ["Check", "Report", "Status", "verify"]
