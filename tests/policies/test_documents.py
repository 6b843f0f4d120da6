"""Policy documents are read strictly, from text and from objects, the known statements first."""

import json
from functools import reduce

import pytest

from rules.framework.reading import Properties
from rules.framework.tokens import (
    MANAGED_POLICY,
    PERMISSION_SET_INLINE_POLICY,
    ROLE,
    TABLE_RESOURCE_POLICY,
)
from rules.framework.values import MalformedError
from rules.iam.documents import ACCESS_POLICIES, Condition, Statement, statements_of
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import CANNOT_RUN, NOT_APPLICABLE, findings, judge_resource
from tests.support.statements import FILES, document, statement

RULES = (
    "iam-no-admin",
    "iam-no-wildcard-action",
    "iam-no-wildcard-resource",
    "iam-action-fits-resource",
)
GET = statement("dynamodb:GetItem")
ADMIN = statement("*", "*")


def read(given):
    return statements_of(Properties({"policy": given}), "policy")


@pytest.mark.parametrize("given", [document(GET), json.loads(document(GET)), {"Statement": GET}])
def test_text_and_objects_are_the_same_document(given):
    assert read(given) == (
        Statement(
            label="statement 1",
            effect="Allow",
            actions=("dynamodb:GetItem",),
            resources=(FILES,),
        ),
    )


def test_every_element_is_read_whether_it_is_one_or_a_list():
    [found] = read(
        document(
            {
                "Sid": "All",
                "Effect": "Deny",
                "NotPrincipal": {"AWS": ["a", "b"], "Service": "c"},
                "NotAction": ["x:y"],
                "NotResource": "r",
                "Condition": {"Bool": {"aws:SecureTransport": False, "x": ["a", 1]}},
            }
        )
    )
    assert found == Statement(
        label="statement 1 (All)",
        effect="Deny",
        not_actions=("x:y",),
        not_resources=("r",),
        not_principals=(("AWS", "a"), ("AWS", "b"), ("Service", "c")),
        conditions=(
            Condition("Bool", "aws:SecureTransport", ("false",)),
            Condition("Bool", "x", ("a", "1")),
        ),
    )
    assert not found.allows
    assert read(document({**GET, "Principal": "*"}))[0].principals == (("*", "*"),)


def test_no_document_has_no_statements():
    assert read(None) == ()


@pytest.mark.parametrize(
    "given",
    [
        "",
        "null",
        "[]",
        "{",
        "7",
        7,
        [GET],
        "[" * 100_000,
        f'{{"Statement": {"[" * 900 + "]" * 900}}}',
        {"Statement": reduce(lambda inner, _: [inner], range(900), {})},
        document({**GET, "Sid": "\ud800"}),
        document({**GET, "Action": ["dynamodb:GetItem", "\udfff"]}),
        document({**GET, "\ud800": "x"}),
        "{}",
        '{"Statement": null}',
        '{"Statement": "x"}',
        {"Statement": [GET], "statement": [ADMIN]},
        '{"Statement": [], "Statement": [{"Effect": "Allow"}]}',
        '{"Statement": {"Effect": "Allow", "Action": "a:b", "Action": "*"}}',
        document("x"),
        document({**GET, "Effect": "allow"}),
        document({**GET, "Effect": ["Allow"]}),
        document({**GET, "action": "*"}),
        document({**GET, "Action": 7}),
        document({**GET, "Action": [["*"]]}),
        document({**GET, "Resource": {"Fn": "x"}}),
        document({**GET, "NotAction": "iam:PassRole"}),
        document({**GET, "NotResource": "x"}),
        document({**GET, "Principal": "*", "NotPrincipal": "*"}),
        document({**GET, "Principal": ["*"]}),
        document({**GET, "Condition": []}),
        document({**GET, "Condition": ""}),
        document({**GET, "Condition": {"StringEquals": "x"}}),
        document({**GET, "Condition": {"StringEquals": {"x": {}}}}),
    ],
)
def test_what_aws_would_refuse_or_what_reads_two_ways_is_malformed(given):
    with pytest.raises(MalformedError):
        read(given)


