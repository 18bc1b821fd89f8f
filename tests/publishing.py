"""What the tests of publishing share: tiny finished websites, and a project that publishes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from policing_summary import manifest
from policing_summary.publishing import plan
from policing_summary.publishing.host import Host
from policing_summary.publishing.plan import Plan
from policing_summary.publishing.publication import Publication

CSV = "\ufeffid,area,edition,printed_as\nrobbery.now,Havering,2009-10,{}\n"


def website(word: str, *, style: str = "11", **more: str) -> dict[str, bytes]:
    """A website whose pages say `word` and use a stylesheet with `style` in its name."""
    page = f'<!DOCTYPE html><link rel="stylesheet" href="assets/site.{style}.css">{word}'
    files = {
        "index.html": page,
        "2009-10/havering/index.html": f"{page} in Havering",
        f"assets/site.{style}.css": f"/* {style} */",
        "assets/same.00.svg": "<svg/>",
        "data/figures.csv": CSV.format(word),
        "feed.xml": f"<feed>{word}</feed>",
        "_headers": "/*",
        **more,
    }
    made = {path: text.encode() for path, text in files.items()}
    return {**made, manifest.NAME: manifest.write(manifest.sums(made))}


@dataclass(frozen=True)
class Built:
    """A folder that holds a finished website, whichever was built last."""

    folder: Path

    def build(self, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        for path, data in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(data)
        return files

    def publish(self, host: Host, files: Mapping[str, bytes]) -> tuple[Publication, Plan]:
        """As the command does it."""
        self.build(files)
        former = host.former()
        new = plan.following(former, manifest.sums(files), host.next_number(), "")
        work = plan.compare(former, new)
        host.put(self.folder, new, work)
        return new, work


@pytest.fixture
def site(tmp_path: Path) -> Built:
    folder = tmp_path / "project" / "output" / "site"
    folder.mkdir(parents=True)
    return Built(folder)


def without_own(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What readers may ask for: without the records of publications."""
    return {path: data for path, data in files.items() if not path.startswith(".publication")}
