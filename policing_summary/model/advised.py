"""Which advice an editor wants: `advice:` in site.yaml, an edition, a borough, or on top of a free page."""

from pydantic import Field

from policing_summary.model.base import Frozen, YesNo


class Advised(Frozen):
    """Advice that can be switched off by its name, for the whole site or for one file."""

    long_sentences: YesNo = Field(
        default=True,
        alias="long-sentences",
        description="Beyond 35 words a reader has lost the beginning of a sentence before its end",
    )
    jargon: YesNo = Field(
        default=True, description="Words of the trade and of offices keep everybody else out"
    )
    abbreviations: YesNo = Field(
        default=True,
        description="Letters that stand for words mean nothing to those who do not know the words",
    )
    reading_age: YesNo = Field(
        default=True,
        alias="reading-age",
        description="A text that asks for more than 14 years of age leaves many residents behind",
    )
    pasted_html: YesNo = Field(
        default=True,
        alias="pasted-html",
        description="Tags of a web page are printed as they are typed, angle brackets and all",
    )
    undated_claims: YesNo = Field(
        default=True,
        alias="undated-claims",
        description="What is said of now and lately is wrong soon, and nobody can tell since when",
    )
    old_contacts: YesNo = Field(
        default=True,
        alias="old-contacts",
        description="A number that nobody has called for a year may lead nowhere",
    )
    phone_form: YesNo = Field(
        default=True,
        alias="phone-form",
        description="A number that is grouped in the usual way is read and remembered more easily",
    )
    alternative_text: YesNo = Field(
        default=True,
        alias="alternative-text",
        description="Who cannot see a picture has only the text that stands for it",
    )
    empty_headings: YesNo = Field(
        default=True,
        alias="empty-headings",
        description="A heading with nothing below it sends readers on for nothing",
    )
    long_messages: YesNo = Field(
        default=True,
        alias="long-messages",
        description="A message far over its length is not read to its end, and fills the leaflet",
    )
    dead_links: YesNo = Field(
        default=True,
        alias="dead-links",
        description="A link to a page of this site that is not there ends in an error",
    )
    small_images: YesNo = Field(
        default=True,
        alias="small-images",
        description="A picture with too few dots is blurred in print",
    )
    stale_translations: YesNo = Field(
        default=True,
        alias="stale-translations",
        description="Who reads a translation is told what the original said before it was changed",
    )
    editor_schema: YesNo = Field(
        default=True,
        alias="editor-schema",
        description="A text editor offers what its schema lists, and knows nothing newer",
    )

    def has(self, name: str) -> bool:
        """Whether the advice of this name is wanted."""
        return bool(getattr(self, name.replace("-", "_")))
