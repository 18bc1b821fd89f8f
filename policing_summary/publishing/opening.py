"""A target of site.yaml → the host it names."""

from pathlib import Path

from policing_summary.model.publishing import Target
from policing_summary.publishing.faults import RefusedError
from policing_summary.publishing.folder import Folder
from policing_summary.publishing.git import Git
from policing_summary.publishing.host import Host
from policing_summary.publishing.s3 import S3
from policing_summary.publishing.ssh import Ssh

OF_THE_PROJECT = ("content", "output", "policing_summary", "templates", ".cache", ".git", ".venv")


def host(target: Target, root: Path, cache: Path, title: str) -> Host:
    """`cache` is a folder for what the host keeps or prepares here.

    Raises:
        RefusedError: the target lies where nothing may be published.
        PublishError: it cannot be reached.
    """
    keep = int(target.keep)
    if target.git:
        return Git(target.git, root, cache, title)
    if target.s3:
        return S3(target.s3, keep)
    if target.ssh:
        cache.mkdir(parents=True, exist_ok=True)
        return Ssh(target.ssh, cache, keep)
    return Folder(_outside(root, str(target.folder)), keep)


def _outside(root: Path, folder: str) -> Path:
    """The folder, if it is none of the project's own and holds none of them."""
    path = Path(folder).expanduser()
    path = (root / path.parent).resolve() / path.name
    whole = path.resolve()
    within = any(path.is_relative_to(root / name) for name in OF_THE_PROJECT)
    if within or root.resolve().is_relative_to(whole) or not path.name:
        raise RefusedError(
            f"`folder: {folder}` belongs to this project. Name a folder outside of it."
        )
    return path
