"""Content by somebody who wants to do harm: made from good content, always the same.

A case is a set of files. Those under `content/` are a whole site with one thing changed; those under
`import/` and `mail/` are handed to the importers and to the reader of mailing lists.
"""

import io
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policing_summary import environment, source
from policing_summary.nodes import Mapping as Node
from policing_summary.nodes import Scalar, Sequence

ROOT = Path(environment.ROOT)
CASES = Path(__file__).parent / "cases"
MARK = "zzhostile"
"""Stands in every script, so that one that came to life is found by its name."""
SECRET = "zzsecret"
SITE = """\
title: Local Policing Summary
description: What the police did.
address: https://summary.example.org/
publisher: {name: Metropolitan Police Authority, web: www.example.org, phone: 020 7946 0000}
boroughs:
  havering: {name: Havering, code: E09000016}
  bromley: {name: Bromley, code: E09000006}
"""
PAGE = "---\ntitle: Privacy\nposition: 10\nsummary: What we keep.\n---\n\nWe keep nothing.\n"


@dataclass(frozen=True)
class Link:
    """A symbolic link; `{outside}` is a folder that is none of the site's business."""

    to: str


@dataclass(frozen=True)
class Pipe:
    """A named pipe into which nobody ever writes."""


File = str | bytes | Link | Pipe


@dataclass(frozen=True)
class Case:
    name: str
    files: Mapping[str, File] = field(repr=False)


def lay_out(files: Mapping[str, File], root: Path) -> Path:
    """Write a case below `root`; gives the folder outside of it that holds a secret."""
    outside = root.parent / "outside"
    outside.mkdir(exist_ok=True)
    for name in ("secret.txt", "secret.yaml", "secret.md", "secret.jpg"):
        (outside / name).write_text(f"summary: {SECRET}\n", "utf-8")
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Link):
            path.symlink_to(data.to.format(outside=outside))
        elif isinstance(data, Pipe):
            os.mkfifo(path)
        elif isinstance(data, bytes):
            path.write_bytes(data)
        else:
            path.write_text(data, "utf-8", errors="surrogatepass", newline="")
    return outside


# Scripts, markup and formulas, in every place where an editor writes

SCRIPTS = {
    "a script": f"<script>{MARK}()</script>",
    "a script after an end of title": f"</title></script><script>{MARK}()</script>",
    "a picture with a script": f"<img src=x onerror={MARK}()>",
    "an attribute": f'" onmouseover="{MARK}()" x="',
    "an attribute in single marks": f"' onmouseover='{MARK}()' x='",
    "an SVG": f"<svg onload={MARK}()><script>{MARK}()</script></svg>",
    "a link to a script": f"[words](javascript:{MARK}())",
    "a link to a script in entities": f"[words](&#106;avascript&colon;{MARK}())",
    "a link to a script with a tab": f"[words](java\tscript:{MARK}())",
    "a link to data": f"[words](data:text/html,<script>{MARK}()</script>)",
    "an autolink to a script": f"<javascript:{MARK}()>",
    "a reference to a script": f"[words][1]\n\n[1]: javascript:{MARK}()",
    "a link with a title": f"[words](https://example.org/ 'x\" onclick=\"{MARK}()')",
    "a picture from elsewhere": f"![{MARK}](https://{MARK}.example.org/x.png)",
    "a file as a picture": "![x](file:///etc/passwd) ![x](../../../../etc/passwd)",
    "an end of a style": f"</style><style>body{{background:url(https://{MARK}.example.org)}}",
    "a style": f"x; background: url(https://{MARK}.example.org/); behavior: url(#{MARK})",
    "an end of CDATA": f"]]><script>{MARK}()</script><![CDATA[",
    "a comment": f"--><script>{MARK}()</script><!--",
    "a template": "{{ ''.__class__.__mro__[1].__subclasses__() }}{% include '/etc/passwd' %}",
    "a template that includes": "{% import 'os' as os %}{{ os.popen('id').read() }}",
    "a formula": f'=HYPERLINK("https://{MARK}.example.org")',
    "a formula after a plus": "+cmd|'/C calc'!A0",
    "a formula after a minus": "-2+3+cmd|'/C calc'!A0",
    "a formula after an at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "a header": f"x\r\nBcc: {MARK}@example.org\r\n\r\n<script>{MARK}()</script>",
    "an event": f"x\nEND:VEVENT\nBEGIN:VEVENT\nURL:javascript:{MARK}()",
    "JSON": f'"}}]}}</script><script>{MARK}()</script>',
    "letters turned round": "\u202egnp.exe\u202c \u2066x\u2069",
    "entities of XML": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;&lt;script&gt;",
    "a path": "../../../../etc/passwd",
    "a base": f"<base href=https://{MARK}.example.org/><meta http-equiv=refresh content='0;x'>",
    "a frame": f"<iframe srcdoc='<script>{MARK}()</script>'></iframe><form action=x><object data=x>",
}


