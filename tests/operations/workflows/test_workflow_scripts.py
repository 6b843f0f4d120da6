"""The scripts of the workflows do what they say, run by bash as GitHub runs them."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.support.workflows import WORKFLOWS, read

BY_NAME = {path.name: path for path in WORKFLOWS}
TITLE = "Deployed stacks differ from their declaration"
# Writes down how it was called, and answers look-ups from files.
GH = """#!/bin/bash
echo "$@" >> calls.txt
case "$*" in
  "issue list"*) cat issues.txt 2>/dev/null ;;
  *--paginate*) cat comments.txt 2>/dev/null ;;
esac
exit 0
"""


def script(workflow, job, text):
    steps = read(BY_NAME[workflow])["jobs"][job]["steps"]
    return next(step["run"] for step in steps if text in step.get("run", ""))


def run(folder, text, **environment):
    """Run a script as `shell: bash` does, with the summary in a file."""
    values = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        **environment,
    }
    return subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=folder,
        env=values,
        capture_output=True,
        text=True,
        check=False,
    )


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def report(folder, name, file, text):
    place = folder / "reports" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / file).write_text(text)


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_comparison_keeps_its_exit_code_and_its_report(tmp_path, code):
    executable(
        tmp_path / ".venv" / "bin" / "tablewright",
        f'#!/bin/bash\necho "# {code}" > "$5"\nexit {code}\n',
    )
    ended = run(tmp_path, script("drift.yml", "compare", "tablewright drift"), STACK="dev")
    assert ended.returncode == code
    assert (tmp_path / "code.txt").read_text() == f"{code}\n"
    assert (tmp_path / "summary.md").read_text() == f"# {code}\n"


def test_a_comparison_that_wrote_no_report_is_told_of(tmp_path):
    executable(tmp_path / ".venv" / "bin" / "tablewright", "#!/bin/bash\nexit 2\n")
    ended = run(tmp_path, script("drift.yml", "compare", "tablewright drift"), STACK="dev")
    assert ended.returncode == 2
    assert "dev could not be compared" in (tmp_path / "summary.md").read_text()


@pytest.mark.parametrize(
    ("codes", "open_issue", "result", "done"),
    [
        ({"dev": 0, "prod": 0}, "", "success", None),
        ({"dev": 0, "prod": 0}, "7", "success", "issue close 7"),
        ({"dev": 0}, "7", "failure", None),
        ({"dev": 0, "prod": 1}, "", "failure", "issue create --title"),
        ({"dev": 2, "prod": 0}, "7", "failure", "issue edit 7 --body-file body.md"),
        ({}, "7", "success", None),
    ],
)
def test_one_issue_is_opened_rewritten_and_closed(tmp_path, codes, open_issue, result, done):
    executable(tmp_path / "gh", GH)
    (tmp_path / "issues.txt").write_text(open_issue)
    for stack, code in codes.items():
        report(tmp_path, f"drift-{stack}", "code.txt", f"{code}\n")
        report(tmp_path, f"drift-{stack}", "drift.md", f"## Drift: {stack}\n")
    text = script("drift.yml", "issue", "gh issue")
    ended = run(tmp_path, text, TITLE=TITLE, RESULT=result, RUN="https://run")
    assert ended.returncode == 0, ended.stderr
    calls = (tmp_path / "calls.txt").read_text() if (tmp_path / "calls.txt").exists() else ""
    changes = [line for line in calls.splitlines() if not line.startswith("issue list")]
    assert [line.startswith(done) for line in changes] == ([True] if done else [])
    if done and "body" in changes[0]:
        body = (tmp_path / "body.md").read_text()
        for stack, code in codes.items():
            assert (f"## Drift: {stack}" in body) is bool(code)


@pytest.mark.parametrize(
    ("comment", "done"),
    [
        ("", "api --silent repos/o/r/issues/3/comments -F body=@comment.md"),
        ("41", "api --silent --method PATCH repos/o/r/issues/comments/41 -F body=@comment.md"),
    ],
)
def test_one_comment_is_written_or_written_anew(tmp_path, comment, done):
    executable(tmp_path / "gh", GH)
    (tmp_path / "comments.txt").write_text(comment)
    report(tmp_path, "preview-dev", "preview.md", "## dev\n")
    report(tmp_path, "preview-prod", "preview.md", "## prod\n" + "x" * 70_000)
    text = script("pull-request.yml", "comment", "gh api")
    ended = run(tmp_path, text, GH_REPO="o/r", NUMBER="3", RUN="https://run")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "calls.txt").read_text().splitlines()[-1] == done
    body = (tmp_path / "comment.md").read_text()
    assert body.startswith("<!-- tablewright: preview -->\n## dev\n## prod\n")
    assert body.endswith("Cut here; the whole is in the summary of https://run\n")
    assert len(body) < 65_536


def test_without_a_preview_no_comment_is_written(tmp_path):
    executable(tmp_path / "gh", GH)
    text = script("pull-request.yml", "comment", "gh api")
    ended = run(tmp_path, text, GH_REPO="o/r", NUMBER="3", RUN="https://run")
    assert ended.returncode == 0, ended.stderr
    assert not (tmp_path / "calls.txt").exists()


@pytest.mark.parametrize(
    ("role", "environment", "configured", "told"),
    [
        ("arn:aws:iam::123456789012:role/x", "prod", "yes", False),
        ("", "prod", "no", True),
        ("", "", "no", False),
    ],
)
def test_a_missing_role_is_told_with_the_page_that_sets_it_up(
    tmp_path, role, environment, configured, told
):
    from tests.support.workflows import ACTIONS

    (action,) = ACTIONS
    text = next(s["run"] for s in read(action)["runs"]["steps"] if s.get("id") == "role")
    output = tmp_path / "output"
    ended = run(tmp_path, text, ROLE=role, ENVIRONMENT=environment, GITHUB_OUTPUT=str(output))
    assert ended.returncode == 0
    assert output.read_text() == f"configured={configured}\n"
    assert ("environment prod has no variable AWS_ROLE_ARN: docs/ci.md" in ended.stdout) is told
    assert (tmp_path / "summary.md").exists() is told
