"""Files: Graph answers with the address of the bytes, which is itself the permission."""

from yarl import URL

from bot.core.errors import DirectoryMisunderstood, DirectoryUnavailable
from bot.graph.describing import Call
from bot.graph.failures import failure
from bot.graph.paging import origin
from bot.graph.transport import GraphTransport

_FILES = ".sharepoint.com"
"""Where OneDrive keeps files (learn.microsoft.com/graph/api/driveitem-get-content)."""


async def download(transport: GraphTransport, call: Call, most: int) -> bytes | None:
    """The bytes that a call redirects to, None when there are more than `most`. They come from Graph's own host or
    from SharePoint, without our token. Errors: DirectoryError and its kinds.
    """
    answer = await transport.send(call)
    if answer.status not in {302, 307}:
        raise failure(answer.status, answer.headers, answer.body)
    try:
        address = URL(answer.headers.get("Location", ""), encoded=True)
        (scheme, host, _), own = origin(address), origin(address) == origin(transport.base)
    except ValueError:
        raise DirectoryMisunderstood("download-elsewhere") from None
    if not (own or (scheme == "https" and host.endswith(_FILES))) or address.user:
        raise DirectoryMisunderstood("download-elsewhere")
    got = await transport.wire.download(address, transport.options.sweep_attempt_timeout, most)
    if isinstance(got, bytes):
        return got
    if got == "too-large":
        return None
    raise DirectoryUnavailable(got)
