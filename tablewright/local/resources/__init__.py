"""One handler a resource type, and the table of them all."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tablewright.local.errors import UnsupportedTypeError
from tablewright.local.handler import Handler

from .metric_alarm import MetricAlarmHandler
from .parameter import ParameterHandler
from .policy import PolicyHandler
from .role_policy_attachment import RolePolicyAttachmentHandler
from .table import TableHandler
from .topic import TopicHandler
from .topic_subscription import TopicSubscriptionHandler
from .vpc_endpoint import VpcEndpointHandler

_ALL: Final[tuple[Handler, ...]] = (
    MetricAlarmHandler(),
    ParameterHandler(),
    PolicyHandler(),
    RolePolicyAttachmentHandler(),
    TableHandler(),
    TopicHandler(),
    TopicSubscriptionHandler(),
    VpcEndpointHandler(),
)

HANDLERS: Final[Mapping[str, Handler]] = MappingProxyType(
    {handler.type_token: handler for handler in _ALL}
)


def handler_for(token: str) -> Handler:
    """Look up a type's handler; UnsupportedTypeError when there is none yet."""
    if token in HANDLERS:
        return HANDLERS[token]
    raise UnsupportedTypeError(
        f"type '{token}' has no handler, so the emulator cannot create it; write one in"
        f" tablewright/local/resources/{_file_for(token)} and list it in"
        " tablewright/local/resources/__init__.py"
    )


def _file_for(token: str) -> str:
    name = token.rpartition(":")[2] or token
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return f"{words.lstrip('_')}.py"
