"""The table of commands → what a shell completes after the Tab key.

shtab writes it from the same parsers that read what is typed. Shells know programs by their names, so
after `python3` it is looked whether `build.py` follows; what comes then is completed as it would be
after `./build.py`.
"""

import argparse
from collections.abc import Mapping
from importlib import import_module

from policing_summary import arguments
from policing_summary.commands import COMMANDS
from policing_summary.keyboard import DONE, Keyboard

SHELLS = ("bash", "zsh", "fish")
NAME = "build.py"
LINES = {
    "bash": 'eval "$(python3 build.py completion bash)"',
    "zsh": 'eval "$(python3 build.py completion zsh)"',
    "fish": "python3 build.py completion fish | source",
}
AFTER_PYTHON = {
    "bash": """
_build_py_after_python() {
  if [[ "${COMP_WORDS[1]##*/}" == "build.py" && $COMP_CWORD -gt 1 ]]; then
    COMP_WORDS=("${COMP_WORDS[@]:1}")
    COMP_CWORD=$((COMP_CWORD - 1))
    _shtab_build_py build.py "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
  else
    COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
  fi
}
complete -o filenames -F _build_py_after_python python3 python
""",
    "zsh": """
_build_py_after_python() {
  if (( CURRENT > 2 )) && [[ "${words[2]:t}" == "build.py" ]]; then
    shift words
    (( CURRENT-- ))
    _shtab_build_py
  else
    _files
  fi
}
compdef _build_py_after_python python3 python
""",
    "fish": r"""
function _build_py_after_python
  string match -qr '(^|/)build\.py$' -- (commandline -opc)[2]
end

function _build_py_offers
  complete -C (string replace -r '^.*?build\.py(?=\s)' build.py -- (commandline -cp))
end

for python in python3 python
  complete -c $python -n _build_py_after_python -f -k -a '(_build_py_offers)'
end
""",
}
BEFORE = {"zsh": "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n"}
"""What a shell needs first: a zsh without settings of its own knows no completion at all."""


def parser() -> arguments.Parser:
    made = arguments.parser(
        "completion",
        "Write what lets a shell complete commands and options when you press Tab.",
        examples=[f"completion {shell}" for shell in SHELLS],
        more="Put one line into the file that your shell reads when it starts, for example for bash into "
        f"~/.bashrc:\n  {LINES['bash']}\nfor zsh into ~/.zshrc:\n  {LINES['zsh']}\n"
        f"for fish into ~/.config/fish/config.fish:\n  {LINES['fish']}",
    )
    made.add_argument("shell", choices=SHELLS, help="the shell that you type in")
    return made


def everything() -> arguments.Parser:
    """One parser of all commands, as a shell sees them."""
    root = arguments.Parser(prog=NAME, allow_abbrev=False)
    kinds = root.add_subparsers(dest="command")
    for command in COMMANDS:
        parents = [_own(command.module)] if command.module else []
        kinds.add_parser(command.name, help=command.summary, parents=parents, add_help=False)
    return root


def _own(module: str) -> arguments.Parser:
    import shtab  # noqa: PLC0415 - needed here alone

    found: arguments.Parser = import_module(f"policing_summary.commands.{module}").parser()
    _offer(found, {"files": shtab.FILE, "folders": shtab.DIRECTORY})
    return found


def _offer(parser: arguments.Parser, on_disk: Mapping[str, object]) -> None:
    """Say of each argument what it offers, in the way that shtab reads it."""
    for action in parser._actions:  # noqa: SLF001 - as shtab reads them
        offer = parser.offers.get(action.dest, ())
        if isinstance(offer, str):
            action.complete = on_disk[offer]  # type: ignore[attr-defined]
        elif offer:
            action.choices = offer
    for kind in parser.kinds.choices.values() if parser.kinds else ():
        _offer(kind, on_disk)


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    import shtab  # noqa: PLC0415 - needed here alone

    script = shtab.complete(everything(), shell=typed.shell)
    at.say(BEFORE.get(typed.shell, "") + script + after_python(typed.shell))
    return DONE


def after_python(shell: str) -> str:
    """The same after `python3 build.py`; shtab's own function does the work."""
    return AFTER_PYTHON.get(shell, "")
