"""Other programs find every table, its stream and the indexes they need in SSM."""

from dataclasses import replace

import pytest

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, MANAGED_POLICY, PARAMETER, ROLE, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    findings,
    judge_registrations,
    judge_stack,
    stack_resource,
    urn_of,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ssm-export-complete"
AT = "/dropify-prod/tables"
ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/dropify-prod-files"
STREAM = f"{ARN}/stream/2026-01-01T00:00:00.000"
OLD = ARN.replace("files", "files-old")
POLICY_ARN = "arn:aws:iam::123456789012:policy/api"
INLINE = [{"name": "fileIdIndex", "hashKey": "file_id"}]
ELSEWHERE = ARN.replace("us-east-1", "eu-west-1")


def table_of(short="files", *, made=True, **changes):
    name = f"dropify-prod-{short}"
    arn = ARN.replace("dropify-prod-files", name)
    stream = STREAM.replace(ARN, arn)
    arns = {"arn": arn, "streamArn": stream} if made else {"arn": UNKNOWN, "streamArn": UNKNOWN}
    return stack_resource(TABLE, short, {"name": name, "streamEnabled": True, **arns, **changes})


def export(path, value, source=None, name=None, **outputs):
    depends = {"value": [source]} if source else {}
    given = {"name": path if path is UNKNOWN else f"{AT}/{path}", "value": value, **outputs}
    return stack_resource(PARAMETER, name or str(path), given, depends=depends)


def exports_of(table, **values):
    """Return what exports a table, linked to it; None leaves one out."""
    short = table.name
    name = f"dropify-prod-{short}"
    arn = ARN.replace("dropify-prod-files", name)
    all_values = {
        "table-name": name,
        "table-arn": arn,
        "stream-arn": STREAM.replace(ARN, arn),
    } | {key.replace("_", "-"): value for key, value in values.items()}
    return [
        export(f"{short}-{ending}", value, table)
        for ending, value in all_values.items()
        if value is not None
    ]


def found(*resources, **settings):
    return findings(judge_stack(RULE, resources, settings=settings))


UNKNOWN_ARNS = {"table_arn": UNKNOWN, "stream_arn": UNKNOWN}


@pytest.mark.parametrize(
    ("made", "values", "expected"),
    [
        (True, {}, []),
        (False, {}, []),
        (False, UNKNOWN_ARNS, []),
        (True, {"table_name": None}, ["name"]),
        (True, {"table_arn": None}, ["arn"]),
        (True, {"stream_arn": None}, ["stream"]),
        (False, {**UNKNOWN_ARNS, "table_name": None}, ["name"]),
        (False, {**UNKNOWN_ARNS, "table_arn": None}, ["arn"]),
        (False, {**UNKNOWN_ARNS, "stream_arn": None}, ["stream"]),
        (True, {"table_name": "dropify-prod-old"}, ["name", "stale"]),
        (True, {"table_arn": OLD}, ["arn", "stale"]),
        (True, {"table_arn": ELSEWHERE}, ["arn", "stale"]),
        (True, {"table_arn": STREAM}, ["arn", "stale"]),
        (True, {"table_arn": "dropify-prod-files"}, ["arn", "stale"]),
        (True, {"stream_arn": ARN}, ["stream", "stale"]),
        (True, {"stream_arn": STREAM.replace("2026", "2025")}, ["stream", "stale"]),
        (True, {"stream_arn": ""}, ["stream", "stale"]),
        (False, {"table_arn": OLD}, ["arn", "stale"]),
        (False, {"table_arn": STREAM}, ["arn", "stale"]),
        (False, {"stream_arn": ARN}, ["stream", "stale"]),
    ],
)
def test_each_table_is_exported_with_its_own_values(made, values, expected):
    table = table_of(made=made)
    assert found(table, *exports_of(table, **values)) == expected


