import json

import pytest

from tablewright.recorder import ConfigurationFileError, load_configuration

PROJECT = """
name: demo
runtime: python
config:
  plain: text
  off: {type: boolean, default: false}
  names: {type: array, items: {type: string}, default: [b, a]}
  days: {type: integer}
  aws:region: eu-north-1
  aws:endpoints:
    value: [{dynamodb: "http://127.0.0.1:1"}]
"""


@pytest.fixture
def load(tmp_path):
    def load(stack="config: {days: 7}", project=PROJECT, **options):
        (tmp_path / "Pulumi.yaml").write_text(project)
        (tmp_path / "Pulumi.dev.yaml").write_text(stack)
        return load_configuration(tmp_path, "dev", **options)

    return load


def values(loaded):
    return loaded[1]


def test_the_project_gives_name_defaults_and_values(load):
    name, configuration = load()
    assert name == "demo"
    assert configuration == {
        "demo:plain": "text",
        "demo:off": "false",
        "demo:names": '["b","a"]',
        "demo:days": "7",
        "aws:region": "eu-north-1",
        "aws:endpoints": '[{"dynamodb":"http://127.0.0.1:1"}]',
    }


def test_a_stack_overrides_the_project_under_either_spelling_of_a_key(load):
    configuration = values(load("config: {days: 1, demo:off: true, aws:config:region: eu-west-1}"))
    assert configuration["demo:off"] == "true"
    assert configuration["aws:region"] == "eu-west-1"


# What `pulumi config --json` (3.260) prints for the same values.
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("True", "true"),
        ('"true"', "true"),
        ("12:30", "12:30"),
        ("123456789012", "123456789012"),
        ("012345678901", "12345678901"),
        ("010", "8"),
        ("1e3", "1000"),
        ("2.0", "2"),
        ("2.50", "2.5"),
        ("", ""),
        ("{b: 2, a: {on: off, x: 2.0, n: null}}", '{"a":{"n":null,"on":"off","x":2},"b":2}'),
    ],
)
def test_values_are_read_as_the_engine_reads_them(load, written, read):
    assert values(load(f"config:\n  days: 1\n  any: {written}\n"))["demo:any"] == read


@pytest.mark.parametrize("days", ["7", '"7"', "7.0", "-1"])
def test_an_integer_may_be_written_in_any_of_these_ways(load, days):
    assert int(values(load(f"config: {{days: {days}}}"))["demo:days"]) == float(days.strip('"'))


@pytest.mark.parametrize(
    ("stack", "said"),
    [
        ("config: {}", ["'demo:days' is missing", "Pulumi.yaml has no default; set it"]),
        ("config: {days: soon}", ["'demo:days' is 'soon'", "declares: integer"]),
        ("config: {days: 1.5}", ["'demo:days' is '1.5'", "declares: integer"]),
        ("config: {days: }", ["'demo:days' is ''", "declares: integer"]),
        ("config: {days: 1, off: maybe}", ["'demo:off' is 'maybe'", "declares: boolean"]),
        ("config: {days: 1, names: [1]}", ["'demo:names' is '[1]'", "declares: array of string"]),
        ("config: {days: 1, names: {}}", ["'demo:names' is '{}'", "declares: array of string"]),
        ("config: {days: 1, word: {secure: v1}}", ["'demo:word' is encrypted", "plain text"]),
        ("config: {days: 1, word: {a: [{secure: v1}]}}", ["'demo:word' is encrypted"]),
        ("config: [days]", ["'config' is ['days']", "mapping"]),
        ("environment: [shared]", ["'environment' imports", "write it as 'config'"]),
        ("config: {days: 1", ["is not YAML"]),
        ("- days", ["mapping of keys"]),
    ],
)
def test_a_stack_file_that_cannot_be_used_says_why(load, stack, said):
    with pytest.raises(ConfigurationFileError) as error:
        load(stack)
    for words in (*said, "Pulumi.dev.yaml"):
        assert words in str(error.value)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("a: {type: list}", "has the type 'list'; use one of string, integer"),
        ("a: {type: array}", "is an array without 'items'"),
        ("a: {type: integer, default: soon}", "has the default 'soon', which is no integer"),
        ("aws:region: {type: string}", "belongs to another namespace"),
        ("aws:region: {default: x}", "belongs to another namespace"),
    ],
)
def test_a_declaration_that_the_engine_refuses_is_refused(load, declared, said):
    with pytest.raises(ConfigurationFileError, match=r"Pulumi\.yaml") as error:
        load("config: {}", f"name: demo\nconfig:\n  {declared}\n")
    assert said in str(error.value)


