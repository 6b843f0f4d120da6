"""States and previews of this project's own program, as the engine writes them, with changes."""

from __future__ import annotations

import json
from copy import copy, deepcopy
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from tablewright.environment import Settings
from tablewright.operations.guard.judge import findings
from tablewright.operations.guard.reading import preview as previews
from tablewright.operations.guard.reading import state as states
from tablewright.operations.guard.uses import Store, Uses
from tablewright.recorder import OfflineBackend, load_configuration, record
from tests.support.configurations import raw
from tests.support.recording import MANAGED_POLICY, PARAMETER, ROOT

if TYPE_CHECKING:
    from tablewright.operations.guard.finding import Finding
    from tablewright.recorder import Recording, Registration

ACCOUNT, REGION = "210987654321", "eu-central-1"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab"
CIPHERTEXT = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
OPTIONS: dict[str, Any] = {
    "alarms": True,
    "customerManagedKeyArn": KEY,
    "enableAuditTrail": True,
    "maxReadRequestUnits": 400,
    "maxWriteRequestUnits": 100,
    "replicaRegions": ["eu-west-1"],
    "roleNames": {"file_sharing/api": ["web"]},
    "tableClass": "STANDARD_INFREQUENT_ACCESS",
    "vpcEndpoint": {"vpcId": "vpc-0a1b2c3d", "routeTableIds": ["rtb-0a1b2c3d", "rtb-0b1b2c3d"]},
    "extraTags": {"Team": "data"},
}
"""Every option that adds something to what is registered."""


class Deployed:
    """A stack of this project as it is deployed, and previews of what would become of it."""

    def __init__(self, stack: str = "prod", **options: Any) -> None:
        self.project, texts = load_configuration(ROOT, stack)
        texts |= {"aws:region": REGION, "tablewright:alarmTopicArn": None}
        if stack in {"staging", "prod"} or options.get("alarms"):
            texts["tablewright:alarmEmail"] = "data@example.com"
        texts |= {f"tablewright:{key}": raw(value) for key, value in options.items()}
        self.stack = stack
        self.configuration = {key: text for key, text in texts.items() if text is not None}
        self.settings = Settings.of(self.configuration)
        self.recording = self._record(preview=False)
        self.program = self._record(preview=True)
        self.uses = Uses(
            tuple(
                Store(
                    model=model,
                    table_names={t.name: self.settings.label.table(t.name) for t in model.tables},
                )
                for model in self.settings.models
            )
        )
        self.resources = {one.urn: as_deployed(one) for one in self.recording.registrations}

    def _record(self, *, preview: bool) -> Recording:
        return record(
            ROOT / "__main__.py",
            project=self.project,
            stack=self.stack,
            configuration=self.configuration,
            backend=OfflineBackend(region=REGION, account=ACCOUNT),
            preview=preview,
        )

    def alone(self, urn: str) -> Deployed:
        """Return a stack of one resource, which is judged faster."""
        scene = copy(self)
        scene.resources = {urn: self.resources[urn]}
        registrations = tuple(one for one in self.program.registrations if one.urn == urn)
        scene.program = replace(self.program, registrations=registrations)
        return scene

    def exported(self, *others: dict[str, Any], **deployment: Any) -> str:
        """Write the state as `pulumi stack export` does."""
        resources = [*self.resources.values(), *others]
        return json.dumps({"version": 3, "deployment": {"resources": resources, **deployment}})

    def of_type(self, token: str) -> list[dict[str, Any]]:
        """Return what is deployed of a type."""
        return [each for each in self.resources.values() if each["type"] == token]

    def step(self, operation: str, urn: str, **changes: Any) -> dict[str, Any]:
        """Return a step with the deployed resource as it is, and with other inputs.

        None takes an input away.
        """
        old = as_previewed(self.resources[urn])
        new = deepcopy(old)
        inputs = {**new.get("inputs", {}), **changes}
        new["inputs"] = {k: v for k, v in inputs.items() if v is not None}
        reasons = sorted(changes)
        return {
            "op": operation,
            "urn": urn,
            "oldState": old,
            "newState": None if operation == "delete" else new,
            "diffReasons": reasons,
            "detailedDiff": {name: {"kind": "update", "inputDiff": True} for name in reasons},
        }

    def same_steps(self) -> list[dict[str, Any]]:
        """Return a step for everything that stays the same."""
        return [self.step("same", urn) for urn in self.resources]

    def judged(
        self, *steps: dict[str, Any], program: Recording | None = None, state: str | None = None
    ) -> tuple[Finding, ...]:
        """Return the findings of a preview; the program follows the steps, where none is given."""
        return findings(
            previews.read(previewed(*steps), "the preview"),
            states.read(state or self.exported(), "the state"),
            program or self.program_of(steps),
            self.uses,
        )

    def program_of(self, steps: tuple[dict[str, Any], ...]) -> Recording:
        """Return the program that a preview with some steps is of."""
        wanted = {each["urn"]: each for each in steps}
        return replace(
            self.program,
            registrations=tuple(
                one if one.urn not in wanted else _following(one, wanted[one.urn])
                for one in self.program.registrations
                if one.urn not in wanted or wanted[one.urn]["newState"] is not None
            ),
        )

    def surroundings(self) -> OfflineBackend:
        """Return where the guard finds that the stack is."""
        from tablewright.operations.guard import evidence

        return evidence._surroundings_of(states.read(self.exported(), "the state"))


def _following(one: Registration, step: dict[str, Any]) -> Registration:
    new = step["newState"]
    inputs = {k: v for k, v in new["inputs"].items() if k != "__defaults"}
    return replace(
        one,
        inputs=inputs,
        protect=bool(new.get("protect")),
        retain_on_delete=bool(new.get("retainOnDelete")),
    )


@cache
def deployed(stack: str = "prod", *, everything: bool = False) -> Deployed:
    """Return a stack, with every option or with those of its file; nobody may change it."""
    return Deployed(stack, **(OPTIONS if everything else {}))


def as_deployed(one: Registration) -> dict[str, Any]:
    """Return a resource as an exported state has it, secrets encrypted."""
    found: dict[str, Any] = {"urn": one.urn, "custom": one.custom, "type": one.type}
    if one.id is not None:
        found["id"] = one.id
    if one.custom:
        found["inputs"] = {"__defaults": [], **_hidden(one, one.inputs)}
    region = {"region": REGION} if one.custom and one.type != MANAGED_POLICY else {}
    found["outputs"] = {**region, **_hidden(one, one.outputs)}
    found |= {"protect": True} if one.protect else {}
    found |= {"retainOnDelete": True} if one.retain_on_delete else {}
    return json.loads(json.dumps(found))


def as_previewed(resource: dict[str, Any]) -> dict[str, Any]:
    """Return a resource as a preview writes it, secrets masked."""
    text = json.dumps(resource)
    return json.loads(text.replace(json.dumps(CIPHERTEXT), '"[secret]"'))


def previewed(*steps: dict[str, Any], **document: Any) -> str:
    """Write a preview as `pulumi preview --json` does."""
    return json.dumps({"steps": steps, "duration": 1, "changeSummary": {}, **document})


def _hidden(one: Registration, properties: Any) -> dict[str, Any]:
    secret = {"value"} if one.type == PARAMETER else set()
    return {k: CIPHERTEXT if k in secret else v for k, v in properties.items()}
