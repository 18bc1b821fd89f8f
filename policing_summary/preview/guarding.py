"""Who may ask: this computer's browser, for pages of this address, and no other website in it.

A website can have a visitor's browser ask for addresses of the visitor's own computer, and can give
its own name that computer's address. So a request must name us, and must not come from elsewhere.
"""

from typing import TYPE_CHECKING

from tornado import web

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest

HOSTS = ("127.0.0.1", "localhost")
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with none at all, browsers do not say where a form comes from
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


def names_us(request: "HTTPServerRequest", port: int) -> bool:
    """Whether it was sent to our own address, by name or number."""
    return request.headers.get("Host", "") in {f"{host}:{port}" for host in HOSTS}


def is_our_origin(origin: str, port: int) -> bool:
    return origin in {f"http://{host}:{port}" for host in HOSTS}


def comes_from_us(request: "HTTPServerRequest", port: int) -> bool:
    """Whether a page of ours asks, or somebody who typed the address or followed a link to a page."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_our_origin(origin, port):
        return False
    if origin is None and request.method not in ("GET", "HEAD"):
        return False
    site = request.headers.get("Sec-Fetch-Site", "none")
    is_visit = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    is_framed = request.headers.get("Sec-Fetch-Dest", "document") != "document"
    return site in ("none", "same-origin") or (is_visit and not is_framed)


class Guarded(web.RequestHandler):
    """The base of every handler of the preview, those of others too."""

    @property
    def port(self) -> int:
        """The one we listen at."""
        return int(self.settings["port"])

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse whatever was not asked by our own pages.

        Raises:
            HTTPError: 421 for another host's name, 403 for a page of another website.
        """
        if not names_us(self.request, self.port):
            raise web.HTTPError(421)
        if not comes_from_us(self.request, self.port):
            raise web.HTTPError(403)

    def write_error(self, status_code: int, **_: object) -> None:
        reasons = {
            403: "Only the preview's own pages may ask for this.",
            404: "There is nothing at this address.",
            405: "This cannot be done here.",
            421: "This address belongs to another host than the preview.",
        }
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(reasons.get(status_code, "The preview cannot answer this.") + "\n")