def test_every_problem_is_named_at_once(load):
    with pytest.raises(ConfigurationFileError) as error:
        load("config: {off: maybe, word: {secure: v1}}")
    head, *lines = str(error.value).splitlines()
    assert head.endswith("Pulumi.dev.yaml' has 3 problems:")
    assert [line.split("'")[1] for line in lines] == ["demo:word", "demo:off", "demo:days"]


def test_what_is_not_strict_leaves_types_and_missing_keys_to_the_program(load):
    configuration = values(load("config: {off: maybe, names: {a: 1}}", strict=False))
    assert configuration["demo:off"] == "maybe"
    assert configuration["demo:names"] == '{"a":1}'
    assert "demo:days" not in configuration
    with pytest.raises(ConfigurationFileError, match="is encrypted"):
        load("config: {off: maybe, word: {secure: v1}}", strict=False)


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("stack", ["", "# nothing yet", "days: 7"])
def test_a_stack_file_without_its_section_points_at_one_that_has_it(load, tmp_path, stack, strict):
    said = r"Pulumi\.dev\.yaml' has no `config:` section; begin it with `config:`"
    (tmp_path / "Pulumi.alpha.yaml").write_text("")
    with pytest.raises(ConfigurationFileError, match=f"{said}$"):
        load(stack, strict=strict)
    (tmp_path / "Pulumi.beta.yaml").write_text("config: {days: 7}")
    with pytest.raises(ConfigurationFileError, match=rf"{said} as Pulumi\.beta\.yaml does$"):
        load(stack, strict=strict)


def test_a_stack_that_must_set_nothing_may_be_empty(load):
    assert values(load("", "name: demo\nconfig: {plain: text}\n")) == {"demo:plain": "text"}


def test_the_plain_text_of_an_encrypted_value_can_be_given(load):
    stack = "config: {days: 1, word: {secure: v1}}"
    assert values(load(stack, secrets={"demo:word": "open"}))["demo:word"] == "open"


def test_a_key_declared_secret_must_be_encrypted(load):
    project = "name: demo\nconfig:\n  word: {type: string, secret: true}\n"
    with pytest.raises(ConfigurationFileError, match="declared secret"):
        load("config: {word: open}", project)
    assert values(load("config: {word: {secure: v1}}", project, secrets={"demo:word": "open"}))


def test_an_unknown_stack_lists_the_ones_there_are(load, tmp_path):
    load()
    (tmp_path / "Pulumi.prod.yaml").write_text("")
    with pytest.raises(ConfigurationFileError, match=r"stack .test. has no file .*: dev, prod$"):
        load_configuration(tmp_path, "test")


def test_a_folder_without_a_project_or_a_project_without_a_name_is_refused(load, tmp_path):
    with pytest.raises(ConfigurationFileError, match=r"has no Pulumi\.yaml"):
        load_configuration(tmp_path, "dev")
    with pytest.raises(ConfigurationFileError, match="has no 'name'"):
        load(project="runtime: python")


def test_stack_files_may_lie_in_a_folder_of_their_own(tmp_path):
    (tmp_path / "stacks").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nstackConfigDir: stacks\n")
    (tmp_path / "stacks" / "Pulumi.dev.yaml").write_text("config: {list: [1, true]}")
    assert json.loads(values(load_configuration(tmp_path, "dev"))["demo:list"]) == [1, True]
