"""Resources that make tables or access policies in ways that no rule reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rules.framework.tokens import CLOUD_CONTROL, CLOUD_FORMATION_STACK

if TYPE_CHECKING:
    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource

_TEMPLATES: Final = (
    CLOUD_FORMATION_STACK,
    "aws:cloudformation/stackSet:StackSet",
    "aws-native:cloudformation:Stack",
    "aws-native:cloudformation:StackSet",
)
_UNREAD: Final = (
    "aws:dynamodb/globalTable:GlobalTable",
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    *(f"aws-native:dynamodb:{each}" for each in ("GlobalTable", "Table")),
    *(
        f"aws-native:iam:{each}"
        for each in (
            *("Group", "GroupPolicy", "ManagedPolicy", "Policy", "Role", "RolePolicy"),
            *("User", "UserPolicy"),
        )
    ),
)
"""Types that make tables or access policies, and whose properties no rule reads."""
OTHER_WAYS: Final = (*_UNREAD, CLOUD_CONTROL, *_TEMPLATES)
"""Every type that may make a table or an access policy past the rules."""

_KINDS: Final = ("aws::dynamodb::", "aws::iam::")
_MAKING: Final = re.compile(
    r"aws::(?:dynamodb|iam|serverless|cloudformation::stack)|\bfn::transform|\btransform[\"']?\s*:"
)
"""What in a template makes such things itself, or by another template or macro."""
_ESCAPED: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n[ \t]*)")


def is_unjudged(resource: Resource) -> bool:
    """Tell whether a resource of OTHER_WAYS may make tables or access policies."""
    if resource.type == CLOUD_CONTROL:
        return resource.properties.text("typeName").lower().startswith(_KINDS)
    if resource.type in _TEMPLATES:
        return _template_makes(resource.properties)
    return True


def _template_makes(stack: Properties) -> bool:
    """Tell whether a template names what the rules judge; one that is elsewhere may."""
    if stack.holds("templateUrl") or not stack.holds("templateBody"):
        return True
    template = _ESCAPED.sub(_character, stack.text("templateBody")).lower()
    return _MAKING.search(template) is not None


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else ""
