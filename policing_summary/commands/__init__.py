"""The table of commands. A new command is a module beside this one, and a row here.

Its module has `parser()`, the words that may follow it, and `run(typed, at)`, which gives the exit code.
Nothing is imported here: a start with nothing to do ends before that.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """`module` is empty where `environment` does the work; `untouched` is what stays when it fails."""

    name: str
    module: str
    summary: str
    untouched: str = "output/"
    again: str = "Nothing was written."
    """Said after Ctrl-C."""


COMMANDS = (
    Command(
        "build",
        "build",
        "builds every page and leaflet into output/site; so does no command at all",
        again="Run the command again to go on.",
    ),
    Command("check", "check", "looks for problems in content/ and writes nothing"),
    Command("new", "new", "begins a borough, an edition, or a site of another force", "content/"),
    Command("import", "importing", "fills in figures from published files", "content/"),
    Command(
        "mail",
        "mail",
        "prints the addresses of a list into output/mail",
        "output/mail",
        "output/mail is as it was.",
    ),
    Command(
        "preview",
        "preview",
        "shows page and leaflet in a browser and follows what is saved",
        again="The preview has ended. Nothing was written to output/.",
    ),
    Command("print", "printing", "makes files for a print shop in output/print"),
    Command(
        "publish",
        "publish",
        "puts the website where readers find it, or takes the last step back",
        "what was published",
        "Run it again: it goes on from where it is, and readers see the former website until then.",
    ),
    Command(
        "cluster",
        "cluster",
        "lets this machine take part in laying out leaflets",
        again="This machine takes no part any more.",
    ),
    Command("clean", "clean", "forgets what was kept from earlier builds", again="Run it again."),
    Command("verify", "verify", "builds once more, and compares that with output/site"),
    Command(
        "explain", "explain", "says what a line of a content file is for and what is made of it"
    ),
    Command(
        "list", "list", "lists editions, boroughs, translations, words, and what is to be seen to"
    ),
    Command(
        "translated",
        "translated",
        "records that a translation is in step with its original",
        "content/",
    ),
    Command("schema", "schema", "tells text editors what may stand in content/", "content/"),
    Command("sbom", "sbom", "prints what the program is made of, for other programs"),
    Command("test", "", "runs the project's tests (what follows goes to pytest)"),
    Command("lint", "", "checks the style and types of the program itself"),
    Command("completion", "completion", "lets a shell complete all this when you press Tab"),
    Command("help", "help", "shows this"),
)
