"""Whether the bot can install itself for somebody: asked after the start and then twice a day, and told aloud.

Graph answers 403 to a writer that is not the app of the package, for every person; each of those answers alone looks
like one person's policy. So it is asked beforehand, by reading, of somebody who has the app: to that writer Graph
shows no app at all.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.core.errors import OutsideError
from bot.graph.installer import MayInstall

log = logging.getLogger(__name__)

AGAIN_SECONDS = 12 * 3600.0
SOON_SECONDS = 300.0
"""Until it is known: nobody has written to the bot yet, or Graph did not answer, or showed nothing."""

_PACKAGE = (
    'build it with `make package ARGS="--writer-app-id=… --version=X.Y.Z"`, a higher version than before, and upload'
    " it as an update on the app's own page in the Teams admin centre"
)
REFUSED = (
    "the bot cannot install itself for anybody: Graph answers 403 to the writer. The package must name it"
    f" (webApplicationInfo.id = GRAPH_WRITER_CLIENT_ID: {_PACKAGE}), and an administrator must have consented to"
    " TeamsAppInstallation.ReadWriteSelfForUser.All."
)
UNSEEN = (
    "whether the bot can install itself is in doubt: Graph shows the writer no app of ours for somebody who has it."
    " Either the package names another application (webApplicationInfo.id must be GRAPH_WRITER_CLIENT_ID:"
    f" {_PACKAGE}), or the id in its manifest is not TEAMS_APP_ID (APP_ID where that is not set)."
)
_TOLD = {MayInstall.REFUSED: REFUSED, MayInstall.UNSEEN: UNSEEN}
_NOT_SURE = frozenset({MayInstall.UNKNOWN, MayInstall.UNSEEN})
"""Asked again soon: by then of somebody else, perhaps, who has not just removed the app."""


class SelfInstallation:
    """`somebody` gives the object id of a person who has the app, empty when none is known; `ask` is
    `GraphInstaller.may_install` for our own app.
    """

    def __init__(self, somebody: Callable[[], Awaitable[str]], ask: Callable[[str], Awaitable[MayInstall]]) -> None:
        self._somebody = somebody
        self._ask = ask
        self.state = MayInstall.UNKNOWN
        """For the health page."""

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(SOON_SECONDS if self.state in _NOT_SURE else AGAIN_SECONDS)

    async def look(self) -> None:
        """Asks once. A failure leaves what is known; a refusal is told with each look."""
        try:
            person = await self._somebody()
            state = await self._ask(person) if person else MayInstall.UNKNOWN
        except OutsideError as error:
            log.warning("whether the bot can install itself could not be asked: %s", error)
            return
        if state in _TOLD:
            log.critical(_TOLD[state])
        elif state is not self.state:
            log.info("the bot can install itself: %s", state)
        self.state = state
