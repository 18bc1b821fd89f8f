"""What every page of the site stands in: its head, its links at the foot, and the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from policing_summary import overriding, rendering, svg, theme
from policing_summary.assets import Assets
from policing_summary.content import Site
from policing_summary.heads import Head, top
from policing_summary.language import Language


@dataclass(frozen=True)
class LinkedVersion:
    """The same summary in a language: its whole address, and the way there from a page."""

    language: Language
    address: str
    href: str


@dataclass(frozen=True)
class Shell:
    """Renders the templates of `templates/site/`."""

    site: Site
    assets: Assets
    templates: Path

    def page(  # noqa: PLR0913 - where a page is, and what stands around it
        self,
        template: str,
        path: str,
        head: Head | None,
        language: Language | None = None,
        *,
        root: str | None = None,
        versions: Sequence[LinkedVersion] = (),
        **names: object,
    ) -> bytes:
        """The page at `path`, a folder below the site's; `root` leads back to its top."""
        language = language or self.site.settings.english
        html = (
            rendering.environment(self.templates, language, own=overriding.folder_of(self.site))
            .get_template(f"site/{template}")
            .render(
                **{
                    "site": self.site.settings,
                    "language": language,
                    "look": self.assets.looks[language.script],
                    "scripts": self.assets.scripts,
                    "mark": self.assets.mark,
                    "root": "../" * path.count("/") if root is None else root,
                    "canonical": f"{top(self.site.settings)}{path}",
                    "head": head,
                    "versions": versions,
                    "free_pages": self.site.pages,
                    "is_large": self.site.is_large,
                    "has_postcodes": self.site.postcodes is not None,
                    **names,
                },
            )
        )
        dressed = theme.of(self.site.settings.brand)
        html = html.replace(svg.FONT, self.assets.drawn_in)
        return dressed.dress(str(Markup(html))).encode()  # noqa: S704 - Jinja escaped it
