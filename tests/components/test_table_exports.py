"""Where other programs find a table: SSM parameters of its name, ARN and stream ARN."""

from components import Table, TableArgs, TableExports, TableExportsArgs, TableOptions
from tablewright.models.catalog import FILE_SHARING, USAGE_QUOTAS
from tests.support.recording import (
    PARAMETER,
    TABLE,
    label_of,
    profile_of,
    record_component,
    tags_of,
)

LABEL = label_of("dev")


def recording_of(*specs, **options):
    def build():
        tables = tuple(
            (
                spec,
                Table(
                    spec.name,
                    TableArgs(
                        spec=spec,
                        table_name=LABEL.table(spec.name),
                        profile=profile_of("dev"),
                        tags=tags_of("dev"),
                        options=TableOptions(**options),
                    ),
                ),
            )
            for spec in specs
        )
        TableExports("exports", TableExportsArgs(tables=tables, label=LABEL, tags=tags_of("dev")))

    return record_component(build)


def values_of(recording):
    return {one.inputs["name"]: one.inputs["value"] for one in recording.of_type(PARAMETER)}


def test_a_table_without_a_stream_has_a_name_and_an_arn():
    assert values_of(recording_of(FILE_SHARING.table("users"))) == {
        "/dropify-dev/tables/users-table-name": "dropify-dev-users",
        "/dropify-dev/tables/users-table-arn": (
            "arn:aws:dynamodb:us-east-1:123456789012:table/dropify-dev-users"
        ),
    }


def test_a_table_with_a_stream_has_its_arn_too():
    recording = recording_of(FILE_SHARING.table("users"), enable_audit_trail=True)
    stream = recording.only(TABLE).outputs["streamArn"]
    assert stream
    assert values_of(recording)["/dropify-dev/tables/users-stream-arn"] == stream


def test_a_table_of_a_group_is_found_below_the_group():
    paths = set(values_of(recording_of(USAGE_QUOTAS.table("user-quotas"))))
    assert paths == {
        "/dropify-dev/quota/user-quotas-table-name",
        "/dropify-dev/quota/user-quotas-table-arn",
    }


def test_parameters_are_plain_text_and_say_what_they_hold():
    recording = recording_of(*FILE_SHARING.tables)
    for one in recording.of_type(PARAMETER):
        assert one.inputs["type"] == "String"
        assert "overwrite" not in one.inputs
    told = recording.only(PARAMETER, "exports-users-arn").inputs["description"]
    assert told == "The ARN of table users"


def test_the_component_lists_its_paths():
    recording = recording_of(*FILE_SHARING.tables)
    paths = recording.only("tablewright:index:TableExports").outputs["paths"]
    assert sorted(paths) == sorted(values_of(recording))
