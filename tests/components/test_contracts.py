"""What holds for every component: a new one is found here, and cannot escape."""

import ast
import importlib
import inspect
import pkgutil

import pulumi
import pytest

import components
from tests.support.component_samples import SAMPLES
from tests.support.recording import STACK, TAGGABLE, UNTAGGABLE, record_component

REQUIRED_TAGS = {"Project", "Environment", "Owner", "CostCenter", "ManagedBy", "DataModel"}


def found():
    """Import every module of the package; give its components by class name."""
    modules = [
        importlib.import_module(f"components.{module.name}")
        for module in pkgutil.iter_modules(components.__path__)
    ]
    return {
        name: member
        for module in modules
        for name, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, pulumi.ComponentResource) and member.__module__ == module.__name__
    }


COMPONENTS = found()

of_every_component = pytest.mark.parametrize("name", sorted(COMPONENTS))


def token_of(name):
    return f"tablewright:index:{name}"


def recording_of(name, **options):
    return record_component(lambda: SAMPLES[name](pulumi.ResourceOptions(**options)))


def camel(name):
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def descendants(recording, urn):
    for child in recording.children(urn):
        yield child
        yield from descendants(recording, child.urn)


def test_there_is_a_sample_of_every_component_and_of_nothing_else():
    assert set(SAMPLES) == set(COMPONENTS)


@of_every_component
def test_a_component_is_alone_in_the_file_of_its_name(name):
    module = inspect.getmodule(COMPONENTS[name])
    assert module.__name__.rpartition(".")[2].replace("_", "") == name.lower()
    inside = [member for member in COMPONENTS.values() if member.__module__ == module.__name__]
    assert inside == [COMPONENTS[name]]


@of_every_component
def test_a_component_is_offered_with_its_arguments(name):
    for offered in (name, f"{name}Args"):
        assert offered in components.__all__
    assert getattr(components, name) is COMPONENTS[name]


@of_every_component
def test_a_component_says_its_type_token_literally(name):
    (definition,) = ast.parse(inspect.getsource(COMPONENTS[name])).body
    calls = [ast.unparse(node) for node in ast.walk(definition) if isinstance(node, ast.Call)]
    assert f"super().__init__('{token_of(name)}', name, None, opts)" in calls


@of_every_component
def test_a_component_takes_a_name_arguments_and_options(name):
    signature = inspect.signature(COMPONENTS[name])
    assert list(signature.parameters) == ["name", "args", "opts"]
    assert signature.parameters["opts"].default is None
    annotation = signature.parameters["args"].annotation
    assert getattr(annotation, "__name__", annotation) == f"{name}Args"


@of_every_component
def test_a_component_is_registered_under_its_token(name):
    component = recording_of(name).only(token_of(name))
    assert component.urn == f"urn:pulumi:dev::tablewright::{token_of(name)}::sample"


@of_every_component
def test_everything_that_a_component_makes_is_its_own(name):
    recording = recording_of(name)
    component = recording.only(token_of(name))
    assert list(descendants(recording, component.urn))
    (stack,) = recording.of_type(STACK)
    beside = {one.type for one in recording.children(stack.urn)} - {component.type}
    assert beside <= {token_of("Table")} if name == "TableExports" else beside == set()


@of_every_component
def test_a_component_passes_on_what_its_children_inherit(name):
    recording = recording_of(name, protect=True, retain_on_delete=True)
    component = recording.only(token_of(name))
    for one in descendants(recording, component.urn):
        assert one.protect
        assert one.retain_on_delete


@of_every_component
def test_every_child_that_takes_tags_has_the_required_ones(name):
    recording = recording_of(name)
    component = recording.only(token_of(name))
    for one in descendants(recording, component.urn):
        if one.custom and one.type not in UNTAGGABLE:
            assert one.type in TAGGABLE
            assert set(one.inputs["tags"]) >= REQUIRED_TAGS


@of_every_component
def test_a_component_registers_the_outputs_that_its_class_annotates(name):
    annotated = {
        camel(output): "None" in str(annotation)
        for output, annotation in inspect.get_annotations(COMPONENTS[name]).items()
        if "Output" in str(annotation)
    }
    assert annotated
    registered = set(recording_of(name).only(token_of(name)).outputs)
    assert {output for output, optional in annotated.items() if not optional} <= registered
    assert registered <= set(annotated)


@of_every_component
def test_a_component_has_the_outputs_that_its_class_annotates(name):
    built = []
    record_component(lambda: built.append(SAMPLES[name](None)))
    for output, annotation in inspect.get_annotations(COMPONENTS[name]).items():
        assert hasattr(built[0], output), annotation


@of_every_component
def test_a_component_registers_its_outputs_once_and_last(name, monkeypatch):
    events = []
    register, construct = pulumi.ComponentResource.register_outputs, pulumi.Resource.__init__

    def registered(self, outputs):
        events.append((self, "outputs"))
        register(self, outputs)

    def constructed(self, *arguments, **options):
        given = [one for one in arguments if isinstance(one, pulumi.ResourceOptions)]
        parent = given[0].parent if given else None
        events.append((parent, "child"))
        construct(self, *arguments, **options)

    monkeypatch.setattr(pulumi.ComponentResource, "register_outputs", registered)
    monkeypatch.setattr(pulumi.Resource, "__init__", constructed)
    built = []
    record_component(lambda: built.append(SAMPLES[name](None)))
    for component in (one for one, kind in events if kind == "outputs"):
        own = [kind for one, kind in events if one is component]
        assert own == ["child"] * (len(own) - 1) + ["outputs"]
    assert any(one is built[0] and kind == "outputs" for one, kind in events)


def test_no_component_reads_configuration_or_exports():
    for component in COMPONENTS.values():
        source = inspect.getsource(inspect.getmodule(component))
        assert "pulumi.Config" not in source
        assert "pulumi.export" not in source
        assert "aws.get_" not in source
