"""What files declare beside their sections: names, orders and sums that lead to nothing."""

import re
from collections.abc import Collection, Iterator

from policing_summary import formats, model
from policing_summary.errors import Problem
from policing_summary.model.files import BoroughHead, EditionHead, PostcodesFile, SiteFile
from policing_summary.nodes import Document, Scalar
from policing_summary.validation import did_you_mean

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DISTRICT = re.compile(r"[A-Z]{1,2}[0-9]{1,2}[A-Z]?")


def wrong_names(document: Document, settings: SiteFile) -> Iterator[Problem]:
    for slug in settings.boroughs:
        if not SLUG.fullmatch(slug):
            yield Problem(
                document.key_place("boroughs", slug),
                f"`{slug}` cannot be part of an address",
                "use small letters, digits and hyphens, for example `kingston-upon-thames`",
            )


def lost_districts(
    document: Document, postcodes: PostcodesFile, names: Collection[str]
) -> Iterator[Problem]:
    """Districts that are none, or lie in boroughs that the site does not list."""
    for district, boroughs in postcodes.districts.items():
        if not DISTRICT.fullmatch(district):
            place = document.key_place("districts", district)
            way_out = "write what stands before the space of a postcode: `RM1`"
            yield Problem(place, f"`{district}` is not a postcode district", way_out)
        for index, name in enumerate(boroughs):
            if name not in names:
                place = document.place("districts", district, index)
                way_out = did_you_mean(name, names, "add it under `boroughs:` in site.yaml")
                yield Problem(place, f"site.yaml lists no borough `{name}`", way_out)
    for index, district in enumerate(postcodes.partly_outside):
        if district not in postcodes.districts:
            place = document.place("partly-outside", index)
            what = f"`{district}` does not stand under `districts:`"
            yield Problem(place, what, did_you_mean(district, postcodes.districts, "delete it"))


def unknown_sections(document: Document, key: str, names: tuple[str, ...]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        place = document.place(key, index)
        if name not in model.sections():
            listed = ", ".join(f"`{known}`" for known in model.sections())
            way_out = did_you_mean(name, model.sections(), f"the sections are {listed}")
            yield Problem(place, f"there is no section `{name}`", way_out)
        elif name in names[:index]:
            yield Problem(place, f"`{name}` stands here twice", "delete one of the two")


def unknown_formats(document: Document, names: tuple[str, ...]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        place = document.place("formats", index)
        if name == formats.NONE and len(names) == 1:
            continue
        if name == formats.NONE:
            yield Problem(place, f"`{name}` stands here beside others", "delete it, or the others")
        elif name not in formats.FORMATS:
            listed = ", ".join(f"`{known}`" for known in formats.FORMATS)
            way_out = did_you_mean(name, formats.FORMATS, f"the formats are {listed}")
            yield Problem(place, f"there is no format `{name}`", way_out)
        elif name in names[:index]:
            yield Problem(place, f"`{name}` stands here twice", "delete one of the two")


def unclear_sections(document: Document, head: BoroughHead) -> Iterator[Problem]:
    """Sections with nothing in them, and those that are left out and written all the same."""
    for name in model.sections():
        entry = document.root.get(name)
        if entry and isinstance(entry.value, Scalar) and entry.value.is_empty:
            way_out = f"write it, or delete the line; `leave-out: [{name}]` omits a shared section"
            yield Problem(entry.key.place, f"there is nothing in the section `{name}`", way_out)
        elif entry and name in head.leave_out:
            what = f"`{name}` is left out and written here too"
            place = document.place("leave-out", head.leave_out.index(name))
            yield Problem(place, what, "delete one of the two")


def catalogue_problems(document: Document, head: EditionHead) -> Iterator[Problem]:
    for measure, entry in head.measures.items():
        if not SLUG.fullmatch(measure):
            yield Problem(
                document.key_place("measures", measure),
                f"`{measure}` cannot be the id of a measure",
                "use small letters, digits and hyphens, for example `residential-burglary`",
            )
        for index in range(len(entry.sum_of)):
            place = document.place("measures", measure, "sum-of", index)
            if told := _part_problem(
                measure, index, head, is_whole=document.has_all_of("measures")
            ):
                yield Problem(place, *told)


def _part_problem(
    measure: str, index: int, head: EditionHead, *, is_whole: bool
) -> tuple[str, str] | None:
    """What is wrong with a part of a sum, and the way out."""
    parts = head.measures[measure].sum_of
    part = parts[index]
    if part == measure:
        return f"`{part}` cannot be a part of itself", "delete it from this list"
    if part in parts[:index]:
        return f"`{part}` would be counted twice", "delete one of the two"
    if part not in head.measures:
        way_out = did_you_mean(part, head.measures, "add it to this catalogue")
        return (f"unknown measure `{part}`", way_out) if is_whole else None
    if head.measures[part].sum_of:
        return f"`{part}` is a sum itself", "list the measures that it is made of instead"
    if {head.measures[part].unit, head.measures[measure].unit} != {"offences"}:
        return "only numbers of offences can be added up", "delete `sum-of:`, or correct `unit:`"
    return None
