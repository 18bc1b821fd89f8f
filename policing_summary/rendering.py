"""Sheets → HTML of their sections: the part that page and leaflet share."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MethodType
from typing import Any, Literal

import jinja2
from markupsafe import Markup

from policing_summary import bars, charts, columns, drawings, overriding, prose, store, strips
from policing_summary.compiled import Compiled
from policing_summary.content import Part
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.figures import Figure
from policing_summary.formats import Format
from policing_summary.language import ENGLISH, Language
from policing_summary.model.base import Person
from policing_summary.model.evidence import HeadlineFigure
from policing_summary.model.provenance import Source, citations
from policing_summary.model.results import Confidence
from policing_summary.numerals import Day, Month, Time
from policing_summary.sheet import Sheet
from policing_summary.tracing import Fact
from policing_summary.wording import Words

TEMPLATES = Path(__file__).parent.parent / "templates"
DAYS = (Day, Month)
ITS_OWN = ("_block_vars", "_loop_vars")  # what Jinja hands on to what wants the context
PASSED = "jinja_pass_arg"  # the mark of what wants the context, its names or its environment
Medium = Literal["page", "leaflet", "text"]


def environment(
    folder: Path = TEMPLATES,
    language: Language = ENGLISH,
    reader: Language | None = None,
    own: Path | None = None,
) -> jinja2.Environment:
    """Templates with escaping on; a name that does not exist is an error, never an empty space.

    What templates say in `_(…)` comes in the language, and so do days and months. An imported
    macro sees only what its environment holds, so there is one for each language. `reader` is the
    language of the page around, where it is another one. Templates in the folder `own` are the
    site's, and stand over ours.

    Raises:
        ContentError: one of the site's own templates cannot be used.
    """
    if own and (wrong := overriding.mistakes(own, folder)):
        raise ContentError(wrong)
    return _environment(folder, language, reader, language.places, own)


@cache
def _environment(
    folder: Path,
    language: Language,
    reader: Language | None,
    places: tuple[str, str],  # languages are the same whatever a site calls its boroughs
    own: Path | None,
) -> jinja2.Environment:
    kind = overriding.OfTheSite if own else jinja2.Environment
    like = repr((kind.__name__, language.tag, reader and reader.tag, places))
    made = kind(
        bytecode_cache=Compiled(store.Cache(folder.parent / ".cache" / "templates"), like),
        loader=jinja2.FileSystemLoader([own, folder] if own else folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        finalize=_sayer(language),
    )
    made.context_class = _Context
    if isinstance(made, overriding.OfTheSite) and own:
        made.own = own
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        language.gettext, language.ngettext, newstyle=True, pgettext=language.pgettext
    )
    made.globals["say"] = Words(language)
    made.globals["named"] = language.named
    made.globals["reader"] = reader
    made.globals["untranslated"] = reader and reader.gettext(
        "This part has not been translated. It stands here in English."
    )
    made.filters["ltr"] = language.left_to_right
    made.filters["count"] = language.count
    made.filters["date"] = language.date
    made.filters["time"] = language.time_of_day
    made.filters["percent"] = language.percent
    made.filters["share"] = language.as_percent
    return made


class _Context(jinja2.runtime.Context):
    """Calls a method at once: Jinja looks four times whether it wants to be handed the context."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        if type(called) is not MethodType or hasattr(called, PASSED):
            return super().call(called, *args, **kwargs)
        for name in ITS_OWN:
            kwargs.pop(name, None)
        return called(*args, **kwargs)


def _sayer(language: Language) -> Callable[[object], object]:
    """Days, months and times of day as the language writes them; all else as it is."""

    def said(value: object) -> object:
        if isinstance(value, str):  # nearly all
            return value
        if isinstance(value, Time):
            return language.time_of_day(value)
        return language.date(value) if isinstance(value, DAYS) else value

    return said


