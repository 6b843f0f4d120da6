import pytest
from botocore.exceptions import ClientError

from tablewright.local.resources.parameter import ParameterHandler

HANDLER = ParameterHandler()
PATH = "/dropify-local/tables/files-table-name"


def inputs(**changes):
    return {"name": PATH, "type": "String", "value": "files", **changes}


def test_a_parameter_lives_from_creation_to_deletion(clients):
    id_, created = HANDLER.create(clients, inputs(tags={"Owner": "you"}, description="a name"))
    assert id_ == PATH
    assert (created["value"], created["version"], created["tags"]) == ("files", 1, {"Owner": "you"})

    new = inputs(value="other", tags={"Owner": "me"}, description="a name")
    updated = HANDLER.update(clients, PATH, inputs(), new)
    assert (updated["value"], updated["version"], updated["tags"]) == ("other", 2, {"Owner": "me"})
    assert updated == HANDLER.read(clients, PATH, new)

    HANDLER.delete(clients, PATH, updated)
    HANDLER.delete(clients, PATH, updated)
    assert HANDLER.read(clients, PATH, new) is None


def test_a_change_of_tags_makes_no_new_version(clients):
    old, new = inputs(tags={"Owner": "you", "Old": "1"}), inputs()
    HANDLER.create(clients, old)

    updated = HANDLER.update(clients, PATH, old, new)

    assert updated["version"] == 1
    assert "tags" not in updated


def test_a_description_that_is_no_longer_declared_goes(clients):
    old = inputs(description="a name", allowedPattern="f.*")
    HANDLER.create(clients, old)

    updated = HANDLER.update(clients, PATH, old, inputs())

    assert (updated["description"], updated["allowedPattern"]) == ("", "")


def test_a_secure_string_reads_in_plain_text(clients):
    _, outputs = HANDLER.create(clients, inputs(type="SecureString"))

    assert (outputs["value"], outputs["keyId"]) == ("files", "alias/aws/ssm")


def test_a_path_that_is_taken_is_refused_unless_overwriting_is_declared(clients):
    HANDLER.create(clients, inputs())

    with pytest.raises(ClientError, match="ParameterAlreadyExists"):
        HANDLER.create(clients, inputs(value="other"))

    _, outputs = HANDLER.create(clients, inputs(value="other", overwrite=True, tags={"a": "b"}))
    assert (outputs["value"], outputs["tags"]) == ("other", {"a": "b"})


@pytest.mark.parametrize(
    ("before", "after", "replaced"),
    [("Advanced", "Standard", {"tier"}), ("Standard", "Advanced", set())],
)
def test_a_tier_can_rise_but_not_fall(before, after, replaced):
    assert HANDLER.replacements(inputs(tier=before), inputs(tier=after)) == replaced


def test_the_path_replaces_and_the_value_does_not():
    assert HANDLER.replace_on == {"region", "name", "dataType"}


def test_a_missing_value_fails_the_check():
    assert HANDLER.check(inputs(value="")) == [("value", "is required; give it a value")]
