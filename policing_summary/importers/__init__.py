"""Files that others publish → figures in an edition's files.

    table (tables.py) → records (one module for each publisher) → figures (monthly.py, series.py)
    → what would change in which file (writing.py) → files

Each step is a function from values to values. `command.py` joins them, shows what would change and
asks; only `writing.py` touches a content file, and only when all of them can be changed.
"""
