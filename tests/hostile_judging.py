"""A hostile case → a process of its own → what came of it, and what it tried.

The process has 10 seconds and 1 GiB. It may read the site, the program and Python; a request, another
program or a file of somebody else is noted. What it wrote is searched for anything that would come to life.
"""

import csv
import io
import json
import os
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import hostile
from hostile import MARK, SECRET, Case

from policing_summary import building, environment
from policing_summary.errors import BuildError, ContentError, show
from policing_summary.importers import tables
from policing_summary.mailing import reading

SECONDS, BYTES = 10, 2**30
MAY_READ = (environment.ROOT, sys.prefix, sys.base_prefix, "/usr", "/lib", "/etc/fonts", "/proc", "/dev/null", "/dev/urandom", "/etc/localtime", "/etc/mime.types", "/etc/ssl", "/var/cache/fontconfig", "/root/.cache/fontconfig", "/sys/fs/cgroup", "/etc/ld.so")  # fmt: skip
SCRATCH = ("/tmp/summary-", "/tmp/weasyprint-")
OWN = ("data:", "leaflet:/")  # what WeasyPrint asks its fetcher for
LOADS = {
    "script": "src",
    "img": "src",
    "link": "href",
    "source": "srcset",
    "image": "href",
    "use": "href",
}
LIVE = {"script", "style", "iframe", "object", "embed", "base", "form", "frame", "applet", "portal"}
NEVER = {"iframe", "object", "embed", "base", "applet", "frame"}
ADDRESSES = {"href", "action", "formaction", "xlink:href"}
SAFE = ("https://", "http://", "mailto:", "tel:", "#", "webcal:")
NUMBER = re.compile(r"[-+−]?[\d,]+(\.\d+)?(%| (percentage )?points?)?")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Verdict:
    """`outcome` is refused, built, or what went wrong; `faults` are promises that were broken."""

    outcome: str = "ended by force"
    told: str = ""
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: float = 0.0


def judge(case: Case, root: Path) -> Verdict:
    """Run a case in a process of its own."""
    hostile.clear(root)
    root.mkdir(parents=True)
    hostile.lay_out(case.files, root)
    read, write = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if not child:
        os.close(read)
        _in_child(case, root, write)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        data = told.read()
    _, status, usage = os.wait4(child, 0)
    verdict = Verdict(**json.loads(data)) if data else Verdict()
    verdict.seconds = round(usage.ru_utime + usage.ru_stime, 2)
    verdict.megabytes = round(usage.ru_maxrss / 1024)
    if status or not data:
        ended = os.waitstatus_to_exitcode(status)
        verdict.faults.append(
            "hang"
            if ended == -signal.SIGXCPU or time.perf_counter() - began > 60
            else f"ended with {ended}"
        )
    if usage.ru_utime + usage.ru_stime > SECONDS:
        verdict.faults.append("longer than 10 s")
    if usage.ru_maxrss * 1024 > BYTES:
        verdict.faults.append("more than 1 GiB")
    return verdict


def _in_child(case: Case, root: Path, write: int) -> None:
    """Never comes back."""
    verdict = Verdict()
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 2, SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (3 * BYTES, 3 * BYTES))
        signal.alarm(240)
        tried: list[str] = []
        if any("large-print" in str(data)[:2000] for data in case.files.values()):
            import weasyprint  # noqa: F401, PLC0415 - looks for its libraries, once, by other programs
        _watch(root, tried)
        building.searching.index = lambda *_: {}  # type: ignore[attr-defined]  # another program, and no part of this
        try:
            _run(root)
            verdict.outcome = "built" if (root / "output").exists() else "read"
        except ContentError as error:
            verdict.outcome = "refused"
            verdict.told = "\n".join(map(show, error.problems[:3]))
            verdict.faults += _odd_problems(error, root)
        except (BuildError, OSError) as error:
            verdict.outcome = "refused"
            verdict.told = f"{type(error).__name__}: {error}"
            if isinstance(error, OSError):
                verdict.faults.append(f"told as a fault of the computer: {error}"[:200])
        except BaseException as error:  # noqa: BLE001 - that is what is looked for
            verdict.outcome = "traceback"
            verdict.told = "".join(traceback.format_exception(error))[-1500:]
            verdict.faults.append(f"traceback: {type(error).__name__}: {str(error)[:100]}")
        verdict.faults += sorted(set(tried))
        verdict.faults += list(dict.fromkeys(_alive(root / "output")))[:5]
    finally:
        os.write(write, json.dumps(asdict(verdict)).encode())
        os._exit(0)


def _run(root: Path) -> None:
    for path in sorted((root / "import").glob("*")):
        if path.suffix == ".xlsx":
            tables.read_xlsx(path, f"import/{path.name}", None, 1)
        else:
            tables.read_csv(path, f"import/{path.name}")
    for path in sorted((root / "mail").glob("*")):
        reading.read(path, f"mail/{path.name}")
    if (root / "content").exists():
        building.build(root, lambda what, done, total: None)


