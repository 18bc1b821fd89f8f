"""What a web host is told: `_headers` and `_redirects`, as several hosts of static sites read them.

Hosts that know neither show the pages all the same: each page carries its policy itself, and each
address that was given up has a page that leads on.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from html import unescape
from urllib.parse import urlsplit

from policing_summary.heads import POLICY, top
from policing_summary.model.files import SiteFile
from policing_summary.redirects import Redirect

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'; style-src {styles}; frame-ancestors 'none'; "
    + POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
STYLES = re.compile(rb' style="([^"]*)"|<style[^>]*>(.*?)</style>', re.DOTALL)
YEAR = 31_536_000  # seconds
KEPT = ("assets/*", "pagefind/fragment/*", "pagefind/index/*")
"""Folders of files that have a hash of their content in their name."""
HASHED = (*KEPT, "pagefind/*.pf_meta")
"""The same, and single files among others, which `_headers` has no words for."""


def base_path(settings: SiteFile) -> str:
    """Where the site lives on its host: `/`, or `/police/summaries/`."""
    return urlsplit(top(settings)).path


def is_immutable(path: str) -> bool:
    """Whether its name has a hash of its content, so that it never says anything else."""
    return any(fnmatch(path, pattern) for pattern in HASHED)


def headers(settings: SiteFile, inline: Collection[str]) -> bytes:
    """What goes with every file, and how long those may be kept that never change.

    A newsletter carries its styles in its tags. The policy names the hash of each of these `inline`
    styles, and allows no other.
    """
    base = base_path(settings)
    styles = "'self'"
    if inline:
        styles = f"{styles} 'unsafe-hashes' {' '.join(sorted(inline))}"
    lines = [f"{base}*"]
    lines += [f"  {name}: {value.format(styles=styles)}" for name, value in EVERYWHERE.items()]
    for folder in KEPT:
        lines += ["", f"{base}{folder}", f"  Cache-Control: public, max-age={YEAR}, immutable"]
    return ("\n".join(lines) + "\n").encode()


def inline_styles(files: Mapping[str, bytes]) -> frozenset[str]:
    """The hash of every style that stands in one of the pages itself."""
    styles = {style for page in files.values() for style in _styles(page)}
    return frozenset(map(_hash, styles))


def _styles(page: bytes) -> Iterator[bytes]:
    """Every style that stands in an HTML page itself, as a browser reads it."""
    if page.startswith(b"<!DOCTYPE html"):
        for attribute, element in STYLES.findall(page):
            yield unescape(attribute.decode()).encode() if attribute else element


def _hash(style: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"


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
