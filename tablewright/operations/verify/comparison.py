"""Collects checks: compares values, and turns what an endpoint refuses into a result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from tablewright.operations.endpoint import UNREACHABLE, EndpointUnreachable
from tablewright.operations.errors import OperationError
from tablewright.operations.verify.check import Check, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Answer = TypeVar("Answer")

NOT_REPORTED: Final = object()
"""Stands for what an endpoint leaves out of its answer."""

_NOT_FOUND = ("NotFound", "NoSuchEntity", "InvalidResourceId", "ResourceNotFound")
_REMEDY = "set AWS_PROFILE or run `aws sso login`"
_NO_CREDENTIALS = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)


@dataclass
class Comparison:
    """The checks so far, against one endpoint."""

    endpoint: str
    checks: list[Check] = field(default_factory=list)

    def compare(
        self,
        resource: str,
        name: str,
        expected: object,
        actual: object,
        *,
        details: tuple[str, ...] = (),
    ) -> None:
        """Note whether a property is as declared; None expected stands for nothing declared."""
        if actual is NOT_REPORTED:
            self._note(resource, name, expected, None, Status.NOT_REPORTED)
        elif actual is None and expected is not None:
            self._note(resource, name, expected, None, Status.MISSING)
        else:
            same = expected == actual
            status = Status.EQUAL if same else Status.DIFFERENT
            self._note(resource, name, expected, actual, status, details=details)

    def compare_tags(
        self,
        resource: str,
        expected: Mapping[str, str],
        tags: Iterable[Mapping[str, str]] | None,
    ) -> None:
        """Compare tags, but for those that AWS itself sets."""
        if tags is None:
            return
        actual = {t["Key"]: t["Value"] for t in tags if not t["Key"].startswith("aws:")}
        self.compare(resource, "tags", dict(expected), actual)

    def undeclared(self, resource: str, what: str, actual: str) -> None:
        """Note something that is deployed and not declared."""
        self._note(resource, what, None, actual, Status.DIFFERENT)

    def read(self, resource: str, name: str, call: Callable[[], Answer]) -> Answer | None:
        """Ask the endpoint; None where the thing is not there or not readable, which is noted.

        Raises EndpointUnreachable, or OperationError where there are no valid credentials.
        """
        try:
            return call()
        except UNREACHABLE as error:
            raise EndpointUnreachable(self.endpoint, error) from error
        except BotoCoreError as error:
            raise OperationError(f"{self.endpoint}: {error}; {_REMEDY}") from error
        except ClientError as error:
            code = error.response["Error"].get("Code", "")
            if code in _NO_CREDENTIALS:
                raise OperationError(
                    f"{self.endpoint} refuses the credentials ({error}); {_REMEDY}"
                ) from error
            if any(part in code for part in _NOT_FOUND):
                self._note(resource, name, "there", None, Status.MISSING)
            else:
                self._note(resource, name, "readable", str(error), Status.UNREADABLE)
        return None

    def _note(
        self,
        resource: str,
        name: str,
        expected: object,
        actual: object,
        status: Status,
        *,
        details: tuple[str, ...] = (),
    ) -> None:
        self.checks.append(
            Check(
                resource=resource,
                property=name,
                expected=expected,
                actual=actual,
                status=status,
                details=details,
            )
        )


def reported(answer: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 -- as AWS answers
    """Return a part of an answer, or NOT_REPORTED where the endpoint leaves it out."""
    return answer.get(name, NOT_REPORTED)
