"""A branch that a host of repositories shows as a website: each publication is a commit on it.

Git itself does the work, in a repository of its own under .cache, so that no working copy is touched. Nothing is
ever forced: whoever publishes second is refused, and the history stays.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from policing_summary.model.publishing import GitTarget
from policing_summary.publishing import programs, releases
from policing_summary.publishing.faults import (
    ProgramError,
    PublishError,
    RefusedError,
    without_secrets,
)
from policing_summary.publishing.plan import Plan
from policing_summary.publishing.publication import Publication, from_json

RECORD = ".publication.json"
FETCHED = "refs/publish/former"
DEPTH = 30  # commits: as far as one can go back
NO_BRANCH = 2  # the exit code of ls-remote
NAME, EMAIL = "Local Policing Summary", "noreply@localhost"
LOCKED = re.compile(r"Unable to create '([^'\n]+\.lock)': File exists")
PUSHES, PAUSE = 5, 1.0  # how often a locked branch is asked for, and the seconds between
GITLAB_JOB = """\
# GitLab shows what a job called `pages` keeps in the folder `public`.
pages:
  rules:
    - if: $CI_COMMIT_BRANCH == "{branch}"
  script:
    - mkdir .public
    - cp -r -- * .public/
    - mv .public public
  artifacts:
    paths:
      - public
