"""A setting that would make its rule judge nothing is a mistake, which the schema tells."""

import jsonschema
import pytest

from rules import RULES
from rules.framework.settings import ENVIRONMENTS
from tests.support.policy_pack import level_file, rule_of

NO_LIST_OF_TABLES = [[""], ["cache-*"], "cache"]
REFUSED = {
    ("ddb-pitr-enabled", "ephemeralTables"): NO_LIST_OF_TABLES,
    ("ddb-pitr-window", "ephemeralTables"): NO_LIST_OF_TABLES,
    ("ddb-pitr-window", "minDays"): [0, 36, "35"],
    ("ddb-deletion-protection", "ephemeralTables"): NO_LIST_OF_TABLES,
    ("ddb-pulumi-protect", "ephemeralTables"): NO_LIST_OF_TABLES,
    ("ddb-cmk-encryption", "keyArn"): ["alias/aws/dynamodb", "arn:aws:s3:::orders"],
    ("ddb-replica-parity", "standaloneMustHave"): [[], ["tag"]],
    ("ddb-cost-ceiling", "maxReadRequestUnits"): [0, "4000"],
    ("ddb-cost-ceiling", "maxWriteRequestUnits"): [0],
    ("ddb-cost-ceiling", "maxWarmReadUnits"): [0],
    ("ddb-cost-ceiling", "maxWarmWriteUnits"): [0],
    ("ddb-backup-plan", "coveredElsewhere"): NO_LIST_OF_TABLES,
    ("required-tags", "requiredTags"): [[], [""]],
    ("required-tags", "environmentTag"): [None],
    ("required-tags", "defaultTags"): [{"Owner": ""}, {"": "team-shop"}],
    ("ddb-name-env-isolation", "aliases"): [{"pre-prod": "staging"}, {"qa": ""}],
    ("ddb-gsi-projection-budget", "mostProjectingAll"): [-1],
    ("ddb-gsi-projection-budget", "wideTables"): NO_LIST_OF_TABLES,
    ("ddb-low-cardinality-key", "words"): [[], [""], ["order_status"]],
    ("ddb-low-cardinality-key", "identifyingWords"): [[""], ["*"]],
    ("ddb-stream-has-consumer", "consumedElsewhere"): NO_LIST_OF_TABLES,
    ("ddb-stream-has-consumer", "neededViewTypes"): [{"shop": "NEW"}, {"*": "NEW_IMAGE"}],
    ("ddb-resource-policy-scoped", "account"): ["*", "1234"],
    ("ddb-resource-policy-scoped", "trustedAccounts"): [["*"], ["1234"], [123456789012]],
    ("ddb-resource-policy-scoped", "trustedOrganizations"): [["*"], ["o-*"]],
    ("ssm-export-complete", "indexes"): [["GSI1"], ["shop/*"]],
    ("ssm-path-convention", "pathPattern"): ["", "*", "/*", "*/{environment}", "/{env}/*"],
    ("ssm-value-class", "secretWords"): [[], [""], ["Password"]],
    ("iam-no-wildcard-resource", "starActions"): [["*"], ["dynamodb:*"], ["xray"]],
    ("iam-action-fits-resource", "knownServicesOnly"): ["no"],
    ("iam-scan-declared", "scanConsumers"): [["*"], [""], ["?*-*"]],
    ("iam-grants-match-stack", "externalResources"): [
        ["*"],
        ["arn:aws:dynamodb:*"],
        ["arn:aws:*:*:*:table/orders"],
        ["arn:aws:dynamodb:*:*:table/*"],
    ],
    ("iam-no-destructive-in-app-role", "administrators"): [["*"], [""]],
    ("iam-structure", "servicesWithoutSource"): [["*.amazonaws.com"], ["*"]],
    ("alarms-cover-prod", "operations"): [[""], ["getItem"], ["*"]],
    ("alarms-cover-prod", "highestThreshold"): [0],
    ("alarms-cover-prod", "longestWindow"): [0, 86_401],
}
SUFFIXES = [(rule.id, name) for rule in RULES for name in rule.settings if name.endswith("Suffix")]
REFUSED |= {suffix: [""] for suffix in SUFFIXES}
ACCEPTED = {
    ("ddb-pitr-enabled", "ephemeralTables"): ["cache", "oidc-state"],
    ("ddb-cmk-encryption", "keyArn"): "arn:aws:kms:us-east-1:123456789012:key/mrk-12ab",
    ("required-tags", "environmentTag"): "",
    ("ddb-stream-has-consumer", "neededViewTypes"): {"shop": "NEW_AND_OLD_IMAGES"},
    ("ddb-resource-policy-scoped", "trustedOrganizations"): ["o-a1b2c3d4e5"],
    ("ssm-export-complete", "indexes"): ["shop/GSI1"],
    ("ssm-path-convention", "pathPattern"): "/{environment}/*",
    ("iam-scan-declared", "scanConsumers"): ["*-shop-reporting"],
    ("iam-no-wildcard-resource", "starActions"): ["xray:PutTraceSegments"],
    ("iam-grants-match-stack", "externalResources"): [
        "arn:aws:dynamodb:*:*:table/billing-*",
        "arn:aws:ssm:us-east-1:123456789012:parameter/billing/*",
    ],
    ("alarms-cover-prod", "operations"): ["GetItem", "Query"],
}


def is_valid(rule, setting, value):
    return jsonschema.Draft202012Validator(rule_of(rule).schema()[setting]).is_valid(value)


def test_every_setting_has_values_that_are_refused():
    assert set(REFUSED) == {(rule.id, name) for rule in RULES for name in rule.settings}


@pytest.mark.parametrize(
    ("rule", "setting", "value"),
    [(*setting, value) for setting, values in REFUSED.items() for value in values],
)
def test_a_value_that_defeats_the_rule_is_refused(rule, setting, value):
    assert not is_valid(rule, setting, value)


@pytest.mark.parametrize(("setting", "value"), ACCEPTED.items(), ids=lambda each: str(each)[:60])
def test_a_value_that_means_something_is_accepted(setting, value):
    assert is_valid(*setting, value)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_defaults_of_a_rule_and_the_level_files_are_accepted(rule):
    files = [level_file(environment) for environment in ENVIRONMENTS]
    for name, schema in rule.settings.items():
        given = [entries[rule.id][name] for entries in files if name in entries[rule.id]]
        assert all(is_valid(rule.id, name, value) for value in [schema["default"], *given]), name
