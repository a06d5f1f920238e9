"""Lists come in pages; where the next one is, Graph says in a link that we do not take on trust."""

from collections.abc import Mapping

from yarl import URL

from bot.core.errors import DirectoryMisunderstood
from bot.graph.options import Version

MOST_PAGES = 200


def page_value(body: object) -> list[object]:
    """The `value` of a page. Errors: DirectoryMisunderstood."""
    value = body.get("value") if isinstance(body, Mapping) else None
    if not isinstance(value, list):
        raise DirectoryMisunderstood("page-without-value")
    return value


def next_link(body: object) -> str | None:
    """Where the next page is. Errors: DirectoryMisunderstood."""
    link = body.get("@odata.nextLink") if isinstance(body, Mapping) else None
    if link is not None and not isinstance(link, str):
        raise DirectoryMisunderstood("foreign-next-link")
    return link


def followed(link: str, base: URL) -> URL:
    """A page's address: opaque to us, but it must stay where our token belongs. Errors: DirectoryMisunderstood."""
    address: URL | None
    try:
        address = URL(link, encoded=True)
        same = address.origin() == base.origin() and address.user is None and address.password is None
    except ValueError:
        address, same = None, False
    if address is None or not same or not address.raw_path.startswith(("/v1.0/", "/beta/")):
        raise DirectoryMisunderstood("foreign-next-link")
    return address


def relative(link: str, base: URL, version: Version) -> str:
    """The same page as an item of a batch of that version. Errors: DirectoryMisunderstood."""
    address = followed(link, base)
    if not address.raw_path.startswith(f"/{version}/"):
        raise DirectoryMisunderstood("foreign-next-link")
    return address.raw_path_qs.removeprefix(f"/{version}")
