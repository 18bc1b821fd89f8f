"""A name → a borough's first file, and its line in site.yaml."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policing_summary.content import EDITION, SITE, Edition, Site
from policing_summary.errors import ContentError, Place, Problem, TypedError
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.writing import appended
from policing_summary.model.results import Confidence, Performance
from policing_summary.starting import scaffold
from policing_summary.starting.texts import behind, joined, reminder, slug
from policing_summary.validation import did_you_mean

USUAL = ("commander", "initiatives", "performance", "priorities", "contacts")


@dataclass(frozen=True)
class Beginning:
    """What is to be written, and where the editor goes on."""

    edits: tuple[Edit, ...]
    path: str


def begin(root: Path, site: Site, name: str, wanted: str | None, code: str | None) -> Beginning:
    """The files of a new borough in an edition, the newest one unless another is wanted.

    Raises:
        ContentError: it is there already, or the name has no letters.
        TypedError: there is no such edition.
    """
    edition = _edition(site, wanted)
    known = {entry.name.casefold(): key for key, entry in site.settings.boroughs.items()}
    key = known.get(name.strip().casefold(), slug(name))
    if not key:
        raise _refused("site.yaml", f"`{name}` has no letters to make an address of", "name it")
    path = root / "content" / edition.slug / f"{key}.yaml"
    told = f"content/{edition.slug}/{key}.yaml"
    if path.exists():
        raise _refused(told, "this file is there already", "open it, or name another borough")
    entry = site.settings.boroughs.get(key)
    title = entry.name if entry else " ".join(name.split())
    text = _text(edition, title, site.settings.area)
    edits = [Edit(path, told, None, text.encode(), (Change(title, "", "", told),))]
    if entry is None:
        edits.append(_listed(root, key, title, code))
    return Beginning(tuple(edits), told)


def _edition(site: Site, wanted: str | None) -> Edition:
    found = {edition.slug: edition for edition in (*site.editions, *site.drafts)}
    if wanted is None:
        return found[max(found)]
    if wanted not in found:
        way_out = did_you_mean(wanted, found, f"`python3 build.py new edition {wanted}` begins it")
        raise TypedError(f"There is no edition `{wanted}`: {way_out}")
    return found[wanted]


def _refused(file: str, what: str, way_out: str) -> ContentError:
    name = file if file.startswith("content/") else f"content/{file}"
    return ContentError([Problem(Place(name, 1, 1), what, way_out)])


def _listed(root: Path, key: str, title: str, code: str | None) -> Edit:
    """site.yaml with one more line under `boroughs:`, and nothing else changed."""
    path = root / "content" / SITE
    old = path.read_bytes()
    given = f", code: {scaffold.said(code)}" if code else ""
    line = f"  {key}: {{name: {scaffold.said(title)}{given}}}"
    text = old.decode("utf-8")
    new = appended(text, f"content/{SITE}", "boroughs", [line])
    return Edit(path, f"content/{SITE}", old, new.encode(), (Change("boroughs", key, "", title),))


def _text(edition: Edition, title: str, area: str) -> str:
    head = edition.head
    names = {
        "place": scaffold.said(title),
        "period": scaffold.said(head.period),
        "quarter": "2025-03",
        "area": scaffold.said(area),
        "rows": scaffold.rows(_measures(edition, Performance)),
        "answers": scaffold.answers(_measures(edition, Confidence)),
    }
    summary = f"What the police did in {title}, {head.period}, and what comes next."
    parts = [
        [
            f"# {title}, {head.label}. What is not here comes from {EDITION}.",
            "#",
            "# A line that begins with `#` is a remark: it is never printed. Parts that wait behind one are used",
            "# when the `# ` is taken away. `python3 build.py check` repeats what is still to do.",
        ],
        [
            "# A draft is checked and shown in the preview, and never published. Delete this line at the end.",
            "draft: yes",
        ],
        [
            *reminder("say in one sentence how the year went, for lists and search engines."),
            *scaffold.folded("summary", summary),
        ],
    ]
    for section in _sections(edition):
        task, lines = scaffold.lines(section, names)
        parts.append([*reminder(f"{section}: {task}"), *behind(lines)])
    return joined(parts)


def _sections(edition: Edition) -> Iterator[str]:
    """What most boroughs of the edition write themselves; the usual ones where there is no other."""
    written = Counter(
        part.name
        for borough in edition.boroughs
        for part in borough.parts
        if part.document is borough.document
    )
    most = [name for name, count in written.items() if 2 * count >= len(edition.boroughs)]
    yield from most or USUAL


def _measures(edition: Edition, kind: type[Performance | Confidence]) -> list[str]:
    """The measures that the edition's boroughs report, or as many as the catalogue has."""
    wanted = "percent" if kind is Confidence else "offences"
    parts = [part for borough in edition.boroughs if (part := borough.part(kind.name))]
    found = dict.fromkeys(
        row.measure
        for part in parts
        if isinstance(part.section, Performance | Confidence)
        for row in part.section.measures
    )
    known = edition.head.measures
    listed = [each for each in found or known if each in known and not known[each].sum_of]
    return [each for each in listed if known[each].unit == wanted] or ["residential-burglary"]
