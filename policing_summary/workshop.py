"""What a process keeps from one leaflet to the next: fonts opened, stylesheets read, pictures decoded.

Everything here is asked for by value and is the same whoever asks and when, so that it changes how
long a leaflet takes and nothing else. Only the latest are kept, so that memory does not grow.
"""

import atexit
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from policing_summary import wellformed

Files = tuple[tuple[str, bytes], ...]
"""Fonts, by the name that stylesheets call them: `leaflet:/…`."""

ADDRESS = "leaflet:/"
FONT_SETS, STYLESHEETS = 4, 8
PICTURES = 16  # a leaflet has a handful; those of one edition are mostly the same


@dataclass(frozen=True)
class Stylesheet:
    """A stylesheet that was read, and what was said about it."""

    css: Any
    warnings: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Fonts:
    """Opened fonts, and a fetcher that knows them, data addresses and nothing else."""

    configuration: Any
    fetcher: object


@lru_cache(FONT_SETS)
def same(files: Files) -> Files:
    """The files that were seen before, if they are equal: each leaflet brings half a megabyte of them."""
    return files


def engine() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """WeasyPrint, loaded when it is first needed: a build without leaflets saves the time.

    Raises:
        OSError: a library of the system is missing.
    """
    with _libraries_by_name():
        import weasyprint  # noqa: PLC0415
    return weasyprint


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Let libraries be loaded by their names alone, where the system finds them so.

    WeasyPrint asks for each by names of other systems first, and for those Python runs a compiler and a
    linker: 0.2 s.
    """
    import ctypes.util  # noqa: PLC0415 - as WeasyPrint does

    usual = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = usual


@lru_cache(FONT_SETS)
def fonts(files: Files) -> Fonts:
    engine()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    return Fonts(FontConfiguration(), _fetcher(files))


# WeasyPrint keeps opened fonts in a folder, and deletes it when nobody needs them any more.
atexit.register(fonts.cache_clear)


@lru_cache(STYLESHEETS)
def stylesheet(text: str, files: Files) -> Stylesheet:
    with listening() as told:
        return Stylesheet(read(text, files), tuple(told))


def read(text: str, files: Files) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """A stylesheet that is of use only once."""
    having = fonts(files)
    return engine().CSS(
        string=text,
        font_config=having.configuration,
        base_url=ADDRESS,
        url_fetcher=having.fetcher,
    )


def laid_out(html: str, sheets: Sequence[Any], files: Files) -> Any:  # noqa: ANN401
    """HTML on pages, as WeasyPrint's own value."""
    having = fonts(files)
    return _parsed(html, having.fetcher).render(
        font_config=having.configuration,
        stylesheets=list(sheets),
        cache=_album().open(),
        pdf_variant="pdf/ua-1",
        optimize_images=True,
    )


def _parsed(html: str, fetcher: object) -> Any:  # noqa: ANN401
    """An HTML document, as WeasyPrint has it."""
    tree = wellformed.document(html)
    string = html if tree is None else "<p>"
    made = engine().HTML(string=string, base_url=ADDRESS, url_fetcher=fetcher)
    if tree is None:
        return made
    made.wrapper_element = type(made.wrapper_element).from_html_root(tree)
    made.etree_element = tree
    return made


def pango() -> str:
    """The version of the system's library that sets lines."""
    engine()
    from weasyprint.text.ffi import pango as library  # noqa: PLC0415

    return str(library.pango_version())


class _Pictures(dict[str, Any]):
    """Decoded pictures, by their address. Drawings are read anew: a drawn one holds on to all of its page."""

    def __setitem__(self, address: str, picture: Any) -> None:  # noqa: ANN401
        if type(picture).__name__ != "SVGImage":
            super().__setitem__(address, picture)


class _Album:
    """What was decoded before. A full one is closed, since pages may still need it."""

    def __init__(self) -> None:
        self._pictures = _Pictures()

    def open(self) -> dict[str, Any]:
        if len(self._pictures) > PICTURES:
            self._pictures = _Pictures()
        return self._pictures


@cache
def _album() -> _Album:
    return _Album()


@contextmanager
def listening() -> Iterator[list[str]]:
    """What WeasyPrint would only log, meanwhile."""
    listener, logger = _Listener(), logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.lines
    finally:
        logger.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _fetcher(own: Files) -> object:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    files = dict(own)

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            name = url.removeprefix(ADDRESS)
            if name in files:
                return URLFetcherResponse(url, files[name], {"Content-Type": "font/woff2"})
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols={"data"})
