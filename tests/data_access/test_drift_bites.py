"""The drift test fails for each way in which repository, model and access policy can differ."""

from dataclasses import replace

import pytest

from tests.support import drift, drift_access
from tests.support.recording_client import Sent
from tests.support.repository_scenarios import driven
from tests.support.repository_scenarios_altered import (
    access_with,
    access_without,
    with_names,
    with_patterns,
    with_requests,
    without_announcements,
    without_calls,
)
from tests.support.repository_scenarios_mistakes import (
    CREATE_ORDER,
    CREATE_USER,
    GET_PRODUCT,
    LIST_BY_DATE,
    LIST_ORDERS,
    MISTAKES,
    SET_STATUS,
)


@pytest.fixture
def shop():
    return driven("shop")


@pytest.mark.parametrize(("method", "change", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_request_that_differs_from_its_pattern_is_found(shop, method, change, said):
    assert drift.of_method(shop, method) == []
    found = drift.of_method(with_requests(shop, method, change), method)
    assert any(said in problem for problem in found), found


def test_a_scan_is_found(shop):
    (call, *_) = shop.calls_of(GET_PRODUCT)
    scanning = replace(call, requests=[*call.requests, Sent("scan", {"TableName": "any"})])
    found = drift.of_method(replace(shop, calls=[*shop.calls, scanning]), GET_PRODUCT)
    assert any("scan can be no access pattern" in problem for problem in found)


def test_a_pattern_that_the_model_lacks_is_found(shop):
    less = with_patterns(shop, lambda pattern: None if pattern.name == "get_product" else pattern)
    assert drift.of_method(less, GET_PRODUCT) == [
        f"{GET_PRODUCT} names ['get_product'], which the model does not declare"
    ]


def test_a_pattern_that_no_method_performs_is_found(shop):
    more = with_patterns(
        shop, lambda each: replace(each, name="look_at") if each.name == "get_product" else each
    )
    assert drift.of_patterns(more) == ["no method performs look_at"]


@pytest.mark.parametrize("name", ["get_product.next", "get_product.previous"])
def test_a_patterns_version_beside_it_is_its_own_methods(shop, name):
    pattern = shop.model.pattern("get_product")
    model = replace(shop.model, patterns=(*shop.model.patterns, replace(pattern, name=name)))
    assert drift.of_patterns(replace(shop, model=model)) == []


@pytest.mark.parametrize("more", ["get_cart", "get_user", "list_users_by_status"])
def test_a_method_that_names_a_pattern_too_many_is_found(shop, more):
    found = drift.of_method(with_names(shop, GET_PRODUCT, "get_product", more), GET_PRODUCT)
    assert found == [
        f"{GET_PRODUCT} names {more}, which it does not perform",
        f"{GET_PRODUCT} names {more}, of which no request was sent",
    ]


def test_a_method_that_names_a_pattern_too_few_is_found(shop):
    found = drift.of_method(
        with_names(shop, CREATE_ORDER, "create_order", "get_order"), CREATE_ORDER
    )
    assert (
        found[0] == f"{CREATE_ORDER} performs get_order.pointer_and_items, which it does not name"
    )
    assert "sends what it does not name" in found[1]


def test_requests_alone_tell_too_many_and_too_few(shop):
    more = with_names(shop, GET_PRODUCT, "get_product", "get_cart")
    (found,) = drift.of_method(without_announcements(more), GET_PRODUCT)
    assert found == f"{GET_PRODUCT} names get_cart, of which no request was sent"
    other = with_names(shop, GET_PRODUCT, "get_cart")
    found = drift.of_method(without_announcements(other), GET_PRODUCT)
    assert any("sends what it does not name; nearest is get_cart" in each for each in found)


def test_one_request_is_no_witness_of_two_patterns(shop):
    twice = with_patterns(shop, lambda pattern: pattern)
    again = replace(twice.model.pattern("get_product"), name="get_product.again")
    twice = replace(twice, model=replace(twice.model, patterns=(*twice.model.patterns, again)))
    named = with_names(twice, GET_PRODUCT, "get_product", "get_product.again")
    assert drift.of_method(without_announcements(named), GET_PRODUCT) == [
        f"{GET_PRODUCT} names get_product.again, of which no request was sent"
    ]


def test_a_method_that_names_nothing_is_found(shop):
    found = drift.of_method(with_names(shop, GET_PRODUCT), GET_PRODUCT)
    assert found == [f"{GET_PRODUCT} names no access pattern; decorate it with performs"]


def test_a_method_without_a_scenario_is_found(shop):
    found = drift.of_method(without_calls(shop, GET_PRODUCT), GET_PRODUCT)
    assert found == [f"{GET_PRODUCT} has no scenario in which it succeeds"]


def test_a_method_whose_scenarios_all_fail_is_found(shop):
    calls = [replace(call, returned=call.method != GET_PRODUCT) for call in shop.calls]
    found = drift.of_method(replace(shop, calls=calls), GET_PRODUCT)
    assert found == [f"{GET_PRODUCT} has no scenario in which it succeeds"]


def test_a_request_outside_of_every_method_is_found(shop):
    (found,) = drift.of_strays(replace(shop, strays=[Sent("GetItem", {"Key": "k"})]))
    assert found.startswith("no public method sent Sent(operation='GetItem'")


@pytest.mark.parametrize(
    ("method", "action", "said"),
    [
        (GET_PRODUCT, "GetItem", "storefront performs"),
        (CREATE_ORDER, "ConditionCheckItem", "storefront performs"),
        (CREATE_ORDER, "PutItem", "storefront performs"),
        (LIST_ORDERS, "Query", "fulfilment performs"),
        (SET_STATUS, "UpdateItem", "fulfilment performs"),
    ],
)
def test_a_policy_without_the_statement_is_found(shop, method, action, said):
    assert drift_access.of_access(shop, method) == []
    found = drift_access.of_access(shop, method, access_without(f"dynamodb:{action}"))
    assert any(said in problem and f"dynamodb:{action}" in problem for problem in found), found


def test_a_policy_that_allows_more_than_the_patterns_is_found():
    quotas = driven("usage_quotas")
    method = "usage_quotas.QuotasRepository.assign_quota"
    assert drift_access.of_access(quotas, method) == []
    found = drift_access.of_access(quotas, method, access_with("dynamodb:PutItem"))
    said = "reporting is allowed Request(action='dynamodb:PutItem'"
    assert found
    assert all(problem.startswith(said) for problem in found)


def test_a_method_whose_patterns_no_consumer_holds_together_is_found(shop):
    parted = with_patterns(
        shop,
        lambda each: replace(each, consumers=("fulfilment",)) if each.name == "get_user" else each,
    )
    found = drift_access.of_access(parted, CREATE_USER)
    assert found == [f"no consumer holds all patterns of {CREATE_USER}: create_user, get_user"]


def test_a_request_that_no_policy_foresees_is_found(shop):
    def moved(request):
        names = {"#GSI1PK": "GSI2PK", "#GSI1SK": "GSI2SK"}
        return {**request, "IndexName": "GSI2", "ExpressionAttributeNames": names}

    found = drift_access.of_access(with_requests(shop, LIST_BY_DATE, moved), LIST_BY_DATE)
    assert len(found) == 1
    assert found[0].startswith(f"storefront performs {LIST_BY_DATE}, but is denied Request(")
    assert "table/dropify-dev-shop/index/GSI2" in found[0]
