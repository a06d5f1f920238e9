"""Files: Graph answers with the address of the bytes, which is itself the permission."""

from enum import StrEnum

from yarl import URL

from bot.core.errors import DirectoryMisunderstood, DirectoryUnavailable
from bot.graph.batch import Answer
from bot.graph.describing import Call
from bot.graph.failures import error_code, failure
from bot.graph.paging import origin
from bot.graph.transport import GraphTransport

_FILES = ".sharepoint.com"
"""Where OneDrive keeps files (learn.microsoft.com/graph/api/driveitem-get-content)."""


class NotHad(StrEnum):
    """Why this one file of a folder that was listed is not had."""

    TOO_LARGE = "too-large"
    LOCKED = "locked"
    """Open, or held by somebody else."""
    REFUSED = "refused"
    """Microsoft does not give it away, as a rule because of malware: the folder is open to us, or it would not have
    been listed.
    """
    GONE = "gone"


_LOCKED_CODES = frozenset({"resourcelocked", "locked", "notallowed"})
_GONE_CODES = frozenset({"itemnotfound", ""})
"""learn.microsoft.com/graph/errors."""
_OF_BYTES = {"too-large": NotHad.TOO_LARGE, "HTTP403": NotHad.REFUSED, "HTTP423": NotHad.LOCKED}


async def download(transport: GraphTransport, call: Call, most: int) -> bytes | NotHad:
    """The bytes that a call redirects to, at most `most`. They come from Graph's own host or from SharePoint, without
    our token. Errors: DirectoryError and its kinds.
    """
    answer = await transport.send(call)
    if answer.status not in {302, 307}:
        if (why := _not_had(answer)) is not None:
            return why
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
    if got in _OF_BYTES:
        return _OF_BYTES[got]
    raise DirectoryUnavailable(got)


def _not_had(answer: Answer) -> NotHad | None:
    """A status says more than the code: 423 was seen with `accessDenied`, and a refusal without any."""
    code = error_code(answer.body).lower()
    match answer.status:
        case 423:
            return NotHad.LOCKED
        case 403:
            return NotHad.REFUSED
        case 400 if not code:
            return NotHad.REFUSED
        case 404 if code in _GONE_CODES:
            return NotHad.GONE
        case status if 400 <= status < 500 and code in _LOCKED_CODES:
            return NotHad.LOCKED
        case _:
            return None
