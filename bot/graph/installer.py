"""The port `Installer` over Microsoft Graph, with the writer identity."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from bot.graph.calls_writer import install_app, installed_app
from bot.graph.describing import warm
from bot.graph.failures import failure, is_not_found, is_passing
from bot.graph.identities import is_object_id
from bot.graph.missing import write_failure
from bot.graph.options import GraphOptions
from bot.graph.paging import page_value
from bot.graph.transport import GraphTransport

_INSTALLED = 201
_ALREADY = 409
"""Of this call it says that the app is there, unless it says that two changed something at once."""


class MayInstall(StrEnum):
    """Whether Graph takes the writer for the app it wants to install."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    """`webApplicationInfo.id` of the installed package names another application, or consent is missing
    (learn.microsoft.com/microsoftteams/platform/graph-api/proactive-bots-and-messages).
    """
    UNSEEN = "unseen"
    """Graph shows no such app of whom it was asked about. Whoever may not see it is answered so as well
    (learn.microsoft.com/graph/api/userteamwork-list-installedapps: "the API returns an empty result").
    """
    UNKNOWN = "unknown"
    """There was nobody to ask about."""


WasThere = Callable[[str], Awaitable[None]]
"""Told of a person who has the app already: it says nothing of itself then, and whoever does not know where the
person is has to ask.
"""


class GraphInstaller:
    """Installs the bot's own app (`TeamsAppInstallation.ReadWriteSelfForUser.All` admits no other). `catalog_id` is
    the app's in the tenant's catalog; without it nothing is installed.
    """

    def __init__(
        self, transport: GraphTransport, options: GraphOptions, catalog_id: str, was_there: WasThere
    ) -> None:
        self._transport = transport
        self._base = options.base_url
        self._catalog_id = catalog_id
        self._was_there = was_there

    async def install(self, person_id: str) -> bool:
        """See `Installer`."""
        if not self._catalog_id or not is_object_id(person_id):
            return False
        await warm()
        answer = await self._transport.send_once(install_app(person_id, self._catalog_id, self._base))
        already = answer.status == _ALREADY and not is_passing(answer.status, answer.body)
        if already:
            await self._was_there(person_id)
        if already or answer.status == _INSTALLED:
            return True
        # The person's policy does not allow the app (403), or there is nobody to install it for.
        if answer.status == 403 or is_not_found(answer.status, answer.body):
            return False
        raise write_failure(answer, to_directory=False)

    async def may_install(self, person_id: str, manifest_id: str) -> MayInstall:
        """Reads whether the app with this manifest id is installed for the person, who is known to have it: what may
        not install may not read that either. Changes nothing. Errors: DirectoryError and its kinds.
        """
        if not is_object_id(person_id) or not is_object_id(manifest_id):
            return MayInstall.UNKNOWN
        await warm()
        answer = await self._transport.send(installed_app(person_id, manifest_id))
        if answer.status == 403:
            return MayInstall.REFUSED
        if is_not_found(answer.status, answer.body):
            return MayInstall.UNKNOWN
        if answer.status >= 300:
            raise failure(answer.status, answer.headers, answer.body)
        return MayInstall.ALLOWED if page_value(answer.value()) else MayInstall.UNSEEN
