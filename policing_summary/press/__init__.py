"""A leaflet → what a print shop needs: its colours as inks, PDF/X-4, sheets, preflight, a job ticket."""
