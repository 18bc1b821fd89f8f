"""Types of fields that some families of sections share: amounts, times, wards, languages."""

from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, PlainValidator

from policing_summary.language import LANGUAGES, Language
from policing_summary.model import forms
from policing_summary.model.base import NoFigure, Worded, one_line, ons_code, reader
from policing_summary.numerals import Time, Unit, UnreadableError
from policing_summary.quantities import Quantity, read_quantity

Reference = Annotated[str, AfterValidator(one_line), NoFigure()]
"""Words on one line whose digits count nothing: a reference, an address, the name of a place."""

Outdated = Annotated[str, AfterValidator(one_line), Worded(), NoFigure()]
"""Words on one line that were wrong, so that no figure stands behind their numbers."""


def _ward_code(text: str) -> str:
    code = ons_code(text)
    if not code.startswith(("E05", "W05")):
        kind = "a borough" if code.startswith("E09") else "something else"
        raise UnreadableError(
            f"`{code}` is the code of {kind}, not of a ward",
            "the code of a ward begins with `E05`: `E05013967`",
        )
    return code


def _money(text: str) -> Quantity:
    """An amount of money, with or without its sign."""
    amount = read_quantity(text)
    if amount.unit not in {Unit.NONE, Unit.POUNDS}:
        raise UnreadableError(f"`{text}` is no amount of money", "write it as `£2 million`")
    if amount.signed:
        raise UnreadableError(f"`{text}` has a sign", "write the amount alone: `£2 million`")
    return replace(amount, unit=Unit.POUNDS)


def _people(text: str) -> Quantity:
    """A number of people, whole or in full-time posts."""
    number = read_quantity(text)
    if number.unit is not Unit.NONE or number.signed:
        raise UnreadableError(
            f"`{text}` is not a number of people", "write the number alone: `412`"
        )
    return number


def _spoken(text: str) -> Language:
    """A language that our typefaces can set, by its tag or its own name."""
    word = text.strip()
    for language in LANGUAGES.values():
        if word.lower() in {language.tag.lower(), language.name.lower()}:
            return language
    listed = ", ".join(f"`{tag}` for {each.name}" for tag, each in LANGUAGES.items())
    raise UnreadableError(f"`{word}` is no language that we have letters for", f"write {listed}")


QuantityField = Annotated[Quantity, PlainValidator(reader(read_quantity)), forms.QUANTITY]
Money = Annotated[Quantity, PlainValidator(reader(_money)), forms.MONEY]
People = Annotated[Quantity, PlainValidator(reader(_people)), forms.PEOPLE]
SpokenField = Annotated[Language, PlainValidator(reader(_spoken)), forms.SPOKEN]
WardCode = Annotated[str, PlainValidator(reader(_ward_code)), forms.WARD_CODE]
TimeField = Annotated[Time, PlainValidator(reader(Time.read)), forms.TIME]
