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
    try:
        address = URL(link, encoded=True)
        same = origin(address) == origin(base) and address.user is None and address.password is None
    except ValueError:
        address, same = base, False
    if not same or not address.raw_path.startswith(("/v1.0/", "/beta/")):
        raise DirectoryMisunderstood("foreign-next-link")
    return URL(f"{base.origin()}{address.raw_path_qs}", encoded=True)  # ours to the letter, however it was written


def origin(address: URL) -> tuple[str, str, int | None]:
    """Scheme, host and port in one form for all the ways of writing them (RFC 3986, 6.2.2 and 6.2.3): case, the port
    that is the scheme's own, the dot of the root. Errors: ValueError for a port that is none.
    """
    return address.scheme.lower(), (address.raw_host or "").lower().removesuffix("."), address.port


def relative(link: str, base: URL, version: Version) -> str:
    """The same page as an item of a batch of that version. Errors: DirectoryMisunderstood."""
    address = followed(link, base)
    if not address.raw_path.startswith(f"/{version}/"):
        raise DirectoryMisunderstood("foreign-next-link")
    return address.raw_path_qs.removeprefix(f"/{version}")
