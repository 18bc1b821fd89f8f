"""One YAML file per borough becomes a page of a static site and a printable leaflet."""
