"""Plausible answers without any provider, for tests and reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from . import made_up
from .registration import Registration


@dataclass(frozen=True, kw_only=True)
class OfflineBackend:
    """Makes up ids, ARNs and stream ARNs in the form AWS gives them; nothing is created."""

    region: str = "us-east-1"
    account: str = "123456789012"
    partition: str = "aws"
    blocking: ClassVar[bool] = False

    def create(self, registration: Registration) -> tuple[str, Mapping[str, Any]]:
        """Return the inputs, and what AWS would add to them."""
        scope = made_up.Scope(self.partition, self.region, self.account)
        return made_up.outputs_of(registration, scope)

    def invoke(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer who and where the caller is; LookupError for anything else."""
        answers = {
            "aws:index/getCallerIdentity:getCallerIdentity": self._caller(),
            "aws:index/getRegion:getRegion": self._region(arguments),
            "aws:index/getPartition:getPartition": self._partition(),
        }
        if token not in answers:
            raise LookupError(
                f"the offline backend answers only {', '.join(answers)}; "
                "pass a backend that answers this one, too"
            )
        return answers[token]

    def _caller(self) -> dict[str, Any]:
        arn = f"arn:{self.partition}:iam::{self.account}:user/offline"
        return {"accountId": self.account, "arn": arn, "id": self.account, "userId": "OFFLINE"}

    def _region(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        region = arguments.get("region") or self.region
        endpoint = f"ec2.{region}.amazonaws.com"
        return {
            "id": region,
            "name": region,
            "region": region,
            "description": region,
            "endpoint": endpoint,
        }

    def _partition(self) -> dict[str, Any]:
        return {
            "id": self.partition,
            "partition": self.partition,
            "dnsSuffix": "amazonaws.com",
            "reverseDnsPrefix": "com.amazonaws",
        }
