"""The Azure bot and its Teams channel (ARM: Microsoft.BotService)."""

from collections.abc import Callable, Iterator
from typing import Any

from deploy.provision.service import Refused, Service
from deploy.provision.step import Step
from deploy.provision.wanted import BOT, Wanted

BOTS = "api-version=2022-09-15"
_GROUPS = "api-version=2021-04-01"
_LOOKS, _BETWEEN = 18, 10.0
"""How often, and how many seconds apart, it is asked whether Azure has registered the provider."""


def azure_steps(wanted: Wanted, azure: Service, app_id: Callable[[], str]) -> Iterator[Step]:
    """Provider, resource group, bot, channel. `app_id` raises NotYet."""
    subscription = f"/subscriptions/{wanted.subscription}"
    provider = f"{subscription}/providers/Microsoft.BotService"
    group = f"{subscription}/resourceGroups/{wanted.group}"
    bot = f"{group}/providers/Microsoft.BotService/botServices/{wanted.bot_name}"
    channel = f"{bot}/channels/MsTeamsChannel"

    def registered() -> bool:
        return (azure.get(f"{provider}?{_GROUPS}") or {}).get("registrationState") == "Registered"

    def register() -> None:
        azure.send("POST", f"{provider}/register?{_GROUPS}")
        for _ in range(_LOOKS):
            if registered():
                return
            azure.sleep(_BETWEEN)
        raise Refused("POST", f"{provider}/register", 200, "Registering", "not finished yet; run this again later")

    def bot_body() -> dict[str, Any]:
        return {
            "location": "global",
            "kind": "azurebot",
            "sku": {"name": "F0"},
            "properties": {
                "displayName": BOT.display,
                "endpoint": f"https://{wanted.host}/api/messages",
                "msaAppId": app_id(),
                "msaAppType": "SingleTenant",
                "msaAppTenantId": wanted.tenant,
            },
        }

    def bot_stands() -> bool:
        body = bot_body()
        there = azure.get(f"{bot}?{BOTS}")
        return there is not None and _covers(there.get("properties", {}), body["properties"])

    yield Step(
        "resource provider Microsoft.BotService",
        registered,
        register,
    )
    yield Step(
        f"resource group {wanted.group}",
        lambda: azure.get(f"{group}?{_GROUPS}") is not None,
        lambda: azure.send("PUT", f"{group}?{_GROUPS}", {"location": wanted.location}),
    )
    yield Step(
        f"Azure bot {wanted.bot_name} → https://{wanted.host}/api/messages",
        bot_stands,
        lambda: azure.send("PUT", f"{bot}?{BOTS}", bot_body()),
    )
    teams = {"channelName": "MsTeamsChannel", "properties": {"isEnabled": True}}
    yield Step(
        "Teams channel of the bot",
        lambda: _enabled(azure.get(f"{channel}?{BOTS}")),
        lambda: azure.send("PUT", f"{channel}?{BOTS}", {"location": "global", "properties": teams}),
    )


def _enabled(channel: dict[str, Any] | None) -> bool:
    told = (channel or {}).get("properties") or {}
    return bool((told.get("properties") or {}).get("isEnabled"))


def _covers(there: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Azure may write GUIDs in other letters, and adds properties of its own."""
    return all(str(there.get(name, "")).lower() == str(value).lower() for name, value in wanted.items())
