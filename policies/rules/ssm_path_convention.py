"""Every parameter is where others look for it, and is nobody else's."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.reading import if_known
from rules.framework.regions import account_of, region_of
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import ENVIRONMENTS, text
from rules.framework.tokens import PARAMETER
from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack

_RESERVED: Final = ("aws", "ssm")
_LONGEST: Final = 1011
"""Characters, of PutParameter."""
_SHOWN: Final = 100


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    parameters = stack.of_type(PARAMETER)
    return known_first(
        *(_path(each, settings) for each in parameters),
        *(_overwrite(each) for each in parameters),
        *(_once(path, users) for path, users in _by_path(parameters).items()),
    )


def _path(parameter: Resource, settings: Settings) -> Iterator[Finding]:
    """Find what is wrong with a path, the gravest thing alone."""
    path = parameter.properties.text("name")
    pattern, environment = settings.text("pathPattern"), settings.environment
    wanted = pattern.replace("{environment}", environment)
    others = (pattern.replace("{environment}", each) for each in ENVIRONMENTS)
    if path.lower().lstrip("/").startswith(_RESERVED):
        finding, problem = "reserved", "begins as only paths of AWS may; begin it with the project"
    elif _fits(path, wanted):
        finding, problem = "", ""
    elif not path.startswith("/"):
        finding, problem = "no-slash", f"does not begin with '/'; use '{wanted}'"
    elif any(_fits(path, other) for other in others):
        finding, problem = "other-environment", f"is of another environment; use '{wanted}'"
    else:
        finding, problem = "pattern", f"does not fit '{wanted}' (* is part of a level); rename it"
    if finding:
        yield Finding(finding, f"path {_shown(path)} {problem}", parameter.urn)


def _fits(path: str, pattern: str) -> bool:
    if len(path) > _LONGEST:
        return False
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.fullmatch("[A-Za-z0-9_.-]+".join(parts), path) is not None


def _overwrite(parameter: Resource) -> Iterator[Finding]:
    if parameter.properties.flag("overwrite"):
        yield Finding(
            "overwrite",
            "overwrite is true, so the stack takes over a parameter that another one made; remove "
            "it, and import the parameter where it is this stack's own",
            parameter.urn,
        )


def _by_path(parameters: Iterable[Resource]) -> dict[str, list[Resource]]:
    """Return the parameters by their paths, those without a known path left out."""
    users: dict[str, list[Resource]] = defaultdict(list)
    for parameter in parameters:
        with suppress(MalformedError):  # found with the path itself
            if path := if_known(parameter.properties, "name"):
                users[path].append(parameter)
    return users


def _once(path: str, users: Sequence[Resource]) -> Iterator[Finding]:
    """Find every use of a path but the first; each account and region has its own parameters."""
    if len(users) == 1:
        return
    places: set[tuple[str, ...]] = set()
    for parameter in users:
        place = (region_of(parameter), *account_of(parameter))
        if place in places:
            problem = f"path {_shown(path)} is used before; the last to be deployed would win"
            yield Finding("duplicate", f"{problem}, so give each a path of its own", parameter.urn)
        places.add(place)


def _shown(path: str) -> str:
    return f"'{path}'" if len(path) <= _SHOWN else f"'{path[:_SHOWN]}…'"


SSM_PATH_CONVENTION = StackRule(
    id="ssm-path-convention",
    demands="Every parameter has a path of the agreed form, of this environment, used once, and "
    "overwrites none.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="Name the aws.ssm.Parameter /<project>-<environment>/<group>/<thing> and "
    "leave out overwrite; with tablewright, take the path from Label.parameter.",
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/"
    "sysman-parameter-name-constraints.html",
    settings={
        "pathPattern": text(
            "The form of paths: {environment} stands for the environment, * for letters, digits "
            "and '_', '.', '-'.",
            "/*-{environment}/*/*",
            pattern=r"^/.*\{environment\}",
        )
    },
    check=_check,
)