def _good() -> dict[str, dict[str, str]]:
    """Two whole sites, each with one edition and one borough."""
    every = CASES / "every-section" / "2024-25"
    usual = ROOT / "content" / "2009-10"
    made = {}
    for folder, slug in ((every, "2024-25"), (usual, "2009-10")):
        edition = (folder / "edition.yaml").read_text("utf-8")
        lines = [line for line in edition.splitlines() if not line.startswith("formats:")]
        made[slug] = {
            "content/site.yaml": SITE,
            "content/pages/privacy.md": PAGE,
            f"content/{slug}/edition.yaml": "\n".join([*lines, "formats: none", ""]),
            f"content/{slug}/havering.yaml": (folder / "havering.yaml").read_text("utf-8"),
        }
    return made


SMALL = """\
title: Local Policing Summary 2009/10
label: 2009/10
period: April 2009 to March 2010
formats: none
measures: {robbery: {name: Robbery}, gun-crime: {name: Gun crime}}
"""


def small() -> dict[str, File]:
    """A site in which little but one borough's own file can be wrong."""
    return {
        "content/site.yaml": SITE,
        "content/pages/privacy.md": PAGE,
        "content/2009-10/edition.yaml": SMALL,
        "content/2009-10/havering.yaml": "summary: x\n",
    }


def good(slug: str = "2024-25") -> dict[str, File]:
    return dict(_good()[slug])


def scalars(text: str, name: str) -> Iterator[Scalar]:
    """Every value in a content file, in order."""

    def walk(node: object) -> Iterator[Scalar]:
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            for item in node.items:
                yield from walk(item)
        elif isinstance(node, Node):
            for entry in node.entries:
                yield from walk(entry.value)

    yield from walk(source.parse(text, name).root)


def instead(text: str, at: Scalar, words: str) -> str | None:
    """The file with other words in the place of one value; None where a value has several lines."""
    lines = text.split("\n")
    line = lines[at.place.line - 1]
    start = at.place.column - 1
    end = start + at.place.width
    if line[start:end].strip() in {"|", ">", "|-", ">-"} or not line[start:end].strip():
        return None
    lines[at.place.line - 1] = f"{line[:start]}{json.dumps(words)}{line[end:]}"
    return "\n".join(lines)


def fields() -> Iterator[Case]:
    """Each value of each file in turn has one of the scripts, so that every field meets some."""
    number = 0
    names = list(SCRIPTS)
    for files in _good().values():
        for path, text in files.items():
            if not path.endswith(".yaml"):
                continue
            for at in scalars(text, path):
                what = names[number % len(names)]
                changed = instead(text, at, SCRIPTS[what])
                if changed is None:
                    continue
                number += 1
                yield Case(f"{what} at {path}:{at.place.line}", {**files, path: changed})


def texts() -> Iterator[Case]:
    """Each script in a body of several lines, in a free page, and as a key."""
    files = small()
    for what, words in SCRIPTS.items():
        body = "\n".join(f"    {line}" for line in words.replace("\r", "").split("\n"))
        borough = f"summary: x\nforeword:\n  from: {{name: A B, role: C}}\n  body: |\n{body}\n"
        yield Case(f"{what} in a body", {**files, "content/2009-10/havering.yaml": borough})
        yield Case(f"{what} in a page", {**files, "content/pages/x.md": PAGE + "\n" + words})
        key = f"summary: x\n{json.dumps(words)}: y\n"
        yield Case(f"{what} as a key", {**files, "content/2009-10/havering.yaml": key})


