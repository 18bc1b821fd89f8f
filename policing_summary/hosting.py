"""What a web host is told: `_headers` and `_redirects`, as several hosts of static sites read them.

Hosts that know neither show the pages all the same: each page carries its policy itself, and each
address that was given up has a page that leads on.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from policing_summary.heads import top
from policing_summary.model.files import SiteFile
from policing_summary.redirects import Redirect

# What a page cannot say of itself, or what holds for files of every kind. How styles are limited
# stands in the pages, because the newsletter has to carry its own.
EVERYWHERE = {
    "Content-Security-Policy": (
        "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; connect-src 'self'; font-src 'self'; "
        "img-src 'self' data:; media-src 'none'; frame-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
YEAR = 31_536_000  # seconds
KEPT = ("assets/*", "pagefind/fragment/*", "pagefind/index/*")
"""Folders of files that have a hash of their content in their name."""


def base_path(settings: SiteFile) -> str:
    """Where the site lives on its host: `/`, or `/police/summaries/`."""
    return urlsplit(top(settings)).path


def headers(settings: SiteFile) -> bytes:
    base = base_path(settings)
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in EVERYWHERE.items())]
    for folder in KEPT:
        lines += ["", f"{base}{folder}", f"  Cache-Control: public, max-age={YEAR}, immutable"]
    return ("\n".join(lines) + "\n").encode()


def redirections(settings: SiteFile, redirects: Iterable[Redirect]) -> bytes:
    """A folder and all below it, for good."""
    base = base_path(settings)
    lines = [
        line
        for each in redirects
        for line in (
            f"{base}{each.old} {base}{each.new}/ 301",
            f"{base}{each.old}/* {base}{each.new}/:splat 301",
        )
    ]
    return ("\n".join(lines) + "\n").encode()
