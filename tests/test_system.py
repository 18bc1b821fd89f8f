"""What this computer lacks: found, installed where that may be, or told with the command for it."""

import os
import sys

import pytest

from policing_summary import system

posix_only = pytest.mark.skipif(os.name == "nt", reason="uses a shell script as a stand-in")

SYSTEMS = {
    "Debian": ("linux", {"ID": "debian"}, "debian"),
    "Ubuntu": ("linux", {"ID": "ubuntu", "ID_LIKE": "debian"}, "ubuntu"),
    "Mint": ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "ubuntu"),
    "Raspbian": ("linux", {"ID": "raspbian", "ID_LIKE": "debian"}, "debian"),
    "Rocky": ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
    "Manjaro": ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "arch"),
    "Alpine": ("linux", {"ID": "alpine"}, "alpine"),
    "one without a column": ("linux", {"ID": "nixos"}, ""),
    "no os-release": ("freebsd14", {}, ""),
    "macOS": ("darwin", {}, "macos"),
    "Windows": ("win32", {}, "windows"),
}


@pytest.mark.parametrize(("python_says", "release", "expected"), SYSTEMS.values(), ids=SYSTEMS)
def test_a_system_is_known_by_its_own_name_or_its_family(python_says, release, expected):
    assert system.system_name(python_says, release) == expected


@pytest.fixture(scope="module")
def table():
    return system.read_table()


@pytest.mark.parametrize("kind", ["library", "tool"])
def test_every_part_has_a_package_on_every_system(table, kind):
    systems = set(table["install"])
    assert {name: systems - part.keys() for name, part in table[kind].items()} == {
        name: set() for name in table[kind]
    }


NEEDS = {
    "Debian": (
        "debian",
        False,
        ["Pango", "GObject", "HarfBuzz-Subset"],
        "&& sudo apt-get install -y --no-install-recommends libpango-1.0-0 libharfbuzz-subset0\n",
    ),
    "Debian as root": ("debian", True, ["Pango"], "    apt-get update && apt-get install "),
    "Fedora": ("fedora", False, ["Pango", "PangoFT2"], "    sudo dnf install -y pango\n"),
    "Arch": ("arch", False, ["HarfBuzz-Subset"], "    sudo pacman -S --needed harfbuzz\n"),
    "Alpine": ("alpine", True, ["Fontconfig"], "    apk add so:libfontconfig.so.1\n"),
    "macOS": ("macos", False, ["Pango", "PangoFT2"], "    brew install pango\n"),
    "Windows": (
        "windows",
        False,
        ["Pango", "HarfBuzz"],
        """
    winget install --exact --id MSYS2.MSYS2
    C:\\msys64\\usr\\bin\\pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango
""",
    ),
    "no column": ("", False, ["Pango"], "Install what your system calls them"),
}


@pytest.mark.parametrize(("name", "root", "absent", "expected"), NEEDS.values(), ids=NEEDS)
def test_what_is_missing_is_told_with_the_command_that_brings_it(
    table, name, root, absent, expected
):
    told = system.advice(table, [("library", part) for part in absent], name, root=root)
    assert told.startswith(f"{system.WHY['library']}: {', '.join(absent)}.\n")
    assert expected in told
    assert told.endswith("run the same command again.")


def test_all_that_is_missing_is_told_at_once(table):
    absent = [("python", "ensurepip"), ("library", "Pango"), ("library", "HarfBuzz")]
    told = system.advice(table, absent, "debian", root=True).splitlines()
    assert told[:2] == [
        f"{system.WHY['python']}: ensurepip.",
        f"{system.WHY['library']}: Pango, HarfBuzz.",
    ]
    assert told[4].endswith("-venv libpango-1.0-0 libharfbuzz0b")


def test_several_tools_on_windows_are_several_lines(table):
    absent = [("tool", "qpdf"), ("tool", "java"), ("tool", "javac")]
    told = system.advice(table, absent, "windows", root=False)
    assert [line.split()[-1] for line in told.splitlines() if "winget" in line] == [
        "QPDF.QPDF",
        "EclipseAdoptium.Temurin.21.JDK",
    ]


def test_debian_packs_a_part_of_python_by_version(table):
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert system.packages_for(table, "debian", [("python", "ensurepip")]) == [
        f"python{version}-venv"
    ]


PARTS = {
    "a library that opens": ({"files": ["no-such-library.so", "libc.so.6"]}, True),
    "a library that is nowhere": ({"files": ["no-such-library.so"]}, False),
    "a program by its second name": ({"names": ["no-such-program", "sh"]}, True),
    "a program that is nowhere": ({"names": ["no-such-program"]}, False),
    "a module": ({"module": "json"}, True),
    "a module that is nowhere": ({"module": "no_such_module"}, False),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the names are those on Linux")
@pytest.mark.parametrize(("part", "here"), PARTS.values(), ids=PARTS)
def test_a_part_is_here_if_it_opens(part, here):
    assert system.missing({"tool": {"it": part}}, ["tool"]) == ([] if here else [("tool", "it")])


@pytest.fixture
def fake_debian(tmp_path, monkeypatch, table):
    """Debian, as root, where `qpdf` is missing; call it with what apt-get does."""
    wanted = {"install": table["install"], "tool": {"qpdf": {"names": ["qpdf"], "debian": "qpdf"}}}
    monkeypatch.setattr(system, "read_table", lambda: wanted)
    monkeypatch.setattr(system, "this_system", lambda: "debian")
    monkeypatch.setattr(system, "is_root", lambda: True)
    monkeypatch.setenv("PATH", str(tmp_path))

    def apt_get(script):
        (tmp_path / "apt-get").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "apt-get").chmod(0o755)
        return tmp_path

    return apt_get


@posix_only
def test_on_debian_root_installs_what_is_missing_in_one_line(fake_debian):
    said = []
    folder = fake_debian(
        'here=${0%/*}; echo "$DEBIAN_FRONTEND $@" >> "$here/log"\n'
        'case "$@" in *install*) : > "$here/qpdf"; /bin/chmod +x "$here/qpdf";; esac'
    )
    assert system.provide(["tool"], (), said.append) == ""
    assert said == ["Installing with apt-get, once only: qpdf ..."]
    update, install = (folder / "log").read_text().splitlines()
    assert update.endswith(" update")
    assert install.startswith("noninteractive ")
    assert install.endswith(" install -y --no-install-recommends qpdf")


@posix_only
def test_a_failing_apt_get_is_quoted_after_the_command(fake_debian):
    fake_debian("echo 'E: cannot resolve' >&2; exit 100")
    told = system.provide(["tool"], (), lambda line: None)
    assert told.startswith(f"{system.WHY['tool']}: qpdf.\n")
    assert "    apt-get update && apt-get install" in told
    assert told.endswith("apt-get's last words:\n\n    E: cannot resolve")


@posix_only
def test_what_apt_get_claims_to_have_installed_is_looked_at(fake_debian):
    fake_debian("exit 0")
    told = system.provide(["tool"], (), lambda line: None)
    assert told.startswith(f"{system.WHY['tool']}: qpdf.")
