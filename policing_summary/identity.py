"""A site's own typefaces and logo: read from content/brand, and what is wrong with them.

Letters of the alphabet and figures have to be in a typeface of the site's own, because a single one of
another would be seen. Signs, and letters of other scripts, come from ours.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from policing_summary import fontfiles, logofiles, theme
from policing_summary.content import Site
from policing_summary.errors import Place, Problem
from policing_summary.fontfiles import HEADINGS, TEXT, Family
from policing_summary.language import Language, english_name, letters_said
from policing_summary.logofiles import Logo
from policing_summary.model.brand import Brand
from policing_summary.nodes import Document
from policing_summary.picturefiles import Fault
from policing_summary.sheet import Sheet
from policing_summary.texts import texts

ALWAYS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
MARKS = frozenset("!\"#%&'()*+,-./:;?@[]–—‘’“”…£")
"""Marks that stand between letters everywhere."""
MOST_NAMED = 12
SEEN = 3.0  # WCAG 2.2, 1.4.11: a shape against what is behind it


@dataclass(frozen=True)
class Identity:
    """What is set in our own typefaces, or has no logo, is none here. `dark` is the logo for dark grounds."""

    text: Family | None = None
    headings: Family | None = None
    logo: Logo | None = None
    dark: Logo | None = None
    says: str = ""
    """The logo in words; nothing if it is decoration."""

    @property
    def families(self) -> tuple[Family, ...]:
        """Each once."""
        found = {each.name: each for each in (self.text, self.headings) if each}
        return tuple(found.values())


def of(brand: Brand, content: Path) -> Identity:
    """What can be used of it; `problems` tells of the rest."""
    return _read(brand, content)[0]


def _read(brand: Brand, content: Path) -> tuple[Identity, list[tuple[str, str, Fault]]]:
    """The identity, and each fault with the keys below `brand:` where it is told."""
    faults = list[tuple[str, str, Fault]]()

    def family(key: str, folder: str | None, roles: tuple[fontfiles.Role, ...]) -> Family | None:
        if folder is None:
            return None
        found, told = fontfiles.read(content / folder, content, roles)
        faults.extend(("fonts", key, each) for each in told)
        return found

    def logo(key: str, file: str | None) -> Logo | None:
        found = logofiles.read(content / file, content) if file else None
        if isinstance(found, Fault):
            faults.append(("logo", key, found))
            return None
        return found

    text = family("text", brand.fonts.text, TEXT)
    is_one = brand.fonts.headings in {None, brand.fonts.text}
    headings = text if is_one else family("headings", brand.fonts.headings, HEADINGS)
    if brand.logo is None:
        return Identity(text, headings), faults
    light, dark = logo("file", brand.logo.file), logo("dark", brand.logo.dark)
    return Identity(text, headings, light, dark, brand.logo.text or ""), faults


def problems(site: Site) -> Iterator[Problem]:
    """What keeps typefaces and logo from being used, and what they lack for the site's words."""
    brand = site.settings.brand
    if brand.fonts == Brand().fonts and brand.logo is None:
        return
    found, faults = _read(brand, site.folder)
    for part, key, fault in faults:
        yield Problem(site.document.place("brand", part, key), fault.what, fault.way_out)
    yield from _lacking_for_languages(site, found)
    heads: list[tuple[Document, BaseModel]] = [(site.document, site.settings)]
    heads += [(each.document, each.head) for each in (*site.editions, *site.drafts)]
    for document, head in heads:
        yield from _lacking_for_texts(site, found, document, head)
    yield from _hardly_seen(site, found)


def letters_are_in_the_fonts(sheet: Sheet) -> Iterator[Problem]:
    """What is written about a borough can be set in the site's own typefaces."""
    if not sheet.site.settings.brand.fonts.text and not sheet.site.settings.brand.fonts.headings:
        return
    found = of(sheet.site.settings.brand, sheet.site.folder)
    told = _letters_of(sheet.language)
    for part in sheet.borough.parts:
        for text in texts(part.section):
            for word, lacking, family in _lacking(found, text.words, told):
                told |= lacking
                yield _problem(part.within(text.steps, word), lacking, family)


