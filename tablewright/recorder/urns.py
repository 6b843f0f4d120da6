"""URNs as the engine makes them."""

from collections.abc import Iterable

from pulumi.runtime.proto import alias_pb2

STACK_TYPE = "pulumi:pulumi:Stack"


def qualified_type(urn: str) -> str:
    """Return the types of a resource and its parents, outermost first, joined by `$`."""
    return urn.split("::", 3)[2]


def name_of(urn: str) -> str:
    """Return the logical name at the end of a URN."""
    return urn.split("::", 3)[3]


def make_urn(stack: str, project: str, parent: str, type_: str, name: str) -> str:
    """Make a URN with the full chain of parent types; the Stack is no part of the chain."""
    chain = qualified_type(parent) if parent else STACK_TYPE
    qualified = type_ if chain == STACK_TYPE else f"{chain}${type_}"
    return f"urn:pulumi:{stack}::{project}::{qualified}::{name}"


def alias_urns(
    urn: str, parent: str, own: Iterable[alias_pb2.Alias], inherited: Iterable[str]
) -> tuple[str, ...]:
    """List every earlier URN of a resource: from its own aliases and from those of its parent."""
    aliases = [_alias_urn(urn, parent, alias) for alias in own]
    for parent_alias in inherited:
        aliases += [_moved(one, parent, parent_alias) for one in (urn, *aliases)]
    return tuple(dict.fromkeys(aliases))


def _alias_urn(urn: str, parent: str, alias: alias_pb2.Alias) -> str:
    if alias.urn:
        return alias.urn
    spec = alias.spec
    stack, project, types, name = urn.removeprefix("urn:pulumi:").split("::", 3)
    return make_urn(
        spec.stack or stack,
        spec.project or project,
        "" if spec.noParent else spec.parentUrn or parent,
        spec.type or types.rpartition("$")[2],
        spec.name or name,
    )


def _moved(urn: str, parent: str, parent_alias: str) -> str:
    """Move a child under its parent's alias; a name that starts with the parent's follows."""
    stack, project, types, name = urn.removeprefix("urn:pulumi:").split("::", 3)
    parent_name = name_of(parent)
    if name.startswith(parent_name):
        name = name_of(parent_alias) + name.removeprefix(parent_name)
    return make_urn(stack, project, parent_alias, types.rpartition("$")[2], name)