@dataclass(frozen=True)
class Context:
    """What a section's template may ask for besides its section."""

    sheet: Sheet
    medium: Medium
    portrait: Callable[[Person], str]
    """The address of a portrait or its stand-in, as this medium can follow it."""
    facts: tuple[Fact, ...] = ()
    """Every number of the borough, where the medium says how it was got."""
    templates: Path = TEMPLATES
    picture: Callable[[str], str] = str
    """The address of a picture of the edition, as this medium can follow it."""
    original_facts: tuple[Fact, ...] = ()
    """The same facts as the original tells them, for sections that are not translated."""
    up: str = ""
    """From the page to the folder of its original, where the pictures and the data are."""
    form: Format | None = None
    """The leaflet's format."""
    compared: frozenset[str] = frozenset()
    """The measures that have a page on which boroughs stand side by side."""

    def in_original(self) -> "Context":
        """What is asked for by a section that stands in a translation as it was."""
        sheet = self.sheet.original or self.sheet
        return replace(self, sheet=sheet, facts=self.original_facts)

    @property
    def blocks(self) -> bool:
        """Whether each row of a table is a block by itself."""
        return self.form is not None and self.form.tables == "blocks"

    @property
    def is_narrow(self) -> bool:
        """Whether a table has no room but for what matters most."""
        return self.form is not None and self.form.measure < charts.BESIDE

    def prose(self, text: str) -> Markup:
        return prose.render(text, self.sheet.figures)

    def line(self, text: str) -> Markup:
        return prose.render_inline(text, self.sheet.figures)

    def table(self, section: str, field: str) -> tuple[object, ...]:
        return self.sheet.table(section, field)

    def figure(self, measure: str) -> Figure:
        """A figure of the borough's own, which has been checked to be there."""
        return self.sheet.figures.by_id[measure]

    def can_be_set_large(self, item: HeadlineFigure) -> bool:
        """Whether there is a number; the edition's headlines may be of what one borough lacks."""
        if item.measure is None:
            return True
        figure = self.sheet.figures.by_id.get(item.measure)
        return figure is not None and getattr(figure, item.show or figure.most_telling) is not None

    def period(self, measure: str) -> str:
        """The period of the section whose table the figure stands in."""
        wanted = self.figure(measure)
        for part in self.sheet.borough.parts:
            for field in type(part.section).model_fields:
                if any(each is wanted for each in self.sheet.table(part.name, field)):
                    return self._period(part)
        return self.sheet.edition.head.period

    def _period(self, part: Part) -> str:
        if isinstance(part.section, Confidence):
            month = self.sheet.language.date(part.section.quarter)
            return self.sheet.language.gettext("Answers up to %(month)s", month=month)
        return getattr(part.section, "period", "")

    def worked_out(self, section: str) -> list[Fact]:
        """The numbers of a section's table that nobody typed, with their arithmetic."""
        table = f"{section} table"
        return [fact for fact in self.facts if fact.how and table in fact.printed]

    def chart(self, section: str, field: str) -> Markup:
        """The chart of a table; none in plain text, which has the table."""
        if self.medium == "text":
            return Markup()
        figures, language = self.sheet.table(section, field), self.sheet.language
        if self.medium == "leaflet" and language.script != "Latn":
            return bars.chart(figures, self.sheet.words)
        shapes = charts.in_leaflet(self.form) if self.form else charts.ON_PAGE
        if charts.shows_targets(figures):
            return charts.against_targets(figures, shapes.targets, self.sheet.words)
        return charts.changes(figures, shapes.plain, self.sheet.words)

    def shows_targets(self, section: str, field: str) -> bool:
        """Whether the chart of this table sets the changes against their targets."""
        return charts.shows_targets(self.sheet.table(section, field))

    def citations(self, sources: Sequence[Source]) -> list[str]:
        """Each publication that a section's figures were taken from, as it is cited."""
        return citations(sources, self.sheet.language)

    def tile_map(self) -> Markup:
        """London's boroughs as hexagons, this one brought out; none in plain text."""
        if self.medium == "text":
            return Markup()
        site, borough = self.sheet.site.settings, self.sheet.borough
        title = self.sheet.language.gettext(
            "Map of the boroughs of %(area)s: %(borough)s is brought out",
            area=site.area,
            borough=borough.entry.name,
        )
        return drawings.borough_map(site.boroughs, borough.slug, title)

    def columns(self, figure: Figure, first: Month) -> Markup:
        return columns.small_chart(figure, first, self.sheet.language)

    def months(self, figures: Sequence[Figure], first: Month) -> list[tuple[str, list[str]]]:
        """The table behind the columns: each month, and its count of each figure."""
        return columns.table(figures, first, self.sheet.language)

    def among(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures that enough other boroughs have too."""
        peers = self.sheet.peers
        return [f for f in figures if f.id in peers and getattr(f, peers[f.id].form) is not None]

    def strip(self, figure: Figure) -> Markup:
        here = self.sheet.borough.entry.name
        return strips.small_chart(figure, self.sheet.peers[figure.id], here, self.sheet.words)

    def strip_row(self, figure: Figure) -> tuple[str, ...]:
        """The numbers of the strip, for the table behind it."""
        return strips.row(figure, self.sheet.peers[figure.id], self.sheet.words)


def section(part: Part, context: Context) -> Markup:
    """One section as HTML; one that is not translated is marked and stands as in the original."""
    reader = None
    if part.language != context.sheet.language:
        reader, context = context.sheet.language, context.in_original()
    site = context.sheet.site
    made = environment(
        context.templates, context.sheet.language, reader, overriding.folder_of(site)
    )
    template = made.get_template(f"sections/{part.name}.html")
    own = part.document is context.sheet.borough.document
    edition, borough = context.sheet.edition, context.sheet.borough
    return Markup(  # noqa: S704 - Jinja escaped it
        template.render(
            section=part.section,
            own=own,
            place=borough.entry.name if own else context.sheet.site.settings.area,
            page=context,
            sheet=context.sheet,
            edition=edition.head,
            borough=borough,
            medium=context.medium,
        )
    )


def sections(context: Context) -> Markup:
    """All sections of the borough, in the edition's order."""
    return Markup("\n").join(section(part, context) for part in context.sheet.borough.parts)


def broken_template(error: BaseException, templates: Path = TEMPLATES) -> Problem | None:
    """The line of a template that an exception came from, with the quoted line; None if from none."""
    if isinstance(error, jinja2.TemplateNotFound):
        name = str(error.name)
        place = Place(f"{templates.name}/{name}", 1, 1)
        return Problem(place, "this template is missing", "put it back: it came with the program")
    found = _line_of_template(error, templates)
    if found is None:
        return None
    path, number = found
    try:
        quote = path.read_text("utf-8").splitlines()[number - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        quote = ""
    column = len(quote) - len(quote.lstrip()) + 1
    where = f"{templates.name}/{path.relative_to(templates).as_posix()}"
    place = Place(where, number, column, max(1, len(quote.strip())), quote)
    said = error.message if isinstance(error, jinja2.TemplateError) else str(error)
    what = f"this template cannot be filled in: {said or type(error).__name__}"
    return Problem(place, what, "mend this line, or take back what was last changed in this file")


def _line_of_template(error: BaseException, templates: Path) -> tuple[Path, int] | None:
    """The innermost line of a template: of its syntax, or of where it was when it failed."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(templates) and path.suffix != ".py":
            return path, frame.lineno or 1
    return None
