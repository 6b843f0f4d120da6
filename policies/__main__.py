"""The policy pack `tablewright`: Pulumi starts it, and asks it about every resource."""

from pathlib import Path

from pulumi_policy import PolicyPack

from rules import policies

PolicyPack(name="tablewright", policies=policies(Path(__file__).parent / "waivers.yaml"))
