"""The process behind the stand-in plugin: the engine starts it and speaks gRPC with it."""

import asyncio
import inspect
import os
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, Final

import grpc  # type: ignore[import-untyped]  # ships without types
import grpc.aio  # type: ignore[import-untyped]  # as above
from botocore import exceptions as aws
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.provider import Provider
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from .errors import UNANSWERED, LocalError
from .provider import EmulatorProvider, UpdateRequest
from .schema import provider_version

_LARGEST_MESSAGE: Final = 400 * 1024 * 1024  # as the engine's own
_ORPHAN_CHECK_SECONDS: Final = 1.0

Continuation = Callable[[grpc.HandlerCallDetails], Awaitable[Any]]


class Servicer(ProviderServicer):
    """The SDK's servicer, with the old inputs that it keeps from the provider."""

    async def Diff(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- the protocol's name
        """Compare inputs with inputs: outputs hold defaults, which are no change."""
        request.olds.CopyFrom(request.old_inputs)
        return await super().Diff(request, context)

    async def Update(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- as above
        """Update from the old inputs; the old outputs serve the preview."""
        del context
        updated = await self._provider.update(
            UpdateRequest(
                urn=request.urn,
                resource_id=request.id,
                olds=PropertyValue.unmarshal_map(request.olds),
                old_inputs=PropertyValue.unmarshal_map(request.old_inputs),
                news=PropertyValue.unmarshal_map(request.news),
                timeout=request.timeout,
                ignore_changes=list(request.ignoreChanges),
                preview=request.preview,
            )
        )
        properties = PropertyValue.marshal_map(updated.properties)
        return provider_pb2.UpdateResponse(properties=properties)


class OneLineErrors(grpc.aio.ServerInterceptor):  # type: ignore[misc]  # as above
    """Sends the original error's message to the engine; the SDK would append its traceback."""

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Any:  # noqa: ANN401 -- grpc has no types for it
        """Wrap every method that the servicer implements."""
        handler = await continuation(handler_call_details)
        if handler is None or not inspect.iscoroutinefunction(handler.unary_unary):
            return handler

        async def answer(request: Any, context: Any) -> Any:  # noqa: ANN401 -- as above
            try:
                return await handler.unary_unary(request, context)
            except NotImplementedError as error:
                await context.abort(grpc.StatusCode.UNIMPLEMENTED, str(error))
            except Exception as error:  # noqa: BLE001 -- whatever it is, the engine must hear of it
                await context.abort(grpc.StatusCode.UNKNOWN, message_of(error.__context__ or error))

        return grpc.unary_unary_rpc_method_handler(
            answer, handler.request_deserializer, handler.response_serializer
        )


def message_of(error: BaseException) -> str:
    """Put the error in one line; one that nobody foresaw also leaves its traceback on stderr."""
    text = " ".join(str(error).split())
    if isinstance(error, UNANSWERED):
        return f"the emulator does not answer (has it stopped?): {text}"
    if isinstance(error, LocalError | aws.ClientError | aws.BotoCoreError):
        return text
    traceback.print_exception(error)
    return f"{type(error).__name__}: {text}"


async def serve(provider: Provider, engine_address: str) -> None:
    """Serve on a free port of 127.0.0.1, print the port, and stop when the engine is gone."""
    engine = os.getppid()
    limit = [
        ("grpc.max_receive_message_length", _LARGEST_MESSAGE),
        ("grpc.max_send_message_length", _LARGEST_MESSAGE),
    ]
    server = grpc.aio.server(options=limit, interceptors=[OneLineErrors()])
    servicer = Servicer([], provider_version(), provider, engine_address)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    while os.getppid() == engine:
        await server.wait_for_termination(timeout=_ORPHAN_CHECK_SECONDS)
    await server.stop(grace=None)


def main() -> None:
    """Run the plugin; the engine passes its address as the first argument that is no option."""
    from .invokes import answer
    from .resources import handler_for

    addresses = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    try:
        asyncio.run(serve(EmulatorProvider(handler_for, answer), next(iter(addresses), "")))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
