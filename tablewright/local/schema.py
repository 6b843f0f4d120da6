"""Which properties a resource type takes and gives, as the installed pulumi-aws knows them."""

import functools
import importlib
from importlib.metadata import version

from pulumi._types import input_type_py_to_pulumi_names, resource_types

DISTRIBUTION = "pulumi-aws"


def provider_version() -> str:
    """Return the version of the installed pulumi-aws, which the engine asks for."""
    return version(DISTRIBUTION)


@functools.cache
def input_names(type_token: str) -> frozenset[str]:
    """Name the properties that a program may set: `name`, `hashKey`, ... for a table."""
    return frozenset(input_type_py_to_pulumi_names(_class(type_token, "Args")).values())


@functools.cache
def computed_names(type_token: str) -> frozenset[str]:
    """Name the properties that only the provider sets: `arn`, `streamArn`, ... for a table."""
    return frozenset(resource_types(_class(type_token))) - input_names(type_token)


def _class(type_token: str, suffix: str = "") -> type:
    package, module, name = type_token.split(":")
    modules = importlib.import_module(f"pulumi_{package}.{module.split('/')[0]}")
    found: type = getattr(modules, name + suffix)
    return found
