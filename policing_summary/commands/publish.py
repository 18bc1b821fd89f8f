"""A finished website → one of the places named under `publish:` in content/site.yaml."""

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from policing_summary import arguments, building, content, environment, fingerprint, locking
from policing_summary.errors import TypedError
from policing_summary.keyboard import DONE, FAULT, PROBLEMS, Keyboard, number
from policing_summary.model.publishing import Target
from policing_summary.publishing import fetching, guard, opening, plan, programs, telling
from policing_summary.publishing.faults import PublishError, without_secrets
from policing_summary.publishing.host import Host
from policing_summary.publishing.publication import Publication

TRIES, PAUSE = 13, 10.0  # two minutes in all: how often to look, and seconds in between


def parser() -> arguments.Parser:
    made = arguments.parser(
        "publish",
        "Build the website and publish it at a target that `publish:` in content/site.yaml names.",
        examples=["publish", "publish live --dry-run", "publish live", "publish live --back"],
        more="docs/publishing.md says what a target can be, and where keys and passwords belong.",
    )
    made.add_argument(
        "target", nargs="?", metavar="TARGET", help="its name; without it, all are listed"
    )
    what = made.add_mutually_exclusive_group()
    what.add_argument(
        "--dry-run", action="store_true", help="say what would change, and publish nothing"
    )
    what.add_argument("--back", action="store_true", help="show the former publication again")
    what.add_argument("--history", action="store_true", help="list what can be gone back to")
    made.add_argument("--strict", action="store_true", help="a warning is as bad as an error")
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    site = content.load(at.root / "content")
    targets = site.settings.publish
    if typed.target is None:
        at.say(telling.targets(targets))
        return DONE
    if typed.target not in targets:
        raise TypedError(telling.unknown(typed.target, targets))
    target = targets[typed.target]
    cache = at.root / ".cache" / "publish" / typed.target
    try:
        if target.s3:
            environment.need("s3")
        with locking.held(cache.with_suffix(".lock"), f"publish {typed.target}"):
            host = opening.host(target, at.root, cache, site.settings.title)
            if typed.history:
                return tell_history(host, at)
            if typed.back:
                return go_back(host, target, at)
            if code := build(typed, at):
                return code
            drafts = [f"{each.slug}/{b.slug}" for each in site.drafts for b in each.boroughs]
            return publish(typed, host, target, drafts, at)
    except (PublishError, environment.SetupError) as error:
        at.warn(f"error: {without_secrets(str(error))}")
        at.warn("Nothing is lost: run this again, and it goes on from where it is.")
        return FAULT


def build(typed: argparse.Namespace, at: Keyboard) -> int:
    """Make sure that output/site is what the content says now."""
    root = str(at.root)
    last = fingerprint.unchanged_since_last_build(root, "build")
    warnings = last.warnings if last else built(at)
    for each in warnings:
        at.warn(each)
    if warnings and typed.strict:
        count = number(len(warnings), "warning")
        at.warn(f"Nothing was published: {count}, and --strict allows none.")
        return PROBLEMS
    return DONE


def built(at: Keyboard) -> Sequence[str]:
    """The warnings of a build."""
    root = str(at.root)
    inputs = fingerprint.take(root)
    with at.progress() as say:
        summary = building.build(at.root, say)
    holds = f"{number(summary.pages, 'page')} and {number(summary.leaflets, 'leaflet')}"
    fingerprint.record(root, "build", inputs, holds, warnings=summary.shown)
    return summary.shown


def publish(
    typed: argparse.Namespace, host: Host, target: Target, drafts: Iterable[str], at: Keyboard
) -> int:
    folder = at.root / "output" / "site"
    files = guard.files_of(folder, drafts)
    former = host.former()
    new = plan.following(former, files, host.next_number(), commit(at.root))
    work = plan.compare(former, new)
    if typed.dry_run:
        for line in telling.dry_run(work, host.read, folder):
            at.say(line)
        return DONE
    if former and former.files == new.files and host.is_whole(folder, former):
        at.say(f"Nothing has changed since publication {former.number} at {typed.target}.")
        return DONE
    with at.progress() as say:
        say(f"Publishing {number(len(work.upload), 'file')}", 0, 0)
        host.put(folder, new, work)
    at.say(telling.published(typed.target, new, work))
    return look(target, new, work.upload, at)


def go_back(host: Host, target: Target, at: Keyboard) -> int:
    shown = host.back()
    at.say(f"Went back to publication {shown.number}: {number(len(shown.files), 'file')}.")
    return look(target, shown, (), at)


def tell_history(host: Host, at: Keyboard) -> int:
    for line in telling.history(host.history()):
        at.say(line)
    return DONE


def look(target: Target, shown: Publication, changed: Sequence[str], at: Keyboard) -> int:
    """Whether readers get it at the target's address. A host of repositories takes its time."""
    if target.address is None:
        return DONE
    address = target.address.href
    tries = TRIES if target.git else 1
    for left in reversed(range(tries)):
        differing = fetching.differing(address, shown, changed)
        if not differing:
            at.say(f"Readers get it at {address}.")
            return DONE
        if left:
            time.sleep(PAUSE)
    told = f"Readers do not get it yet at {address}: {guard.named(differing)}."
    if target.git:
        at.warn(f"warning: {told} The service may take some minutes more.")
        return DONE
    at.warn(f"error: {told} Does `address:` lead to this target? Has a cache to be emptied?")
    return FAULT


def commit(root: Path) -> str:
    """The commit of the content; nothing if it is not known, or something was changed since."""
    try:
        asked = ["git", "status", "--porcelain", "--", "content", "templates"]
        code, changed = programs.run(asked, at=root, good=(0, 128))
        if code or changed:
            return ""
        return programs.run(["git", "rev-parse", "HEAD"], at=root)[1].decode().strip()
    except PublishError:
        return ""
