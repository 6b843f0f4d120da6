"""What the documents show of data access works to the letter."""

import re
import sys
from types import ModuleType

import pytest

from tablewright.data_access.errors import DataAccessError
from tablewright.models.catalog import CATALOG
from tests.support.recording import ROOT

PAGE = (ROOT / "docs" / "data-access.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text):
    return re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)


def the_one_with(text, words):
    (block,) = [block for block in blocks(text) if words in block]
    return block


@pytest.fixture
def surroundings(connect, monkeypatch):
    """Have the documents' `connect` reach the backend, for the model that is asked for."""

    def surround(model):
        connection = connect(model)
        monkeypatch.setattr("tablewright.data_access.connect", lambda **_: connection)

    return surround


def test_the_repository_of_ones_own_keeps_and_finds_notes(surroundings, monkeypatch):
    notebook = ModuleType("notebook")
    declared = the_one_with(README, "NOTEBOOK = DataModel(")
    exec(declared, vars(notebook))  # noqa: S102 -- the README's own code
    monkeypatch.setitem(sys.modules, "notebook", notebook)
    surroundings(notebook.NOTEBOOK)
    names = {}
    exec(the_one_with(PAGE, "class NotesRepository"), names)  # noqa: S102 -- the page's own code
    note = names["notes"].get_note("u1", "n1")
    assert note.text == "Passport"
    assert names["notes"].list_by_tag("travel").items == (note,)


def test_the_first_lines_of_readme_and_page_do_what_they_say(surroundings):
    surroundings(CATALOG["file_sharing"])
    for text in (README, PAGE):
        names = {}
        exec(the_one_with(text, "files.create_file("), names)  # noqa: S102 -- as above
        assert names["file"].file_size == 600
    assert names["page"].items == (names["file"],)


def test_every_error_is_in_the_tree_of_the_page():
    def named(kind):
        return {kind.__name__}.union(*(named(each) for each in kind.__subclasses__()))

    missing = {name for name in named(DataAccessError) if name[0] != "_" and name not in PAGE}
    assert missing == set()


def test_the_page_names_every_repository():
    missing = {
        name
        for model in CATALOG
        for name in dir(__import__(f"tablewright.data_access.{model}", fromlist=["x"]))
        if name.endswith("Repository") and name not in PAGE
    }
    assert missing == set()
