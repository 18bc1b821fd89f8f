"""One borough → all its files, in all editions and languages, whoever else there is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policing_summary import (
    assets,
    checks,
    content,
    gists,
    hosting,
    identity,
    lettering,
    newsletter,
    site,
    theme,
    tracing,
)
from policing_summary.assets import Assets
from policing_summary.content import Dossier, Frame, Site
from policing_summary.document import Leaflet
from policing_summary.errors import Problem
from policing_summary.export import Line
from policing_summary.formats import Format
from policing_summary.gists import Among, Gist, Whole
from policing_summary.model.brand import Brand
from policing_summary.sheet import Sheet
from policing_summary.shell import Shell
from policing_summary.tracing import Trace


@dataclass(frozen=True)
class Laid:
    """A borough's leaflets by the folders whose pages offer them, and what is to be told of them.

    `keys` are those of the cache that they come from.
    """

    leaflets: Mapping[str, Sequence[tuple[Format, Leaflet]]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Worked:
    """A borough's sheets beside the others, each with its trace, and what is wrong with them."""

    site: Site
    sheets: tuple[tuple[Sheet, Trace], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Made:
    """A borough's files by path, and what the pages around them have to know of them."""

    files: Mapping[str, bytes]
    paths: tuple[str, ...]
    lines: Mapping[str, tuple[Line, ...]]
    """The figures of each summary by its folder, as they stand in files."""
    leaflets: Mapping[str, str]
    """The first leaflet of each folder that has one."""
    inline_styles: tuple[str, ...]
    """In their order. They are the same in most boroughs, and so there once for all of them."""
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    keys: frozenset[str]
    """What its leaflets are called in their cache."""

    @property
    def told_around(self) -> tuple[object, ...]:
        """All that the pages around know of it: where this is the same, so are they."""
        return self.lines, self.leaflets, self.inline_styles, self.paths


def gist(shared: Frame, own: Dossier, *, drafts: bool = False) -> Gist:
    """What others have to know of a borough; nothing of it if what is shared cannot be read."""
    if shared.settings is None:
        return Gist(own.slug, (), ())
    return gists.of(content.join(shared, [own], drafts=drafts), own.slug)


def work(shared: Frame, own: Dossier, among: Among, *, drafts: bool = False) -> Worked:
    """The borough's sheets as they are printed; none of them where something is wrong.

    Raises:
        ContentError: what all boroughs share cannot be read.
    """
    alone = content.join(shared, [own], drafts=drafts, beyond=among.beyond)
    sheets, told = checks.originals(alone)
    found, more = checks.with_others(alone, sheets, among.compared)
    problems = (*own.problems, *told, *more)
    if any(problem.severity == "error" for problem in problems):
        return Worked(alone, (), problems)  # a figure that is wrong cannot be filled into a text
    traced = [(sheet, tracing.trace(sheet)) for sheet in found]
    untraced = (problem for _, trace in traced for problem in trace.untraced)
    return Worked(alone, tuple(traced), (*problems, *untraced))


def dress(among: Among, templates: Path, brand: Brand, folder: Path) -> Assets:
    """Stylesheets, fonts and scripts for all languages of the site, in its own colours, and its logo.

    `folder` is content/, where typefaces and logo lie.
    """
    return assets.made(
        templates,
        among.languages,
        theme.of(brand),
        lettering.on_pages(brand, folder),
        identity.of(brand, folder),
    )


def make(worked: Worked, among: Among, dressed: Assets, templates: Path, laid: Laid) -> Made:
    """The borough's files."""
    printed = [
        site.Printed(sheet, tuple(laid.leaflets.get(sheet.path, ())), trace)
        for sheet, trace in worked.sheets
    ]
    shell = Shell(worked.site, dressed, templates)
    files = site.of_borough(shell, printed, among.measures)
    together = not worked.site.is_large
    originals = [each for each in printed if not each.sheet.original]
    return Made(
        files,
        tuple(files),
        {e.sheet.path: e.lines for e in originals if together},
        {each.sheet.path: each.leaflets[0][0].file for each in printed if each.leaflets},
        tuple(sorted(hosting.inline_styles(files))),
        (*worked.problems, *laid.problems),
        (*laid.warnings, *newsletter.cut_off(files)),
        laid.keys,
    )


def only_told(worked: Worked) -> Made:
    """No files, but what is wrong."""
    return Made({}, (), {}, {}, (), worked.problems, (), frozenset())


def around(
    whole: Whole,
    made: Collection[Made],
    dressed: Assets,
    templates: Path,
    put: site.Put = dict,
) -> Mapping[str, bytes]:
    """The files that are no borough's own."""
    lines: dict[str, tuple[Line, ...]] = {}
    leaflets: dict[str, str] = {}
    for each in made:
        lines |= each.lines
        leaflets |= each.leaflets
    paths = frozenset(path for each in made for path in each.paths)
    styles = frozenset(style for each in made for style in each.inline_styles)
    known = site.Known(whole.sheets, whole.boards, leaflets, lines, paths, styles)
    return site.of_all(Shell(whole.site, dressed, templates), known, put)


def of_the_whole(shared: Frame, whole: Whole) -> tuple[Problem, ...]:
    """What is wrong with what boroughs share, and between them."""
    return (*shared.problems, *checks.of_the_whole(whole.site))
