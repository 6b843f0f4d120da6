"""The compliance matrix shows what a policy is called elsewhere, and how it came out."""

from dataclasses import replace

import pytest

from tablewright.operations.policy_report.formats import matrix
from tablewright.operations.policy_report.policy import Policy
from tests.support.policy_reports import dev, hostile, policies, prod


def test_a_terminal_shows_how_each_policy_came_out():
    assert matrix.outcomes([dev(), prod()]).plain.splitlines() == [
        "policy                severity  levels  dev         prod",
        "pitr                  high      A/M     ok          2 mandatory, 1 waived",
        "no-admin              critical  M/M     ok          1 mandatory",
        "ceiling               medium    A/A     2 advisory  2 advisory",
        "tags                  low       A/Re    ok          not run",
        "window                medium    A/D     ok          disabled",
        "replicas              high      M/M     n/a         n/a",
        "consumers             medium    M/M     ok          2 mandatory",
        "exports               high      A/M     not run     not run",
        "policy-was-evaluated  high      M/M     1 advisory  2 mandatory",
        (
            "Levels: D disabled, A advisory, M mandatory, Re remediate. "
            "n/a: the stack has nothing to judge."
        ),
    ]


def test_a_terminal_shows_what_other_catalogues_call_the_policies():
    assert matrix.catalogues([dev(), prod()]).plain.splitlines() == [
        "policy    Security Hub  CIS AWS   cdk-nag  checkov       trivy     others",
        "pitr      DynamoDB.2              DDB3     CKV_AWS_28    AWS-0024  cfn-nag W78",
        "                                           CKV_AWS_165~",
        "no-admin  IAM.1         7.0-2.14",
        "~ after a control: the policy covers it in part. In no catalogue: 7 of 9.",
    ]
    assert not matrix.catalogues([replace(dev(), policies=dev().policies[2:])])


def test_what_is_too_wide_for_a_terminal_is_a_list():
    reports = [dev(), prod()]
    assert matrix.catalogues(reports, width=80) == matrix.catalogues(reports)
    assert matrix.catalogues(reports, width=70).plain.splitlines()[:2] == [
        (
            "pitr: Security Hub DynamoDB.2; cdk-nag DDB3; checkov CKV_AWS_28, CKV_AWS_165~; "
            "trivy AWS-0024; cfn-nag W78"
        ),
        "no-admin: Security Hub IAM.1; CIS AWS 7.0-2.14",
    ]
    assert matrix.outcomes(reports, width=70).plain.splitlines()[0] == (
        "pitr: severity high; levels A/M; dev ok; prod 2 mandatory, 1 waived"
    )


def test_a_document_shows_both_in_one_table():
    lines = matrix.markdown([dev(), prod()]).splitlines()
    assert lines[0] == (
        "| policy | severity | Security Hub | CIS AWS | cdk-nag | checkov | trivy | others "
        "| levels | dev | prod |"
    )
    assert lines[2] == (
        r"| pitr | high | DynamoDB.2 |  | DDB3 | CKV_AWS_28, CKV_AWS_165\~ | AWS-0024 "
        "| cfn-nag W78 | A/M | ok | 2 mandatory, 1 waived |"
    )
    assert len({line.count(" |") for line in lines if line.startswith("|")}) == 1


def test_the_mappings_alone_need_no_stack():
    lines = matrix.mappings(policies()).splitlines()
    assert lines[3] == "| no-admin | IAM.1 | 7.0-2.14 |  |  |  |  |"
    assert len(lines) == 2 + len(policies()) + 2


@pytest.mark.parametrize(
    ("tag", "column", "control"),
    [
        ("security-hub:DynamoDB.2", "security-hub", "DynamoDB.2"),
        ("checkov:CKV_AWS_165~", "checkov", "CKV_AWS_165~"),
        ("prowler:a:b", "others", "prowler a:b"),
    ],
)
def test_a_tag_names_the_catalogue_of_a_control(tag, column, control):
    found = matrix.controls(Policy(id="x", tags=(tag,)))
    assert {name: named for name, named in found.items() if named} == {column: (control,)}


def test_a_tag_of_no_catalogue_is_no_control():
    assert not any(matrix.controls(Policy(id="x", tags=("remediates", ""))).values())


def test_a_policy_that_no_pack_describes_has_a_row():
    assert "undescribed" in matrix.outcomes([hostile()]).plain


def test_hostile_texts_stay_in_their_cells():
    for text in (matrix.outcomes([hostile()]), matrix.catalogues([hostile()])):
        assert all(line.isprintable() for line in text.plain.split("\n"))
    rows = [line for line in matrix.markdown([hostile()]).splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 3


def test_nothing_judged_is_no_error():
    assert matrix.outcomes([]).plain.startswith("policy  severity  levels\n")
    assert not matrix.catalogues([])
    assert matrix.markdown([]).startswith("| policy |")
