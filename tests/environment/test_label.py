"""Names, paths and tags come out to the letter, and never over AWS's limits."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.environment import Environment, Label, LabelError

DEV = Label(project="dropify", environment="dev")

_IDENTIFIERS = st.from_regex(r"[a-z][a-z0-9_]{0,200}", fullmatch=True)
_TABLES = st.from_regex(r"[a-z][a-z0-9_.-]{0,300}", fullmatch=True)
_ANY = st.text(min_size=1, max_size=300)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (DEV.prefix, "dropify-dev"),
        (Label(project="dropify", environment=Environment.PROD).prefix, "dropify-prod"),
        (DEV.table("files"), "dropify-dev-files"),
        (DEV.access_policy("file_sharing", "api"), "dropify-dev-file-sharing-api"),
        (
            DEV.access_policy("file_sharing", "share_page", "share-links"),
            "dropify-dev-file-sharing-share-page-share-links",
        ),
        (DEV.parameter("tables", "files-table-name"), "/dropify-dev/tables/files-table-name"),
        (
            DEV.table_parameter("quota", "user-quotas", "name"),
            "/dropify-dev/quota/user-quotas-table-name",
        ),
        (
            DEV.table_parameter("cost-tracking", "sessions-metadata", "arn"),
            "/dropify-dev/cost-tracking/sessions-metadata-table-arn",
        ),
        (
            DEV.table_parameter("tables", "shop", "stream-arn"),
            "/dropify-dev/tables/shop-stream-arn",
        ),
        (
            DEV.policy_parameter("file_sharing", "share_page"),
            "/dropify-dev/file-sharing/share-page-policy-arn",
        ),
        (
            DEV.policy_parameter("file_sharing", "api", "files"),
            "/dropify-dev/file-sharing/api-files-policy-arn",
        ),
        (DEV.alarm("files", "fileIdIndex", "reads"), "dropify-dev-files-fileIdIndex-reads"),
        (DEV.topic(), "dropify-dev-alarms"),
    ],
)
def test_a_name_is_composed_as_the_design_says(name, expected):
    assert name == expected


@pytest.mark.parametrize(
    ("compose", "longest"),
    [
        (DEV.table, 255 - len("dropify-dev-")),
        (lambda text: DEV.access_policy("shop", text), 128 - len("dropify-dev-shop-")),
        (DEV.alarm, 255 - len("dropify-dev-")),
    ],
)
def test_a_name_may_reach_its_limit_and_not_pass_it(compose, longest):
    assert compose("x" * longest)
    with pytest.raises(
        LabelError, match=r"characters where AWS takes [13] to \d+; .*by 2"
    ) as error:
        compose("x" * (longest + 2))
    assert error.value.excess == 2


def test_a_path_has_at_most_fifteen_levels():
    assert DEV.parameter("/".join("g" * 13), "name").count("/") == 15
    with pytest.raises(LabelError, match="16 levels where AWS takes 15; use a group with fewer"):
        DEV.parameter("/".join("g" * 14), "name")


def test_a_path_counts_the_arn_before_it():
    assert DEV.parameter("tables", "x" * 900)
    with pytest.raises(LabelError, match=r"SSM path .* characters where AWS takes"):
        DEV.parameter("tables", "x" * 1000)


@pytest.mark.parametrize(
    ("project", "reason"),
    [
        ("", "has 0 characters"),
        ("p" * 129, "has 129 characters"),
        ("1drop", "a letter first"),
        ("drop.ify", "characters that AWS refuses"),
        ("drop ify", "characters that AWS refuses"),
        ("dropify\n", "characters that AWS refuses"),
        ("awsome", "begins with 'aws'"),
        ("SSMify", "begins with 'SSM'"),
    ],
)
def test_a_project_that_no_name_can_begin_with_is_refused(project, reason):
    with pytest.raises(LabelError, match=reason):
        Label(project=project, environment="dev")


def test_an_environment_of_odd_characters_is_refused():
    with pytest.raises(LabelError, match=r"environment 'de/v' has characters"):
        Label(project="dropify", environment="de/v")


@pytest.mark.parametrize("name", ["my files", "files\n", "dateien/ä"])
def test_a_table_name_of_odd_characters_is_refused(name):
    with pytest.raises(LabelError, match=r"table name .* has characters that AWS refuses; use"):
        DEV.table(name)


@given(_TABLES)
def test_whatever_the_table_its_name_fits_aws_or_is_refused(table):
    _fits_or_refused(lambda: DEV.table(table), r"[a-zA-Z0-9_.-]{3,255}")


@given(_ANY)
def test_whatever_the_text_a_table_name_fits_aws_or_is_refused(text):
    _fits_or_refused(lambda: DEV.table(text), r"[a-zA-Z0-9_.-]{3,255}")


@given(_ANY, _ANY)
def test_whatever_the_text_a_path_fits_aws_or_is_refused(group, name):
    _fits_or_refused(lambda: DEV.parameter(group, name), r"(/[a-zA-Z0-9_.-]+){1,15}")


@given(_IDENTIFIERS, _IDENTIFIERS)
def test_whatever_the_consumer_its_policy_name_fits_aws_or_is_refused(model, consumer):
    _fits_or_refused(lambda: DEV.access_policy(model, consumer), r"[\w+=,.@-]{1,128}")


@given(_ANY)
def test_whatever_the_project_a_topic_fits_aws_or_is_refused(project):
    _fits_or_refused(
        lambda: Label(project=project, environment="dev").topic(), r"[a-zA-Z0-9_-]{1,256}"
    )


@given(st.text(alphabet=string.ascii_lowercase + "_", min_size=1, max_size=20))
def test_a_model_name_keeps_no_underscore(model):
    assert "_" not in DEV.access_policy(model, "api")


def _fits_or_refused(compose, pattern):
    try:
        name = compose()
    except LabelError:
        return
    assert re.fullmatch(pattern, name, re.ASCII)
