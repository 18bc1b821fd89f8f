"""Content files as forms in a browser, for whoever has no text editor."""
