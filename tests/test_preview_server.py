"""A running preview: who may ask, what is served, and how it follows the files."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from previewing import BROMLEY, HAVERING, SITE, eventually, previewed
from scratch import files_in

from policing_summary.preview import guarding

HERE = "/2009-10/havering/"
DRAFT = BROMLEY + "draft: yes\n"


@pytest.fixture(scope="module")
def running(bench, tmp_path_factory):
    """A preview for tests that only look at it."""
    copy = bench.copy(
        tmp_path_factory.mktemp("running") / "project", ("templates", "policing_summary")
    )
    with previewed(copy, files=SITE | {"2009-10/bromley.yaml": DRAFT}) as started:
        eventually(lambda: started.state()["page"]["is_there"])
        yield started


# Who may ask


def test_it_is_open_to_this_computer_alone(running):
    assert running.address == f"http://127.0.0.1:{running.port}"
    others = {"127.0.0.2"}
    with contextlib.suppress(OSError):  # a computer need not know its own name
        names = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        others |= {str(each[4][0]) for each in names}
    for other in others - {"127.0.0.1"}:
        with socket.socket() as tried:
            tried.settimeout(1)
            assert tried.connect_ex((other, running.port)) != 0


PATHS = [
    HERE,
    "/",
    "/_preview/",
    "/_preview/state?path=/",
    "/_preview/files/page.js",
    "/livereload.js",
]
HOSTS = ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "127.0.0.1:1", ""]


@pytest.mark.parametrize("path", [*PATHS, "/livereload"])
@pytest.mark.parametrize("host", HOSTS)
def test_another_hosts_name_is_refused(running, path, host):
    status, said = running.ask(path, {"Host": host.format(port=running.port)})
    assert status in (400, 421)
    assert "Havering" not in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_its_own_names_are_answered(running, host):
    assert running.ask(HERE, {"Host": f"{host}:{running.port}"})[0] == 200


SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
ORIGINS = {
    "http://evil.example": 403,
    "http://127.0.0.1:1": 403,
    "http://127.0.0.1.evil.example": 403,
    "https://127.0.0.1:{port}": 403,
    "null": 403,
    "http://127.0.0.1:{port}": 101,
    "http://localhost:{port}": 101,
}


@pytest.mark.parametrize(("origin", "expected"), ORIGINS.items(), ids=ORIGINS)
def test_only_our_own_pages_may_listen_to_what_is_saved(running, origin, expected):
    asked = f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n"
    headers = SOCKET | {"Origin": origin.format(port=running.port)}
    asked += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", running.port), 5) as line:
        line.sendall(f"{asked}\r\n".encode())
        assert int(line.recv(1000).split()[1]) == expected


FOREIGN = {
    "a script of another site": {"Origin": "http://evil.example"},
    "a picture in another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
    "a frame in another site": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
    },
    "another port of this computer": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("path", PATHS)
def test_what_another_site_asks_for_is_refused(running, path, headers):
    status, said = running.ask(path, headers)
    assert status == 403
    assert "Havering" not in said


def test_a_link_from_elsewhere_opens_a_page(running):
    clicked = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert running.ask(HERE, clicked)[0] == 200


def test_no_other_site_can_show_it_in_a_frame_or_keep_it(running):
    _, _, headers = running.ask_whole(HERE)
    assert guarding.HEADERS.items() <= headers.items()
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_it(running, method):
    assert running.ask(HERE, method=method)[0] in (403, 405)
    own = {"Origin": running.address, "Content-Length": "0"}
    assert running.ask(HERE, own, method=method)[0] == 405


def test_nobody_can_force_a_reload(running):
    assert running.ask("/forcereload")[0] == 404


ESCAPES = [
    "/../content/site.yaml",
    "/..%2f..%2fcontent/site.yaml",
    "/%2e%2e/%2e%2e/content/site.yaml",
    "/....//content/site.yaml",
    "/..%5c..%5ccontent%5csite.yaml",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/2009-10/havering/../../../content/site.yaml",
    "/2009-10%00/",
    "/_preview/files/../shell.html",
    "/_preview/files/..%2f..%2fcss%2ftokens.css",
    "/_preview/files/page.js%00.css",
    "/_preview/page/0123/1.png",
    "/_preview/leaflet?borough=../content&format=a5-booklet",
    "/_preview/leaflet?borough=2009-10/havering&format=../../x",
    "/content/site.yaml",
    "/linked.txt",
]


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_leads_out_of_the_site(running, path):
    linked = running.project.root / "output" / "site" / "linked.txt"
    linked.parent.mkdir(parents=True, exist_ok=True)
    if not linked.is_symlink():
        linked.symlink_to(running.project.root / "content" / "site.yaml")
    status, said = running.ask(path)
    assert status in (400, 404)
    assert "publisher:" not in said
    assert "root:" not in said


# What is served


def test_every_page_follows_and_nothing_but_pages_is_changed(running):
    for path in ("/", HERE, "/newsletter/", "/2009-10/havering/newsletter.html"):
        status, page = running.ask(path)
        if status == 200:
            assert page.count('src="/_preview/files/page.js"') == 1, path
    assert "_preview" not in running.ask("/2009-10/havering/summary.txt")[1]
    assert "_preview" not in running.ask("/2009-10/havering/figures.json")[1]


def test_a_folder_without_its_slash_leads_to_its_page(running):
    status, _, headers = running.ask_whole("/2009-10/havering")
    assert (status, headers["Location"]) == (302, HERE)


def test_what_is_not_there_is_told_with_what_is_like_it(running):
    status, page = running.ask("/2009-10/haverin/")
    assert status == 404
    assert '<a href="/2009-10/havering/">' in page
    assert "/_preview/files/page.js" in page


def test_a_draft_is_shown_and_marked_and_nothing_else_is(running):
    draft, other = running.ask("/2009-10/bromley/")[1], running.ask(HERE)[1]
    assert "Ann Jones" in draft
    assert draft.count("preview-draft") == 1
    assert "preview-draft" not in other
    assert running.state("/2009-10/bromley/")["page"]["is_draft"] is True
    assert running.state(HERE)["page"]["is_draft"] is False
    assert running.state()["drafts"] == ["2009-10/bromley/"]


def test_each_section_leads_to_its_file_and_line(running):
    ways = running.state(HERE)["page"]["sections"]
    lines = HAVERING.splitlines()
    for name in ("performance", "commander", "links"):
        line = lines.index(f"{name}:") + 1
        assert ways[name]["place"] == f"content/2009-10/havering.yaml:{line}:1"
        file = running.project.root / "content/2009-10/havering.yaml"
        assert ways[name]["program"] == f"vscode://file{file.as_posix()}:{line}:1"


def test_nothing_is_written_to_output(running):
    running.ask(HERE)
    made = (
        files_in(running.project.root / "output")
        if (running.project.root / "output").is_dir()
        else {}
    )
    assert set(made) <= {"site/linked.txt"}


def test_a_leaflet_is_laid_out_when_it_is_asked_for_and_a_draft_says_so_on_paper(running):
    told = eventually(
        lambda: (each := running.leaflet("2009-10/bromley", "accessible"))["is_fresh"] and each
    )
    assert told["failed"] == ""
    assert told["is_draft"] is True
    assert len(told["pages"]) == sum(map(len, told["spreads"])) >= 1
    status, picture, headers = running.ask_whole(f"/_preview/page/{told['key']}/1.png?width=300")
    assert (status, headers["Content-Type"], picture[:4]) == (200, "image/png", b"\x89PNG")
    status, pdf, _ = running.ask_whole(f"/2009-10/bromley/{told['file']}")
    assert (status, pdf[:5]) == (200, b"%PDF-")
    assert words_of(pdf).replace(" ", "").count("DRAFT") == len(told["pages"])
    status, pdf, _ = running.ask_whole("/2009-10/havering/leaflet-accessible.pdf")
    assert "DRAFT" not in words_of(pdf)


def words_of(pdf: bytes) -> str:
    import pypdfium2  # noqa: PLC0415 - only where a leaflet is read

    document = pypdfium2.PdfDocument(pdf)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return said


# How it begins and ends


def test_a_port_that_is_taken_is_passed_over_and_the_address_is_said(small):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with previewed(small, "--port", str(port)) as started:
            assert started.port > port
            assert urlopen(f"{started.address}{HERE}").status == 200


def parents() -> dict[int, int]:
    """The parent of every process; from /proc where there is one, because small systems have no ps."""
    found: dict[int, int] = {}
    if Path("/proc/self/stat").exists():
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it has just ended
                found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        return found
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True)
    return dict(tuple(map(int, line.split())) for line in listed.stdout.splitlines()[1:])


def children_of(process: int) -> set[int]:
    known = parents()
    found: set[int] = set()
    while more := {pid for pid, parent in known.items() if parent in found | {process}} - found:
        found |= more
    return found


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
def test_ctrl_c_leaves_at_once_and_leaves_nobody_behind(small):
    with previewed(small) as started:
        eventually(lambda: started.state()["page"]["is_there"])
        started.leaflet("2009-10/havering")
        at_work = eventually(lambda: len(each := children_of(started.process.pid)) >= 2 and each)
        time.sleep(0.3)  # it is being laid out
        began = time.monotonic()
        started.process.send_signal(signal.SIGINT)
        assert started.process.wait(10) == 130
        assert time.monotonic() - began < 2
        eventually(lambda: not any(is_running(each) for each in at_work))
    assert "Traceback" not in started.said
    assert "The preview has ended." in started.said


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


REFUSED = {
    "an unknown editor": (
        ["--editor", "notepad"],
        r"There is no editor `notepad`\. Known are: vscode",
    ),
    "no port": (["--port", "70000"], r"give a number from 1 to 65535"),
    "something else": (["--nonsense"], r"There is no option `--nonsense`"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said(bench, arguments, said):
    done = bench.run("preview", *arguments)
    assert done.returncode == 2
    assert re.search(said, done.stderr)


def test_it_begins_with_content_that_is_wrong_and_shows_the_page_once_it_is_mended(small):
    wrong = SITE | {"2009-10/havering.yaml": HAVERING.replace("before: 326", "before: many")}
    with previewed(small, files=wrong) as started:
        status, page = started.ask(HERE)
        assert status == 404
        assert "The pages cannot be made yet" in page
        told = started.state(HERE)
        assert [each["edit"]["place"] for each in told["problems"]] == [
            "content/2009-10/havering.yaml:6:15"
        ]
        assert told["problems"][0]["marked"] == "many"
        eventually(lambda: "content/2009-10/havering.yaml:6:15" in started.said)
        started.edit("content/2009-10/havering.yaml", "before: many", "before: 326")
        eventually(lambda: started.state(HERE)["page"]["is_there"])
        assert started.state(HERE)["problems"] == []
        eventually(lambda: "Mended." in started.said)


def test_a_template_that_is_broken_is_told_at_its_line_and_the_page_stays(small):
    with previewed(small) as started:
        before = started.ask(HERE)[1]
        template = "templates/sections/commander.html"
        good = (small.root / template).read_text("utf-8")
        small.write(template, good + "\n{% if %}\n")
        told = eventually(lambda: not (each := started.state(HERE))["is_good"] and each)
        assert [each["edit"]["place"] for each in told["problems"]] == [
            f"{template}:{len(good.splitlines()) + 2}:1"
        ]
        assert started.ask(HERE)[1] == before
        small.write(template, good + "\n{{ section.nonsense }}\n")
        told = eventually(
            lambda: "nonsense" in (each := started.state(HERE))["problems"][0]["what"] and each
        )
        assert told["problems"][0]["edit"]["place"].startswith(f"{template}:")
        (small.root / template).unlink()
        eventually(lambda: "missing" in started.state(HERE)["problems"][0]["what"])
        small.write(template, good)
        eventually(lambda: started.state(HERE)["is_good"])
        assert started.ask(HERE)[1] == before


def test_a_change_of_the_program_is_answered_with_what_to_do(small):
    with previewed(small) as started:
        eventually(lambda: started.state()["page"]["is_there"])
        path = small.root / "policing_summary" / "numerals.py"
        path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
        told = eventually(lambda: (each := started.state())["restart"] and each)
        assert told["restart"] == ["policing_summary/numerals.py"]
        eventually(lambda: "stop with Ctrl-C and start again" in started.said)


def test_what_is_told_is_json(running):
    status, data, headers = running.ask_whole("/_preview/state?path=/")
    assert status == 200
    assert headers["Content-Type"].startswith("application/json")
    assert json.loads(data)["number"] >= 1
    assert running.ask("/_preview/state")[0] == 400
