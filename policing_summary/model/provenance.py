"""Where figures come from: the files they were taken from, as they are kept and as they are cited."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from policing_summary.language import Language
from policing_summary.model.base import Checksum, DayField, Frozen, Kept, Name, OneOrMore


class Source(Frozen):
    """One file or publication that figures were taken from."""

    title: Name = Field(description="What the publication is called")
    publisher: Name = Field(description="Who publishes it")
    file: Annotated[Name | None, Kept()] = Field(
        None, description="The file's name as it was downloaded"
    )
    period: Annotated[Name | None, Kept()] = Field(None, description="What was taken from it")
    extracted: DayField | None = Field(None, description="The day it was downloaded")
    licence: Name | None = Field(None, description="On which terms it may be used")
    checksum: Annotated[Checksum | None, Kept()] = Field(
        None, description="SHA-256 of the file, which tells whether another copy is the same"
    )


Sources = Annotated[tuple[Source, ...], OneOrMore]


def citations(sources: Iterable[Source], language: Language) -> list[str]:
    """Each publication once, as it is printed: `The Met, Recorded crime, 8 December 2025 (licence)`.

    Several files of one publication share a citation, with the latest day of extraction.
    """
    days: dict[tuple[str, str, str | None], list[DayField]] = {}
    for source in sources:
        known = days.setdefault((source.publisher, source.title, source.licence), [])
        known += [source.extracted] if source.extracted else []
    return [
        f"{publisher}, {title}"
        + (f", {language.date(max(on))}" if on else "")
        + (f" ({licence})" if licence else "")
        for (publisher, title, licence), on in days.items()
    ]
