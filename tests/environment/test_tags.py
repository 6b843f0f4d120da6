"""Every resource carries the required tags, and extra ones that AWS takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.environment import Label, LabelError

DEV = Label(project="dropify", environment="dev")


def tags(**arguments):
    return DEV.tags(**{"owner": "team-data", "cost_center": "0042"} | arguments)


def test_the_required_tags_are_those_of_the_design():
    assert tags(data_model="file_sharing") == {
        "Project": "dropify",
        "Environment": "dev",
        "Owner": "team-data",
        "CostCenter": "0042",
        "ManagedBy": "pulumi",
        "DataModel": "file_sharing",
    }


def test_what_serves_the_whole_stack_is_tagged_shared():
    assert tags()["DataModel"] == "shared"


def test_extra_tags_stand_beside_the_required_ones():
    assert tags(extra={"Team": "data & büro".replace("&", "+")})["Team"] == "data + büro"


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"Owner": "me"}, "^tag 'Owner' would override the required tag Owner; remove it"),
        ({"costcenter": "1"}, "'costcenter' would override the required tag CostCenter"),
        ({"team": "a", "Team": "b"}, "'Team' has a key that differs from 'team' only in case"),
        ({"aws:team": "a"}, "has a key that begins with 'aws:', which AWS reserves"),
        ({"AWS:team": "a"}, "reserves"),
        ({"": "a"}, "key of 0 characters"),
        ({"  ": "a"}, "not blank"),
        ({"k" * 129: "a"}, "key of 129 characters where AWS takes 1 to 128"),
        ({"Team": "v" * 257}, "value of 257 characters where AWS takes at most 256"),
        ({"Te*m": "a"}, r"'\*' in its key"),
        ({"Team": "a & b"}, "'&' in its value"),
        ({f"k{number}": "v" for number in range(45)}, "45 extra and 6 required .* keep at most 44"),
    ],
)
def test_a_tag_that_aws_refuses_is_refused(extra, reason):
    with pytest.raises(LabelError, match=reason):
        tags(extra=extra)


def test_tags_may_reach_their_limits():
    extra = {f"k{number}".ljust(128, "x"): "v" * 256 for number in range(44)}
    assert len(tags(extra=extra)) == 50


@pytest.mark.parametrize("owner", ["a & b", "o" * 257])
def test_an_owner_that_cannot_be_a_tag_is_refused(owner):
    with pytest.raises(LabelError, match="tag 'Owner'"):
        tags(owner=owner)


@given(st.dictionaries(st.text(max_size=140), st.text(max_size=20), max_size=4))
def test_no_extra_tag_changes_a_required_one(extra):
    try:
        merged = tags(extra=extra)
    except LabelError:
        return
    assert {key: merged[key] for key in tags()} == tags()
    assert not any(key.lower().startswith("aws:") for key in merged)
