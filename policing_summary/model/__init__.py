"""What a content file may say.

Every module of this package is looked through for sections, so a new section is one new class: its
`name` becomes a key of edition and borough files.
"""

import importlib
import pkgutil
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema, core_schema

from policing_summary.model.base import Frozen, Section
from policing_summary.model.files import BoroughHead, EditionHead

Head = TypeVar("Head", bound=Frozen)


@cache
def sections() -> dict[str, type[Section]]:
    """Every kind of section by name, in the order they are printed unless told otherwise."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    kinds = sorted(Section.__subclasses__(), key=lambda kind: (kind.position, kind.name))
    return {kind.name: kind for kind in kinds}


@cache
def edition_file() -> type[EditionHead]:
    return _with_sections("EditionFile", EditionHead)


@cache
def borough_file() -> type[BoroughHead]:
    return _with_sections("BoroughFile", BoroughHead)


def __getattr__(name: str) -> type[Frozen]:
    """The two kinds of file by their names, so that what was read can be handed to another process."""
    kinds = {"EditionFile": edition_file, "BoroughFile": borough_file}
    if name not in kinds:
        raise AttributeError(name)
    return kinds[name]()


class _WhenItIsThere:
    """Has a section's model completed with the first file that has such a section.

    To complete those of all sections takes longer than to read a borough's file.
    """

    def __init__(self, section: type[Section]) -> None:
        self.section = section

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - its type
        return core_schema.no_info_plain_validator_function(self._read)

    def _read(self, typed: Any) -> Section | None:  # noqa: ANN401 - anything an editor may type
        return None if typed is None else self.section.model_validate(typed)


def _with_sections(name: str, head: type[Head]) -> type[Head]:
    fields: dict[str, Any] = {
        kind: (Annotated[model | None, _WhenItIsThere(model)], None)
        for kind, model in sections().items()
    }
    return create_model(name, __base__=head, __doc__=head.__doc__, **fields)
