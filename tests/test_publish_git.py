"""Publishing to a branch, with git itself and a real bare repository: nothing is forced, all history stays."""

import subprocess
from pathlib import Path

import pytest
from publishing import website, without_own

from policing_summary import manifest
from policing_summary.model.publishing import GitTarget
from policing_summary.publishing import plan
from policing_summary.publishing.faults import PublishError, RefusedError
from policing_summary.publishing.git import Git, extras

OLD, NEW = website("old"), website("new", style="22")


def git(*words, at, **more):
    done = subprocess.run(
        ["git", *words], cwd=at, capture_output=True, encoding="utf-8", check=False, **more
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch, tmp_path):
    """Git as it is without an owner: no name, no hooks, nothing of the developer's own."""
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\n\tuseConfigOnly = true\n[core]\n\tautocrlf = true\n[init]\n\tdefaultBranch = main\n"
    )
    for name, value in {"GLOBAL": str(config), "SYSTEM": "/dev/null"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)


@pytest.fixture
def bare(tmp_path):
    """The service's repository, which also has the content on another branch."""
    folder = tmp_path / "bare.git"
    git("init", "-q", "--bare", str(folder), at=tmp_path)
    return folder


@pytest.fixture
def project(tmp_path, bare, site):
    """The editor's repository, whose `origin` is the service's."""
    root = tmp_path / "project"
    git("init", "-q", at=root)
    git("remote", "add", "origin", str(bare), at=root)
    (root / "README").write_text("content\n")
    git("add", "README", at=root)
    name = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    git(*name, "commit", "-qm", "content", at=root)
    git("push", "-q", "origin", "main", at=root)
    return root


@pytest.fixture
def host(project, tmp_path):
    return opened(project, tmp_path)


def opened(project, tmp_path, cache="cache", **target):
    return Git(GitTarget(**target), project, tmp_path / cache, "Summaries")


def on_branch(bare, branch="gh-pages"):
    """Every file of the branch as a visitor's clone would have it."""
    names = git("ls-tree", "-r", "-z", "--name-only", branch, at=bare).split("\0")[:-1]
    return {
        name: subprocess.run(
            ["git", "cat-file", "blob", f"{branch}:{name}"],
            cwd=bare,
            capture_output=True,
            check=True,
        ).stdout
        for name in names
    }


def test_each_publication_is_a_commit_and_the_project_is_left_as_it_is(host, site, bare, project):
    site.publish(host, OLD)
    site.publish(host, NEW)
    kept = {"assets/site.11.css": OLD["assets/site.11.css"]}
    assert without_own(on_branch(bare)) == NEW | kept | {".nojekyll": b""}
    assert git("log", "--format=%s", "gh-pages", at=bare).splitlines() == [
        "Publish Summaries: 1 new, 5 changed, 0 removed",
        "Publish Summaries: 8 new, 0 changed, 0 removed",
    ]
    assert git("status", "--porcelain", at=project) == "?? output/\n"
    assert git("branch", "--format=%(refname)", at=project) == "refs/heads/main\n"


def test_the_bytes_are_those_that_were_built_whatever_git_is_told_to_convert(host, site, bare):
    files = website("line\r\none\nline two\n", **{".gitattributes": "* text eol=crlf\n"})
    site.publish(host, files)
    assert without_own(on_branch(bare)) == files | {".nojekyll": b""}


def test_one_goes_back_with_a_new_commit(host, site, bare):
    for word in ("first", "second", "third"):
        site.publish(host, website(word))
    assert [host.back().number, host.back().number] == [2, 1]
    assert on_branch(bare)["feed.xml"] == b"<feed>first</feed>"
    assert len(git("rev-list", "gh-pages", at=bare).split()) == 5
    with pytest.raises(RefusedError, match="nothing before publication 1"):
        host.back()
    new, _ = site.publish(host, website("fourth"))
    assert (new.number, new.before) == (4, 1)
    assert [each.number for each in host.history()] == [4, 1]


def test_somebody_else_may_publish_in_between(host, site, bare, project, tmp_path):
    other = opened(project, tmp_path, "other cache")
    site.publish(host, OLD)
    site.publish(other, NEW)
    new, _ = site.publish(host, website("third"))
    assert new.number == 3


def test_nothing_is_forced_when_somebody_else_publishes_at_the_same_time(
    host, site, bare, project, tmp_path
):
    site.publish(host, OLD)
    other = opened(project, tmp_path, "other cache")
    former = host.former()
    site.publish(other, NEW)
    third = site.build(website("third"))
    mine = plan.following(former, manifest.sums(third), host.next_number(), "")
    with pytest.raises(PublishError, match="Somebody else has published meanwhile"):
        host.put(site.folder, mine, plan.compare(former, mine))
    assert on_branch(bare)["index.html"] == NEW["index.html"]
    site.publish(host, third)
    assert on_branch(bare)["index.html"] == third["index.html"]


def test_a_push_that_the_service_rejects_leaves_the_old_website(host, site, bare):
    site.publish(host, OLD)
    hook = bare / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\necho 'no room for https://editor:hunter2@git.example.org/' >&2\nexit 1\n"
    )
    hook.chmod(0o755)
    with pytest.raises(PublishError) as told:
        site.publish(host, NEW)
    assert "no room for" in str(told.value)
    assert "hunter2" not in str(told.value)
    assert on_branch(bare)["index.html"] == OLD["index.html"]
    hook.unlink()
    site.publish(host, NEW)
    assert on_branch(bare)["index.html"] == NEW["index.html"]


