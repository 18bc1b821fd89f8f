"""What `{{ measure.form }}` in a text leads to: a figure of the borough, printed in its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policing_summary.figures import Figure
from policing_summary.model.files import DeclaredFigure
from policing_summary.validation import did_you_mean
from policing_summary.wording import ENGLISH, Words


class UnknownFigureError(LookupError):
    """A reference that leads to no figure; `measure` is there, and what is asked of it is not."""

    def __init__(self, what: str, way_out: str, measure: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out
        self.measure = measure


FORMS = (
    "change",
    "signed",
    "words",
    "fewer",
    "more",
    "percent",
    "before",
    "now",
    "target",
    "outcome",
)


@dataclass(frozen=True)
class FigureSet:
    """The figures of one borough by measure, for looking up from its texts."""

    by_id: Mapping[str, Figure]
    declared: Mapping[str, DeclaredFigure] = field(default_factory=dict)
    """Figures that stand in no table."""
    words: Words = ENGLISH

    def _parts(self, reference: str) -> tuple[str, str]:
        """The measure and its form; a measure of the edition has its area before it."""
        first, *rest = (part.strip() for part in reference.split("."))
        if rest and any(known.startswith(f"{first}.") for known in self.by_id):
            first = f"{first}.{rest.pop(0)}"
        return first, ".".join(rest) if rest else "change"

    def printed(self, reference: str) -> str:
        """The figure that `measure.form` names, in house style.

        Raises:
            UnknownFigureError: no such measure or form, or the figure says the opposite of the form.
        """
        if reference in self.declared:
            return self.words.declared(self.declared[reference])
        measure, form = self._parts(reference)
        if not measure:
            way_out = "write for example `{{ robbery.change }}`"
            raise UnknownFigureError("the braces do not say which figure is meant", way_out)
        if form not in FORMS:
            ways = ", ".join(f"`{known}`" for known in FORMS)
            way_out = did_you_mean(form, FORMS, f"what can be: {ways}")
            raise UnknownFigureError(f"`{form}` is nothing that can be filled in", way_out)
        figure = self.by_id.get(measure)
        if figure is None:
            what = f"there is no figure for `{measure}` to fill in"
            way_out = did_you_mean(
                measure, [*self.by_id, *self.declared], "add a row for it under `performance:`"
            )
            raise UnknownFigureError(what, way_out, measure)
        if form in ("fewer", "more"):
            _refuse_the_opposite(figure, form)
        shown = self._shown(figure, form)
        if not shown:
            what = f"`{measure}` has no `{form}` to fill in"
            way_out = "add it to its row, or write the sentence without it"
            raise UnknownFigureError(what, way_out, measure)
        return shown

    def _shown(self, figure: Figure, form: str) -> str:
        words, change = self.words, figure.change
        match form:
            case "change" | "signed":
                return words.change(figure)
            case "fewer" | "more":
                return "" if change is None else words.language.count(abs(change))
            case "words":
                return words.change_words(figure)
            case "percent":
                return words.percent(figure)
            case "before":
                return words.before(figure)
            case "now":
                return words.latest(figure)
            case "target":
                return words.target(figure.target) if figure.target else ""
            case _:
                return words.outcome_alone(figure)


def _refuse_the_opposite(figure: Figure, form: str) -> None:
    """A rise is not `fewer`, and a fall not `more`."""
    if figure.direction == ("up" if form == "fewer" else "down"):
        other = "more" if form == "fewer" else "fewer"
        raise UnknownFigureError(
            f"`{form}` would say the opposite: the change of `{figure.id}` is {ENGLISH.change(figure)}",
            f"write `{{{{ {figure.id}.{other} }}}}` and the sentence anew",
            figure.id,
        )
