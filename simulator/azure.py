"""As much of Azure Resource Manager as the registration of a bot takes: what is put can be read back."""

from dataclasses import dataclass
from typing import Any

from simulator.entra.tokens import TokenIssuer, TokenRefused
from simulator.graph.world import World
from simulator.people.directory_names import ADMINISTRATOR_CLIENT_ID

Reply = tuple[int, dict[str, Any]]
_PROVIDER = "/providers/microsoft.botservice"


@dataclass(slots=True)
class Azure:
    """Resources by their id in small letters. The administrator's token for Graph counts here, too."""

    world: World
    tokens: TokenIssuer

    def answer(self, method: str, path: str, authorization: str, body: Any) -> Reply:
        """One request."""
        try:
            bearer = self.tokens.read(authorization)
        except TokenRefused as error:
            return _refused(401, "InvalidAuthenticationToken", str(error))
        if bearer.client != ADMINISTRATOR_CLIENT_ID:
            return _refused(403, "AuthorizationFailed", "The client does not have authorization to perform action.")
        key, made = path.rstrip("/").lower(), self.world.registrations
        if key.endswith((_PROVIDER, f"{_PROVIDER}/register")):
            made.bots_registered = made.bots_registered or method == "POST"
            state = "Registered" if made.bots_registered else "NotRegistered"
            return 200, {"namespace": "Microsoft.BotService", "registrationState": state}
        if method == "GET":
            found = made.azure.get(key)
            return (200, found) if found else _refused(404, "ResourceNotFound", f"The resource {path} was not found.")
        if method == "PUT" and isinstance(body, dict):
            return self._put(key, path, body)
        return _refused(405, "MethodNotAllowed", f"{method} is not known here.")

    def _put(self, key: str, path: str, body: dict[str, Any]) -> Reply:
        made = self.world.registrations
        group, _, inside = key.partition("/providers/")
        if inside and not made.bots_registered:
            return _refused(409, "MissingSubscriptionRegistration", "The subscription is not registered.")
        if inside and group not in made.azure:
            return _refused(404, "ResourceGroupNotFound", f"Resource group '{group.rpartition('/')[2]}' not found.")
        bot = key.partition("/channels/")[0]
        if bot != key and bot not in made.azure:
            return _refused(404, "ParentResourceNotFound", "The parent resource was not found.")
        status = 200 if key in made.azure else 201
        made.azure[key] = {"id": path, "name": path.rpartition("/")[2], **body}
        return status, made.azure[key]


def _refused(status: int, code: str, message: str) -> Reply:
    return status, {"error": {"code": code, "message": message}}