@pytest.fixture
def lock(bare):
    """What a push that runs in the service's repository holds, and one that was cut off leaves there."""
    return bare / "refs" / "heads" / "gh-pages.lock"


def test_a_push_waits_for_another_that_is_under_way(host, site, bare, lock, monkeypatch):
    site.publish(host, OLD)
    lock.touch()
    pauses = iter([lambda: None, lock.unlink])
    monkeypatch.setattr("time.sleep", lambda _: next(pauses)())
    site.publish(host, NEW)
    assert on_branch(bare)["index.html"] == NEW["index.html"]


def test_a_lock_that_stays_is_named_with_what_to_do(host, site, bare, lock, monkeypatch):
    site.publish(host, OLD)
    lock.touch()
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(PublishError, match=r"stays locked .* may be removed there: ") as told:
        site.publish(host, NEW)
    Path(str(told.value).rpartition(": ")[2]).unlink()
    site.publish(host, NEW)
    assert on_branch(bare)["index.html"] == NEW["index.html"]


def test_a_branch_with_other_files_is_refused(project, site, bare, tmp_path):
    before = git("rev-parse", "main", at=bare)
    with pytest.raises(RefusedError, match="did not put there: README"):
        site.publish(opened(project, tmp_path, branch="main"), OLD)
    assert git("rev-parse", "main", at=bare) == before


def test_a_file_that_somebody_added_to_our_branch_is_refused(host, site, bare, project, tmp_path):
    site.publish(host, OLD)
    clone = tmp_path / "clone"
    git("clone", "-q", "-b", "gh-pages", str(bare), str(clone), at=tmp_path)
    (clone / "mine.txt").write_text("mine")
    git("add", "mine.txt", at=clone)
    git("-c", "user.name=E", "-c", "user.email=e@example.org", "commit", "-qm", "mine", at=clone)
    git("push", "-q", at=clone)
    with pytest.raises(RefusedError, match=r"mine\.txt"):
        site.publish(host, NEW)


def test_a_change_by_hand_is_noticed_and_mended(host, site, bare, tmp_path):
    shown, _ = site.publish(host, OLD)
    assert host.is_whole(site.folder, shown)
    clone = tmp_path / "clone"
    git("clone", "-q", "-b", "gh-pages", str(bare), str(clone), at=tmp_path)
    (clone / "index.html").write_text("changed")
    git("-c", "user.name=E", "-c", "user.email=e@example.org", "commit", "-qam", "mine", at=clone)
    git("push", "-q", at=clone)
    former = host.former()
    assert not host.is_whole(site.folder, former)
    site.publish(host, OLD)
    assert on_branch(bare)["index.html"] == OLD["index.html"]


def test_a_project_that_is_no_repository_publishes_by_address(site, bare, tmp_path):
    host = Git(GitTarget(repository=str(bare)), tmp_path / "project", tmp_path / "cache", "S")
    site.publish(host, OLD)
    assert without_own(on_branch(bare)) == OLD | {".nojekyll": b""}


def test_what_a_killed_git_leaves_is_cleared_away(host, site, bare, project, tmp_path):
    site.publish(host, OLD)
    for name in ("publish.index.lock", "config.lock", "shallow.lock"):
        (host.repository / name).touch()
    site.publish(opened(project, tmp_path), NEW)
    assert on_branch(bare)["index.html"] == NEW["index.html"]


def test_a_hook_of_the_project_is_not_run(host, site, bare, project):
    hook = project / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    git("config", "core.hooksPath", str(hook.parent), at=project)
    site.publish(host, OLD)


def test_a_repository_that_runs_a_command_is_refused(project, site, tmp_path):
    mark = tmp_path / "mark"
    with pytest.raises(PublishError, match="not allowed"):
        site.publish(opened(project, tmp_path, repository=f"ext::touch {mark}"), OLD)
    assert not mark.exists()


EXTRAS = {
    "github": {".nojekyll": "", "CNAME": "www.example.org\n"},
    "codeberg": {".domains": "www.example.org\n"},
}


@pytest.mark.parametrize(("service", "files"), EXTRAS.items(), ids=EXTRAS)
def test_a_service_finds_its_own_files(service, files):
    target = GitTarget(service=service, domain="https://www.example.org/")
    assert extras(target) == files


def test_gitlab_finds_a_job_that_makes_a_website_of_the_branch(site, project, bare, tmp_path):
    site.publish(opened(project, tmp_path, service="gitlab", branch="website"), OLD)
    clone = tmp_path / "clone"
    git("clone", "-q", "-b", "website", str(bare), str(clone), at=tmp_path)
    job = (clone / ".gitlab-ci.yml").read_text()
    assert '$CI_COMMIT_BRANCH == "website"' in job
    steps = [
        line.strip().removeprefix("- ") for line in job.splitlines() if line.startswith("    - ")
    ]
    script = "; ".join(step for step in steps if step.partition(" ")[0] in ("mkdir", "cp", "mv"))
    subprocess.run(["sh", "-ec", script], cwd=clone, check=True)
    assert Path(clone, "public", "index.html").read_bytes() == OLD["index.html"]
