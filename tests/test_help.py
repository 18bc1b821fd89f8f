"""What helps somebody who types: examples, completion, near words, exit codes, and never a traceback."""

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from policing_summary import cli, environment
from policing_summary.commands import COMMANDS, completion

ROOT = Path(environment.ROOT)
OURS = [command for command in COMMANDS if command.module]
NAMES = [command.name for command in OURS]


def module(command):
    return importlib.import_module(f"policing_summary.commands.{command.module}")


def parsers(parser):
    """The parser and those of the kinds below it."""
    yield parser
    for kind in parser.kinds.choices.values() if parser.kinds else ():
        yield from parsers(kind)


# --help


@pytest.mark.parametrize("command", OURS, ids=NAMES)
def test_each_command_says_more_after_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([command.name, "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith(f"usage: python3 build.py {command.name}")


WITH_EXAMPLES = [command for command in OURS if command.name != "help"]
EXAMPLES = list(
    dict.fromkeys(
        (command, example)
        for command in WITH_EXAMPLES
        for parser in parsers(module(command).parser())
        for example in getattr(parser, "examples", ())
    )
)


@pytest.mark.parametrize("command", WITH_EXAMPLES, ids=[c.name for c in WITH_EXAMPLES])
def test_each_command_shows_an_example(command):
    assert any(command is owner for owner, _ in EXAMPLES)


KINDS = [
    (command.name, kind)
    for command in WITH_EXAMPLES
    if module(command).parser().kinds
    for kind in module(command).parser().kinds.choices
]


@pytest.mark.parametrize(("name", "kind"), KINDS, ids=[" ".join(each) for each in KINDS])
def test_each_kind_of_a_command_shows_an_example(name, kind, capsys):
    with pytest.raises(SystemExit):
        cli.main([name, kind, "--help"])
    assert f"examples:\n  python3 build.py {name} {kind}" in capsys.readouterr().out


@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_each_example_can_be_typed(command, example):
    name, *words = shlex.split(example.partition(" > ")[0]) or ["build"]
    assert name == command.name
    module(command).parser().parse_args(words)


# Words that are nearly right

NEAR = {
    "a command": (["chekc"], "There is no command `chekc`. Did you mean `check`?"),
    "an option": (["check", "--stric"], "There is no option `--stric`. Did you mean `--strict`?"),
    "an option of a kind": (
        ["new", "borough", "Camden", "--editon", "2009-10"],
        "There is no option `--editon`. Did you mean `--edition`?",
    ),
    "a kind": (
        ["new", "bourough", "Camden"],
        "There is no `bourough` here. Did you mean `borough`?",
    ),
    "a shell": (["completion", "bahs"], "There is no `bahs` here. Did you mean `bash`?"),
    "a word too many": (["build", "havering"], "`havering` is one word too many."),
}


@pytest.mark.parametrize(("typed", "expected"), NEAR.values(), ids=NEAR)
def test_the_nearest_word_is_asked_for(typed, expected, capsys):
    try:
        code = cli.main(typed)
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(expected)
    assert "--help" in said.err


# Faults


class Broken:
    """A command with a bug in it."""

    @staticmethod
    def parser():
        return Broken

    @staticmethod
    def parse_args(_):
        return None

    @staticmethod
    def run(typed, at):
        raise RuntimeError("a bug of ours")


@pytest.mark.parametrize("name", NAMES)
def test_a_bug_is_told_without_a_traceback_and_kept_to_be_sent(name, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    found = next(command for command in OURS if command.name == name)
    monkeypatch.setattr(module(found), "run", Broken.run)
    monkeypatch.setattr(module(found), "parser", Broken.parser)
    assert cli.main([name, "--break"]) == 3
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert "This is a fault in the program" in said.err
    assert "Please send .cache/fault.txt to the people who look after this program" in said.err
    assert "RuntimeError: a bug of ours" in (tmp_path / ".cache" / "fault.txt").read_text("utf-8")


NOT_THERE = {
    "a file to explain": "explain content/2009-10/nowhere.yaml:1",
    "a place without a line": "explain content/site.yaml",
    "a line to explain": "explain content/site.yaml:99999",
    "a file to check": "check content/nowhere.yaml",
    "a translation": "translated content/2009-10/havering.xx.yaml",
    "an edition to print": "print --edition 1999-00",
    "a borough to print": "print --borough nowhere",
    "an edition to begin a borough in": "new borough Camden --edition 1999-00",
    "an edition to go on from": "new edition 2030-31 --from 1999-00",
    "an edition to import into": "import street --edition 1999-00 --year 2009-04 a.zip",
    "a list": "list nowhere",
    "a port": "preview --port 99999",
    "a command": "nowhere",
}


@pytest.mark.parametrize("typed", NOT_THERE.values(), ids=NOT_THERE)
def test_what_was_typed_and_is_not_there_has_its_exit_code(typed, capsys):
    try:
        code = cli.main(shlex.split(typed))
    except SystemExit as stopped:
        code = stopped.code
    assert code == cli.USAGE
    assert capsys.readouterr().err


def test_the_exit_codes_are_those_that_editors_read_of():
    docs = (ROOT / "docs" / "editors.md").read_text("utf-8")
    table = docs.partition("| exit code |")[2].partition("\n\n")[0]
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
    assert codes == [cli.DONE, cli.PROBLEMS, cli.USAGE, cli.FAULT, cli.STOPPED]


# Completion, in a real bash

TAB = """\
complete() {{ :; }}
compopt() {{ :; }}
source {script}
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
COMP_LINE="${{COMP_WORDS[*]}}"
{function} "${{COMP_WORDS[0]}}" "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
DIRECT, AFTER_PYTHON = "_shtab_build_py", "_build_py_after_python"
OFFERED = {
    "a command": (DIRECT, "./build.py che", ["check"]),
    "an option": (DIRECT, "./build.py check --str", ["--strict"]),
    "a kind": (DIRECT, "./build.py new bor", ["borough"]),
    "what can be listed": (DIRECT, "./build.py list st", ["states"]),
    "what can be listed too": (DIRECT, "./build.py list editions w", ["words"]),
    "a file": (DIRECT, "./build.py check pyproject.to", ["pyproject.toml"]),
    "a place's file": (DIRECT, "./build.py explain pyproject.to", ["pyproject.toml"]),
    "a translation": (DIRECT, "./build.py translated pyproject.to", ["pyproject.toml"]),
    "a part of it": (DIRECT, "./build.py translated a.pl.yaml perf", ["performance"]),
    "an editor": (DIRECT, "./build.py preview --editor vscodi", ["vscodium"]),
    "a folder": (DIRECT, "./build.py new site --fonts templ", ["templates"]),
    "a file of a kind": (DIRECT, "./build.py import street pyproject.to", ["pyproject.toml"]),
    "a command after python3": (AFTER_PYTHON, "python3 build.py che", ["check"]),
    "an option after python3": (AFTER_PYTHON, "python3 build.py check --str", ["--strict"]),
    "a shell after python3": (AFTER_PYTHON, "python3 ../site/build.py completion fi", ["fish"]),
}


def written(shell, folder):
    """The script that a shell reads when it starts."""
    said = []
    asked = completion.parser().parse_args([shell])
    completion.run(asked, replace(cli.keyboard(), say=said.append))
    (folder / "script").write_text("\n".join(said), "utf-8")
    return folder / "script"


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    return written("bash", tmp_path_factory.mktemp("completion"))


@pytest.mark.parametrize(("function", "typed", "expected"), OFFERED.values(), ids=OFFERED)
def test_bash_completes(script, function, typed, expected):
    words = " ".join(map(shlex.quote, typed.split(" ")))
    text = TAB.format(script=script, words=words, function=function)
    done = subprocess.run(
        ["bash", "--norc", "-c", text], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    assert done.stdout.split() == expected


def test_bash_completes_files_after_any_other_python(script):
    text = TAB.format(script=script, words="python3 pyproject.to", function=AFTER_PYTHON)
    done = subprocess.run(
        ["bash", "--norc", "-c", text], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == ["pyproject.toml"]


def needs(shell):
    return pytest.mark.skipif(
        shutil.which(shell) is None and not environment.in_ci(),
        reason=f"asking {shell} needs it: python3 build.py test says how to get it",
    )


# Completion, in a real zsh without settings, on a terminal of its own: each Tab tells what the line has become

ZSH = """\
zmodload zsh/zpty
zpty shell "zsh -f -i"
zpty -w shell "source {settings}"
for line in "$@"; do zpty -w -n shell "$line"$'\\t'; done
zpty -w shell $'exit\\n'
while zpty -r shell out; do :; done
"""
SETTINGS = """\
eval "$(<{script})"
told() {{ zle complete-word; print -r -- "$BUFFER" >>{folder}/told; BUFFER=; CURSOR=0 }}
zle -N told; bindkey '^I' told
"""
BECOMES = {
    "./build.py che": "./build.py check ",
    "./build.py check --str": "./build.py check --strict ",
    "./build.py list --js": "./build.py list --json ",
    "./build.py new bor": "./build.py new borough ",
    "./build.py check pyproject.to": "./build.py check pyproject.toml ",
    "./build.py list st": "./build.py list states ",
    "./build.py translated pyproject.to": "./build.py translated pyproject.toml ",
    "./build.py translated a.pl.yaml perf": "./build.py translated a.pl.yaml performance ",
    "./build.py new site --fonts templ": "./build.py new site --fonts templates/",
    "python3 build.py che": "python3 build.py check ",
    "python3 ../site/build.py completion fi": "python3 ../site/build.py completion fish ",
    "python3 pyproject.to": "python3 pyproject.toml ",
}


@needs("zsh")
def test_zsh_completes(tmp_path):
    script = written("zsh", tmp_path)
    settings = tmp_path / "settings"
    settings.write_text(SETTINGS.format(script=script, folder=tmp_path), "utf-8")
    (tmp_path / "ask").write_text(ZSH.format(settings=settings), "utf-8")
    home = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm"}
    subprocess.run(
        ["zsh", "-f", tmp_path / "ask", *BECOMES], cwd=ROOT, env=home, check=True, timeout=60
    )
    assert (tmp_path / "told").read_text("utf-8").splitlines() == list(BECOMES.values())


FISH = {
    "./build.py che": ["check"],
    "./build.py check --str": ["--strict"],
    "./build.py new bor": ["borough"],
    "./build.py list st": ["states"],
    "./build.py check pyproject.to": ["pyproject.toml"],
    "./build.py translated pyproject.to": ["pyproject.toml"],
    "./build.py translated a.pl.yaml perf": ["performance"],
    "python3 build.py che": ["check"],
    "python3 build.py list editions w": ["words"],
    "python3 build.py check --str": ["--strict"],
    "python3 build.py check pyproject.to": ["pyproject.toml"],
    "python3 ../site/build.py completion fi": ["fish"],
    "python3 pyproject.to": ["pyproject.toml"],
}


@needs("fish")
@pytest.mark.parametrize(("typed", "expected"), FISH.items(), ids=FISH)
def test_fish_completes(tmp_path, typed, expected):
    asked = f"source {written('fish', tmp_path)}; complete -C {shlex.quote(typed)}"
    home = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(
        ["fish", "--no-config", "-c", asked],
        cwd=ROOT,
        env=home,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == expected


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_each_shell_is_offered_every_command(shell, capsys):
    assert cli.main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert [command.name for command in COMMANDS if command.name not in said] == []


def test_build_py_can_be_started_by_its_name():
    text = (ROOT / "build.py").read_text("utf-8")
    assert text.startswith("#!/usr/bin/env python3\n")
    if sys.platform != "win32":
        assert (ROOT / "build.py").stat().st_mode & 0o111