def test_a_character_beyond_the_first_plane_is_written_as_a_pair():
    assert read('{"Statement": {"Effect": "Deny", "Sid": "\\ud83d\\ude00"}}')[0].label.endswith(
        "(😀)"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{", "and is not valid JSON (Expecting property name"),
        ('{"Statement": [],}', "line 1 column 18"),
        ("[" * 100_000, "and is nested too deeply"),
        ('{"Statement": [], "Statement": []}', "and gives 'Statement' twice"),
        (document({**GET, "Sid": "\ud800"}), "and holds half a character"),
        ("null", "'policy' must be a policy document, and is null"),
        ([GET], "'policy' must be a policy document, and is a list"),
        (
            document({**GET, "Action": {}}),
            "must be a string or a list of strings, and is an object",
        ),
    ],
)
def test_a_message_says_why_a_document_cannot_be_read(given, said):
    with pytest.raises(MalformedError) as caught:
        read(given)
    assert said in str(caught.value)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "iam-no-admin"])
def test_a_table_s_own_policy_is_judged_too(rule):
    bad = document(statement(["*", "dynamodb:Unheard"], "*", Principal={"AWS": "123456789012"}))
    [found] = findings(judge_resource(rule, TABLE_RESOURCE_POLICY, {"policy": bad}))
    assert found != NOT_APPLICABLE


@pytest.mark.parametrize("token", ACCESS_POLICIES)
@pytest.mark.parametrize("rule", RULES)
def test_every_kind_of_access_policy_is_judged(rule, token):
    bad = document(statement(["*", "dynamodb:Unheard"], "*"))
    inputs = {
        ROLE: {"inlinePolicies": [{"name": "x", "policy": bad}]},
        PERMISSION_SET_INLINE_POLICY: {"inlinePolicy": bad},
    }.get(token, {"policy": bad})
    assert len(findings(judge_resource(rule, token, inputs))) == 1
    assert findings(judge_resource(rule, token, {})) == []


@pytest.mark.parametrize("rule", RULES)
def test_other_types_are_not_judged_and_what_cannot_be_read_is_reported(rule):
    def of(given):
        return findings(judge_resource(rule, MANAGED_POLICY, {"policy": given}))

    assert findings(judge_resource(rule, "aws:s3/bucket:Bucket", {})) == [NOT_APPLICABLE]
    assert of(UNKNOWN) == [CANNOT_RUN]
    assert of("{") == ["malformed"]
    assert of({"Statement": [{**GET, "Condition": UNKNOWN}, 7]}) == ["malformed"]


@pytest.mark.parametrize("rule", RULES)
def test_a_known_statement_is_judged_beside_unknown_ones(rule):
    unknown = {**GET, "Resource": [UNKNOWN]}
    bad = statement(["*", "dynamodb:Unheard"], "*")
    inputs = {"policy": {"Version": UNKNOWN, "Statement": [unknown, bad, UNKNOWN]}}
    assert findings(judge_resource(rule, MANAGED_POLICY, inputs))[1:] == [CANNOT_RUN]
    inline = [{"policy": UNKNOWN}, {"policy": document(bad)}, UNKNOWN]
    assert findings(judge_resource(rule, ROLE, {"inlinePolicies": inline}))[1:] == [CANNOT_RUN]


def test_a_message_says_where_the_statement_is():
    role = {
        "inlinePolicies": [{"policy": document(GET)}, {"policy": document({**ADMIN, "Sid": "S"})}]
    }
    [verdict] = judge_resource("iam-no-admin", ROLE, role)
    assert verdict.message.startswith("inlinePolicies[1]: statement 1 (S) allows '*' on '*'; ")
