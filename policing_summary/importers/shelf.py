"""What an import must know of the content: the site's boroughs and one edition's own file.

The boroughs' files are not read here: an edition may have none yet.
"""

from pathlib import Path

from policing_summary import model, source
from policing_summary.content import EDITION, Edition
from policing_summary.errors import ContentError, TypedError
from policing_summary.model.files import SiteFile
from policing_summary.nodes import Document
from policing_summary.validation import Model, did_you_mean, read_as


def site_of(root: Path) -> SiteFile:
    """`content/site.yaml`.

    Raises:
        ContentError: everything that is wrong with it.
    """
    settings, _ = _read(root / "content" / "site.yaml", root, SiteFile)
    return settings


def edition_of(root: Path, slug: str) -> Edition:
    """One edition's own file, without its boroughs.

    Raises:
        TypedError: there is none of that name.
        ContentError: everything that is wrong with it.
    """
    known = [path.parent.name for path in (root / "content").glob(f"*/{EDITION}")]
    if slug not in known:
        way_out = did_you_mean(slug, known, f"make its folder, with a file `{EDITION}`")
        raise TypedError(f"There is no edition `{slug}`: {way_out}")
    folder = root / "content" / slug
    head, document = _read(folder / EDITION, root, model.edition_file())
    return Edition(slug, folder, head, document, ())


def _read(path: Path, root: Path, kind: type[Model]) -> tuple[Model, Document]:
    reading = read_as(source.read(path, path.relative_to(root).as_posix()), kind)
    if reading.problems or reading.model is None:
        raise ContentError(reading.problems)
    return reading.model, reading.document