# Too much of everything

MUCH = {
    "a word of 900 kB": "summary: " + "x" * 900_000,
    "900 kB of words": "summary: " + "x " * 450_000,
    "100,000 keys": "".join(f"k{n}: 1\n" for n in range(100_000)),
    "100,000 items": "summary: x\nquotes:\n" + "  - x\n" * 100_000,
    "100,000 quotes that are good": "summary: x\nquotes:\n" + "  - {text: x, name: y, role: z}\n" * 29_000,
    "brackets": "summary: " + "[" * 100_000,
    "braces": "summary: " + "{a: " * 100_000,
    "hyphens": "- " * 100_000,
    "one key within another": "\n".join(" " * n + "a:" for n in range(500)),
    "a bomb of aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(f'*{a}' for _ in range(9))}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "a merge": "summary: &x y\n<<: *x\n",
    "a tag for Python": "summary: !!python/object/apply:os.system ['touch /tmp/zzhostile']\n",
    "a tag for a module": "summary: !!python/module:os\n",
    "a binary": "summary: !!binary aGVsbG8=\n",
    "a directive": "%TAG ! tag:x,2000:\n--- \nsummary: x\n",
    "two documents": "summary: x\n---\nsummary: y\n",
    "900 kB of remarks": "summary: x\n" + "# x\n" * 220_000,
    "900 kB of line ends": "summary: x\n" + "\n" * 900_000,
    "900 kB of blanks": "summary: x" + " " * 900_000,
    "a number of 4,400 digits": "summary: x\nperformance:\n  period: x\n  measures: [{measure: robbery, before: "
    + "9" * 4400 + ", now: 1}]\n",
    "a number of 900,000 digits": "summary: x\nperformance:\n  period: x\n  measures: [{measure: robbery, before: "
    + "9" * 900_000 + ", now: 1}]\n",
    "a number with a far exponent": "summary: x\nperformance:\n  period: x\n  measures: [{measure: robbery, before: 1e999999999, now: 1}]\n",
    "no number": "summary: x\nperformance:\n  period: x\n  measures: [{measure: robbery, before: NaN, now: Infinity}]\n",
    "a percentage without end": "summary: x\nperformance:\n  period: x\n  measures: [{measure: robbery, change: 5, percent: "
    + "9" * 300 + "%}]\n",
    "a year far away": "summary: x\nmeetings: [{title: a, date: 999999-01-01, place: b}]\n",
    "a day that is none": "summary: x\nmeetings: [{title: a, date: 2024-02-31, place: b}]\n",
    "a digit of another script": "summary: x\nperformance:\n  period: x\n  measures: [{measure: robbery, before: ٣٤٥, now: ²}]\n",
    "half of a pair": 'summary: "\\ud800"\n',
    "a zero": 'summary: "\\0"\n',
    "an escape for a terminal": 'summary: "\\e]0;x\\a\\e[31m"\n',
    "a mark of byte order": 'summary: "\\ufeff\\uffff"\n',
    "20,000 marks above a letter": "summary: a" + "\u0301" * 20_000 + "\n",
    "letters without width": "summary: " + "\u200b" * 1000 + "\n",
}  # fmt: skip
LONG = {
    "quotes within quotes": ">" * 50_000 + " x",
    "lists within lists": "".join("  " * n + "- x\n" for n in range(400)),
    "brackets": "[" * 50_000,
    "brackets that close": "[" * 20_000 + "]" * 20_000,
    "links within links": "[" * 5_000 + "x" + "](https://a.b)" * 5_000,
    "stars": "*" * 50_000 + "x",
    "stars and letters": "*a_ " * 50_000,
    "underscores between": "a**b" * 40_000,
    "backticks": "".join("`" * n + " " for n in range(1, 400)),
    "pictures": "![" * 30_000,
    "angles": "<" * 50_000,
    "entities": "&amp" * 50_000 + ";",
    "backslashes": "\\" * 50_000,
    "references": "".join(f"[{n}]: https://a.b\n" for n in range(10_000)) + "[x]" * 10_000,
    "quotation marks": "\"'" * 50_000,
    "braces": "{{" * 50_000,
    "braces that close": "{{ robbery.change }}" * 5_000,
    "unknown figures": "{{ x }}" * 5_000,
    "digits": "1 " * 100_000,
    "digits in one": "1" * 200_000,
    "telephone numbers": "020 7946 0000 " * 10_000,
    "brackets turned round": "(a)[https://" * 20_000,
    "round brackets": "(" * 100_000,
    "dots": "." * 100_000,
    "letters of Arabic": "سلام " * 30_000,
    "autolinks": "<https://a.b/" * 20_000,
    "headings": "# x\n" * 20_000,
    "lines": "***\n" * 20_000,
    "tables": "|" * 50_000 + "\n" + "|-" * 25_000,
    "colons": "a:" * 100_000,
    "tabs": "\t" * 50_000 + "x",
    "hard ends": "x  \n" * 30_000,
}


