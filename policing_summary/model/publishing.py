"""Where the website is published: the part `publish:` of content/site.yaml.

It names places, never secrets: those come from the environment, an agent or a profile of whoever publishes.
"""

import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from policing_summary.model.base import Count, Frozen, Name, WebField, mistake, reader, secret
from policing_summary.numerals import UnreadableError

Service = Literal["github", "gitlab", "codeberg"]
HOSTS = ("folder", "git", "s3", "ssh")
CREDENTIALS = re.compile(r"://[^/@\s]*:[^/@\s]+@|://[^/@\s]{20,}@")
MOST_PORT = 65_535


def _place(text: str) -> str:
    """An address or a folder: one word of a command line, which no option begins like."""
    typed = text.strip()
    if CREDENTIALS.search(typed):
        raise secret(
            "a password stands in this address",
            "take it out: docs/publishing.md says where it belongs",
        )
    if not typed or typed.startswith("-") or any(letter in typed for letter in "\0\r\n"):
        raise UnreadableError(f"`{text}` is no place", "write where the website is to go")
    return typed


def _branch(text: str) -> str:
    name = text.strip()
    if not re.fullmatch(r"(?!.*(\.\.|//|\.lock$|/$|\.$))[A-Za-z0-9_][\w./-]{0,99}", name, re.ASCII):
        raise UnreadableError(f"`{text}` is not the name of a branch", "write it like `gh-pages`")
    return name


def _bucket(text: str) -> str:
    name = text.strip()
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name):
        raise UnreadableError(
            f"`{text}` is not the name of a bucket",
            "it has 3 to 63 small letters, digits, dots and hyphens: `police-summaries`",
        )
    return name


def _prefix(text: str) -> str:
    folders = [each for each in text.strip().split("/") if each]
    if any(each in (".", "..") for each in folders):
        raise UnreadableError(
            f"`{text}` leads elsewhere", "write the folder as it is in the bucket"
        )
    return "".join(f"{each}/" for each in folders)


def _server(text: str) -> str:
    name = text.strip()
    if not re.fullmatch(r"([\w.-]+@)?[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", name, re.ASCII):
        raise UnreadableError(
            f"`{text}` is not the name of a server", "write it like `editor@www.example.org`"
        )
    return name


def _port(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= MOST_PORT:
        raise UnreadableError(f"`{text}` is not the number of a port", "write `22`, for example")
    return int(text)


Place = Annotated[str, PlainValidator(reader(_place))]


class GitTarget(Frozen):
    """A branch that GitHub, GitLab or Codeberg show as a website."""

    repository: Place = Field("origin", description="An address, or a remote of this repository")
    branch: Annotated[str, PlainValidator(reader(_branch))] = Field(
        "gh-pages", description="One that holds nothing else"
    )
    service: Service = Field("github", description="Which files it wants beside the pages")
    domain: Name | None = Field(
        None, description="A domain of your own, for example www.example.org"
    )


class S3Target(Frozen):
    """A bucket of S3, or of storage that speaks like it."""

    bucket: Annotated[str, PlainValidator(reader(_bucket))] = Field(description="Its name")
    prefix: Annotated[str, PlainValidator(reader(_prefix))] = Field(
        "", description="A folder in the bucket"
    )
    endpoint: Place | None = Field(None, description="The storage's address, if not Amazon's")
    region: Name | None = Field(None, description="Where the storage stands: `eu-west-2`")
    profile: Name | None = Field(None, description="Whose keys, by the name in your own AWS files")


class SshTarget(Frozen):
    """A folder of a server that is reached over SSH."""

    server: Annotated[str, PlainValidator(reader(_server))] = Field(
        description="Its name, with yours if that is another one there: `editor@www.example.org`"
    )
    folder: Place = Field(description="What the web server shows; it becomes a link")
    port: Annotated[int, PlainValidator(reader(_port))] = Field(
        22, description="If not the usual one"
    )


class Target(Frozen):
    """One place where the website goes: exactly one of `folder`, `git`, `s3` and `ssh`."""

    address: WebField | None = Field(None, description="Where readers find it, to look at it there")
    folder: Place | None = Field(None, description="A folder of this computer; it becomes a link")
    git: GitTarget | None = Field(None, description="A branch that is shown as a website")
    s3: S3Target | None = Field(None, description="A bucket of S3, or of what speaks like it")
    ssh: SshTarget | None = Field(None, description="A folder of a server")
    keep: Count = Field(Decimal(3), description="How many former publications can be gone back to")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        named = [host for host in HOSTS if getattr(self, host) is not None]
        if len(named) != 1:
            what = (
                f"one target has one place, and here are {' and '.join(f'`{host}`' for host in named)}"
                if named
                else "nothing says where this target is"
            )
            raise mistake(what, "give it one of `folder:`, `git:`, `s3:` and `ssh:`")
        return self


def by_name(targets: dict[str, Target]) -> dict[str, Target]:
    """The targets, if each has a name that can be typed and can be part of a file's."""
    for name in targets:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            what = f"`{name}` is no name for a target"
            raise mistake(what, "use small letters, digits and hyphens: `live`, `staging`")
    return targets
