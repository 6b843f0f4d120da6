"""An existing table is compared with the model before anybody imports it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tablewright.models import KEYS_ONLY, Attribute, AttributeType, Index, Key
from tests.support.adoption import TAGS, adopt, adopted, empty_account, make, spec_of


@pytest.fixture
def moto():
    with empty_account() as server:
        yield server


@pytest.fixture
def dynamodb(moto):
    return moto.client("dynamodb")


def only(report):
    (candidate,) = [each for each in report["tables"] if each["verdict"] != "absent"]
    return candidate


def stopping(candidate):
    return {each["cause"]: each for each in candidate["findings"] if each["kind"] != "note"}


def changed(candidate):
    return {each["name"] for each in candidate["settings"]}


def other_key(spec):
    return replace(spec, key=Key.of("ownerId"))


def local_index(spec):
    partition = spec.key.partition[0].name
    index = Index(name="byOther", key=Key.of(partition, "other"), local=True)
    return replace(spec, indexes=(*spec.indexes, index))


def other_projection(spec):
    first, *rest = spec.indexes
    return replace(spec, indexes=(replace(first, projection=KEYS_ONLY), *rest))


def without_indexes(spec):
    return replace(spec, indexes=())


def numeric_key(spec):
    number = Attribute(name=spec.key.partition[0].name, type=AttributeType.NUMBER)
    return replace(spec, key=Key(partition=(number,), sort=spec.key.sort))


def other_ttl(spec):
    return replace(spec, ttl_attribute="expires")


@pytest.mark.parametrize("table", ["users", "files", "shop", "directory", "sessions-metadata"])
def test_a_table_as_declared_is_adoptable_and_says_what_would_be_set(moto, dynamodb, table):
    make(dynamodb, table)
    code, report = adopted(moto.url)
    candidate = only(report)
    assert code == 0
    assert candidate["verdict"] == "adoptable"
    assert stopping(candidate) == {}
    # Made by hand, it is encrypted by a key of AWS's own.
    assert changed(candidate) == {"serverSideEncryption"}


@pytest.mark.parametrize(
    ("table", "alter", "expected"),
    [
        ("users", other_key, ("impossible", "hashKey", "AWS deletes the table with every item")),
        ("share-links", numeric_key, ("impossible", "linkId", "the provider ignores it")),
        ("files", local_index, ("impossible", "localSecondaryIndexes", "AWS deletes the table")),
        ("files", other_projection, ("dangerous", "fileIdIndex", "builds it anew under the same")),
        ("shop", other_ttl, ("dangerous", "ttl", "changes from 'expires' to 'expiresAt'")),
    ],
)
def test_what_no_deployment_can_do_or_what_hurts_is_found_before_the_import(
    moto, dynamodb, table, alter, expected
):
    verdict, cause, said = expected
    make(dynamodb, table, spec=alter(spec_of(table)[1]))
    code, report = adopted(moto.url)
    candidate = only(report)
    assert code == 1
    assert candidate["verdict"] == verdict
    assert said in stopping(candidate)[cause]["what"]
    imported = report["importFile"] is not None
    assert imported is (verdict == "dangerous")


@pytest.mark.parametrize(
    ("change", "verdict", "cause"),
    [
        ({"DeletionProtectionEnabled": True}, "dangerous", "deletionProtectionEnabled"),
        (
            {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}},
            "dangerous",
            "stream",
        ),
        (
            {
                "BillingMode": "PROVISIONED",
                "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
            },
            "adoptable",
            None,
        ),
    ],
)
def test_settings_that_a_deployment_would_change_are_judged_as_the_guard_does(
    moto, dynamodb, change, verdict, cause
):
    dynamodb.update_table(TableName=make(dynamodb, "users"), **change)
    code, report = adopted(moto.url)
    candidate = only(report)
    assert candidate["verdict"] == verdict
    assert code == (0 if cause is None else 1)
    assert set(stopping(candidate)) == ({cause} if cause else set())
    # What stops is no harmless change as well.
    assert not changed(candidate) & {"deletionProtectionEnabled", "streamEnabled"}


def test_recovery_that_the_stack_would_switch_off_is_dangerous(moto, dynamodb):
    dynamodb.update_continuous_backups(
        TableName=make(dynamodb, "users"),
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
    )
    candidate = only(adopted(moto.url)[1])
    assert candidate["verdict"] == "dangerous"
    assert "switched off" in stopping(candidate)["pointInTimeRecovery"]["what"]


def test_an_index_that_the_deployment_builds_and_tags_that_it_sets_are_told(moto, dynamodb):
    name = make(dynamodb, "files", spec=without_indexes(spec_of("files")[1]))
    arn = dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
    dynamodb.untag_resource(ResourceArn=arn, TagKeys=list(TAGS))
    code, report = adopted(moto.url)
    candidate = only(report)
    assert code == 0
    notes = [each["what"] for each in candidate["findings"]]
    assert any("index 'fileIdIndex' is built online" in each for each in notes)
    assert {"tags", "globalSecondaryIndexes", "attributes"} <= changed(candidate)
    said = adopt(moto.url).stdout
    assert 'tags: {"DataModel": "file_sharing"} becomes {"CostCenter"' in said
    assert "(tags hold no data)" in said


def test_a_table_that_is_not_there_is_left_to_the_first_deployment(moto, dynamodb):
    make(dynamodb, "users")
    code, report = adopted(moto.url)
    absent = [each["table"] for each in report["tables"] if each["verdict"] == "absent"]
    assert "files" in absent
    assert code == 0
    assert "dropify-dev-files as file-sharing-files: not there; the first" in adopt(moto.url).stdout


@pytest.mark.parametrize(
    ("physical", "advice"),
    [
        ("legacy-dev-users", "set tablewright:project to 'legacy' for this stack"),
        ("dropify-dev-people", "name the model's table 'people' in place of 'users'"),
        ("People", "restore a backup of 'People' as 'dropify-dev-users' (docs/restore.md)"),
    ],
)
def test_a_table_of_another_name_says_how_the_names_become_the_same(
    moto, dynamodb, physical, advice
):
    make(dynamodb, "users", physical)
    code, report = adopted(moto.url, "--from-names", f"users={physical}")
    (candidate,) = report["tables"]
    assert code == 1
    assert candidate["verdict"] == "impossible"
    assert advice in stopping(candidate)["name"]["instead"]
    assert report["importFile"] is None


def test_a_table_named_as_the_stack_names_it_needs_no_other_name(moto, dynamodb):
    name = make(dynamodb, "users")
    code, report = adopted(moto.url, "--from-names", f"users={name}")
    assert (code, [each["table"] for each in report["tables"]]) == (0, ["users"])


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (("users",), "'users' is no pair; write <table of a model>=<its physical name>"),
        (("users=",), "'users=' is no pair"),
        (("people=People",), "no model of the stack has a table 'people'; there are files"),
        (("users=A", "users=B"), "names table 'users' twice"),
        (("users=A", "files=A"), "a table at AWS is one table of a model"),
    ],
)
def test_names_that_say_nothing_are_refused_with_what_to_write(moto, pairs, said):
    options = [option for pair in pairs for option in ("--from-names", pair)]
    ended = adopt(moto.url, *options)
    assert ended.exit_code == 2
    assert said in ended.stderr