def much() -> Iterator[Case]:
    files = small()
    for what, text in MUCH.items():
        yield Case(f"{what} in a borough", {**files, "content/2009-10/havering.yaml": text})
    for what, words in LONG.items():
        body = "\n".join(f"    {line}" for line in words.split("\n"))
        borough = (
            f"summary: x\nforeword:\n  from: {{name: A B, role: C}}\n  body: |\n    x\n\n{body}\n"
        )
        yield Case(f"many {what} in a body", {**files, "content/2009-10/havering.yaml": borough})
        yield Case(f"many {what} in a page", {**files, "content/pages/x.md": PAGE + words})
        short = words.replace("\n", " ")
        field = f"summary: {json.dumps(short)}\n"
        yield Case(f"many {what} in a field", {**files, "content/2009-10/havering.yaml": field})


# Files that are not what they seem


def png(width: int, height: int, data: bytes | None = None) -> bytes:
    """A picture in shades of grey; without data all of it is black, and packed very small."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    if data is None:
        packer, row, packed = zlib.compressobj(9), b"\0" * (width + 1), b""
        for _ in range(height):
            packed += packer.compress(row)
        data = packed + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


PICTURES = {
    "a picture of 400 million pixels": lambda: png(20_000, 20_000),
    "a picture that says it has 4 milliards of pixels": lambda: png(65_000, 65_000, b"x"),
    "a picture of no size": lambda: png(0, 0, b""),
    "a picture that is cut short": lambda: png(100, 100)[:60],
    "a picture that is an SVG": f"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/><script>{MARK}()</script></svg>".encode,
    "a picture that is a page": f"<html><script>{MARK}()</script>".encode,
    "a picture of no bytes": lambda: b"",
    "a picture of 60 MB": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 60_000_000,
    "a picture that is a link out": lambda: Link("{outside}/secret.jpg"),
    "a picture that is a link to a device": lambda: Link("/dev/zero"),
    "a picture that is a pipe": Pipe,
    "a picture that is a link to itself": lambda: Link("boss.png"),
}  # fmt: skip
WITH_PICTURE = """\
summary: x
foreword:
  from: {name: A B, role: C, photo: images/boss.png}
  body: Words.
