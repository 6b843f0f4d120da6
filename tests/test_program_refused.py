"""What bad input gets: a clear error from the program itself, before anything is registered."""

import json
from textwrap import dedent

import pytest

from tablewright.environment import ConfigurationError, Settings
from tablewright.models import DataModel, Entity, Key, ModelError, TableSpec
from tablewright.models.patterns import get
from tablewright.recorder import record
from tests.support.recording import record_stack

REFUSED = {
    "unknown store": (
        "dev",
        {"stores": ["file_sharing", "shoop"]},
        ["tablewright:stores: 'shoop' is not a known store", "did you mean shop?"],
    ),
    "unknown environment": (
        "dev",
        {"environment": "production"},
        ["tablewright:environment: 'production'", "prod"],
    ),
    "unknown key": (
        "dev",
        {"retian": True},
        ["tablewright:retian", "retain"],
    ),
    "wrong type": (
        "dev",
        {"maxReadRequestUnits": "many"},
        ["tablewright:maxReadRequestUnits: 'many'"],
    ),
    "long prefix": (
        "dev",
        {"project": "a" * 120},
        ["tablewright:project", "128", "shorten"],
    ),
    "weakened retention in prod": (
        "prod",
        {"retain": False},
        ["tablewright:retain: 'false' is weaker", "tablewright:weakeningReason"],
    ),
    "shorter PITR window in prod": (
        "prod",
        {"pointInTimeRecoveryDays": 7},
        ["tablewright:pointInTimeRecoveryDays: '7' is weaker", "tablewright:weakeningReason"],
    ),
    "alarms off in prod": (
        "prod",
        {"alarms": False},
        ["tablewright:alarms: 'false' is weaker", "tablewright:weakeningReason"],
    ),
    "alarms in prod that tell nobody": (
        "prod",
        {"alarmTopicArn": None},
        ["tablewright:alarmTopicArn", "tell nobody"],
    ),
    "role of an unknown consumer": (
        "dev",
        {"roleNames": {"shop/storefrond": ["web"]}},
        ["tablewright:roleNames.shop/storefrond", "shop/storefront"],
    ),
}


@pytest.mark.parametrize(("environment", "overrides", "told"), REFUSED.values(), ids=REFUSED)
def test_the_program_refuses_a_bad_configuration(environment, overrides, told):
    with pytest.raises(ConfigurationError) as refused:
        record_stack(environment, **overrides)
    for part in told:
        assert part in str(refused.value)


def test_every_problem_stands_in_one_error():
    bad = {"stores": ["shoop"], "environment": "production", "retian": True, "tableClass": "COLD"}
    with pytest.raises(ConfigurationError) as refused:
        record_stack("dev", **bad)
    assert str(refused.value).startswith("4 problems in the stack's configuration:")


def store_of_orders(name):
    order = Entity("order", "orders", {"PK": "ORDER#<orderId>"})
    table = TableSpec(name="orders", key=Key.of("PK"), environment_variable="ORDERS_TABLE_NAME")
    return DataModel(
        name=name, tables=(table,), entities=(order,), patterns=(get("get_order", order, "api"),)
    )


def test_two_stores_with_one_physical_name_are_refused():
    catalog = {name: store_of_orders(name) for name in ("sales", "archive")}
    with pytest.raises(ConfigurationError) as refused:
        record(
            lambda: Settings.load(catalog),
            project="tablewright",
            stack="dev",
            configuration={
                "tablewright:environment": "dev",
                "tablewright:project": "dropify",
                "tablewright:owner": "team-data",
                "tablewright:costCenter": "0042",
                "tablewright:stores": json.dumps(list(catalog)),
            },
        )
    assert (
        "table 'orders' of store 'sales' and table 'orders' of store 'archive' "
        "would share the table name 'dropify-dev-orders'" in str(refused.value)
    )


def test_a_program_whose_model_lacks_an_index_fails_before_it_registers_anything(tmp_path):
    (tmp_path / "__main__.py").write_text(
        dedent(
            """
            from tablewright.models import DataModel, Entity, Key, TableSpec
            from tablewright.models.patterns import equals, query

            ORDER = Entity("order", "orders", {"PK": "ORDER#<orderId>"})
            DataModel(
                name="sales",
                tables=(TableSpec(name="orders", key=Key.of("PK"), environment_variable="ORDERS"),),
                entities=(ORDER,),
                patterns=(
                    query("by_day", ORDER, "api", index="byDay", key=(equals("day", "DAY#<day>"),)),
                ),
            )
            """
        )
    )
    with pytest.raises(ModelError) as refused:
        record(tmp_path, project="sales", stack="dev", configuration={})
    assert str(refused.value) == (
        "table 'orders': there is no index 'byDay' (indexes: none); "
        "declare it in the TableSpec or name one of these"
    )
