"""system.toml → what this computer lacks → installed (Debian, as root) or told with its command.

Standard library only: it runs before there is an environment.
"""

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Part = dict[str, Any]  # a row of system.toml: one library, tool or part of Python
Table = dict[str, Any]
Absent = list[tuple[str, str]]  # kind and name of each part

WINDOWS_FOLDERS = (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin")  # where WeasyPrint looks
DEBIANS = {"debian", "ubuntu"}
WHY = {
    "python": "Setting up needs a part of Python that is not on this computer",
    "library": "Making leaflets needs libraries that are not on this computer",
    "tool": "Some tests need programs that are not on this computer",
}


def provide(kinds: Sequence[str], macos_folders: Sequence[str], say: Callable[[str], None]) -> str:
    """See that every part of these kinds is here, installing it where nobody needs to be asked.

    Returns:
        Nothing if all is here; otherwise what is missing and how to get it.
    """
    table, system = read_table(), this_system()
    absent = missing(table, kinds, macos_folders)
    tried = ""
    if absent and system in DEBIANS and is_root() and shutil.which("apt-get"):
        packages = packages_for(table, system, absent)
        say(f"Installing with apt-get, once only: {' '.join(packages)} ...")
        tried = apt_install(packages)
        importlib.invalidate_caches()
        absent = missing(table, kinds, macos_folders)
    return advice(table, absent, system, root=is_root()) + tried if absent else ""


def read_table() -> Table:
    return tomllib.loads(Path(__file__).with_name("system.toml").read_text(encoding="utf-8"))


# What is here


def missing(table: Table, kinds: Sequence[str], macos_folders: Sequence[str] = ()) -> Absent:
    named = [(kind, name) for kind in kinds for name in table[kind]]
    return [(kind, name) for kind, name in named if not is_here(table[kind][name], macos_folders)]


def is_here(part: Part, macos_folders: Sequence[str]) -> bool:
    if "files" in part:
        return any(loads(file, macos_folders) for file in part["files"])
    if "names" in part:
        return find_program(part["names"]) is not None
    return importlib.util.find_spec(part["module"]) is not None


def loads(file: str, macos_folders: Sequence[str]) -> bool:
    """Whether the library opens, looked for where WeasyPrint will look."""
    if sys.platform == "win32":
        for folder in filter(os.path.isdir, WINDOWS_FOLDERS):
            os.add_dll_directory(folder)
    further = macos_folders if sys.platform == "darwin" else ()
    return opens(file) or any(opens(f"{folder}/{file}") for folder in further)


def opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def find_program(names: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


# What to do about the rest


def this_system() -> str:
    try:
        return system_name(sys.platform, platform.freedesktop_os_release())
    except OSError:
        return system_name(sys.platform, {})


def system_name(python_says: str, release: Mapping[str, str]) -> str:
    """The column of system.toml, by `sys.platform` and /etc/os-release; empty if there is none."""
    if python_says in {"darwin", "win32"}:
        return {"darwin": "macos", "win32": "windows"}[python_says]
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((name for name in names if name in DEBIANS | {"fedora", "arch", "alpine"}), "")


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def packages_for(table: Table, system: str, absent: Absent) -> list[str]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    parts = [table[kind][name] for kind, name in absent]
    names = [part[system].format(version=version) for part in parts if system in part]
    return list(dict.fromkeys(names))


def commands(table: Table, system: str, packages: Sequence[str], *, root: bool) -> list[str]:
    """What to type, line by line, to install packages on a system of this name."""
    pattern: str = table["install"][system]
    if system not in {"macos", "windows"} and not root:
        pattern = " && ".join(f"sudo {step}" for step in pattern.split(" && "))
    if "{packages}" in pattern:
        return [pattern.format(packages=" ".join(packages))]
    each = [table["instead"].get(name, pattern.format(package=name)) for name in packages]
    return "\n".join(each).splitlines()


def advice(table: Table, absent: Absent, system: str, *, root: bool) -> str:
    names: dict[str, list[str]] = {}
    for kind, name in absent:
        names.setdefault(kind, []).append(name)
    what = "\n".join(f"{WHY[kind]}: {', '.join(names[kind])}." for kind in names)
    packages = packages_for(table, system, absent)
    if not packages:
        return f"{what}\nInstall what your system calls them, then run the same command again."
    typed = "\n".join(f"    {line}" for line in commands(table, system, packages, root=root))
    return f"{what}\nInstall them with\n\n{typed}\n\nand then run the same command again."


def apt_install(packages: Sequence[str]) -> str:
    """Nothing if that worked; otherwise the last that apt-get said."""
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *step],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            words = [f"    {line}" for line in done.stdout.strip().splitlines()[-5:]]
            return "\n\nThat was tried just now. apt-get's last words:\n\n" + "\n".join(words)
    return ""
