"""What a process needs that lays out leaflets, loaded once in the one that the others are copies of.

A first page is laid out there, too: most of what is only done once is done by it. What cannot be
loaded, because a system library is missing, is left to the first job: it says so as everything else is
said, while an error here would only end the process.
"""

from contextlib import suppress

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Practice</title></head><body>
<h2>Notwithstanding</h2><p>Neighbourhood <a href="#end">responsibilities</a></p><ul><li id="end">One</li></ul>
<table><tbody><tr><th scope="row">One</th><td>2</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#123456"/><text x="1" y="3">1</text></svg>
</body></html>"""
STYLES = """
:root { --ink: #123456 } @page { size: 40mm 80mm; @top-left { content: counter(page) } }
body { hyphens: auto; width: 20mm; color: var(--ink) } ul { columns: 2 } svg { width: calc(1mm * 9) }
"""

with suppress(Exception):
    import pikepdf  # noqa: F401

    from policing_summary import finish, logical, typesetting, workshop  # noqa: F401

    finish.accessible(logical.written(workshop.laid_out(PAGE, [workshop.read(STYLES, ())], ())).pdf)
    workshop.fonts.cache_clear()
