"""`python -m policing_summary`, which build.py starts."""

import sys

from policing_summary.cli import main

sys.exit(main(sys.argv[1:]))
