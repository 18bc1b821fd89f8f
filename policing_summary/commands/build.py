"""Everything under content/ → output/site, unless nothing has changed since the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policing_summary import arguments, fingerprint, hiring
from policing_summary.keyboard import DONE, Keyboard, number

if TYPE_CHECKING:
    import argparse

    from policing_summary.building import Summary


def parser() -> arguments.Parser:
    described = arguments.parser(
        "build",
        "Build every page and leaflet into output/site. Only what has changed is laid out anew.",
        examples=["", "build", "build --jobs 1"],
        more="Afterwards open output/site/index.html in a browser.",
    )
    arguments.add_hands(described)
    return described


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    root = str(at.root)
    last = fingerprint.last(root)
    inputs = fingerprint.take(root, last.inputs if last else None)
    hands = hiring.called(hiring.hands(typed, at), at.root)
    from policing_summary import building  # half of the start: others are called before

    with at.progress() as say:
        summary = building.build(at.root, say, hands, last)
    holds = f"{number(summary.pages, 'page')} and {number(summary.leaflets, 'leaflet')}"
    for each in summary.shown:
        at.warn(each)
    at.say(told(summary, holds))
    left = None
    if last and summary.folders is not None:
        left = fingerprint.outputs_after(root, last.outputs, summary.folders)
    changed = fingerprint.record(root, "build", inputs, holds, left, summary.shown)
    if changed:
        more = f" and {number(len(changed) - 1, 'other file')}" if len(changed) > 1 else ""
        verb = "were" if more else "was"
        at.warn(
            f"note: {changed[0]}{more} {verb} changed while this was built, and may be in it as "
            "before. Run the command again for the latest words."
        )
    return DONE


def told(summary: Summary, holds: str) -> str:
    """The last line of a build."""
    warnings = len(summary.warnings) + len(summary.problems)
    return (
        f"Built {holds} in {summary.seconds:.1f} s into output/site: "
        f"{number(summary.typeset, 'leaflet')} laid out anew, {number(summary.written, 'file')} "
        f"written, {summary.removed} removed, {number(warnings, 'warning') if warnings else 'no warnings'}."
    )
