"""The ready workflows and the container recipe: each passes its own linter, and says what the program does."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from policing_summary import environment, system
from policing_summary.commands import COMMANDS
from policing_summary.publishing import git

ROOT = Path(environment.ROOT)
FOLDER = ROOT / "docs" / "workflows"
BIN = Path(sys.executable).parent
GITHUB, GITLAB = (FOLDER / f"{name}.yml" for name in ("github", "gitlab"))
CONTAINER = FOLDER / "Containerfile"
SCHEMA = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
AS_GITLAB = [*SCHEMA, "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]


def passes(*command):
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


LINTERS = {
    "GitHub's schema": (*SCHEMA, "vendor.github-workflows", GITHUB),
    "zizmor": (BIN / "zizmor", "--offline", "--no-progress", "--persona=pedantic", GITHUB),
    "GitLab's schema": (*AS_GITLAB, GITLAB),
    "hadolint": (BIN / "hadolint", "--failure-threshold=style", CONTAINER),
}


@pytest.mark.parametrize("command", LINTERS.values(), ids=LINTERS)
def test_a_linter_has_nothing_to_say(command):
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]} for this computer")
    well, said = passes(*command)
    assert well, said


BROKEN = {
    "GitHub's schema": (GITHUB, "runs-on: ubuntu-24.04", "runs-upon: ubuntu-24.04"),
    "zizmor": (GITHUB, "permissions: {}", "permissions: write-all"),
    "GitLab's schema": (GITLAB, "resource_group: website", "resource_group: [website]"),
    "hadolint": (CONTAINER, "USER 1000", "USER root"),
}


@pytest.mark.parametrize(("linter", "broken"), BROKEN.items(), ids=BROKEN)
def test_a_linter_would_say_what_is_wrong(linter, broken, tmp_path):
    *command, path = LINTERS[linter]
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]} for this computer")
    original, old, new = broken
    text = original.read_text("utf-8")
    assert old in text
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    copy = tmp_path / ".github" / "workflows" / path.name
    copy.write_text(text.replace(old, new), "utf-8")
    assert not passes(*command, copy)[0]


def test_the_job_on_a_branch_for_gitlab_is_one_that_gitlab_reads(tmp_path):
    job = tmp_path / ".gitlab-ci.yml"
    job.write_text(git.GITLAB_JOB.format(branch="pages"), "utf-8")
    well, said = passes(*AS_GITLAB, job)
    assert well, said


TYPED = {
    f"{path.name}: {line}": line
    for path in sorted(FOLDER.iterdir())
    for line in re.findall(r"python3 build\.py ([^\n>&\\]*)", path.read_text("utf-8"))
}


@pytest.mark.parametrize("line", TYPED.values(), ids=TYPED)
def test_each_command_is_one_that_there_is(line):
    name, *rest = line.split()
    (command,) = (command for command in COMMANDS if command.name == name)
    module = importlib.import_module(f"policing_summary.commands.{command.module}")
    assert module.parser().parse_args(rest)


def test_the_libraries_that_are_installed_are_those_that_are_needed():
    wanted = {part["ubuntu"] for part in system.read_table()["library"].values()}
    installed = re.findall(r"--no-install-recommends\s+(lib[^\n]*)", GITHUB.read_text("utf-8"))
    assert [set(line.split()) for line in installed] == [wanted, wanted]


def test_no_job_may_do_more_than_it_has_to():
    workflow = yaml.safe_load(GITHUB.read_text("utf-8"))
    jobs = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    assert workflow["permissions"] == {}
    assert jobs == {"check": {"contents": "read"}, "publish": {"contents": "write"}}
    uses = re.findall(r"uses: (.*)", GITHUB.read_text("utf-8"))
    assert uses
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+", each) for each in uses)


def test_the_container_takes_in_all_that_the_program_needs():
    copied = set(" ".join(re.findall(r"(?m)^COPY (.*) \S+$", CONTAINER.read_text("utf-8"))).split())
    assert copied == {
        *("build.py", "pyproject.toml", "policing_summary", "templates"),
        *("requirements.lock", "requirements-s3.lock", "requirements-test.lock"),
    }
    ignored = (ROOT / ".containerignore").read_text("utf-8")
    assert all(f"!{name}" in ignored or name.startswith("requirements") for name in copied)
