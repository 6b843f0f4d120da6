"""Stores that can be named and deployed together, and roles for those who have a policy."""

import re
from dataclasses import dataclass, field, replace

from tablewright.models.catalog import CATALOG
from tablewright.models.table import Stream, StreamView, TableSpec
from tests.support.configurations import problems, settings


@dataclass(frozen=True)
class FakeModel:
    """As much of a model as settings look at."""

    name: str
    tables: tuple[TableSpec, ...]
    consumers: tuple[str, ...] = field(default=("api",))


def table(name, **changes):
    return replace(CATALOG["shop"].tables[0], name=name, **changes)


def catalog(*models):
    return {model.name: model for model in models}


def test_a_prefix_that_makes_names_too_long_is_one_problem_a_kind():
    (problem,) = problems(project="p" * 110, stores=["file_sharing"])
    assert problem.startswith(f"tablewright:project: '{'p' * 99}")
    assert (
        "makes a name for consumer 'share_page' of store 'file_sharing' that AWS refuses" in problem
    )
    assert re.search(r"has 138 characters where AWS takes 1 to 128; shorten .* by 10$", problem)


def test_a_table_name_that_the_prefix_makes_too_long_is_refused():
    model = FakeModel("long", (table("t" * 245),))
    (problem,) = problems(catalog=catalog(model), stores=["long"])
    assert "has 257 characters where AWS takes 3 to 255; shorten" in problem


def test_a_verifiers_name_counts_too():
    model = FakeModel("m", (table("items"),))
    (problem,) = problems(catalog=catalog(model), project="p" * 115, stores=["m"])
    assert "name for consumer 'verifier' of store 'm' that AWS refuses" in problem


def test_two_stores_with_one_physical_table_are_refused():
    models = catalog(FakeModel("one", (table("items"),)), FakeModel("two", (table("items"),)))
    found = problems(catalog=models, stores=["one", "two"])
    assert (
        "tablewright:stores: table 'items' of store 'one' and table 'items' of store 'two' would "
        "share the table name 'dropify-dev-items'; deploy them in stacks of their own"
    ) in found[0]
    assert settings(catalog=models, stores=["two"]).stores == ("two",)


def test_two_consumers_with_one_policy_name_are_refused():
    models = catalog(
        FakeModel("file", (table("one"),), ("sharing_api",)),
        FakeModel("file_sharing", (table("two"),), ("api",)),
    )
    (problem,) = problems(catalog=models, stores=["file", "file_sharing"])
    assert "share the managed policy name 'dropify-dev-file-sharing-api'" in problem


def test_all_stores_of_the_catalog_fit_beside_each_other():
    assert settings(stores=list(CATALOG)).stores == tuple(CATALOG)


def test_a_replica_needs_streams_of_both_images():
    keys_only = table("items", stream=Stream(view=StreamView.KEYS_ONLY))
    models = catalog(FakeModel("one", (keys_only,)))
    (problem,) = problems(catalog=models, stores=["one"], replicaRegions=["eu-west-1"])
    assert "table 'items' of store 'one' has one of KEYS_ONLY" in problem
    assert settings(catalog=models, stores=["one"])


def test_roles_of_who_only_reads_a_stream_that_is_not_there_are_refused():
    roles = {"roleNames": {"file_sharing/audit": ["auditor"], "shop/events": ["mailer"]}}
    (problem,) = problems(**roles)
    assert problem == (
        "tablewright:roleNames.file_sharing/audit: has no policy without its stream; "
        "set tablewright:enableAuditTrail: true or remove it"
    )
    assert settings(**roles, enableAuditTrail=True)
    assert settings(**roles, replicaRegions=["eu-west-1"])


def test_more_policies_on_a_role_than_iam_attaches_by_default_are_a_warning():
    everybody = [f"{m.name}/{name}" for m in CATALOG.values() for name in m.consumers]
    stack = {"stores": list(CATALOG), "enableAuditTrail": True}
    shared = {consumer: ["web", "batch"] for consumer in everybody[:10]}
    assert settings(**stack, roleNames=shared).warnings == ()
    (warning,) = settings(**stack, roleNames=shared | {everybody[10]: ["web"]}).warnings
    assert warning == (
        "tablewright:roleNames: 'web' gets at least 11 managed policies, where IAM attaches 10 to "
        "a role by default; give some of the consumers another role, or raise the account's quota"
    )
