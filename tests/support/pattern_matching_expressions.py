"""DynamoDB's expressions, read by the grammar of its developer guide.

Sources: developer guide, "Key condition expressions", "Condition and filter expressions",
"Update expressions". Every attribute must stand as an alias: a plain name raises, and so does
what the grammar does not know, a literal value among it.
"""

import re

from tests.support.pattern_matching_terms import ExpressionError, Path, Term, Value

_TOKEN = re.compile(
    r"\s*(?:(?P<name>#\w+)|(?P<value>:\w+)|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign><>|<=|>=|[=<>(),.+\-\[\]])|(?P<digits>\d+))"
)
_COMPARATORS = ("=", "<>", "<", "<=", ">", ">=")
_FUNCTIONS = {"attribute_exists": 1, "attribute_not_exists": 1, "begins_with": 2, "contains": 2}


def conditions(text, aliases):
    """Return the conjuncts of a condition or key condition."""
    parser = _Parser(text, aliases)
    term = parser.either()
    parser.end()
    return _conjuncts(term)


def changes(text, aliases):
    """Return what an update does: (clause, attribute, value where it sets just that)."""
    parser = _Parser(text, aliases)
    found = []
    while not parser.ended():
        clause = parser.word("SET", "REMOVE", "ADD", "DELETE")
        found += [(clause, *change) for change in parser.listed(lambda: parser.change(clause))]  # noqa: B023 -- called at once
    return found


def projection(text, aliases):
    """Return the attributes of a projection."""
    parser = _Parser(text, aliases)
    paths = parser.listed(parser.path)
    parser.end()
    return tuple(path.attribute for path in paths)


def _conjuncts(term):
    if term.word != "AND":
        return (term,)
    return tuple(conjunct for part in term.of for conjunct in _conjuncts(part))


class _Parser:
    def __init__(self, text, aliases):
        self._text = text
        self._aliases = aliases
        self._tokens = list(_tokens(text))

    def either(self):
        return self._joined("OR", lambda: self._joined("AND", self._term))

    def change(self, clause):
        path = self.path()
        value = None
        if clause == "SET":
            self._sign("=")
            value = self._assigned()
        elif clause != "REMOVE":
            value = self._operand()
        return path.attribute, value if isinstance(value, Value) and not path.within else None

    def path(self):
        attribute = self._aliases.name(self._take("name"))
        within = []
        while self._peek() in {".", "["}:
            if self._take() == ".":
                within.append(self._aliases.name(self._take("name")))
            else:
                within.append(self._take("digits"))
                self._sign("]")
        return Path(attribute, tuple(within))

    def listed(self, read):
        found = [read()]
        while self._peek() == ",":
            self._take()
            found.append(read())
        return found

    def word(self, *expected):
        found = self._take("word").upper()
        if found not in expected:
            raise ExpressionError(f"{self._text!r}: {found!r} where one of {expected} is expected")
        return found

    def ended(self):
        return not self._tokens

    def end(self):
        if self._tokens:
            raise ExpressionError(f"{self._text!r}: {self._peek()!r} behind the end")

    def _joined(self, word, read):
        terms = [read()]
        while (self._peek() or "").upper() == word:
            self._take()
            terms.append(read())
        return terms[0] if len(terms) == 1 else Term(word, tuple(terms))

    def _term(self):
        following = self._peek() or ""
        if following.upper() == "NOT":
            self._take()
            return Term("NOT", (self._term(),))
        if following == "(":
            self._take()
            inner = self.either()
            self._sign(")")
            return inner
        if following in _FUNCTIONS:
            return self._function()
        return self._comparison()

    def _function(self):
        function = self._take()
        self._sign("(")
        operands = self.listed(self._operand)
        self._sign(")")
        if len(operands) != _FUNCTIONS[function] or not isinstance(operands[0], Path):
            raise ExpressionError(f"{self._text!r}: {function} of {operands}")
        return Term(function, tuple(operands))

    def _comparison(self):
        left = self._operand()
        comparator = self._take().upper()
        if comparator in _COMPARATORS:
            return Term(comparator, (left, self._operand()))
        if comparator == "BETWEEN":
            low = self._operand()
            self.word("AND")
            return Term(comparator, (left, low, self._operand()))
        if comparator == "IN":
            self._sign("(")
            listed = self.listed(self._operand)
            self._sign(")")
            return Term(comparator, (left, *listed))
        raise ExpressionError(f"{self._text!r}: {comparator!r} compares nothing")

    def _assigned(self):
        first = self._operand("if_not_exists", "list_append")
        if self._peek() not in {"+", "-"}:
            return first
        return Term(self._take(), (first, self._operand("if_not_exists", "list_append")))

    def _operand(self, *functions):
        following = self._peek() or ""
        if following.startswith(":"):
            return self._aliases.value(self._take("value"))
        if following in {"size", *functions}:
            function = self._take()
            self._sign("(")
            operands = self.listed(self._operand)
            self._sign(")")
            return Term(function, tuple(operands))
        return self.path()

    def _peek(self):
        return self._tokens[0][1] if self._tokens else None

    def _sign(self, sign):
        if self._peek() != sign:
            raise ExpressionError(f"{self._text!r}: {self._peek()!r} where {sign!r} is expected")
        return self._take()

    def _take(self, kind=None):
        if not self._tokens:
            raise ExpressionError(f"{self._text!r} ends too early")
        found, token = self._tokens[0]
        if kind not in {None, found}:
            plain = "; alias every name and value" if kind == "name" else ""
            raise ExpressionError(f"{self._text!r}: {token!r} where a {kind} is expected{plain}")
        self._tokens.pop(0)
        return token


def _tokens(text):
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"{text!r}: {text[position:]!r} is no part of an expression")
        yield match.lastgroup, match[match.lastgroup]
        position = match.end()
