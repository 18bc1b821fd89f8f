"""Figures → the words and numbers that are printed for them, in one language."""

from dataclasses import dataclass, replace
from decimal import Decimal

from policing_summary import language as languages
from policing_summary.figures import Figure, Promise, Target
from policing_summary.language import Language
from policing_summary.model.base import Section
from policing_summary.model.files import DeclaredFigure, MeasureEntry
from policing_summary.numerals import Unit
from policing_summary.quantities import Quantity


@dataclass(frozen=True)
class Words:
    """How figures are told in a language. Templates know it as `say`."""

    language: Language

    def usual(self, words: str) -> str:
        """Words of the program's own, used where an editor wrote none; an editor's stay theirs."""
        return self.language.gettext(words)

    def title(self, section: Section) -> str:
        return section.title or self.usual(section.heading)

    def quoted(self, words: str) -> str:
        """Between quotation marks."""
        return self.language.pgettext("quotation", "“%(words)s”", words=words)

    # Targets

    def target(self, target: Target) -> str:
        """`−2.5%`, `+20`, `51.4%` or `3.8 points`."""
        if target.unit is Unit.POINTS:
            return self.language.short_points(target.value, signed=target.kind == "change")
        if target.kind == "level":
            return self.language.percent(target.value)
        if target.kind == "percent":
            return self.language.signed_percent(target.value)
        return self.language.signed(target.value)

    def target_in_words(self, target: Target) -> str:
        """`a fall of 2.5%`, `51.4%`, `3.8 percentage points`."""
        if target.kind == "level":
            if target.unit is Unit.POINTS:
                return self.language.points(target.value)
            return self.target(target)
        size = self._size(target)
        if target.value < 0:
            return self.language.gettext("a fall of %(size)s", size=size)
        return self.language.gettext("a rise of %(size)s", size=size)

    def _size(self, target: Target) -> str:
        """How far, without a direction."""
        size = abs(target.value)
        if target.unit is Unit.POINTS:
            return self.language.short_points(size)
        return (
            self.language.percent(size) if target.kind == "percent" else self.language.count(size)
        )

    # Figures

    def level(self, measure: MeasureEntry, value: Decimal | None) -> str:
        """A value of the measure: a count, a percentage or a gap."""
        if value is None:
            return ""
        match measure.unit:
            case "percent":
                return self.language.percent(value)
            case "points":
                return self.language.points(value)
            case _:
                return self.language.count(value)

    def latest(self, figure: Figure) -> str:
        return self.level(figure.measure, figure.now)

    def before(self, figure: Figure) -> str:
        return self.level(figure.measure, figure.before)

    def headline(self, figure: Figure, form: str | None = None) -> str:
        """The one figure to set large: the form that is asked for, or the most telling one."""
        match form or figure.most_telling:
            case "percent":
                return self.percent(figure)
            case "now" if figure.now is not None and figure.measure.unit == "points":
                return self.language.short_points(figure.now)
            case "now":
                return self.latest(figure)
            case _:
                return self.change(figure)

    def change(self, figure: Figure) -> str:
        """`+382`; for percentages the difference in percentage points."""
        if figure.change is None:
            return ""
        if figure.is_level:
            return self.language.points(figure.change, signed=True)
        return self.language.signed(figure.change)

    def percent(self, figure: Figure) -> str:
        return "" if figure.percent is None else self.language.signed_percent(figure.percent)

    def change_words(self, figure: Figure) -> str:
        """`6,195 fewer offences`, `429 more offences`, `no change`."""
        change, tongue = figure.change, self.language
        if change is None:
            return ""
        if change == 0:
            return tongue.gettext("no change")
        size = abs(change)
        if figure.is_level:
            points = tongue.points(size)
            if change > 0:
                return tongue.gettext("%(points)s higher", points=points)
            return tongue.gettext("%(points)s lower", points=points)
        number = tongue.count(size)
        if change > 0:
            return tongue.ngettext(
                "%(number)s more offence", "%(number)s more offences", int(size), number=number
            )
        return tongue.ngettext(
            "%(number)s fewer offence", "%(number)s fewer offences", int(size), number=number
        )

    def outcome(self, figure: Figure) -> str:
        """`exceeded`, `achieved`, `missed` or `not published`."""
        match self._judgement(figure):
            case "missed":
                return self.language.pgettext("target", "missed")
            case "exceeded":
                return self.language.pgettext("target", "exceeded")
            case "achieved":
                return self.language.pgettext("target", "achieved")
            case _:
                return self.language.pgettext("target", "not published")

    def outcome_words(self, figure: Figure) -> str:
        """The outcome on its own: `Target exceeded`, `Target missed`, `Target not published`."""
        match self._judgement(figure):
            case "missed":
                return self.language.gettext("Target missed")
            case "exceeded":
                return self.language.gettext("Target exceeded")
            case "achieved":
                return self.language.gettext("Target achieved")
            case _:
                return self.language.gettext("Target not published")

    def outcome_alone(self, figure: Figure) -> str:
        """`achieved` or `missed`, for a sentence; nothing if it is not known."""
        match figure.outcome:
            case "missed":
                return self.language.pgettext("target", "missed")
            case "achieved":
                return self.language.pgettext("target", "achieved")
            case _:
                return ""

    @staticmethod
    def _judgement(figure: Figure) -> str | None:
        if figure.outcome != "achieved":
            return figure.outcome
        beyond = figure.target is not None and figure.reached != figure.target.value
        return "exceeded" if beyond else "achieved"

    def told(self, figure: Figure) -> str:
        """Direction and outcome together, so that a fall that misses its target is not misread."""
        outcome = self.outcome_words(figure).lower()
        match figure.direction:
            case "up":
                told = self.language.gettext("up, %(outcome)s", outcome=outcome)
            case "down":
                told = self.language.gettext("down, %(outcome)s", outcome=outcome)
            case "level":
                told = self.language.gettext("no change, %(outcome)s", outcome=outcome)
            case _:
                told = outcome
        return told.capitalize()

    def promise(self, promise: Promise) -> str:
        """`Robbery: a fall of 5.0% was promised in 2009/10, and the result was −6.1%: target exceeded`."""
        judged = replace(promise.figure, target=promise.target)
        names = {
            "measure": promise.figure.name,
            "promised": self.target_in_words(promise.target),
            "edition": promise.label,
        }
        if judged.reached is None:
            return self.language.gettext(
                "%(measure)s: %(promised)s was promised in %(edition)s, and no result was published",
                **names,
            )
        return self.language.gettext(
            "%(measure)s: %(promised)s was promised in %(edition)s, "
            "and the result was %(result)s: target %(outcome)s",
            result=self.target(replace(promise.target, value=judged.reached)),
            outcome=self.outcome(promise.figure),
            **names,
        )

    # Other numbers

    def group(self, value: Decimal) -> str:
        """One side of a gap, with the decimals that it was given with."""
        return self.language.as_percent(value)

    def declared(self, figure: DeclaredFigure) -> str:
        value = figure.value.value
        match figure.value.unit:
            case Unit.PERCENT:
                return self.language.as_percent(value)
            case Unit.POINTS:
                return self.language.points(value)
            case _:
                return self.language.count(value)

    def quantity(self, quantity: Quantity) -> str:
        """`about 120`, `more than 500`, `−6.3%`, `£2 million`."""
        number, tongue = self._number(quantity), self.language
        match quantity.nearly:
            case "about":
                return tongue.gettext("about %(number)s", number=number)
            case "more than":
                return tongue.gettext("more than %(number)s", number=number)
            case "fewer than":
                return tongue.gettext("fewer than %(number)s", number=number)
            case "at least":
                return tongue.gettext("at least %(number)s", number=number)
            case "at most":
                return tongue.gettext("at most %(number)s", number=number)
            case "almost":
                return tongue.gettext("almost %(number)s", number=number)
            case _:
                return number

    def _number(self, quantity: Quantity) -> str:
        """Without the word before it; a change has its sign, also if it is a rise."""
        value, tongue = quantity.value, self.language
        match quantity.unit:
            case Unit.PERCENT:
                return tongue.as_percent(value, signed=quantity.signed)
            case Unit.POINTS:
                return tongue.points(value, signed=quantity.signed)
            case Unit.POUNDS:
                return self._pounds(value)
            case _:
                return tongue.signed(value) if quantity.signed else tongue.count(value)

    def _pounds(self, value: Decimal) -> str:
        """Round millions in words."""
        millions = (value / 1_000_000).normalize()
        if abs(millions) >= 1 and -int(millions.as_tuple().exponent) <= 1:
            number = self.language.count(Decimal(f"{millions:f}"))
            return self.language.gettext("£%(number)s million", number=number)
        return f"£{self.language.count(value)}"


ENGLISH = Words(languages.ENGLISH)