"""


class Git:
    """The branch of a target. `root` is the project, `cache` a folder for the repository that is kept."""

    def __init__(self, target: GitTarget, root: Path, cache: Path, title: str) -> None:
        self.target, self.root, self.title = target, root, title
        self.repository = cache / "repository.git"
        self.ref = f"refs/heads/{target.branch}"
        self.tip: str | None = None
        self._prepare()

    def former(self) -> Publication | None:
        self.tip = self._fetch()
        if not self.tip:
            return None
        found = self._record(self.tip)
        names = set(self._tree(self.tip))
        foreign = names - set(found.everything if found else {}) - {RECORD, *OURS}
        if foreign or (names and not found):
            listed = ", ".join(sorted(foreign)[:3]) or "files without a record"
            raise RefusedError(
                f"The branch {self.target.branch} holds files that this program did not put there: {listed}. "
                "Name another branch in `branch:`, one that is not there yet. Nothing of it was changed."
            )
        return found

    def next_number(self) -> int:
        return releases.next_number(dict(self._records()))

    def read(self, path: str) -> bytes | None:
        return self._blob(f"{self.tip}:{path}") if self.tip else None

    def is_whole(self, site: Path, shown: Publication) -> bool:
        tree = self._tree(str(self.tip))
        wanted = {**self._blobs(site, shown), **{path: tree.get(path, "") for path in shown.kept}}
        others = set(tree) - set(wanted)
        return others <= {RECORD, *OURS} and all(tree.get(p) == each for p, each in wanted.items())

    def put(self, site: Path, new: Publication, plan: Plan) -> None:
        former = self._tree(self.tip) if self.tip else {}
        new = replace(new, kept={path: each for path, each in new.kept.items() if path in former})
        tree = self._blobs(site, new)
        tree |= {path: former[path] for path in new.kept}
        tree |= {name: self._keep(words.encode()) for name, words in extras(self.target).items()}
        tree[RECORD] = self._keep(new.to_json())
        counted = f"{len(plan.add)} new, {len(plan.change)} changed, {len(plan.remove)} removed"
        source = f"\nMade from {new.source}.\n" if new.source else ""
        self._push(self._commit(self._written(tree), f"Publish {self.title}: {counted}\n{source}"))

    def back(self) -> Publication:
        records = dict(self._records())
        wanted = releases.before(self.former(), records)
        commit = next(sha for sha, found in self._publications() if found.number == wanted.number)
        tree = self._git("rev-parse", f"{commit}^{{tree}}").strip()
        self._push(self._commit(tree, f"Go back to publication {wanted.number}\n"))
        return wanted

    def history(self) -> tuple[Publication, ...]:
        return releases.chain(self.former(), dict(self._records()))

    # Git

    def _blobs(self, site: Path, publication: Publication) -> dict[str, str]:
        """The blob of every file of the site by its path, kept in the repository."""
        paths = sorted(publication.files)
        names = "".join(f"{(site / path).resolve()}\n" for path in paths).encode()
        ids = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", data=names).split()
        return dict(zip(paths, ids, strict=True))

    def _git(self, *words: str, data: bytes = b"", index: Path | None = None) -> str:
        return self._run(*words, data=data, index=index)[1].decode()

    def _run(
        self,
        *words: str,
        data: bytes = b"",
        index: Path | None = None,
        good: tuple[int, ...] = (0,),
    ) -> tuple[int, bytes]:
        variables = {**SAFELY, "GIT_DIR": str(self.repository)}
        if index:
            variables["GIT_INDEX_FILE"] = str(index)
        return programs.run(
            ["git", "-c", "core.hooksPath=/dev/null", *words],
            at=self.root,
            data=data,
            variables=variables,
            good=good,
        )

    def _prepare(self) -> None:
        """An empty repository that knows the remotes and credentials of the project's own, if there is one."""
        if not (self.repository / "HEAD").is_file():
            self.repository.parent.mkdir(parents=True, exist_ok=True)
            asked = ["git", "init", "--quiet", "--bare", str(self.repository)]
            programs.run(asked, at=self.root)
        for lock in self.repository.rglob("*.lock"):  # of a run that was killed: this one is alone
            lock.unlink()
        asked = ["git", "rev-parse", "--git-common-dir"]
        code, found = programs.run(asked, at=self.root, good=(0, 128))
        if code == 0:
            config = (self.root / found.decode().strip() / "config").resolve()
            self._git("config", "include.path", str(config))
            self._git("config", "core.bare", "true")

    def _fetch(self) -> str | None:
        """The commit that the branch leads to, fetched; None if there is no such branch."""
        where = self.target.repository
        code, found = self._run(
            "ls-remote", "--exit-code", "--heads", where, self.ref, good=(0, NO_BRANCH)
        )
        if code == NO_BRANCH:
            return None
        tip = found.decode().split()[0]
        what = f"+{self.ref}:{FETCHED}"
        self._git("fetch", "--quiet", "--no-tags", f"--depth={DEPTH}", where, what)
        return self._git("rev-parse", FETCHED).strip() or tip

    def _push(self, commit: str) -> None:
        """Nothing is forced, so a branch that has moved on refuses it."""
        where = self.target.repository
        try:
            self._push_when_free(where, commit)
        except ProgramError as error:
            if self._fetch() != self.tip:
                raise PublishError(
                    "Somebody else has published meanwhile, so nothing was pushed. Look at what they "
                    "published, then run this again."
                ) from error
            if lock := LOCKED.search(error.printed):
                raise PublishError(
                    f"The branch {self.target.branch} stays locked in {without_secrets(where)}: a push is under "
                    "way there, or one was cut off. Wait a minute and run this again. If that does not help, no "
                    f"push is left, and the file that locks the branch may be removed there: {lock[1]}"
                ) from error
            raise
        if self._git("ls-remote", "--heads", where, self.ref).split()[:1] != [commit]:
            raise PublishError(f"The branch {self.target.branch} is not what was pushed to it.")
        self.tip = commit

    def _push_when_free(self, where: str, commit: str) -> None:
        """Somebody else's push locks the branch for a moment."""
        for left in reversed(range(PUSHES)):
            try:
                self._git("push", "--quiet", where, f"{commit}:{self.ref}")
            except ProgramError as error:
                if not left or not LOCKED.search(error.printed):
                    raise
                time.sleep(PAUSE)
            else:
                return

    def _commit(self, tree: str, message: str) -> str:
        known, _ = self._run("var", "GIT_COMMITTER_IDENT", good=(0, 128))
        name = ("-c", f"user.name={NAME}", "-c", f"user.email={EMAIL}") if known else ()
        parents = ("-p", self.tip) if self.tip else ()
        made = self._git(*name, "commit-tree", tree, *parents, data=message.encode())
        return made.strip()

    def _written(self, tree: Mapping[str, str]) -> str:
        index = self.repository / "publish.index"
        index.unlink(missing_ok=True)
        lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in sorted(tree.items()))
        self._git("update-index", "-z", "--index-info", data=lines.encode(), index=index)
        return self._git("write-tree", index=index).strip()

    def _keep(self, data: bytes) -> str:
        return self._git("hash-object", "-w", "--no-filters", "--stdin", data=data).strip()

    def _tree(self, commit: str) -> dict[str, str]:
        """The blob of every file by its path."""
        lines = self._git("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")
        return {
            path: head.split()[2]
            for head, _, path in (line.partition("\t") for line in lines)
            if path
        }

    def _blob(self, name: str) -> bytes | None:
        code, data = self._run("cat-file", "blob", name, good=(0, 128))
        return None if code else data

    def _record(self, commit: str) -> Publication | None:
        data = self._blob(f"{commit}:{RECORD}")
        try:
            return from_json(data) if data else None
        except ValueError:
            return None

    def _publications(self) -> list[tuple[str, Publication]]:
        """Commits of the branch that are publications, the newest first."""
        if not self.tip:
            return []
        commits = self._git("rev-list", "--first-parent", f"--max-count={DEPTH}", self.tip).split()
        found = ((commit, self._record(commit)) for commit in commits)
        return [(commit, record) for commit, record in found if record]

    def _records(self) -> dict[int, Publication]:
        return {record.number: record for _, record in self._publications()}


SAFELY = {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
OURS = (".nojekyll", "CNAME", ".domains", ".gitlab-ci.yml")


def extras(target: GitTarget) -> dict[str, str]:
    """What a service wants to find on the branch, by its path."""
    domain = re.sub(r"^https?://|/.*$", "", target.domain or "")
    match target.service:
        case "github":
            return {".nojekyll": "", **({"CNAME": f"{domain}\n"} if domain else {})}
        case "codeberg":
            return {".domains": f"{domain}\n"} if domain else {}
        case "gitlab":
            return {".gitlab-ci.yml": GITLAB_JOB.format(branch=target.branch)}