def _watch(root: Path, tried: list[str]) -> None:
    """Python tells of every file that is opened, every request and every program."""
    may = (str(root.resolve()), str(root), *MAY_READ)

    def noted(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(may) and not path.startswith(SCRATCH):
                tried.append(f"read outside: {path}")
        elif event == "urllib.Request" and not str(arguments[0]).startswith(OWN):
            tried.append(f"request: {arguments[0]}")
        elif event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
            tried.append(f"request: {event} {arguments[1:]}")
        elif event in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
            tried.append(f"program: {arguments[0]!r}")

    sys.addaudithook(noted)


def _odd_problems(error: ContentError, root: Path) -> Iterator[str]:
    for problem in error.problems:
        place = problem.place
        path = root / place.file
        if not problem.what or place.line < 1 or place.column < 1:
            yield f"a problem without a place: {problem.what}"
        if place.file.startswith("/") or ".." in place.file.split("/"):
            yield f"a place outside: {place.file}"
        if (
            place.quote
            and path.is_file()
            and path.stat().st_size < 2_000_000
            and path.suffix in {".yaml", ".md"}
        ):
            lines = (
                path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").count("\n") + 2
            )
            if place.line > lines:
                yield f"a place below the file: {place}"
        if "\x1b" in show(problem):
            yield "an escape for the terminal"


# What would come to life


class Live(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self.script = given.get("type") or "text/javascript"
        if tag in NEVER or (tag in LIVE and MARK in str(attrs)):
            self.found.append(f"<{tag}>")
        if given.get("http-equiv", "").lower() == "refresh" and MARK in str(given):
            self.found.append("<meta refresh>")
        for name, value in given.items():
            if name.startswith("on"):
                self.found.append(f"{name}=")
            if name == "style" and ("url(" in value or "expression(" in value):
                self.found.append("a style that loads")
            if name in ADDRESSES:
                self._follow(value.strip().lower())
            if name == LOADS.get(tag) and "rel" not in given and MARK in value:
                self.found.append(f"<{tag}> loads {value[:60]}")

    def _follow(self, address: str) -> None:
        scheme = address.partition(":")[0]
        is_whole = ":" in address and scheme.isalnum()
        if is_whole and address != "data:," and not address.startswith(SAFE):
            self.found.append(f"a link to {address[:40]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.script = None

    def handle_data(self, data: str) -> None:
        if self.script is not None and "json" not in self.script and MARK in data:
            self.found.append("a live script")
        if self.cdata_elem == "style" and MARK in data:
            self.found.append("a live style")
        if self.script and "json" in self.script and data.strip():
            try:
                json.loads(data)
            except ValueError:
                self.found.append("JSON-LD that is none")


def _alive(output: Path) -> Iterator[str]:
    for path in sorted(output.rglob("*")):
        if path.is_dir() or ".staging" in path.parts:
            continue
        if path.is_symlink():
            yield f"a link in the output: {path}"
            continue
        data = path.read_bytes()
        if SECRET.encode() in data or b"root:x:0:0" in data:
            yield f"{path.name}: a file from outside"
        look = LOOKS.get(path.suffix)
        yield from (f"{path.name}: {each}" for each in (look(data) if look else ()))
        if any(sign in path.relative_to(output).as_posix() for sign in '<>"\n\\'):
            yield f"{path.name!r}: a file name with a sign"


def _in_page(data: bytes) -> Iterator[str]:
    parser = Live()
    parser.feed(data.decode())
    yield from parser.found


def _in_json(data: bytes) -> Iterator[str]:
    try:
        json.loads(data)
    except ValueError:
        yield "no JSON"


def _in_text(data: bytes) -> Iterator[str]:
    if f"\nX-Header: {MARK}".encode() in data:
        yield "a header of the content"


def _in_xml(data: bytes) -> Iterator[str]:
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        yield f"not well-formed: {error}"
        return
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in {"script", "foreignObject", "iframe"}:
            yield f"<{tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"{name}={value[:40]}"
        if tag in {"content", "summary"} and element.get("type") == "html":
            parser = Live()
            parser.feed(element.text or "")
            yield from parser.found


def _in_csv(data: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        for cell in row:
            if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell):
                yield f"a formula: {cell[:40]!r}"


def _in_calendar(data: bytes) -> Iterator[str]:
    text = data.decode()
    if "\n" in text.replace("\r\n", ""):
        yield "a line end within a line"
    names = Counter(
        line.partition(":")[0].partition(";")[0] for line in text.split("\r\n") if line[:1] != " "
    )
    if names["BEGIN"] != names["END"] or any(
        "javascript" in line for line in text.split("\r\n") if line.startswith("URL")
    ):
        yield "an event of the content"


def _in_mail(data: bytes) -> Iterator[str]:
    import email  # noqa: PLC0415
    import email.policy  # noqa: PLC0415

    message = email.message_from_bytes(data, policy=email.policy.default)
    known = {"subject", "from", "mime-version", "content-type", "x-unsent", "date", "to", "message-id", "content-transfer-encoding", "content-language"}  # fmt: skip
    yield from (f"a header {name}" for name in message if name.lower() not in known)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            parser = Live()
            parser.feed(part.get_content())
            yield from parser.found


def _in_pdf(data: bytes) -> Iterator[str]:
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(data)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary):
                kind = str(item.get("/S", ""))
                if (
                    kind in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
                    or "/JS" in item
                ):
                    yield f"a PDF with {kind}"
                if kind == "/URI" and not str(item.URI).lower().startswith(SAFE):
                    yield f"a PDF with a link to {item.URI}"


LOOKS = {
    ".html": _in_page,
    ".xml": _in_xml,
    ".svg": _in_xml,
    ".json": _in_json,
    ".webmanifest": _in_json,
    ".csv": _in_csv,
    ".ics": _in_calendar,
    ".eml": _in_mail,
    ".pdf": _in_pdf,
    "": _in_text,
}
