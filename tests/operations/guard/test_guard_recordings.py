"""Every recorded preview is judged as it must be, and in no other way."""

import pytest

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.judge import findings
from tests.support import recorded_previews

FILES, LINKS, USERS = (f"dropify-prod-{name}" for name in ("files", "share-links", "users"))
PARAMETER = "/dropify-prod/tables/users-table-name"
EXPECTED = {
    "no-change": {},
    "tags-only": {},
    "provisioned-capacity": {(Kind.NOTE, FILES)},
    "index-added": {(Kind.NOTE, FILES)},
    "table-key-changed": {(Kind.DATA_LOSS, LINKS)},
    "table-renamed": {(Kind.DATA_LOSS, LINKS)},
    "table-removed": {
        (Kind.DATA_LOSS, LINKS),
        (Kind.CONTRACT_BROKEN, "/dropify-prod/tables/share-links-table-name"),
        (Kind.CONTRACT_BROKEN, "table_names.share-links"),
    },
    "logical-name-changed": {(Kind.DATA_LOSS, LINKS)},
    "protected-key-changed": {(Kind.DATA_LOSS, FILES)},
    "local-index-added": {(Kind.DATA_LOSS, FILES)},
    "index-projection-changed": {(Kind.INDEX_OUTAGE, FILES)},
    "index-key-changed": {(Kind.INDEX_OUTAGE, FILES)},
    "index-renamed": {(Kind.INDEX_OUTAGE, FILES), (Kind.NOTE, FILES)},
    "index-removed": {(Kind.INDEX_OUTAGE, FILES)},
    "recovery-turned-off": {(Kind.RECOVERY_WEAKENED, FILES)},
    "recovery-window-shortened": {(Kind.RECOVERY_WEAKENED, FILES)},
    "deletion-protection-turned-off": {(Kind.RECOVERY_WEAKENED, FILES)},
    "protect-removed": {(Kind.RECOVERY_WEAKENED, FILES)},
    "ttl-attribute-changed": {(Kind.RECOVERY_WEAKENED, LINKS)},
    "stream-view-changed": {(Kind.CONTRACT_BROKEN, USERS)},
    "parameter-removed": {(Kind.CONTRACT_BROKEN, PARAMETER)},
    "parameter-renamed": {(Kind.CONTRACT_BROKEN, PARAMETER)},
    "permission-removed": {(Kind.CONTRACT_BROKEN, "dropify-prod-api")},
    "alarm-removed": {(Kind.RECOVERY_WEAKENED, "dropify-prod-files-read-throttle")},
    "key-attribute-type-changed": {(Kind.SILENT, FILES)},
}


def test_every_recording_has_its_expectation():
    assert sorted(EXPECTED) == recorded_previews.NAMES


@pytest.mark.parametrize("name", recorded_previews.NAMES)
def test_a_recording_gives_the_findings_that_it_must_and_no_others(name):
    found = findings(
        recorded_previews.preview_of(name),
        recorded_previews.deployed(),
        recorded_previews.program("base" if name == "no-change" else name),
        recorded_previews.USES,
    )
    assert {(each.kind, each.thing) for each in found} == set(EXPECTED[name])
