"""What publishing tells the person at the keyboard, line by line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from policing_summary.model.publishing import HOSTS, Target
from policing_summary.publishing import differences, plan
from policing_summary.publishing.plan import Plan
from policing_summary.publishing.publication import Publication
from policing_summary.validation import did_you_mean

MOST_SHOWN = 60  # lines of one kind


def targets(known: Mapping[str, Target]) -> str:
    """Every target with its place, or how to name one."""
    if not known:
        return "No target is named yet. Add `publish:` to content/site.yaml; docs/publishing.md has examples."
    return "\n".join(f"{name:16}{place(target)}" for name, target in known.items())


def place(target: Target) -> str:
    if target.git:
        return f"branch {target.git.branch} of {target.git.repository}"
    if target.s3:
        return f"bucket {target.s3.bucket}/{target.s3.prefix}".removesuffix("/")
    if target.ssh:
        return f"{target.ssh.server}:{target.ssh.folder}"
    return f"folder {target.folder}"


def unknown(name: str, known: Mapping[str, Target]) -> str:
    listed = ", ".join(f"`{each}`" for each in known)
    otherwise = f"There are {listed}." if known else f"Add it, with one of {', '.join(HOSTS)}."
    return f"There is no target `{name}` under `publish:` in content/site.yaml. {did_you_mean(name, known, otherwise)}"


def published(name: str, new: Publication, done: Plan) -> str:
    return (
        f"Published at {name} as publication {new.number}: {len(done.add):,} new, {len(done.change):,} changed, "
        f"{len(done.remove):,} removed, {done.same:,} the same."
    )


def history(publications: Sequence[Publication]) -> Iterator[str]:
    if not publications:
        yield "Nothing has been published there yet."
    for each in publications:
        source = f", made from {each.source[:12]}" if each.source else ""
        now = "  (shown now)" if each is publications[0] else ""
        yield f"publication {each.number}: {len(each.files):,} files{source}{now}"


def dry_run(work: Plan, read: Callable[[str], bytes | None], site: Path) -> Iterator[str]:
    """The pages that would change, how many other files, and each figure that readers would see changed."""
    kinds = (("+", work.add), (" ", work.change), ("-", work.remove))
    pages = [f"{sign} {path}" for sign, paths in kinds for path in paths if plan.is_page(path)]
    others = sum(not plan.is_page(path) for _, paths in kinds for path in paths)
    yield from _listed("Pages", pages)
    table = site / differences.TABLE
    new = table.read_bytes() if table.is_file() else None
    yield from _listed("Figures", differences.figures(read(differences.TABLE), new))
    yield f"Other files: {others:,}. The same: {work.same:,}."
    yield "Nothing was published."


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"{title}: {len(lines):,}" if lines else f"{title}: none changes"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  … and {len(lines) - MOST_SHOWN:,} more"
