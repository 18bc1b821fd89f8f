"""Carriers and labels as a printer and a sorting machine meet them."""

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from mailing_lists import FACE, GOOD, OTHER, as_csv, gather
from pdf_reading import needs_poppler, words_by_page
from PIL import Image

from policing_summary import checks, content, environment, formats
from policing_summary.errors import BuildError, ContentError, Place
from policing_summary.mailing import artwork, carriers, covers, face, production, zones
from policing_summary.mailing.fitting import LEADING, Measure, sizes
from policing_summary.mailing.production import Stock
from policing_summary.mailing.recipients import Edition
from policing_summary.mailing.stamping import Paper, write
from policing_summary.mailing.stocks import Stationery
from policing_summary.mailing.zones import Box
from policing_summary.model.mailing import LEAST_MARGIN, SIZES, Mailing
from policing_summary.sheet import Sheet

NOWHERE = Place("site.yaml", 1, 1)
EDITION = Edition("a5-booklet", "en-GB")
CARRIERS = list(SIZES)
LONG = GOOD | {
    "Organisation": "Example Holdings Ltd",
    "Address 1": "Flat 3, Sample House",
    "Address 2": "112 Invented Avenue",
}
GIVEN = {
    "return-address": ["10 Sample Street", "London N1 2AB"],
    "postage": ["Postage paid", "Great Britain"],
}


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    sheets, _ = checks.run(content.load(Path(environment.ROOT) / "content"))
    return next(sheet for sheet in sheets if sheet.path == "2009-10/havering")


def with_mailing(sheet: Sheet, mailing: Mailing) -> Sheet:
    settings = sheet.site.settings.model_copy(update={"mailing": mailing})
    return dataclasses.replace(sheet, site=dataclasses.replace(sheet.site, settings=settings))


@pytest.fixture(scope="module")
def printed(sheet, tmp_path_factory):
    """A carrier of each kind with three addresses on it: its artwork, and its pages."""
    folder, made = tmp_path_factory.mktemp("carriers"), {}
    for name in CARRIERS:
        mailing = Mailing.model_validate({"carrier": name, **GIVEN})
        layout = carriers.layout(mailing, NOWHERE)
        art = artwork.lay_out(artwork.carrier(with_mailing(sheet, mailing), layout))
        measure = Measure("carrier", zones.carrier_zone(mailing), sizes(mailing.type_size), FACE)
        stock = Stock("carrier", SIZES[name], measure, {EDITION: art}, layout.reference)
        (folder / f"{name}-art.pdf").write_bytes(art)
        (folder / f"{name}.pdf").write_bytes(pages_of(stock, art))
        made[name] = (folder / f"{name}-art.pdf", folder / f"{name}.pdf", mailing, layout)
    return made


def pages_of(
    stock: Stock, art: bytes | None, rows=(GOOD, OTHER, LONG | {"Surname": "Sampleson"})
) -> bytes:
    gathered = gather(as_csv(*rows), [stock.measure])
    assert not gathered.faults
    cut = face.cut(FACE, production.letters(gathered))
    made = production._pages(stock, gathered.recipients, stock.start)
    return write(Paper(*stock.size, "Carriers", cut, art, stock.bleed), made)


def inside(word, box: Box) -> bool:
    slack = 0.5  # mm: a word's box reaches below its letters
    return (
        word.left >= box.left - slack
        and word.right <= box.left + box.width + slack
        and word.top >= box.top - 1.5
        and word.bottom <= box.top + box.height + 1.5
    )


@needs_poppler
@pytest.mark.parametrize("name", CARRIERS)
def test_the_address_is_inside_its_zone_and_the_postcode_ends_it(printed, name):
    _, pdf, mailing, _ = printed[name]
    zone = zones.carrier_zone(mailing)
    pages = words_by_page(pdf)
    assert len(pages) == 3
    for words, postcode in zip(pages, ("RM1 2AB", "RM1 3BD", "RM1 3BD"), strict=True):
        address = [word for word in words if inside(word, zone)]
        assert " ".join(word.text for word in address[-2:]) == postcode
        assert len({round(word.left, 1) for word in address} & {round(zone.left, 1)}) == 1
        clear = zone.grown(LEAST_MARGIN)
        near = [word for word in words if word not in address and not apart(word, clear)]
        assert near == [], name


