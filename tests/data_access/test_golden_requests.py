"""Every read is a GetItem, Query or BatchGetItem that was agreed on: `golden/<workload>.json`."""

import json
import os
from pathlib import Path

import pytest

from tablewright.models.catalog import CATALOG
from tests.support.repository_scenarios import driven
from tests.support.repository_scenarios_altered import with_requests
from tests.support.repository_scenarios_golden import READS, golden, read_methods, text_of

GOLDEN = Path(__file__).parent / "golden"
RENEW = "TABLEWRIGHT_RENEW_GOLDEN"
REMEDY = (
    f"read the difference; if it is meant, renew the files by `{RENEW}=1 python -m pytest "
    "tests/data_access/test_golden_requests.py` and commit them"
)

every_workload = pytest.mark.parametrize("name", CATALOG)


@pytest.fixture(scope="module", autouse=True)
def renewed():
    if os.environ.get(RENEW) == "1":
        for name in CATALOG:
            (GOLDEN / f"{name}.json").write_text(text_of(golden(driven(name))) + "\n")


def check(name, found):
    agreed = json.loads((GOLDEN / f"{name}.json").read_text())
    assert found == agreed, REMEDY


@every_workload
def test_reads_send_the_golden_requests(name):
    check(name, golden(driven(name)))


def test_another_request_is_told_with_the_way_to_renew():
    method = "shop.ProductsRepository.get_product"

    def eventual(request):
        return {**request, "ConsistentRead": False}

    other = golden(with_requests(driven("shop"), method, eventual))
    with pytest.raises(AssertionError, match=f"{RENEW}=1 python -m pytest"):
        check("shop", other)


@every_workload
def test_a_read_is_a_get_or_a_query_on_a_declared_index(name):
    workload = driven(name)
    indexes = {
        (workload.tables[table.name], index)
        for table in workload.model.tables
        for index in (None, *(index.name for index in table.indexes))
    }
    for method in read_methods(workload):
        requests = workload.requests_of(method)
        assert requests, method
        assert {sent.operation for sent in requests} <= READS, method
        asked = {
            (table, sent.arguments.get("IndexName"))
            for sent in requests
            for table in sent.arguments.get("RequestItems", [sent.arguments.get("TableName")])
        }
        assert asked <= indexes, method


def test_there_is_a_golden_file_for_each_workload_and_no_other():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.json" for name in CATALOG}
