"""What the engine adds to a registration."""

import pulumi
import pytest

from tablewright.recorder import UNKNOWN, OfflineBackend
from tests.support.things import Group, Thing, run


class Provider(pulumi.ProviderResource):
    def __init__(self, name, opts=None):
        super().__init__("test", name, {"region": "eu-north-1"}, opts)


class Echo(OfflineBackend):
    """Returns the inputs and one computed output."""

    def __init__(self):
        object.__setattr__(self, "calls", [])

    def create(self, registration):
        self.calls.append(registration)
        return f"id-{registration.name}", {**registration.inputs, "computed": "made"}

    def invoke(self, token, arguments):
        self.calls.append((token, dict(arguments)))
        return {"answer": {"list": [1, True, None]}}


def below(parent, **options):
    return pulumi.ResourceOptions(parent=parent, **options)


def named(recording, name):
    return next(one for one in recording.registrations if one.name == name)


def test_a_urn_holds_every_parent_type_but_the_stack():
    def program():
        outer = Group("outer", type_="test:index:Outer")
        inner = Group("inner", below(outer), "test:index:Inner")
        Thing("deep", opts=below(inner))
        Thing("top")

    recording = run(program)
    deep = named(recording, "deep")
    types = "test:index:Outer$test:index:Inner$test:index:Thing"
    assert deep.urn == f"urn:pulumi:s::p::{types}::deep"
    assert recording.by_urn(deep.parent).name == "inner"
    top = named(recording, "top")
    assert top.urn == "urn:pulumi:s::p::test:index:Thing::top"
    assert top.parent == "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s"
    assert [one.name for one in recording.children(top.parent)] == ["outer", "top"]
    assert named(recording, "p-s").parent is None


@pytest.mark.parametrize(
    ("parent", "child", "expected"),
    [(None, None, False), (True, None, True), (True, False, False), (False, True, True)],
)
@pytest.mark.parametrize("option", ["protect", "retain_on_delete"])
def test_protection_is_inherited_unless_a_child_says_otherwise(option, parent, child, expected):
    def program():
        outer = Group("outer", pulumi.ResourceOptions(**{option: parent}))
        inner = Group("inner", below(outer))
        Thing("thing", opts=below(inner, **{option: child}))

    assert getattr(named(run(program), "thing"), option) is expected


def test_a_provider_and_what_a_resource_is_deleted_with_are_inherited():
    def program():
        owner = Thing("owner")
        options = pulumi.ResourceOptions(providers=[Provider("eu")], deleted_with=owner)
        Thing("thing", opts=below(Group("outer", options)))

    backend = Echo()
    recording = run(program, backend=backend)
    thing, provider = named(recording, "thing"), named(recording, "eu")
    assert thing.provider == f"{provider.urn}::{provider.id}"
    assert thing.deleted_with == named(recording, "owner").urn
    assert [one.name for one in backend.calls] == ["owner", "thing"]


def test_options_are_recorded_with_the_names_of_the_provider():
    class Cased(pulumi.CustomResource):
        def __init__(self, name, opts):
            super().__init__("test:index:Cased", name, {"tableName": "x"}, opts)

        def translate_input_property(self, prop):
            return {"table_name": "tableName"}.get(prop, prop)

    options = pulumi.ResourceOptions(ignore_changes=["table_name"], delete_before_replace=False)
    recording = run(lambda: (Cased("one", options), Cased("two", None)))
    assert named(recording, "one").ignore_changes == ("tableName",)
    assert named(recording, "one").delete_before_replace is False
    assert named(recording, "two").delete_before_replace is None


def test_dependencies_are_recorded_as_a_whole_and_by_property():
    def program():
        one, two = Thing("one", "x"), Thing("two", "y")
        both = pulumi.Output.concat(one.value, two.value)
        Thing("three", both, pulumi.ResourceOptions(depends_on=[Thing("four")]), plain="z")

    three = named(run(program), "three")
    urns = [f"urn:pulumi:s::p::test:index:Thing::{name}" for name in ("four", "one", "two")]
    assert three.dependencies == tuple(urns)
    assert three.property_dependencies == {"value": tuple(urns[1:]), "plain": ()}


def test_aliases_are_urns_and_follow_the_parents():
    def program():
        group = Group("new", pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old")]))
        Thing("new-thing", opts=below(group))
        no_parent = pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)
        Thing("moved", opts=below(group, aliases=[no_parent]))

    recording = run(program)
    prefix = "urn:pulumi:s::p::test:index:Group"
    assert named(recording, "new").aliases == (f"{prefix}::old",)
    assert named(recording, "new-thing").aliases == (f"{prefix}$test:index:Thing::old-thing",)
    assert "urn:pulumi:s::p::test:index:Thing::moved" in named(recording, "moved").aliases


def test_outputs_of_the_backend_reach_the_program_and_the_exports():
    def program():
        one = Thing("one", "x")
        two = Thing("two", one.computed)
        pulumi.export("two", {"value": two.value, "id": two.id, "whole": 2.0})

    recording = run(program, backend=Echo())
    assert named(recording, "two").inputs == {"value": "made"}
    assert named(recording, "two").id == "id-two"
    assert recording.exports == {"two": {"value": "made", "id": "id-two", "whole": 2}}


def test_secrets_are_unwrapped_for_the_backend_and_stay_secret_in_the_program():
    def program():
        secret = pulumi.Output.secret("hidden")
        one = Thing("one", nested={"deep": [secret]}, open="y")
        pulumi.export("nested", one.nested)
        pulumi.export("open", one.open)

    backend = Echo()
    recording = run(program, backend=backend)
    assert backend.calls[0].inputs == {"nested": {"deep": ["hidden"]}, "open": "y"}
    assert backend.calls[0].secret_inputs == {"nested"}
    assert recording.exports == {"nested": {"deep": ["hidden"]}, "open": "y"}
    assert recording.secret_exports == {"nested"}


def test_what_only_the_backend_could_tell_is_unknown_in_a_preview():
    def program():
        one = Thing("one", "x")
        Thing("two", one.computed.apply(lambda text: text + "!"), None, known=one.value, id_=one.id)
        pulumi.export("computed", one.computed)

    backend = Echo()
    recording = run(program, backend=backend, preview=True)
    inputs = {"value": UNKNOWN, "known": "x", "id_": UNKNOWN}
    assert named(recording, "two").inputs == inputs
    assert recording.exports == {"computed": UNKNOWN}
    assert recording.registrations[1].property_dependencies == {"value": ()}
    assert backend.calls == []


def test_look_ups_are_answered_even_in_a_preview():
    def program():
        answer = pulumi.runtime.invoke("test:index:find", {"name": "x", "days": 7}).value
        pulumi.export("answer", answer)

    backend = Echo()
    assert run(program, backend=backend, preview=True).exports["answer"]["answer"]["list"][0] == 1
    assert backend.calls == [("test:index:find", {"name": "x", "days": 7})]


def test_a_resource_passed_on_becomes_its_urn():
    recording = run(lambda: Thing("two", Thing("one")))
    assert named(recording, "two").inputs["value"] == named(recording, "one").urn


def test_messages_are_kept_and_debug_lines_are_not(capfd):
    def program():
        pulumi.log.debug("noise")
        pulumi.log.info("a hint")
        pulumi.log.warn("no alarm has an action", Thing("one"))

    recording = run(program)
    assert [(one.severity, one.text) for one in recording.messages] == [
        ("info", "a hint"),
        ("warning", "no alarm has an action"),
    ]
    assert recording.messages[1].urn == named(recording, "one").urn
    assert capfd.readouterr() == ("", "")
