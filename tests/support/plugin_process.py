"""The stand-in plugin as a process of its own, spoken to as the engine does."""

import contextlib
import os
import subprocess
import sys

import grpc
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.proto import provider_pb2 as messages
from pulumi.runtime.proto import provider_pb2_grpc

from tablewright.local.property_values import plain_map, protocol_map
from tests.support.engine import ROOT

DEADLINE = 60


class PluginError(Exception):
    """The plugin answered with an error; the message is what the engine would show."""


class Plugin:
    """Plain properties in, plain properties out; replies are `messages` of the protocol."""

    def __init__(self, port):
        self._channel = grpc.insecure_channel(
            f"127.0.0.1:{port}", options=[("grpc.enable_http_proxy", 0)]
        )
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)

    def close(self):
        self._channel.close()

    def configure(self, **arguments):
        return self._call("Configure", messages.ConfigureRequest(args=wire(arguments)))

    def check(self, token, inputs):
        return self._call("Check", messages.CheckRequest(urn=urn(token), news=wire(inputs)))

    def create(self, token, inputs, *, preview=False, secrets=()):
        properties = wire(inputs, secrets)
        request = messages.CreateRequest(urn=urn(token), properties=properties, preview=preview)
        return self._call("Create", request)

    def diff(self, token, identity, outputs, old, new, *, ignore=()):
        request = messages.DiffRequest(
            urn=urn(token),
            id=identity,
            olds=wire(outputs),
            old_inputs=wire(old),
            news=wire(new),
            ignoreChanges=ignore,
        )
        return self._call("Diff", request)

    def update(self, token, identity, outputs, old, new, *, preview=False):
        request = messages.UpdateRequest(
            urn=urn(token),
            id=identity,
            olds=wire(outputs),
            old_inputs=wire(old),
            news=wire(new),
            preview=preview,
        )
        return self._call("Update", request)

    def read(self, token, identity, outputs=None, inputs=None):
        request = messages.ReadRequest(
            urn=urn(token), id=identity, properties=wire(outputs or {}), inputs=wire(inputs or {})
        )
        return self._call("Read", request)

    def delete(self, token, identity, outputs):
        request = messages.DeleteRequest(urn=urn(token), id=identity, properties=wire(outputs))
        return self._call("Delete", request)

    def invoke(self, token, arguments):
        request = messages.InvokeRequest(tok=token, args=wire(arguments))
        return plain(getattr(self._call("Invoke", request), "return"))

    def _call(self, method, request):
        try:
            return getattr(self._stub, method)(request, timeout=DEADLINE, wait_for_ready=True)
        except grpc.RpcError as error:
            raise PluginError(error.details()) from None


def urn(token):
    return f"urn:pulumi:local::tiny::tiny:index:Store${token}::thing"


def wire(properties, secrets=()):
    return PropertyValue.marshal_map(protocol_map(properties, secrets=secrets))


def plain(struct):
    return plain_map(PropertyValue.unmarshal_map(struct))


@contextlib.contextmanager
def running_plugin(endpoint):
    """Start the plugin for an endpoint (None: without one) and stop it at the end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    if endpoint is not None:
        environment["AWS_ENDPOINT_URL"] = endpoint
    process = subprocess.Popen(
        [sys.executable, "-m", "tablewright.local.provider_process", "127.0.0.1:1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    plugin = Plugin(int(process.stdout.readline()))
    try:
        yield plugin
    finally:
        plugin.close()
        process.terminate()
        process.wait(DEADLINE)
        process.stdout.close()
