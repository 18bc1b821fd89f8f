"""What an edition makes for a borough: the leaflets that a recipient can be sent, by what a list may call them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policing_summary.mailing.recipients import Edition


@dataclass(frozen=True)
class Offer:
    """`formats` and `languages` give a name for every word that stands for it; `usual` is sent to who asks for none."""

    formats: Mapping[str, str]
    languages: Mapping[str, str]
    usual: Edition

    def edition(self, format_: str, language: str) -> Edition:
        """What was asked for.

        Raises:
            KeyError: the edition does not make it; its argument is `format` or `language`.
        """
        chosen = self.formats.get(_folded(format_), "") if format_ else self.usual.format
        spoken = self.languages.get(_folded(language), "") if language else self.usual.language
        if not chosen:
            raise KeyError("format")
        if not spoken:
            raise KeyError("language")
        return Edition(chosen, spoken)


def offer(
    formats: Iterable[tuple[str, str]], languages: Iterable[tuple[str, Iterable[str]]]
) -> Offer:
    """From formats by name and title, and languages by code and what they are called; the first of each is usual."""
    by_format, by_language = dict[str, str](), dict[str, str]()
    for name, title in formats:
        for word in (name, title):
            by_format[_folded(word)] = name
    for code, names in languages:
        for word in (code, code.partition("-")[0], *names):
            by_language.setdefault(_folded(word), code)
    usual = Edition(next(iter(by_format.values())), next(iter(by_language.values())))
    return Offer(by_format, by_language, usual)


def _folded(word: str) -> str:
    return " ".join(word.replace("-", " ").replace("_", " ").split()).casefold()