def apart(word, box: Box) -> bool:
    return (
        word.right <= box.left
        or word.left >= box.left + box.width
        or word.bottom <= box.top
        or word.top >= box.top + box.height
    )


@needs_poppler
@pytest.mark.parametrize("name", CARRIERS)
def test_nothing_is_printed_around_the_address(printed, name, tmp_path):
    """Looked at as a picture, at 4 dots in a millimetre."""
    art, _, mailing, _ = printed[name]
    clear = zones.carrier_zone(mailing).grown(LEAST_MARGIN)
    picture = picture_of(art, tmp_path)
    box = [
        round(side * 4)
        for side in (clear.left, clear.top, clear.left + clear.width, clear.top + clear.height)
    ]
    assert picture.crop(box).getextrema() == (255, 255)
    assert picture.getextrema()[0] < 60


def picture_of(pdf: Path, folder: Path) -> Image.Image:
    import subprocess  # noqa: PLC0415 - here only

    target = folder / "page"
    command = ["pdftoppm", "-r", "101.6", "-gray", "-png", "-singlefile", str(pdf), str(target)]
    subprocess.run(command, check=True)
    return Image.open(target.with_suffix(".png")).convert("L")


def colours(pdf: pikepdf.Pdf) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Every colour that is set, on pages and in what they share."""
    streams = [*pdf.pages, *(each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form")]  # fmt: skip
    for stream in streams:
        for operands, operator in pikepdf.parse_content_stream(stream):
            if str(operator) in {
                "k",
                "K",
                "scn",
                "SCN",
                "rg",
                "RG",
                "g",
                "G",
                "sc",
                "SC",
                "cs",
                "CS",
            }:
                numbers = tuple(
                    float(each) for each in operands if not isinstance(each, pikepdf.Name)
                )
                yield str(operator), numbers or tuple(map(str, operands))


@pytest.mark.parametrize("name", CARRIERS)
def test_all_is_black_alone_or_a_tint_of_it(printed, name):
    with pikepdf.open(printed[name][1]) as pdf:
        found = set(colours(pdf))
        groups = {str(each.Group.CS) for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Group" in each}  # fmt: skip
    assert ("k", (0, 0, 0, 1)) in found
    for operator, value in found:
        if operator.lower() == "cs":
            assert value == ("/DeviceCMYK",)
        else:
            assert operator in {"k", "K", "scn", "SCN"}
            assert value[:3] == (0, 0, 0)
            assert len(value) == 4
    assert groups <= {"/DeviceCMYK"}


@pytest.mark.parametrize("name", CARRIERS)
def test_pages_are_cut_to_size_and_share_artwork_and_fonts(printed, name):
    with pikepdf.open(printed[name][1]) as pdf:
        assert len({page.Resources.objgen for page in pdf.pages}) == 1
        for page in pdf.pages:
            trim = [float(side) / zones.POINTS_PER_MM for side in page.TrimBox]
            assert trim == pytest.approx([0, 0, *SIZES[name]], abs=0.01)
        descriptors = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"]  # fmt: skip
        assert descriptors
        assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_a_further_page_is_a_few_hundred_bytes(sheet):
    mailing = Mailing()
    art = artwork.lay_out(artwork.carrier(sheet, carriers.layout(mailing, NOWHERE)))
    measure = Measure("carrier", zones.carrier_zone(mailing), (12.0,), FACE)
    stock = Stock("carrier", SIZES["a5"], measure, {EDITION: art}, Box(20, 41, 76, 4))
    rows = [GOOD | {"Address 1": f"{n} Sample Street"} for n in range(100)]
    few, many = (len(pages_of(stock, art, some)) for some in (rows[:10], rows))
    assert (many - few) / 90 < 400


@needs_poppler
def test_letters_of_every_latin_script_come_out_as_they_were(sheet, tmp_path):
    measure = Measure("label", Box(5, 5, 120, 60), (12.0,), FACE)
    name = "Łőžę Ñandú-Ÿılmaz Őŵŷ"
    stock = Stock("carrier", (148.0, 210.0), measure, {})
    (tmp_path / "one.pdf").write_bytes(pages_of(stock, None, [GOOD | {"Surname": name}]))
    [words] = words_by_page(tmp_path / "one.pdf")
    assert " ".join(word.text for word in words).startswith(f"Ms Ada {name}")


@needs_poppler
@pytest.mark.parametrize("name", zones.SHEETS)
def test_each_label_has_its_address_in_its_middle(name, tmp_path):
    labels = zones.SHEETS[name]
    measure = Measure("label", zones.label_zone(labels), (12.0, 11.0, 10.0), FACE)
    stock = Stock("labels", (210.0, 297.0), measure, {}, labels=labels, start=3)
    rows = [
        GOOD | {"First name": f"A{number:03}", "Address 1": f"{number} Sample Street"}
        for number in range(labels.count)
    ]
    (tmp_path / "labels.pdf").write_bytes(pages_of(stock, None, rows))
    pages = words_by_page(tmp_path / "labels.pdf")
    assert len(pages) == 2
    boxes = list(labels.boxes())
    placed = [*boxes[2:], *boxes[:2]]
    found = {word.text: word for page in pages for word in page if word.text.startswith("A0")}
    assert len(found) == labels.count
    for number, box in enumerate(placed):
        assert inside(found[f"A{number:03}"], box)
    for page in pages:
        for word in page:
            assert any(inside(word, box) for box in boxes)
    assert not [word for word in pages[0] if inside(word, boxes[0]) or inside(word, boxes[1])]


@pytest.mark.parametrize("labels", zones.SHEETS.values(), ids=zones.SHEETS)
def test_labels_lie_on_their_sheet_and_beside_one_another(labels):
    boxes = list(labels.boxes())
    assert len(boxes) == labels.count
    for box in boxes:
        assert box.left > 4
        assert box.left + box.width < 206
        assert box.top > 8
        assert box.top + box.height < 289
    assert not any(
        carriers.overlap(one.grown(-0.01), other)
        for one in boxes
        for other in boxes
        if one != other
    )


def test_the_sheets_are_those_that_are_sold():
    """Against the measures that makers print: 15.15 mm above, 7.25 and 4.65 mm at the left, 66 and 101.6 mm apart."""
    small, large = zones.SHEETS["a4-21"], zones.SHEETS["a4-14"]
    assert (small.left, small.top, small.pitch_x) == pytest.approx((7.25, 15.15, 66), abs=0.05)
    assert (large.left, large.top, large.pitch_x) == pytest.approx((4.65, 15.15, 101.6), abs=0.05)


def test_lines_stand_apart_by_a_fifth_of_their_size_and_more():
    blocks = production._pages(Stock("carrier", (148, 210), Measure("carrier", Box(20, 92, 100, 40), (12.0, 10.0), FACE), {}), gather(as_csv(GOOD)).recipients, 1)[0].blocks  # fmt: skip
    data = write(
        Paper(148, 210, "x", face.cut(FACE, frozenset("MsAdaExmpl12StretROFD3B "))),
        [production.Page(blocks)],
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        operations = {
            str(operator): operands
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
        }
    assert float(operations["TL"][0]) == pytest.approx(float(operations["Tf"][1]) * LEADING)
    assert LEADING >= 1.2
    assert not {"Tc", "Tw", "Tz", "Tr"} & set(operations)  # no spacing, no stretching, no outlines


def test_words_that_are_too_many_for_their_box_are_told(sheet):
    mailing = Mailing.model_validate({"return-address": [f"Line {number}" for number in range(9)]})
    with pytest.raises(BuildError, match="The words of the sender do not fit their place"):
        artwork.lay_out(
            artwork.carrier(with_mailing(sheet, mailing), carriers.layout(mailing, NOWHERE))
        )


def test_a_zone_that_lies_over_something_else_is_told():
    zone = {"left": "20", "top": "30", "width": "80", "height": "40"}
    with pytest.raises(ContentError) as told:
        carriers.layout(Mailing.model_validate({"carrier-zone": zone}), NOWHERE)
    assert [problem.what for problem in told.value.problems] == [
        f"`carrier-zone` comes nearer than 5 mm to the {part} on the carrier `a5`"
        for part in ("postage box", "reference", "sender")
    ]


@pytest.mark.parametrize("name", CARRIERS)
def test_the_usual_zone_keeps_clear_of_everything(name):
    mailing = Mailing.model_validate({"carrier": name})
    layout = carriers.layout(mailing, NOWHERE)
    clear = zones.carrier_zone(mailing).grown(LEAST_MARGIN)
    assert not carriers.overlap(clear, layout.map)
    width, height = SIZES[name]
    assert (
        min(
            clear.left,
            clear.top,
            width - clear.left - clear.width,
            height - clear.top - clear.height,
        )
        >= 5
    )


# Covers

FORM = formats.DEFAULT


@pytest.fixture(scope="module")
def covered(sheet, tmp_path_factory):
    """Three addressed covers: their artwork, and their pages."""
    folder, mailing = tmp_path_factory.mktemp("covers"), sheet.site.settings.mailing
    layout = covers.layout(FORM, mailing, NOWHERE)
    art = artwork.lay_out(covers.cover(sheet, FORM, layout))
    measure = Measure("cover", covers.zone(FORM, mailing), sizes(mailing.type_size), FACE)
    stock = Stock(
        "cover",
        (FORM.width, FORM.height),
        measure,
        {EDITION: art},
        layout.reference,
        bleed=FORM.bleed,
    )
    (folder / "art.pdf").write_bytes(art)
    (folder / "covers.pdf").write_bytes(pages_of(stock, art))
    return folder / "art.pdf", folder / "covers.pdf", measure.zone


@needs_poppler
def test_the_cover_is_the_leaflets_own_with_the_address_on_white(covered, tmp_path):
    art, pdf, zone = covered
    for words, postcode in zip(words_by_page(pdf), ("RM1 2AB", "RM1 3BD", "RM1 3BD"), strict=True):
        moved = [dataclasses.replace(w, left=w.left - 3, right=w.right - 3, top=w.top - 3, bottom=w.bottom - 3) for w in words]  # fmt: skip
        address = [word for word in moved if inside(word, zone)]
        assert " ".join(word.text for word in address[-2:]) == postcode
        assert {"Havering", "2009/10", "Postage", "Reference"} <= {word.text for word in words}
        clear = zone.grown(LEAST_MARGIN)
        assert [word for word in moved if word not in address and not apart(word, clear)] == []
    picture = picture_of(art, tmp_path)
    left, top = (zone.left + 3 - LEAST_MARGIN) * 4, (zone.top + 3 - LEAST_MARGIN) * 4
    right, bottom = left + (zone.width + 10) * 4, top + (zone.height + 10) * 4
    assert picture.crop([round(side) for side in (left, top, right, bottom)]).getextrema() == (
        255,
        255,
    )


@needs_poppler
def test_colour_and_white_reach_the_edge_of_the_bleed(covered, tmp_path):
    picture = picture_of(covered[0], tmp_path)
    width, height = picture.size
    assert (width, height) == pytest.approx((154 * 4, 216 * 4), abs=2)
    for x in (1, width - 3):
        assert picture.getpixel((x, 2)) < 60
        assert picture.getpixel((x, height - 3)) == 255


def test_a_cover_is_in_inks_and_its_address_in_black_alone(covered):
    with pikepdf.open(covered[1]) as pdf:
        found = set(colours(pdf))
        own = [(str(o), [float(n) for n in v]) for v, o in pikepdf.parse_content_stream(pdf.pages[0]) if str(o) in {"k", "K", "rg", "RG", "g", "G"}]  # fmt: skip
        for page in pdf.pages:
            boxes = [[float(side) / zones.POINTS_PER_MM for side in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")]  # fmt: skip
            assert boxes[0] == pytest.approx([0, 0, 148, 210], abs=0.01)
            assert boxes[1] == boxes[2] == pytest.approx([-3, -3, 151, 213], abs=0.01)
    assert {operator for operator, _ in found} <= {"k", "K", "scn", "SCN", "cs", "CS"}
    assert {value for operator, value in found if operator.lower() == "cs"} == {("/DeviceCMYK",)}
    assert own == [("k", [0, 0, 0, 1])] * 2


def test_the_leaflet_is_laid_out_once_for_each_edition_and_not_for_each_person(sheet, monkeypatch):
    asked = []
    monkeypatch.setattr(artwork, "lay_out", lambda art: asked.append(art) or b"art")
    station = Stationery(("carrier", "cover", "labels"), {"en-GB": sheet}, {FORM.name: FORM}, FACE)
    carrier, cover, labels = station.stocks([EDITION])
    assert len(asked) == 2
    assert carrier.artwork == cover.artwork == {EDITION: b"art"}
    assert labels.artwork == {}
    assert labels.is_for(EDITION)
    assert not cover.is_for(Edition("dl-roll-fold", "en-GB"))


def test_a_format_without_a_cover_is_told(sheet):
    form = dataclasses.replace(FORM, has_cover=False, title="DL leaflet")
    with pytest.raises(BuildError, match="The DL leaflet has no cover that can make room"):
        covers.layout(form, Mailing(), NOWHERE)


MISPLACED = {
    "over the artwork": ({"left": "15", "top": "110", "width": "90", "height": "34"}, ["the artwork on the cover", "the postage box on the cover", "the reference on the cover", "the sender on the cover"]),
    "off the page": ({"left": "15", "top": "180", "width": "90", "height": "34"}, ["the edge of the A5 booklet"]),
}  # fmt: skip


@pytest.mark.parametrize(("zone", "parts"), MISPLACED.values(), ids=MISPLACED)
def test_a_zone_that_does_not_lie_on_white_is_told(zone, parts):
    with pytest.raises(ContentError) as told:
        covers.layout(FORM, Mailing.model_validate({"cover-zone": zone}), NOWHERE)
    whats = [problem.what for problem in told.value.problems]
    assert len(whats) == len(parts)
    assert all(part in what for part, what in zip(parts, whats, strict=True))


@pytest.mark.parametrize("form", formats.ROWS, ids=lambda form: form.name)
def test_every_cover_makes_room_for_a_usual_address_or_says_that_it_cannot(form, sheet, tmp_path):
    told, art = "", b""
    try:
        art = artwork.lay_out(covers.cover(sheet, form, covers.layout(form, Mailing(), NOWHERE)))
    except BuildError as error:
        told = str(error)
    assert told in {"", covers.no_room(form)}
    assert told or art
    measure = Measure("cover", covers.zone(form, Mailing()), (12, 11.5, 11, 10.5, 10), FACE)
    assert measure.fit(
        [
            "Mrs Alexandra Example",
            "Flat 3, Sample House",
            "112 Invented Avenue",
            "HORNCHURCH",
            "RM11 1QT",
        ]
    )


def test_a_cover_that_does_not_fill_its_place_is_told(sheet):
    """A format whose pages keep margins around their cover, for example."""
    layout = covers.layout(FORM, Mailing(), NOWHERE)
    art = covers.cover(sheet, FORM, layout)
    moved = dataclasses.replace(
        art, html=art.html.replace("</head>", "<style>.cover { margin-left: 9mm }</style></head>")
    )
    with pytest.raises(BuildError, match="no cover that can make room for an address"):
        artwork.lay_out(moved)
