"""Whatever a program registers, no rule breaks on it, and no strict rule is silent about it."""

import ast
import json
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import RULES
from rules.framework import tokens
from rules.framework.rule import ResourceRule
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    NOT_APPLICABLE,
    PACK,
    judge_resource,
    judge_stack,
    stack_resource,
)
from tests.support.recording import record_stack

TYPES = sorted(value for name, value in vars(tokens).items() if name.isupper())
ALONE = [rule for rule in RULES if isinstance(rule, ResourceRule)]
TOGETHER = [rule for rule in RULES if not isinstance(rule, ResourceRule)]
FEW = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def words():
    """Every short text in the sources of the pack: names of properties, values, IAM elements."""
    constants = {
        node.value
        for source in (PACK / "rules").rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(text for text in constants if 0 < len(text) <= 40 and " " not in text)


ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/dropify-prod-files"
ODD = [
    "",
    "*",
    "?",
    "::",
    "arn:",
    ARN,
    f"{ARN}/index/*",
    "{",
    "[" * 3000,
    "x" * 5000,
    "\ud800",
    "é\0",
]
texts = st.one_of(st.sampled_from(ODD), st.sampled_from(words()), st.text(max_size=8))
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=True),
    texts,
    st.just(UNKNOWN),
)


def objects(inner):
    return st.dictionaries(st.sampled_from(words()), inner, max_size=6)


values = st.recursive(
    leaves, lambda inner: st.one_of(st.lists(inner, max_size=3), objects(inner)), max_leaves=12
)
known = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), objects(inner)),
    max_leaves=8,
)
STATEMENT = ("Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "Condition", "Other")
statements = st.one_of(
    known,
    st.dictionaries(st.sampled_from(STATEMENT), st.one_of(known, st.just("Allow"))),
)
documents = st.fixed_dictionaries({"Statement": st.one_of(statements, st.lists(statements))})
inputs = st.one_of(
    objects(values),
    st.builds(
        lambda rest, document, name: {**rest, name: json.dumps(document)},
        objects(values),
        documents,
        st.sampled_from(["policy", "assumeRolePolicy"]),
    ),
)


@FEW
@given(inputs, st.sampled_from(["dev", "prod", None]))
def test_no_resource_breaks_a_rule(properties, environment):
    # Every rule on each example: making examples costs more than judging them.
    for rule in ALONE:
        for token in rule.types:
            for verdict in judge_resource(rule.id, token, properties, environment=environment):
                assert verdict.finding not in {NOT_APPLICABLE, ""}
                assert verdict.message


@FEW
@given(
    st.lists(st.tuples(st.sampled_from(TYPES), inputs), max_size=4),
    st.sampled_from(["dev", "prod", None]),
)
def test_no_stack_breaks_a_rule(resources, environment):
    seen = []
    for position, (token, properties) in enumerate(resources):
        depends = dict.fromkeys(properties, seen[-1:])
        seen.append(stack_resource(token, f"r{position}", properties, depends=depends))
    for rule in TOGETHER:
        for verdict in judge_stack(rule.id, seen, environment=environment):
            assert verdict.finding
            assert verdict.message


def sound():
    """Give every rule with each kind of resource of the real program that it passes in prod."""
    registrations = record_stack("prod", customerManagedKeyArn=KEY).registrations
    for rule in ALONE:
        for token in rule.types:
            passed = [
                each
                for each in registrations
                if each.type == token and not judged(rule, token, each.inputs, each.protect)
            ]
            # The one with most to it.
            for each in sorted(passed, key=lambda each: -len(str(each.inputs)))[:1]:
                yield pytest.param(rule, each, id=f"{rule.id}-{each.name}")


KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
WRONG = (7, True, "word", ["word"], {"word": "word"})


def judged(rule, token, properties, protect):
    verdicts = judge_resource(rule.id, token, properties, protect=protect)
    return [each.finding for each in verdicts]


def paths(value, path=()):
    """Give the way to every property, of lists to those of the first element."""
    if path:
        yield path
    if isinstance(value, dict):
        for name in value:
            yield from paths(value[name], (*path, name))
    elif isinstance(value, list) and value:
        yield from paths(value[0], (*path, 0))


def changed(value, path, change):
    """Return the properties with one of them changed; None at the end of a path removes it."""
    first, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[first] = changed(copy[first], rest, change)
    else:
        change(copy, first)
    return copy


def setting(new):
    return lambda holder, key: holder.__setitem__(key, new)


def removing(holder, key):
    del holder[key]


def at(value, path):
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize(("rule", "registration"), list(sound()))
def test_a_property_that_decides_is_never_passed_over(rule, registration):
    token, inputs, protect = registration.type, registration.inputs, registration.protect
    deciding = 0
    for path in paths(inputs):
        old = at(inputs, path)
        told = {
            name: judged(rule, token, changed(inputs, path, change), protect)
            for name, change in {
                "missing": removing,
                "null": setting(None),
                "unknown": setting(UNKNOWN),
                **{repr(w): setting(w) for w in WRONG if type(w) is not type(old)},
            }.items()
        }
        if not isinstance(path[-1], int):
            assert told["null"] == told["missing"], path
        wrong = [told[repr(w)] for w in WRONG if repr(w) in told]
        if told["missing"] or any(wrong):
            deciding += 1
            assert told["unknown"] or (rule.id, path) in JUDGED_LATER, f"{path} unknown"
            assert all(wrong), f"{path} of a wrong type: {told}"
    assert deciding or rule.id in READ_NO_PROPERTY


JUDGED_LATER = {
    ("ssm-value-class", ("value",)): "an export of a new resource; judged when it is known",
    ("ddb-cmk-encryption", ("serverSideEncryption", "kmsKeyArn")): "the key of a new resource",
}
READ_NO_PROPERTY = {
    "ddb-pulumi-protect": "it reads an option",
    "ddb-ignore-changes-masks-safety": "it reads options",
}