@pytest.mark.parametrize("made", [True, False])
def test_a_known_value_is_an_export_without_a_link(made):
    table = table_of(made=made)
    paths = {"files-table-name": "dropify-prod-files", "files-table-arn": ARN}
    known = [export(path, value) for path, value in paths.items()]
    assert found(table, *known, export("files-stream-arn", STREAM)) == []
    assert found(table, *known, export("elsewhere", STREAM)) == []
    assert found(table, *known, export(UNKNOWN, STREAM)) == []
    assert found(table, *known, export("x-table-name", STREAM)) == ["stream", "stale"]


@pytest.mark.parametrize(
    ("enabled", "expected"),
    [(False, []), (None, []), (UNKNOWN, [CANNOT_RUN]), ("yes", ["malformed"])],
)
def test_only_a_table_with_a_stream_exports_one(enabled, expected):
    table = table_of(streamEnabled=enabled, streamArn="")
    assert found(table, *exports_of(table, stream_arn=None)) == expected


def test_a_stream_that_is_off_is_not_exported():
    table = table_of(streamEnabled=False, streamArn="")
    assert found(table, *exports_of(table)) == ["stale"]
    assert found(table, *exports_of(table, stream_arn=UNKNOWN)) == ["stale"]


@pytest.mark.parametrize("made", [True, False])
def test_two_tables_that_hold_each_others_place_are_found(made):
    files, users = table_of("files", made=made), table_of("users", made=made)
    swapped = [
        export("files-table-name", "dropify-prod-users", users),
        export("users-table-name", "dropify-prod-files", files),
    ]
    others = [*exports_of(files, table_name=None), *exports_of(users, table_name=None)]
    assert found(files, users, *swapped, *others) == ["stale", "stale"]
    unknown = [
        export("files-table-arn", UNKNOWN, users),
        export("users-table-arn", UNKNOWN, files),
    ]
    others = [*exports_of(files, table_arn=None), *exports_of(users, table_arn=None)]
    assert found(files, users, *unknown, *others) == ["stale", "stale"]


def test_a_second_export_that_is_stale_is_found_beside_the_right_one():
    table = table_of()
    for path, value in [
        ("files-table-arn", OLD),
        ("files-table-arn", ELSEWHERE),
        ("other-table-arn", ELSEWHERE),
        ("other-table-arn", "dropify-prod-files"),
    ]:
        second = export(path, value, name="second")
        verdicts = judge_stack(RULE, [table, *exports_of(table), second])
        assert [(verdict.finding, verdict.urn) for verdict in verdicts] == [
            ("stale", urn_of(PARAMETER, "second"))
        ]
        assert "arn:" not in verdicts[0].message


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("zeta-table-name", "SuperSecretHunter2", ["stale"]),
        ("legacy-table-arn", OLD, ["stale"]),
        ("other-stream-arn", f"{OLD}/stream/2026-01-01T00:00:00.000", ["stale"]),
        ("zeta-index-name", "SuperSecretHunter2", ["stale"]),
        ("files-zeta-index-name", "SuperSecretHunter2", ["stale"]),
        ("files-id-index-name", "fileIdIndex", []),
        ("api-policy-arn", ARN, ["stale"]),
        ("api-policy-arn", POLICY_ARN.replace("api", "old"), ["stale"]),
        ("api-policy-arn", POLICY_ARN, []),
        ("password", "SuperSecretHunter2", []),
    ],
)
def test_an_export_of_nothing_in_the_stack_is_stale(path, value, expected):
    table = table_of(globalSecondaryIndexes=INLINE)
    policy = stack_resource(MANAGED_POLICY, "api", {"name": "api", "arn": POLICY_ARN})
    verdicts = judge_stack(RULE, [table, policy, *exports_of(table), export(path, value)])
    assert findings(verdicts) == expected
    assert "Hunter2" not in "".join(verdict.message for verdict in verdicts)
    secure = export(path, value, type="SecureString")
    assert found(table, policy, *exports_of(table), secure) == []


