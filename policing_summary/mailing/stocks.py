"""What was asked for, and for which leaflets → what the addresses are printed on, and how much room they have there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policing_summary.errors import Place, TypedError
from policing_summary.formats import Format
from policing_summary.mailing import artwork, carriers, covers
from policing_summary.mailing.arguments import Kind
from policing_summary.mailing.face import Face
from policing_summary.mailing.fitting import Measure, sizes
from policing_summary.mailing.production import Stock
from policing_summary.mailing.recipients import Edition
from policing_summary.mailing.zones import SHEETS, carrier_zone, label_zone
from policing_summary.model.mailing import SIZES, Mailing
from policing_summary.sheet import Sheet

A4 = (210.0, 297.0)


@dataclass(frozen=True)
class Stationery:
    """The kinds that were asked for, and what each is made from: sheets by language, formats by name.

    `start` is the first label that is still on its sheet.
    """

    kinds: tuple[Kind, ...]
    sheets: Mapping[str, Sheet] = field(repr=False)
    forms: Mapping[str, Format]
    face: Face
    start: int = 1

    @property
    def mailing(self) -> Mailing:
        return next(iter(self.sheets.values())).site.settings.mailing

    def measures(self, edition: Edition) -> tuple[Measure, ...]:
        """The room that an address with this leaflet has on each kind.

        Raises:
            BuildError: an address cannot stand on the cover of this format, or a sheet has fewer labels.
            ContentError: a zone was set where it cannot be.
        """
        return tuple(self._measure(kind, edition) for kind in self.kinds)

    def stocks(self, editions: Sequence[Edition]) -> tuple[Stock, ...]:
        """What these leaflets' addresses are printed on; artwork is laid out here, once for each.

        Raises:
            BuildError: the words of some part do not fit their place.
        """
        return tuple(stock for kind in self.kinds for stock in self._stocks(kind, editions))

    def _measure(self, kind: Kind, edition: Edition) -> Measure:
        if kind == "labels":
            labels = SHEETS[self.mailing.labels]
            if self.start > labels.count:
                raise TypedError(f"The sheet `{self.mailing.labels}` has {labels.count} labels.")
            where, zone = "label", label_zone(labels)
        elif kind == "carrier":
            self._carrier()
            where, zone = "carrier", carrier_zone(self.mailing)
        else:
            self._cover(edition.format)
            where, zone = "cover", covers.zone(self.forms[edition.format], self.mailing)
        return Measure(where, zone, sizes(self.mailing.type_size), self.face)

    def _stocks(self, kind: Kind, editions: Sequence[Edition]) -> list[Stock]:
        if kind == "labels":
            measure, labels = self._measure(kind, editions[0]), SHEETS[self.mailing.labels]
            return [Stock(kind, A4, measure, {}, labels=labels, start=self.start)]
        if kind == "carrier":
            layout = self._carrier()
            art = {
                each: artwork.lay_out(artwork.carrier(self.sheets[each.language], layout))
                for each in dict.fromkeys(Edition("", edition.language) for edition in editions)
            }
            by_edition = {each: art[Edition("", each.language)] for each in editions}
            size, measure = SIZES[self.mailing.carrier], self._measure(kind, editions[0])
            return [Stock(kind, size, measure, by_edition, layout.reference)]
        return [self._covers(name, editions) for name in dict.fromkeys(e.format for e in editions)]

    def _covers(self, name: str, editions: Sequence[Edition]) -> Stock:
        form, layout = self.forms[name], self._cover(name)
        art = {
            edition: artwork.lay_out(covers.cover(self.sheets[edition.language], form, layout))
            for edition in editions
            if edition.format == name
        }
        measure = self._measure("cover", next(iter(art)))
        return Stock(
            "cover", (form.width, form.height), measure, art, layout.reference, bleed=form.bleed
        )

    def _carrier(self) -> carriers.Layout:
        return carriers.layout(self.mailing, self._place("carrier-zone"))

    def _cover(self, name: str) -> carriers.Layout:
        return covers.layout(self.forms[name], self.mailing, self._place("cover-zone"))

    def _place(self, key: str) -> Place:
        return next(iter(self.sheets.values())).site.document.place("mailing", key)
