"""What this project's SARIF may hold: the part of the 2.1.0 standard that it uses, and no more.

OASIS's own schema is in no package of an index, so this one was written from the standard; a log
that keeps it keeps that one too.
"""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """Return the schema of an object that holds nothing else."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(required),
        "properties": {**required, **optional},
    }


def _list(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


_MESSAGE = _object({"text": _TEXT})
_INDEX = {"type": "integer", "minimum": 0}
_ARTIFACT = _object(
    {"uri": {"type": "string", "pattern": r"^([A-Za-z0-9._~/%-]+|file:///[A-Za-z0-9._~/%-]+)$"}},
    uriBaseId={"const": "%SRCROOT%"},
)
_PHYSICAL = _object(
    {
        "artifactLocation": _ARTIFACT,
        "region": _object({"startLine": {"type": "integer", "minimum": 1}}),
    }
)
_LOGICAL = _object({"name": _TEXT, "fullyQualifiedName": _TEXT, "kind": _TEXT})
_LOCATION = _object(
    {}, physicalLocation=_PHYSICAL, logicalLocations=_list(_LOGICAL, uniqueItems=True)
)
_SUPPRESSION = _object(
    {"kind": {"enum": ["inSource", "external"]}},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=_TEXT,
)
_RESULT = _object(
    {
        "ruleId": _TEXT,
        "ruleIndex": _INDEX,
        "kind": {"const": "fail"},
        "level": _LEVEL,
        "message": _MESSAGE,
        "locations": _list(_LOCATION, minItems=1, maxItems=1),
        "partialFingerprints": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": _TEXT,
        },
    },
    suppressions=_list(_SUPPRESSION, uniqueItems=True),
)
_RULE = _object(
    {
        "id": _TEXT,
        "shortDescription": _MESSAGE,
        "fullDescription": _MESSAGE,
        "help": _object({"text": _TEXT, "markdown": _TEXT}),
        "defaultConfiguration": _object({"enabled": {"type": "boolean"}, "level": _LEVEL}),
        "properties": _object(
            {"tags": _list(_TEXT, uniqueItems=True)},
            **{"security-severity": {"type": "string", "pattern": r"^(10|[0-9])\.[0-9]$"}},
        ),
    },
    helpUri={"type": "string", "pattern": "^https?://[!-~]+$"},
)
_NOTIFICATION = _object(
    {
        "associatedRule": _object({"id": _TEXT, "index": _INDEX}),
        "level": _LEVEL,
        "message": _MESSAGE,
        "locations": _list(_LOCATION),
    }
)
_INVOCATION = _object(
    {
        "executionSuccessful": {"type": "boolean"},
        "toolExecutionNotifications": _list(_NOTIFICATION),
    }
)
_RUN = _object(
    {
        "tool": _object({"driver": _object({"name": _TEXT, "rules": _list(_RULE)})}),
        "automationDetails": _object({"id": _TEXT}),
        "originalUriBaseIds": _object({"%SRCROOT%": _object({"description": _MESSAGE})}),
        "invocations": _list(_INVOCATION, uniqueItems=True),
        "results": _list(_RESULT),
    }
)
SARIF = _object(
    {
        "$schema": {"type": "string", "pattern": "^https://docs.oasis-open.org/sarif/.*json$"},
        "version": {"const": "2.1.0"},
        "runs": _list(_RUN),
    }
)
