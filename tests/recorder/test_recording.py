import pytest

from tablewright.recorder import Recording, Registration


def one(name, type_="test:index:Thing", parent="top"):
    return Registration(urn=f"urn:{name}", type=type_, name=name, custom=True, parent=parent)


RECORDING = Recording(
    project="p",
    stack="s",
    registrations=(one("a"), one("b", parent="urn:a"), one("c", "test:index:Other")),
    exports={},
)


def test_resources_are_found_by_type_name_urn_and_parent():
    assert [found.name for found in RECORDING.of_type("test:index:Thing")] == ["a", "b"]
    assert RECORDING.only("test:index:Thing", "b").name == "b"
    assert RECORDING.only("test:index:Other").name == "c"
    assert RECORDING.by_urn("urn:c").name == "c"
    assert [found.name for found in RECORDING.children("urn:a")] == ["b"]
    assert RECORDING.of_type("test:index:None") == RECORDING.children("urn:c") == ()


@pytest.mark.parametrize(
    ("token", "name", "said"),
    [
        ("test:index:Thing", None, "2 resources are 'test:index:Thing', expected 1; .*: 'a', 'b'"),
        ("test:index:Thing", "c", "0 resources are 'test:index:Thing' named 'c'.*: 'a', 'b'"),
        ("test:index:None", None, "0 resources .*: 2 x test:index:Thing, 1 x test:index:Other"),
    ],
)
def test_a_search_for_one_resource_says_what_there_is(token, name, said):
    with pytest.raises(LookupError, match=said):
        RECORDING.only(token, name)


def test_an_unknown_urn_lists_the_known_ones():
    with pytest.raises(
        LookupError, match=r"no resource has the URN 'urn:x'; .*urn:a, urn:b, urn:c"
    ):
        RECORDING.by_urn("urn:x")