@pytest.mark.parametrize(
    ("path", "of", "expected"),
    [
        ("files-table-arn", TABLE, []),
        ("files-table-arn", ROLE, [CANNOT_RUN]),
        ("files-table-arn", None, [CANNOT_RUN]),
        ("files-id-index-name", TABLE, []),
        ("files-id-index-name", ROLE, [CANNOT_RUN]),
        ("api-policy-arn", MANAGED_POLICY, []),
        ("api-policy-arn", TABLE, [CANNOT_RUN]),
        ("api-policy-arn", None, [CANNOT_RUN]),
        ("password", None, []),
    ],
)
def test_an_unknown_export_comes_from_what_its_path_promises(path, of, expected):
    table = table_of()
    sources = {
        TABLE: table,
        ROLE: stack_resource(ROLE, "role", {}),
        MANAGED_POLICY: stack_resource(MANAGED_POLICY, "policy", {}),
    }
    late = export(path, UNKNOWN, sources.get(of), name="late")
    assert found(*sources.values(), *exports_of(table), late) == expected


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (lambda role, _: export("files-table-arn", UNKNOWN, role), [CANNOT_RUN]),
        (lambda _role, _: export("files-table-arn", UNKNOWN), [CANNOT_RUN]),
        (lambda _role, table: export(UNKNOWN, UNKNOWN, table), [CANNOT_RUN]),
        (lambda _role, table: export("anything", UNKNOWN, table), [CANNOT_RUN]),
        (lambda role, _: export("files-table-name", UNKNOWN, role), ["arn", CANNOT_RUN]),
        (lambda role, _: export("api-policy-arn", UNKNOWN, role), ["arn", CANNOT_RUN]),
    ],
)
def test_an_unknown_value_counts_only_where_it_could_be_the_export(late, expected):
    table, role = table_of(made=False), stack_resource(ROLE, "role", {})
    kept = exports_of(table, table_arn=None, stream_arn=UNKNOWN)
    assert found(table, *kept, late(role, table)) == expected


def test_what_is_known_is_judged_before_what_is_unknown():
    files, users = table_of("files"), table_of("users", streamEnabled=UNKNOWN)
    odd = export("odd-table-name", 5)
    assert found(users, files, *exports_of(users), *exports_of(files, table_name=None)) == [
        "name",
        CANNOT_RUN,
    ]
    assert found(files, *exports_of(files, table_arn=None), odd) == ["arn", "malformed"]


def test_an_autonamed_table_is_linked_by_its_exports():
    table = table_of(name=UNKNOWN, made=False)
    assert found(table, *exports_of(table, table_name=UNKNOWN, **UNKNOWN_ARNS)) == []
    assert found(table, *exports_of(table, table_name="files", **UNKNOWN_ARNS)) == [
        "name",
        "stale",
    ]


def test_a_table_is_told_from_its_namesake_in_another_region():
    here, there = table_of(), table_of(arn=ELSEWHERE, streamEnabled=False)
    there.urn, there.name = urn_of(TABLE, "there"), "there"
    assert found(here, there, *exports_of(here)) == ["arn"]
    second = export("files-table-arn", ELSEWHERE, there, name="there-arn")
    assert found(here, there, *exports_of(here), second) == []
    mistaken = export("files-table-arn", ELSEWHERE, here, name="there-arn")
    assert found(here, there, *exports_of(here), mistaken) == ["stale"]


def test_a_stream_to_come_is_one_of_its_own_table():
    table = table_of(streamArn=UNKNOWN)
    assert found(table, *exports_of(table)) == []
    other = STREAM.replace("us-east-1", "eu-west-1")
    assert found(table, *exports_of(table, stream_arn=other)) == ["stream", "stale"]


def test_the_value_that_the_provider_computes_does_not_hide_the_one_that_is_given():
    table = table_of()
    name, *others = exports_of(table)
    given = export("files-table-name", UNKNOWN, insecureValue="dropify-prod-files")
    assert found(table, given, *others) == []
    computed = export("files-table-name", "dropify-prod-files", insecureValue=UNKNOWN)
    assert found(table, computed, *others) == []
    assert found(table, name, *others) == []


