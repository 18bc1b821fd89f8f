"""What a process needs that lays out leaflets, loaded once in the one that the others are copies of.

What cannot be loaded, because a system library is missing, is left to the first job: it says so as
everything else is said, while an error here would only end the process.
"""

from contextlib import suppress

with suppress(Exception):
    import pikepdf  # noqa: F401
    import weasyprint  # noqa: F401

    from policing_summary import finish, logical, typesetting  # noqa: F401
