"""Publishing over SSH, to a real sshd of our own with keys made for the test."""

import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from publishing import website
from scratch import files_in

from policing_summary.model.publishing import SshTarget
from policing_summary.publishing.faults import PublishError, RefusedError
from policing_summary.publishing.ssh import Ssh

OLD, NEW = website("old"), website("new", style="22")
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
MISSING = not (Path(SSHD).is_file() and shutil.which("rsync") and shutil.which("ssh-keygen"))


def needs_sshd():
    if MISSING and os.environ.get("CI", "").lower() in ("", "0", "false"):
        pytest.skip("sshd, ssh or rsync is not installed")


@pytest.fixture(scope="module")
def sshd(tmp_path_factory):
    """A server for this user alone, at a free port; gives its port and the settings of a client."""
    needs_sshd()
    folder = tmp_path_factory.mktemp("sshd")
    for name in ("server", "client"):
        asked = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name]
        subprocess.run(asked, check=True)
    (folder / "authorized").write_bytes((folder / "client.pub").read_bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "config").write_text(
        f"HostKey {folder}/server\nPort {port}\nListenAddress 127.0.0.1\nUsePAM no\nStrictModes no\n"
        f"AuthorizedKeysFile {folder}/authorized\nPasswordAuthentication no\nPidFile none\n"
        "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
    )
    key = " ".join((folder / "server.pub").read_text().split()[:2])
    (folder / "known").write_text(f"ours {key}\n")
    (folder / "ssh").write_text(
        f"HostKeyAlias ours\nIdentityFile {folder}/client\nIdentitiesOnly yes\nUserKnownHostsFile {folder}/known\n"
        "StrictHostKeyChecking yes\nBatchMode yes\nConnectTimeout 20\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", folder / "config"], stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, f"ssh -F {folder / 'ssh'}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "www").mkdir()
    return tmp_path / "www" / "police summaries"


@pytest.fixture
def host(sshd, target, tmp_path, monkeypatch):
    port, shell = sshd
    monkeypatch.setenv("RSYNC_RSH", shell)
    (tmp_path / "here").mkdir()
    return Ssh(at(port, target), tmp_path / "here", keep=1)


def at(port, folder):
    server = f"{getpass.getuser()}@127.0.0.1"
    return SshTarget.model_construct(server=server, folder=str(folder), port=port)


def test_readers_find_each_website_whole_and_go_back(host, site, target):
    site.publish(host, OLD)
    assert files_in(target) == OLD
    same = (target / "assets" / "same.00.svg").stat().st_ino
    new, _ = site.publish(host, NEW)
    assert host.is_whole(site.folder, new)
    assert files_in(target) == NEW | {"assets/site.11.css": OLD["assets/site.11.css"]}
    assert (target / "assets" / "same.00.svg").stat().st_ino == same
    assert host.read("feed.xml") == NEW["feed.xml"]
    assert host.read("nowhere.html") is None
    assert host.back().number == 1
    assert files_in(target) == OLD
    with pytest.raises(RefusedError, match="nothing before publication 1"):
        host.back()
    site.publish(host, website("third", style="33"))
    assert [each.number for each in host.history()] == [3, 1]
    store = target.parent / ".police summaries.publications"
    assert {path.name for path in store.iterdir()} == {"0001", "0001.json", "0003", "0003.json"}
    assert {path.stat().st_mode & 0o777 for path in store.rglob("*.html")} == {0o644}


def foreign_link(target):
    target.symlink_to("elsewhere")


FOREIGN = {
    "a folder with files": lambda target: (
        target.mkdir(),
        (target / "mine.txt").write_text("mine"),
    ),
    "a link that leads elsewhere": foreign_link,
}


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_ours_is_refused_and_stays(host, site, target, make):
    make(target)
    before = sorted(target.parent.rglob("*"))
    with pytest.raises(RefusedError):
        site.publish(host, OLD)
    assert sorted(target.parent.rglob("*")) == before


def test_an_empty_folder_is_replaced(host, site, target):
    target.mkdir()
    site.publish(host, OLD)
    assert files_in(target) == OLD


@contextmanager
def cut_off(port, after):
    """Another port that leads to `port`, and is shut once so many bytes have gone there in one connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    opened = [listener]
    threads = []

    def carry(source, to, most):
        with suppress(OSError):
            while most > 0 and (data := source.recv(65_536)):
                to.sendall(data)
                most -= len(data)
        for end in (source, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve():
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", port))
                opened.extend((client, server))
                for ways in ((client, server, after), (server, client, 10**9)):
                    threads.append(threading.Thread(target=carry, args=ways, daemon=True))
                    threads[-1].start()

    threads.append(threading.Thread(target=serve, daemon=True))
    threads[0].start()
    try:
        yield listener.getsockname()[1]
    finally:
        for each in opened:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()
        for each in opened:
            each.close()


def test_a_failure_in_the_middle_shows_the_old_website_and_the_next_run_goes_on(
    host, site, target, tmp_path
):
    """The way to the server is cut after some of the bytes."""
    site.publish(host, OLD)
    large = NEW | {"assets/large.1.woff2": os.urandom(4_000_000)}
    with cut_off(port := host.target.port, after=1_000_000) as broken:
        (tmp_path / "on the way").mkdir()
        with pytest.raises(PublishError, match="rsync ended with"):
            site.publish(Ssh(at(broken, target), tmp_path / "on the way", keep=1), large)
    assert files_in(target) == OLD
    assert (target.parent / ".police summaries.publications" / "0002").is_dir()
    new, _ = site.publish(host, large)
    assert (new.number, host.target.port) == (2, port)
    assert large.items() <= files_in(target).items()


def test_a_change_by_hand_is_noticed_and_mended(host, site, target):
    shown, _ = site.publish(host, OLD)
    (target / "index.html").write_text("changed by hand")
    assert not host.is_whole(site.folder, shown)
    site.publish(host, OLD)
    assert files_in(target) == OLD


def test_a_server_that_is_not_known_is_not_trusted(host, site, target, monkeypatch):
    monkeypatch.setenv("RSYNC_RSH", f"{os.environ['RSYNC_RSH']} -o UserKnownHostsFile=/dev/null")
    with pytest.raises(PublishError, match="Host key verification failed"):
        site.publish(host, OLD)
    assert not target.exists()


def test_a_folder_that_is_a_root_is_refused(tmp_path):
    with pytest.raises(RefusedError, match="cannot be replaced by a link"):
        Ssh(at(22, "/"), tmp_path, keep=1)
