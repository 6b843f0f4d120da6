"""Plain parameters hold names and ARNs alone; everything else is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity
from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.reading import if_known
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import texts
from rules.framework.tokens import PARAMETER
from rules.parameters.export_paths import EXPORT_PATHS, INDEX, NAME, export_path, has_form
from rules.parameters.secrets import SECRET_WORDS, looks_secret, secret_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_SECURE: Final = "SecureString"
_PLAIN: Final = ("String", "StringList")
_VALUES: Final = ("value", "insecureValue", "valueWo")
_ENCRYPT: Final = "make it a SecureString with a customer-managed key"


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    properties = resource.properties
    return known_first(_insecure(properties), _class(properties, settings))


def _insecure(properties: Properties) -> Iterator[Finding]:
    if _is_given(properties, "insecureValue"):
        yield Finding(
            "insecure-value", "insecureValue shows the value in every preview; set value instead"
        )


def _is_given(properties: Properties, name: str) -> bool:
    try:
        return properties.holds(name)
    except UnknownValueError:
        return True


def _class(properties: Properties, settings: Settings) -> Iterator[Finding]:
    kind = properties.text("type")
    if kind == _SECURE:
        yield from _key(properties)
    elif kind in _PLAIN:
        values = (_value(properties, name, settings) for name in _VALUES)
        yield from known_first(_path(properties, settings), *values)
    else:
        names = ", ".join((*_PLAIN, _SECURE))
        yield Finding("type", f"type is none of {names}; set one of them")


def _key(properties: Properties) -> Iterator[Finding]:
    try:
        key = properties.text("keyId").lower()
    except UnknownValueError:
        return  # the key of a resource, so no alias of AWS; the update judges it
    if not key or "alias/aws/" in key:
        yield Finding(
            "key",
            f"keyId {'names a key of AWS' if key else 'is not set'}; name a customer-managed key, "
            "whose policy says who may decrypt",
        )


def _path(properties: Properties, settings: Settings) -> Iterator[Finding]:
    path = properties.text("name")
    if export_path(path, settings).fact:
        return
    word = secret_word(path, settings.texts("secretWords"))
    if word:
        yield Finding("secret-name", f"path speaks of a secret ('{word}'); {_ENCRYPT}")
    else:
        yield Finding(
            "not-export",
            "path is that of no export, which alone may be plain text; let it end as the settings "
            f"say where it exports a name or an ARN, else {_ENCRYPT}",
        )


def _value(properties: Properties, name: str, settings: Settings) -> Iterator[Finding]:
    """Judge a value; one that comes from another resource waits for the update to be known."""
    value = if_known(properties, name)
    says = export_path(if_known(properties, "name"), settings)
    if not value:
        return
    if looks_secret(value):
        yield Finding("secret-value", f"{name} looks like a key or a token; {_ENCRYPT}")
    elif says.fact and not has_form(says.fact, value):
        yield Finding(
            "not-export", f"{name} cannot be the {says.fact} that the path promises; {_ENCRYPT}"
        )
    elif says.fact in {NAME, INDEX} and not value.endswith(says.subject):
        word = secret_word(says.subject, settings.texts("secretWords"))
        if word:
            problem = f"path speaks of a secret ('{word}'), and {name} does not end as it does"
            yield Finding("secret-name", f"{problem}; {_ENCRYPT}")


SSM_VALUE_CLASS = ResourceRule(
    id="ssm-value-class",
    demands="Plain parameters are exports that look like no secret; secure ones have a "
    "customer-managed key.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps='Set type="SecureString" and key_id to a customer-managed key on the '
    "aws.ssm.Parameter, or give an export one of the endings that the settings list; with "
    "tablewright, take the path from Label.table_parameter or Label.policy_parameter.",
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/"
    "secure-string-parameter-kms-encryption.html",
    mappings=Mappings(checkov=("CKV_AWS_337", "CKV_AWS_384", "CKV2_AWS_34~")),
    settings={
        **EXPORT_PATHS,
        "secretWords": texts(
            "Words of a path that speak of a secret; those of six letters and more are found "
            "inside others too.",
            SECRET_WORDS,
            least=1,
            pattern="^[a-z]+$",
        ),
    },
    types=(PARAMETER,),
    check=_check,
)
