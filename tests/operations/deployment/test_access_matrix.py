"""The access matrix: what the declared patterns let each consumer do."""

from tablewright.models import DataModel, Entity, Key, Operation, TableSpec
from tablewright.models.access import AccessPattern
from tablewright.operations.deployment.access_matrix import access_matrices
from tests.support.configurations import settings


def matrix(model, **changes):
    found = access_matrices(settings(stores=[model], **changes))
    return found[0].rows


def test_the_matrix_shows_what_each_consumer_does_with_each_table_and_index():
    rows = matrix("file_sharing")
    assert rows["dropify-dev-files / fileIdIndex"] == {"api": "Query", "cleanup": "Query"}
    assert rows["dropify-dev-files"]["share_page"] == "GetItem, UpdateItem"
    assert not any("stream" in thing for thing in rows)


def test_the_matrix_shows_a_stream_where_there_is_one():
    rows = matrix("file_sharing", enableAuditTrail=True)
    assert rows["dropify-dev-files / stream"] == {
        "audit": "DescribeStream, GetRecords, GetShardIterator"
    }


def test_the_matrix_names_the_roles_that_have_the_policies():
    rows = matrix("kv_storage", roleNames={"kv_storage/api": ["one", "two"]})
    assert rows["attached to roles"] == {"api": "one, two"}


NOTE = Entity("note", "notes", {"PK": "TENANT#<tenant>", "SK": "NOTE#<id>"})
NOTEBOOK = DataModel(
    name="notes",
    tables=(
        TableSpec(name="notes", key=Key.of("PK", "SK"), environment_variable="NOTES_TABLE_NAME"),
    ),
    entities=(NOTE,),
    patterns=(
        AccessPattern(
            name="get",
            consumers=("app",),
            operation=Operation.GET_ITEM,
            tenant_key="TENANT#${aws:PrincipalTag/tenant}",
            entities=(NOTE,),
        ),
    ),
)


def test_a_consumer_of_one_tenant_is_shown_with_its_limit():
    (found,) = access_matrices(settings(stores=["notes"], catalog={"notes": NOTEBOOK}))
    limited = "GetItem (partition keys of TENANT#${aws:PrincipalTag/tenant})"
    assert found.rows == {"dropify-dev-notes": {"app": limited}}
