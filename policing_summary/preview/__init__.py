"""`build.py preview`: a saved file → the site in memory → the open page, its leaflet, and what is wrong.

Nothing here writes to output/: what is served is a value, so a page is never half of two builds, and
a draft cannot be published from it.
"""
