"""The port `Installer` over Microsoft Graph, with the writer identity."""

from bot.graph.calls_enrolments import install_app
from bot.graph.describing import warm
from bot.graph.failures import is_not_found
from bot.graph.identities import is_object_id
from bot.graph.missing import write_failure
from bot.graph.options import GraphOptions
from bot.graph.transport import GraphTransport

_INSTALLED = 201
_ALREADY = 409
"""Of this call it says that the app is there, not that two changed something at once."""


class GraphInstaller:
    """Installs the bot's own app (`TeamsAppInstallation.ReadWriteSelfForUser.All` admits no other). `catalog_id` is
    the app's in the tenant's catalog; without it nothing is installed.
    """

    def __init__(self, transport: GraphTransport, options: GraphOptions, catalog_id: str) -> None:
        self._transport = transport
        self._base = options.base_url
        self._catalog_id = catalog_id

    async def install(self, person_id: str) -> bool:
        """See `Installer`."""
        if not self._catalog_id or not is_object_id(person_id):
            return False
        await warm()
        answer = await self._transport.send_once(install_app(person_id, self._catalog_id, self._base))
        if answer.status in {_INSTALLED, _ALREADY}:
            return True
        # The person's policy does not allow the app (403), or there is nobody to install it for.
        if answer.status == 403 or is_not_found(answer.status, answer.body):
            return False
        raise write_failure(answer)
