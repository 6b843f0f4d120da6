"""Plans from a git revision: its models are loaded apart, and the checkout is not touched."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tablewright.operations.errors import OperationError
from tablewright.operations.index_plan.before.sources import Question
from tablewright.operations.index_plan.words.places import Places
from tablewright.operations.stacks import ProjectStack
from tests.support.recording import ROOT

SHOP_TABLES = "tablewright/models/catalog/shop_tables.py"
IDENTITY = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(root, *arguments):
    subprocess.run(
        ["git", *arguments],  # noqa: S607 -- the git of whoever runs the tests
        cwd=root,
        check=True,
        capture_output=True,
        env={**os.environ, **IDENTITY},
    )


def commit(root):
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "as it is")


@pytest.fixture
def project(tmp_path):
    """A project in a folder of a repository, with one commit."""
    root = tmp_path / "repository" / "project"
    root.mkdir(parents=True)
    for file in ROOT.glob("Pulumi*.yaml"):
        shutil.copy(file, root)
    shutil.copytree(
        ROOT / "tablewright" / "models",
        root / "tablewright" / "models",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (root / "tablewright" / "__init__.py").touch()
    git(root.parent, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    return root


def planned(root, revision, stack="dev"):
    return Question(
        project=ProjectStack(root, stack), places=Places.of(root), revision=revision
    ).answered()


def edit(root, file, old, new):
    path = root / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_revision_with_the_models_of_now_needs_no_plan(project):
    plan = planned(project, "HEAD")
    assert (plan.steps, plan.impossible, plan.source) == ((), (), "revision HEAD")
    assert len(plan.models) == 5


def test_the_models_of_a_revision_are_compared_with_those_of_now(project):
    edit(project, SHOP_TABLES, 'Index(name="GSI1"', 'Index(name="byCustomer"')
    edit(project, "tablewright/models/catalog/shop.py", 'index="GSI1"', 'index="byCustomer"')
    commit(project)
    plan = planned(project, "main")
    assert [(str(step.kind), step.subject) for step in plan.steps] == [
        ("add-index", "GSI1"),
        ("switch-patterns", "GSI1"),
        ("release-index", "byCustomer"),
        ("drop-index", "byCustomer"),
    ]
    assert plan.steps[0].edits[0].startswith(f"in {SHOP_TABLES}, TableSpec 'shop': add to indexes")
    assert planned(project, "HEAD~1").steps == ()


def test_the_checkout_is_not_touched(project):
    edit(project, SHOP_TABLES, '"expiresAt"', '"deleteAt"')
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert planned(project, "HEAD").steps == ()
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_stores_that_are_new_or_gone_are_told(project):
    stores = "  tablewright:stores:"
    text = (project / "Pulumi.dev.yaml").read_text()
    assert stores in text
    head = text.partition(stores)[0]
    (project / "Pulumi.dev.yaml").write_text(f"{head}{stores} [shop, kv_storage]\n")
    commit(project)
    (project / "Pulumi.dev.yaml").write_text(f"{head}{stores} [shop, usage_quotas]\n")
    plan = planned(project, "HEAD")
    assert plan.notes == ("store usage_quotas is new: its tables are made at once",)
    assert ["kv-storage-data" in each.what for each in plan.impossible] == [True]


def broken(text):
    def change(root):
        (root / "tablewright" / "models" / "catalog" / "__init__.py").write_text(text)
        commit(root)

    return change


def no_catalog(root):
    shutil.rmtree(root / "tablewright")
    commit(root)


def no_stack(root):
    (root / "Pulumi.dev.yaml").rename(root / "Pulumi.other.yaml")
    commit(root)


def no_owner(root):
    edit(root, "Pulumi.dev.yaml", "tablewright:owner", "tablewright:nobody")
    commit(root)


def refused_by_today(root):
    """Let the revision have fewer rules than this checkout, and a model that breaks one."""
    models = "tablewright/models"
    edit(root, SHOP_TABLES, 'Key.of("GSI1PK", "GSI1SK")', 'Key.of("GSI1PK", "GSI1PK")')
    for file, function in ((f"{models}/joins.py", "check"), (f"{models}/limits.py", "check_index")):
        edit(root, file, f"def {function}(", f"def {function}(*_): ...\n\n\ndef _of_later(")
    commit(root)


@pytest.mark.parametrize(
    ("change", "revision", "says"),
    [
        (lambda _: None, "nowhere", "git knows no revision 'nowhere'; fetch it"),
        (lambda _: None, "", "'' is no git revision; name a commit"),
        (lambda _: None, "--output=elsewhere", "is no git revision; name a commit"),
        (broken("import nothing_of_this_name\n"), "HEAD", "No module named 'nothing_of_this_name'"),
        (broken("raise SystemExit(0)\n"), "HEAD", "its models cannot be imported"),
        (broken("CATALOG = 3\n"), "HEAD", "its models cannot be imported"),
        (no_catalog, "HEAD", "has no tablewright/models/catalog"),
        (no_owner, "HEAD", "owner"),
        (no_stack, "HEAD", "compare with a revision that had the stack"),
        (refused_by_today, "HEAD", "the rules of this checkout refuse its models"),
        (lambda root: shutil.rmtree(root.parent / ".git"), "HEAD", "is no git repository"),
    ],
)
def test_a_revision_that_cannot_be_compared_is_an_error(project, change, revision, says):
    kept = {path: path.read_bytes() for path in project.glob("Pulumi*.yaml")}
    change(project)
    for path, content in kept.items():
        path.write_bytes(content)
    with pytest.raises(OperationError, match=says.replace("(", r"\(")):
        planned(project, revision)


def test_what_a_revision_prints_while_it_is_imported_does_not_matter(project):
    path = project / "tablewright" / "models" / "catalog" / "__init__.py"
    path.write_text(path.read_text().replace("CATALOG: ", "print('hello')\nCATALOG: "))
    commit(project)
    assert planned(project, "HEAD").steps == ()


def test_without_git_the_error_says_what_to_do(project, monkeypatch):
    monkeypatch.setenv("PATH", str(project))
    with pytest.raises(OperationError, match="git is not on PATH"):
        planned(project, "HEAD")


def test_nothing_is_left_in_the_temporary_folder(project, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    planned(project, "HEAD")
    assert list(Path(folder).iterdir()) == []
