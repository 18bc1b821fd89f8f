#!/usr/bin/env python3
"""What people type. It sets the environment up once, then hands over to the project's own command.

    python3 build.py               build the site and the leaflets into output/
    python3 build.py check         look for mistakes in content/ and write nothing
    python3 build.py test          run the tests; anything after it goes to pytest
    python3 build.py lint          check style and types
    python3 build.py help          say what there is

It keeps to words that an old Python understands, so that one gives a sentence, not a syntax error.
"""

import os
import sys

OLDEST = (3, 11)


def newer_python():
    """The name of a Python on the search path that is new enough, or None."""
    for minor in range(20, OLDEST[1] - 1, -1):
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            if os.access(os.path.join(folder, "python3.%d" % minor), os.X_OK):
                return "python3.%d" % minor
    return None


def too_old(newer):
    versions = OLDEST + tuple(sys.version_info[:2])
    here = "This needs Python %d.%d or newer, and this is Python %d.%d.\n" % versions
    if newer:
        return here + "A newer one is on this computer. Type:  %s build.py\n" % newer
    return here + "Install one from your system's packages or www.python.org, then try again.\n"


def main():
    if sys.version_info < OLDEST:
        sys.stderr.write(too_old(newer_python()))
        return 1
    from policing_summary import environment

    return environment.start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