"""
ODD_FILES: dict[str, dict[str, File]] = {
    "a borough that is a link out": {"content/2009-10/havering.yaml": Link("{outside}/secret.yaml")},
    "a borough that is a link to a device": {"content/2009-10/havering.yaml": Link("/dev/zero")},
    "a borough that is a pipe": {"content/2009-10/havering.yaml": Pipe()},
    "a borough that is a link to itself": {"content/2009-10/havering.yaml": Link("havering.yaml")},
    "an edition that is a link out": {"content/2009-10/edition.yaml": Link("{outside}/secret.yaml")},
    "a site that is a link out": {"content/site.yaml": Link("{outside}/secret.yaml")},
    "a site that is a pipe": {"content/site.yaml": Pipe()},
    "a folder that is a link out": {"content/2031-32": Link("{outside}")},
    "a folder of pages with a link out": {"content/pages/x.md": Link("{outside}/secret.md")},
    "a page that is a pipe": {"content/pages/x.md": Pipe()},
    "postcodes that are a link out": {"content/postcodes.yaml": Link("{outside}/secret.yaml")},
    "postcodes that are a pipe": {"content/postcodes.yaml": Pipe()},
    "postcodes that are too many": {"content/postcodes.yaml": "source: x\n" + "A1: [havering]\n" * 60_000},
    "a borough with a name to climb by": {"content/2009-10/..havering.yaml": "summary: x\n"},
    "a borough with marks in its name": {"content/2009-10/<script>.yaml": "summary: x\n"},
    "a borough with a line in its name": {"content/2009-10/a\nb.yaml": "summary: x\n"},
    "a folder with marks in its name": {'content/"><script>/edition.yaml': "title: x\n"},
    "a page with marks in its name": {"content/pages/<img src=x>.md": PAGE},
    "a page with a long name": {"content/pages/" + "x" * 240 + ".md": PAGE},
    "a file with a name that is no text": {"content/2009-10/\udcff\udcfe.yaml": "summary: x\n"},
    "a borough in another language that is a pipe": {"content/2009-10/havering.pl.yaml": Pipe()},
    "a page in bytes": {"content/pages/x.md": bytes(range(256)) * 10},
    "a borough in bytes": {"content/2009-10/havering.yaml": bytes(range(256)) * 10},
    "an archive for a borough": {"content/2009-10/havering.yaml": b"PK\x03\x04" + b"\0" * 1000},
    "a picture that climbs": {"content/2009-10/havering.yaml": WITH_PICTURE.replace("images/boss.png", "images/../../../outside/secret.jpg")},
    "a picture from the root": {"content/2009-10/havering.yaml": WITH_PICTURE.replace("images/boss.png", "/etc/passwd")},
    "a picture from elsewhere": {"content/2009-10/havering.yaml": WITH_PICTURE.replace("images/boss.png", "https://zzhostile.example.org/x.png")},
}  # fmt: skip
SITES = {
    "an address that is a script": ("https://summary.example.org/", f"javascript:{MARK}()//"),
    "an address with marks": ("https://summary.example.org/", f'https://x/"><script>{MARK}()</script>/'),
    "an address with a name and a password": ("https://summary.example.org/", "https://a:b@example.org/"),
    "an address that is a file": ("https://summary.example.org/", "file:///etc/"),
    "an address with a line": ("https://summary.example.org/", f'"https://x.org/\\nX-Header: {MARK}"'),
    "a way that leads out": ("boroughs:", "redirects: {../../x: havering, '/\\n/* 200': x}\nboroughs:"),
    "a way to a script": ("boroughs:", f"redirects: {{x: 'javascript:{MARK}()'}}\nboroughs:"),
    "colours that end a style": ("boroughs:", f"brand: {{primary: 'red;}}</style><script>{MARK}()</script>'}}\nboroughs:"),
    "a borough that climbs": ("  havering:", "  ../../x: {name: X, code: E09000001}\n  havering:"),
    "a borough that is a page": ("  havering:", "  index.html: {name: X, code: E09000001}\n  havering:"),
    "a tile far away": ("code: E09000016}", "code: E09000016, tile: {column: 999999999, row: -999999999}}"),
    "a language that climbs": ("boroughs:", "languages: ['../../etc/passwd']\nboroughs:"),
}  # fmt: skip


def files() -> Iterator[Case]:
    usual = small()
    borough = {"content/2009-10/havering.yaml": WITH_PICTURE}
    for what, made in PICTURES.items():
        yield Case(what, {**usual, **borough, "content/2009-10/images/boss.png": made()})
    for what, changed in ODD_FILES.items():
        yield Case(what, {**usual, **changed})
    for what, (old, new) in SITES.items():
        yield Case(what, {**usual, "content/site.yaml": SITE.replace(old, new)})


# Tables for importers and for mailings


def xlsx(sheet: bytes, strings: bytes = b"", more: Mapping[str, bytes] | None = None) -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": b"<workbook " + space + b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet.replace(b"SPACE", space),
        "xl/sharedStrings.xml": strings.replace(b"SPACE", space) or b"<sst " + space + b"/>",
        **(more or {}),
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def _sheet(rows: bytes) -> bytes:
    return b"<worksheet SPACE><sheetData>" + rows + b"</sheetData></worksheet>"


def _cell(words: bytes, at: bytes = b"A1") -> bytes:
    return b'<row r="1"><c r="' + at + b'" t="inlineStr"><is><t>' + words + b"</t></is></c></row>"


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (new, b"&%c;" % old * 10)
    for old, new in zip(b"abcdefghi", b"bcdefghij", strict=True)
)
TABLES = {
    "a bomb of a sheet": lambda: xlsx(_sheet(_cell(b"x" * 300_000_000))),
    "a bomb of many rows": lambda: xlsx(_sheet(b"<row><c><v>1</v></c></row>" * 5_000_000)),
    "a bomb of strings": lambda: xlsx(_sheet(b""), b"<sst SPACE>" + b"<si><t>x</t></si>" * 5_000_000 + b"</sst>"),
    "a bomb beside": lambda: xlsx(_sheet(_cell(b"x")), more={"xl/media/x.bin": b"\0" * 300_000_000}),
    "a cell in a far row": lambda: xlsx(_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "a cell in a far column": lambda: xlsx(_sheet(_cell(b"x", b"XFD1"))),
    "a row beyond all rows": lambda: xlsx(_sheet(b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>')),
    "a cell without a place": lambda: xlsx(_sheet(_cell(b"x", b"!!"))),
    "laughs": lambda: xlsx(LAUGHS + b"]>" + _sheet(_cell(b"&j;"))),
    "laughs among strings": lambda: xlsx(_sheet(_cell(b"x")), LAUGHS + b"]><sst SPACE><si><t>&j;</t></si></sst>"),
    "an entity from a file": lambda: xlsx(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + _sheet(_cell(b"&e;"))),
    "an entity from elsewhere": lambda: xlsx(b'<!DOCTYPE x SYSTEM "http://zzhostile.example.org/x.dtd">' + _sheet(_cell(b"x"))),
    "no sheet": lambda: xlsx(b""),
    "half a sheet": lambda: xlsx(b"<worksheet SPACE><sheetData><row>"),
    "half an archive": lambda: xlsx(_sheet(_cell(b"x")))[:300],
    "an archive of nothing": lambda: b"PK\x03\x04" + b"\0" * 100,
    "an archive that is empty": lambda: b"PK\x05\x06" + b"\0" * 18,
    "a number that is none": lambda: xlsx(_sheet(b'<row r="1"><c r="A1"><v>1e99999</v></c><c r="B1" t="d"><v>x</v></c><c r="C1" t="s"><v>99</v></c></row>')),
    "a date far away": lambda: xlsx(_sheet(b'<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c></row>')),
    "no bytes": lambda: b"",
    "a field of 30 MB": lambda: b"a,b\n" + b"x" * 30_000_000 + b",1\n",
    "70 MB": lambda: b"a,b\n" + b"1,2\n" * 17_500_000,
    "a million columns": lambda: b"a," * 1_000_000 + b"\n",
    "a quotation mark left open": lambda: b'a,b\n"x' + b"\n" * 100_000,
    "a million quotation marks": lambda: b'"' * 1_000_001,
    "zeros": lambda: b"a,b\n\0,\0\n",
    "all bytes": lambda: bytes(range(256)) * 100,
    "formulas": lambda: b"name,count\n=1+1,+1\n@x,-1\n",
    "a web page": lambda: b"<!doctype html><script>zzhostile()</script>",
    "UTF-16": lambda: "a,b\n1,2\n".encode("utf-16"),
    "a link to a device": lambda: Link("/dev/zero"),
    "a pipe": Pipe,
}  # fmt: skip


def tables() -> Iterator[Case]:
    for what, made in TABLES.items():
        data = made()
        is_packed = isinstance(data, bytes) and data.startswith(b"PK")
        yield Case(f"{what}, to import", {f"import/x.{'xlsx' if is_packed else 'csv'}": data})
        yield Case(f"{what}, to mail", {"mail/x.xlsx" if is_packed else "mail/x.csv": data})


def leaflets() -> Iterator[Case]:
    """What is laid out in a leaflet of as many pages as it takes."""
    usual = small() | {
        "content/2009-10/edition.yaml": SMALL.replace("formats: none", "formats: large-print")
    }
    bodies = {
        "every script": "\n\n".join(
            words.replace("\r", "") for what, words in SCRIPTS.items() if "template" not in what
        ),
        "a word of 20,000 letters": "x" * 20_000,
        "15,000 words": "word " * 15_000,
        "lists within lists": LONG["lists within lists"],
        "marks above a letter": "a" + "\u0301" * 5_000,
        "letters without width": "a\u200b" * 5_000,
        "many stars": "**a** " * 5_000,
        "many items": "- x\n" * 5_000,
    }
    for what, text in bodies.items():
        lines = "\n".join(f"    {line}" for line in text.split("\n"))
        own = f"summary: x\nforeword:\n  from: {{name: A B, role: C}}\n  body: |\n    x\n{lines}\n"
        yield Case(f"{what} in a leaflet", {**usual, "content/2009-10/havering.yaml": own})
    for what, made in PICTURES.items():
        own = {"content/2009-10/havering.yaml": WITH_PICTURE}
        files = {**usual, **own, "content/2009-10/images/boss.png": made()}
        yield Case(f"{what} in a leaflet", files)


TEMPLATES = {
    "reaches for classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "reaches for classes by a filter": "{{ ''|attr('__class__') }}",
    "reaches for classes by a name": "{{ ''['__cla' ~ 'ss__'] }}",
    "reaches for globals": "{{ section.joined.__globals__ }}{{ page.prose.__func__.__globals__ }}",
    "reaches for globals of Jinja": "{{ self.__init__.__globals__ }}{{ cycler.__init__.__globals__ }}",
    "formats its way out": "{{ '{0.__class__.__mro__}'.format(section) }}",
    "formats its way out by a map": "{{ '{x.__class__}'.format_map({'x': section}) }}",
    "calls a method for writing": "{{ page.sheet.edition.folder.joinpath('x').write_text('x') }}",
    "reads a file by a path": "{{ page.sheet.edition.folder.joinpath('../../../outside/secret.txt').read_text() }}",
    "reads a file by a model": "{{ section.parse_file('../outside/secret.txt') }}",
    "reads a file by its parts": "{% for p in page.sheet.edition.folder.iterdir() %}{{ p }}{% endfor %}",
    "includes a file": "{% include '/etc/passwd' %}",
    "includes a file from above": "{% include '../../../../outside/secret.txt' %}",
    "imports a module": "{% import 'os' as os %}{{ os.system('id') }}",
    "extends a file": "{% extends '/etc/passwd' %}",
    "sets an attribute": "{% set section.items = 1 %}",
    "changes a list": "{{ page.sheet.borough.parts.__class__ }}{{ [1].append(2) }}",
    "begins a very long loop": "{% for a in range(99999999) %}x{% endfor %}",
    "is no template": "{% if %}",
    "is no text": "\0",
    "calls itself": "{% include 'sections/quotes.html' %}",
    "goes on for ever": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
}  # fmt: skip
QUOTED = "summary: x\nquotes:\n  - {text: Words., name: A B, role: C}\n"


def templates() -> Iterator[Case]:
    """What a site sets over our templates."""
    usual = small() | {"content/2009-10/havering.yaml": QUOTED}
    for what, text in TEMPLATES.items():
        own = {"content/templates/sections/quotes.html": text}
        yield Case(f"a template that {what}", {**usual, **own})
    ways = {
        "a template that is a link out": "sections/quotes.html",
        "a template for none of ours": "sections/x.html",
        "a template from above": "../x.html",
    }
    for what, name in ways.items():
        yield Case(what, {**usual, f"content/templates/{name}": Link("{outside}/secret.txt")})


GROUPS = (fields, texts, much, files, tables, leaflets, templates)


def cases() -> Iterator[Case]:
    """All of them, group by group."""
    for group in GROUPS:
        yield from group()


def clear(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