def _lacking_for_languages(site: Site, found: Identity) -> Iterator[Problem]:
    languages = (site.settings.english, *site.settings.languages)
    for key, family in (("text", found.text), ("headings", found.headings)):
        if family is None or (key == "headings" and found.headings is found.text):
            continue
        wanted = {letter: each for each in reversed(languages) for letter in _letters_of(each)}
        lacking = sorted(wanted.keys() - family.letters)
        if lacking:
            names = list(dict.fromkeys(english_name(wanted[letter]) for letter in lacking))
            needs = f"{' and '.join(names)} need{'s' if len(names) == 1 else ''}"
            yield Problem(
                site.document.place("brand", "fonts", key),
                f"{family.name} has no {_named(lacking)}, which {needs}",
                "take a complete file of it, or another typeface, which has these letters",
            )


def _lacking_for_texts(
    site: Site, found: Identity, document: Document, head: BaseModel
) -> Iterator[Problem]:
    told = _letters_of(site.settings.english)
    for text in texts(head):
        if text.steps[:1] == ("brand",):
            continue
        for word, lacking, family in _lacking(found, text.words, told):
            told |= lacking
            yield _problem(document.within(text.steps, word), lacking, family)


def _lacking(
    found: Identity, words: str, told: frozenset[str]
) -> Iterator[tuple[str, frozenset[str], Family]]:
    """The first word with letters that a family lacks, and those that were not told of yet."""
    for family in found.families:
        lacking = frozenset(filter(_is_of_the_alphabet, set(words) - family.letters - told))
        if lacking:
            word = next(each for each in words.split() if lacking & set(each))
            yield word, lacking, family


def _problem(place: Place, lacking: Iterable[str], family: Family) -> Problem:
    return Problem(
        place,
        f"{family.name}, the typeface under `brand:` in site.yaml, has no {_named(sorted(lacking))}",
        "take a complete file of it, or another typeface, which has this letter",
    )


def _named(letters: list[str]) -> str:
    more = f" and {len(letters) - MOST_NAMED} more" if len(letters) > MOST_NAMED else ""
    return ", ".join(f"`{each}`" for each in letters[:MOST_NAMED]) + more


def _is_of_the_alphabet(letter: str) -> bool:
    """Whether it is one of those that have to be in a typeface of the site's own."""
    if letter in ALWAYS or letter in MARKS:
        return True
    return unicodedata.category(letter)[0] == "L" and "LATIN" in unicodedata.name(letter, "")


@cache
def _letters_of(language: Language) -> frozenset[str]:
    """What the program's own words in a language are made of."""
    said = letters_said(language) if language.script == "Latn" else frozenset()
    return ALWAYS | MARKS | frozenset(filter(_is_of_the_alphabet, said))


def _hardly_seen(site: Site, found: Identity) -> Iterator[Problem]:
    """A drawing none of whose colours can be told from what is behind it; of a photograph nothing is known."""
    deep = theme.of(site.settings.brand).light["deep"]
    for key, logo, grounds in (
        ("file", found.logo, {"white paper": theme.WHITE}),
        ("dark", found.dark, {"the cover": deep, "a dark screen": theme.DARK_PAPER}),
    ):
        for where, behind in grounds.items() if logo and logo.colours else ():
            best = max(theme.contrast(each, behind) for each in logo.colours) if logo else 0
            if best < SEEN:
                yield Problem(
                    site.document.place("brand", "logo", key),
                    f"this logo can hardly be seen on {where}: its contrast is {int(best * 10) / 10:.1f} at most",
                    "use the version that its designer made for this ground"
                    if key == "dark"
                    else "use the version for white paper here, and this one as `dark:`",
                    severity="warning",
                )
                break
