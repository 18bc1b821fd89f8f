"""What is the same on every carrier → one page of PDF, laid out once, without anybody's address."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policing_summary import drawings, pictures, rendering, typefaces, workshop
from policing_summary.errors import BuildError
from policing_summary.mailing.carriers import Layout, size
from policing_summary.mailing.zones import Box
from policing_summary.model.files import Publisher
from policing_summary.model.mailing import Mailing
from policing_summary.sheet import Sheet

PIXELS_PER_MM = 96 / 25.4
INKS = ("device-cmyk(0 0 0 .1)", "device-cmyk(0 0 0 0)", "device-cmyk(0 0 0 1)")


@dataclass(frozen=True)
class Artwork:
    """HTML with its fonts by name, ready to be laid out. A marker with the name of each box stands at its end.

    `cover` is the place that the cover has to fill, and `refusal` what is said if it does not.
    """

    html: str = field(repr=False)
    boxes: Mapping[str, Box] = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)
    cover: Box | None = None
    refusal: str = ""


def carrier(sheet: Sheet, layout: Layout, templates: Path = rendering.TEMPLATES) -> Artwork:
    settings, faces = sheet.site.settings, typefaces.in_leaflet(sheet.language)
    mailing, publisher = settings.mailing, settings.publisher
    width, height = size(mailing)
    tiles = drawings.tile_map(settings.boroughs, sheet.borough.slug, INKS)
    html = (
        rendering.environment(templates, sheet.language)
        .get_template("mailing/carrier.html")
        .render(
            language=sheet.language,
            site=settings,
            edition=sheet.edition.head,
            borough=sheet.borough,
            carrier=mailing.carrier,
            width=width,
            height=height,
            layout=layout,
            **words(mailing, publisher),
            font_files=[(f.family, f.weight, f.style, f.file) for f in faces],
            styles=(templates / "css" / "mailing.css").read_text("utf-8"),
            map=pictures.Picture("", "image/svg+xml", tiles.encode()).data_uri,
        )
    )
    boxes = {"sender": layout.sender, "title": layout.title}
    if layout.postage:
        boxes["postage box"] = layout.postage
    fonts = {f.file: (templates / "fonts" / f.file).read_bytes() for f in faces}
    return Artwork(html, boxes, fonts)


def words(mailing: Mailing, publisher: Publisher) -> dict[str, str | tuple[str, ...]]:
    """What templates know of who sends it."""
    address = mailing.return_address or ((publisher.address,) if publisher.address else ())
    sender = mailing.sender or publisher.name
    return {"sender": sender, "return_address": address, "postage": mailing.postage}


def lay_out(artwork: Artwork) -> bytes:
    """One page of PDF.

    Raises:
        BuildError: the words of a part run out of its box, or the cover out of its place.
    """
    weasyprint = workshop.engine()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            name = url.removeprefix("leaflet:/")
            if name in artwork.files:
                found = artwork.files[name]
                return URLFetcherResponse(url, found, {"Content-Type": "font/woff2"})
            return super().fetch(url, headers)

    html = weasyprint.HTML(
        string=artwork.html, base_url="leaflet:/", url_fetcher=OwnFiles(allowed_protocols={"data"})
    )
    rendered = html.render(font_config=FontConfiguration(), optimize_images=True)
    ends = rendered.pages[0].anchors
    if artwork.cover and (len(rendered.pages) > 1 or not _fills(ends.get("cover"), artwork.cover)):
        raise BuildError(artwork.refusal)
    for name, box in artwork.boxes.items():
        foot = (box.top + box.height) * PIXELS_PER_MM + 1
        if name not in ends or ends[name][3] > foot:
            raise BuildError(
                f"The words of the {name} do not fit their place, which is {box.height:g} mm high. "
                "Shorten them in `mailing:` in content/site.yaml."
            )
    out = io.BytesIO()
    rendered.write_pdf(out)
    return out.getvalue()


def _fills(place: tuple[float, float, float, float] | None, box: Box) -> bool:
    """Whether something stands exactly in its box, to a pixel: left, top, right and bottom."""
    wanted = (box.left, box.top, box.left + box.width, box.top + box.height)
    return place is not None and all(
        abs(side - mm * PIXELS_PER_MM) <= 1 for side, mm in zip(place, wanted, strict=True)
    )
