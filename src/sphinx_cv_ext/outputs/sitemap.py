"""The addresses of all pages for search engines: https://www.sitemaps.org/protocol.html ."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

LIMIT = 50_000
"""How many addresses the protocol allows in one file."""


def text(addresses: Iterable[str]) -> str:
    """A sitemap of the first `LIMIT` of ``addresses``, which are absolute, in their order.

    It has nothing but the addresses: the times of changes are not known, and search engines ignore the rest.
    """
    lines = [f"<url><loc>{escape(address, quote=False)}</loc></url>" for address in list(addresses)[:LIMIT]]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>\n"])


def robots(sitemap: str) -> str:
    """A robots.txt (RFC 9309) that lets everybody in and names the sitemap by its absolute address."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
