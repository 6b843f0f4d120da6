"""The drift test reads expressions as DynamoDB does, and takes nothing that is not aliased."""

import pytest

from tests.support.pattern_matching_expressions import changes, conditions, projection
from tests.support.pattern_matching_terms import Aliases, ExpressionError, Path, Term, Value

REQUEST = {
    "ExpressionAttributeNames": {"#a": "a", "#b": "b", "#k": "k"},
    "ExpressionAttributeValues": {":n": {"N": "1"}, ":s": {"S": "x"}},
}
A, B = Path("a"), Path("b")
ONE, X = Value("N", "1"), Value("S", "x")
EXISTS = Term("attribute_exists", (A,))
ABSENT = Term("attribute_not_exists", (B,))


@pytest.mark.parametrize(
    ("text", "conjuncts"),
    [
        ("#a = :n", (Term("=", (A, ONE)),)),
        ("#a <> :n AND #b >= :s", (Term("<>", (A, ONE)), Term(">=", (B, X)))),
        ("(#a = :n) and ((#b < :s))", (Term("=", (A, ONE)), Term("<", (B, X)))),
        ("#a BETWEEN :n AND :s AND #b = :s", (Term("BETWEEN", (A, ONE, X)), Term("=", (B, X)))),
        ("#a IN (:n, :s)", (Term("IN", (A, ONE, X)),)),
        ("begins_with(#a, :s)", (Term("begins_with", (A, X)),)),
        ("attribute_exists(#a) OR attribute_not_exists(#b)", (Term("OR", (EXISTS, ABSENT)),)),
        ("NOT attribute_exists(#a)", (Term("NOT", (EXISTS,)),)),
        (
            "attribute_exists(#a) OR #a = :n AND #b = :s",
            (Term("OR", (EXISTS, Term("AND", (Term("=", (A, ONE)), Term("=", (B, X)))))),),
        ),
        ("size(#a.#k[0]) > :n", (Term(">", (Term("size", (Path("a", ("k", "0")),)), ONE)),)),
    ],
)
def test_a_condition_is_read_as_its_conjuncts(text, conjuncts):
    assert conditions(text, Aliases(REQUEST)) == conjuncts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = :n", "alias every name and value"),
        ("#a = 1", "alias every name and value"),
        ("#a = :unknown", ":unknown stands for nothing"),
        ("#unknown = :n", "#unknown stands for nothing"),
        ("#a = ", "ends too early"),
        ("#a = :n #b", "behind the end"),
        ("#a LIKE :s", "'LIKE' compares nothing"),
        ("begins_with(#a)", "begins_with of"),
        ("attribute_exists(:n)", "attribute_exists of"),
        ("(#a = :n", "')' is expected"),
        ("#a = 'x'", "is no part of an expression"),
    ],
)
def test_what_is_no_condition_is_refused(text, said):
    with pytest.raises(ExpressionError) as refused:
        conditions(text, Aliases(REQUEST))
    assert said in str(refused.value)


def test_an_update_is_read_as_what_it_writes():
    text = "SET #a = :n, #b = if_not_exists(#b, :n) + :n, #k.#a = :s REMOVE #a.#k, #k[1] ADD #b :n"
    assert changes(text, Aliases(REQUEST)) == [
        ("SET", "a", ONE),
        ("SET", "b", None),
        ("SET", "k", None),
        ("REMOVE", "a", None),
        ("REMOVE", "k", None),
        ("ADD", "b", ONE),
    ]


@pytest.mark.parametrize("text", ["PUT #a = :n", "SET a = :n", "SET #a", "REMOVE a", "ADD #a 1"])
def test_what_is_no_update_is_refused(text):
    with pytest.raises(ExpressionError):
        changes(text, Aliases(REQUEST))


def test_a_projection_is_read_as_its_attributes():
    assert projection("#a, #b.#k", Aliases(REQUEST)) == ("a", "b")
    with pytest.raises(ExpressionError):
        projection("#a, b", Aliases(REQUEST))


def test_an_alias_that_no_expression_uses_is_told():
    aliases = Aliases(REQUEST)
    conditions("#a = :n", aliases)
    assert aliases.unused() == ["#b", "#k", ":s"]
