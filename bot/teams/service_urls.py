"""Where the bot may send: the address comes with each activity, so it is checked wherever it is used.

Any host of `*.trafficmanager.net` can be registered by anybody, hence whole host names and no patterns. The check is
made on the inbound activity, on a stored reference and once more just before a request (with our token) leaves.
"""

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

_LOOPBACK_NAME = "localhost"
_MAX_LENGTH = 500


class ServiceUrlRefused(Exception):
    """The bot does not send to this address. The message says why and does not contain the address."""


@lru_cache(maxsize=64)  # a channel has a handful of addresses, and each is checked twice in a turn
def check_service_url(url: str, *, hosts: frozenset[str], loopback_only: bool) -> None:
    """Raises ServiceUrlRefused unless `url` is https on one of `hosts`, without port, user, query or fragment.

    With `loopback_only` (development) it must be this machine instead: http and a port are accepted then.
    """
    plain = url.isascii() and url.isprintable() and not any(mark in url for mark in "\\ ?#")
    if not plain or not 0 < len(url) <= _MAX_LENGTH:
        raise ServiceUrlRefused("not a plain ASCII address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ServiceUrlRefused("not an address") from error
    if host is None or "@" in parts.netloc:
        raise ServiceUrlRefused("no host, or a user in front of it")
    if ".." in parts.path or "//" in parts.path or "%" in parts.path:
        raise ServiceUrlRefused("a path that can be read in two ways")
    if loopback_only:
        if parts.scheme not in {"http", "https"} or not is_loopback(host):
            raise ServiceUrlRefused("in development only this machine is talked to")
        return
    if parts.scheme != "https":
        raise ServiceUrlRefused("not https")
    if port is not None or parts.netloc.endswith(":"):
        raise ServiceUrlRefused("a port")
    if host not in hosts:
        raise ServiceUrlRefused("a host that is not on the list")


def is_loopback(host: str) -> bool:
    """Whether this host is the machine itself; no name server is asked."""
    if host == _LOOPBACK_NAME:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
