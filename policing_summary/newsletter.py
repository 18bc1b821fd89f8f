"""Sheet → the e-mail newsletter: an edited digest of the summary as a web page, a text and a message to send.

The digest is the commander's opening, the figures, the priorities and whom to call. Its styles stand in
the tags, because mail programs drop stylesheets; it asks no other address for anything.
"""

import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import Message
from email.policy import SMTP
from functools import cache
from pathlib import Path

from markupsafe import Markup

from policing_summary import overriding, plain, rendering, theme
from policing_summary.language import Language
from policing_summary.model.messages import Commander
from policing_summary.sheet import Sheet

PAGE, TEXT, MESSAGE = "newsletter.html", "newsletter.txt", "newsletter.eml"
OPENING = 110  # words of the commander's message, in whole paragraphs, and at least one of these
LIMIT = 100_000
"""Bytes; Gmail cuts a message off at 102 kB."""


@dataclass(frozen=True)
class Newsletter:
    """The digest in its two forms, and what a mail program shows above it."""

    subject: str
    sender: Address | None
    html: str
    text: str

    @property
    def files(self) -> Mapping[str, bytes]:
        return {
            PAGE: self.html.encode(),
            TEXT: self.text.encode(),
            MESSAGE: self.message(),
        }

    def message(self) -> bytes:
        """A draft that a mail program opens: the text, and beside it the same with its looks.

        It has no date, because it has not been sent (RFC 5322), and its boundary comes from what is in it.
        """
        draft = Message(policy=SMTP)
        draft["Subject"] = self.subject
        if self.sender:
            draft["From"] = str(self.sender)
        draft["X-Unsent"] = "1"  # Outlook opens it to be addressed and sent
        draft["MIME-Version"] = "1.0"
        mark = hashlib.sha256(self.html.encode()).hexdigest()[:24]
        draft["Content-Type"] = f'multipart/alternative; boundary="=_{mark}"'
        draft.attach(_part("plain", self.text))
        draft.attach(_part("html", self.html))
        return draft.as_bytes()


def _part(kind: str, words: str) -> Message:
    part = Message(policy=SMTP)
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(binascii.b2a_qp(words.encode(), istext=True).decode("ascii"))
    return part


def compose(sheet: Sheet, address: str, templates: Path = rendering.TEMPLATES) -> Newsletter:
    """The digest of the summary whose page has this address."""
    edition, borough, site = sheet.edition.head, sheet.borough, sheet.site.settings
    subject = f"{borough.entry.name}: {edition.title}"
    content = _content(sheet, address, templates)
    page = (
        rendering.environment(templates, sheet.language, own=overriding.folder_of(sheet.site))
        .get_template("newsletter/newsletter.html")
        .render(
            subject=subject,
            preheader=borough.head.summary or site.description,
            content=Markup(content),  # noqa: S704 - Jinja escaped it
            language=sheet.language,
            dark=_style(templates, "newsletter-dark"),
        )
    )
    who = site.publisher
    sender = Address(who.name, addr_spec=who.email) if who.email else None
    return Newsletter(
        subject,
        sender,
        theme.of(site.brand).dress(_inlined(page, sheet.language, templates)),
        plain.text(content, language=sheet.language.tag),
    )


def cut_off(files: Mapping[str, bytes]) -> Iterator[str]:
    """A sentence for each newsletter among the files that a mail program would cut off."""
    for path, data in files.items():
        if path.endswith(f"/{PAGE}") and len(data) > LIMIT:
            yield (
                f"{path} has {len(data) / 1000:.0f} kB, and Gmail cuts off what is over 102 kB. "
                "Shorten the beginning of the commander’s message, or list fewer figures and contacts."
            )


def _content(sheet: Sheet, address: str, templates: Path) -> str:
    parts = {
        part.name: part.section for part in sheet.borough.parts if part.language == sheet.language
    }
    context = rendering.Context(sheet, "text", lambda _: "", templates=templates)
    commander = parts.get(Commander.name)
    results = sheet.table("achievements", "met") + sheet.table("achievements", "missed")
    opening, is_longer = (
        _opening(commander.body) if isinstance(commander, Commander) else ("", False)
    )
    return (
        rendering.environment(templates, sheet.language, own=overriding.folder_of(sheet.site))
        .get_template("newsletter/content.html")
        .render(
            site=sheet.site.settings,
            edition=sheet.edition.head,
            borough=sheet.borough,
            address=address,
            commander=commander,
            opening=context.prose(opening),
            is_longer=is_longer,
            performance=parts.get("performance"),
            own=sheet.table("performance", "measures"),
            achievements=parts.get("achievements"),
            results=results if parts.get("achievements") else (),
            priorities=parts.get("priorities"),
            goals=sheet.goals,
            contacts=parts.get("contacts"),
        )
    )


def _opening(body: str) -> tuple[str, bool]:
    """The first paragraphs of a message, and whether there are more."""
    paragraphs = re.split(r"\n\s*\n", body)
    kept = paragraphs[:1]
    for paragraph in paragraphs[1:]:
        if sum(len(each.split()) for each in (*kept, paragraph)) > OPENING:
            break
        kept.append(paragraph)
    return "\n\n".join(kept), len(kept) < len(paragraphs)


def _inlined(page: str, language: Language, templates: Path) -> str:
    import css_inline  # noqa: PLC0415 - only where newsletters are made

    css = "\n".join(_style(templates, name) for name in ("tokens", "newsletter"))
    inliner = css_inline.CSSInliner(
        extra_css=_mirrored(css) if language.is_mirrored else css,
        load_remote_stylesheets=False,
        resolve_css_variables=True,
    )
    return inliner.inline(page) + "\n"


def _mirrored(css: str) -> str:
    """Left and right exchanged: old mail programs know no `start` and no `end`."""
    other = {"left": "right", "right": "left"}
    return re.sub(r"\b(left|right)\b", lambda side: other[side[0]], css)


@cache
def _style(templates: Path, name: str) -> str:
    return (templates / "css" / f"{name}.css").read_text("utf-8")
