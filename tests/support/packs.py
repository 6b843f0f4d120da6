"""Policy packs of a few lines, for what a good pack never does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD = """
from pulumi_policy import (
    EnforcementLevel, PolicyConfigSchema, PolicyPack, ResourceValidationPolicy,
    StackValidationPolicy, Severity,
)
"""


def write_pack(
    folder: Path, program: str, levels: Mapping[str, Mapping[str, Any]] | None = None
) -> Path:
    """Write a pack whose program follows the SDK's imports, with level files by environment."""
    (folder / "levels").mkdir(parents=True)
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (folder / "__main__.py").write_text(HEAD + program)
    for environment, entries in (levels or {}).items():
        (folder / "levels" / f"{environment}.json").write_text(json.dumps(entries))
    return folder
