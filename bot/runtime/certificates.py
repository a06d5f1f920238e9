"""Until when the certificates last with which the bot proves who it is: told in the log every day from a month before
their end, and at the health page. Made in one run they end in one hour, and then the chat is mute.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from bot.core.clock import Clock, day_in_sofia
from bot.runtime.settings import Settings

log = logging.getLogger(__name__)

SOON, NOW = timedelta(days=30), timedelta(days=7)
AGAIN_SECONDS = 24 * 3600.0


class Certificates:
    """`ends`: by the name of the setting. They are read once, as by whoever uses them: a new file counts from the
    next start on. `clock` is the machine's own, as for everything that others have signed.
    """

    def __init__(self, ends: Mapping[str, datetime], clock: Clock) -> None:
        self._ends = ends
        self._clock = clock
        self.state: str | None = None
        """For the health page: `good`, `soon` or `now`. None where there are no certificates."""

    @classmethod
    def read(cls, files: Mapping[str, str], clock: Clock) -> "Certificates":
        """Of these PEM files."""
        return cls(ends_of(files), clock)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(AGAIN_SECONDS)

    def look(self) -> None:
        """Tells what ends soon."""
        states = set()
        for name, ends in self._ends.items():
            left, day = ends - self._clock(), day_in_sofia(ends).isoformat()
            states.add("now" if left <= NOW else "soon" if left <= SOON else "good")
            if left <= NOW:
                log.critical("a certificate ends in %d days, on %s: %s", left.days, day, name)
            elif left <= SOON:
                log.warning("a certificate ends in %d days, on %s: %s", left.days, day, name)
        self.state = next((one for one in ("now", "soon", "good") if one in states), None)


def ends_of(files: Mapping[str, str]) -> Mapping[str, datetime]:
    """Until when each lasts. A file without one is left out; whoever uses it refuses it, in better words."""
    ends = {}
    for name, path in files.items():
        try:
            ends[name] = x509.load_pem_x509_certificates(Path(path).read_bytes())[0].not_valid_after_utc
        except (OSError, ValueError):
            continue
    return ends


def certificate_files(settings: Settings) -> Mapping[str, str]:
    """The PEM files that this process proves itself with, by the name of the setting."""
    files = {
        "APP_CERTIFICATE_FILE": settings.app_certificate_file,
        "GRAPH_CERTIFICATE_FILE": settings.graph_certificate_file,
        "GRAPH_WRITER_CERTIFICATE_FILE": settings.graph_writer_certificate_file,
    }
    return {name: path for name, path in files.items() if path}