def test_the_settings_say_how_paths_end():
    table = table_of()
    kept = exports_of(table, table_arn=None)
    second = export("files/arn", UNKNOWN, table)
    assert found(table, *kept, second, tableArnSuffix="/arn") == []
    assert found(table, *kept, second) == [CANNOT_RUN]


def gsi(table, name="byOwner"):
    return stack_resource(
        GLOBAL_SECONDARY_INDEX,
        f"{table.name}-{name}",
        {"tableName": f"dropify-prod-{table.name}", "indexName": name},
        depends={"tableName": [table]},
    )


@pytest.mark.parametrize(
    ("demanded", "path", "value", "expected"),
    [
        ("files/fileIdIndex", "files-file-id-index-name", "fileIdIndex", []),
        ("files/fileIdIndex", "files-fileId-index-name", "fileIdIndex", []),
        ("dropify-prod-files/fileIdIndex", "any-index-name", f"{ARN}/index/fileIdIndex", []),
        ("files/byOwner", "files-by-owner-index-name", "byOwner", []),
        ("files/byOwner", "files-by-owner-index-name", "fileIdIndex", ["index"]),
        ("files/byOwner", "users-by-owner-index-name", "byOwner", ["index"]),
        ("files/byOwner", "files-by-owner", "byOwner", ["index"]),
        ("files/byOwner", "any-index-name", f"{OLD}/index/byOwner", ["stale", "index"]),
        ("files/byOwner", "any-index-name", f"{ELSEWHERE}/index/byOwner", ["index"]),
        ("files/byOwner", "any-index-name", UNKNOWN, [CANNOT_RUN]),
        ("files/noIndex", "files-no-index-name", "noIndex", ["stale", "index"]),
        ("users/byOwner", "users-by-owner-index-name", "byOwner", ["index"]),
        ("files", "files-index-name", "", ["stale", "index"]),
    ],
)
def test_an_index_that_the_settings_demand_is_exported(demanded, path, value, expected):
    table = table_of(globalSecondaryIndexes=INLINE)
    resources = [table, gsi(table), *exports_of(table), export(path, value)]
    assert found(*resources, indexes=[demanded]) == expected


@pytest.mark.parametrize("of", ["table", "index"])
@pytest.mark.parametrize("value", [UNKNOWN, "byOwner"])
def test_an_export_of_an_index_is_linked_by_what_it_comes_from(of, value):
    table = table_of()
    index = gsi(table)
    linked = export("any-index-name", value, table if of == "table" else index)
    assert found(table, index, *exports_of(table), linked, indexes=["files/byOwner"]) == []


def test_an_unknown_table_name_could_be_the_one_that_the_settings_demand():
    table = table_of(name=UNKNOWN, made=False)
    kept = exports_of(table, table_name=UNKNOWN, **UNKNOWN_ARNS)
    assert found(table, *kept, indexes=["files/byOwner"]) == [CANNOT_RUN]


def test_a_message_names_the_table_and_how_its_path_must_end():
    table = table_of()
    [verdict] = judge_stack(RULE, [table, *exports_of(table, table_arn=None)])
    assert verdict.urn == table.urn
    assert "table 'dropify-prod-files'" in verdict.message
    assert "'-table-arn'" in verdict.message


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_projects_own_tables_keep_the_rule(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []


@pytest.mark.parametrize("preview", [True, False])
def test_an_export_missing_from_the_projects_own_program_is_found(preview):
    registrations = record_stack("prod", preview=preview).registrations
    exported = [
        each
        for each in registrations
        if str(each.inputs.get("name", "")).endswith(("-table-name", "-table-arn", "-stream-arn"))
    ]
    for left_out in exported:
        rest = [each for each in registrations if each is not left_out]
        verdicts = judge_registrations(rest, "prod", only=RULE)
        assert len(verdicts) == 1
        assert verdicts[0].blocks
    stale = replace(
        exported[0],
        inputs={**exported[0].inputs, "value": "dropify-prod-old"},
        outputs={},
    )
    changed = [stale if each is exported[0] else each for each in registrations]
    assert "stale" in findings(judge_registrations(changed, "prod", only=RULE))
